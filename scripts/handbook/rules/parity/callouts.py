"""Callouts: as many, of the same kind, with the same things in them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from handbook.model.finding import Place
from handbook.model.page import Callout, Code, ListBlock, Paragraph, Quote, Table, walk
from handbook.rules.parity.counting import fell_out, fewer_here, pick
from handbook.rules.parity.phrases import counted, page_name
from handbook.rules.parity.throughout import compared
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from handbook.model.page import Block, Section
    from handbook.model.project import Pair, Project


@rule(
    "PAR121",
    "box-missing-in-language",
    Scope.PAIR,
    en=Text(
        "A box stands in one language and not in the other.",
        "A warning or an exercise is missing for part of the readers.",
        '!!! warning "When to stop" only on the English page',
        "the box on both pages",
    ),
    nl=Text(
        "Een kader staat in de ene taal en niet in de andere.",
        "Een deel van de lezers mist een waarschuwing of oefening.",
        '!!! warning "Wanneer stoppen" alleen op de Nederlandse pagina',
        "het kader op beide pagina's",
    ),
)
def box_missing_in_language(pair: Pair, project: Project) -> Iterator[Hit]:
    """Compare the number of boxes in each section."""
    for there, here in compared(pair, project):
        first, second = pick(Callout, there), pick(Callout, here)
        if not project.settings.strict_parity and _about_translation(here, first, second):
            continue
        if len(first) != len(second):
            lacking = Counter(_kind(block) for block in first) - Counter(_kind(block) for block in second)
            lacking = lacking or Counter(_kind(block) for block in second) - Counter(_kind(block) for block in first)
            noun = f"{next(iter(lacking), '')} box".strip()
            kind = next(iter(lacking), None)
            mine = (
                [block for block in first if kind is None or _kind(block) == kind],
                [block for block in second if kind is None or _kind(block) == kind],
            )
            yield fewer_here(pair, (there, here), mine, noun)


def _about_translation(here: Section, first: Sequence[Block], second: Sequence[Block]) -> bool:
    """Tell whether the only box more is the first thing on a translated page, where it tells about the translation."""
    opening = here.level <= 1 and here.blocks and second and here.blocks[0] is second[0]
    return bool(opening) and len(second) == len(first) + 1


def _kind(block: Block) -> str:
    return block.kind if isinstance(block, Callout) else ""


@rule(
    "PAR122",
    "box-kind-differs",
    Scope.PAIR,
    bad='!!! warning "Stop" / !!! note "Stop"',
    good='!!! warning "Stop" / !!! warning "Stop"',
    en=Text("A box has another kind than in the other language.", "What is a warning for some is a remark for others."),
    nl=Text(
        "Een kader heeft een andere soort dan in de andere taal.",
        "Wat voor de een een waarschuwing is, is voor de ander een opmerking.",
    ),
)
def box_kind_differs(pair: Pair, project: Project) -> Iterator[Hit]:
    """Compare the kinds one by one where the numbers are equal."""
    for there, here in compared(pair, project):
        first, second = pick(Callout, there), pick(Callout, here)
        if len(first) == len(second):
            for one, two in zip(first, second, strict=True):
                if _kind(one) != _kind(two):
                    message = f'this box is of the kind "{_kind(two)}" here, "{_kind(one)}" on {page_name(pair.first)}'
                    yield Hit(
                        pair.second.path,
                        two.line,
                        message,
                        "Give both the same kind.",
                        Place(pair.first.path, one.line),
                    )


HELD: Final = {"list": ListBlock, "table": Table, "block of code": Code, "quotation": Quote, "paragraph": Paragraph}
"""What a box can hold, by its name."""


@rule(
    "PAR129",
    "box-content-differs",
    Scope.PAIR,
    en=Text(
        "What stands in a box in one language stands below it in the other.",
        "The last steps of an exercise, or half of a warning, look like ordinary text for part of the readers.",
        "the steps in the box on one page, below it on the other",
        "the steps in the box on both pages",
    ),
    nl=Text(
        "Wat in de ene taal in een kader staat, staat er in de andere taal onder.",
        "De laatste stappen van een oefening, of een halve waarschuwing, lijken voor een deel van de lezers "
        "gewone tekst.",
        "de stappen in het kader op de ene pagina, eronder op de andere",
        "de stappen in het kader op beide pagina's",
    ),
)
def box_content_differs(pair: Pair, project: Project) -> Iterator[Hit]:
    """Compare what each box holds, where the section around it holds the same all in all."""
    for there, here in compared(pair, project):
        first, second = pick(Callout, there), pick(Callout, here)
        if len(first) != len(second):
            continue
        held = {
            noun: kind
            for noun, kind in HELD.items()
            if len(pick(kind, there)) == len(pick(kind, here))
            and (kind is not Paragraph or project.settings.strict_parity)  # a translation may divide its text otherwise
        }
        for one, two in zip(first, second, strict=True):
            if fell_out(project, there, here):
                yield from _nothing_held(pair, one, two)
            else:
                yield from _held_elsewhere(pair, one, two, held)


def _nothing_held(pair: Pair, one: Block, two: Block) -> Iterator[Hit]:
    """Report the empty one of two boxes, unless it is plain on its own page that its text fell out."""
    for page, box, other, twin in ((pair.first, one, pair.second, two), (pair.second, two, pair.first, one)):
        if (
            isinstance(box, Callout)
            and isinstance(twin, Callout)
            and twin.children
            and not box.children
            and box.indented
        ):
            message = f'the box "{box.title or box.kind}" is empty here, and not on {page_name(other)}'
            hint = "Put four spaces before every line that belongs in the box."
            yield Hit(page.path, box.line, message, hint, Place(other.path, twin.line))


def _held_elsewhere(pair: Pair, one: Block, two: Block, kinds: Mapping[str, type[Block]]) -> Iterator[Hit]:
    """Report the first kind of thing of which two boxes hold different numbers."""
    if not isinstance(one, Callout) or not isinstance(two, Callout):
        return
    for noun, kind in kinds.items():
        there, here = (sum(isinstance(block, kind) for block in walk(box.children)) for box in (one, two))
        if there != here:
            message = f'{counted(here, noun)} in the box "{two.title or two.kind}", {there} on {page_name(pair.first)}'
            hint = "Put four spaces before every line that belongs in the box, in both languages."
            yield Hit(pair.second.path, two.line, message, hint, Place(pair.first.path, one.line))
            return

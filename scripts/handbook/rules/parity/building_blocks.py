"""Building blocks, and the order of a worksheet's fields."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.model.finding import Place
from handbook.rules.parity.phrases import page_name, section_name
from handbook.rules.parity.throughout import compared
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from handbook.model.page import Placeholder, Section
    from handbook.model.project import Pair, Project


def _has_blocks(project: Project) -> str:
    return "" if project.settings.vocabulary.placeholders is not None else "this project names no building blocks"


@rule(
    "PAR131",
    "building-block-differs",
    Scope.PAIR,
    needs=_has_blocks,
    bad="{{ phone nl-113 }} / {{ phone be-1813 }}",
    good="{{ phone nl-113 }} / {{ phone nl-113 }}",
    en=Text(
        "A building block stands in one language and not in the other, or with another value.",
        "A figure, a number or a help block is missing or different for part of the readers.",
    ),
    nl=Text(
        "Een bouwsteen staat in de ene taal en niet in de andere, of met een andere waarde.",
        "Een figuur, nummer of hulpblok ontbreekt of verschilt voor een deel van de lezers.",
    ),
)
def building_block_differs(pair: Pair, project: Project) -> Iterator[Hit]:
    """Name the first block that is not on both pages, section by section."""
    hint = "Use the same building blocks in both languages."
    for one in differences(pair, project):
        if one.only_first and one.only_second:
            mine, theirs = one.only_second[0], one.only_first[0]
            message = f'"{coded(mine)}" here, "{coded(theirs)}" on {page_name(pair.first)}'
            yield Hit(pair.second.path, mine.line, message, hint, Place(pair.first.path, theirs.line))
        elif one.only_first:
            block = one.only_first[0]
            message = f'"{coded(block)}" of {page_name(pair.first)} is missing in {section_name(one.here)}'
            yield Hit(pair.second.path, one.here.line, message, hint, Place(pair.first.path, block.line))
        else:
            block = one.only_second[0]
            message = f'"{coded(block)}" of {page_name(pair.second)} is missing in {section_name(one.there)}'
            yield Hit(pair.first.path, one.there.line, message, hint, Place(pair.second.path, block.line))


@dataclass(frozen=True, slots=True)
class Difference:
    """A section of two pages, `there` and `here`, and the blocks that only one of them holds; one at least does."""

    there: Section
    here: Section
    only_first: tuple[Placeholder, ...]
    only_second: tuple[Placeholder, ...]


def differences(pair: Pair, project: Project) -> Iterator[Difference]:
    """Compare names and coded values (those without quotation marks) in sections that stand for each other."""
    for there, here in compared(pair, project):
        first = pair.first.within(there, pair.first.placeholders)
        second = pair.second.within(here, pair.second.placeholders)
        one = Difference(there, here, _without(first, second), _without(second, first))
        if one.only_first or one.only_second:
            yield one


def _without(blocks: Sequence[Placeholder], others: Iterable[Placeholder]) -> tuple[Placeholder, ...]:
    """Give the blocks that have no counterpart among others."""
    left = Counter(map(coded, others))
    lacking = []
    for block in blocks:
        if left[coded(block)]:
            left[coded(block)] -= 1
        else:
            lacking.append(block)
    return tuple(lacking)


def coded(block: Placeholder) -> str:
    """Write a building block without its words, which differ by language."""
    parts = block.raw.strip("{} ").split('"')
    return " ".join(" ".join(part for index, part in enumerate(parts) if index % 2 == 0).split())


@rule(
    "PAR132",
    "field-order-differs",
    Scope.PAIR,
    needs=_has_blocks,
    bad="writing lines, then a scale / a scale, then writing lines",
    good="writing lines, then a scale on both pages",
    en=Text(
        "The fields of a worksheet stand in another order than in the other language.",
        "Two people who fill it in together talk about different things.",
    ),
    nl=Text(
        "De velden van een werkblad staan in een andere volgorde dan in de andere taal.",
        "Twee mensen die het samen invullen, praten over verschillende dingen.",
    ),
)
def field_order_differs(pair: Pair, project: Project) -> Iterator[Hit]:
    """Compare the order of fields whose numbers agree."""
    fields = project.settings.vocabulary.field_placeholders
    for there, here in compared(pair, project):
        first = [block for block in pair.first.within(there, pair.first.placeholders) if block.name in fields]
        second = [block for block in pair.second.within(here, pair.second.placeholders) if block.name in fields]
        mine, theirs = [coded(block) for block in second], [coded(block) for block in first]
        if mine != theirs and Counter(mine) == Counter(theirs):
            index = next(index for index, (a, b) in enumerate(zip(mine, theirs, strict=True)) if a != b)
            message = f'"{mine[index]}" stands here, "{theirs[index]}" in the same place on {page_name(pair.first)}'
            yield Hit(
                pair.second.path,
                second[index].line,
                message,
                "Put the fields in the same order.",
                Place(pair.first.path, first[index].line),
            )

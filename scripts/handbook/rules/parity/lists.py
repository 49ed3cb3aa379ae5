"""Lists and lines to tick: as many in every language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.model.finding import Place
from handbook.model.page import Item, ListBlock, Paragraph
from handbook.rules.parity.counting import blocks_of, fell_out, fewer_here, pick
from handbook.rules.parity.phrases import counted, page_name
from handbook.rules.parity.throughout import compared, numbered_by_hand
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Block, Section
    from handbook.model.project import Pair, Project


@rule(
    "PAR123",
    "list-differs",
    Scope.PAIR,
    en=Text(
        "A list has another number of items than in the other language.",
        "A step, a sign or a choice is missing for part of the readers.",
        "five signs here, four there",
        "five signs on both pages",
    ),
    nl=Text(
        "Een lijst heeft een ander aantal punten dan in de andere taal.",
        "Een deel van de lezers mist een stap, een signaal of een keuze.",
        "hier vijf signalen, daar vier",
        "vijf signalen op beide pagina's",
    ),
)
def list_differs(pair: Pair, project: Project) -> Iterator[Hit]:
    """Compare lists one by one, or their number."""
    for there, here in compared(pair, project):
        first, second = pick(ListBlock, there), pick(ListBlock, here)
        if fell_out(project, there, here):
            continue
        if not project.settings.strict_parity and (numbered_by_hand(pair, there, here) or _as_much_said(there, here)):
            continue
        if len(first) != len(second):
            if sum(map(_items, first)) != sum(map(_items, second)):
                yield fewer_here(pair, (there, here), (first, second), "list")
            continue
        for one, two in zip(first, second, strict=True):
            if _items(one) != _items(two):
                message = f"this list has {counted(_items(two), 'item')} here, {_items(one)} on {page_name(pair.first)}"
                yield Hit(
                    pair.second.path,
                    two.line,
                    message,
                    "Add the item that is missing on one side.",
                    Place(pair.first.path, one.line),
                )


def _as_much_said(there: Section, here: Section) -> bool:
    """Tell whether what is an item on one page may be a paragraph on the other: nothing is missing then."""
    return len(pick(Paragraph, there)) == len(pick(Paragraph, here))


def _items(block: Block) -> int:
    return len(block.items) if isinstance(block, ListBlock) else 0


@rule(
    "PAR128",
    "check-box-differs",
    Scope.PAIR,
    en=Text(
        "A line to tick is one in one language only.",
        "The worksheet of one language lacks a box.",
        "- [ ] I slept well / - Ik sliep goed",
        "- [ ] I slept well / - [ ] Ik sliep goed",
    ),
    nl=Text(
        "Een regel om aan te vinken is dat maar in één taal.",
        "Het werkblad van één taal mist een vakje.",
        "- [ ] I slept well / - Ik sliep goed",
        "- [ ] I slept well / - [ ] Ik sliep goed",
    ),
)
def check_box_differs(pair: Pair, project: Project) -> Iterator[Hit]:
    """Compare the number of check boxes, and how many are ticked."""
    for there, here in compared(pair, project):
        boxes = [
            [block for block in blocks_of(side) if isinstance(block, Item) and block.checked is not None]
            for side in (there, here)
        ]
        items = [[block for block in blocks_of(side) if isinstance(block, Item)] for side in (there, here)]
        if len(boxes[0]) != len(boxes[1]) and len(items[0]) == len(items[1]):
            yield fewer_here(pair, (there, here), (boxes[0], boxes[1]), "check box")
        elif len(boxes[0]) == len(boxes[1]):
            for one, two in zip(*boxes, strict=True):
                if one.checked != two.checked:
                    state = "ticked" if two.checked else "empty"
                    message = f"this check box is {state} here, and not on {page_name(pair.first)}"
                    yield Hit(
                        pair.second.path, two.line, message, "Make the two equal.", Place(pair.first.path, one.line)
                    )

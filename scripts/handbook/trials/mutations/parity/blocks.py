"""What stands in a section of one language alone: boxes, tables, lists, quotations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from handbook.model.finding import Place
from handbook.model.page import Callout, ListBlock, Quote, Table
from handbook.trials.edit import Draft, Edit
from handbook.trials.mutations.parity.shelf import ParityShelf, both_sides
from handbook.trials.world import last_line

if TYPE_CHECKING:
    import re
    from collections.abc import Callable
    from random import Random

    from handbook.trials.world import World

shelf: Final = ParityShelf()


def _block_gone(
    name: str, what: str, codes: str, kind: type[Any], keep: Callable[[Any], bool] = lambda _block: True
) -> None:
    """Put a kind on the shelf that removes a whole block in one language."""

    @shelf.make(name, what, codes)
    def _make(world: World, chance: Random) -> Edit | None:
        chosen = world.draw(
            chance, (place for place in world.blocks(kind, world.client, nested=False) if keep(place[2]))
        )
        if chosen is None:
            return None
        page, section, block = chosen
        draft = Draft.of(page)
        draft.cut(block.line, last_line(block, page))
        twin = world.twin(page)
        there = twin.section(section.id)
        others = [Place(twin.path, one.line) for _, other, one in world.blocks(kind, [twin]) if other is there]
        return draft.edit(*both_sides(world, page, section, block.line), *others)


def _box(kind: str) -> Callable[[Any], bool]:
    return lambda block: bool(block.kind == kind)


_block_gone("warning-missing", "a warning missing in one language", "PAR121", Callout, _box("warning"))
_block_gone(
    "content-note-missing-in-language",
    "the content note missing in one language",
    "PAR121",
    Callout,
    _box("content-note"),
)
_block_gone("exercise-missing", "an exercise missing in one language", "PAR121", Callout, _box("exercise"))
_block_gone("example-missing", "an example missing in one language", "PAR121", Callout, _box("example"))
_block_gone("table-missing", "a table missing in one language", "PAR124", Table)
_block_gone("quotation-missing", "a sentence to say aloud missing in one language", "PAR127", Quote)
_block_gone("list-missing", "a list missing in one language", "PAR123", ListBlock)


@shelf.make("box-in-other-section", "a warning moved to another section in one language", "PAR121")
def _box_moved(world: World, chance: Random) -> Edit | None:
    chosen = world.draw(
        chance,
        (
            place
            for place in world.blocks(Callout, world.client, nested=False)
            if place[2].kind == "warning" and place[1].id != "what-is-it"
        ),
    )
    if chosen is None:
        return None
    page, section, block = chosen
    draft = Draft.of(page)
    taken = draft.cut(block.line, last_line(block, page))
    what = page.section("what-is-it")
    if what is None:
        return None
    line = what.line
    draft.after(line, "", *taken)
    shifted = section.line + (len(taken) + 1 if section.line > line else 0)
    return draft.edit(
        line, line + 2, shifted, *both_sides(world, page, section, shifted), *both_sides(world, page, what, line)
    )


def _kind_swap(match: re.Match[str]) -> str:
    return f'!!! {"note" if match[1] != "note" else "warning"} "'


shelf.swap(
    "box-kind-differs",
    "a box of another kind in one language",
    "PAR122",
    r'^!!! (warning|exercise|example) "',
    _kind_swap,
)


def _item_gone(name: str, what: str, *, ordered: bool) -> None:
    @shelf.make(name, what, "PAR123")
    def _make(world: World, chance: Random) -> Edit | None:
        lists = (
            place
            for place in world.blocks(ListBlock, world.client)
            if place[2].ordered is ordered and len(place[2].items) > 2
        )
        chosen = world.draw(chance, lists)
        if chosen is None:
            return None
        page, section, block = chosen
        item = block.items[1]
        draft = Draft.of(page)
        draft.cut(item.line, last_line(item, page))
        return draft.edit(*both_sides(world, page, section, block.line))


_item_gone("point-missing", "a point of a list missing in one language", ordered=False)
_item_gone("step-missing", "a numbered step missing in one language", ordered=True)


@shelf.make("row-missing", "a row of a table missing in one language", "PAR124")
def _row(world: World, chance: Random) -> Edit | None:
    chosen = world.draw(chance, (place for place in world.blocks(Table) if len(place[2].rows) > 2))
    if chosen is None:
        return None
    page, section, block = chosen
    draft = Draft.of(page)
    draft.cut(block.row_lines[-1], block.row_lines[-1])
    return draft.edit(*both_sides(world, page, section, block.line))


@shelf.make("column-missing", "a column of a table missing in one language", "PAR124")
def _column(world: World, chance: Random) -> Edit | None:
    chosen = world.draw(chance, (place for place in world.blocks(Table) if len(place[2].header) > 2))
    if chosen is None:
        return None
    page, section, block = chosen
    draft = Draft.of(page)
    for number in range(block.line, last_line(block, page) + 1):
        draft.put(number, draft.line(number).rstrip(" |").rpartition("|")[0] + "|")
    return draft.edit(*both_sides(world, page, section, block.line))

"""What is added done right in both languages: a page, a row, a point."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from handbook.model.page import Item, ListBlock, Table, walk
from handbook.trials.edit import Draft, Edit
from handbook.trials.harmless.in_both import COMPARED, NEW
from handbook.trials.shelf import Shelf
from handbook.trials.world import last_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from random import Random

    from handbook.model.page import Block, Section
    from handbook.trials.world import World

shelf: Final = Shelf("Harmless")


@shelf.make("page-done-right", "a new page in both languages, in the menu, with everything it needs", ignored=NEW)
def _new_page(world: World, chance: Random) -> Edit | None:
    page = world.draw(
        chance, [page for page in world.in_language("en", world.client) if not page.key.endswith("index.md")]
    )
    if page is None:
        return None
    files: dict[str, bytes | None] = {}
    key = page.key.removesuffix(".md") + "-again.md"
    titles = {"en": "One more time", "nl": "Nog een keer"}
    for one in (page, world.twin(page)):
        title = titles[one.language]
        text = re.sub(r"^title: .*$", f"title: {title}", one.text, count=1, flags=re.MULTILINE)
        text = re.sub(r"^# .*$", f"# {title}", text, count=1, flags=re.MULTILINE)
        text = re.sub(r"^slug: .*$", r"slug: nog-een-keer", text, count=1, flags=re.MULTILINE)
        text = re.sub(r"^claims: .*$", "claims: []", text, count=1, flags=re.MULTILINE)  # they stand on the other page
        text = re.sub(r"^beside: .*\n", "", text, count=1, flags=re.MULTILINE)  # that page names the other one
        files[one.path.removesuffix(".md") + "-again.md"] = text.encode()
    nav = next(entry for entry in world.project.configuration.nav if entry.target == page.key)
    path = world.project.configuration.path
    draft = Draft(path, world.read(path))
    files[path] = draft.after(nav.line, draft.line(nav.line).replace(page.key, key)).data
    return Edit(files)


@shelf.make("rows-added-in-both", "a row added to a table in both languages", ignored=COMPARED)
def _rows(world: World, chance: Random) -> Edit | None:
    return _last_of_both(world, chance, Table, _row_text)


@shelf.make("point-added-in-both", "a point added to a list in both languages", ignored=COMPARED)
def _points(world: World, chance: Random) -> Edit | None:
    return _last_of_both(world, chance, ListBlock, _point_text)


def _row_text(block: Block, language: str) -> str:
    word = {"en": "rest", "nl": "rust"}[language]
    return "| " + " | ".join([word] * len(block.header)) + " |" if isinstance(block, Table) else ""


def _point_text(_block: Block, language: str) -> str:
    return {"en": "- I like to rest.", "nl": "- Ik rust graag."}[language]


def _last_of_both(world: World, chance: Random, kind: type[Any], text: Callable[[Any, str], str]) -> Edit | None:
    places = []
    for pair in world.pairs:
        for section in pair.first.all_sections:
            there = pair.second.section(section.id) if section.id else None
            mine, theirs = _fitting(section, kind), _fitting(there, kind)
            if (
                len(mine) == len(theirs) == 1
                and pair.first in world.client
                and section.id not in ("in-short", "recognise")
            ):
                places.append((pair, mine[0], theirs[0]))
    chosen = world.draw(chance, places)
    if chosen is None:
        return None
    pair, one, two = chosen
    drafts = [
        Draft.of(page).after(last_line(block, page), text(block, page.language))
        for page, block in ((pair.first, one), (pair.second, two))
    ]
    return Edit.of(drafts, ())


def _fitting(section: Section | None, kind: type[Any]) -> list[Any]:
    blocks: Iterable[Block] = section.blocks if section else ()
    return [
        block
        for block in blocks
        if isinstance(block, kind) and not getattr(block, "ordered", False) and not _ticks(block)
    ]


def _ticks(block: Block) -> bool:
    return any(isinstance(item, Item) and item.checked is not None for item in walk([block]))

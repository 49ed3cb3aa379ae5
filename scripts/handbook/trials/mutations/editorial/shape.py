"""Pages that are not shaped as agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from handbook.model.finding import Place
from handbook.model.page import Item, walk
from handbook.trials.edit import Draft, Edit
from handbook.trials.mutations.editorial.shelf import EditorialShelf
from handbook.trials.world import last_line

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from handbook.model.page import Page
    from handbook.trials.world import World

shelf: Final = EditorialShelf()


def _therapist(world: World) -> list[Page]:
    return [
        page
        for page in world.pages
        if page.front_matter.get("audience") == "therapist" and not page.key.endswith("/index.md")
    ]


def _section_cut(name: str, what: str, id_: str, pages: Callable[[World], list[Page]]) -> None:
    @shelf.make(name, what, "SHA102")
    def _make(world: World, chance: Random) -> Edit | None:
        page = world.draw(chance, [page for page in pages(world) if page.section(id_)])
        section = page.section(id_) if page else None
        if page is None or section is None:
            return None
        draft = Draft.of(page)
        draft.cut(section.line, section.last_line)
        return draft.edit(0)


_section_cut("summary-missing", "a page without its summary", "in-short", lambda world: list(world.client))
_section_cut(
    "help-section-missing", "a page without “When to get help”", "when-to-get-help", lambda world: list(world.client)
)
_section_cut("limits-missing", "a page for therapists without its limits", "limits-and-evidence", _therapist)


@shelf.make("sections-in-other-order", "“What do we know?” before “When to get help”, in both languages", "SHA101")
def _order(world: World, chance: Random) -> Edit | None:
    pairs = [pair for pair in world.pairs if pair.first in world.client and pair.first.section("what-we-know")]
    pair = world.draw(chance, pairs)
    if pair is None:
        return None
    drafts, at = [], []
    for page in (pair.first, pair.second):
        know, help_ = page.section("what-we-know"), page.section("when-to-get-help")
        if know is None or help_ is None:
            return None
        draft = Draft.of(page)
        taken = draft.cut(know.line, know.last_line)
        drafts.append(draft.after(help_.line - 1, *taken, ""))
        at.append(Place(page.path, help_.line))
    return Edit.of(drafts, at)


shelf.swap(
    "section-title-differs",
    "another title for an agreed section",
    "SHA103",
    r"^## (?:In short|In het kort) ",
    "## Summary ",
    pages=lambda world: list(world.client),
)


@shelf.make("summary-of-two-points", "a summary of two points", "SHA201")
def _two_points(world: World, chance: Random) -> Edit | None:
    page = world.draw(chance, world.client)
    section = page.section("in-short") if page else None
    if page is None or section is None:
        return None
    items = [block for block in walk(section.blocks) if isinstance(block, Item)]
    draft = Draft.of(page)
    draft.cut(items[2].line, last_line(items[-1], page))
    return draft.edit(section.line)


@shelf.make("summary-too-long", "a summary of more than 80 words", "SHA201")
def _long_summary(world: World, chance: Random) -> Edit | None:
    page = world.draw(chance, world.client)
    section = page.section("in-short") if page else None
    if page is None or section is None:
        return None
    item = next(block for block in walk(section.blocks) if isinstance(block, Item))
    draft = Draft.of(page)
    return draft.put(item.line, draft.line(item.line) + " You can rest." * 30).edit(section.line)


@shelf.make("recognise-too-short", "“Do you recognise this?” with three sentences", "SHA202")
def _recognise(world: World, chance: Random) -> Edit | None:
    page = world.draw(chance, [page for page in world.client if page.section("recognise")])
    section = page.section("recognise") if page else None
    if page is None or section is None:
        return None
    items = [block for block in walk(section.blocks) if isinstance(block, Item)]
    draft = Draft.of(page)
    draft.cut(items[3].line, last_line(items[-1], page))
    return draft.edit(section.line)


@shelf.make("section-emptied", "an agreed section of which only the heading is left", "SHA104")
def _emptied(world: World, chance: Random) -> Edit | None:
    chosen = world.draw(
        chance,
        [
            (page, section)
            for page in world.client
            if (section := page.section("in-therapy")) and section.blocks and not section.children
        ],
    )
    if chosen is None:
        return None
    page, section = chosen
    draft = Draft.of(page)
    draft.cut(section.blocks[0].line, last_line(section.blocks[-1], page))
    return draft.edit(section.line)

"""Pages and sections that fall out of step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from handbook.model.finding import Place
from handbook.trials.edit import Draft, Edit
from handbook.trials.mutations.parity.shelf import ParityShelf, both_sides, sections_at

if TYPE_CHECKING:
    from random import Random

    from handbook.trials.world import World

shelf: Final = ParityShelf()


def _page_missing(language: str) -> None:
    @shelf.make(f"page-missing-in-{language}", f"a page that does not exist in one language ({language})", "PAR101")
    def _make(world: World, chance: Random) -> Edit | None:
        page = world.draw(chance, world.in_language(language, world.client))
        return Edit({page.path: None}, frozenset([Place(world.twin(page).path, 1)])) if page else None


_page_missing("en")
_page_missing("nl")


@shelf.make("shared-text-missing", "a text that pages take in, missing in one language", "PAR101")
def _shared_missing(world: World, chance: Random) -> Edit | None:
    page = world.draw(chance, [page for page in world.project.pages if page.localized and page.partial])
    return Edit({page.path: None}, frozenset([Place(world.twin(page).path, 1)])) if page else None


def _section_missing(name: str, what: str, level: int) -> None:
    @shelf.make(name, what, "PAR111")
    def _make(world: World, chance: Random) -> Edit | None:
        chosen = world.draw(chance, sections_at(world, level))
        if chosen is None:
            return None
        page, section = chosen
        twin = world.twin(page)
        there = twin.section(section.id)
        draft = Draft.of(page)
        draft.cut(section.line, section.last_line)
        return draft.edit(*([Place(twin.path, there.line)] if there else []))


_section_missing("section-missing", "a section missing in one language", 2)
_section_missing("part-of-section-missing", "a part of a section (level 3) missing in one language", 3)


@shelf.make("section-id-differs", "the id of a section differs", "PAR112")
def _id_differs(world: World, chance: Random) -> Edit | None:
    chosen = world.draw(chance, sections_at(world, 3))
    if chosen is None:
        return None
    page, section = chosen
    draft = Draft.of(page)
    draft.put(section.line, draft.line(section.line).replace(f"#{section.id}", f"#{section.id}-2"))
    return draft.edit(*both_sides(world, page, section, section.line))


@shelf.make("section-order-differs", "two sections in another order in one language", "PAR113")
def _order(world: World, chance: Random) -> Edit | None:
    chosen = [
        (page, one, two)
        for page in world.in_language("nl", world.client)
        for section in page.all_sections
        for one, two in zip(section.children, section.children[1:], strict=False)
        if one.level == two.level == 3
    ]
    drawn = world.draw(chance, chosen)
    if drawn is None:
        return None
    page, one, two = drawn
    draft = Draft.of(page)
    second = draft.cut(two.line, two.last_line)
    draft.after(one.line - 1, *second)
    twin = world.twin(page)
    places = [Place(twin.path, there.line) for there in (twin.section(one.id), twin.section(two.id)) if there]
    return draft.edit(one.line, one.line + len(second), *places)


@shelf.make("section-level-differs", "a heading with another level in one language", "PAR114")
def _level(world: World, chance: Random) -> Edit | None:
    chosen = world.draw(chance, sections_at(world, 3))
    if chosen is None:
        return None
    page, section = chosen
    draft = Draft.of(page)
    draft.put(section.line, draft.line(section.line)[1:])
    return draft.edit(*both_sides(world, page, section, section.line))

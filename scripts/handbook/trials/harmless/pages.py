"""Other ways to write a page as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from handbook.trials.edit import Draft, Edit
from handbook.trials.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from handbook.trials.world import World

shelf: Final = Shelf("Harmless")


@shelf.make("top-reordered", "the keys at the top of a page in another order")
def _reordered(world: World, chance: Random) -> Edit | None:
    page = world.draw(chance, world.client)
    if page is None:
        return None
    draft = Draft.of(page)
    keys = draft.cut(page.front_matter.line + 1, page.front_matter.end - 1)
    chance.shuffle(keys)
    return draft.after(page.front_matter.line, *keys).edit()


@shelf.make("top-list-as-lines", "a list at the top written with dashes")
def _list_as_lines(world: World, chance: Random) -> Edit | None:
    page = world.draw(chance, world.client)
    if page is None:
        return None
    line = page.front_matter.line_of("related")
    draft = Draft.of(page)
    return draft.put(line, "related:").after(line, *(f"  - {one}" for one in page.front_matter.get("related"))).edit()


@shelf.make("related-reordered", "the related pages in another order, in both languages")
def _related(world: World, chance: Random) -> Edit | None:
    page = world.draw(chance, [page for page in world.client if len(page.front_matter.get("related") or ()) > 1])
    if page is None:
        return None
    drafts = []
    for one in (page, world.twin(page)):
        names = ", ".join(reversed(one.front_matter.get("related")))
        drafts.append(Draft.of(one).put(one.front_matter.line_of("related"), f"related: [{names}]"))
    return Edit.of(drafts, ())


@shelf.make("claims-reordered", "the claims at the top in another order, in one language")
def _claims(world: World, chance: Random) -> Edit | None:
    page = world.draw(chance, [page for page in world.client if len(page.front_matter.get("claims") or ()) > 1])
    if page is None:
        return None
    names = ", ".join(reversed(page.front_matter.get("claims")))
    return Draft.of(page).put(page.front_matter.line_of("claims"), f"claims: [{names}]").edit()


def _of_file(name: str, what: str, change: Callable[[str], str]) -> None:
    @shelf.make(name, what)
    def _make(world: World, chance: Random) -> Edit | None:
        page = world.draw(chance, world.client)
        return Edit({page.path: change(page.text).encode()}) if page else None


_of_file("blank-lines-at-end", "blank lines at the end of a page", lambda text: text + "\n\n\n")
_of_file("no-line-end-at-end", "no line end at the end of a page", lambda text: text.rstrip("\n"))
_of_file(
    "blank-lines-everywhere", "two blank lines wherever there was one", lambda text: text.replace("\n\n", "\n\n\n")
)
_of_file("page-saved-again", "a page saved again as it was", lambda text: text)


@shelf.make("rule-between-sections", "a line of dashes between two sections, in both languages")
def _rule(world: World, chance: Random) -> Edit | None:
    page = world.draw(chance, [page for page in world.client if page.section("recognise")])
    if page is None:
        return None
    drafts = []
    for one in (page, world.twin(page)):
        section = one.section("recognise")
        if section is None:
            return None
        drafts.append(Draft.of(one).after(section.line - 1, "---", ""))
    return Edit.of(drafts, ())

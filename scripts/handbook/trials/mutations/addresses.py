"""What breaks an address that readers have: a page moved, a section gone, a register that was changed by hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from handbook.model.finding import Place
from handbook.publishing.address_file import KEPT
from handbook.trials.edit import Draft, Edit
from handbook.trials.shelf import Shelf

if TYPE_CHECKING:
    from random import Random

    from handbook.model.page import Page
    from handbook.trials.world import World

shelf: Final = Shelf("Addresses")
REGISTER: Final = "data/addresses.txt"


def _deep(world: World) -> list[Page]:
    return [page for page in world.in_language("nl", world.client) if not page.key.endswith("index.md")]


def _at(world: World, page: Page) -> list[Place]:
    register = [
        (number, line) for number, line in enumerate(world.read(REGISTER).split("\n"), 1) if line.startswith(page.key)
    ]
    return [Place(page.path, page.front_matter.line_of("slug")), *(Place(REGISTER, number) for number, _ in register)]


@shelf.make("address-changed", "a new slug, which the register does not know yet", "ADR106 ADR101")
def _slug(world: World, chance: Random) -> Edit | None:
    page = world.draw(chance, _deep(world))
    if page is None:
        return None
    line = page.front_matter.line_of("slug")
    return Draft.of(page).put(line, f"slug: {page.front_matter.get('slug')}-nieuw").edit(*_at(world, page))


@shelf.make("address-of-moved-page", "a page moved to another folder, and the register was not told", "ADR101")
def _moved(world: World, chance: Random) -> Edit | None:
    page = world.draw(chance, _deep(world))
    if page is None:
        return None
    files: dict[str, bytes | None] = {}
    for one in (page, world.twin(page)):
        files[one.path] = None
        files[one.path.replace(page.key, f"needs/moved-{page.key.rpartition('/')[2]}")] = one.text.encode()
    return Edit(files, frozenset(_at(world, page)))


@shelf.make("address-taken-over", "the address of another page taken over", "ADR102 MET108")
def _reused(world: World, chance: Random) -> Edit | None:
    page = world.draw(chance, _deep(world))
    if page is None:
        return None
    folder = page.key.rpartition("/")[0]
    other = world.draw(
        chance, [one for one in _deep(world) if one.key.rpartition("/")[0] == folder and one is not page]
    )
    if other is None:
        return None
    drafts = []
    for one, slug in ((page, other.front_matter.get("slug")), (other, f"{other.front_matter.get('slug')}-nieuw")):
        drafts.append(Draft.of(one).put(one.front_matter.line_of("slug"), f"slug: {slug}"))
    return Edit.of(drafts, [*_at(world, page), *_at(world, other)])


@shelf.make("published-section-vanished", "a section that was published and is gone in both languages", "ADR103")
def _section(world: World, chance: Random) -> Edit | None:
    places = [
        (page, section) for page in _deep(world) for section in page.all_sections if section.level == 3 and section.id
    ]
    chosen = world.draw(chance, places)
    if chosen is None:
        return None
    page, section = chosen
    drafts, at = [], []
    for one in (page, world.twin(page)):
        there = one.section(section.id)
        if there is None:
            return None
        draft = Draft.of(one)
        draft.put(there.line, draft.line(there.line).replace(f"#{section.id}", f"#{section.id}-new"))
        drafts.append(draft)
        at += [*_at(world, one), Place(one.path, 1), Place(one.path, there.line)]
    return Edit.of(drafts, at)


@shelf.make("register-line-broken", "a line of the register of addresses spoilt by hand", "ADR105")
def _broken(world: World, chance: Random) -> Edit | None:
    draft = Draft(REGISTER, world.read(REGISTER))
    number = world.draw(chance, [number for number, line in enumerate(draft.lines, 1) if re.search(r" nl nl/", line)])
    if number is None:
        return None
    return draft.put(number, draft.line(number).replace(" nl nl/", " nl/")).edit(number)


@shelf.make("page-not-registered", "a new page that the register does not know yet", "ADR106")
def _new(world: World, chance: Random) -> Edit | None:
    page = world.draw(chance, _deep(world))
    if page is None:
        return None
    files: dict[str, bytes | None] = {}
    at = []
    for one in (page, world.twin(page)):
        path = one.path.removesuffix(".md") + "-more.md"
        text = re.sub(r"^(slug: .*)$", r"\1-meer", one.text, flags=re.MULTILINE)
        files[path] = text.encode()
        at += [Place(path, line) for line in (1, one.front_matter.line_of("slug"))]
    return Edit(files, frozenset([*at, Place(REGISTER)]))


@shelf.make("redirect-to-no-page", "a line of the register that sends readers to a page that is not there", "ADR104")
def _redirect(world: World, _chance: Random) -> Edit:
    draft = Draft(REGISTER, world.read(REGISTER).rstrip("\n"))
    number = len(draft.lines)
    added = ["needs/shelter.md p3xq en en/needs/shelter/", "needs/shelter.md p3xq gone -> needs/none.md it was merged"]
    return draft.after(number, *added, "").edit(number + 1, number + 2)


@shelf.make("old-address-deleted", "a line of the register deleted about a page that is gone", "ADR107")
def _deleted(world: World, _chance: Random) -> Edit:
    draft = Draft(REGISTER, world.read(REGISTER))
    return draft.after(2, KEPT.format(1).rstrip("\n")).edit(1)

"""Words that move in one language: what no comparison of structure can see, and the ledger does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from handbook.ledger.store import ledger_path
from handbook.model.finding import Place
from handbook.trials.edit import Draft, Edit
from handbook.trials.shelf import Shelf

if TYPE_CHECKING:
    from random import Random

    from handbook.model.page import Page, Section
    from handbook.trials.world import World

shelf: Final = Shelf("Ledger")


def _places(world: World, page: Page, section: Section, line: int) -> list[Place]:
    twin = world.twin(page)
    there = twin.section(section.id)
    return [Place(page.path, line), Place(page.path, section.line), *([Place(twin.path, there.line)] if there else [])]


def _one_line(name: str, what: str, new: str | None, *, needs: str = "") -> None:
    @shelf.make(name, what, "LED101")
    def _make(world: World, chance: Random) -> Edit | None:
        chosen = world.draw(chance, [place for place in world.plain_lines if needs in place[3] and len(place[3]) < 90])
        if chosen is None:
            return None
        page, section, number, line = chosen
        draft = Draft.of(page)
        if new is None:
            draft.cut(number, number)
        else:
            draft.put(number, line.replace(needs, new, 1) if needs else f"{line} {new}")
        return draft.edit(*_places(world, page, section, number))


_one_line("sentence-changed", "“not” left out in one language", " ", needs=" not ")
_one_line("sentence-changed-in-dutch", "“niet” left out in the other", " ", needs=" niet ")
_one_line("sentence-added", "a sentence added in one language", "So.")
_one_line("sentence-removed", "a sentence removed in one language", None)
_one_line("comma-to-stop", "a sentence cut in two words short in one language", " ", needs=" even ")


@shelf.make("both-languages-changed", "the same section changed in both languages, and nobody compared them", "LED102")
def _both_changed(world: World, chance: Random) -> Edit | None:
    chosen = world.draw(
        chance, [place for place in world.plain_lines if place[0].language == "en" and len(place[3]) < 60]
    )
    if chosen is None:
        return None
    page, section, number, line = chosen
    twin = world.twin(page)
    there = next((one for one in world.plain_lines if one[0] is twin and one[1].id == section.id), None)
    if there is None:
        return None
    drafts = [Draft.of(page).put(number, line + " So."), Draft.of(twin).put(there[2], there[3] + " Dus.")]
    return Edit.of(drafts, _places(world, page, section, number))


@shelf.make("ledger-merge-marker", "merge markers in a ledger file", "LED104")
def _marker(world: World, chance: Random) -> Edit | None:
    key = world.draw(chance, [page.key for page in world.client])
    if key is None:
        return None
    path = ledger_path(key)
    text = f"<<<<<<< HEAD\n{world.read(path)}=======\n>>>>>>> main\n"
    return Edit({path: text.encode()}, frozenset([Place(path, 1)]))


@shelf.make("ledger-broken", "a ledger file with a line that says nothing", "LED104")
def _broken(world: World, chance: Random) -> Edit | None:
    key = world.draw(chance, [page.key for page in world.client])
    if key is None:
        return None
    draft = Draft(ledger_path(key), world.read(ledger_path(key)))
    return draft.after(1, "in-short: yes").edit(2)


@shelf.make("ledger-of-vanished-page", "a ledger file left behind by a page that is gone", "LED105")
def _vanished(_world: World, _chance: Random) -> Edit:
    path = "data/ledger/needs/gone.txt"
    return Edit({path: b"in-short en:9f86d081884c7d65 nl:2c26b46b68ffc68f\n"}, frozenset([Place(path)]))


@shelf.make("new-section-unconfirmed", "a new section in both languages that nobody compared", "LED103")
def _unconfirmed(world: World, chance: Random) -> Edit | None:
    page = world.draw(chance, world.in_language("en", world.client))
    if page is None:
        return None
    drafts, at = [], []
    for one, title, text in (
        (page, "One more thing", "You can rest."),
        (world.twin(page), "Nog iets", "Je mag rusten."),
    ):
        section = one.section("what-is-it")
        if section is None:
            return None
        drafts.append(Draft.of(one).after(section.last_line, f"### {title} {{#one-more}}", "", text, ""))
        at.append(Place(one.path, section.last_line + 1))
    return Edit.of(drafts, at)

"""What falls out of step at the top of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from handbook.model.finding import Place
from handbook.trials.edit import Draft, Edit
from handbook.trials.mutations.parity.shelf import ParityShelf

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from handbook.trials.world import World

shelf: Final = ParityShelf()


def _top(name: str, what: str, codes: str, key: str, new: Callable[[Any], str] | None) -> None:
    """Put a kind on the shelf that changes a value, or removes a key, at the top of a page in one language."""

    @shelf.make(name, what, codes)
    def _make(world: World, chance: Random) -> Edit | None:
        page = world.draw(chance, [page for page in world.client if page.front_matter.get(key) not in (None, [])])
        if page is None:
            return None
        line = page.front_matter.line_of(key)
        draft = Draft.of(page)
        twin = Place(world.twin(page).path, world.twin(page).front_matter.line_of(key))
        if new is None:
            draft.cut(line, line)
            return draft.edit(1, twin)
        return draft.put(line, f"{key}: {new(page.front_matter.get(key))}").edit(line, twin)


def _listed(values: list[str]) -> str:
    return f"[{', '.join(values)}]"


_top("key-missing-in-language", "`debates` missing at the top of one language", "PAR102", "debates", None)
_top(
    "sensitivity-differs",
    "`sensitive` differs",
    "PAR103",
    "sensitive",
    lambda old: "none" if old != "none" else "abuse",
)
_top("claims-differ", "a claim left out in one language", "PAR103", "claims", lambda old: _listed(old[1:]))
_top(
    "evidence-differs",
    "another source in one language",
    "PAR103",
    "evidence",
    lambda old: _listed([*old[:-1], "E03" if old[-1] != "E03" else "E04"]),
)
_top(
    "certainty-differs",
    "another certainty in one language",
    "PAR103",
    "certainty",
    lambda old: "practice-wisdom" if old != "practice-wisdom" else "some-support",
)
_top(
    "next-step-differs",
    "another next step in one language",
    "PAR103",
    "next",
    lambda old: "help-now.md" if old != "help-now.md" else "index.md",
)
_top(
    "related-differs",
    "another related page in one language",
    "PAR103",
    "related",
    lambda old: _listed(["index.md", *old[1:]]),
)
_top("check-date-differs", "checked on another day in one language", "PAR103", "checked", lambda _old: "2026-11-21")

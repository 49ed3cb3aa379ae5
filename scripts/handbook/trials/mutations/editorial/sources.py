"""Sources, debates, glossary terms and claims that pages name wrongly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from handbook.model.finding import Place
from handbook.trials.edit import Draft, Edit
from handbook.trials.mutations.editorial.shelf import EditorialShelf

if TYPE_CHECKING:
    from random import Random

    from handbook.trials.world import World

shelf: Final = EditorialShelf()
shelf.swap("source-unknown", "a citation of a source that is not there", "EVI101", r"\[@E\d+\]", "[@E999]")
shelf.top("source-unknown-at-top", "the same at the top of a page", "EVI101", r"^evidence: \[E\d+", "evidence: [E999")
shelf.swap("source-with-space", "a space within a citation, which is then printed", "EVI105", r"\[@(E\d+)\]", r"[@\1 ]")
shelf.swap("source-misspelt", "a citation without its @", "EVI105", r"\[@(E\d+)\]", r"[\1]")
shelf.swap(
    "source-not-listed",
    "a citation that the top does not list",
    "EVI102",
    r"\[@E\d+\]",
    "[@E31]",
    pages=lambda world: [page for page in world.client if "E31" not in page.text],
)


@shelf.make("source-not-cited", "a source that is listed and not cited, in both languages", "EVI103")
def _not_cited(world: World, chance: Random) -> Edit | None:
    pair = world.draw(
        chance,
        [
            pair
            for pair in world.pairs
            if pair.first in world.client and "E31" not in pair.first.text and pair.first.front_matter.get("evidence")
        ],
    )
    if pair is None:
        return None
    drafts, at = [], []
    for page in (pair.first, pair.second):
        line = page.front_matter.line_of("evidence")
        draft = Draft.of(page)
        drafts.append(draft.put(line, draft.line(line).replace("]", ", E31]")))
        at.append(Place(page.path, line))
    return Edit.of(drafts, at)


shelf.top(
    "sources-too-few",
    "a label of certainty that rests on nothing",
    "EVI104",
    r"^evidence: \[.+\]$",
    "evidence: []",
    lambda world: [
        page for page in world.client if page.front_matter.get("certainty") in ("some-support", "well-supported")
    ],
)
shelf.top("debate-unknown", "a debate that does not exist", "EVI201", r"^debates: \[([\w-]+)", r"debates: [\1s")
shelf.top(
    "debate-not-linked",
    "called debated, without a link to the debate",
    "EVI202",
    r"^certainty: .*$",
    "certainty: debated",
    lambda world: [page for page in world.client if "evidence-and-debates.md#" not in page.text],
)
shelf.swap("term-unknown", "a word linked to no glossary entry", "EVI301", r"\(term:([\w-]+)\)", r"(term:\1x)")
shelf.top("claim-unknown", "a claim that does not exist", "SHA502", r"^claims: \[", "claims: [C99, ")
shelf.top(
    "claim-not-carried",
    "a page that no longer names its claim",
    "SHA501",
    r"^claims: \[.+\]$",
    "claims: []",
    lambda world: [page for page in world.client if page.front_matter.get("claims")],
)

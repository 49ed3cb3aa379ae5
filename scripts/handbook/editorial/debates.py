"""The claims of the field that need an honest word, and how sure anybody can be of each.

`data/debates.yml` holds one entry a claim; its id is the anchor on the page about evidence and debates. A page links to
an anchor in its front matter, so an id that was published stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from handbook.editorial.entries import Entry, Translated, read_entries, without_doubles

if TYPE_CHECKING:
    from pathlib import Path

CERTAINTIES: Final = ("well-supported", "some-support", "debated", "practice-wisdom")


@dataclass(frozen=True, slots=True)
class Debate:
    """One claim: how it is put, how sure it is, and what its label does not cover."""

    id: str
    line: int
    flag: str
    certainty: str
    title: Translated
    claim: Translated
    limit: Translated | None
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Debates:
    """All debates in the order of the page."""

    entries: tuple[Debate, ...]

    @property
    def anchors(self) -> tuple[str, ...]:
        """Return the ids a page may link to."""
        return tuple(entry.id for entry in self.entries)

    def find(self, name: str) -> Debate | None:
        """Return the debate with this id, if there is one."""
        return next((entry for entry in self.entries if entry.id == name), None)


def load_debates(path: Path) -> Debates:
    """Read `data/debates.yml`; raise `DataError` at the first thing that is wrong."""
    entries = tuple(_debate(entry) for entry in read_entries(path, "debate"))
    without_doubles(path, [(entry.line, entry.id) for entry in entries], "the debate")
    without_doubles(path, [(entry.line, entry.flag) for entry in entries], "the flag")
    return Debates(entries)


def _debate(entry: Entry) -> Debate:
    debate = Debate(
        id=entry.identifier("id"),
        line=entry.line,
        flag=entry.numbered("flag", "X"),
        certainty=entry.choice("certainty", CERTAINTIES),
        title=entry.translated("title"),
        claim=entry.translated("claim"),
        limit=entry.optional_translated("limit"),
        evidence=entry.all_numbered("evidence", "ES"),
    )
    entry.finish()
    return debate

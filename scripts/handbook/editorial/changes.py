"""What changed for readers, and when: the news that the feeds tell and the day since when a page is as it is.

It is written by hand, because only a person knows which change matters to whoever uses a page in their work. There is
nothing in it about who made the change.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.editorial.entries import Entry, Translated, read_mapping

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Change:
    """A change that readers are told of. `pages` are keys; empty for the handbook as a whole."""

    line: int
    date: dt.date
    pages: tuple[str, ...]
    what: Translated


@dataclass(frozen=True, slots=True)
class Changes:
    """All changes, the newest first."""

    entries: tuple[Change, ...] = ()

    def latest(self, key: str) -> dt.date | None:
        """Return the day of the last change that names a page; None where none does."""
        return max((one.date for one in self.entries if key in one.pages), default=None)


def load_changes(path: Path) -> Changes:
    """Read `data/changes.yml`; DataError at the first thing that is wrong. A project without the file has no news."""
    if not path.is_file():
        return Changes()
    file = read_mapping(path, "changes")
    entries = tuple(sorted(map(_change, file.entries("changes")), key=lambda one: one.date, reverse=True))
    file.finish()
    return Changes(entries)


def _change(entry: Entry) -> Change:
    change = Change(entry.line, entry.date("date"), entry.pages("pages"), entry.translated("what"))
    entry.finish()
    return change

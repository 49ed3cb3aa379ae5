"""Which pages changed since readers last heard of changes: the ledger now beside the ledger then.

News are written by hand (`data/changes.yml`), so a change of meaning could go unannounced. `data/told.txt` keeps, page
by page, a digest of what the ledger says of each section, as it was when the news were last complete; what differs from
it is still to be told, or to be called nothing that readers need to hear of.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from handbook.editorial.errors import DataError
from handbook.ledger.store import FOLDER, ledger_path, read_record, recorded_paths

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from handbook.editorial.changes import Changes
    from handbook.ledger.record import Record

FILE: Final = Path("data/told.txt")
HEADER: Final = (
    "# What the ledger said when readers were last told of changes. `handbook news --told` writes this file.\n"
)
_DAY: Final = "day"
_LENGTH: Final = 8


@dataclass(frozen=True, slots=True)
class Told:
    """What readers have heard of: for each page, each section with the digest of what was confirmed then; and when."""

    pages: Mapping[str, Mapping[str, str]]
    day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Untold:
    """A page with changes that readers have not heard of: ids of sections, each with the reason the ledger gives.

    `news` are the days of entries about this page, or about the handbook as a whole, that are no older than the last
    time.
    """

    key: str
    sections: tuple[tuple[str, str], ...]
    news: tuple[dt.date, ...]


def load_told(root: Path) -> Told:
    """Read `data/told.txt`; nothing has been told where there is none. DataError with its line where it is broken."""
    path = root / FILE
    if not path.is_file():
        return Told({})
    pages: dict[str, Mapping[str, str]] = {}
    day: dt.date | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        key, *rest = line.split()
        try:
            if key == _DAY:
                day = dt.date.fromisoformat(rest[0])
            else:
                pages[key] = dict(_pair(one) for one in rest)
        except (ValueError, IndexError):
            hint = "take an older version of the file, or remove it and run `handbook news`"
            raise DataError(path, number, f"this line cannot be read: {line[:80]!r}", hint) from None
    return Told(pages, day)


def format_told(told: Told) -> str:
    """Write the file; the same always gives the same bytes."""
    lines = [f"{_DAY} {told.day.isoformat()}\n"] if told.day else []
    for key, sections in sorted(told.pages.items()):
        lines.append(" ".join([key, *(f"{id_}:{digest}" for id_, digest in sorted(sections.items()))]) + "\n")
    return HEADER + "".join(lines)


def records_now(root: Path) -> dict[str, Record]:
    """Read what the ledger says of each page; LedgerError where a file is broken."""
    keys = (Path(path).relative_to(FOLDER).with_suffix(".md").as_posix() for path in recorded_paths(root))
    return {key: read_record(root, key) for key in keys if (root / ledger_path(key)).is_file()}


def told_now(records: Mapping[str, Record], day: dt.date) -> Told:
    """Return what there is to remember once readers have heard of everything."""
    return Told({key: _digests(record) for key, record in records.items()}, day)


def untold(records: Mapping[str, Record], told: Told, changes: Changes) -> Iterator[Untold]:
    """Yield each page that the ledger knows otherwise than when the news were last complete."""
    for key in sorted(records.keys() | told.pages.keys()):
        now = _digests(records[key]) if key in records else {}
        then = told.pages.get(key, {})
        moved = sorted(id_ for id_ in now.keys() | then.keys() if now.get(id_) != then.get(id_))
        if moved:
            confirmed = records[key].sections if key in records else {}
            sections = tuple((id_, confirmed[id_].reason if id_ in confirmed else "") for id_ in moved)
            yield Untold(key, sections, tuple(_news(key, told, changes)))


def still_silent(found: Iterable[Untold], excused: Iterable[str]) -> list[str]:
    """Return the pages of which no news tell and which nobody has called nothing to tell."""
    allowed = frozenset(excused)
    return [one.key for one in found if not one.news and one.key not in allowed]


def _news(key: str, told: Told, changes: Changes) -> Iterator[dt.date]:
    for change in changes.entries:
        if (key in change.pages or not change.pages) and (told.day is None or change.date >= told.day):
            yield change.date


def _pair(text: str) -> tuple[str, str]:
    id_, digest = text.rsplit(":", 1)
    return id_, digest


def _digests(record: Record) -> dict[str, str]:
    return {
        id_: hashlib.sha256(repr(sorted(confirmed.digests.items())).encode()).hexdigest()[:_LENGTH]
        for id_, confirmed in record.sections.items()
    }

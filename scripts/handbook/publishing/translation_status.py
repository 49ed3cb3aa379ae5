"""What readers see of the ledger: the page with the state of every section, and a calm note at one that is behind.

The note stands in the language that is behind, for its readers, and leads to the same section in the language that has
moved on. Where both moved or nobody compared them yet, there is nothing a reader could do, so nothing is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import babel
from babel.core import UnknownLocaleError

from handbook.ledger.overview import read_overview
from handbook.ledger.state import State
from handbook.ledger.words import TOP
from handbook.publishing.addresses import relative_address
from handbook.publishing.page_view import title_of
from handbook.reading.configuration import NotAProjectError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from handbook.ledger.overview import Overview, PageState
    from handbook.ledger.state import SectionState
    from handbook.publishing.catalogue import Catalogue, PageEntry

OPEN: Final = (State.ALL_MOVED, State.UNCONFIRMED, State.MISSING)


@dataclass(frozen=True, slots=True)
class Door:
    """A link to a page or section in some language; without an address there is only the name."""

    title: str
    url: str
    language: str


@dataclass(frozen=True, slots=True)
class Item:
    """A section that is not in step. `said` is a sentence about it in the reader's language."""

    section: Door
    said: str


@dataclass(frozen=True, slots=True)
class Row:
    """A page: itself, its other versions, and how its sections stand."""

    page: Door
    others: tuple[Door, ...]
    in_step: int
    total: int
    behind: tuple[Item, ...]
    open: tuple[Item, ...]
    fresh: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the handbook with its pages."""

    id: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """The whole table. `others` are the names of the other languages, in the order of the columns."""

    parts: tuple[Part, ...]
    others: tuple[str, ...]
    in_step: int
    behind: int
    open: int

    @property
    def total(self) -> int:
        """All sections."""
        return self.in_step + self.behind + self.open


@dataclass(frozen=True, slots=True)
class Note:
    """What a section that is behind says to its reader, with the way to the section that moved on."""

    said: str
    door: Door


def load_overview(root: Path) -> Overview | None:
    """Read how the pages stand; None for a project that keeps no ledger or is read in some other way."""
    try:
        return read_overview(root)
    except NotAProjectError:
        return None


def name_in(language: str, reader: str) -> str:
    """Return how a language is called in the language of the reader: "Engels"."""
    try:
        return babel.Locale.parse(language.replace("-", "_")).get_display_name(reader.replace("-", "_")) or language
    except (UnknownLocaleError, ValueError):
        return language


def notes_for(
    overview: Overview | None, catalogue: Catalogue, entry: PageEntry, words: Mapping[str, str]
) -> Iterator[tuple[str, Note]]:
    """Yield (section id, note) for each section of a page that is behind in its language."""
    page = overview.page(entry.key) if overview else None
    for section in page.of(State.BEHIND) if page else ():
        if entry.language in section.behind:
            target = catalogue.get(section.moved[0], entry.key)
            if target is None:
                continue
            name = name_in(target.language, entry.language)
            url = relative_address(target.address, entry.address) + _fragment(section.id)
            door = Door(words["behind_link"].replace("{language}", name), url, target.language)
            yield section.id, Note(words["behind_note"].replace("{language}", name), door)


def _fragment(id_: str) -> str:
    return "" if id_ == TOP else f"#{id_}"


def translation_status(
    overview: Overview | None, catalogue: Catalogue, entry: PageEntry, words: Mapping[str, str]
) -> Status | None:
    """Make the table for the page at `entry`, in its language, with links as seen from there; None without a ledger."""
    return _Table(overview, catalogue, entry, words).status() if overview else None


class _Table:
    """Gathers the table of one language."""

    def __init__(self, overview: Overview, catalogue: Catalogue, entry: PageEntry, words: Mapping[str, str]) -> None:
        self._overview = overview
        self._catalogue = catalogue
        self._entry = entry
        self._language = entry.language
        self._words = words
        self._others = [one.locale for one in catalogue.languages if one.locale != entry.language]

    def status(self) -> Status:
        counts = self._overview.counts()
        return Status(
            tuple(self._parts()),
            tuple(name_in(other, self._language) for other in self._others),
            counts[State.IN_STEP],
            counts[State.BEHIND],
            sum(counts[state] for state in OPEN),
        )

    def _parts(self) -> Iterator[Part]:
        """Yield the single pages at the beginning, every folder in reading order, and the shared passages."""
        pages = {page.key: page for page in self._overview.pages}
        ordered = [pages.pop(key) for key in self._catalogue.order if key in pages]
        by_folder: dict[str, list[PageState]] = {}
        for page in ordered:
            by_folder.setdefault(page.key.rpartition("/")[0], []).append(page)
        for folder, members in by_folder.items():
            yield self._part(f"in-{folder.replace('/', '-')}" if folder else "single-pages", folder, members)
        if pages:
            yield Part("shared-passages", self._words["status_shared"], tuple(map(self._row, pages.values())))

    def _part(self, id_: str, folder: str, members: Sequence[PageState]) -> Part:
        first = self._catalogue.get(self._language, f"{folder}/index.md") if folder else None
        title = (first.metadata.section or title_of(first)) if first else folder or self._words["status_single"]
        return Part(f"status-{id_}", title, tuple(map(self._row, members)))

    def _row(self, page: PageState) -> Row:
        return Row(
            page=self._door(page, self._language),
            others=tuple(self._door(page, other) for other in self._others),
            in_step=page.count(State.IN_STEP),
            total=len(page.sections),
            behind=tuple(self._item(page, section) for section in page.of(State.BEHIND)),
            open=() if page.fresh else tuple(self._item(page, section) for section in page.of(*OPEN)),
            fresh=page.fresh,
        )

    def _door(self, page: PageState, language: str) -> Door:
        found = self._catalogue.get(language, page.key)
        if found is None:
            name = page.key.rpartition("/")[2].removesuffix(".md") if language in page.versions else ""
            return Door(name, "", language)
        return Door(title_of(found), relative_address(found.address, self._entry.address), language)

    def _item(self, page: PageState, section: SectionState) -> Item:
        language = self._language if self._language not in section.missing else next(iter(page.versions))
        version = page.versions.get(language)
        passage = version.passage(section.id) if version else None
        title = self._words["status_top"] if section.id == TOP else passage.title if passage else section.id
        url = self._door(page, language).url
        return Item(Door(title, url + _fragment(section.id) if url else "", language), self._said(section))

    def _said(self, section: SectionState) -> str:
        names = {
            "moved": self._names(section.moved),
            "behind": self._names(section.behind),
            "missing": self._names(section.missing),
        }
        said = self._words[f"status_{section.state.value}"]
        for name, value in names.items():
            said = said.replace(f"{{{name}}}", value)
        return said

    def _names(self, languages: Sequence[str]) -> str:
        return ", ".join(name_in(language, self._language) for language in languages)

"""How the state of a section is said and shown to a person at a terminal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.ledger.beside import compare, section_lines, side_by_side
from handbook.ledger.history import older_versions
from handbook.ledger.record import LedgerError, Record
from handbook.ledger.state import SectionState, State
from handbook.ledger.store import read_record
from handbook.ledger.sync import title_of_section
from handbook.ledger.words import TOP, digest, page_words
from handbook.reading.dialect import Dialect
from handbook.reading.markdown import read_page
from handbook.reading.sources import decode, read_source
from handbook.rules.naming import language_name, language_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from handbook.ledger.overview import PageState
    from handbook.ledger.versions import Version
    from handbook.model.page import Page
    from handbook.model.project import Configuration


@dataclass(frozen=True, slots=True)
class Wording:
    """Says and shows states. It reads pages, and older versions of them where git knows any."""

    root: Path
    dialect: Dialect

    @classmethod
    def of(cls, root: Path, configuration: Configuration) -> Wording:
        """Make the wording for a project."""
        return cls(root, Dialect.of(configuration))

    def names(self, locales: Sequence[str]) -> str:
        """Name languages: "English and Dutch"."""
        return language_names(locales)

    def state(self, section: SectionState) -> str:
        """Say in a sentence how a section stands."""
        match section.state:
            case State.IN_STEP:
                return "In step."
            case State.BEHIND:
                return f"{self.names(section.moved)} changed, {self.names(section.behind)} did not."
            case State.ALL_MOVED:
                return f"{self.names(section.moved)} changed."
            case State.UNCONFIRMED:
                return "Nobody has compared this section yet."
            case State.MISSING:
                return f"Missing in {self.names(section.missing)}."

    def section(self, page: PageState, section: SectionState, width: int) -> Iterator[str]:
        """Yield the lines that show a section: what moved beside the other language, old words where they are known."""
        name = "" if section.id == TOP else f" {{#{section.id}}}"
        yield f"{title_of_section(page, section.id)}{name}"
        yield self.state(section)
        for version in page.versions.values():
            passage = version.passage(section.id)
            yield f"{version.path}:{passage.line if passage else 1}"
        yield ""
        first = next(iter(section.moved), None) or next(iter(page.versions))
        unknown = []
        sides = {}
        for language, version in page.versions.items():
            new = self._lines(version, section.id)
            old = self._old_lines(version, section.id) if language in section.moved else new
            if old is None:
                unknown.append(language)
            sides[language] = compare(old, new)
        for language, lines in sides.items():
            if language != first:
                titles = (self._title(first, section), self._title(language, section))
                yield from side_by_side(sides[first], lines, titles, width)
                yield ""
        if unknown:
            yield f"The old words are not known for {self.names(unknown)}: no older version in git has them."
            yield ""

    def _title(self, language: str, section: SectionState) -> str:
        name = language_name(language)
        if language in section.moved:
            return f"{name}, new"
        return f"{name}, as it was" if language in section.behind else name

    def _lines(self, version: Version, id_: str) -> list[str]:
        text, _ = read_source(self.root / version.path, version.path)
        return section_lines(self._parse(text, version.path)).get(id_, []) if text is not None else []

    def _old_lines(self, version: Version, id_: str) -> list[str] | None:
        """Find the words that were confirmed: the newest older version whose digest is the ledger's."""
        try:
            record = read_record(self.root, version.key)
        except LedgerError:
            record = Record()
        confirmed = record.sections.get(id_)
        if confirmed is None:
            return None
        for data in older_versions(self.root, version.path):
            text, _ = decode(data, version.path)
            page = self._parse(text or "", version.path)
            words = page_words(page).get(id_)
            if words is not None and digest(words) == confirmed.digests.get(version.language):
                return section_lines(page)[id_]
        return None

    def _parse(self, text: str, path: str) -> Page:
        return read_page(path, text, dialect=self.dialect)

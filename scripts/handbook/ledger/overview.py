"""How every page of a project stands: the ledger beside what all pages say now."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handbook.ledger.record import LedgerError, Record
from handbook.ledger.state import SectionState, State, section_states
from handbook.ledger.store import has_ledger, read_record
from handbook.ledger.versions import Version, languages_of, read_versions
from handbook.reading.configuration import read_configuration

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class PageState:
    """How the versions of one page stand to each other. `error` says why its ledger could not be read."""

    key: str
    versions: Mapping[str, Version]
    sections: tuple[SectionState, ...]
    error: LedgerError | None = None

    def count(self, state: State) -> int:
        """Count the sections in a state."""
        return sum(section.state is state for section in self.sections)

    def of(self, *states: State) -> Iterator[SectionState]:
        """Yield the sections in one of some states, in reading order."""
        return (section for section in self.sections if section.state in states)

    @property
    def fresh(self) -> bool:
        """Whether nobody has ever declared anything about this page."""
        return bool(self.sections) and all(section.state is State.UNCONFIRMED for section in self.sections)


@dataclass(frozen=True, slots=True)
class Overview:
    """How all pages stand. `languages` begin with the default one."""

    languages: tuple[str, ...]
    pages: tuple[PageState, ...]
    _by_key: Mapping[str, PageState] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", {page.key: page for page in self.pages})

    def page(self, key: str) -> PageState | None:
        """Find the page with this key."""
        return self._by_key.get(key)

    def counts(self) -> dict[State, int]:
        """Count the sections of all pages by state."""
        return {state: sum(page.count(state) for page in self.pages) for state in State}


def make_overview(
    versions: Iterable[Version], languages: Sequence[str], records: Mapping[str, Record | LedgerError]
) -> Overview:
    """Put all versions beside their records. A page whose record is broken counts as unconfirmed."""
    by_key: dict[str, dict[str, Version]] = {}
    for version in versions:
        by_key.setdefault(version.key, {})[version.language] = version
    return Overview(
        tuple(languages),
        tuple(_page_state(key, by_key[key], languages, records.get(key, Record())) for key in sorted(by_key)),
    )


def _page_state(
    key: str, versions: Mapping[str, Version], languages: Sequence[str], record: Record | LedgerError
) -> PageState:
    ordered = {language: versions[language] for language in languages if language in versions}
    order = dict.fromkeys(passage.id for version in ordered.values() for passage in version.passages)
    digests = {language: version.digests for language, version in ordered.items()}
    known = Record() if isinstance(record, LedgerError) else record
    states = tuple(section_states(known, digests, languages, tuple(order)))
    return PageState(key, ordered, states, record if isinstance(record, LedgerError) else None)


def read_records(root: Path, keys: Iterable[str]) -> dict[str, Record | LedgerError]:
    """Read the records of some pages; what is wrong with one stands in its place."""
    records: dict[str, Record | LedgerError] = {}
    for key in keys:
        try:
            records[key] = read_record(root, key)
        except LedgerError as error:
            records[key] = error
    return records


def read_overview(root: Path) -> Overview | None:
    """Read how the pages of a project stand; None where it keeps no ledger. NotAProjectError without a mkdocs.yml."""
    if not has_ledger(root):
        return None
    configuration = read_configuration(root)
    versions = read_versions(root, configuration)
    records = read_records(root, {version.key for version in versions})
    return make_overview(versions, languages_of(configuration), records)

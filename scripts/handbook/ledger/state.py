"""How the languages of a page stand to each other, section by section: the ledger beside what the pages say now."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from handbook.ledger.record import Confirmed, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


class State(StrEnum):
    """How the versions of one section stand to each other."""

    IN_STEP = "in-step"
    BEHIND = "behind"
    ALL_MOVED = "all-moved"
    UNCONFIRMED = "unconfirmed"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class SectionState:
    """The state of one section. `moved` and `behind` name languages; `missing` those that do not have the section."""

    id: str
    state: State
    moved: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    reason: str = ""


def section_states(
    record: Record, digests: Mapping[str, Mapping[str, str]], languages: Sequence[str], order: Sequence[str]
) -> Iterator[SectionState]:
    """Compare a page's record with the digests of its sections now.

    `digests` maps a language to section id to digest, `order` is the reading order of the section ids. A section that
    only the ledger knows has been removed in every language and has no state.
    """
    for id_ in order:
        now = {language: digests[language][id_] for language in languages if id_ in digests.get(language, {})}
        missing = tuple(language for language in languages if language not in now)
        confirmed = record.sections.get(id_)
        reason = confirmed.reason if confirmed else ""
        if missing:
            yield SectionState(id_, State.MISSING, missing=missing, reason=reason)
        elif confirmed is None or any(language not in confirmed.digests for language in languages):
            yield SectionState(id_, State.UNCONFIRMED)
        else:
            yield _compare(id_, confirmed, now)


def _compare(id_: str, confirmed: Confirmed, now: Mapping[str, str]) -> SectionState:
    moved = tuple(language for language, digest in now.items() if digest != confirmed.digests[language])
    behind = tuple(language for language in now if language not in moved)
    if not moved:
        return SectionState(id_, State.IN_STEP, reason=confirmed.reason)
    if not behind:
        return SectionState(id_, State.ALL_MOVED, moved=moved)
    return SectionState(id_, State.BEHIND, moved=moved, behind=behind)


def confirm(record: Record, digests: Mapping[str, Mapping[str, str]], ids: Sequence[str], reason: str = "") -> Record:
    """Return the record with these sections declared equivalent as they stand now.

    ValueError if one of them is missing in a language: what is not there cannot be declared equivalent.
    """
    sections = dict(record.sections)
    for id_ in ids:
        if any(id_ not in sections_now for sections_now in digests.values()):
            message = f'the section "{id_}" is missing in one of the languages'
            raise ValueError(message)
        sections[id_] = Confirmed({language: now[id_] for language, now in digests.items()}, reason)
    known = set().union(*(now.keys() for now in digests.values()))
    return Record({id_: confirmed for id_, confirmed in sections.items() if id_ in known})

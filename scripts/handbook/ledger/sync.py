"""What `handbook sync` decides: which sections are open, what stands in the way, and what becomes of the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from handbook.ledger.record import Record, tidy_reason
from handbook.ledger.state import SectionState, State, confirm
from handbook.ledger.words import TOP
from handbook.model.finding import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from handbook.ledger.overview import PageState

OPEN: Final = (State.BEHIND, State.ALL_MOVED, State.UNCONFIRMED)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A difference in structure: what has to be mended before anything can be declared equivalent."""

    place: Place
    message: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody said about a section: both say the same, and why one side stays as it is."""

    id: str
    reason: str = ""


class ReasonMissingError(Exception):
    """One side stays as it is, and nobody said why."""


def obstacles(page: PageState, languages: Sequence[str], paths: dict[str, str]) -> Iterator[Obstacle]:
    """Yield what differs in the sections of a page: a missing version, a missing section, another order.

    `paths` says where a missing version of the page would stand, by language.
    """
    missing = [language for language in languages if language not in page.versions]
    for language in missing:
        other = next(iter(page.versions.values()))
        yield Obstacle(Place(paths[language]), f"this page does not exist yet; {other.path} does")
    if missing:
        return
    for section in page.of(State.MISSING):
        there = next(version for version in page.versions.values() if version.passage(section.id))
        passage = there.passage(section.id)
        for language in section.missing:
            place = Place(page.versions[language].path)
            line = f":{passage.line}" if passage else ""
            yield Obstacle(place, f"the section {{#{section.id}}} is missing here; it stands in {there.path}{line}")
    yield from _order(page)


def _order(page: PageState) -> Iterator[Obstacle]:
    """Yield the first section of each further version that stands elsewhere than in the first."""
    first, *others = page.versions.values()
    for other in others:
        shared = set(first.digests) & set(other.digests)
        ours = [passage for passage in first.passages if passage.id in shared]
        theirs = [passage for passage in other.passages if passage.id in shared]
        for one, two in zip(ours, theirs, strict=True):
            if one.id != two.id:
                message = f"here stands {{#{two.id}}}, where {first.path}:{one.line} has {{#{one.id}}}"
                yield Obstacle(Place(other.path, two.line), message)
                break


def needs_reason(section: SectionState) -> bool:
    """Tell whether somebody has to say why one side stays as it is."""
    return section.state is State.BEHIND


def settle(record: Record, page: PageState, answers: Iterable[Answer]) -> Record:
    """Return the record with the answered sections declared equivalent as they stand now.

    ReasonMissingError where a side stays as it is without a reason; ValueError for a section that is not on the page.
    """
    by_id = {section.id: section for section in page.sections}
    digests = {language: version.digests for language, version in page.versions.items()}
    for answer in answers:
        reason = tidy_reason(answer.reason)
        if answer.id not in by_id:
            message = f"there is no section {{#{answer.id}}} on this page"
            raise ValueError(message)
        if needs_reason(by_id[answer.id]) and not reason:
            raise ReasonMissingError(answer.id)
        record = confirm(record, digests, [answer.id], reason)
    return record


def title_of_section(page: PageState, id_: str) -> str:
    """Return how a section is called in the first language that has it."""
    if id_ == TOP:
        return "Title, description and introduction"
    passages = (version.passage(id_) for version in page.versions.values())
    return next((passage.title for passage in passages if passage), id_)

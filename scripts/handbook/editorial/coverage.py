"""Which section of which page says a claim, language by language, and what is missing.

A claim is carried where its page names it in the front matter and the section that `data/claims.yml` names exists and
says something. Whether the words there mean the claim is for people to judge; this finds what no person needs to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.model.page import Paragraph, Table, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.editorial.claims import Claim, Claims, Place
    from handbook.model.page import Page, Section
    from handbook.model.project import Project


@dataclass(frozen=True, slots=True)
class Said:
    """A place in one language: the section's heading, or in `missing` what keeps the claim from standing there."""

    place: Place
    heading: str
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One claim in one language, with all its places in the order of the data."""

    claim: Claim
    language: str
    said: tuple[Said, ...]

    @property
    def carried(self) -> bool:
        """Whether every place of the claim says it."""
        return bool(self.said) and not any(one.missing for one in self.said)


def coverage(claims: Claims, project: Project) -> Iterator[Row]:
    """Yield a row for each claim and each language of the project."""
    for claim in claims.entries:
        for language in project.languages:
            said = tuple(
                _said(claim, place, project.by_key.get(place.page, {}).get(language.locale)) for place in claim.places
            )
            yield Row(claim, language.locale, said)


def says_something(section: Section) -> bool:
    """Tell whether a section, with those below it, has words of its own."""
    return any(
        isinstance(block, Table) or (isinstance(block, Paragraph) and not block.placeholder_only)
        for part in section.walk()
        for block in walk(part.blocks)
    )


def _said(claim: Claim, place: Place, page: Page | None) -> Said:
    if page is None:
        return Said(place, "", "no such page")
    if claim.id not in page.front_matter.texts("claims"):
        return Said(place, "", "the page does not name the claim")
    section = page.section(place.section)
    if section is None:
        return Said(place, "", "no such section")
    heading = section.heading.text if section.heading else ""
    return Said(place, heading, "" if says_something(section) else "the section is empty")

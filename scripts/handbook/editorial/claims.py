"""The claims the handbook makes, and the sections of pages that must say each of them.

`data/claims.yml` holds every claim in both languages. A claim that is one school's view, or that is contested, must
name the debate in which the honest objection stands; a page that carries the claim links there. A place is a page and
a section of it: a person who read it found the claim said there, and a rule holds that the section exists and says
something in every language.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from handbook.editorial.entries import Entry, Translated, read_entries, without_doubles

if TYPE_CHECKING:
    from pathlib import Path

STANDINGS: Final = ("plain", "view", "contested")


@dataclass(frozen=True, slots=True)
class Place:
    """A section in which a claim stands: the page's path, the section's id, and the line that names them."""

    page: str
    section: str
    line: int


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim: its words, its standing, the debates about it, and the sections that must say it."""

    id: str
    line: int
    standing: str
    text: Translated
    debates: tuple[str, ...]
    places: tuple[Place, ...]

    @property
    def pages(self) -> tuple[str, ...]:
        """Return the pages that must carry the claim, each once."""
        return tuple(dict.fromkeys(place.page for place in self.places))


@dataclass(frozen=True, slots=True)
class Claims:
    """All claims in the order of the file."""

    entries: tuple[Claim, ...]

    @property
    def ids(self) -> frozenset[str]:
        """Return the ids a page may name."""
        return frozenset(claim.id for claim in self.entries)

    def of_page(self, page: str) -> tuple[Claim, ...]:
        """Return the claims a page must carry."""
        return tuple(claim for claim in self.entries if page in claim.pages)

    def find(self, name: str) -> Claim | None:
        """Return the claim with this id, if there is one."""
        return next((claim for claim in self.entries if claim.id == name), None)


def load_claims(path: Path) -> Claims:
    """Read `data/claims.yml`; raise `DataError` at the first thing that is wrong."""
    entries = tuple(_claim(entry) for entry in read_entries(path, "claim"))
    without_doubles(path, [(claim.line, claim.id) for claim in entries], "the claim")
    return Claims(entries)


def _claim(entry: Entry) -> Claim:
    claim = Claim(
        id=entry.numbered("id", "HRLCPS"),
        line=entry.line,
        standing=entry.choice("standing", STANDINGS),
        text=entry.translated("text"),
        debates=entry.texts("debates"),
        places=tuple(Place(page, section, line) for line, page, section in entry.places("places")),
    )
    if claim.standing != "plain" and not claim.debates:
        entry.fail(f'it is "{claim.standing}" without a debate', 'name one under "debates".', key="standing")
    if not claim.places:
        entry.fail("no page carries it", 'name at least one section under "places".')
    entry.finish()
    return claim

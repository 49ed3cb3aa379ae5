"""The numbers for danger to life, once each, with the countries in which they work: the help page begins with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handbook.editorial.helplines import Helplines, NamedGroup

EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True)
class EmergencyNumber:
    """A number as it is printed, what a tap on it opens, and its countries, the likeliest first."""

    number: str
    href: str
    countries: tuple[NamedGroup, ...]


def nearest_first(countries: Sequence[NamedGroup], first: Sequence[str]) -> list[NamedGroup]:
    """Return the countries with those named in `first` at the front, in that order; the others as they stand."""
    return sorted(countries, key=lambda one: first.index(one.id) if one.id in first else len(first))


def emergency_numbers(helplines: Helplines, first: Sequence[str]) -> tuple[EmergencyNumber, ...]:
    """Return the numbers of each country's first emergency service, every number once.

    `first` holds the ids of the countries that come first.
    """
    found: dict[tuple[str, str], list[NamedGroup]] = {}
    for country in nearest_first(helplines.countries, first):
        first_line = next((one for one in helplines.of_country(country.id) if one.kind == EMERGENCY), None)
        for contact in first_line.phones if first_line else ():
            found.setdefault((contact.number or "", contact.href), []).append(country)
    return tuple(EmergencyNumber(number, href, tuple(where)) for (number, href), where in found.items())

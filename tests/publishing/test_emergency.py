"""The numbers for danger to life stand once each, with every country in which they work."""

from __future__ import annotations

from handbook.editorial.helplines import load_helplines
from handbook.publishing.emergency import emergency_numbers
from tests.conftest import ROOT

HELPLINES = load_helplines(ROOT / "data" / "helplines.yml")


def shown(*first: str) -> list[tuple[str, list[str]]]:
    return [(one.number, [country.id for country in one.countries]) for one in emergency_numbers(HELPLINES, first)]


def test_a_number_stands_once_with_all_its_countries() -> None:
    assert shown() == [("112", ["nl", "be", "ie"]), ("999", ["gb", "ie"]), ("911", ["us"])]


def test_the_countries_that_come_first_bring_their_numbers_along() -> None:
    assert shown("us", "ie") == [("911", ["us"]), ("112", ["ie", "nl", "be"]), ("999", ["ie", "gb"])]

"""A pattern that could search a text for ever is refused before it is tried on any."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.editorial.runaway import why_runaway
from handbook.editorial.wording import load_wordings
from tests.editorial.data_files import DATA, mistake, written

if TYPE_CHECKING:
    from pathlib import Path

ENTRY = (
    "- {{id: x, languages: [en], severity: error, pattern: '{}', why: {{en: a, nl: b}}, instead: {{en: a, nl: b}}}}\n"
)


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+!",
        "(a*)*!",
        "(?:a?){30}!",
        "(a|aa)+!",
        "([a-z]+ ?){2,}!",
        "(?=(a+)+!)",
        "(x|(y|(a+)+))!",
        r"\w*\w*\w*!",
        ".*a.*b.*c",
        r"(?:\S+\s+){0,3}\S+!",
        "[^x]*?[^y]*?[^z]*?!",
    ],
)
def test_a_pattern_that_may_run_away_is_refused(pattern: str, tmp_path: Path) -> None:
    assert why_runaway(pattern)
    error = mistake(load_wordings, written(tmp_path, ENTRY.format(pattern)))
    assert "could search a text for ever" in error.message


@pytest.mark.parametrize(
    "pattern",
    [r"\bcommit(s|ted)?\s+suicide\b", r"(\S+\s+){0,2}here", "(a|b|c){0,2}", "no.*never.*", "(a{3}){40}", "(", "a++"],
)
def test_a_pattern_that_ends_soon_or_is_none_is_not(pattern: str) -> None:
    assert why_runaway(pattern) == ""


def test_every_pattern_of_the_handbook_ends_soon() -> None:
    assert len(load_wordings(DATA / "wording.yml")) > 10

"""The claims: all sixty-two, in both languages, with an honest word beside each contested one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.editorial.claims import load_claims
from handbook.editorial.debates import load_debates
from tests.editorial.data_files import DATA, DOCS, mistake, written

if TYPE_CHECKING:
    from pathlib import Path

CLAIMS = load_claims(DATA / "claims.yml")
GOOD = """
- id: H6
  standing: contested
  text:
    en: A claim.
    nl: Een bewering.
  debates: [early-lack]
  places: [needs/index.md#four-lessons]
"""


def test_every_claim_of_the_six_groups_is_there() -> None:
    groups = {"H": 16, "R": 6, "L": 16, "C": 9, "P": 10, "S": 5}
    wanted = {f"{letter}{number}" for letter, last in groups.items() for number in range(1, last + 1)}
    assert wanted == CLAIMS.ids
    assert len(wanted) == 62


def test_a_claim_names_only_debates_and_pages_that_exist() -> None:
    anchors = set(load_debates(DATA / "debates.yml").anchors)
    for claim in CLAIMS.entries:
        assert set(claim.debates) <= anchors, claim.id
        for page in claim.pages:
            assert (DOCS / "en" / page).is_file(), (claim.id, page)
            assert (DOCS / "nl" / page).is_file(), (claim.id, page)


def test_the_contested_claims_and_the_views_are_known_as_such() -> None:
    standing = {claim.id: claim.standing for claim in CLAIMS.entries if claim.standing != "plain"}
    assert standing == {
        "H2": "view",
        "H3": "view",
        "H6": "contested",
        "H16": "contested",
        "C1": "contested",
        "C4": "view",
        "S4": "contested",
    }


def test_the_claims_of_a_page_are_found() -> None:
    assert [claim.id for claim in CLAIMS.of_page("relationship/giving-feedback.md")] == ["R6"]


@pytest.mark.parametrize(
    ("before", "after", "line", "said"),
    [
        ("  debates: [early-lack]\n", "", 2, 'it is "contested" without a debate'),
        ("places: [needs/index.md#four-lessons]", "places: []", 1, "no page carries it"),
        ("places: [needs/index.md#four-lessons]", "places: [needs]", 7, '"needs" is not the path of a page'),
        ("index.md#four-lessons", "index.md", 7, '"needs/index.md" names no section'),
        ("#four-lessons", "#Four lessons", 7, "names no section"),
        ("standing: contested", "standing: maybe", 2, '"standing" is "maybe"'),
        ("id: H6", "id: Z6", 1, '"id" is "Z6"'),
    ],
)
def test_a_mistake_in_a_claim_is_told_with_its_line(
    tmp_path: Path, before: str, after: str, line: int, said: str
) -> None:
    assert before in GOOD
    error = mistake(load_claims, written(tmp_path, GOOD.replace(before, after, 1)))
    assert (said in error.message, error.line) == (True, line), error

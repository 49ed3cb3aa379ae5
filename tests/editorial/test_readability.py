"""The formulas, on texts whose figures can be worked out by hand."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from handbook.cli import main
from handbook.editorial.readability import Band, load_limits, measure, split_sentences
from handbook.reading.project import read_project
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

LIMITS = load_limits(ROOT / "data" / "readability.yml")
CONFIG = """site_name: x
plugins:
  - i18n:
      docs_structure: folder
      languages: [{locale: en, name: English, default: true}]
markdown_extensions: [attr_list]
"""


def words_of(text: str) -> list[int]:
    return [len(sentence.words) for sentence in split_sentences(text, 1)]


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("One two three. Four five.", [3, 2]),
        ("Is it so? Yes!", [3, 1]),
        ('She says: "I have ten minutes. Then I go."', [2, 4, 3]),
        ("Without an end", [3]),
        ("It's 2.5 hours, or 10 %.", [5]),
        ("", []),
        ("...", []),
    ],
)
def test_sentences_end_at_closing_signs_and_colons(text: str, lengths: list[int]) -> None:
    assert words_of(text) == lengths


def test_a_sentence_knows_its_line() -> None:
    assert [sentence.line for sentence in split_sentences("One.\nTwo.\nThree\nfour.", 7)] == [7, 8, 9]


@pytest.mark.parametrize(
    ("value", "verdict"), [(70, "good"), (66, "good"), (65, "warn"), (56, "warn"), (55, "fail"), (20, "fail")]
)
def test_a_falling_band_judges_low_figures(value: float, verdict: str) -> None:
    assert Band(70, 65, 55).verdict(value) == verdict


@pytest.mark.parametrize(("value", "verdict"), [(20, "good"), (21, "warn"), (25, "warn"), (26, "fail")])
def test_a_rising_band_judges_high_figures(value: float, verdict: str) -> None:
    assert Band(20, 21, 26).verdict(value) == verdict


def test_the_figures_of_a_page_follow_the_formulas(tmp_path: Path) -> None:
    (tmp_path / "docs/en").mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    text = "# T\n\n## A {#a}\n\nThe cat sat. The dog ran far.\n\n- A therapist.\n\n## K {#what-we-know}\n\nDebated.\n"
    (tmp_path / "docs/en/index.md").write_text(text, encoding="utf-8")
    (page,) = read_project(tmp_path, render=False, site=False).pages
    found = measure(page, LIMITS["en"])
    assert found.words == 9
    assert found.mean_sentence == pytest.approx(3)
    assert found.longest is not None
    assert found.longest.text == "The dog ran far."
    assert found.ease == pytest.approx(206.835 - 1.015 * 3 - 84.6 * 1)
    assert found.ease_all == pytest.approx(206.835 - 1.015 * 3 - 84.6 * 11 / 9)
    assert found.smog == pytest.approx(8 + math.sqrt(0))
    assert found.paragraphs == ((7, 5), (2, 7))
    assert found.paragraph_sentences == ((2, 5),)


def test_no_more_than_fifteen_words_are_left_out() -> None:
    assert all(len(limits.allowed) <= 15 for limits in LIMITS.values())


def test_a_page_that_may_be_longer_exists_and_has_a_reason() -> None:
    longer = LIMITS["en"].longer
    assert longer == LIMITS["nl"].longer
    for page, reason in longer.items():
        assert (ROOT / "docs" / "en" / page).is_file(), page
        assert len(reason.split()) > 3, page


def test_the_command_prints_a_table_without_a_mark(capsys: pytest.CaptureFixture[str]) -> None:
    """Every page for clients is within what writers aim at; a mark behind a figure would say otherwise."""
    assert main(["readability", "--format", "markdown", "--root", str(ROOT)]) == 0
    said = capsys.readouterr().out
    rows = [line for line in said.splitlines() if line.startswith("| docs/")]
    assert len(rows) > 90
    assert not any(mark in row for row in rows for mark in "?!")
    assert "0 with a figure beyond the warning, 0 beyond the limit" in said


def test_the_command_shows_each_claim_in_each_language_with_its_section(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["coverage", "--format", "markdown", "--root", str(ROOT)]) == 0
    said = capsys.readouterr().out
    rows = [line for line in said.splitlines() if " § " in line and "page § section" not in line]
    assert len(rows) == 62 * 2
    assert "needs/index.md § four-lessons (Vier lessen die een kind kan leren)" in said
    assert "MISSING" not in said

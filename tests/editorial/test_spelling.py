"""What is kept of the dictionaries' answers saves time, and changes nothing of what is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.editorial.spelling import CACHE, Speller, carry_over

if TYPE_CHECKING:
    from pathlib import Path


def test_the_word_that_is_offered_depends_on_the_page_alone(tmp_path: Path) -> None:
    fresh, experienced = Speller(tmp_path, "en"), Speller(tmp_path, "en")
    assert experienced.knows("better")
    for spell in (fresh, experienced):
        assert spell.similar("bettr", ("rest", "betttr")) == ""
        assert spell.similar("bettr", ("rest", "better")) == "better"


def test_another_project_knows_what_the_dictionaries_said_and_takes_no_half_written_file(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    asked = Speller(here, "en")
    assert asked.knows("better")
    asked.keep()
    (here / CACHE / ".en.json.x1").write_text("{", encoding="utf-8")
    carry_over(here, there)
    assert Speller(there, "en").right == {"better"}
    assert [path.name for path in (there / CACHE).iterdir()] == ["en.json"]

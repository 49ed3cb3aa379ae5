"""Counted syllables are remembered, and a damaged memory is not believed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from handbook.editorial.syllables import Syllables

if TYPE_CHECKING:
    from pathlib import Path

COUNTS = {"therapie": 3, "boek": 1, "samenwerking": 4, "12": 1}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    counter = Syllables("nl_NL", tmp_path / "cache" / "nl.json")
    assert {word: counter.of(word) for word in COUNTS} == COUNTS
    counter.keep()
    return counter.file


def test_a_second_run_reads_no_patterns(file: Path) -> None:
    counter = Syllables("nl_NL", file)
    assert {word: counter.of(word) for word in COUNTS} == COUNTS
    assert counter._patterns is None


def test_another_language_does_not_believe_the_counts(file: Path) -> None:
    assert Syllables("en_GB", file).known == {}


@pytest.mark.parametrize("damage", ["", "null", "{", '{"key": "x", "counts": {"boek": 9}}', "[" * 100_000])
def test_a_damaged_file_is_not_believed(file: Path, damage: str) -> None:
    file.write_text(damage, encoding="utf-8")
    assert Syllables("nl_NL", file).of("boek") == 1


@pytest.mark.parametrize("count", [9, 0, -1, True, "1", None])
def test_a_changed_count_is_not_believed(file: Path, count: object) -> None:
    said = json.loads(file.read_text(encoding="utf-8"))
    said["counts"]["boek"] = count
    file.write_text(json.dumps(said), encoding="utf-8")
    assert Syllables("nl_NL", file).of("boek") == 1


def test_where_nothing_can_be_written_words_are_counted_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file, no folder", encoding="utf-8")
    counter = Syllables("nl_NL", tmp_path / "cache" / "nl.json")
    assert counter.of("boek") == 1
    counter.keep()

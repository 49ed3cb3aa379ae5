"""Reading a data file: every mistake is one sentence with its line."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.editorial.entries import Translated, language_mappings, read_entries, read_mapping, without_doubles
from handbook.editorial.errors import DataError
from tests.editorial.data_files import mistake, written

if TYPE_CHECKING:
    from pathlib import Path


def names(path: Path) -> list[str]:
    """Read a list of entries with a name, as a loader would."""
    found = []
    for entry in read_entries(path, "thing"):
        found.append(entry.text("name"))
        entry.finish()
    return found


def test_a_yaml_list_and_a_json_list_read_alike(tmp_path: Path) -> None:
    yaml_file = written(tmp_path, "- name: one\n- name: two\n")
    json_file = written(tmp_path, '[{"name": "one"}, {"name": "two"}]', "data.json")
    assert names(yaml_file) == names(json_file) == ["one", "two"]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("- name: one\n- other: two\n", 2, '"name" is missing'),
        ("- name: one\n- name:\n", 2, '"name" is empty'),
        ("- name: one\n- name: [two]\n", 2, '"name" must be a text'),
        ("- name: one\n- name: two\n  nmae: three\n", 3, '"nmae" is not a key that is known here'),
        ("- name: one\n- name: two\n  name: three\n", 3, '"name" stands here twice'),
        ("- name: one\n- two\n", 2, "must be a set of keys with values"),
        ("name: one\n", 1, "the file must be a list"),
        ("- name: one\n- name: 'two\n", 3, "not valid YAML"),
        ("", 1, "the file is empty"),
        ("# nothing but a remark\n", 1, "the file is empty"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    error = mistake(names, written(tmp_path, text))
    assert (error.line, said in error.message) == (line, True), error


def test_a_file_that_is_not_there_is_a_data_error_too(tmp_path: Path) -> None:
    assert "cannot be read" in mistake(names, tmp_path / "absent.yml").message


def test_a_file_in_another_encoding_is_a_data_error_too(tmp_path: Path) -> None:
    path = tmp_path / "latin.yml"
    path.write_bytes("- name: België\n".encode("latin-1"))
    assert "not written in UTF-8" in mistake(names, path).message


@pytest.mark.parametrize(
    ("name", "said"), [("{}", "says nothing"), ("{english: one}", "no language code"), ("{en: }", "empty")]
)
def test_translated_words_are_a_mapping_from_language_codes(tmp_path: Path, name: str, said: str) -> None:
    path = written(tmp_path, f"- id: a\n  name: {name}\n")
    error = mistake(lambda file: [entry.translated("name") for entry in read_entries(file, "thing")], path)
    assert (error.line, said in error.message) == (2, True), error


def test_words_are_asked_by_language_and_the_first_one_steps_in() -> None:
    words = Translated({"en": "one", "nl": "een"})
    assert (words["en"], words["nl"], words["ar"]) == ("one", "een", "one")


def test_a_gap_in_one_language_is_found_wherever_it_is(tmp_path: Path) -> None:
    path = written(tmp_path, "- id: a\n  name: {en: one, nl: een}\n  parts:\n    - note: {en: two}\n")
    assert sorted(language_mappings(path)) == [(2, {"en", "nl"}), (4, {"en"})]


def test_the_second_of_two_equal_ids_is_the_mistake(tmp_path: Path) -> None:
    path = written(tmp_path, "- id: a\n- id: b\n- id: a\n")
    error = mistake(lambda file: without_doubles(file, [(1, "a"), (2, "b"), (3, "a")], "the thing"), path)
    assert (error.line, "the first is on line 1" in error.message) == (3, True)


@pytest.mark.parametrize(
    ("method", "text", "said"),
    [
        ("date", "key: 2026-13-01", "which is no date"),
        ("integer", "key: ten", "which is no whole number"),
        ("quoted", "key: 0800", "must stand in quotes"),
        ("identifier", "key: Two Words", "use small letters"),
        ("page", "key: /needs/index.md", "is not the path of a page"),
        ("page", "key: needs/index.html", "is not the path of a page"),
        ("optional_address", "key: http://example.org/", "does not begin with https|not a web address"),
        ("texts", "key: one", "must be a list"),
    ],
)
def test_a_value_of_the_wrong_kind_says_what_it_should_be(tmp_path: Path, method: str, text: str, said: str) -> None:
    path = written(tmp_path, f"other: 1\n{text}\n")

    def load(file: Path) -> Any:
        return getattr(read_mapping(file, "thing"), method)("key")

    error = mistake(load, path)
    assert error.line == 2
    assert any(part in f"{error.message} {error.hint}" for part in said.split("|")), error


def test_an_error_reads_as_one_line_even_where_its_parts_lack_a_full_stop(tmp_path: Path) -> None:
    assert str(DataError(tmp_path, 3, "this is wrong", "do that")) == f"{tmp_path}:3: this is wrong. Fix: do that."


@given(st.text(max_size=60))
def test_no_text_whatever_makes_reading_fail_with_anything_but_a_data_error(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("hostile") / "data.yml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with suppress(DataError):
        names(path)

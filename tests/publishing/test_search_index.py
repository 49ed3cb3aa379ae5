"""The search index names words shortly, and nothing of them is lost."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from handbook.editorial.errors import DataError
from handbook.editorial.search_words import SearchWords
from handbook.publishing.search_index import DIGITS, HelpCard, SearchPage, Section, search_index

LETTERS = "abcdefghijklmnopqrstuvwxyz"
WORDS = {
    "search_label": "Search",
    "all_pages": "All pages",
}


def index_of(*phrases: str, alike: tuple[tuple[str, ...], ...] = ()) -> tuple[dict[str, Any], dict[str, Any]]:
    page = SearchPage("needs/safety.md", "needs/safety/", "Safety", "Safe outside first.", [Section("a", "A", "")])
    editorial = SearchWords(("wél",), ("I can't|won’t go on",), (), (), alike, {page.key: phrases})
    return search_index("en", [page], editorial, WORDS, HelpCard("Help", "help-now/"))


def words_in(front_coded: str) -> list[str]:
    words, before = [], ""
    for capital, rest in re.findall(r"([A-Z])([^A-Z]*)", front_coded):
        before = before[: ord(capital) - ord("A")] + rest
        words.append(before)
    return words


def phrases_in(coded: str, common: int, words: list[str]) -> set[str]:
    """Read phrases as the browser does."""
    found = set()
    for phrase in filter(None, coded.split("!")):
        signs, said = iter(map(DIGITS.index, phrase)), []
        for sign in signs:
            place = sign if sign < common else common + (sign - common) * len(DIGITS) + next(signs)
            said.append(words[place])
        found.add(" ".join(said))
    return found


@pytest.mark.parametrize("count", [3, 86, 87, 88, 500])
def test_every_phrase_is_found_again(count: int) -> None:
    words = [LETTERS[number % 26] + LETTERS[number // 26] + "ly" for number in range(count)]
    phrases = [*words, f"{words[0]} {words[-1]}", words[0] * 9, "Thérèse’s panic"]
    first, second = index_of(*phrases)
    known = [*first["common"], *words_in(first["rare"])]
    found = phrases_in(first["pages"][0]["phrases"], len(first["common"]), known)
    assert "safety" in found
    known += words_in(second["rare"])
    later = phrases_in(second["phrases"][0], len(first["common"]), known)
    assert found | later == {*phrases[:-1], "thereses panic", "safety"}
    assert later


def test_what_comes_first_brings_no_word_that_is_said_later_only() -> None:
    words = [LETTERS[number % 26] + LETTERS[number // 26] + "ly" for number in range(500)]
    first, second = index_of(*words, alike=(("Thérèse", words[-1]), ("zed",)))
    known = [*first["common"], *words_in(first["rare"])]
    later = words_in(second["rare"])
    assert words[-1] in known
    assert words[-2] in later
    assert not set(known) & set(later)
    assert {*known, *later} == {*words, "therese", "zed", "safety"}
    assert phrases_in(first["alike"], len(first["common"]), known) == {f"therese {words[-1]}", "zed"}


def test_words_come_as_the_browser_folds_a_query() -> None:
    first, _ = index_of("panic")
    assert first["stop"] == ["wel"]
    assert first["crisis"] == ["i cant|wont go on"]


def test_the_words_that_are_used_most_have_the_shortest_names() -> None:
    words = [f"word{number}" for number in range(200)]
    common = index_of(*words, "panic now", "panic here", "panic there")[0]["common"]
    assert common[0] == "panic"
    assert len(common) < len(DIGITS) < len(words)


def test_more_words_than_there_are_names_are_a_fault_of_the_list() -> None:
    with pytest.raises(DataError, match=r"too many for search") as raised:
        index_of(*(f"word{number}" for number in range(len(DIGITS) ** 2 + 2)))
    assert str(Path("data", "search", "en.yml")) in str(raised.value)


def test_the_home_page_is_found_by_what_people_type_and_not_by_its_sections() -> None:
    sections = [Section("help", "I need help now", "What other pages say.")]
    home = SearchPage("index.md", "./", "Welcome", "A handbook.", sections)
    other = SearchPage("needs/safety.md", "needs/safety/", "Safety", "Safe outside first.", sections)
    editorial = SearchWords((), (), (), (), (), {"index.md": ("start here",)})
    first, second = search_index("en", [home, other], editorial, WORDS, HelpCard("Help", "help-now/"))
    assert [page["url"] for page in first["pages"]] == ["./", "needs/safety/"]
    known = [*first["common"], *words_in(first["rare"])]
    coded = first["pages"][0]["phrases"] + "!" + second["phrases"][0]
    assert phrases_in(coded, len(first["common"]), known) == {"welcome", "start here"}
    assert [len(parts) for parts in second["sections"]] == [0, 1]

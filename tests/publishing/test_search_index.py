"""The search index names words shortly, and nothing of them is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handbook.editorial.errors import DataError
from handbook.publishing.search_index import DIGITS, HelpCard, SearchPage, SearchWords, Section, search_index

LETTERS = "abcdefghijklmnopqrstuvwxyz"
WORDS = {
    "search_label": "Search",
    "all_pages": "All pages",
}


def index_of(*phrases: str) -> dict[str, object]:
    page = SearchPage("needs/safety.md", "needs/safety/", "Safety", "Safe outside first.", [Section("a", "A", "")])
    editorial = SearchWords((), (), (), (), (), {page.key: phrases})
    return search_index("en", [page], editorial, WORDS, HelpCard("Help", "help-now/"))[0]


def phrases_in(index: dict[str, object]) -> set[str]:
    """Read phrases as the browser does."""
    common, rare, pages = index["common"], index["rare"], index["pages"]
    assert isinstance(common, list)
    assert isinstance(rare, str)
    assert isinstance(pages, list)
    words, before = list(common), ""
    for capital, rest in re.findall(r"([A-Z])([^A-Z]*)", rare):
        before = before[: ord(capital) - ord("A")] + rest
        words.append(before)
    found = set()
    for phrase in pages[0]["phrases"].split("!"):
        signs, said = iter(map(DIGITS.index, phrase)), []
        for sign in signs:
            place = sign if sign < len(common) else len(common) + (sign - len(common)) * len(DIGITS) + next(signs)
            said.append(words[place])
        found.add(" ".join(said))
    return found


@pytest.mark.parametrize("count", [1, 90, 91, 92, 500])
def test_every_phrase_is_found_again(count: int) -> None:
    words = [LETTERS[number % 26] + LETTERS[number // 26] + "ly" for number in range(count)]
    phrases = [*words, f"{words[0]} {words[-1]}", words[0] * 9, "Thérèse’s panic"]
    assert phrases_in(index_of(*phrases)) == {*phrases[:-1], "thereses panic", "safety"}


def test_the_words_that_are_used_most_have_the_shortest_names() -> None:
    words = [f"word{number}" for number in range(200)]
    index = index_of(*words, "panic now", "panic here", "panic there")
    common = index["common"]
    assert isinstance(common, list)
    assert common[0] == "panic"
    assert len(common) < len(DIGITS) < len(words)


def test_more_words_than_there_are_names_are_a_fault_of_the_list() -> None:
    with pytest.raises(DataError, match=r"too many for search") as raised:
        index_of(*(f"word{number}" for number in range(len(DIGITS) ** 2 + 2)))
    assert str(Path("data", "search", "en.yml")) in str(raised.value)

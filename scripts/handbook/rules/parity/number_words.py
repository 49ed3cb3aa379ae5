"""Numbers written as words that have another value in the other language.

A language may turn a number word into something else ("in two minds" is "in tweestrijd"), so a word that is only
missing says nothing. Where two texts that stand for each other have the same numbers but for one on each side, that one
was mistaken or changed. It is looked for in the section as a whole, and then text by text, where a number elsewhere
hides nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from handbook.model.page import ListBlock, Paragraph, walk
from handbook.rules.aligning import align
from handbook.rules.numbers import number_words, quantities
from handbook.rules.parity.texts import texts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from handbook.model.page import Section
    from handbook.model.project import Pair

Texts = tuple[tuple[str, int], ...]

LEAST = 2
"""A one is an article in many languages."""
CLOCK_WORDS = re.compile(
    r"\b(?:half|halb|(?:half|quarter|kwart|viertel|minutes|minuten|minuut|five|ten|twenty|vijf|tien|twintig|fünf|zehn)"
    r"\s+(?:past|to|over|voor|nach|vor)(?:\s+(?:half|halb))?)\s*$"
)
"""Before a number word these make a time of day, which languages count differently: half past eight is "half negen"."""


@dataclass(frozen=True, slots=True)
class NumberWord:
    """A number as a word, and the line on which it stands."""

    value: str
    word: str
    line: int


def other_words(pair: Pair) -> Iterator[tuple[NumberWord, NumberWord]]:
    """Give every number word of the first page beside that of the second in its place which has another value."""
    told: set[tuple[NumberWord, NumberWord]] = set()
    for there, here in align(pair).steady:
        for first, second in _beside(there, here):
            found = _one_other(first, second, (pair.first.language, pair.second.language))
            if found and found not in told:
                told.add(found)
                yield found


def _beside(there: Section, here: Section) -> Iterator[tuple[Texts, Texts]]:
    """Give the texts of two sections beside each other: all, and each by itself where it is clear which is which."""
    first, second = texts_of(there), texts_of(here)
    yield first, second
    if len(first) == len(second):
        yield from (((one,), (two,)) for one, two in zip(first, second, strict=True))
        return
    lists = [_items(section) for section in (there, here)]
    if [len(items) for items in lists[0]] == [len(items) for items in lists[1]]:
        yield from zip(chain(*lists[0]), chain(*lists[1]), strict=True)


def _items(section: Section) -> list[Sequence[Texts]]:
    return [
        [
            tuple((part.text, part.line) for part in walk(item.children) if isinstance(part, Paragraph))
            for item in block.items
        ]
        for block in walk(section.blocks)
        if isinstance(block, ListBlock)
    ]


def _one_other(first: Texts, second: Texts, languages: tuple[str, str]) -> tuple[NumberWord, NumberWord] | None:
    words = [_words(texts, language) for texts, language in zip((first, second), languages, strict=True)]
    if not all(words):
        return None
    all_there, all_here = (
        _values(found, texts, language)
        for found, texts, language in zip(words, (first, second), languages, strict=True)
    )
    lacking, extra = all_there - all_here, all_here - all_there
    if lacking.total() != 1 or extra.total() != 1:
        return None
    theirs = next((word for word in words[0] if word.value in lacking), None)
    mine = next((word for word in words[1] if word.value in extra), None)
    return (theirs, mine) if theirs and mine else None


def _words(texts: Texts, language: str) -> list[NumberWord]:
    return [
        NumberWord(str(value), word, line + text.count("\n", 0, position))
        for text, line in texts
        for value, position, word in number_words(text, language)
        if value >= LEAST and not CLOCK_WORDS.search(text[:position].lower())
    ]


def _values(words: Iterable[NumberWord], texts: Texts, language: str) -> Counter[str]:
    """Count the values of the words and of the numbers in figures, which may stand for a word of the other side."""
    figures = (quantity.value for text, line in texts for quantity in quantities(text, line, language))
    return Counter([*(word.value for word in words), *figures])

"""The words by which readers find pages: `data/search/<language>.yml`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.editorial.entries import read_mapping

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class SearchWords:
    """The editors' words of one language.

    Words that say nothing, words of crisis and phrases that only look like them, words by which therapists give
    themselves away, groups of words that mean the same, everyday phrases for each page.
    """

    stop: tuple[str, ...]
    crisis: tuple[str, ...]
    harmless: tuple[str, ...]
    professional: tuple[str, ...]
    alike: tuple[tuple[str, ...], ...]
    phrases: Mapping[str, tuple[str, ...]]


def load_search_words(path: Path) -> SearchWords:
    """Read `data/search/<language>.yml`; DataError where it is broken. A language without the file has no words yet."""
    if not path.is_file():
        return SearchWords((), (), (), (), (), {})
    file = read_mapping(path, "search words")
    pages = file.entry("pages")
    words = SearchWords(
        stop=file.texts("stop"),
        crisis=file.texts("crisis"),
        harmless=file.texts("harmless"),
        professional=file.texts("professional"),
        alike=tuple(tuple(group.split()) for group in file.texts("alike")),
        phrases={key: pages.texts(key) for key in pages.values},
    )
    file.finish()
    return words

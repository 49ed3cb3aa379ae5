"""How hard a text is to read: sentence length and syllables, by the formulas of each language.

Formulas measure form, not understanding; a good figure proves nothing and a bad one is worth a look. So there are
bands, the bands are data (`data/readability.yml`), and words the subject cannot do without are left out of the syllable
count. English: Flesch reading ease (1948) and SMOG as the NHS uses it, which adds 8 where the American form adds 3.13.
Dutch: Flesch-Douma (1960).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import pyphen  # type: ignore[import-untyped]  # has no types

from handbook.editorial.entries import Entry, read_mapping
from handbook.editorial.syllables import syllables_in
from handbook.model.page import HOLE, ListBlock, Page, Paragraph, Section, walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

CLIENT_LAYER_ENDS: Final = "what-we-know"
POLYSYLLABLE: Final = 3
LONGER: Final = "longer_pages"
BANDS: Final = (
    "mean_sentence", "longest_sentence", "long_share", "ease", "smog", "paragraph_words", "paragraph_sentences",
)  # fmt: skip
_WORD: Final = re.compile(r"[^\W\d_]+(?:[\u2019'-][^\W\d_]+)*|\d+(?:[.,:]\d+)*%?")
_SENTENCE_END: Final = re.compile(r"[.!?\u2026:]+[\"\u201d\u2019')\]]*(?=\s|$)")
_FULL_STOP: Final = re.compile(r"[.!?\u2026]+[\"\u201d\u2019')\]]*(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Band:
    """Where a figure is good, questionable and too much."""

    target: float
    warn: float
    fail: float

    def verdict(self, value: float) -> str:
        """Return `good`, `warn` or `fail` for a figure."""
        sign = 1 if self.fail >= self.warn else -1
        if sign * value >= sign * self.fail:
            return "fail"
        return "warn" if sign * value >= sign * self.warn else "good"


@dataclass(frozen=True, slots=True)
class Limits:
    """What is asked of the texts of one language."""

    formula: str
    hyphenation: str
    long_sentence: int
    bands: Mapping[str, Band]
    page_words: tuple[int, int, int]
    allowed: frozenset[str]
    longer: Mapping[str, str]
    """Pages that may have more than the usual number of words, each with its reason."""

    def words_verdict(self, page: str, words: int) -> str:
        """Return `good`, `warn` or `fail` for the length of a page; a page may always be short."""
        _, high, fail = self.page_words
        if words > fail:
            return "fail"
        return "warn" if words > high and page not in self.longer else "good"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the line it starts on."""

    text: str
    words: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Measure:
    """The figures of one page. `paragraphs` are (words, line), `paragraph_sentences` (sentences, line).

    The latter leave out lists, and a colon does not end their sentences, for the eye reads on. `ease_all` counts the
    allowed words too; `smog` is None where the formula has none.
    """

    words: int
    sentences: tuple[Sentence, ...]
    mean_sentence: float
    longest: Sentence | None
    long_share: float
    ease: float
    ease_all: float
    smog: float | None
    paragraphs: tuple[tuple[int, int], ...]
    paragraph_sentences: tuple[tuple[int, int], ...]

    def figures(self) -> dict[str, float]:
        """Return the figures that have a band, by the band's name."""
        found = {
            "mean_sentence": self.mean_sentence,
            "longest_sentence": float(len(self.longest.words)) if self.longest else 0.0,
            "long_share": self.long_share,
            "ease": self.ease,
            "paragraph_words": float(max((words for words, _ in self.paragraphs), default=0)),
            "paragraph_sentences": float(max((sentences for sentences, _ in self.paragraph_sentences), default=0)),
        }
        return found if self.smog is None else found | {"smog": self.smog}


def load_limits(path: Path) -> dict[str, Limits]:
    """Read `data/readability.yml`; DataError at the first thing that is wrong."""
    file = read_mapping(path, "readability")
    longer = dict(map(_longer_page, file.entries(LONGER)))
    limits = {language: _limits(file.entry(language), longer) for language in file.values if language != LONGER}
    file.finish()
    return limits


def _longer_page(entry: Entry) -> tuple[str, str]:
    page, reason = entry.page("page"), entry.text("reason")
    entry.finish()
    return page, reason


def _limits(entry: Entry, longer: Mapping[str, str]) -> Limits:
    bands = {name: _band(entry.entry(name)) for name in BANDS if entry.has(name)}
    pages = entry.entry("page_words")
    limits = Limits(
        formula=entry.choice("formula", ("flesch", "flesch-douma")),
        hyphenation=entry.choice("hyphenation", tuple(pyphen.LANGUAGES)),
        long_sentence=entry.integer("long_sentence"),
        bands=bands,
        page_words=(pages.integer("low"), pages.integer("high"), pages.integer("fail")),
        allowed=frozenset(entry.texts("allowed")),
        longer=longer,
    )
    pages.finish()
    entry.finish()
    return limits


def _band(entry: Entry) -> Band:
    band = Band(entry.integer("target"), entry.integer("warn"), entry.integer("fail"))
    entry.finish()
    return band


def measure(page: Page, limits: Limits) -> Measure:
    """Measure the client layer of a page: prose before the section `what-we-know`, without headings and titles."""
    paragraphs = list(_client_prose(page))
    listed = set(_lines_in_lists(page))
    sentences = tuple(sentence for text, line in paragraphs for sentence in split_sentences(text, line))
    words = [word.casefold() for sentence in sentences for word in sentence.words]
    counter = syllables_in(limits.hyphenation)
    every = [counter.of(word) for word in words]
    counted = [count for word, count in zip(words, every, strict=True) if word not in limits.allowed]
    mean = len(words) / len(sentences) if sentences else 0.0
    long_ones = sum(len(sentence.words) > limits.long_sentence for sentence in sentences)
    polysyllables = sum(count >= POLYSYLLABLE for count in counted)
    return Measure(
        words=len(words),
        sentences=sentences,
        mean_sentence=mean,
        longest=max(sentences, key=lambda one: len(one.words), default=None),
        long_share=100 * long_ones / len(sentences) if sentences else 0.0,
        ease=_ease(counted, mean, limits),
        ease_all=_ease(every, mean, limits),
        smog=8 + math.sqrt(30 * polysyllables / len(sentences)) if "smog" in limits.bands and sentences else None,
        paragraphs=tuple((len(_WORD.findall(text)), line) for text, line in paragraphs),
        paragraph_sentences=tuple(
            (max(1, len(_FULL_STOP.findall(text))), line) for text, line in paragraphs if line not in listed
        ),
    )


def _ease(syllable_counts: Sequence[int], mean_sentence: float, limits: Limits) -> float:
    if not syllable_counts:
        return 100.0
    per_word = sum(syllable_counts) / len(syllable_counts)
    if limits.formula == "flesch":
        return 206.835 - 1.015 * mean_sentence - 84.6 * per_word
    return 206.84 - 0.93 * mean_sentence - 77 * per_word


def _client_prose(page: Page) -> Iterator[tuple[str, int]]:
    """Yield (text, line) of each paragraph and list item of the client layer."""
    for section in page.all_sections:
        if section.id == CLIENT_LAYER_ENDS:
            return
        yield from _section_prose(section)


def _section_prose(section: Section) -> Iterator[tuple[str, int]]:
    for block in walk(section.blocks):
        if isinstance(block, Paragraph) and not block.placeholder_only:
            yield block.text, block.line


def _lines_in_lists(page: Page) -> Iterator[int]:
    """Yield the line of each paragraph in a list; there the bullets do what blank lines do elsewhere."""
    for section in page.all_sections:
        lists = (block for block in walk(section.blocks) if isinstance(block, ListBlock))
        yield from (inner.line for one in lists for inner in walk([one]) if isinstance(inner, Paragraph))


def split_sentences(text: str, line: int) -> Iterator[Sentence]:
    """Split prose into sentences: at closing punctuation and at colons, each with the line it starts on."""
    marks = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
    for start, end in pairwise(marks):
        piece = text[start:end]
        words = tuple(_WORD.findall(piece.replace(HOLE, " ")))
        if words:
            lead = len(piece) - len(piece.lstrip())
            yield Sentence(" ".join(piece.split()), words, line + text.count("\n", 0, start + lead))

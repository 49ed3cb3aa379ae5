"""The words of a section, without anything that is only form: what a translation has to carry over.

Line breaks, emphasis, quotation marks, list markers, capitals and punctuation do not count. Words, numbers, building
blocks and citations do. The title and description of a page form a section of their own.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING, Final

from handbook.model.page import HOLE, Callout, Code, Html, ListBlock, Page, Paragraph, Section, Table, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

FRONT_MATTER: Final = "front-matter"
DIGEST_LENGTH: Final = 16
_COUNTED_KEYS: Final = ("title", "section", "description")
_WORD: Final = re.compile(r"[^\W_]+(?:[.,:'\u2019-][^\W_]+)*%?")
_SOFT: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_APOSTROPHES: Final = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u2010": "-", "\u2011": "-"})


def normalised(text: str) -> Iterator[str]:
    """Yield the words and numbers of a text in one form: composed, lower case, straight apostrophes."""
    composed = unicodedata.normalize("NFKC", text.replace(HOLE, " ").translate(_SOFT)).translate(_APOSTROPHES)
    for match in _WORD.finditer(composed):
        yield match[0].casefold()


def section_words(page: Page, section: Section) -> Iterator[str]:
    """Yield the normalised words of a section, without those of its subsections."""
    if section.heading is not None:
        yield from normalised(section.heading.text)
    for block in walk(section.blocks):
        match block:
            case Callout(title=str(title)):
                yield from normalised(title)
            case Paragraph() | Table() | Code() | Html():
                yield from normalised(block.text)
            case ListBlock(ordered=True):
                yield "1."
            case _:
                pass
    for placeholder in page.within(section, page.placeholders):
        yield "{{" + " ".join((placeholder.name, *(" ".join(normalised(one)) for one in placeholder.arguments))) + "}}"
    for citation in page.within(section, page.citations):
        yield f"[@{citation.key}]"


def page_words(page: Page) -> dict[str, tuple[str, ...]]:
    """Return the normalised words of every section of a page that has an id, and of its title and description."""
    words = {
        FRONT_MATTER: tuple(
            word
            for key in _COUNTED_KEYS
            if isinstance(value := page.front_matter.get(key), str)
            for word in normalised(value)
        )
    }
    for section in page.all_sections:
        if section.id and section.level > 1:
            words[section.id] = tuple(section_words(page, section))
        elif section.level <= 1:
            words[FRONT_MATTER] += tuple(section_words(page, section))
    return words


def digest(words: tuple[str, ...]) -> str:
    """Return a short digest of words; equal words give equal digests on every machine."""
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:DIGEST_LENGTH]


def page_digests(page: Page) -> dict[str, str]:
    """Return the digest of every section of a page, by section id."""
    return {id_: digest(words) for id_, words in page_words(page).items()}

"""The words of a section, without anything that is only form: what a translation has to carry over.

Line breaks, emphasis, quotation marks, list markers, capitals and punctuation do not count. Words, numbers, building
blocks and citations do. The title and description of a page form a section of their own, together with what stands
before its first section. A heading without an explicit id has no name that languages share, so its words count with
the section around it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING, Final

from handbook.model.page import HOLE, Callout, Code, Html, ListBlock, Page, Paragraph, Section, Table, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

TOP: Final = "top"
DIGEST_LENGTH: Final = 16
COUNTED_KEYS: Final = ("title", "section", "description")
_WORD: Final = re.compile(r"[^\W_]+(?:[.,:'\u2019-][^\W_]+)*%?")
_SOFT: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_APOSTROPHES: Final = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u2010": "-", "\u2011": "-"})


def normalised(text: str) -> list[str]:
    """Return the words and numbers of a text in one form: composed, lower case, straight apostrophes."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.replace(HOLE, " ").translate(_SOFT)).translate(_APOSTROPHES)
    return _WORD.findall(text.casefold())


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


def owned_sections(page: Page) -> Iterator[tuple[str, Section]]:
    """Yield every section of a page with the id under which its words count, in reading order."""
    for section in page.sections:
        yield from _owned(section, TOP)


def _owned(section: Section, owner: str) -> Iterator[tuple[str, Section]]:
    if section.level > 1 and section.heading is not None and section.heading.id:
        owner = section.heading.id
    yield owner, section
    for child in section.children:
        yield from _owned(child, owner)


def page_words(page: Page) -> dict[str, tuple[str, ...]]:
    """Return the normalised words of every section of a page by its id, in reading order."""
    words: dict[str, list[str]] = {TOP: []}
    for key in COUNTED_KEYS:
        if isinstance(value := page.front_matter.get(key), str):
            words[TOP].extend(normalised(value))
    for id_, section in owned_sections(page):
        words.setdefault(id_, []).extend(section_words(page, section))
    return {id_: tuple(said) for id_, said in words.items()}


def digest(words: tuple[str, ...]) -> str:
    """Return a short digest of words; equal words give equal digests on every machine."""
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:DIGEST_LENGTH]


def page_digests(page: Page) -> dict[str, str]:
    """Return the digest of every section of a page, by section id."""
    return {id_: digest(words) for id_, words in page_words(page).items()}

"""Text left in another language, or copied from it."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from handbook.model.finding import Place
from handbook.model.page import HOLE, Paragraph, Quote, walk
from handbook.rules.languages import short, suspicious, words, written_in
from handbook.rules.naming import language_name
from handbook.rules.numbers import LETTERS
from handbook.rules.parity.phrases import page_name
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Page
    from handbook.model.project import Pair, Project

SENTENCE_ENDS = frozenset(".!?:;…。！？：")
NO_PROSE = re.compile(r"[→▸│├└{}]|\w\.\w+\(|==|\s>\s|^\s*[$#`]|;\s*$|=\s*[\"'\[]|\((?i:y/n)\)|\b(?i:lorem ipsum)\b")
"""Code and what a program says, and text that only fills a page."""
CITATION_LIKE = re.compile(r"\bdoi\b|doi\.org|\bISBN\b|\bet al\b|https?://|©|\(c\)|\(\d{4}\)", re.IGNORECASE)


def _paragraphs(page: Page) -> Iterator[Paragraph]:
    for block in page.blocks:
        if isinstance(block, Paragraph) and not block.placeholder_only:
            yield block


def _examples(page: Page) -> set[Paragraph]:
    """Give the paragraphs of quotations that the text before them announces: what somebody types or sees somewhere."""
    found: set[Paragraph] = set()
    for section in page.all_sections:
        for before, block in pairwise(section.blocks):
            if (
                isinstance(block, Quote)
                and isinstance(before, Paragraph)
                and before.text.rstrip()[-1:] in {":", "\uff1a"}
            ):
                found.update(inner for inner in walk((block,)) if isinstance(inner, Paragraph))
    return found


def _normal(text: str) -> str:
    return " ".join(text.replace(HOLE, " ").split())


@lru_cache(maxsize=4)
def _copied(pair: Pair) -> tuple[tuple[Paragraph, Paragraph], ...]:
    """Find paragraphs that stand word for word on both pages and are prose in the language of one of them."""
    there = {_normal(paragraph.text): paragraph for paragraph in _paragraphs(pair.first)}
    found = []
    for paragraph in _paragraphs(pair.second):
        text = _normal(paragraph.text)
        twin = there.get(text)
        if (
            twin is not None
            and not _mostly_link(pair.second, paragraph)
            and len(words(text)) >= 6
            and not CITATION_LIKE.search(text)
            and _prose(text)
        ):
            language, sure = written_in(text, (pair.first.language, pair.second.language))
            if sure >= 0.8 and language in {short(pair.first.language), short(pair.second.language)}:
                found.append((twin, paragraph))
    return tuple(found)


def _prose(text: str) -> bool:
    """Tell a sentence from a name, a menu, a title or code: it ends as one, and most of its words begin small."""
    if text.rstrip("\"'”’»)*_")[-1:] not in SENTENCE_ENDS or NO_PROSE.search(text):
        return False
    letters = LETTERS.findall(text)
    return sum(1 for word in letters if not word[0].isupper()) * 2 >= len(letters)


def _untranslated(pair: Pair) -> bool:
    """Tell whether most of the page is the other page."""
    copied = len(_copied(pair))
    if copied < 3:
        return False
    sizable = sum(1 for paragraph in _paragraphs(pair.second) if len(words(paragraph.text)) >= 6)
    return copied * 2 > sizable


@rule(
    "PAR211",
    "page-not-translated",
    Scope.PAIR,
    en=Text(
        "Most of a page is a copy of the page in the other language.",
        "Readers of one language meet a page they may not understand.",
        "docs/nl/x.md holds the English text",
        "docs/nl/x.md holds a Dutch text",
    ),
    nl=Text(
        "Een pagina is grotendeels een kopie van de pagina in de andere taal.",
        "Lezers van één taal krijgen een pagina die ze misschien niet begrijpen.",
        "docs/nl/x.md bevat de Engelse tekst",
        "docs/nl/x.md bevat een Nederlandse tekst",
    ),
)
def page_not_translated(pair: Pair, _project: Project) -> Iterator[Hit]:
    """Report one finding for such a page."""
    if not _untranslated(pair):
        return
    twin, paragraph = _copied(pair)[0]
    language, _ = written_in(_normal(paragraph.text), (pair.first.language, pair.second.language))
    here, there = (pair.first, pair.second) if language == short(pair.second.language) else (pair.second, pair.first)
    line, other = (twin.line, paragraph.line) if here is pair.first else (paragraph.line, twin.line)
    message = f"most of this page is in {language_name(there.language)}, word for word as on {page_name(there)}"
    yield Hit(here.path, line, message, f"Translate it into {language_name(here.language)}.", Place(there.path, other))


@rule(
    "PAR210",
    "paragraph-copied",
    Scope.PAIR,
    en=Text(
        "A paragraph is the same, word for word, in both languages.",
        "It was copied and not translated.",
        "This helps many people. / This helps many people.",
        "This helps many people. / Dit helpt veel mensen.",
    ),
    nl=Text(
        "Een alinea is in beide talen woord voor woord gelijk.",
        "Ze is gekopieerd en niet vertaald.",
        "This helps many people. / This helps many people.",
        "This helps many people. / Dit helpt veel mensen.",
    ),
)
def paragraph_copied(pair: Pair, project: Project) -> Iterator[Hit]:
    """Report copied prose on the page whose language it is not."""
    if _untranslated(pair):
        return
    quoted = set() if project.settings.strict_parity else _examples(pair.first) | _examples(pair.second)
    for twin, paragraph in _copied(pair):
        if paragraph in quoted or twin in quoted:
            continue
        text = _normal(paragraph.text)
        language, _ = written_in(text, (pair.first.language, pair.second.language))
        here, line, there, other = (pair.second, paragraph.line, pair.first, twin.line)
        if language == short(pair.second.language):
            here, line, there, other = (pair.first, twin.line, pair.second, paragraph.line)
        name = language_name(there.language)
        message = f'this paragraph is in {name}, word for word as on {page_name(there)}: "{_begin(text)}"'
        yield Hit(
            here.path, line, message, f"Translate it into {language_name(here.language)}.", Place(there.path, other)
        )


def _mostly_link(page: Page, paragraph: Paragraph) -> bool:
    """Tell whether a paragraph is the name of something elsewhere, which keeps its own language."""
    first = bisect_left(page.links, paragraph.line, key=lambda link: link.line)
    linked = 0
    for link in page.links[first:]:
        if link.line > paragraph.end:
            break
        linked += len(link.text)
    return linked * 2 >= len(paragraph.text)


def _points(page: Page, paragraph: Paragraph, project: Project) -> bool:
    """Tell whether a paragraph sends readers of the other language to their own pages."""
    names = {name for language in project.languages for name in (language.name, language_name(language.locale))}
    return _mostly_link(page, paragraph) or (
        len(words(paragraph.text)) < 12 and any(name in paragraph.text for name in names)
    )


def _begin(text: str) -> str:
    return text if len(text) <= 60 else text[:57].rsplit(" ", 1)[0] + " …"


@rule(
    "PAR209",
    "paragraph-in-other-language",
    Scope.PAIR,
    around=True,
    en=Text(
        "A paragraph is written in another language of the site.",
        "Readers who chose their language may not understand it.",
        "docs/nl/x.md: This helps many people.",
        "docs/nl/x.md: Dit helpt veel mensen.",
    ),
    nl=Text(
        "Een alinea is in een andere taal van de site geschreven.",
        "Lezers die hun taal kozen, begrijpen haar misschien niet.",
        "docs/nl/x.md: This helps many people.",
        "docs/nl/x.md: Dit helpt veel mensen.",
    ),
)
def paragraph_in_other_language(pair: Pair, project: Project) -> Iterator[Hit]:
    """Ask the language model about paragraphs whose words look like the other language."""
    if _untranslated(pair):
        return
    copied = {paragraph for both in _copied(pair) for paragraph in both}
    for page, other in ((pair.second, pair.first), (pair.first, pair.second)):
        if short(page.language) == short(other.language):
            continue
        for paragraph in _foreign_paragraphs(page, other, project):
            if paragraph in copied or _marked(page, paragraph, other.language) or _points(page, paragraph, project):
                continue
            text = _normal(paragraph.text)
            message = f'this paragraph is written in {language_name(other.language)}: "{_begin(text)}"'
            hint = f'Translate it into {language_name(page.language)}, or mark it with lang="{short(other.language)}".'
            yield Hit(page.path, paragraph.line, message, hint)


def _foreign_paragraphs(page: Page, other: Page, project: Project) -> Iterator[Paragraph]:
    quoted = set() if project.settings.strict_parity else _examples(page)
    for paragraph in _paragraphs(page):
        text = _normal(paragraph.text)
        if (
            paragraph in quoted
            or not suspicious(text, page.language, other.language, project)
            or CITATION_LIKE.search(text)
            or not _prose(text)
        ):
            continue
        language, sure = written_in(text, (page.language, other.language))
        if language == short(other.language) and sure >= 0.95:
            yield paragraph


def _marked(page: Page, paragraph: Paragraph, language: str) -> bool:
    """Tell whether a `lang` attribute in the paragraph, or around it, names the other language."""
    return any(
        short(element.attributes.get("lang") or "") == short(language)
        and element.line <= paragraph.end
        and (paragraph.line <= element.line or element.tag in {"div", "section", "blockquote", "article"})
        for element in page.html
    )

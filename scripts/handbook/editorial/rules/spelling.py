"""A rule about words that no dictionary knows, in the language of each part of a page."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from handbook.editorial.handbook_data import load_handbook_data
from handbook.editorial.prose import prose_of
from handbook.editorial.spelling import OWN_WORDS, Speller, has_dictionary, speller, words_of
from handbook.model.finding import Severity
from handbook.model.page import HOLE, Callout
from handbook.reading.raw_html import read_tags
from handbook.rules.languages import short
from handbook.rules.naming import language_name
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Page
    from handbook.model.project import Project

SHORTEST: Final = 2
MANY: Final = 4
"""From so many unknown words on, when they are most of a text, the text is in another language."""
FEW: Final = 3
"""From so many unknown words on, when another language of the site knows them all, they are in that language."""
WHOLE_PAGE: Final = 5
"""So many texts in another language are one finding: the page was not translated."""


def _can_spell(project: Project) -> str:
    if not (Path(project.root) / OWN_WORDS).is_dir():
        return f"this project keeps no words of its own ({OWN_WORDS.as_posix()}/)"
    if any(error.path.stem == "glossary" for error in load_handbook_data(project.root).errors):
        return "the glossary, whose words are right, cannot be read"
    languages = [language.short for language in project.languages]
    return "" if any(map(has_dictionary, languages)) else f"there is no dictionary for {', '.join(languages)}"


@rule(
    "SPE101",
    "word-unknown",
    Scope.PAGE,
    severity=Severity.WARNING,
    needs=_can_spell,
    en=Text(
        "A word stands in no dictionary of its language, nor among the handbook's own words.",
        "Either it is misspelt, or it is a word that readers may not know; search does not find it either.",
        "I feel beter now. (Or: go to the huisarts.)",
        'I feel better now. (Or: go to the <span lang="nl">huisarts</span>.)',
    ),
    nl=Text(
        "Een woord staat niet in het woordenboek van zijn taal, en ook niet bij de eigen woorden van het handboek.",
        "Het is verkeerd gespeld, of lezers kennen het misschien niet; zoeken vindt het dan ook niet.",
        "Ik voel me beeter.",
        "Ik voel me beter. Klopt het woord toch? Zet het in data/spelling/nl.txt.",
    ),
)
def word_unknown(page: Page, project: Project) -> Iterator[Hit]:
    """Look up every word of the prose, those marked as another language in that language; each once a page."""
    language = short(page.language)
    marked = list(_marked(page))
    seen: set[str] = set()
    single: list[Hit] = []
    foreign: list[Hit] = []
    for text, line in prose_of(page):
        own = text
        for _, words, at in marked:
            if line <= at <= line + text.count("\n"):
                own = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", " " * len(words), own, count=1)
        for hit, whole in _unknown(page, project, language, own, line, seen):
            (foreign if whole else single).append(hit)
    for other, words, line in marked:
        single.extend(hit for hit, _ in _unknown(page, project, other, words, line, seen))
    yield from [*single, *foreign] if len(foreign) < WHOLE_PAGE else [_as_one(foreign)]
    for used in {language, *(other for other, _, _ in marked)}:
        if has_dictionary(used):
            speller(project.root, used).keep()


def _as_one(foreign: list[Hit]) -> Hit:
    """Make one finding of many texts in another language: then it is the page that is not translated."""
    return replace(foreign[0], message=f"{foreign[0].message} (and so in {len(foreign) - 1} more places)")


def _unknown(  # noqa: PLR0913, PLR0917 - what a piece of text is
    page: Page, project: Project, language: str, text: str, line: int, seen: set[str]
) -> Iterator[tuple[Hit, bool]]:
    """Give what is wrong with the words of a text, and whether it is about the text as a whole."""
    if not has_dictionary(language):
        return
    spell = speller(project.root, language)
    text = text.replace(HOLE, " ")
    strange = set(text.split()) - spell.unremarkable
    allowed = _allowed(project.root, language)
    fine = {piece for piece in strange if all(_is_known(word, allowed, spell) for word, _ in words_of(piece))}
    spell.unremarkable |= fine
    if fine == strange:
        return
    names = _names_on(page)
    words = [(word, at) for word, at in words_of(text) if len(word) >= SHORTEST]
    unknown = [(word, at) for word, at in words if not _is_allowed(word, names) and not _is_known(word, allowed, spell)]
    name = language_name(language)
    shown = ", ".join(f'"{word}"' for word, _ in unknown[:3])
    hint = 'Write it in the language of the page, or put words of another language into <span lang="…">.'
    if len(unknown) >= MANY and len(unknown) * 2 > len(words):
        message = f"most words here are none that the {name} dictionary knows: {shown} …"
        yield Hit(page.path, line + text.count("\n", 0, unknown[0][1]), message, hint), True
        return
    if other := _language_of(unknown, language, project):
        message = f"these words are {language_name(other)}: {shown}{' …' if len(unknown) > FEW else ''}"
        yield Hit(page.path, line + text.count("\n", 0, unknown[0][1]), message, hint), True
        return
    for word, at in unknown:
        if word not in seen:
            seen.add(word)
            message = f'"{word}" is no word that the {name} dictionary knows'
            yield Hit(page.path, line + text.count("\n", 0, at), message, _hint(spell, word, page)), False


def _language_of(unknown: list[tuple[str, int]], language: str, project: Project) -> str:
    """Name the language of the site that knows all words which this one does not; empty for one or two words."""
    different = {word.lower() for word, _ in unknown}
    if len(different) < FEW:
        return ""
    others = (short(other.locale) for other in project.languages)
    return next(
        (
            other
            for other in others
            if other != language
            and has_dictionary(other)
            and all(speller(project.root, other).knows(word) for word, _ in unknown)
        ),
        "",
    )


def _is_known(word: str, allowed: frozenset[str], spell: Speller) -> bool:
    return len(word) < SHORTEST or _is_allowed(word, allowed) or spell.knows(word)


def _hint(spell: Speller, word: str, page: Page) -> str:
    near = spell.similar(word, _words_on(page))
    meant = f"Did you mean {near}? " if near else ""
    where = f"{OWN_WORDS.as_posix()}/{spell.language}.txt"
    return f'{meant}If the word is right, add it to {where}; a word of another language goes into <span lang="…">.'


def _is_allowed(word: str, allowed: frozenset[str]) -> bool:
    stem = word.lower().removesuffix("'s").removesuffix("'")
    return word.lower() in allowed or stem in allowed


def _marked(page: Page) -> Iterator[tuple[str, str, int]]:
    """Yield language, words and line of every part of a page that says in which language it is."""
    if "lang=" not in page.text:
        return
    opened: list[str] = []
    for tag in read_tags(page.text, 1):
        if tag.tag and not tag.closing and tag.tag == "span":
            opened.append(short(tag.attributes.get("lang") or "") or (opened[-1] if opened else ""))
        elif tag.tag == "span" and opened:
            opened.pop()
        elif not tag.tag and opened and opened[-1] and tag.text.strip():
            yield opened[-1], tag.text, tag.line


@lru_cache(maxsize=4)
def _words_on(page: Page) -> frozenset[str]:
    """Give the words of the prose of a page."""
    return frozenset(word for text, _ in prose_of(page) for word, _ in words_of(text))


@lru_cache(maxsize=4)
def _names_on(page: Page) -> frozenset[str]:
    """Give the names of the people in the examples of a page."""
    titles = [block.title or "" for block in page.blocks if isinstance(block, Callout) and block.kind == "example"]
    return frozenset(word.lower() for title in titles for word, _ in words_of(title))


@lru_cache(maxsize=16)
def _allowed(root: str, language: str) -> frozenset[str]:
    """Give the words of the glossary, which are explained, and the names of authors and helplines.

    In what a helpline is called only words with a capital are names; "Your GP (huisarts)" makes no English word.
    """
    data = load_handbook_data(root)
    texts = [form for term in data.glossary or () for form in term.forms(language)]
    called = [helpline.name[language] for helpline in (data.helplines.entries if data.helplines else ())]
    names = {word.lower() for text in called for word, _ in words_of(text) if word != word.lower()}
    return frozenset(word.lower() for text in texts for word, _ in words_of(text)) | names

"""A rule about words that no dictionary knows, in the language of each part of a page."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from handbook.editorial.handbook_data import load_handbook_data
from handbook.editorial.prose import prose_of
from handbook.editorial.spelling import OWN_WORDS, has_dictionary, speller, words_of
from handbook.model.finding import Severity
from handbook.model.page import HOLE, Callout
from handbook.reading.raw_html import read_tags
from handbook.rules.naming import language_name
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Page
    from handbook.model.project import Project

SHORTEST: Final = 2


def _can_spell(project: Project) -> str:
    if not (Path(project.root) / OWN_WORDS).is_dir():
        return f"this project keeps no words of its own ({OWN_WORDS.as_posix()}/)"
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
    language = _short(page.language)
    marked = list(_marked(page))
    seen: set[str] = set()
    for text, line in prose_of(page):
        own = text
        for _, words, at in marked:
            if line <= at <= line + text.count("\n"):
                own = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", " " * len(words), own, count=1)
        yield from _unknown(page, project, language, own, line, seen)
    for other, words, line in marked:
        yield from _unknown(page, project, other, words, line, seen)


def _unknown(  # noqa: PLR0913, PLR0917 - what a piece of text is
    page: Page, project: Project, language: str, text: str, line: int, seen: set[str]
) -> Iterator[Hit]:
    if not has_dictionary(language):
        return
    spell = speller(project.root, language)
    allowed = _allowed(project.root, language) | _names_on(page)
    for word, at in words_of(text.replace(HOLE, " ")):
        if len(word) < SHORTEST or word in seen or _is_allowed(word, allowed) or spell.knows(word):
            continue
        seen.add(word)
        near = spell.similar(word)
        hint = f"Did you mean {near}? " if near else ""
        where = f"{OWN_WORDS.as_posix()}/{language}.txt"
        hint += f'If the word is right, add it to {where}; a word of another language goes into <span lang="…">.'
        message = f'"{word}" is no word that the {language_name(language)} dictionary knows'
        yield Hit(page.path, line + text.count("\n", 0, at), message, hint)
    spell.keep()


def _short(language: str) -> str:
    return language.replace("_", "-").split("-")[0].lower()


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
            opened.append(_short(tag.attributes.get("lang") or "") or (opened[-1] if opened else ""))
        elif tag.tag == "span" and opened:
            opened.pop()
        elif not tag.tag and opened and opened[-1] and tag.text.strip():
            yield opened[-1], tag.text, tag.line


@lru_cache(maxsize=4)
def _names_on(page: Page) -> frozenset[str]:
    """Give the names of the people in the examples of a page."""
    titles = [block.title or "" for block in page.blocks if isinstance(block, Callout) and block.kind == "example"]
    return frozenset(word.lower() for title in titles for word, _ in words_of(title))


@lru_cache(maxsize=16)
def _allowed(root: str, language: str) -> frozenset[str]:
    """Give the words of the glossary, which are explained, and the names of authors and helplines."""
    data = load_handbook_data(root)
    texts = [form for term in data.glossary or () for form in term.forms(language)]
    texts += [helpline.name[language] for helpline in (data.helplines.entries if data.helplines else ())]
    return frozenset(word.lower() for text in texts for word, _ in words_of(text))

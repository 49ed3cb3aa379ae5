"""The glossary: the words of the field in both languages, each with a plain word and one plain sentence.

`data/glossary.yml` feeds the glossary page, the explanations behind linked terms, and the checks that compare the two
languages. A term's id is its anchor, so it never changes. A definition that is too long to be read in one breath is an
error of the data, not a matter of taste: at most 20 words in English and 15 in Dutch.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from handbook.editorial.entries import LANGUAGES, BothLanguages, Entry, read_entries, without_doubles

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

LONGEST_DEFINITION: Final[Mapping[str, int]] = {"en": 20, "nl": 15}


@dataclass(frozen=True, slots=True)
class Words:
    """Lists of words in both languages."""

    en: tuple[str, ...] = ()
    nl: tuple[str, ...] = ()

    def __getitem__(self, language: str) -> tuple[str, ...]:
        """Return the words of one language; KeyError for a language the handbook does not have."""
        return {"en": self.en, "nl": self.nl}[language]


@dataclass(frozen=True, slots=True)
class Term:
    """One term: the field's word, the plain word, the sentence that explains it, and its other forms."""

    id: str
    line: int
    term: BothLanguages
    plain: BothLanguages
    definition: BothLanguages
    inflections: Words
    variants: Words
    flemish: tuple[str, ...]
    page: str

    def forms(self, language: str) -> tuple[str, ...]:
        """Return every form in which the term may stand in a text of this language, the term itself first."""
        flemish = self.flemish if language == "nl" else ()
        return (self.term[language], *self.inflections[language], *self.variants[language], *flemish)


@dataclass(frozen=True, slots=True)
class Glossary:
    """All terms in the order of the file."""

    terms: tuple[Term, ...]

    def __iter__(self) -> Iterator[Term]:
        """Yield the terms."""
        return iter(self.terms)

    def __len__(self) -> int:
        """Return the number of terms."""
        return len(self.terms)

    def get(self, name: str) -> Term | None:
        """Return the term with this id, if there is one."""
        return next((term for term in self.terms if term.id == name), None)


def load_glossary(path: Path) -> Glossary:
    """Read `data/glossary.yml`; raise `DataError` at the first thing that is wrong."""
    terms = tuple(_term(entry) for entry in read_entries(path, "term"))
    without_doubles(path, [(term.line, term.id) for term in terms], "the term")
    for language in LANGUAGES:
        without_doubles(path, [(term.line, term.term[language]) for term in terms], f"the word ({language})")
    return Glossary(terms)


def _term(entry: Entry) -> Term:
    term = Term(
        id=entry.identifier("id"),
        line=entry.line,
        term=entry.both("term"),
        plain=entry.both("plain"),
        definition=entry.both("definition"),
        inflections=_words(entry, "inflections"),
        variants=_words(entry, "variants"),
        flemish=entry.texts("flemish"),
        page=entry.page("page"),
    )
    for language, longest in LONGEST_DEFINITION.items():
        words = len(term.definition[language].split())
        if words > longest:
            hint = f"bring it down to {longest} words."
            entry.fail(f"its definition ({language}) has {words} words", hint, key="definition")
        if not term.definition[language].endswith("."):
            entry.fail(f"its definition ({language}) is no sentence", "end it with a full stop.", key="definition")
    entry.finish()
    return term


def _words(entry: Entry, key: str) -> Words:
    if not entry.has(key):
        return Words()
    part = entry.entry(key)
    words = Words(en=part.texts("en"), nl=part.texts("nl"))
    part.finish()
    return words

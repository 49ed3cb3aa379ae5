"""The glossary: the words of the field in both languages, each with a plain word and one plain sentence.

`data/glossary.yml` feeds the glossary page, the explanations behind linked terms, and the checks that compare the two
languages. A term's id is its anchor, so it never changes. A definition that is too long to be read in one breath is an
error of the data, not a matter of taste: at most 20 words in English and 15 in Dutch.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from handbook.editorial.entries import Entry, Translated, read_entries, without_doubles

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

LONGEST_DEFINITION: Final[Mapping[str, int]] = {"en": 20, "nl": 15}
LONGEST_ELSEWHERE: Final = 20


@dataclass(frozen=True, slots=True)
class Term:
    """One term: the field's word, the plain word, the sentence that explains it, and its other forms."""

    id: str
    line: int
    term: Translated
    plain: Translated
    definition: Translated
    inflections: Mapping[str, tuple[str, ...]]
    variants: Mapping[str, tuple[str, ...]]
    flemish: tuple[str, ...]
    page: str

    def forms(self, language: str) -> tuple[str, ...]:
        """Return every form in which the term may stand in a text of this language, the term itself first."""
        flemish = self.flemish if language == "nl" else ()
        return (
            self.term[language],
            *self.inflections.get(language, ()),
            *self.variants.get(language, ()),
            *flemish,
        )


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
    for language in {language for term in terms for language in term.term.words}:
        words = [(term.line, term.term.words[language]) for term in terms if language in term.term.words]
        without_doubles(path, words, f"the word ({language})")
    return Glossary(terms)


def _term(entry: Entry) -> Term:
    term = Term(
        id=entry.identifier("id"),
        line=entry.line,
        term=entry.translated("term"),
        plain=entry.translated("plain"),
        definition=entry.translated("definition"),
        inflections=_words(entry, "inflections"),
        variants=_words(entry, "variants"),
        flemish=entry.texts("flemish"),
        page=entry.page("page"),
    )
    for language, definition in term.definition.words.items():
        words, longest = len(definition.split()), LONGEST_DEFINITION.get(language, LONGEST_ELSEWHERE)
        if words > longest:
            hint = f"bring it down to {longest} words."
            entry.fail(f"its definition ({language}) has {words} words", hint, key="definition")
        if not definition.endswith("."):
            entry.fail(f"its definition ({language}) is no sentence", "end it with a full stop.", key="definition")
    entry.finish()
    return term


def _words(entry: Entry, key: str) -> Mapping[str, tuple[str, ...]]:
    if not entry.has(key):
        return {}
    part = entry.entry(key)
    return {language: part.texts(language) for language in part.languages()}

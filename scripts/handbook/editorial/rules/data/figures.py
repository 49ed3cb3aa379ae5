"""Numbers in data files and in the words of the interface: the same in every language."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from handbook.editorial.entries import texts_by_language, texts_of
from handbook.editorial.handbook_data import is_handbook
from handbook.editorial.rules.data.places import interface, shown
from handbook.rules.naming import language_name, listed
from handbook.rules.numbers import number_words, quantities
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.project import Project

LIMITS: Final = "readability.yml"
"""Holds no words but limits, which each language has its own of."""
HOURS: Final = "hours"
"""Times of a helpline are compared by what they mean, by a rule of their own."""


@rule(
    "DAT110",
    "number-differs-in-data",
    Scope.PROJECT,
    around=False,
    needs=is_handbook,
    en=Text(
        "A text in a data file, or of the interface, has other numbers than in the other language.",
        "Readers of one language learn something else, and no page shows the two side by side.",
        "{en: In 3 of 10 people, nl: Bij 5 van de 10 mensen}",
        "{en: In 3 of 10 people, nl: Bij 3 van de 10 mensen}",
    ),
    nl=Text(
        "Een tekst in een gegevensbestand of van de bediening heeft andere getallen dan in de andere taal.",
        "Lezers van de ene taal lezen iets anders, en geen pagina laat de twee naast elkaar zien.",
        "{en: In 3 of 10 people, nl: Bij 5 van de 10 mensen}",
        "{en: In 3 of 10 people, nl: Bij 3 van de 10 mensen}",
    ),
)
def number_differs_in_data(_project: Project, project: Project) -> Iterator[Hit]:
    """Compare what stands in figures; a number that the other language writes as a word counts as there."""
    for path in sorted((Path(project.root) / "data").rglob("*.yml")):
        for line, key, texts in texts_by_language(path):
            if key != HOURS and path.name != LIMITS:
                yield from _compared(shown(path, project), line, key, texts)
    words: dict[str, tuple[str, int, dict[str, str]]] = {}
    languages = {language.locale for language in project.languages}
    for path in interface(project):
        if path.stem in languages:
            for line, key, text in texts_of(path):
                words.setdefault(key, (shown(path, project), line, {}))[2].setdefault(path.stem, text)
    for key, (named, line, texts) in words.items():
        yield from _compared(named, line, key, texts)


def _compared(path: str, line: int, key: str, texts: dict[str, str]) -> Iterator[Hit]:
    for one, other in pairwise(sorted(texts)):
        for here, there in ((one, other), (other, one)):
            if lacking := _lacking(texts[here], here, texts[there], there):
                message = f'"{key}" has {listed(lacking)} in {language_name(here)}, not in {language_name(there)}'
                yield Hit(path, line, message, "Find out which of the two is right, and write it in both.")


def _lacking(text: str, language: str, other: str, other_language: str) -> list[str]:
    """Name the numbers of a text, as they are written, that the same text in another language does not have."""
    there = Counter((number.kind, number.value) for number in quantities(other, 1, other_language))
    in_words = {str(value) for value, *_ in number_words(other, other_language)}
    lacking = []
    for number in quantities(text, 1, language):
        if there[number.kind, number.value]:
            there[number.kind, number.value] -= 1
        elif number.value not in in_words:
            lacking.append(number.written)
    return lacking

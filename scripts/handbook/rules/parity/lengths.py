"""The length of a section beside that in another language."""

from __future__ import annotations

import re
from functools import lru_cache
from statistics import median
from typing import TYPE_CHECKING

from handbook.model.finding import Place, Severity
from handbook.rules.parity.counting import fell_out
from handbook.rules.parity.phrases import page_name
from handbook.rules.parity.texts import texts_of
from handbook.rules.parity.throughout import compared
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Section
    from handbook.model.project import Pair, Project

WORDS = re.compile(r"\w+")
DENSE = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
SPARSE = re.compile(r"[^\W\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f]+")
"""Scripts that write no spaces between words, and everything else."""


def _size(section: Section) -> float:
    """Count words; two characters of a script without spaces count as one."""
    total = 0.0
    for text, _ in texts_of(section):
        if text.isascii() or not DENSE.search(text):
            total += len(WORDS.findall(text))
        else:
            total += len(DENSE.findall(text)) / 2 + len(SPARSE.findall(text))
    return total


@lru_cache(maxsize=16)
def _usual_ratio(project: Project, first: str, second: str) -> float:
    """Learn from the project itself how much longer one language is than another."""
    ratios = []
    for versions in project.by_key.values():
        if first in versions and second in versions:
            sizes = [sum(_size(section) for section in versions[language].all_sections) for language in (first, second)]
            if min(sizes) >= 60:
                ratios.append(sizes[1] / sizes[0])
    return median(ratios) if len(ratios) >= 5 else 1.0


@rule(
    "PAR208",
    "section-length-differs",
    Scope.PAIR,
    around=True,
    severity=Severity.WARNING,
    en=Text(
        "A section is much shorter than in the other language.",
        "Something was left out, or added on one side only.",
        "120 words here, 40 there",
        "about as much on both pages",
    ),
    nl=Text(
        "Een onderdeel is veel korter dan in de andere taal.",
        "Er is iets weggelaten, of maar aan één kant toegevoegd.",
        "hier 120 woorden, daar 40",
        "op beide pagina's ongeveer evenveel",
    ),
)
def section_length_differs(pair: Pair, project: Project) -> Iterator[Hit]:
    """Compare sizes of sections with the usual proportion of the two languages."""
    strict = project.settings.strict_parity
    least, bound = (30, 1.75) if strict else (60, 2.5)
    ratio = _usual_ratio(project, pair.first.language, pair.second.language)
    for there, here in compared(pair, project):
        if fell_out(project, there, here):
            continue
        first, second = _size(there), _size(here)
        usual = min(
            (ratio, 1.0), key=lambda factor: abs(first * factor - second)
        )  # lists of names do not change length
        first *= usual
        if max(first, second) < least or max(first, second) <= bound * min(first, second):
            continue
        page, other, section, twin = (
            (pair.second, pair.first, here, there) if second < first else (pair.first, pair.second, there, here)
        )
        name = f'the section "{section.heading.text}"' if section.heading else "the opening"
        sizes = f"{round(_size(section))} words here, {round(_size(twin))} there"
        message = f"{name} is much shorter than on {page_name(other)}: {sizes}"
        yield Hit(
            page.path,
            section.line,
            message,
            "See what is missing here, or superfluous there.",
            Place(other.path, twin.line),
        )

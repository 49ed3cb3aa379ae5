"""Pages that are built differently from top to bottom, and single differences that are worth naming.

Two pages of which one was hardly begun, or was written for itself instead of translated, differ in most of their
sections. Each of these differences is true and none of them helps anybody: the pages have to be compared as a whole,
and that is one finding. Where a project keeps its languages in step sentence by sentence, every difference counts.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from handbook.model.finding import Place
from handbook.model.page import Callout, Code, ListBlock, Quote, Table, walk
from handbook.rules.aligning import align
from handbook.rules.naming import language_name, listed
from handbook.rules.parity.phrases import section_name
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Section
    from handbook.model.project import Pair, Project

LEAST: Final = 3
"""Fewer differing sections than this are reported one by one."""
LEAST_BY_ORDER: Final = 2
"""The same where nothing but their order says that two sections are one."""
BY_HAND: Final = re.compile(
    "^[ \t>]*(?:[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef]+[ ]*[.)\u2013-]"
    "|[\u2022\u25cf\u25e6\u25aa\u00b7\u2023\u30fb][ ]?|[\u2460-\u2473]|[(\uff08]?\\d+[)\uff09\u3001])",
    re.MULTILINE,
)
"""A line that begins as that of a list does for a reader, though not for Markdown: ۱. or • or ① or (1)."""


def compared(pair: Pair, project: Project) -> Iterator[tuple[Section, Section]]:
    """Give sections that stand for each other and end in the same place; none of pages that differ throughout."""
    if not differ_throughout(pair, project):
        yield from align(pair).steady


def differ_throughout(pair: Pair, project: Project) -> bool:
    """Tell whether at least half of the sections of two pages, and more than a few, are built differently."""
    if project.settings.strict_parity:
        return False
    differing, of = _differing(pair)
    least = LEAST if align(pair).by_id else LEAST_BY_ORDER
    return len(differing) >= least and len(differing) * 2 >= of


@lru_cache(maxsize=4)
def _differing(pair: Pair) -> tuple[tuple[tuple[Section | None, Section | None], ...], int]:
    """Give the sections that differ or have no twin, and how many there are that hold something to compare."""
    alignment = align(pair)
    differing: list[tuple[Section | None, Section | None]] = []
    holding = 0
    for there, here in alignment.steady:
        first, second = (
            _shape(section, source) for section, source in zip((there, here), sources(pair, there, here), strict=True)
        )
        if not first and not second:
            continue
        holding += 1
        if first != second:
            differing.append((there, here))
    if alignment.certain:
        differing.extend((section, None) for section in alignment.only_first)
        differing.extend((None, section) for section in alignment.only_second)
        holding += len(alignment.only_first) + len(alignment.only_second)
    return tuple(differing), holding


def _shape(section: Section, source: str) -> Counter[str]:
    """Count what a section holds besides text; a list that is numbered by hand is one, too."""
    shape: Counter[str] = Counter()
    for block in walk(section.blocks):
        match block:
            case ListBlock():
                shape["item"] += len(block.items)
            case Code():
                shape["code"] += block.fenced
            case Table() | Callout() | Quote():
                shape[type(block).__name__] += 1
            case _:
                pass
    shape["item"] = max(shape["item"], len(BY_HAND.findall(source)))
    return +shape


def sources(pair: Pair, there: Section, here: Section) -> Iterator[str]:
    """Give the source of a section on either page."""
    for page, section in ((pair.first, there), (pair.second, here)):
        yield "\n".join(page.text.split("\n")[section.line - 1 : section.end])


def numbered_by_hand(pair: Pair, there: Section, here: Section) -> bool:
    """Tell whether a list on one of two pages may stand in signs that Markdown does not take for a list."""
    return any(BY_HAND.search(source) for source in sources(pair, there, here))


@rule(
    "PAR115",
    "page-differs-throughout",
    Scope.PAIR,
    needs=lambda project: (
        "this project keeps its languages in step, so each difference is named by itself"
        if project.settings.strict_parity
        else ""
    ),
    en=Text(
        "Two language versions of a page are built differently from top to bottom.",
        "One of them was hardly begun, or was written for itself; its readers get another page.",
        "headings alone on one page, the whole text on the other",
        "the same sections, with the same tables, lists and examples",
    ),
    nl=Text(
        "Twee taalversies van een pagina zijn van boven tot onder anders opgebouwd.",
        "Een van de twee is amper begonnen, of is los van de andere geschreven; de lezers krijgen een andere pagina.",
        "op de ene pagina alleen koppen, op de andere de hele tekst",
        "dezelfde onderdelen, met dezelfde tabellen, lijsten en voorbeelden",
    ),
)
def page_differs_throughout(pair: Pair, project: Project) -> Iterator[Hit]:
    """Report one finding in place of one for each section."""
    if not differ_throughout(pair, project):
        return
    differing, of = _differing(pair)
    there, here = differing[0]
    names = listed([section_name(section or twin) for twin, section in differing], LEAST)
    other = language_name(pair.first.language)
    message = f"{len(differing)} of {of} sections are built differently on the {other} page, or missing: {names}"
    hint = "Compare the two pages as a whole: one may be unfinished, or written for itself."
    yield Hit(
        pair.second.path, here.line if here else 1, message, hint, Place(pair.first.path, there.line if there else 1)
    )

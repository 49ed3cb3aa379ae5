"""Sections: the same in every language, by id, order and level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.model.finding import Place
from handbook.rules.aligning import align
from handbook.rules.parity.phrases import counted, page_name, section_name
from handbook.rules.parity.throughout import differ_throughout
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handbook.model.page import Page, Section
    from handbook.model.project import Pair, Project


@rule(
    "PAR111",
    "section-missing-in-language",
    Scope.PAIR,
    en=Text(
        "A section exists in one language and not in the other.",
        "Readers of the other language miss it, and links to it fail there.",
        "docs/nl/x.md without ## Wanneer hulp zoeken {#when-to-get-help}",
        "the section in both languages",
    ),
    nl=Text(
        "Een onderdeel bestaat in de ene taal en niet in de andere.",
        "Lezers van de andere taal missen het, en links ernaartoe falen daar.",
        "docs/nl/x.md zonder ## Wanneer hulp zoeken {#when-to-get-help}",
        "het onderdeel in beide talen",
    ),
)
def section_missing_in_language(pair: Pair, project: Project) -> Iterator[Hit]:
    """Report sections without a twin; where sections cannot be told apart, one finding for the page."""
    alignment = align(pair)
    if differ_throughout(pair, project):
        return
    if not alignment.certain and not alignment.only_first and not alignment.only_second:
        return  # the sections of one of the two are not known
    if not alignment.certain:
        yield from _different_outline(pair, alignment.only_first, alignment.only_second)
        return
    renamed = _renamed(alignment.only_first, alignment.only_second)
    for section in alignment.only_first:
        if section not in renamed:
            yield _missing_section(pair.second, pair.first, section)
    for section in alignment.only_second:
        if section in renamed.values():
            continue
        if project.settings.strict_parity:
            yield _missing_section(pair.first, pair.second, section)
        else:
            message = f"the section {section_name(section)} has no counterpart on {page_name(pair.first)}"
            hint = "Write it there, too, or remove it here."
            yield Hit(pair.second.path, section.line, message, hint, Place(pair.first.path, 1))


def _missing_section(here: Page, there: Page, section: Section) -> Hit:
    message = f"the section {section_name(section)} of {page_name(there)} is missing here"
    hint = (
        f"Write it here with the id #{section.id}, or remove it there."
        if section.id
        else "Write it here, or remove it there."
    )
    return Hit(here.path, _where_missing(here, there, section), message, hint, Place(there.path, section.line))


def _where_missing(here: Page, there: Page, section: Section) -> int:
    """Find the line after which a section should stand: the end of the last earlier section that exists here."""
    line = 1
    for other in there.all_sections:
        if other is section:
            break
        twin = here.section(other.id) if other.id else None
        if twin is not None:
            line = twin.end
    return line


def _different_outline(pair: Pair, first: Sequence[Section], second: Sequence[Section]) -> Iterator[Hit]:
    levels = [[section.level for section in side] for side in (first, second)]
    at = next((index for index, (a, b) in enumerate(zip(*levels, strict=False)) if a != b), min(map(len, levels)))
    here = second[at] if at < len(second) else None
    there = first[at] if at < len(first) else None
    counts = f"{counted(len(second), 'section')} here, {len(first)} on {page_name(pair.first)}"
    what = "have other levels" if len(first) == len(second) else "differ in number"
    message = f"the sections {what}: {counts}"
    if here is not None and there is not None:
        message += f"; the first difference is {section_name(here)} here, {section_name(there)} there"
    elif there is not None or here is not None:
        message += f"; {section_name(there or here)} has no counterpart"
    line = here.line if here else max((section.line for section in second), default=1)
    other = Place(pair.first.path, there.line if there else max((section.line for section in first), default=1))
    yield Hit(pair.second.path, line, message, "Give both pages the same headings in the same order.", other)


def _renamed(first: Sequence[Section], second: Sequence[Section]) -> dict[Section, Section]:
    """Pair leftover sections that are surely one section under two ids: as many on both sides, with equal levels."""
    if len(first) != len(second) or [section.level for section in first] != [section.level for section in second]:
        return {}
    return dict(zip(first, second, strict=True))


@rule(
    "PAR112",
    "section-id-differs",
    Scope.PAIR,
    bad="## In short {#in-short} / ## In het kort {#in-het-kort}",
    good="## In short {#in-short} / ## In het kort {#in-short}",
    en=Text(
        "The same section has different ids in two languages.",
        "The language switch loses the reader's place, and links work in one language only.",
    ),
    nl=Text(
        "Hetzelfde onderdeel heeft in twee talen een andere id.",
        "De taalknop raakt de plek van de lezer kwijt, en links werken maar in één taal.",
    ),
)
def section_id_differs(pair: Pair, _project: Project) -> Iterator[Hit]:
    """Report leftovers that pair up by order, where ids are meant to be shared."""
    alignment = align(pair)
    if not alignment.by_id:
        return
    for there, here in _renamed(alignment.only_first, alignment.only_second).items():
        if not ((here.heading and here.heading.id) or (there.heading and there.heading.id)):
            continue
        name, other = section_name(here), page_name(pair.first)
        message = f'the section {name} has the id "{here.id}" here, "{there.id}" on {other}'
        yield Hit(
            pair.second.path,
            here.line,
            message,
            f"Give both the same id, such as {{#{there.id}}}.",
            Place(pair.first.path, there.line),
        )


@rule(
    "PAR113",
    "section-order-differs",
    Scope.PAIR,
    en=Text(
        "Sections stand in another order than in the other language.",
        "Whoever compares or translates the pages gets lost.",
    ),
    nl=Text(
        "Onderdelen staan in een andere volgorde dan in de andere taal.",
        "Wie de pagina's vergelijkt of vertaalt, raakt de weg kwijt.",
    ),
    bad="In short, Do you recognise this? / Herken je dit?, In het kort",
    good="In short, Do you recognise this? / In het kort, Herken je dit?",
)
def section_order_differs(pair: Pair, _project: Project) -> Iterator[Hit]:
    """Report the first section that stands too early or too late."""
    alignment = align(pair)
    ordered = sorted(alignment.matches, key=lambda match: match[0].line)
    latest = 0
    for there, here in ordered:
        if here.line < latest:
            message = f"the section {section_name(here)} stands in another place than on {page_name(pair.first)}"
            yield Hit(
                pair.second.path,
                here.line,
                message,
                "Put the sections in the same order.",
                Place(pair.first.path, there.line),
            )
            return
        latest = max(latest, here.line)


@rule(
    "PAR114",
    "section-level-differs",
    Scope.PAIR,
    bad="## In short {#in-short} / ### In het kort {#in-short}",
    good="## In short {#in-short} / ## In het kort {#in-short}",
    en=Text("A heading has another level than in the other language.", "The outline of the two pages is not the same."),
    nl=Text("Een kop heeft een ander niveau dan in de andere taal.", "De opbouw van de twee pagina's is niet gelijk."),
)
def section_level_differs(pair: Pair, _project: Project) -> Iterator[Hit]:
    """Compare the levels of sections that stand for each other."""
    for there, here in align(pair).matches:
        if there.level != here.level and there.level and here.level:
            name, other = section_name(here), page_name(pair.first)
            message = f"the section {name} has level {here.level} here, {there.level} on {other}"
            yield Hit(
                pair.second.path,
                here.line,
                message,
                f"Write it with {there.level} # signs.",
                Place(pair.first.path, there.line),
            )

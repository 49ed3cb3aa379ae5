"""The agreed sections: there, in order, under their own titles, with words in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from handbook.editorial.handbook_data import is_handbook
from handbook.editorial.rules.shape.slots import slots_of, top_sections
from handbook.model.finding import Severity
from handbook.model.page import Paragraph
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Block, Page
    from handbook.model.project import Project

FILLED_OR_COUNTED: Final = frozenset({"in-short", "recognise", "when-to-get-help", "references"})
"""The agreed sections that may hold a building block alone, or whose list is counted by a rule of its own."""


@rule(
    "SHA101",
    "section-out-of-order",
    Scope.PAGE,
    needs=is_handbook,
    en=Text(
        "The agreed sections of a page stand in another order.",
        "Readers who know one page find their way on every other.",
        "What do we know? before What can you do?",
        "the order that Contribute names",
    ),
    nl=Text(
        "De vaste stukken van een pagina staan in een andere volgorde.",
        "Wie één pagina kent, vindt dan de weg op elke andere.",
        "Wat weten we? vóór Wat kun je doen?",
        "de volgorde die bij Meewerken staat",
    ),
)
def section_out_of_order(page: Page, _project: Project) -> Iterator[Hit]:
    """Compare the agreed sections that are there with the agreed order."""
    order = [slot.id for slot in slots_of(page)]
    present = [section for section in top_sections(page) if section.id in order]
    sorted_ids = sorted((section.id for section in present), key=order.index)
    for section, expected in zip(present, sorted_ids, strict=True):
        if section.id != expected:
            message = f'the section "{section.id}" stands where "{expected}" belongs'
            yield Hit(page.path, section.line, message, "The order is: " + ", ".join(sorted_ids) + ".")
            return


@rule(
    "SHA102",
    "section-missing",
    Scope.PAGE,
    needs=is_handbook,
    en=Text(
        "A page lacks a section that every page of its kind has.",
        "The summary, the way to help and what we know are what readers rely on.",
        "a client page without {#when-to-get-help}",
        "## When to get help {#when-to-get-help}",
    ),
    nl=Text(
        "Een pagina mist een stuk dat elke pagina van haar soort heeft.",
        "Op de samenvatting, de weg naar hulp en wat we weten moeten lezers kunnen rekenen.",
        "een pagina voor cliënten zonder {#when-to-get-help}",
        "## Wanneer hulp zoeken {#when-to-get-help}",
    ),
)
def section_missing(page: Page, _project: Project) -> Iterator[Hit]:
    """Look for each section that may not be left out, on a page that is not code from somewhere on."""
    if page.doubtful:
        return
    ids = {section.id for section in page.all_sections}
    for slot in slots_of(page):
        if slot.required and slot.id not in ids:
            title = slot.titles.get(page.language, slot.titles["en"])
            yield Hit(page.path, 0, f'the section "{title}" is missing', f"Add ## {title} {{#{slot.id}}}.")


@rule(
    "SHA103",
    "section-title-differs",
    Scope.PAGE,
    severity=Severity.WARNING,
    needs=is_handbook,
    en=Text(
        "An agreed section has another title than on other pages.",
        "The same thing has the same name everywhere.",
        "## Summary {#in-short}",
        "## In short {#in-short}",
    ),
    nl=Text(
        "Een vast stuk heeft een andere titel dan op andere pagina's.",
        "Hetzelfde heet overal hetzelfde.",
        "## Samenvatting {#in-short}",
        "## In het kort {#in-short}",
    ),
)
def section_title_differs(page: Page, _project: Project) -> Iterator[Hit]:
    """Compare the titles of the agreed sections."""
    titles = {slot.id: slot.titles.get(page.language) for slot in slots_of(page)}
    for section in top_sections(page):
        expected = titles.get(section.id)
        if section.heading and expected and section.heading.text.strip() != expected:
            message = f'this section is called "{expected}" on other pages, here "{section.heading.text}"'
            yield Hit(page.path, section.line, message, f"Write ## {expected} {{#{section.id}}}.")


@rule(
    "SHA104",
    "section-without-words",
    Scope.PAGE,
    needs=is_handbook,
    en=Text(
        "An agreed section has a heading and no words of its own.",
        "Somebody who came for just that finds nothing.",
        "## In therapy {#in-therapy} (and then the next heading)",
        "## In therapy {#in-therapy} (and two sentences)",
    ),
    nl=Text(
        "Een vast stuk heeft een kop en geen eigen woorden.",
        "Wie juist daarvoor kwam, vindt niets.",
        "## In therapie {#in-therapy} (en dan de volgende kop)",
        "## In therapie {#in-therapy} (en twee zinnen)",
    ),
)
def section_without_words(page: Page, _project: Project) -> Iterator[Hit]:
    """Look for anything but building blocks; the lists that must be there have rules of their own."""
    agreed = {slot.id for slot in slots_of(page)} - FILLED_OR_COUNTED
    for section in top_sections(page):
        if section.id in agreed and section.heading and not section.children and not any(map(_says, section.blocks)):
            hint = "Write it, or take the heading out in every language."
            yield Hit(page.path, section.line, f'the section "{section.heading.text}" says nothing', hint)


def _says(block: Block) -> bool:
    return not (isinstance(block, Paragraph) and block.placeholder_only)

"""Headings: one title, no jumps, none empty."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handbook.model.finding import Severity
from handbook.rules.registry import Hit, Scope, Text, rule
from handbook.rules.structure.sources import source_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Page
    from handbook.model.project import Project


@rule(
    "STR102",
    "second-title",
    Scope.PAGE,
    severity=Severity.WARNING,
    bad="# Boundaries\n\n# In short",
    good="# Boundaries\n\n## In short",
    en=Text(
        "A page has more than one heading of level 1.",
        "The outline falls apart: it is no longer clear what the page is about.",
    ),
    nl=Text(
        "Een pagina heeft meer dan één kop van niveau 1.",
        "De opbouw valt uiteen: het is niet meer duidelijk waar de pagina over gaat.",
    ),
)
def second_title(page: Page, _project: Project) -> Iterator[Hit]:
    """Report every first-level heading but the first."""
    titles = [heading for heading in page.headings if heading.level == 1]
    for heading in titles[1:]:
        name = f'"{heading.text}"' if heading.text else "this"
        first = f'is already called "{titles[0].text}"' if titles[0].text else f"has one on line {titles[0].line}"
        message = f"{name} is a second title; the page {first}"
        yield Hit(page.path, heading.line, message, "Write it with two # signs, as a section.")


@rule(
    "STR103",
    "heading-level-skipped",
    Scope.PAGE,
    severity=Severity.WARNING,
    bad="## In short\n\n#### Details",
    good="## In short\n\n### Details",
    en=Text(
        "A heading is more than one level below the one before.",
        "People who move by headings think they missed something.",
    ),
    nl=Text(
        "Een kop staat meer dan één niveau onder de vorige.",
        "Mensen die van kop naar kop gaan, denken dat ze iets missen.",
    ),
)
def heading_level_skipped(page: Page, _project: Project) -> Iterator[Hit]:
    """Report jumps downwards."""
    previous = 0
    for heading in page.headings:
        if previous and heading.level > previous + 1:
            message = f'"{heading.text}" is a heading of level {heading.level} right after one of level {previous}'
            yield Hit(page.path, heading.line, message, f"Write it with {previous + 1} # signs.")
        previous = heading.level


@rule(
    "STR104",
    "empty-heading",
    Scope.PAGE,
    bad="##",
    good="## In short",
    en=Text("A heading has no text.", "It makes an empty entry in the table of contents."),
    nl=Text("Een kop heeft geen tekst.", "Hij geeft een lege regel in de inhoudsopgave."),
)
def empty_heading(page: Page, _project: Project) -> Iterator[Hit]:
    """Report headings with nothing in them."""
    for heading in page.headings:
        line = source_line(page, heading.line)
        if not heading.text and not re.search(r"[\w`!<:{&]", line.lstrip("#= -")) and not heading.html:
            yield Hit(page.path, heading.line, "this heading has no text", "Write the text, or remove the # signs.")

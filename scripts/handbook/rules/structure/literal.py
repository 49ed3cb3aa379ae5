"""Markdown that does not end, or is printed as it was typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handbook.model.finding import Severity
from handbook.model.page import HOLE, Code, Paragraph
from handbook.rules.registry import Hit, Scope, Text, rule
from handbook.rules.structure.sources import source_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Page
    from handbook.model.project import Project


@rule(
    "STR135",
    "unclosed-code-block",
    Scope.PAGE,
    bad="```\ncode",
    good="```\ncode\n```",
    en=Text("A block of code is not closed.", "The rest of the page is shown as code."),
    nl=Text("Een codeblok wordt niet gesloten.", "De rest van de pagina wordt als code getoond."),
)
def unclosed_code_block(page: Page, _project: Project) -> Iterator[Hit]:
    """Report fences without an end."""
    for block in page.blocks:
        if isinstance(block, Code) and block.fenced and block.info != "math":
            last = source_line(page, block.end).strip().lstrip("> ")
            opening = source_line(page, block.line).strip().lstrip("> -*+0123456789.)")
            mark = opening[:3]
            if mark in {"```", "~~~"} and (block.end == block.line or not last.startswith(mark)):
                yield Hit(
                    page.path, block.line, "this block of code is not closed", f"Add a line {mark} where it ends."
                )


@rule(
    "STR137",
    "literal-emphasis",
    Scope.PAGE,
    severity=Severity.WARNING,
    bad="** Stop ** when it gets worse.",
    good="**Stop** when it gets worse.",
    en=Text("Asterisks meant as bold are printed as asterisks.", "The stress is lost, and readers see stray signs."),
    nl=Text(
        "Sterretjes die vet bedoeld zijn, worden als sterretjes getoond.",
        "De nadruk gaat verloren en lezers zien losse tekens.",
    ),
)
def literal_emphasis(page: Page, project: Project) -> Iterator[Hit]:
    """Report pairs of double asterisks that neither parser takes for bold."""
    fragment = project.fragments.get(page.path, "")
    if "**" not in fragment:
        return
    for block in page.blocks:
        if isinstance(block, Paragraph):
            for match in re.finditer(r"\*\*[^*\n" + HOLE + r"]{1,80}\*\*", block.text):
                if re.search(r"\w", match.group(0)) and match.group(0) in fragment.replace("&quot;", '"'):
                    line = block.line + block.text.count("\n", 0, match.start())
                    message = f'"{match.group(0)}" is printed with its asterisks'
                    yield Hit(page.path, line, message, "Put no space between the asterisks and the words.")

"""Markdown that does not end, or is printed as it was typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

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


PAIR = re.compile(r"\*\*[^*\n" + HOLE + r"]{1,80}\*\*")
OPENING = re.compile(r"(?<![\w*\\])\*\*(\w[\w'’-]*)(?!\*)")


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
    """Report double asterisks that neither parser takes for bold: in pairs, or before a word and never closed."""
    fragment = project.fragments.get(page.path, "")
    if "**" not in fragment:
        return
    shown = fragment.replace("&quot;", '"')
    for block in page.blocks:
        if not isinstance(block, Paragraph) or "**" not in block.text:
            continue
        pairs = [match for match in PAIR.finditer(block.text) if re.search(r"\w", match[0]) and match[0] in shown]
        for match in pairs:
            message = f'"{match[0]}" is printed with its asterisks'
            yield _printed(page, block, match, message, "Put no space between the asterisks and the words.")
        if not pairs and len(alone := list(OPENING.finditer(block.text))) == 1 and block.text.count("**") == 1:
            message = f'the asterisks before "{alone[0][1]}" are printed, because no others close them'
            yield _printed(page, block, alone[0], message, "Write two asterisks where the bold words end, too.")


def _printed(page: Page, block: Paragraph, match: re.Match[str], message: str, hint: str) -> Hit:
    return Hit(page.path, block.line + block.text.count("\n", 0, match.start()), message, hint)


BULLET: Final = re.compile(r"^-(?=[^\W\d_]{2})", re.MULTILINE)


@rule(
    "STR139",
    "bullet-without-space",
    Scope.PAGE,
    severity=Severity.WARNING,
    bad="-Rest\n-Sleep",
    good="- Rest\n- Sleep",
    en=Text(
        "A line begins with a hyphen and no space, so it is no item of a list.",
        "The lines run into one another, and a screen reader hears no list.",
    ),
    nl=Text(
        "Een regel begint met een streepje zonder spatie, en is dus geen punt van een lijst.",
        "De regels lopen in elkaar over, en een schermlezer hoort geen lijst.",
    ),
)
def bullet_without_space(page: Page, project: Project) -> Iterator[Hit]:
    """Report the first such line of a text; where pages may be about programs, one alone can be an option of one."""
    least = 1 if project.settings.strict_parity else 2
    for block in page.blocks:
        if isinstance(block, Paragraph) and len(found := list(BULLET.finditer(block.text))) >= least:
            line = source_line(page, block.line + block.text.count("\n", 0, found[0].start())).strip()
            message = f'"{line[:30]}" is no item of a list'
            yield _printed(page, block, found[0], message, "Write a space behind the hyphen.")

"""What was meant as a link and is none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handbook.model.page import Paragraph, Table
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Page
    from handbook.model.project import Project

REVERSED = re.compile(
    r"(?<![\w\])])\(([^()\[\]\n]{1,80})\)\[((?:https?://|mailto:|tel:|\.{0,2}/|[\w./-]+\.md)[^\]\s]*)\]"
)
DETACHED = re.compile(r"\[([^\[\]\n]{1,80})\] \(((?:https?://|mailto:|tel:|\.{1,2}/|#[A-Za-z]|[\w./-]+\.md)[^)\s]*)\)")
SPACED = re.compile(
    r"(?<!\])\[([^\[\]\n]{1,80})\]"
    r"\(([^()<>\s\"'“”]{1,80}(?: [^()<>\s\"'“”]{1,80}){1,8}\.md(?:#[\w-]*)?)\)"
)
UNCLOSED = re.compile(
    r"(?<!\])\[([^\[\]\n]{1,80})\]\(((?:https?://|mailto:|tel:|\.{0,2}/)[^)\s]*?|[\w./-]+\.md(?:#[\w-]*)?)[.,;:!?]*\s*$",
    re.MULTILINE,
)


@rule(
    "LNK120",
    "broken-link-syntax",
    Scope.PAGE,
    bad="(Safety)[safety.md]",
    good="[Safety](safety.md)",
    en=Text(
        "Something was meant as a link, but its brackets are wrong.",
        "Readers see brackets and an address in place of a link.",
    ),
    nl=Text(
        "Iets was bedoeld als link, maar de haken kloppen niet.",
        "Lezers zien haken en een adres in plaats van een link.",
    ),
)
def broken_link_syntax(page: Page, _project: Project) -> Iterator[Hit]:
    """Look in the prose for links turned round, torn apart, not closed, or with a space in the address."""
    for text, at in _texts(page):
        for pattern, what in (
            (REVERSED, "its brackets are the wrong way round"),
            (DETACHED, "there is a space between its brackets"),
            (UNCLOSED, "its round bracket is not closed"),
            (SPACED, "there is a space in its address"),
        ):
            for match in pattern.finditer(text):
                line = at + text.count("\n", 0, match.start())
                written = match.group(0).strip()
                if written not in page.text:  # escaped on purpose
                    continue
                hint = f"Write [{match.group(1)}]({match.group(2)})."
                if pattern is SPACED:
                    hint = "Write the name of the file as it is; most have a hyphen where you would write a space."
                yield Hit(page.path, line, f'"{written}" is no link: {what}', hint)


def _texts(page: Page) -> Iterator[tuple[str, int]]:
    """Give the text of every paragraph and of every row of a table, with its first line."""
    for block in page.blocks:
        if isinstance(block, Paragraph):
            yield block.text, block.line
        elif isinstance(block, Table):
            yield from (
                (" | ".join(row), at) for row, at in zip((block.header, *block.rows), block.row_lines, strict=False)
            )

"""What was meant as a link and is none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Page
    from handbook.model.project import Project

REVERSED = re.compile(
    r"(?<![\w\])])\(([^()\[\]\n]{1,80})\)\[((?:https?://|mailto:|tel:|\.{0,2}/|[\w./-]+\.md)[^\]\s]*)\]"
)
DETACHED = re.compile(r"\[([^\[\]\n]{1,80})\] \(((?:https?://|mailto:|tel:|\.{1,2}/|#[A-Za-z]|[\w./-]+\.md)[^)\s]*)\)")
UNCLOSED = re.compile(
    r"(?<!\])\[([^\[\]\n]{1,80})\]\(((?:https?://|mailto:|tel:|\.{0,2}/)[^)\s]*|[\w./-]+\.md(?:#[\w-]*)?)\s*$",
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
    """Look in the prose for links turned round, torn apart or not closed."""
    for block in page.blocks:
        text = getattr(block, "text", None)
        if not isinstance(text, str) or type(block).__name__ not in {"Paragraph", "Table"}:
            continue
        for pattern, what in (
            (REVERSED, "its brackets are the wrong way round"),
            (DETACHED, "there is a space between its brackets"),
            (UNCLOSED, "its round bracket is not closed"),
        ):
            for match in pattern.finditer(text):
                line = block.line + text.count("\n", 0, match.start())
                written = match.group(0).strip()
                if written not in page.text:  # escaped on purpose
                    continue
                yield Hit(
                    page.path, line, f'"{written}" is no link: {what}', f"Write [{match.group(1)}]({match.group(2)})."
                )

"""Markdown that is printed as it was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.model.finding import Severity
from handbook.rules.published.needs import is_built
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.project import Project
    from handbook.model.site import BuiltPage


@rule(
    "PUB116",
    "markdown-printed-on-site",
    Scope.BUILT_PAGE,
    severity=Severity.WARNING,
    needs=is_built,
    bad="Read [Safety](safety.md). (as text on the page)",
    good="Read Safety. (a link)",
    en=Text("Markdown stands on a published page as it was typed.", "Readers see brackets, braces and asterisks."),
    nl=Text(
        "Markdown staat op een gepubliceerde pagina zoals het is getypt.", "Lezers zien haken, accolades en sterretjes."
    ),
)
def markdown_printed_on_site(page: BuiltPage, _project: Project) -> Iterator[Hit]:
    """Report what looks like Markdown outside code."""
    for text in dict.fromkeys(page.literal_markup):
        yield Hit(
            page.path,
            0,
            f'"{text[:80]}" is printed as it was typed',
            "Look at the same place in the page's source.",
            needle=text,
        )

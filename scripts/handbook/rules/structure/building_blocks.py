"""Building blocks in double braces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handbook.model.page import Code
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Page
    from handbook.model.project import Project

BRACES = re.compile(r"\{\{|\}\}|\{%-?[^\n]{0,200}?%\}")


@rule(
    "STR125",
    "unknown-placeholder",
    Scope.PAGE,
    needs=lambda project: (
        "" if project.settings.vocabulary.placeholders is not None else "this project names no building blocks"
    ),
    bad="{{ helpline }}",
    good="{{ helplines }}",
    en=Text(
        "A building block in double braces is not known.", "Nothing is put in its place, and readers see the braces."
    ),
    nl=Text(
        "Een bouwsteen tussen dubbele accolades is niet bekend.",
        "Er komt niets voor in de plaats, en lezers zien de accolades.",
    ),
)
def unknown_placeholder(page: Page, project: Project) -> Iterator[Hit]:
    """Compare names and numbers of arguments with those of the project, and find braces that are none."""
    import difflib  # noqa: PLC0415

    known = project.settings.vocabulary.placeholders or {}
    for placeholder in page.placeholders:
        if placeholder.name not in known:
            near = difflib.get_close_matches(placeholder.name, known, 1, 0.6)
            hint = f"Did you mean {near[0]}?" if near else f"Use one of: {', '.join(sorted(known))}."
            yield Hit(page.path, placeholder.line, f'there is no building block "{placeholder.name}"', hint)
            continue
        allowed = known[placeholder.name]
        if allowed is not None and len(placeholder.arguments) not in allowed:
            counts = " or ".join(str(count) for count in sorted(allowed))
            message = f'"{placeholder.raw}" has {len(placeholder.arguments)} values after its name, it takes {counts}'
            yield Hit(page.path, placeholder.line, message, "Compare it with another page that uses it.")
    taken = {placeholder.raw for placeholder in page.placeholders}
    code = {number for block in page.blocks if isinstance(block, Code) for number in range(block.line, block.end + 1)}
    for number, line in enumerate(page.text.split("\n"), 1):
        if not BRACES.search(line) or number in code or number <= page.front_matter.end:
            continue
        rest = re.sub(r"`[^`]*`", "", line)
        for raw in taken:
            rest = rest.replace(raw, "")
        if left := BRACES.search(rest):
            what = "these double braces are" if left.group(0) in {"{{", "}}"} else f'"{left.group(0)}" is'
            message = f"{what} no building block, and printed as it stands"
            yield Hit(page.path, number, message, "Write {{ name }}, with two braces on both sides.")

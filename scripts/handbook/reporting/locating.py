"""Finds the line of a finding in built HTML, whose parser knows no lines, by the text the finding is about.

Done only for what is printed, so a site of thousands of pages is not kept in memory for the sake of a few lines.
"""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from handbook.model.finding import Finding


def locate(findings: Iterable[Finding], root: Path) -> Iterator[Finding]:
    """Give the findings, with lines where their text was found."""
    path, text = "", ""
    for finding in findings:
        if finding.line or not finding.needle:
            yield finding
            continue
        if finding.path != path:
            path = finding.path
            try:
                text = (root / path).read_text(encoding="utf-8", errors="replace")
            except OSError:
                text = ""
        first = finding.needle.split(" ")[0]  # the rest may stand in other elements, or on another line
        needles = (finding.needle, escape(finding.needle), escape(finding.needle, quote=False), first)
        position = next((found for needle in needles if (found := text.find(needle)) >= 0), -1)
        yield replace(finding, line=text.count("\n", 0, position) + 1) if position >= 0 else finding

"""The source of a page by its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handbook.model.page import Page


def source_line(page: Page, line: int) -> str:
    """Give a line of the source, counted from 1; empty where there is none."""
    lines = page.text.split("\n", line)
    return lines[line - 1] if 0 < line <= len(lines) else ""

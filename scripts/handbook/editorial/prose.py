"""The prose of a page, piece by piece, each with its line: what the handbook's rules on wording read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.model.page import Callout, Page, Paragraph, Table, walk

if TYPE_CHECKING:
    from collections.abc import Iterator


def prose_of(page: Page) -> Iterator[tuple[str, int]]:
    """Yield (text, line) of headings, paragraphs, list items, cells and titles of callouts, and of the front matter."""
    for key in ("title", "section", "description"):
        value = page.front_matter.get(key)
        if isinstance(value, str):
            yield value, page.front_matter.line_of(key)
    for section in page.all_sections:
        if section.heading is not None:
            yield section.heading.text, section.heading.line
        for block in walk(section.blocks):
            if isinstance(block, Paragraph):
                yield block.text, block.line
            elif isinstance(block, Callout) and block.title:
                yield block.title, block.line
            elif isinstance(block, Table):
                yield " | ".join(block.header), block.line
                for row, line in zip(block.rows, block.row_lines[-len(block.rows) :], strict=False):
                    yield " | ".join(row), line

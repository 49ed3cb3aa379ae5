"""The prose of a page, piece by piece, each with its line: what the handbook's rules on wording read."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from handbook.model.page import Callout, Page, Paragraph, Table, walk

if TYPE_CHECKING:
    from collections.abc import Iterator


@lru_cache(maxsize=8)
def prose_of(page: Page) -> tuple[tuple[str, int], ...]:
    """Give (text, line) of headings, paragraphs, list items, cells and titles of callouts, and of the front matter."""
    return tuple(_prose_of(page))


def _prose_of(page: Page) -> Iterator[tuple[str, int]]:
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

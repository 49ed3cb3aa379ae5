"""The texts of a section, with the lines on which they stand."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from handbook.model.page import Callout, Paragraph, Table, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Section


@lru_cache(maxsize=256)
def texts_of(section: Section) -> tuple[tuple[str, int], ...]:
    """Give every text of a section with its first line."""
    return tuple(_each_text(section))


def _each_text(section: Section) -> Iterator[tuple[str, int]]:
    if section.heading is not None:
        yield section.heading.text, section.heading.line
    for block in walk(section.blocks):
        if isinstance(block, Paragraph) and not block.placeholder_only:
            yield block.text, block.line
        elif isinstance(block, Table):
            for row, line in zip((block.header, *block.rows), block.row_lines, strict=False):
                yield " \u2003 ".join(row), line
        elif isinstance(block, Callout) and block.title:
            yield block.title, block.line

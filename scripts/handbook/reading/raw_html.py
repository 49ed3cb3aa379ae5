"""Raw HTML inside Markdown, with the line of every tag.

The standard library's parser is used because it alone gives positions; what it reads here is a fragment at most as
long as a block, never a page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST = 200_000
NO_ATTRIBUTES: Mapping[str, str | None] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Tag:
    """A start or end tag, or a run of text (tag "")."""

    tag: str
    line: int
    closing: bool = False
    attributes: Mapping[str, str | None] = field(default_factory=lambda: NO_ATTRIBUTES)
    text: str = ""


class _Reader(HTMLParser):
    def __init__(self, line: int) -> None:
        super().__init__(convert_charrefs=True)
        self.base = line - 1
        self.found: list[Tag] = []

    def _line(self) -> int:
        return self.base + self.getpos()[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes: dict[str, str | None] = {}
        for name, value in attrs:
            attributes.setdefault(name, value)
        self.found.append(Tag(tag, self._line(), attributes=attributes or NO_ATTRIBUTES))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(Tag(tag, self._line(), closing=True))

    def handle_data(self, data: str) -> None:
        self.found.append(Tag("", self._line(), text=data))


def read_tags(html: str, line: int) -> list[Tag]:
    """Read the tags and texts of a fragment whose first line is `line`."""
    if len(html) > LARGEST:
        return []
    reader = _Reader(line)
    try:
        reader.feed(html)
        reader.close()
    except (AssertionError, ValueError):  # the parser asserts on some malformed declarations
        return reader.found
    return reader.found

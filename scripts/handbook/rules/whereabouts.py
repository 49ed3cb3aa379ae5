"""On which line of a source something stands that was found on the rendered page.

The render has no lines. What it holds was written as a tag in raw HTML, or in an attribute list, and stands in the
source in the same order; so the second `<span tabindex>` of the render is the second of the source. What stands in code
is text, and is passed over.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from typing import TYPE_CHECKING, Final

from handbook.model.page import Code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Page

TAG: Final = re.compile(r"<([a-z][\w:.-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)", re.IGNORECASE)
ATTRIBUTE_LIST: Final = re.compile(r"\{:?([^{}\n]*)\}")
CODE_SPAN: Final = re.compile(r"(?<![\\`])(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)


@dataclass
class Whereabouts:
    """Finds lines of a page; each time the same thing is asked for, the next place at which it stands is given."""

    page: Page
    asked: Counter[tuple[str, ...]] = field(default_factory=Counter)

    @cached_property
    def source(self) -> str:
        """The text with front matter and code blanked, every character still in its place."""
        lines = self.page.text.split("\n")
        for number in range(min(self.page.front_matter.end, len(lines))):
            lines[number] = " " * len(lines[number])
        for block in self.page.blocks:
            if isinstance(block, Code):
                # The first line of a fence keeps what it says about itself.
                for number in range(block.line - (0 if block.fenced else 1), min(block.end, len(lines))):
                    lines[number] = " " * len(lines[number])
        return CODE_SPAN.sub(lambda span: re.sub(r"[^\n]", " ", span.group()), "\n".join(lines))

    def tag(self, tag: str) -> int:
        """Give the line of the next element of a kind."""
        found = [self._line(match.start()) for match in TAG.finditer(self.source) if match.group(1).lower() == tag]
        if tag == "img":
            found = sorted(image.line for image in self.page.images)
        return self._next(("tag", tag), found) or self.text(f"<{tag}")

    def attribute(self, tag: str, name: str, value: str = "") -> int:
        """Give the line of the next attribute with this name (and value, or one of its words) on an element."""
        wanted = re.compile(rf"(?<![\w.#:=-]){re.escape(name)}(?=[\s=/]|$)", re.IGNORECASE)
        places = [
            (self._line(match.start(2) + at.start()), unescape(match.group(2)))
            for match in TAG.finditer(self.source)
            if match.group(1).lower() == tag
            for at in [wanted.search(match.group(2))]
            if at
        ]
        short = {"class": ".", "id": "#"}.get(name)
        for match in ATTRIBUTE_LIST.finditer(self.source):
            written = match.group(1)
            if wanted.search(written) or (short and re.search(rf"(?<!\S){re.escape(short + value)}(?!\S)", written)):
                places.append((self._line(match.start()), written))
        fitting = [line for line, written in places if value in written] or [line for line, _ in places]
        return self._next(("attribute", tag, name, value), sorted(fitting)) or self.text(f"{name}=", name, f"<{tag}")

    def text(self, *needles: str) -> int:
        """Give the first line that holds one of some texts; the first line of the page where none does."""
        for source in (self.source, self.page.text):
            for needle in filter(None, needles):
                for number, line in enumerate(source.split("\n"), 1):
                    if number > self.page.front_matter.end and needle.lower() in unescape(line).lower():
                        return number
        return self.page.front_matter.end + 1

    def aligned_tables(self) -> Iterator[int]:
        """Give the line under the header of every table that aligns a column."""
        for number, line in enumerate(self.source.split("\n"), 1):
            if ":" in line and re.match(r"\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$", line):
                yield number

    def _line(self, position: int) -> int:
        return self.source.count("\n", 0, position) + 1

    def _next(self, asked: tuple[str, ...], lines: list[int]) -> int:
        index = self.asked[asked]
        self.asked[asked] += 1
        return lines[min(index, len(lines) - 1)] if lines else 0

"""Spares Python-Markdown the search for what cannot be there: most pieces of text hold no sign that means anything.

Python-Markdown looks through every piece for each of its patterns in turn. Each of these begins with a sign of its own,
or one of a few; where a piece holds none of them, the pattern is passed by. A pattern whose signs are not known here is
looked for in any case, so the outcome is the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from markdown.extensions import Extension
from markdown.inlinepatterns import DelimiterProcessor
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

if TYPE_CHECKING:
    from collections.abc import Sequence
    from xml.etree.ElementTree import Element

    from markdown import Markdown

SIGNS: Final = {
    "backtick": "`",
    "escape": "\\",
    "reference": "[",
    "link": "[",
    "image_link": "![",
    "image_reference": "![",
    "short_reference": "[",
    "short_image_ref": "![",
    "autolink": "<",
    "automail": "<",
    "linebreak": "  \n",
    "html": "<",
    "entity": "&",
    "handbook-inline": "{{",
    "handbook-citation": "[@",
}
"""What must stand in a text for a pattern to match in it, by the pattern's name. Emphasis tells its signs by itself."""
_PRIORITY: Final = 20  # of Python-Markdown's own, whose place it takes


class Sparing(Extension):
    """Put the sparing processor in the place of Python-Markdown's."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (Python-Markdown's name)
        """Register the processor."""
        md.treeprocessors.register(SparingProcessor(md), "inline", _PRIORITY)


class SparingProcessor(InlineProcessor):
    """Python-Markdown's processor with another way through the patterns."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._patterns: list[tuple[Any, Sequence[str]]] = []

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Apply inline patterns to a tree."""
        names = {
            self.md.inlinePatterns.get_index_for_name(name): name for name in SIGNS if name in self.md.inlinePatterns
        }
        self._patterns = [(one, _signs(one, names.get(at, ""))) for at, one in enumerate(self.md.inlinePatterns)]
        return super().run(tree, ancestors)

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        """Replace what patterns match by placeholders, beginning with the pattern at an index."""
        if isinstance(data, AtomicString):
            return data
        start, at = 0, patternIndex
        while at < len(self._patterns):
            pattern, signs = self._patterns[at]
            matched = not signs or any(map(data.__contains__, signs))
            if matched:
                data, matched, start = self._InlineProcessor__applyPattern(pattern, data, at, start)  # type: ignore[attr-defined]
            if not matched:
                start, at = 0, at + 1
        return data


def _signs(pattern: object, name: str) -> Sequence[str]:
    """Return the signs of which one must stand in a text for a pattern to match in it; none where that is not known."""
    if isinstance(pattern, DelimiterProcessor):
        return tuple(pattern.tokens)
    return (SIGNS[name],) if name in SIGNS else ()

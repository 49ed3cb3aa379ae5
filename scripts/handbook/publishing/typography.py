"""Typewriter quotes become the quotes of printing, in the words of a page and never in its code.

Writers type " and ', which every keyboard has; readers see “ ” and ’. Both languages quote with double marks, so a
single one is always an apostrophe: that is what sets 's avonds and zo'n right, where programs that guess at pairs turn
them round. A double mark opens after a space, a bracket or at the beginning of a block, and closes elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET

    from markdown import Markdown

_OPENING_AFTER: Final = frozenset(" \t\n\u00a0([{/\u2013\u2014\u201c")
_CODE: Final = frozenset({"code", "pre", "script", "style"})
_INLINE: Final = frozenset({"a", "em", "strong", "span", "b", "i", "label", "br"})
# After inline patterns (20) and attribute lists (8), before the list of contents (5) takes the headings' words.
_TREE_PRIORITY: Final = 7


def typeset(text: str, before: str = " ") -> str:
    """Return the text with the quotes of printing; `before` is the sign that stands before it."""
    first, *others = text.replace("'", "\u2019").split('"')
    shown = first
    for part in others:
        shown += ("\u201c" if (shown[-1:] or before) in _OPENING_AFTER else "\u201d") + part
    return shown


class Typography(Extension):
    """Set the quotes of every page."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (Python-Markdown's name)
        """Register the processor."""
        md.treeprocessors.register(_Typesetter(md), "handbook-typography", _TREE_PRIORITY)


class _Typesetter(Treeprocessor):
    """Walks the words of a page in reading order, so that a quotation may begin or end in bold or in a link."""

    def run(self, root: ET.Element) -> None:
        self._walk(root, " ")

    def _walk(self, element: ET.Element, before: str) -> str:
        """Set the words in and below an element; return the last sign in it."""
        if element.tag in _CODE:
            return "".join(element.itertext())[-1:] or before
        if element.tag not in _INLINE:
            before = " "
        element.text, before = self._set(element.text, before)
        for child in element:
            last = self._walk(child, before)
            before = last if child.tag in _INLINE | _CODE else " "
            child.tail, before = self._set(child.tail, before)
        return before

    @staticmethod
    def _set(text: str | None, before: str) -> tuple[str | None, str]:
        if not text:
            return text, before
        shown = typeset(text, before)
        return (AtomicString(shown) if isinstance(text, AtomicString) else shown), shown[-1]

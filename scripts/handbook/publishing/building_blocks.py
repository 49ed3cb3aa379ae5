"""The building blocks a page may use beside plain Markdown, as an extension of Python-Markdown.

- `{{ name arguments }}` alone on a line, or `{{ phone ID }}` within one: filled in from data and templates;
- `[@E54]`: a citation that leads to the reference at the foot of the page;
- `[word](term:id)`: a link to the glossary;
- `- [ ] words`: a line to tick;
- tables get what small screens and screen readers need.

Writers never type HTML, numbers come from data alone, and a block that does not exist stays visible in the text and is
reported. What a block becomes is decided by `BlockFiller`; this module only finds the places.
"""

from __future__ import annotations

import re
import shlex
import xml.etree.ElementTree as ET
from html import escape
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final, Protocol

from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

from handbook.publishing.jump_rows import add_jump_row

if TYPE_CHECKING:
    from markdown import Markdown

PLACEHOLDER: Final = re.compile(r"\{\{[ \t]*([a-z][a-z-]*)((?:[ \t]+(?:\"[^\"\n]*\"|[^\s\"{}]+))*)[ \t]*\}\}")
CITATION: Final = re.compile(r"\[((?:@[A-Za-z][\w-]*)(?:;[ \t]*@[A-Za-z][\w-]*)*)\](?!\()")
"""With a round bracket after it, it is a link for whoever knows no citations, as the checks do: so it is for all."""
HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
ROW_HEADER_COLUMNS: Final = 3
UNTICKED: Final = "[ ] "

# Priorities in Python-Markdown: inline code is 190, links are 160; indented code is block 80, paragraphs are 10.
_INLINE_PRIORITY: Final = 175
_BLOCK_PRIORITY: Final = 75
# After inline patterns (20) and attribute lists (8), before MkDocs resolves relative links (0).
_TREE_PRIORITY: Final = 5


class BlockFiller(Protocol):
    """Decides what a building block becomes on the page that is being rendered."""

    key: str

    def block_html(self, name: str, arguments: list[str]) -> str | None:
        """Return the HTML of a block on a line of its own, or None if there is no such block."""

    def block_markdown(self, name: str, arguments: list[str]) -> str | None:
        """Return Markdown for a block that is text (links relative to `docs/<language>/`), or None."""

    def inline_html(self, name: str, arguments: list[str]) -> str | None:
        """Return the HTML of a block inside a sentence, or None if there is no such block."""

    def citation_html(self, ids: list[str]) -> str | None:
        """Return the HTML of a citation, or None if one of the references does not exist."""

    def term_link(self, term: str) -> tuple[str, str] | None:
        """Return (link relative to `docs/<language>/`, definition) of a glossary term, or None."""

    def word(self, key: str) -> str:
        """Return words of the interface in the language of the page."""

    def problem(self, message: str) -> None:
        """Report something on the page that could not be filled in."""


class BuildingBlocks(Extension):
    """Add the building blocks to Python-Markdown. `filler` is set anew for each page, by whoever renders it."""

    filler: BlockFiller | None = None

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register the processors."""
        md.parser.blockprocessors.register(_PlaceholderBlock(md.parser, self), "handbook-block", _BLOCK_PRIORITY)
        md.inlinePatterns.register(
            _PlaceholderInline(PLACEHOLDER.pattern, md, self), "handbook-inline", _INLINE_PRIORITY
        )
        md.inlinePatterns.register(_Citation(CITATION.pattern, md, self), "handbook-citation", _INLINE_PRIORITY - 1)
        md.treeprocessors.register(_Furniture(md, self), "handbook-furniture", _TREE_PRIORITY)


def split_arguments(source: str) -> list[str]:
    """Split the arguments of a placeholder: words, or text between double quotes."""
    lexer = shlex.shlex(source, posix=True, punctuation_chars=False)
    lexer.whitespace_split = True
    lexer.quotes = '"'
    lexer.escape = ""
    lexer.commenters = ""
    return list(lexer)


class _PlaceholderBlock(BlockProcessor):
    """A block that consists of placeholders alone, one a line."""

    def __init__(self, parser: Any, extension: BuildingBlocks) -> None:
        super().__init__(parser)
        self._extension = extension
        self._open: list[str] = []
        self._shown: set[str] = set()
        self._shown_by: BlockFiller | None = None

    def test(self, parent: ET.Element, block: str) -> bool:  # noqa: ARG002
        lines = block.strip("\n").split("\n")
        return self._extension.filler is not None and all(PLACEHOLDER.fullmatch(line.strip()) for line in lines)

    def run(self, parent: ET.Element, blocks: list[str]) -> bool:
        filler = self._extension.filler
        assert filler is not None  # noqa: S101
        if filler is not self._shown_by:  # another page
            self._shown_by, self._shown = filler, set()
        for line in blocks.pop(0).strip("\n").split("\n"):
            match = PLACEHOLDER.fullmatch(line.strip())
            assert match is not None  # noqa: S101
            name, arguments = match[1], split_arguments(match[2])
            if name in self._open:
                filler.problem(f"the text of {line.strip()!r} holds itself")
                continue
            if name in self._shown:  # its ids would stand there twice, and a page of them would take minutes
                filler.problem(f"{line.strip()!r} stands on this page more than once")
                continue
            if (text := filler.block_markdown(name, arguments)) is not None:
                self._shown.add(name)
                box = ET.SubElement(parent, "div", {"class": name, "data-from-root": ""})
                self._open.append(name)
                try:
                    self.parser.parseBlocks(box, text.split("\n\n"))
                finally:
                    self._open.pop()
                continue
            html = filler.block_html(name, arguments) or filler.inline_html(name, arguments)
            if html is None:
                filler.problem(f"there is no building block {line.strip()!r}")
            # Stashed in both cases: the inline pattern would look at the words a second time.
            paragraph = ET.SubElement(parent, "p")
            paragraph.text = self.parser.md.htmlStash.store(escape(line.strip()) if html is None else html)
        return True


class _PlaceholderInline(InlineProcessor):
    """A placeholder inside a sentence."""

    def __init__(self, pattern: str, md: Markdown, extension: BuildingBlocks) -> None:
        super().__init__(pattern, md)
        self._extension = extension

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[str | None, int | None, int | None]:
        filler = self._extension.filler
        if filler is None:
            return None, None, None
        html = filler.inline_html(m[1], split_arguments(m[2]))
        if html is None:
            filler.problem(f"there is no building block {m[0]!r} that can stand in a sentence")
            return None, None, None
        return self.md.htmlStash.store(html), m.start(0), m.end(0)


class _Citation(InlineProcessor):
    """`[@E54]` or `[@E54; @E53]`."""

    def __init__(self, pattern: str, md: Markdown, extension: BuildingBlocks) -> None:
        super().__init__(pattern, md)
        self._extension = extension

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[str | None, int | None, int | None]:
        filler = self._extension.filler
        if filler is None:
            return None, None, None
        html = filler.citation_html([part.strip().removeprefix("@") for part in m[1].split(";")])
        if html is None:
            filler.problem(f"no such reference: {m[0]}")
            return None, None, None
        return self.md.htmlStash.store(html), m.start(0), m.end(0)


class _Furniture(Treeprocessor):
    """Glossary links, lines to tick, tables, and links in shared texts."""

    def __init__(self, md: Markdown, extension: BuildingBlocks) -> None:
        super().__init__(md)
        self._extension = extension

    def run(self, root: ET.Element) -> None:
        filler = self._extension.filler
        if filler is None:
            return
        _empty_attributes(root, filler)
        to_root = "../" * (len(PurePosixPath(filler.key).parts) - 1)
        for box in root.iter("div"):
            if box.attrib.pop("data-from-root", None) is not None:
                add_jump_row(box, box.get("class", ""), filler.word("in_this_list"), filler.word("back_to_top"))
                for link in box.iter("a"):
                    if ":" not in link.get("href", ":") and not link.get("href", "").startswith("#"):
                        link.set("href", to_root + link.get("href", ""))
        for link in root.iter("a"):
            href = link.get("href", "")
            if href.startswith("term:"):
                self._link_term(link, href.removeprefix("term:"), to_root, filler)
        for item in root.iter("li"):
            _make_tickable(item)
        _dress_tables(root)

    def _link_term(self, link: ET.Element, term: str, to_root: str, filler: BlockFiller) -> None:
        found = filler.term_link(term)
        if found is None:
            filler.problem(f"no such glossary term: {term}")
            link.tag = "span"
            del link.attrib["href"]
            return
        target, definition = found
        link.set("href", to_root + target)
        link.set("class", "term")
        link.set("data-definition", definition)


def _empty_attributes(root: ET.Element, filler: BlockFiller) -> None:
    """Take building blocks out of ids, addresses and titles, where what they become would break the page apart."""
    for element in root.iter():
        for name, value in element.items():
            if HTML_PLACEHOLDER_RE.search(value):
                filler.problem(f"a building block cannot stand in an id, an address or a title ({name})")
                element.set(name, HTML_PLACEHOLDER_RE.sub("", value))


def _make_tickable(item: ET.Element) -> None:
    """Turn a list item that starts with `[ ] ` into a check box with its words as the label."""
    holder = item if (item.text or "").strip() else next(iter(item), item)
    text = (holder.text or "").lstrip()
    if holder.tag not in ("li", "p") or not text.startswith(UNTICKED):
        return
    label = ET.Element("label")
    box = ET.SubElement(label, "input", {"type": "checkbox"})
    words = ET.SubElement(label, "span")
    words.text = text.removeprefix(UNTICKED)
    words.extend(list(holder))
    for child in list(holder):
        holder.remove(child)
    box.tail = " "
    holder.text = ""
    holder.append(label)
    item.set("class", "tick")


def _dress_tables(parent: ET.Element, heading: str | None = None) -> str | None:
    """Wrap each table in a region that can be scrolled by keyboard, and name each cell's column in the cell.

    A first column of three or more is a heading of its row. The region is named by the heading above it: `heading` is
    the id of the last one before `parent`, and the last one inside it is returned.
    """
    for position, child in enumerate(list(parent)):
        if child.tag in HEADINGS:
            heading = child.get("id")
        elif child.tag == "table":
            parent.remove(child)
            parent.insert(position, _table_region(child, heading))
        else:
            heading = _dress_tables(child, heading)
    return heading


def _table_region(table: ET.Element, heading: str | None) -> ET.Element:
    columns = ["".join(cell.itertext()).strip() for cell in table.iterfind("./thead/tr/th")]
    for cell in table.iterfind("./thead/tr/th"):
        cell.set("scope", "col")
    for row in table.iterfind("./tbody/tr"):
        for column, cell in zip(columns, row, strict=False):
            cell.set("data-label", column)
        if len(columns) >= ROW_HEADER_COLUMNS:
            row[0].tag = "th"
            row[0].set("scope", "row")
    region = ET.Element("div", {"class": "table", "role": "region", "tabindex": "0"})
    if heading:
        region.set("aria-labelledby", heading)
    region.append(table)
    region.tail, table.tail = table.tail, None
    return region

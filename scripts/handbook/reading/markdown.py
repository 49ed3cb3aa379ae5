"""A Markdown source as a `Page`: sections with their blocks, and everything inline, with exact lines.

markdown-it-py parses; this module folds its flat tokens into the tree of `handbook.model.page`. Headings that the
author gave no id get the id the site gives them, when the caller knows it from the rendered page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from markdown_it.rules_block.table import escapedSplit

from handbook.model.page import (
    HOLE,
    Block,
    Callout,
    Code,
    Definition,
    FootnoteDefinition,
    Heading,
    Html,
    HtmlElement,
    Item,
    LinkDefinition,
    ListBlock,
    Page,
    Paragraph,
    Quote,
    Rule,
    Section,
    Table,
)
from handbook.reading.dialect import Dialect
from handbook.reading.front_matter import split_front_matter
from handbook.reading.inline import InlineReader
from handbook.reading.parser import parser

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

    from handbook.model.page import FrontMatter

CHECK_BOX = re.compile(r"\[([ xX])\][ \n]")
ABBREVIATION = re.compile(r"^\*\[[^\]\n]+\]:.*$", re.MULTILINE)
INCLUDE = re.compile(r"^[ \t]*(?:-{1,}8<-{1,}|;-{1,}8<|:::|\{!|\[\[%?include)|\{%|\{\*", re.MULTILINE)
CODE_SPAN = re.compile(r"(?<![\\`])(`+)(?!`).+?(?<!`)\1(?!`)")
BY_LINE = attrgetter("line")


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading at the top of the block tree, where a section begins."""

    heading: Heading


class _Folder:
    """Folds the tokens of one page."""

    def __init__(self, text: str, tokens: Sequence[Token], reader: InlineReader, dialect: Dialect) -> None:
        self.lines = text.split("\n")
        self.tokens = tokens
        self.reader = reader
        self.dialect = dialect
        self.position = 0
        self.callouts: list[str] = []
        self.headings: list[Heading] = []
        self.footnotes: list[FootnoteDefinition] = []

    def top(self) -> Iterator[Block | _Heading]:
        """Give the blocks and headings outside any container."""
        while self.position < len(self.tokens):
            yield from self._block(top=True)

    def _until(self, closing: str) -> tuple[Block, ...]:
        blocks: list[Block] = []
        while self.position < len(self.tokens) and self.tokens[self.position].type != closing:
            blocks.extend(block for block in self._block(top=False) if not isinstance(block, _Heading))
        self.position += 1
        return tuple(blocks)

    def _block(self, *, top: bool) -> Iterator[Block | _Heading]:
        token = self.tokens[self.position]
        self.position += 1
        line, end = (token.map[0] + 1, token.map[1]) if token.map else (0, 0)
        while end > line and end <= len(self.lines) and not self.lines[end - 1].strip():
            end -= 1
        method = getattr(self, "_" + token.type, None)
        if method is None:
            return
        if token.type == "heading_open":
            heading = method(token, line, end)
            if top:
                yield _Heading(heading)
            return
        block = method(token, line, end)
        if block is not None:
            yield block

    def _note_attributes(self, token: Token, line: int, element: str) -> dict[str, str | None]:
        attributes: dict[str, str | None] = token.meta.get("attributes") or {}
        if attributes:
            self.reader.into.html.append(HtmlElement(element, attributes, line))
        return attributes

    def _inline(self, line: int) -> tuple[str, str]:
        """Read the inline token that comes next; give its prose and its source."""
        token = self.tokens[self.position]
        if token.type != "inline":
            return "", ""
        self.position += 1
        return self.reader.read(token, line, self.callouts[-1] if self.callouts else ""), token.content

    def _heading_open(self, token: Token, line: int, _end: int) -> Heading:
        attributes = self._note_attributes(token, line, token.tag)
        text, _ = self._inline(line)
        self.position += 1
        text = " ".join(text.replace(HOLE, " ").split())
        heading = Heading(int(token.tag[1]), text, attributes.get("id") or "", line)
        self.headings.append(heading)
        return heading

    def _paragraph_open(self, token: Token, line: int, end: int) -> Paragraph | None:
        self._note_attributes(token, end, "p")
        text, source = self._inline(line)
        self.position += 1
        if self.dialect.abbreviations and "*[" in source:
            text = ABBREVIATION.sub("", text)
        bare = text.strip()
        if not bare:
            return None
        return Paragraph(text.rstrip(), line, end, placeholder_only=not bare.strip(HOLE + " \n") and "{{" in source)

    def _bullet_list_open(self, token: Token, line: int, end: int, *, ordered: bool = False) -> ListBlock:
        closing = token.type.replace("_open", "_close")
        items: list[Item] = []
        while self.position < len(self.tokens) and self.tokens[self.position].type != closing:
            item = self.tokens[self.position]
            self.position += 1
            first, last = (item.map[0] + 1, item.map[1]) if item.map else (line, end)
            while last > first and not self.lines[last - 1].strip():
                last -= 1
            items.append(_item(self._until("list_item_close"), first, last))
        self.position += 1
        return ListBlock(ordered, tuple(items), line, end, int(token.attrGet("start") or 1))

    def _ordered_list_open(self, token: Token, line: int, end: int) -> ListBlock:
        return self._bullet_list_open(token, line, end, ordered=True)

    def _blockquote_open(self, _token: Token, line: int, end: int) -> Quote:
        return Quote(self._until("blockquote_close"), line, end)

    def _container_open(self, token: Token, line: int, end: int) -> Callout:
        meta: dict[str, Any] = token.meta
        kinds = [word for word in meta["kind"].lower().split() if word.strip("-")]
        kind = "tab" if meta["marker"] == "===" else kinds[0] if kinds else ""
        title = meta["title"]
        if title and ("[" in title or "{{" in title or "*" in title or "`" in title):
            title = " ".join(title.split())
        self.callouts.append(kind)
        children = self._until("container_close")
        self.callouts.pop()
        return Callout(kind, title, children, line, end, meta["marker"], meta["indented"])

    def _fence(self, token: Token, line: int, end: int) -> Code:
        return Code(token.info.strip(), token.content, line, end)

    def _code_block(self, token: Token, line: int, end: int) -> Code:
        return Code("", token.content, line, end, fenced=False)

    def _math_block(self, token: Token, line: int, end: int) -> Code:
        return Code("math", token.content, line, end)

    _math_block_label = _math_block

    def _html_block(self, token: Token, line: int, end: int) -> Html:
        self.reader.html_block(token.content, line)
        return Html(token.content, line, end)

    def _hr(self, _token: Token, line: int, end: int) -> Rule:
        return Rule(line, end)

    def _footnote_reference_open(self, token: Token, line: int, end: int) -> Definition:
        label = str(token.meta.get("label") or "")
        self.footnotes.append(FootnoteDefinition(label, line))
        return Definition(self._until("footnote_reference_close"), line, end, f"^{label}")

    def _dl_open(self, _token: Token, line: int, end: int) -> Definition:
        return Definition(self._until("dl_close"), line, end)

    def _dt_open(self, _token: Token, line: int, end: int) -> Paragraph | None:
        text, _ = self._inline(line)
        self.position += 1
        return Paragraph(text.rstrip(), line, max(end, line)) if text.strip() else None

    def _dd_open(self, _token: Token, line: int, end: int) -> Definition:
        return Definition(self._until("dd_close"), line, end)

    def _table_open(self, _token: Token, line: int, end: int) -> Table:
        rows: list[tuple[str, ...]] = []
        lines: list[int] = []
        cells: list[str] = []
        row_line = line
        while self.position < len(self.tokens) and self.tokens[self.position].type != "table_close":
            current = self.tokens[self.position]
            if current.type == "tr_open":
                cells = []
                row_line = current.map[0] + 1 if current.map else row_line
                self.position += 1
            elif current.type == "tr_close":
                rows.append(tuple(cells))
                lines.append(row_line)
                self.position += 1
            elif current.type == "inline":
                text, _ = self._inline(row_line)
                cells.append(text.strip())
            else:
                self.position += 1
        self.position += 1
        counts = tuple(_count_cells(self.lines[number - 1]) for number in lines)
        return Table(rows[0] if rows else (), tuple(rows[1:]), tuple(lines), counts, line, end)


def _item(children: tuple[Block, ...], line: int, end: int) -> Item:
    """Take the check box off the first line of an item."""
    if children and isinstance(first := children[0], Paragraph) and (match := CHECK_BOX.match(first.text + "\n")):
        checked = match.group(1) != " "
        rest = first.text[match.end() :] if match.end() <= len(first.text) else ""
        paragraph = Paragraph(rest, first.line, first.end, first.placeholder_only)
        return Item((paragraph, *children[1:]), line, end, checked)
    return Item(children, line, end)


def _without_bars(code: re.Match[str]) -> str:
    return code.group().replace("|", " ")


def _count_cells(row: str) -> int:
    """Count as the site does: for Python-Markdown, a bar in code does not end a cell."""
    cells = escapedSplit(CODE_SPAN.sub(_without_bars, row.strip().lstrip("> ")))
    if cells and not cells[0].strip():
        cells = cells[1:]
    if cells and not cells[-1].strip():
        cells = cells[:-1]
    return len(cells)


def _sections(stream: Iterator[Block | _Heading], ids: dict[int, str], last_line: int) -> tuple[Section, ...]:
    """Nest sections by the levels of their headings."""
    flat: list[tuple[Heading | None, list[Block]]] = [(None, [])]
    for thing in stream:
        if isinstance(thing, _Heading):
            flat.append((thing.heading, []))
        else:
            flat[-1][1].append(thing)
    starts = [1, *(heading.line for heading, _ in flat[1:] if heading)]
    ends = [*(start - 1 for start in starts[1:]), last_line]

    def build(index: int) -> tuple[Section, int]:
        heading, blocks = flat[index]
        level = heading.level if heading else 0
        children: list[Section] = []
        following = index + 1
        while following < len(flat) and heading is not None:
            next_heading = flat[following][0]
            if next_heading is None or next_heading.level <= level:
                break
            child, following = build(following)
            children.append(child)
        id_ = (heading.id or ids.get(heading.line, "")) if heading else ""
        section = Section(
            heading, level, id_, starts[index], max(ends[index], starts[index]), tuple(blocks), tuple(children)
        )
        return section, following

    sections: list[Section] = []
    index = 0
    while index < len(flat):
        section, index = build(index)
        if section.heading is not None or section.blocks:
            sections.append(section)
    return tuple(sections)


def _definitions(env: dict[str, Any], used: set[str]) -> Iterator[LinkDefinition]:
    for label, entry in (env.get("references") or {}).items():
        yield LinkDefinition(label, entry["href"], entry["map"][0] + 1, used=label in used)
    for entry in env.get("duplicate_refs") or []:
        label = entry.get("label") or entry.get("title") or ""
        yield LinkDefinition(str(label), entry["href"], entry["map"][0] + 1, repeated=True)


def read_page(  # noqa: PLR0913 - what a page is made of
    path: str,
    text: str,
    *,
    key: str = "",
    language: str = "",
    dialect: Dialect | None = None,
    rendered_headings: Sequence[tuple[int, str]] | None = None,
    anchors: frozenset[str] = frozenset(),
    localized: bool = True,
    partial: bool = False,
    split: tuple[FrontMatter, str] | None = None,
) -> Page:
    """Parse one source.

    `rendered_headings` are level and id of every heading of the rendered page, in order; `split` is what
    `split_front_matter` made of the text, where the caller needed it before.
    """
    dialect = dialect or Dialect()
    matter, body = split or split_front_matter(text)
    env: dict[str, Any] = {}
    tokens = parser(dialect).parse(body, env)
    reader = InlineReader(dialect, env.get("references") or {})
    folder = _Folder(body, tokens, reader, dialect)
    stream = list(folder.top())
    into = reader.into
    headings = sorted([*folder.headings, *into.headings], key=BY_LINE)
    ids = _site_ids(headings, rendered_headings)
    last_line = text.count("\n") + (0 if text.endswith("\n") else 1)
    return Page(
        path=path,
        key=key or path,
        language=language,
        text=text,
        front_matter=matter,
        headings=tuple(headings),
        sections=_sections(iter(stream), ids, max(last_line, 1)),
        links=tuple(sorted(into.links, key=BY_LINE)),
        images=tuple(sorted(into.images, key=BY_LINE)),
        emphases=tuple(sorted(into.emphases, key=BY_LINE)),
        placeholders=tuple(into.placeholders),
        citations=tuple(into.citations),
        footnotes=tuple(into.footnotes),
        footnote_definitions=tuple(folder.footnotes),
        link_definitions=tuple(sorted(_definitions(env, reader.used), key=BY_LINE)),
        undefined=tuple(sorted(into.undefined, key=BY_LINE)),
        html=tuple(sorted(into.html, key=BY_LINE)),
        anchors=anchors | {heading.id for heading in headings if heading.id},
        localized=localized,
        partial=partial,
        opaque=into.template
        or bool(into.placeholders and not dialect.building_blocks)
        or INCLUDE.search(body) is not None,
        doubtful=_left_open(tokens, body) or (not dialect.building_blocks and _disagree(headings, rendered_headings)),
    )


def _left_open(tokens: Sequence[Token], body: str) -> bool:
    """Tell whether a block of code does not end, so that it holds the rest of the page."""
    fences = [token for token in tokens if token.type == "fence" and token.map]
    if not fences:
        return False
    lines = body.split("\n")
    first, end = fences[-1].map or (0, 0)
    closed = end - first > 1 and lines[min(end, len(lines)) - 1].strip().lstrip("> ").startswith(fences[-1].markup[:3])
    return not closed and not "".join(lines[end:]).strip()


def _site_ids(headings: Sequence[Heading], rendered: Sequence[tuple[int, str]] | None) -> dict[int, str]:
    """Give each heading's line the id it has on the site, where both parsers see the same headings."""
    if rendered is None or _disagree(headings, rendered):
        return {}
    return {heading.line: id_ for heading, (_, id_) in zip(headings, rendered, strict=True)}


def _disagree(headings: Sequence[Heading], rendered: Sequence[tuple[int, str]] | None) -> bool:
    """Tell whether the rendered page has other headings than the source seems to have."""
    return rendered is not None and [level for level, _ in rendered] != [heading.level for heading in headings]

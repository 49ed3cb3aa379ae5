"""What stands inside a line of text: links, images, emphasis, placeholders, citations, raw HTML, loose references.

`InlineReader` turns one inline token of markdown-it-py into plain prose (see `handbook.model.page` for what its holes
and line breaks mean) and collects everything else on the way. Brackets and braces that Markdown left as text are
looked at once more, because there stand our own placeholders and citations, and references whose label is defined
nowhere, which Markdown prints as they are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, Literal

from markdown.extensions.attr_list import AttrListTreeprocessor, get_attrs_and_remainder

from handbook.model.page import (
    HOLE,
    Citation,
    Emphasis,
    FootnoteReference,
    Heading,
    HtmlElement,
    Image,
    Link,
    Placeholder,
    UndefinedReference,
)
from handbook.reading.raw_html import NO_ATTRIBUTES, read_tags

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from markdown_it.token import Token

    from handbook.reading.dialect import Dialect
    from handbook.reading.raw_html import Tag

MASK = 0xE000
"""Escaped characters are moved to the private use area while brackets are looked for, then moved back."""
UNMASK = {MASK + code: chr(code) for code in range(33, 127)}
PLACEHOLDER = re.compile(
    r"""\{\{\s*(?P<name>[A-Za-z][\w-]*)(?P<arguments>(?:[ \t]+(?:"[^"\n]*"|[^\s{}"|()]+))*)\s*\}\}"""
)
ARGUMENT = re.compile(r'"([^"\n]*)"|(\S+)')
TEMPLATE = re.compile(r"\{\{[^{}\n]*\}\}|\{%[^\n]*?%\}")
CITATION = re.compile(r"\[(@[\w.:-]+(?:\s*;\s*@[\w.:-]+)*)\]")
REFERENCE = re.compile(r"(?P<before>^|[^\w\]])(?P<image>!?)\[(?P<text>[^\[\]]+)\]\[(?P<label>[^\[\]]*)\]")
FOOTNOTE = re.compile(r"\[\^(?P<label>[^\[\]\s^]+)\]")
SHORTCODE = re.compile(r":[a-z0-9][a-z0-9_+-]*:")
URL_ATTRIBUTES = frozenset({"href", "src", "srcset", "poster", "data", "action", "formaction", "cite", "background"})


@dataclass
class Inlines:
    """Everything that was collected so far, in reading order."""

    links: list[Link] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    emphases: list[Emphasis] = field(default_factory=list)
    placeholders: list[Placeholder] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    footnotes: list[FootnoteReference] = field(default_factory=list)
    undefined: list[UndefinedReference] = field(default_factory=list)
    html: list[HtmlElement] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    template: bool = False


@dataclass
class _OpenLink:
    token: Token
    start: int
    line: int
    images: int
    index: int


class InlineReader:
    """Reads inline tokens of one page."""

    def __init__(self, dialect: Dialect, references: Mapping[str, object]) -> None:
        self.dialect = dialect
        self.references = references
        self.into = Inlines()
        self.used: set[str] = set()

    def read(self, token: Token, line: int, callout: str = "") -> str:
        """Give the prose of an inline token that begins on a line (counted from 1)."""
        reading = _Reading(self, token, line, callout)
        text = reading.run()
        if "{" in text:
            text = self._placeholders(text, line)
        if "[" in text:
            text = self._brackets(text, line)
        if self.dialect.emoji and ":" in text:
            text = SHORTCODE.sub(HOLE, text)
        return text.translate(UNMASK) if reading.masked else text

    def html_block(self, html: str, line: int) -> None:
        """Collect what a block of raw HTML refers to."""
        RawReader(self.into).block(html, line)

    def _placeholders(self, text: str, line: int) -> str:
        def take(match: re.Match[str]) -> str:
            start = text.rfind("\n", 0, match.start()) + 1
            stop = text.find("\n", match.end())
            around = text[start : match.start()] + text[match.end() : stop if stop >= 0 else len(text)]
            found = ARGUMENT.findall(match["arguments"])
            self.into.placeholders.append(
                Placeholder(
                    match["name"],
                    tuple(quoted or bare for quoted, bare in found),
                    line + text.count("\n", 0, match.start()),
                    alone=not around.strip(),
                    raw=match.group(0),
                )
            )
            return HOLE + "\n" * match.group(0).count("\n")

        replaced = PLACEHOLDER.sub(take, text)
        if "{{" in replaced or "{%" in replaced:
            self.into.template = True
            replaced = TEMPLATE.sub(HOLE, replaced)
        return replaced

    def _brackets(self, text: str, line: int) -> str:
        def cite(match: re.Match[str]) -> str:
            at = line + text.count("\n", 0, match.start())
            keys = (part.strip()[1:] for part in match.group(1).split(";"))
            self.into.citations.extend(Citation(key, at) for key in keys)
            return HOLE + "\n" * match.group(0).count("\n")

        replaced = CITATION.sub(cite, text)
        for match in REFERENCE.finditer(replaced):
            label = match["label"].strip() or match["text"]
            if not any(character.isalpha() for character in match["text"]):
                continue
            if match["label"].strip() and replaced[match.end() : match.end() + 1] in {"[", "("}:
                continue
            self.into.undefined.append(
                UndefinedReference(
                    label,
                    match.group(0)[len(match["before"]) :],
                    line + replaced.count("\n", 0, match.start("text")),
                    "image" if match["image"] else "link",
                )
            )
        for match in FOOTNOTE.finditer(replaced):
            if replaced[match.end() : match.end() + 1] not in {"(", "["}:
                at = line + replaced.count("\n", 0, match.start())
                self.into.undefined.append(UndefinedReference(match["label"], match.group(0), at, "footnote"))
        return replaced


class _Reading:
    """One pass over the children of one inline token."""

    def __init__(self, reader: InlineReader, token: Token, line: int, callout: str) -> None:
        self.reader = reader
        self.into = reader.into
        self.token = token
        self.line = line
        self.callout = callout
        self.parts: list[str] = []
        self.length = 0
        self.lines = 0
        self.masked = False
        self.links: list[_OpenLink] = []
        self.marks: list[tuple[int, int]] = []
        self.raw = RawReader(self.into)
        self.last: str = ""
        content = token.content
        self.breaks = list(accumulate(len(part) + 1 for part in content.split("\n"))) if "\n" in content else []

    def run(self) -> str:
        """Read every child."""
        for child in self.token.children or ():
            if self.breaks and child.type != "text" and (position := child.meta.get("pos")) is not None:
                self._sync(bisect_right(self.breaks, position))
            handler = HANDLERS.get(child.type)
            if handler is not None:
                handler(self, child)
            elif child.content:
                self._add(HOLE)
            self.last = child.type
        self.raw.finish(self)
        return "".join(self.parts)

    @property
    def at(self) -> int:
        """The line that has been reached."""
        return self.line + self.lines

    def _add(self, text: str) -> None:
        self.parts.append(text)
        self.length += 1
        self.lines += text.count("\n")

    def _sync(self, lines: int) -> None:
        if lines > self.lines:
            self._add("\n" * (lines - self.lines))

    def since(self, start: int) -> str:
        """Give the prose since a part, without anything masked."""
        text = "".join(self.parts[start:])
        return " ".join((text.translate(UNMASK) if self.masked else text).replace(HOLE, " ").split())

    def text(self, token: Token) -> None:
        content = token.content
        if content.startswith("{") and self.last in ATTRIBUTABLE and self.reader.dialect.attributes:
            content = self._attributes(content)
        if content:
            self._add(content)

    def _attributes(self, content: str) -> str:
        match = AttrListTreeprocessor.INLINE_RE.match(content)
        if match is None or match.group(1).startswith(("{", "%")):
            return content
        pairs, remainder = get_attrs_and_remainder(match.group(1))
        attributes = dict(pairs)
        if self.last == "image" and self.into.images:
            image = self.into.images[-1]
            self.into.images[-1] = Image(
                attributes.get("src") or image.target,
                attributes.get("alt", image.alt),
                image.line,
                image.kind,
                {**image.attributes, **attributes},
            )
        elif self.last == "link_close" and self.into.links:
            link = self.into.links[-1]
            self.into.links[-1] = Link(
                attributes.get("href") or link.target,
                link.text,
                link.line,
                link.kind,
                attributes={**link.attributes, **attributes},
                holds_image=link.holds_image,
                label=link.label,
            )
        elif attributes:
            self.into.html.append(HtmlElement("span", attributes, self.at))
        return (remainder[1:] + "}" if remainder else "") + content[match.end() :]

    def special(self, token: Token) -> None:
        if token.info == "escape" and len(token.content) == 1 and token.content in "[]{}!^@:":
            self.masked = True
            self._add(chr(MASK + ord(token.content)))
        else:
            self._add(token.content)

    def newline(self, _token: Token) -> None:
        self._add("\n")

    def code(self, token: Token) -> None:
        self._add(HOLE)
        if self.breaks:
            begin = token.meta.get("pos", 0) + len(token.markup)
            stop = self.token.content.find(token.markup, begin)
            self._add("\n" * self.token.content.count("\n", begin, max(stop, begin)))

    def html(self, token: Token) -> None:
        self.raw.inline(token.content, self)
        if "\n" in token.content:
            self._add("\n" * token.content.count("\n"))

    def link_open(self, token: Token) -> None:
        images = len(self.into.images)
        self.links.append(_OpenLink(token, len(self.parts), self.at, images, len(self.into.links)))

    def link_close(self, _token: Token) -> None:
        if not self.links:
            return
        opened = self.links.pop()
        self._mask_edges(opened.start)
        label = str(opened.token.meta.get("label") or "")
        self.reader.used.add(label)
        kind: Literal["inline", "reference", "autolink"]
        kind = "autolink" if opened.token.markup == "autolink" else "reference" if label else "inline"
        target = str(opened.token.attrGet("href") or "")
        holds = len(self.into.images) > opened.images
        attributes = {"title": str(opened.token.attrs["title"])} if "title" in opened.token.attrs else NO_ATTRIBUTES
        self.into.links.append(
            Link(
                target,
                self.since(opened.start),
                opened.line,
                kind,
                attributes=attributes,
                holds_image=holds,
                label=label,
            )
        )

    def _mask_edges(self, start: int) -> None:
        """Keep brackets at the ends of a link text from joining with those of the next: [[a]](x)[[b]](y)."""
        if start < self.length:
            for index, bracket in ((start, "["), (self.length - 1, "]")):
                if self.parts[index].startswith("[") or self.parts[index].endswith("]"):
                    self.masked = True
                    self.parts[index] = self.parts[index].replace(bracket, chr(MASK + ord(bracket)))

    def image(self, token: Token) -> None:
        label = str(token.meta.get("label") or "")
        self.reader.used.add(label)
        attributes = {"title": str(token.attrs["title"])} if "title" in token.attrs else NO_ATTRIBUTES
        alt = " ".join(token.content.split())
        target = str(token.attrGet("src") or "")
        self.into.images.append(Image(target, alt, self.at, "reference" if label else "inline", attributes))
        self._add(HOLE + "\n" * token.content.count("\n"))

    def open_mark(self, _token: Token) -> None:
        self.marks.append((len(self.parts), self.at))

    def close_mark(self, token: Token) -> None:
        if self.marks:
            start, line = self.marks.pop()
            strong = token.type == "strong_close"
            self.into.emphases.append(Emphasis(self.since(start), line, strong, self.callout))

    def footnote(self, token: Token) -> None:
        label = str(token.meta.get("label") or "")
        self.into.footnotes.append(FootnoteReference(label, self.at))
        self._add(HOLE)


HANDLERS: dict[str, Callable[[_Reading, Token], None]] = {
    "text": _Reading.text,
    "text_special": _Reading.special,
    "softbreak": _Reading.newline,
    "hardbreak": _Reading.newline,
    "code_inline": _Reading.code,
    "html_inline": _Reading.html,
    "link_open": _Reading.link_open,
    "link_close": _Reading.link_close,
    "image": _Reading.image,
    "em_open": _Reading.open_mark,
    "strong_open": _Reading.open_mark,
    "em_close": _Reading.close_mark,
    "strong_close": _Reading.close_mark,
    "footnote_ref": _Reading.footnote,
}
ATTRIBUTABLE = frozenset({"link_close", "image", "code_inline", "em_close", "strong_close"})


@dataclass
class _OpenTag:
    tag: str
    attributes: Mapping[str, str | None]
    line: int
    start: int
    texts: list[str] = field(default_factory=list)
    image: bool = False


class RawReader:
    """Follows raw HTML through a paragraph or a block, so that a link's text is known when its end tag comes."""

    def __init__(self, into: Inlines) -> None:
        self.into = into
        self.open: list[_OpenTag] = []

    def block(self, html: str, line: int) -> None:
        """Read a whole block."""
        for tag in read_tags(html, line):
            self._see(tag, None)
        self.finish(None)

    def inline(self, html: str, reading: _Reading) -> None:
        """Read one inline tag."""
        for tag in read_tags(html, reading.at):
            if tag.tag:
                self._see(tag, reading)

    def finish(self, reading: _Reading | None) -> None:
        """Close what was left open."""
        while self.open:
            self._close(self.open.pop(), reading)

    def _see(self, tag: Tag, reading: _Reading | None) -> None:
        if not tag.tag:
            for opened in self.open:
                opened.texts.append(tag.text)
        elif tag.closing:
            if any(opened.tag == tag.tag for opened in self.open):
                while self.open:
                    opened = self.open.pop()
                    self._close(opened, reading)
                    if opened.tag == tag.tag:
                        break
        else:
            self._start(tag, reading)

    def _start(self, tag: Tag, reading: _Reading | None) -> None:
        self.into.html.append(HtmlElement(tag.tag, tag.attributes, tag.line))
        if tag.tag == "img":
            if "src" in tag.attributes:
                target = tag.attributes["src"] or ""
                alt = (tag.attributes["alt"] or "") if "alt" in tag.attributes else None
                self.into.images.append(Image(target, alt, tag.line, "html", tag.attributes))
            for opened in self.open:
                opened.image = True
        elif tag.tag == "a" or (len(tag.tag) == 2 and tag.tag[0] == "h" and tag.tag[1].isdigit()):
            start = len(reading.parts) if reading else 0
            self.open.append(_OpenTag(tag.tag, tag.attributes, tag.line, start))
        else:
            for name in tag.attributes.keys() & URL_ATTRIBUTES:
                self._refer(tag, name, tag.attributes[name] or "")

    def _refer(self, tag: Tag, attribute: str, value: str) -> None:
        targets: Iterable[str] = [value]
        if attribute == "srcset":
            targets = [part.split()[0] for part in value.split(",") if part.split()]
        for target in targets:
            self.into.links.append(
                Link(target, "", tag.line, "html", attribute=attribute, element=tag.tag, attributes=tag.attributes)
            )

    def _close(self, opened: _OpenTag, reading: _Reading | None) -> None:
        text = reading.since(opened.start) if reading else " ".join("".join(opened.texts).split())
        if opened.tag == "a":
            if "href" in opened.attributes:
                self.into.links.append(
                    Link(
                        opened.attributes["href"] or "",
                        text,
                        opened.line,
                        "html",
                        attributes=opened.attributes,
                        holds_image=opened.image,
                    )
                )
        elif opened.tag != "a":
            level = int(opened.tag[1])
            if 1 <= level <= 6:
                self.into.headings.append(
                    Heading(level, text, opened.attributes.get("id") or "", opened.line, html=True)
                )

"""A page as its author wrote it: front matter, sections, blocks, and everything inline, each with its exact line.

Blocks form a tree (a callout holds a list, a list holds items); what stands inside a line of text (links, images,
emphasis, placeholders, citations) is kept in flat tuples on the page, in reading order, because nearly every rule asks
for "all links of this page" or "all links of this section". Code is kept apart: it never counts as prose. In the text
of a block every piece that is no prose (inline code, an image, a placeholder) is one U+FFFC character, so that the
words around it stay apart; every line break of the source is kept, so that the line of a word is the block's line plus
the line breaks before it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

HOLE = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands in a text for what is no prose."""


@dataclass(frozen=True, slots=True)
class FrontMatterEntry:
    """One key of the front matter. Nested keys are part of the value."""

    key: str
    value: Any
    line: int


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The YAML between the two `---` lines. `error`: what the YAML parser said, or why it is not read."""

    entries: tuple[FrontMatterEntry, ...] = ()
    line: int = 0
    end: int = 0
    error: str = ""
    error_line: int = 0
    repeated: tuple[FrontMatterEntry, ...] = ()

    @property
    def present(self) -> bool:
        """Whether the page has front matter at all."""
        return self.line > 0

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys in the order in which they stand."""
        return tuple(entry.key for entry in self.entries)

    def get(self, key: str, default: Any = None) -> Any:
        """Give the value of a key."""
        entry = self.entry(key)
        return default if entry is None else entry.value

    def texts(self, key: str) -> tuple[str, ...]:
        """Give the texts in the list under a key; whatever else stands there counts as absent."""
        value = self.get(key)
        return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()

    def entry(self, key: str) -> FrontMatterEntry | None:
        """Give the entry of a key."""
        return next((entry for entry in self.entries if entry.key == key), None)

    def line_of(self, key: str) -> int:
        """Give the line of a key, or the first line of the front matter where the key is missing."""
        entry = self.entry(key)
        return entry.line if entry else max(self.line, 1)


# --- Inline ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Link:
    """A link of any kind. `target` is as written (entities and escapes resolved, not percent-decoded)."""

    target: str
    text: str
    line: int
    kind: Literal["inline", "reference", "autolink", "html"]
    attribute: str = "href"
    element: str = "a"
    attributes: Mapping[str, str | None] = field(default_factory=dict)
    holds_image: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """An image; `alt` is None where raw HTML has no alt attribute at all."""

    target: str
    alt: str | None
    line: int
    kind: Literal["inline", "reference", "html"]
    attributes: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Bold or italic text. `callout` is the kind of the callout that holds it."""

    text: str
    line: int
    strong: bool
    callout: str = ""


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A building block such as `{{ write 3 "My early signs" }}`; `alone` when it is all its line says."""

    name: str
    arguments: tuple[str, ...]
    line: int
    alone: bool
    raw: str


@dataclass(frozen=True, slots=True)
class Citation:
    """One reference id of a citation such as `[@E54; @E53]`."""

    key: str
    line: int


@dataclass(frozen=True, slots=True)
class FootnoteReference:
    """`[^label]` in the text."""

    label: str
    line: int


@dataclass(frozen=True, slots=True)
class FootnoteDefinition:
    """`[^label]: …`."""

    label: str
    line: int


@dataclass(frozen=True, slots=True)
class LinkDefinition:
    """`[label]: target`. `repeated` when an earlier one has the same label, and this one is ignored."""

    label: str
    target: str
    line: int
    used: bool = False
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class UndefinedReference:
    """`[text][label]` or `[^label]` whose label is defined nowhere: it is printed as it stands."""

    label: str
    raw: str
    line: int
    kind: Literal["link", "image", "footnote"]


@dataclass(frozen=True, slots=True)
class HtmlElement:
    """A start tag of raw HTML in the Markdown."""

    tag: str
    attributes: Mapping[str, str | None]
    line: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `id` is the explicit one, empty where the author left it to the machine."""

    level: int
    text: str
    id: str
    line: int
    html: bool = False


# --- Blocks ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Prose. `placeholder_only` when it consists of placeholders alone."""

    text: str
    line: int
    end: int
    placeholder_only: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """A fenced or indented code block."""

    info: str
    text: str
    line: int
    end: int
    fenced: bool = True


@dataclass(frozen=True, slots=True)
class Html:
    """A block of raw HTML."""

    text: str
    line: int
    end: int


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line."""

    line: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table: header cells, and rows of cells. `cell_counts` are the counts as written, header first."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    row_lines: tuple[int, ...]
    cell_counts: tuple[int, ...]
    line: int
    end: int

    @property
    def text(self) -> str:
        """All cells, a row a line."""
        return "\n".join(" \u2003 ".join(row) for row in (self.header, *self.rows))


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list. `checked` is None where it has no check box."""

    children: tuple[Block, ...]
    line: int
    end: int
    checked: bool | None = None


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list."""

    ordered: bool
    items: tuple[Item, ...]
    line: int
    end: int
    start: int = 1


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quotation."""

    children: tuple[Block, ...]
    line: int
    end: int


@dataclass(frozen=True, slots=True)
class Callout:
    """`!!! kind "Title"` and its relatives.

    `marker` is how it was opened (`!!!`, `???`, `===` for a tab, `///`). `title` is None where none is given.
    `indented` is False where text follows directly but is not indented by four spaces, so that the box stays empty.
    """

    kind: str
    title: str | None
    children: tuple[Block, ...]
    line: int
    end: int
    marker: str = "!!!"
    indented: bool = True


@dataclass(frozen=True, slots=True)
class Definition:
    """A definition list, or the text of a footnote."""

    children: tuple[Block, ...]
    line: int
    end: int
    label: str = ""


Block: TypeAlias = Paragraph | Code | Html | Rule | Table | ListBlock | Item | Quote | Callout | Definition


def walk(blocks: Sequence[Block]) -> Iterator[Block]:
    """Walk every block of a tree, parents before children."""
    stack = list(reversed(blocks))
    while stack:
        block = stack.pop()
        yield block
        if isinstance(block, ListBlock):
            stack.extend(reversed(block.items))
        elif isinstance(block, (Item, Quote, Callout, Definition)):
            stack.extend(reversed(block.children))


# --- Sections and pages ----------------------------------------------------------------------------------------------

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """A heading with what stands under it, up to the next heading of any level; subsections are in `children`.

    `id` is the explicit id, else the one the site gives the heading, else empty. What stands before the first heading
    is a section of level 0 without a heading.
    """

    heading: Heading | None
    level: int
    id: str
    line: int
    end: int
    blocks: tuple[Block, ...]
    children: tuple[Section, ...] = ()

    def walk(self) -> Iterator[Section]:
        """Walk this section and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def last_line(self) -> int:
        """The last line of the section with its subsections."""
        return self.children[-1].last_line if self.children else self.end


def every_block(sections: Sequence[Section]) -> tuple[Block, ...]:
    """Give every block of some sections and of all below them, parents before children."""
    return tuple(block for top in sections for section in top.walk() for block in walk(section.blocks))


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """One Markdown file in one language. `key` is what its language versions have in common."""

    path: str
    key: str
    language: str
    text: str
    front_matter: FrontMatter
    headings: tuple[Heading, ...]
    sections: tuple[Section, ...]
    links: tuple[Link, ...] = ()
    images: tuple[Image, ...] = ()
    emphases: tuple[Emphasis, ...] = ()
    placeholders: tuple[Placeholder, ...] = ()
    citations: tuple[Citation, ...] = ()
    footnotes: tuple[FootnoteReference, ...] = ()
    footnote_definitions: tuple[FootnoteDefinition, ...] = ()
    link_definitions: tuple[LinkDefinition, ...] = ()
    undefined: tuple[UndefinedReference, ...] = ()
    html: tuple[HtmlElement, ...] = ()
    anchors: frozenset[str] = frozenset()
    """Every id on the rendered page, so every fragment a link may name."""
    localized: bool = True
    """False for a page outside the language folders, which serves all languages."""
    partial: bool = False
    """A piece that the build puts into other pages; it has no title and no front matter of its own."""
    opaque: bool = False
    """Part of the page is made by something that cannot be seen here: a template language, an include, a generator."""
    doubtful: bool = False
    """The published page has other headings than the source seems to have, or code that does not end holds the rest of
    it, so its sections prove nothing."""

    @property
    def title(self) -> str:
        """The title in the front matter, else the first heading of level 1."""
        given = self.front_matter.get("title")
        if isinstance(given, str) and given:
            return given
        return next((heading.text for heading in self.headings if heading.level == 1), "")

    @property
    def all_sections(self) -> Iterator[Section]:
        """Every section, in reading order."""
        for section in self.sections:
            yield from section.walk()

    blocks: tuple[Block, ...] = field(init=False, default=())
    """Every block of the page, parents before children."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "blocks", every_block(self.sections))

    def section(self, id_: str) -> Section | None:
        """Find the section with this id."""
        return next((section for section in self.all_sections if section.id == id_), None)

    def within(self, section: Section, things: Sequence[T], *, nested: bool = False) -> Sequence[T]:
        """Pick those of `things` (each with a `line`, in reading order) that stand in a section."""
        line = attrgetter("line")
        first = bisect_left(things, section.line, key=line)
        last = bisect_right(things, section.last_line if nested else section.end, key=line)
        return things[first:last]

"""Where the two parsers disagree about what is on a page.

Authors, editors and code hosts read Markdown as CommonMark does; the site is made by Python-Markdown. What CommonMark
sees as a list, a box or a heading and the site shows as plain text is a mistake that no other check finds: the source
looks right. Each kind of thing is compared by its first words, and only reported where the page really has fewer.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from handbook.model.finding import Severity
from handbook.model.page import HOLE, Callout, Item, ListBlock, Paragraph, Table
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from selectolax.lexbor import LexborNode

    from handbook.model.page import Block, Page
    from handbook.model.project import Project

CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
NO_KEY = re.compile(r"[\W_]+")
KEY = 24
"""So many letters and digits tell one thing from another."""


def _exactly_rendered(project: Project) -> str:
    return project.unrendered.get("", "")


@dataclass(frozen=True, slots=True)
class _Thing:
    key: str
    line: int
    text: str
    depth: int = 0
    alone: bool = False
    """The only item of its list; a line of prose may happen to begin with a hyphen or a plus sign."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the rendered page has: keys of list items with their depth, of tables, boxes and headings."""

    items: tuple[tuple[str, int], ...]
    tables: int
    boxes: tuple[str, ...]
    headings: tuple[str, ...]
    text: str


def _key(text: str) -> str:
    return NO_KEY.sub("", text[: 4 * KEY]).lower()[:KEY]


@lru_cache(maxsize=4)
def _shown(html: str) -> _Shown:
    tree = LexborHTMLParser(html)
    items = [(_key(_own_text(node)), _depth(node)) for node in tree.css("li")]
    boxes = [
        _key((title.text() if (title := node.css_first(".admonition-title, summary")) else "") or "")
        for node in tree.css(".admonition, details, .tabbed-set label")
    ]
    headings = [_key(node.text() or "") for node in tree.css("h1,h2,h3,h4,h5,h6")]
    for node in tree.css("pre,code"):
        node.decompose()
    text = tree.body.text(separator=" ") if tree.body else ""
    return _Shown(tuple(items), len(tree.css("table")), tuple(boxes), tuple(headings), text or "")


def _own_text(node: LexborNode) -> str:
    """Give the text of a list item up to its first nested block."""
    parts: list[str] = []
    for child in node.iter(include_text=True):
        if child.tag in {"ul", "ol", "pre", "table", "div", "blockquote", "details"}:
            break
        parts.append(child.text(deep=True) or "")
        if child.tag == "p":
            break
    return "".join(parts)


def _depth(node: LexborNode) -> int:
    depth = 0
    parent = node.parent
    while parent is not None:
        depth += parent.tag in {"ul", "ol"}
        parent = parent.parent
    return depth


def _items(blocks: Iterable[Block], depth: int = 1) -> Iterator[_Thing]:
    for block in blocks:
        if isinstance(block, ListBlock):
            for item in block.items:
                yield _item(item, depth, alone=len(block.items) == 1)
                yield from _items(item.children, depth + 1)
        elif not isinstance(block, Paragraph) and hasattr(block, "children"):
            yield from _items(block.children, depth)


def _item(item: Item, depth: int, *, alone: bool) -> _Thing:
    first = item.children[0] if item.children else None
    text = first.text if isinstance(first, Paragraph) else ""
    return _Thing(_key(text.split(HOLE)[0]), item.line, " ".join(text.split()), depth, alone)


def _plain(page: Page) -> bool:
    """Leave out pages on which extensions or includes put what the source does not have."""
    return not page.opaque and not page.partial


@rule(
    "REN101",
    "list-shown-as-text",
    Scope.FRAGMENT,
    needs=_exactly_rendered,
    bad="Three things help:\n- sleep\n- rest",
    good="Three things help:\n\n- sleep\n- rest",
    en=Text("A list is not shown as a list on the site.", "Readers see one paragraph with hyphens or numbers in it."),
    nl=Text(
        "Een lijst wordt op de site niet als lijst getoond.", "Lezers zien één alinea met streepjes of nummers erin."
    ),
)
def list_shown_as_text(page: Page, project: Project) -> Iterator[Hit]:
    """Report the first item of each list that the rendered page lacks."""
    if not _plain(page):
        return
    written = [thing for section in page.all_sections for thing in _items(section.blocks)]
    shown = _shown(project.fragments[page.path])
    if len(shown.items) >= len(written):
        return
    left = Counter(key for key, _ in shown.items)
    previous = -1
    for thing in written:
        if _take(left, thing.key):
            continue
        if thing.line != previous + 1 and thing.key and not thing.alone and _loose(page, thing.line):
            message = f'the list item "{_begin(thing.text)}" is shown as plain text on the site'
            hint = "Put an empty line before the list, and indent nested lists by four spaces."
            yield Hit(page.path, thing.line, message, hint)
        previous = thing.line


def _take(left: Counter[str], key: str) -> bool:
    """Take a key that is there, or one that begins the same way."""
    if left[key] > 0:
        left[key] -= 1
        return True
    if len(key) < KEY:
        longer = next((other for other, count in left.items() if count > 0 and other.startswith(key)), None)
        if longer is not None:
            left[longer] -= 1
            return True
    return False


def _loose(page: Page, line: int) -> bool:
    """Tell whether an item stands right under a line of text, or is indented in a way that one parser ignores."""
    lines = page.text.split("\n", line)
    before = lines[line - 2].strip() if line >= 2 else ""
    item = lines[line - 1]
    indent = len(item) - len(item.lstrip())
    return bool(before) or indent % 4 != 0


def _begin(text: str) -> str:
    text = text.replace(HOLE, "…")
    return text if len(text) <= 50 else text[:47].rsplit(" ", 1)[0] + " …"


@rule(
    "REN102",
    "nested-list-flattened",
    Scope.FRAGMENT,
    severity=Severity.WARNING,
    needs=_exactly_rendered,
    bad="- sleep\n  - go to bed on time",
    good="- sleep\n    - go to bed on time",
    en=Text("A nested list is shown at the level of the list around it.", "Readers cannot see what belongs to what."),
    nl=Text("Een lijst in een lijst wordt op hetzelfde niveau getoond.", "Lezers zien niet wat bij wat hoort."),
)
def nested_list_flattened(page: Page, project: Project) -> Iterator[Hit]:
    """Report the first nested item of each run that the rendered page shows higher up."""
    if not _plain(page):
        return
    shown: dict[str, list[int]] = {}
    for key, depth in _shown(project.fragments[page.path]).items:
        shown.setdefault(key, []).append(depth)
    previous = -9
    for section in page.all_sections:
        for thing in _items(section.blocks):
            depths = shown.get(thing.key, [])
            if thing.depth > 1 and thing.key and not thing.alone and depths and max(depths) < thing.depth:
                if thing.line > previous + 1:
                    message = f'the nested list item "{_begin(thing.text)}" is not nested on the site'
                    yield Hit(page.path, thing.line, message, "Indent nested lists by four spaces.")
                previous = thing.line


@rule(
    "REN103",
    "table-shown-as-text",
    Scope.FRAGMENT,
    needs=_exactly_rendered,
    bad="Steps:\n| A | B |\n|---|---|\n| 1 | 2 |",
    good="Steps:\n\n| A | B |\n|---|---|\n| 1 | 2 |",
    en=Text("A table is not shown as a table on the site.", "Readers see rows of bars and hyphens."),
    nl=Text("Een tabel wordt op de site niet als tabel getoond.", "Lezers zien rijen strepen."),
)
def table_shown_as_text(page: Page, project: Project) -> Iterator[Hit]:
    """Report tables whose dividing line is printed."""
    if not _plain(page):
        return
    shown = _shown(project.fragments[page.path])
    tables = [block for block in page.blocks if isinstance(block, Table)]
    raw = sum(1 for element in page.html if element.tag == "table")
    if len(tables) + raw <= shown.tables or not re.search(r"\|\s*:?-{2,}|-{2,}:?\s*\|", shown.text):
        return
    printed = " ".join(shown.text.split())
    for table in tables:
        lines = page.text.split("\n", table.line + 2)[table.line : table.line + 2]
        divider, row = [*(" ".join(line.split()) for line in lines), "", ""][:2]
        if divider and _row_follows(printed, divider, _key(CODE.sub("", row))):
            message = "this table is shown as plain text on the site"
            yield Hit(page.path, table.line, message, "Put an empty line before it, and start it at the left margin.")


def _row_follows(printed: str, divider: str, row: str) -> bool:
    """Tell whether a text holds the dividing line of this table, and not only that of one which looks the same."""
    behind = (_key(printed[match.end() :]) for match in re.finditer(re.escape(divider), printed))
    return any(row.startswith(found) or found.startswith(row) for found in behind)


@rule(
    "REN104",
    "box-shown-as-text",
    Scope.FRAGMENT,
    needs=_exactly_rendered,
    bad='- step one\n  !!! warning "Stop"\n      Stop here.',
    good='- step one\n\n    !!! warning "Stop"\n        Stop here.',
    en=Text(
        "A box is not shown as a box on the site.", "Readers see exclamation marks, and the warning does not stand out."
    ),
    nl=Text(
        "Een kader wordt op de site niet als kader getoond.",
        "Lezers zien uitroeptekens, en de waarschuwing valt niet op.",
    ),
)
def box_shown_as_text(page: Page, project: Project) -> Iterator[Hit]:
    """Report boxes whose marker is printed."""
    if not _plain(page):
        return
    shown = _shown(project.fragments[page.path])
    if "!!!" not in shown.text and "???" not in shown.text:
        return
    text = " ".join(shown.text.split())
    for block in page.blocks:
        if isinstance(block, Callout) and block.marker[0] in "!?":
            lines = page.text.split("\n", block.line)
            written = " ".join(lines[block.line - 1].split()).lstrip("> -*")
            if written in text:
                name = block.title or block.kind
                message = f'the box "{name}" is shown as plain text on the site'
                yield Hit(
                    page.path,
                    block.line,
                    message,
                    "Put an empty line before it, and indent it by four spaces in a list.",
                )


@rule(
    "REN105",
    "heading-shown-as-text",
    Scope.FRAGMENT,
    needs=_exactly_rendered,
    bad="Some text\n    ## In short",
    good="Some text\n\n## In short",
    en=Text(
        "A heading is not shown as a heading on the site.",
        "It is missing from the table of contents, and links to it fail.",
    ),
    nl=Text(
        "Een kop wordt op de site niet als kop getoond.", "Hij ontbreekt in de inhoudsopgave, en links ernaartoe falen."
    ),
)
def heading_shown_as_text(page: Page, project: Project) -> Iterator[Hit]:
    """Report headings the rendered page lacks."""
    if not _plain(page):
        return
    shown = _shown(project.fragments[page.path])
    written = [heading for heading in page.headings if not heading.html]
    if len(shown.headings) >= len(written):
        return
    left = Counter(shown.headings)
    for heading in written:
        key = _key(heading.text)
        if (
            key
            and not _take(left, key)
            and not any(other.startswith(key) or key.startswith(other) for other in shown.headings if other)
        ):
            message = f'the heading "{heading.text}" is shown as plain text on the site'
            yield Hit(page.path, heading.line, message, "Put an empty line before it, and start it at the left margin.")


NO_SPACE = re.compile(r"^ {0,3}#{1,6}(?P<text>[^\s#][^\n]*)$", re.MULTILINE)
ATTRIBUTES = re.compile(r"\s*#*\s*(?:\{[^{}]*\})?\s*$")


@rule(
    "REN106",
    "text-shown-as-heading",
    Scope.FRAGMENT,
    severity=Severity.WARNING,
    needs=_exactly_rendered,
    bad="#1 tip: go to bed on time",
    good="\\#1 tip: go to bed on time",
    en=Text(
        "A line that begins with # and no space is a heading on the site, and text for every editor.",
        "Either the title of a part is missing where people write, or a sentence is set in the largest letters.",
    ),
    nl=Text(
        "Een regel die begint met # zonder spatie, is op de site een kop en in elke editor gewone tekst.",
        "Of de titel van een onderdeel ontbreekt waar mensen schrijven, of een zin staat in de grootste letters.",
    ),
)
def text_shown_as_heading(page: Page, project: Project) -> Iterator[Hit]:
    """Report lines of paragraphs that the rendered page has as headings."""
    if not _plain(page) or "#" not in page.text:
        return
    for block in page.blocks:
        if not isinstance(block, Paragraph) or "#" not in block.text:
            continue
        for match in NO_SPACE.finditer(block.text):
            text = ATTRIBUTES.sub("", match["text"])
            key = _key(text.split(HOLE)[0])
            if key and any(other.startswith(key) for other in _shown(project.fragments[page.path]).headings):
                line = block.line + block.text.count("\n", 0, match.start())
                message = f'"{_begin(text)}" is a heading on the site, and plain text for editors'
                yield Hit(page.path, line, message, "Put a space after the # signs, or a \\ before them.")

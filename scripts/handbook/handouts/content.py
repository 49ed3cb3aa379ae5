"""Fits the content of a page to paper: what can be pressed goes, what can be written on stays, links know where to go.

The content is the very HTML that stands on the site, before its template is put around it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from markupsafe import escape
from selectolax.lexbor import LexborHTMLParser

from handbook.publishing.handed_out import is_worksheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HEADING_START: Final = "<h2 "
FIELDS: Final = ".write, .scale, .tick"
COPIES: Final = 4
"""How many cards of the size of a bank card come out of a sheet."""
FOR_SCREENS: Final = "button, output, .jump, .breath, .behind, input[type=range], [hidden], script"
FOR_SCRIPTS: Final = "[data-label], [data-country], [role], [tabindex], [aria-hidden], .term"
_ATTRIBUTES: Final = (
    "data-definition",
    "data-label",
    "data-country",
    "role",
    "tabindex",
    "aria-labelledby",
    "aria-hidden",
    "rel",
)


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a page: the id of its heading, that heading in words, and its HTML. The first has no heading."""

    id: str
    heading: str
    html: str

    @property
    def is_worksheet(self) -> bool:
        """Tell whether this is a sheet to fill in."""
        return is_worksheet(self.id)


def parts_of(content: str) -> Iterator[Part]:
    """Yield the sections of a page's content, without its title; what stands before the first heading comes first."""
    body = content.split("</h1>", 1)[-1]
    start, *sections = body.split(HEADING_START)
    if start.strip():
        yield Part("", "", start)
    for section in sections:
        tree = LexborHTMLParser(f"<body>{HEADING_START}{section}")
        heading = tree.css_first("h2")
        words = " ".join(heading.text().split()) if heading is not None else ""
        yield Part((heading.attributes.get("id") or "") if heading is not None else "", words, HEADING_START + section)


def ids_of(html: str) -> Iterator[str]:
    """Yield the ids in a piece of HTML: the places in it that a link can lead to."""
    for node in LexborHTMLParser(f"<body>{html}</body>").css("[id]"):
        yield node.attributes.get("id") or ""


def for_paper(html: str, resolve: Callable[[str], str | None], figure_style: str = "", prefix: str = "") -> str:
    """Return a piece of a page for paper.

    `resolve` turns the target of a link into what it is to be on paper, or None where words alone are better. With
    `prefix`, every id gets it, so that many pages can stand in one document. `figure_style` goes into each drawing,
    because a style sheet does not reach into it everywhere.
    """
    tree = LexborHTMLParser(f"<body>{html}</body>")
    for node in tree.css(FOR_SCREENS):
        node.decompose(recursive=True)
    for link in tree.css("a[href]"):
        _link(link, resolve)
    for drawing in tree.css("figure svg"):
        _describe(drawing)
    _make_writable(tree, prefix)
    for node in tree.css(FOR_SCRIPTS):
        for name in _ATTRIBUTES:
            if name in node.attributes:
                del node.attrs[name]
    for node in tree.css("[id], [for]") if prefix else ():
        for name in ("id", "for"):
            if node.attributes.get(name):
                node.attrs[name] = f"{prefix}{node.attributes[name]}"
    text = (tree.body.inner_html if tree.body else "") or ""
    return text.replace("</desc>", f"</desc><style>{figure_style}</style>") if figure_style else text


def as_cards(html: str, heading: str) -> str:
    """Return a worksheet with its steps as cards to cut out, if there is nothing on it to fill in, else as it is."""
    tree = LexborHTMLParser(f"<body>{html}</body>")
    steps = tree.css_first("ol")
    if steps is None or tree.css_first(FIELDS) is not None:
        return html
    name = heading.rpartition(": ")[2]
    card = f'<div class="card"><p><strong>{escape(name[:1].upper() + name[1:])}</strong></p>{steps.html}</div>'
    cards = LexborHTMLParser(f'<body><div class="cards">{card * COPIES}</div></body>').css_first(".cards")
    if cards is not None:
        steps.replace_with(cards)
    return (tree.body.inner_html if tree.body else "") or ""


def _make_writable(tree: Any, prefix: str) -> None:
    """Turn what a browser lets people fill in into what a pen and a PDF do; each field gets a name of its own."""
    for field in tree.css(".scale"):
        _scale(field)
    labels = Counter(_text(label) for label in tree.css(".write label"))
    heading = ""
    for node in tree.css("h3, .write"):
        if node.tag == "h3":
            heading = _text(node)
        else:
            label = _text(node.css_first("label"))
            # Seen under its heading a label is clear; heard by itself it must not be that of another field as well.
            name = f"{heading}: {label}" if heading and labels[label] > 1 else label
            _write(node.css_first("textarea"), name, node.css_first(".rules"))
    for field in tree.css("textarea, .scale input"):
        field.attrs["name"] = f"{prefix}{field.attributes.get('id') or ''}"
    for number, box in enumerate(tree.css(".tick input"), start=1):
        box.attrs["name"] = f"{prefix}tick-{number}"
        box.attrs["title"] = _text(box.parent)


def _link(link: Any, resolve: Callable[[str], str | None]) -> None:
    target = link.attributes.get("href") or ""
    found = target if target.startswith(("tel:", "sms:", "mailto:")) else resolve(target)
    if found is None:
        link.unwrap()
    else:
        link.attrs["href"] = found


def _scale(field: Any) -> None:
    """Make a scale one to circle on paper; on a screen, a field takes the number."""
    label, line = field.css_first("label"), field.css_first("ol")
    if label is None or line is None:
        return
    identifier = label.attributes.get("for") or ""
    numbers = [_text(item) for item in line.css("li")]
    steps = "".join(f"<span>{escape(number)}</span> " for number in numbers)
    named = f"{_text(label)} ({numbers[0]}–{numbers[-1]})" if numbers else _text(label)
    box = f'<input type="text" id="{escape(identifier)}" maxlength="3" title="{escape(named)}">'
    fresh = LexborHTMLParser(f'<body><p class="steps">{steps}{box}</p></body>').css_first("p")
    if fresh is not None:
        line.replace_with(fresh)


def _write(field: Any, name: str, rules: Any) -> None:
    """Lay a field over the lines to write on: a pen finds the lines, a keyboard the field."""
    if field is None or not name or rules is None:
        return
    identifier, rows = field.attributes.get("id") or "", field.attributes.get("rows") or "1"
    box = f'<textarea id="{escape(identifier)}" rows="{escape(rows)}" title="{escape(name)}"></textarea>'
    fresh = LexborHTMLParser(f'<body><div class="lines">{"<i></i>" * len(rules.css("i"))}{box}</div></body>')
    lines = fresh.css_first(".lines")
    if lines is not None:
        field.replace_with(lines)
        rules.decompose(recursive=True)


def _describe(drawing: Any) -> None:
    """Put all that is said of a drawing into its title, which is what becomes its description in a PDF."""
    title, words = drawing.css_first("title"), drawing.css_first("desc")
    if title is not None and words is not None:
        title.inner_html = str(escape(f"{_text(title).rstrip('.')}. {_text(words)}"))


def _text(node: Any) -> str:
    return " ".join((node.text(separator=" ") if node is not None else "").split())

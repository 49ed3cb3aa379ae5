"""Raw HTML: elements and comments that are closed, and language codes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handbook.model.page import Code, Html
from handbook.reading.raw_html import read_tags
from handbook.rules.registry import Hit, Scope, Text, rule
from handbook.rules.safety import closed_unopened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handbook.model.page import Page
    from handbook.model.project import Project

VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
})  # fmt: skip
OPTIONAL_END = frozenset({
    "li", "p", "td", "th", "tr", "dt", "dd", "option", "thead", "tbody", "tfoot", "colgroup", "rt", "rp", "html",
    "body", "head", "optgroup",
})  # fmt: skip
SVG_OR_MATH = frozenset({"svg", "math"})


@rule(
    "STR133",
    "unclosed-html",
    Scope.PAGE,
    bad='<span lang="nl">huisarts',
    good='<span lang="nl">huisarts</span>',
    en=Text(
        "An HTML element is opened and not closed, or closed and not opened.",
        "What follows it changes its looks, its language or its place.",
    ),
    nl=Text(
        "Een HTML-element wordt geopend en niet gesloten, of gesloten en niet geopend.",
        "Wat erna komt, verandert van vorm, taal of plaats.",
    ),
)
def unclosed_html(page: Page, project: Project) -> Iterator[Hit]:
    """Pair start and end tags of raw HTML over the page, outside code.

    Lines that are indented far are code for CommonMark, and HTML for the site where an element is open; what only is
    wrong in one of the two readings is not certain. Where a project says which HTML it allows, an end tag by which a
    page breaks out of its place is a finding of its own.
    """
    if page.opaque or (not page.html and "</" not in page.text):
        return
    told = frozenset(closed_unopened(project.fragments.get(page.path, ""))) if project.settings.html else frozenset()
    found = list(_unpaired(_tags(page, indented=False), told))
    if found and any(isinstance(block, Code) and not block.fenced for block in page.blocks):
        other = set(_unpaired(_tags(page, indented=True), told))
        found = [one for one in found if one in other]
    for line, message, hint in found:
        yield Hit(page.path, line, message, hint)


def _unpaired(tags: Iterable[tuple[str, int, bool]], told: frozenset[str]) -> Iterator[tuple[int, str, str]]:
    """Yield line, message and hint for every tag without its partner, but for end tags with a name in `told`."""
    stack: list[tuple[str, int]] = []
    foreign = 0
    for tag, line, closing in tags:
        if tag in SVG_OR_MATH:
            foreign += -1 if closing else 1
        if foreign > 0 or tag in VOID or tag in OPTIONAL_END or tag in SVG_OR_MATH:
            continue
        if not closing:
            stack.append((tag, line))
        elif any(name == tag for name, _ in stack):
            while stack:
                name, opened = stack.pop()
                if name == tag:
                    break
                yield opened, f"<{name}> is opened here and not closed before </{tag}>", f"Add </{name}>."
        elif tag not in told:
            yield line, f"</{tag}> closes something that was not opened", f"Remove it, or add <{tag}> before it."
    for name, opened in stack:
        yield opened, f"<{name}> is opened here and never closed", f"Add </{name}>."


def _tags(page: Page, *, indented: bool) -> Iterator[tuple[str, int, bool]]:
    """Read every raw tag of the page in order, code left out; with `indented`, tags in code that has no fence, too."""
    if "<" not in page.text:
        return
    lines = page.text.split("\n")
    for number in range(min(page.front_matter.end, len(lines))):
        lines[number] = ""
    for block in page.blocks:
        if isinstance(block, Code) and (block.fenced or not indented):
            for number in range(block.line - 1, min(block.end, len(lines))):
                lines[number] = ""
    text = _without_code_spans("\n".join(lines))
    for tag in read_tags(text, 1):
        if tag.tag and re.fullmatch(r"[a-z][a-z0-9-]*", tag.tag) and _is_html(tag.tag):
            yield tag.tag, tag.line, tag.closing


KNOWN_ELEMENTS = frozenset({
    "a", "abbr", "address", "article", "aside", "audio", "b", "bdi", "bdo", "big", "blockquote", "button", "canvas",
    "caption", "center", "cite", "code", "data", "dd", "del", "details", "dfn", "dialog", "div", "dl", "dt", "em",
    "fieldset", "figcaption", "figure", "font", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "i",
    "iframe", "ins", "kbd", "label", "legend", "main", "map", "mark", "math", "menu", "meter", "nav", "object", "ol",
    "output", "picture", "pre", "progress", "q", "ruby", "s", "samp", "script", "section", "select", "small", "span",
    "strike", "strong", "style", "sub", "summary", "sup", "svg", "table", "template", "textarea", "time", "u", "ul",
    "var", "video",
})  # fmt: skip


def _is_html(tag: str) -> bool:
    return tag in KNOWN_ELEMENTS or tag in VOID or tag in OPTIONAL_END


CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)


def _without_code_spans(text: str) -> str:
    """Empty code spans, which never cross a blank line."""
    if "`" not in text:
        return text
    return "\n\n".join(
        CODE_SPAN.sub(lambda match: "\n" * match.group(0).count("\n"), part) for part in text.split("\n\n")
    )


@rule(
    "STR134",
    "unclosed-comment",
    Scope.PAGE,
    bad="<!-- to do",
    good="<!-- to do -->",
    en=Text("An HTML comment is not closed.", "Everything after it disappears from the page."),
    nl=Text("Een HTML-commentaar wordt niet gesloten.", "Alles wat erna komt, verdwijnt van de pagina."),
)
def unclosed_comment(page: Page, _project: Project) -> Iterator[Hit]:
    """Report `<!--` without `-->`."""
    for block in page.blocks:
        if isinstance(block, Html) and block.text.lstrip().startswith("<!--") and "-->" not in block.text:
            yield Hit(
                page.path,
                block.line,
                "this comment is not closed, so the rest of the page is lost",
                "Close it with -->.",
            )


@rule(
    "STR136",
    "invalid-language-code",
    Scope.PAGE,
    bad='<span lang="dutch">huisarts</span>',
    good='<span lang="nl">huisarts</span>',
    en=Text("A `lang` attribute holds no language code.", "A screen reader reads the words with the wrong voice."),
    nl=Text("Een `lang`-attribuut bevat geen taalcode.", "Een schermlezer leest de woorden met de verkeerde stem."),
)
def invalid_language_code(page: Page, _project: Project) -> Iterator[Hit]:
    """Report values that are no language tag."""
    for element in page.html:
        for name in ("lang", "hreflang"):
            value = element.attributes.get(name)
            if name in element.attributes and not re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", value or ""):
                message = f'{name}="{value or ""}" is no language code'
                yield Hit(page.path, element.line, message, "Use a code such as nl or en.")

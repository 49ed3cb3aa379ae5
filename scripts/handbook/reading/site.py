"""The published site: every HTML file of `site/` reduced to what rules ask about.

selectolax parses a page in a fraction of a millisecond; queries run in C, and only the elements they find become Python
objects. Lines are not known here; a finding carries the text it is about, and the line is looked up when it is printed.
"""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from handbook.model.project import FileProblem
from handbook.model.site import PAINTS, BuiltElement, BuiltPage, BuiltSite, SitemapEntry
from handbook.reading.shelf import PLACE, shelve, stow, take
from handbook.reading.sources import LARGEST_FILE, walk_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from selectolax.lexbor import LexborNode

    from handbook.reading.cache import RenderCache

REFERENCES = ("href", "src", "srcset", "poster", "action", "formaction", "data", "xlink:href")
REFERRING = "[href],[src],[srcset],[poster],[action],[formaction],object[data]"
PAINTED = ",".join(f'[{name}*="url("]' for name in PAINTS)
ID_REFERENCES = (
    "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details", "aria-errormessage",
    "aria-flowto", "aria-activedescendant", "for", "headers", "list", "form", "popovertarget",
)  # fmt: skip
ID_REFERRING = ",".join(f"[{name}]" for name in ID_REFERENCES)
LABELS = ("title", "aria-label", "placeholder", "aria-description", "aria-roledescription")
LABELLED = ",".join(f"[{name}]" for name in LABELS)
INTERFACE = "button,label,summary,legend,nav a,header a,footer a,footer p,footer span,header span,nav h2,nav p"
LONGEST_PHRASE = 400
"""The interface says whole sentences, too; what is longer is a text."""
INLINE = "script:not([src]),style,[style]"
DATA_SCRIPTS = frozenset({"application/json", "application/ld+json", "text/template", "text/plain", "speculationrules"})
HANDLER = re.compile(r"<[a-z][^<>]*?\s(on[a-z]+)\s*=", re.IGNORECASE)
MARKUP = re.compile(
    r"\[[^\[\]\n<>]{1,80}\]\([^()\s<>]+\)"  # a link
    r"|\[[^\[\]\n<>^@]{1,80}[a-z][^\[\]\n<>]*\]\[[^\[\]\n<>]{1,60}\]"  # a reference
    r"|\[\^[^\[\]\s<>]{1,40}\]"  # a footnote
    r"|\[@[A-Za-z][\w.:-]*(?:;[^\]\n<>]*)?\]"  # a citation
    r"|\{\{[^{}\n<>]{1,120}\}\}"  # a placeholder
    r"|(?:^|(?<=>))\s*(?:!!!|\?\?\?\+?) ?[a-z-]+"  # a callout, at the beginning of a line or after a tag
    r"|(?:^|(?<=>))\s*#{1,6} \w[^\n]*"  # a heading, likewise
    r"|(?<![\w*])\*\*\w[^*\n<>]{0,120}\*\*"  # bold
    r"|\{:?\s*[#.][\w-]+[^{}\n<>]{0,80}\}",  # an attribute list
    re.MULTILINE | re.IGNORECASE,
)
IN_STYLE = re.compile(r"""url\(\s*['"]?([^'")\s]+)|@import\s+['"]([^'"]+)""")
PHRASE = re.compile(r'"[a-z._]+": "([^"#]+)"')
EXTENSION_WORDS = frozenset({"Permanent link", "Table of Contents", "Jump back to footnote 1 in the text"})
"""What Python-Markdown's own extensions write into pages of every language."""
REFRESH = re.compile(r"""\s*[\d.]*\s*[;,\s]\s*(?:url\s*=\s*)?['"]?([^'"]*?)['"]?\s*""", re.IGNORECASE)
UNNAMED = "a[href]"


def read_site(
    root: Path, directory: Path, theme: str = "", languages: Sequence[str] = (), cache: RenderCache | None = None
) -> BuiltSite:
    """Read every file of the built site."""
    pages: list[BuiltPage] = []
    files: set[str] = set()
    sheets: list[tuple[str, tuple[str, ...]]] = []
    sitemap: tuple[SitemapEntry, ...] | None = None
    sitemap_error = ""
    base = directory.relative_to(root).as_posix() if directory.is_relative_to(root) else str(directory)
    for path, found in walk_files(directory, directory):
        files.add(path)
        if isinstance(found, FileProblem):
            continue
        if path.endswith((".html", ".htm")):
            text = _read(found)
            if text is not None:
                pages.append(_remembered(text, f"{base}/{path}", path, len(pages), cache))
        elif path.endswith(".css"):
            text = _read(found)
            sheets.append((f"{base}/{path}", addresses_in_style(text or "")))
        elif path == "sitemap.xml":
            text = _read(found)
            if text is None:
                sitemap_error = "it cannot be read"
            else:
                sitemap = read_sitemap(text)
    words = {language: theme_words(theme, language) for language in languages}
    return BuiltSite(base, tuple(pages), frozenset(files), sitemap, sitemap_error, tuple(sheets), words)


def addresses_in_style(text: str) -> tuple[str, ...]:
    """Return every address that a style sheet loads something from, as it is written there."""
    return tuple(one or other for one, other in IN_STYLE.findall(text))


def _remembered(html: str, path: str, below_site: str, place: int, cache: RenderCache | None) -> BuiltPage:
    """Reduce one HTML file, or take what was made of the same before, in whatever folder the site then was."""
    recipe = f"published\x00{below_site}"
    known = cache.get_value(recipe, html) if cache else None
    if known is not None:
        outline, parcels = known
        outline = tuple(path if name == "path" else value for name, value in zip(PLACE, outline, strict=True))
        return take(BuiltPage, (outline, parcels), place)
    page = read_built_page(html, path, below_site)
    stowed = stow(page) if cache else None
    if cache and stowed:
        cache.put_value(recipe, html, stowed)
    return shelve(page, place, stowed)


def theme_words(theme: str, language: str) -> frozenset[str]:
    """Read the words of Material's interface in a language from the installed theme, which is not imported."""
    spec = find_spec(theme) if theme == "material" else None
    for folder in spec.submodule_search_locations or () if spec else ():
        file = Path(folder) / "templates" / "partials" / "languages" / f"{language}.html"
        if file.is_file():
            words = frozenset(phrase for phrase in PHRASE.findall(file.read_text(encoding="utf-8")) if " " in phrase)
            return words | EXTENSION_WORDS if language == "en" else words
    return frozenset()


def _read(file: Path) -> str | None:
    try:
        data = file.read_bytes()
    except OSError:
        return None
    return data.decode("utf-8", errors="replace") if len(data) <= 4 * LARGEST_FILE else None


def read_sitemap(text: str) -> tuple[SitemapEntry, ...]:
    """Read the addresses of a sitemap. An HTML parser reads it, because it never fails and expands no entities."""
    entries: list[SitemapEntry] = []
    for node in LexborHTMLParser(text).css("url"):
        loc = node.css_first("loc")
        alternates = tuple(
            (link.attributes.get("hreflang") or "", link.attributes.get("href") or "")
            for link in node.css("[hreflang]")
        )
        entries.append(SitemapEntry((loc.text() if loc else "").strip(), alternates))
    return tuple(entries)


def read_built_page(html: str, path: str, below_site: str) -> BuiltPage:
    """Reduce one HTML file."""
    tree = LexborHTMLParser(html)
    root = tree.css_first("html")
    head = tree.head
    ids = [value for node in tree.css("[id]") if (value := node.attributes.get("id"))]
    unique = frozenset(ids)
    repeated: tuple[str, ...] = ()
    if len(unique) < len(ids):
        seen: set[str] = set()
        repeated = tuple(dict.fromkeys(value for value in ids if value in seen or seen.add(value)))  # type: ignore[func-returns-value]
    names = frozenset(value for node in tree.css("a[name]") if (value := node.attributes.get("name")))
    title = tree.css_first("title")
    references, canonical, alternates = _references(tree)
    parts_of_page = len(tree.css("[lang]")) > 1
    language = (root.attributes.get("lang") or "") if root else ""
    return BuiltPage(
        path=path,
        url=_url(below_site),
        language=language,
        title=(title.text() if title else "").strip(),
        ids=unique | names,
        repeated_ids=repeated,
        references=(*references, *_paints(tree, html)),
        id_references=tuple(_id_references(tree)),
        inline_code=tuple(_inline_code(tree, html)),
        canonical=canonical,
        alternates=alternates,
        phrases=tuple(_phrases(tree, language, nested=parts_of_page)),
        images_without_alt=tuple(
            BuiltElement("img", "src", node.attributes.get("src") or "")
            for node in tree.css("img:not([alt])")
            if node.attributes.get("aria-hidden") != "true" and node.attributes.get("role") != "presentation"
        ),
        unnamed_links=tuple(_unnamed(tree)),
        literal_markup=tuple(_literal_markup(tree, html)),
        generated=_meta(head, 'meta[name="robots"]', "noindex") or below_site.endswith("404.html"),
        refresh=_refresh(tree),
    )


def _url(below_site: str) -> str:
    return below_site.removesuffix("index.html") if f"/{below_site}".endswith("/index.html") else below_site


def _meta(head: LexborNode | None, selector: str, word: str) -> bool:
    node = head.css_first(selector) if head else None
    return node is not None and word in (node.attributes.get("content") or "")


def _refresh(tree: LexborHTMLParser) -> str:
    """Find where a page leads by itself; browsers obey that anywhere on a page, and without the word `url` as well."""
    node = tree.css_first('meta[http-equiv="refresh" i]')
    content = (node.attributes.get("content") or "") if node else ""
    found = REFRESH.fullmatch(content)
    return found[1] if found else ""


def _references(tree: LexborHTMLParser) -> tuple[tuple[BuiltElement, ...], str, tuple[tuple[str, str], ...]]:
    found: list[BuiltElement] = []
    canonical = ""
    alternates: list[tuple[str, str]] = []
    for node in tree.css(REFERRING):
        tag = node.tag or ""
        attributes = node.attributes
        if tag == "link":
            relation = (attributes.get("rel") or "").lower().split()
            if "canonical" in relation:
                canonical = attributes.get("href") or ""
                continue
            if "alternate" in relation and attributes.get("hreflang"):
                alternates.append((attributes["hreflang"] or "", attributes.get("href") or ""))
                continue
            tag = "link " + " ".join(relation)
        for name in REFERENCES:
            if name in attributes and not (name == "data" and tag != "object"):
                found.extend(_split(tag, name, attributes[name] or "", attributes.get("hreflang") or ""))
    return tuple(found), canonical, tuple(alternates)


def _paints(tree: LexborHTMLParser, html: str) -> Iterator[BuiltElement]:
    """Yield what drawings take from another place than their own page."""
    for node in tree.css(PAINTED) if "url(" in html else ():
        for name in PAINTS:
            for address in addresses_in_style(node.attributes.get(name) or ""):
                if not address.startswith("#"):
                    yield BuiltElement(node.tag or "", name, address)


def _split(tag: str, name: str, value: str, language: str) -> Iterator[BuiltElement]:
    if name == "srcset":
        for part in value.split(","):
            if part.split():
                yield BuiltElement(tag, name, part.split()[0])
    else:
        yield BuiltElement(tag, name, value.strip(), language=language)


def _id_references(tree: LexborHTMLParser) -> Iterator[BuiltElement]:
    for node in tree.css(ID_REFERRING):
        attributes = node.attributes
        for name in ID_REFERENCES:
            value = attributes.get(name)
            if name in {"list", "form", "for"} and node.tag not in {
                "input",
                "label",
                "output",
                "button",
                "select",
                "textarea",
            }:
                continue
            for part in (value or "").split():
                yield BuiltElement(node.tag or "", name, part)


def _inline_code(tree: LexborHTMLParser, html: str) -> Iterator[BuiltElement]:
    for node in tree.css(INLINE):
        attributes = node.attributes
        tag = node.tag or ""
        if tag == "script":
            if (attributes.get("type") or "").lower() not in DATA_SCRIPTS:
                yield BuiltElement("script", "", (node.text() or "").strip()[:60])
        elif tag == "style":
            yield BuiltElement("style", "", (node.text() or "").strip()[:60])
        if "style" in attributes:
            yield BuiltElement(tag, "style", (attributes["style"] or "")[:60])
    if HANDLER.search(html):
        for node in tree.root.traverse() if tree.root else ():
            for name, value in node.attributes.items():
                if name.startswith("on"):
                    yield BuiltElement(node.tag or "", name, (value or "")[:60])


def _phrases(tree: LexborHTMLParser, language: str, *, nested: bool) -> Iterator[BuiltElement]:
    for node in tree.css(LABELLED):
        attributes = node.attributes
        for name in LABELS:
            value = (attributes.get(name) or "").strip()
            if value:
                yield BuiltElement(node.tag or "", name, value, language=_language(node, language, nested=nested))
    for node in tree.css(INTERFACE):
        text = " ".join((node.text() or "").split())
        if text and len(text) <= LONGEST_PHRASE:
            yield BuiltElement(node.tag or "", "", text, language=_language(node, language, nested=nested))


def _language(node: LexborNode, default: str, *, nested: bool) -> str:
    """Find the language of the nearest element that names one."""
    if not nested:
        return default
    current: LexborNode | None = node
    while current is not None:
        value = current.attributes.get("lang") or current.attributes.get("hreflang")
        if value:
            return value
        current = current.parent
    return default


def _unnamed(tree: LexborHTMLParser) -> Iterator[BuiltElement]:
    for node in tree.css(UNNAMED):
        if (node.text() or "").strip():
            continue
        attributes = node.attributes
        if attributes.get("aria-label") or attributes.get("aria-labelledby") or attributes.get("title"):
            continue
        if attributes.get("aria-hidden") == "true" or attributes.get("tabindex") == "-1":
            continue
        if any((inner.attributes.get("alt") or "").strip() for inner in node.css("img")) or node.css_first(
            "[aria-label],svg title"
        ):
            continue
        yield BuiltElement("a", "href", attributes.get("href") or "")


def _literal_markup(tree: LexborHTMLParser, html: str) -> Iterator[str]:
    if not MARKUP.search(html):
        return
    main = tree.css_first("article") or tree.css_first("main") or tree.body
    if main is None:
        return
    for node in main.css("pre,code,kbd,samp,script,style,textarea,svg,[data-literal],.highlight,.arithmatex"):
        node.decompose()
    for match in MARKUP.finditer(main.text(separator="\n") or ""):
        yield " ".join(match.group(0).split())

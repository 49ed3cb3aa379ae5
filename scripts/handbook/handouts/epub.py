"""The handbook of a language as an EPUB 3: for e-readers and phones, in the reader's own letters and size.

The same chapters as the printed book, as XHTML. The same content gives the same bytes: files are in a fixed order and
bear no time.
"""

from __future__ import annotations

import io
import uuid
import zipfile
from html import escape
from typing import TYPE_CHECKING, Any, Final

from selectolax.lexbor import LexborHTMLParser

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from handbook.handouts.papers import Chapter, Papers

MIMETYPE: Final = "application/epub+zip"
EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
"""The oldest moment a zip file can name; here it stands for none."""
VOID: Final = frozenset({"br", "hr", "img", "input", "col", "wbr", "link", "meta", "source"})
SVG: Final = "http://www.w3.org/2000/svg"
CONTAINER: Final = """\
<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


def address(chapter: str, fragment: str) -> str:
    """Return a link to a place in a chapter, from any other chapter."""
    return f"{chapter}.xhtml#{fragment}" if fragment else f"{chapter}.xhtml"


def make_epub(papers: Papers, language: str, style: str) -> bytes:
    """Return the book of a language; `style` is its style sheet."""
    chapters = papers.chapters(language, address=address)
    cover = papers.render("cover.xhtml", language, chapters=chapters)
    documents = {"cover": cover, "nav": papers.render("nav.xhtml", language, groups=list(groups(chapters)))}
    for chapter in chapters:
        parts = [(part, as_xhtml(part.html)) for part in chapter.parts]
        documents[chapter.id] = papers.render("chapter.xhtml", language, chapter=chapter, parts=parts)
    files = {
        "META-INF/container.xml": CONTAINER,
        "EPUB/package.opf": "",
        "EPUB/style.css": style,
        **{f"EPUB/{name}.xhtml": text for name, text in documents.items()},
    }
    identifier = uuid.uuid5(uuid.NAMESPACE_URL, "\n".join(files.values())).urn
    dates = [chapter.view.checked for chapter in chapters if chapter.view.checked]
    files["EPUB/package.opf"] = papers.render(
        "package.opf",
        language,
        identifier=identifier,
        modified=f"{max(dates).isoformat() if dates else '1980-01-01'}T00:00:00Z",
        documents=[(name, "<svg" in text) for name, text in documents.items()],
        reading_order=["cover", "nav", *(chapter.id for chapter in chapters)],
    )
    return zipped({"mimetype": MIMETYPE.encode(), **{name: text.encode() for name, text in files.items()}})


def groups(chapters: Sequence[Chapter]) -> Iterator[tuple[Chapter, list[Chapter]]]:
    """Yield each part of the book: its first chapter, and those that belong to it."""
    found: list[tuple[Chapter, list[Chapter]]] = []
    for chapter in chapters:
        if chapter.level == 1 or not found:
            found.append((chapter, []))
        else:
            found[-1][1].append(chapter)
    yield from found


def zipped(files: Mapping[str, bytes], *, stored: Iterable[str] = ("mimetype",)) -> bytes:
    """Return a zip file of some files, in their order and without any time; `stored` are not compressed."""
    plain = frozenset(stored)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, EARLIEST)
            info.compress_type = zipfile.ZIP_STORED if name in plain else zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, content, compresslevel=9)
    return buffer.getvalue()


def as_xhtml(html: str) -> str:
    """Return a piece of HTML as the XML that e-readers take."""
    body = LexborHTMLParser(f"<body>{html}</body>").body
    return "".join(_written(child) for child in body.iter(include_text=True)) if body is not None else ""


def _written(node: Any) -> str:
    if node.tag == "-text":
        return _clean(node.text_content or "", quote=False)
    if node.tag.startswith(("-", "!")):
        return ""
    inside = "".join(_written(child) for child in node.iter(include_text=True))
    if not _is_name(node.tag):
        return inside
    given = {name: name if value is None else value for name, value in node.attributes.items() if _is_name(name)}
    if node.tag == "svg":
        given["xmlns"] = SVG
    attributes = "".join(f' {name}="{_clean(value)}"' for name, value in given.items())
    if not inside and node.tag in VOID:
        return f"<{node.tag}{attributes}/>"
    return f"<{node.tag}{attributes}>{inside}</{node.tag}>"


def _is_name(name: str) -> bool:
    """Tell whether XML takes this as the name of an element or an attribute; HTML takes nearly everything."""
    return name[:1].isalpha() and name.isascii() and name.replace("-", "").replace("_", "").isalnum()


def _clean(text: str, *, quote: bool = True) -> str:
    """Escape a text and leave out what cannot stand in XML at all."""
    allowed = (
        sign
        for sign in text
        if sign in "\t\n\r" or " " <= sign < "\ud800" or "\ue000" <= sign < "\ufffe" or sign > "\uffff"
    )
    return escape("".join(allowed), quote=quote)

"""Reads a PDF that was just printed and tells what a screen reader, a phone or a printer would miss in it.

Everything is compared with the HTML that the PDF was printed from, so nothing can get lost on the way: the language,
the title, the order of headings, the words of drawings, the names of fields, the bookmarks, the fonts, and in a book
the page on which each chapter begins.
"""

from __future__ import annotations

import io
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from selectolax.lexbor import LexborHTMLParser

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handbook.handouts.papers import Paper

FAMILY: Final = "Atkinson"
A4: Final = [0, 0, 595, 842]
HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
IN_BOOKMARKS: Final = {"book": ".chapter h1, .chapter h2", "": "h1, h2, h3, h4, h5, h6"}
FIELDS: Final = "textarea, input"


@dataclass(frozen=True, slots=True)
class Line:
    """A line with a link in it: the page it stands on, from where to where in points, and the page it leads to."""

    page: int
    bottom: float
    top: float
    target: int


def faults(pdf: bytes, paper: Paper) -> Iterator[str]:
    """Yield what is wrong with a paper's PDF, a sentence each, without a full stop."""
    import pikepdf  # noqa: PLC0415  (for those who print)

    source = LexborHTMLParser(paper.html)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        yield from _about_itself(document, paper)
        if "/StructTreeRoot" not in document.Root:
            yield "the PDF has no tags"
            return
        found = list(_elements(document.Root.StructTreeRoot))
        yield from _headings(found, source, first=2 if paper.section else 1)
        yield from _drawings(found, source)
        yield from _tables(found)
        yield from _bookmarks(document, source)
        yield from _fonts(document)
        yield from _links(document)
        yield from _fields(document, found, source)
        if paper.section and len(document.pages) != 1:
            yield "this worksheet does not fit on one sheet of paper"
        if sizes := {str([round(float(side)) for side in page.MediaBox]) for page in document.pages} - {str(A4)}:
            yield f"a sheet is not A4 but {min(sizes)}"
        targets = _contents(document)
    yield from _text(pdf, source, paper, targets)


def _about_itself(document: Any, paper: Paper) -> Iterator[str]:
    root = document.Root
    if not bool(root.get("/MarkInfo", {}).get("/Marked", False)):
        yield "the PDF does not say that it is tagged"
    if str(root.get("/Lang", "")) != paper.language:
        yield f"the PDF says that its language is {str(root.get('/Lang', '')) or 'none'}, not {paper.language}"
    if not bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)):
        yield "a window would show the name of the file and not the title"
    with document.open_metadata() as data:
        if data.get("pdfuaid:part") != "1":
            yield "the PDF does not say that it is PDF/UA-1"
        titles = {_plain(str(data.get("dc:title", ""))), _plain(str(document.docinfo.get("/Title", "")))}
        if titles != {_plain(paper.title)}:
            yield f"the title is {' and '.join(sorted(titles)) or 'empty'}, not {paper.title}"


def _elements(node: Any) -> Iterator[Any]:
    """Yield the elements of the structure tree in the order in which they are read aloud."""
    import pikepdf  # noqa: PLC0415

    children = node.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from _elements(child)


def _headings(found: Sequence[Any], source: LexborHTMLParser, first: int) -> Iterator[str]:
    written = [HEADINGS.index(node.tag or "") + 1 for node in source.css(",".join(HEADINGS))]
    levels = [int(str(one.S)[2]) for one in found if str(one.S)[1:].lower() in HEADINGS]
    if levels != written:
        yield f"{len(written)} headings were written, and {len(levels)} are tagged, or in another order"
    if not levels or levels[0] != first or any(later > earlier + 1 for earlier, later in pairwise(levels)):
        yield "a heading is missing between two levels"


def _drawings(found: Sequence[Any], source: LexborHTMLParser) -> Iterator[str]:
    written = Counter(_plain(title.text()) for title in source.css("svg > title"))
    said = Counter(_plain(str(one.get("/Alt", ""))) for one in found if one.S == "/Figure")
    if "" in said or len(source.css("svg")) != said.total():
        yield "a drawing has no words"
    elif said != written:
        yield f"a drawing lost its words: {min(written - said or said - written)}"
    if not source.css("svg.qr"):
        yield "there is no QR code"


def _tables(found: Sequence[Any]) -> Iterator[str]:
    if any(one.S == "/TD" and not one.get("/A", {}).get("/Headers") for one in found):
        yield "a cell of a table names no heading"


def _bookmarks(document: Any, source: LexborHTMLParser) -> Iterator[str]:
    book = "book" if source.css_first("body.book") is not None else ""
    written = [_plain(node.text()) for node in source.css(IN_BOOKMARKS[book])]
    with document.open_outline() as outline:
        items = list(_below(outline.root))
    if [_plain(item.title) for item in items] != written:
        yield "the bookmarks are not the headings"
    if any(not item.destination and not item.action for item in items):
        yield "a bookmark leads nowhere"


def _below(items: Sequence[Any]) -> Iterator[Any]:
    for item in items:
        yield item
        yield from _below(item.children)


def _fonts(document: Any) -> Iterator[str]:
    import pikepdf  # noqa: PLC0415

    names = []
    for one in document.objects:
        if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor":
            names.append(str(one.FontName))
            if not any(key in one for key in ("/FontFile", "/FontFile2", "/FontFile3")):
                yield f"the font {str(one.FontName).lstrip('/')} is not in the file"
    if foreign := [name for name in names if FAMILY not in name] or not names:
        yield f"a font is not ours: {foreign[0].lstrip('/') if foreign is not True else 'there is none'}"


def _links(document: Any) -> Iterator[str]:
    for page in document.pages:
        for note in page.get("/Annots", []):
            if note.Subtype == "/Link" and ("/StructParent" not in note or not str(note.get("/Contents", ""))):
                yield "a link has no name or no place in the structure"
                return


def _fields(document: Any, found: Sequence[Any], source: LexborHTMLParser) -> Iterator[str]:
    fields = list(document.Root.get("/AcroForm", {}).get("/Fields", []))
    written = source.css(FIELDS)
    if len(fields) != len(written):
        yield f"{len(written)} fields to fill in were written, and {len(fields)} can be filled in"
    names = [_plain(str(one.get("/TU", ""))) for one in fields]
    if Counter(names) != Counter(_plain(node.attributes.get("title") or "") for node in written) or "" in names:
        yield "a field does not say what belongs in it"
    if len({str(one.get("/T", "")) for one in fields}) != len(fields):
        yield "two fields have one name: who fills in one fills in both"
    tagged = [one for one in found if one.S == "/Form"]
    if len(tagged) != len(fields) or any("/StructParent" not in one for one in fields):
        yield "a field has no place in the structure"
    if any(page.get("/Tabs") != "/S" for page in document.pages):
        yield "the tab key does not follow the order of reading"


def _contents(document: Any) -> list[Line]:
    """Return the links to chapters of a book, in their order; those in its contents come first."""
    names = {}
    tree = document.Root.get("/Names", {}).get("/Dests", {}).get("/Names", [])
    pages = {page.objgen: number for number, page in enumerate(document.pages, start=1)}
    for name, target in zip(tree[::2], tree[1::2], strict=True):
        names[str(name)] = pages.get(target[0].objgen, 0)
    links = []
    for number, page in enumerate(document.pages, start=1):
        for note in page.get("/Annots", []):
            name = str(note.get("/Dest", ""))
            if name[:1] == "c" and name[1:].isdecimal():
                heights = [float(note.Rect[1]), float(note.Rect[3])]
                links.append(Line(number, min(heights), max(heights), names.get(name, 0)))
    return links


def _text(pdf: bytes, source: LexborHTMLParser, paper: Paper, targets: Sequence[Line]) -> Iterator[str]:
    """Tell whether the words are real text, and whether the contents of a book name the right pages."""
    import pypdfium2  # noqa: PLC0415

    document = pypdfium2.PdfDocument(pdf)
    try:
        first = _plain(document[0].get_textpage().get_text_range())
        if _plain(paper.title).replace(" ", "") not in first.replace(" ", ""):
            yield "the title cannot be read as text on the first page"
        listed = source.css(".contents li")
        if not listed:
            return
        right = []
        for line in targets[: len(listed)]:
            words = document[line.page - 1].get_textpage().get_text_bounded(bottom=line.bottom, top=line.top).split()
            right.append(words[-1:] == [str(line.target)])
        if len(right) != len(listed) or not all(right):
            yield "the contents name a page on which that chapter does not begin"
    finally:
        document.close()


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))

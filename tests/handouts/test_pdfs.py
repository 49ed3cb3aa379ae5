"""What a PDF tells a screen reader, and what stands on its sheets."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2
import pytest
import zxingcpp

from tests.handouts.conftest import make_handouts, need_press, some_pages
from tests.handouts.twice import differences

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAPERS = {
    "page en": "en/needs/boundaries/boundaries.pdf",
    "page nl": "nl/needs/grenzen/grenzen.pdf",
    "worksheet en": "en/needs/boundaries/worksheet-w11.pdf",
    "worksheet nl": "nl/change/in-tweestrijd/worksheet-w13.pdf",
    "therapists en": "en/therapists/interpersonal-messages/interpersonal-messages.pdf",
    "book en": "en/secure-base.pdf",
    "book nl": "nl/veilige-basis.pdf",
}
every_paper = pytest.mark.parametrize("name", PAPERS.values(), ids=list(PAPERS))


def elements(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Yield the elements of the structure tree in reading order."""

    def below(node: Any) -> Iterator[Any]:
        children = node.get("/K", [])
        for child in children if isinstance(children, pikepdf.Array) else [children]:
            if isinstance(child, pikepdf.Dictionary) and "/S" in child:
                yield child
                yield from below(child)

    yield from below(pdf.Root.StructTreeRoot)


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    return unicodedata.normalize("NFC", "\n".join(page.get_textpage().get_text_range() for page in document))


@cache
def open_paper(folder: Path, name: str) -> pikepdf.Pdf:
    return pikepdf.open(folder / name)


@every_paper
def test_a_pdf_says_that_it_is_tagged_in_which_language_and_what_it_is_called(handouts: Path, name: str) -> None:
    pdf = open_paper(handouts, name)
    assert bool(pdf.Root.MarkInfo.Marked)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert str(pdf.Root.Lang) == name[:2]
    with pdf.open_metadata() as data:
        assert data["pdfuaid:part"] == "1"
        assert data["dc:title"] == str(pdf.docinfo["/Title"])
        assert data["dc:title"]
        assert not [key for key in data if "date" in key.lower()]


@every_paper
def test_headings_are_headings_in_order(handouts: Path, name: str) -> None:
    levels = [int(str(one.S)[2]) for one in elements(open_paper(handouts, name)) if str(one.S)[1:2] == "H"]
    assert levels
    assert levels[0] == (2 if "worksheet" in name else 1)
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels)), levels


@every_paper
def test_every_drawing_says_what_it_shows(handouts: Path, name: str) -> None:
    figures = [one for one in elements(open_paper(handouts, name)) if one.S == "/Figure"]
    assert figures
    assert [one for one in figures if len(str(one.get("/Alt", ""))) < 5] == []


def test_the_interpersonal_circle_is_described_in_full(handouts: Path) -> None:
    pdf = open_paper(handouts, PAPERS["therapists en"])
    assert max(len(str(one.Alt)) for one in elements(pdf) if one.S == "/Figure") > 100


@every_paper
def test_bookmarks_lead_to_the_headings(handouts: Path, name: str) -> None:
    pdf = open_paper(handouts, name)
    with pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert titles
    if name == PAPERS["page en"]:
        with pdf.open_outline() as outline:
            within = [item.title for item in outline.root[0].children]
        assert titles[0] == "Boundaries"
        assert {"In short", "What can you do?", "When to get help"} <= set(within)


@every_paper
def test_every_font_is_ours_and_in_the_file(handouts: Path, name: str) -> None:
    fonts = {}
    for one in open_paper(handouts, name).objects:
        if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor":
            fonts[str(one.FontName)] = any(key in one for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    assert fonts
    assert all(fonts.values())
    assert [font for font in fonts if "Atkinson" not in font] == []


@every_paper
def test_tables_have_headings_that_their_cells_name(handouts: Path, name: str) -> None:
    cells = [one for one in elements(open_paper(handouts, name)) if one.S == "/TD"]
    assert [cell for cell in cells if not cell.A.get("/Headers")] == []
    if "interpersonal" in name:
        assert len(cells) >= 12


@every_paper
def test_every_link_stands_in_the_structure_and_is_named(handouts: Path, name: str) -> None:
    pdf = open_paper(handouts, name)
    links = [note for page in pdf.pages for note in page.get("/Annots", []) if note.Subtype == "/Link"]
    assert [note for note in links if not str(note.get("/Contents", "")) or "/StructParent" not in note] == []


@pytest.mark.parametrize("kind", ["page en", "page nl", "worksheet en", "worksheet nl", "book nl"])
def test_the_code_on_the_sheet_is_its_short_address(handouts: Path, kind: str) -> None:
    found = set()
    for page in pypdfium2.PdfDocument(handouts / PAPERS[kind]):
        found |= {code.text for code in zxingcpp.read_barcodes(page.render(scale=2).to_pil())}
    expected = {
        "page": {"https://secure-base.example/go/r9s9/"},
        "worksheet en": {"https://secure-base.example/go/r9s9/#worksheet-w11"},
        "worksheet nl": {"https://secure-base.example/go/g7q9/#worksheet-w13"},
        "book nl": {"https://secure-base.example/nl/"},
    }
    assert found == expected.get(kind, expected["page"])


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("page en", ("Not yet clinically reviewed", "22 November 2026", "999", "116 123", "page 1 of", "CC BY-SA 4.0")),
        (
            "page nl",
            ("Nog niet door een zorgverlener nagekeken", "22 november 2026", "112", "0800-0113", "pagina 1 van"),
        ),
        (
            "worksheet en",
            ("Worksheet: boundary sentences", "Not yet clinically reviewed", "secure-base.example/go/r9s9"),
        ),
    ],
)
def test_the_foot_says_where_from_when_and_whom_to_call(handouts: Path, kind: str, said: tuple[str, ...]) -> None:
    text = " ".join(text_of(handouts / PAPERS[kind]).split())
    assert [one for one in said if one not in text] == []


def test_worksheets_are_one_sheet_of_a4(handouts: Path) -> None:
    sheets = sorted(path for path in handouts.rglob("worksheet-*.pdf") if path.is_file())
    assert len(sheets) == 8
    for path in sheets:
        pdf = pikepdf.open(path)
        assert len(pdf.pages) == 1, path.name
        assert [round(float(side)) for side in pdf.pages[0].MediaBox] == [0, 0, 595, 842]


@pytest.mark.parametrize("kind", ["worksheet en", "worksheet nl"])
def test_a_worksheet_can_be_filled_in_and_each_field_says_what_it_is(handouts: Path, kind: str) -> None:
    pdf = open_paper(handouts, PAPERS[kind])
    fields = list(pdf.Root.AcroForm.Fields)
    assert len(fields) == (13 if kind == "worksheet en" else 3)
    assert [one for one in fields if len(str(one.get("/TU", ""))) < 5] == []
    assert len({str(one.T) for one in fields}) == len(fields)
    forms = [one for one in elements(pdf) if one.S == "/Form"]
    assert len(forms) == len(fields)


def test_the_contents_of_a_book_name_the_page_on_which_a_chapter_begins(handouts: Path) -> None:
    document = pypdfium2.PdfDocument(handouts / PAPERS["book en"])
    pages = [page.get_textpage().get_text_range() for page in document]
    contents = next(text for text in pages if text.startswith("Contents"))
    line = next(line for line in contents.splitlines() if line.startswith("Boundaries"))
    named = int(line.split()[-1])
    assert pages[named - 1].startswith("Boundaries")


def test_pages_of_a_book_lead_to_each_other(handouts: Path) -> None:
    pdf = open_paper(handouts, PAPERS["book en"])
    links = [note for page in pdf.pages for note in page.get("/Annots", []) if note.Subtype == "/Link"]
    within = {str(note.Dest) for note in links if "/Dest" in note}
    assert any(name.endswith("-worksheet-w06") or name.startswith("c") for name in within)
    outside = {str(note.A.URI).partition("#")[0] for note in links if "/A" in note}
    assert "https://secure-base.example/en/needs/boundaries/" not in outside


def test_the_same_pages_give_the_same_bytes_anywhere(handouts: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    need_press()
    place = tmp_path_factory.mktemp("somewhere else")
    fresh = {"XDG_CACHE_HOME": str(place / "remembered")}  # else pages come as the first build left them
    other = make_handouts(some_pages(place / "ö"), PYTHONHASHSEED="7", TZ="Asia/Tokyo", LC_ALL="C", **fresh)
    assert differences(handouts, other) == []
    kinds = Counter(path.suffix for path in other.rglob("*") if path.is_file())
    assert (kinds[".pdf"], kinds[".epub"], kinds[".zip"]) == (18, 2, 2)


def test_a_file_that_is_missing_or_has_other_bytes_is_named(tmp_path: Path) -> None:
    for folder, files in (("one", {"a": "1", "b": "1", "c": "1"}), ("other", {"a": "1", "b": "2", "d": "1"})):
        (tmp_path / folder).mkdir()
        for name, text in files.items():
            (tmp_path / folder / name).write_text(text)
    assert differences(tmp_path / "one", tmp_path / "other") == ["b", "c", "d"]

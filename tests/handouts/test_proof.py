"""Every PDF is read again once it is printed; here each thing that is read is spoilt on purpose."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

from handbook.handouts import press
from handbook.handouts.papers import Paper
from handbook.handouts.proof import faults
from handbook.reading.processes import PROCESSES
from tests.conftest import ROOT
from tests.handouts.conftest import need_press

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FOLDER = ROOT / "overrides" / "handouts"
QR = '<svg class="qr" viewBox="0 0 1 1"><title>Code that leads to here</title><path d="M0 0h1"/></svg>'
BOOK = f"""<!doctype html><html lang="en"><head><title>All of it</title></head><body class="book">
<div class="cover"><h1>All of it</h1>{QR}</div>
<div class="contents"><h1>Contents</h1><ol>
<li class="level-1" data-begins="#c1"><a href="#c1">One</a></li>
<li class="level-2" data-begins="#c2"><a href="#c2">Two</a></li></ol></div>
<article class="chapter level-1"><h1 id="c1">One</h1><h2>First</h2><p>See <a href="#c2">Two</a>.</p>
<table><thead><tr><th>Head</th></tr></thead><tbody><tr><td>Cell</td></tr></tbody></table></article>
<article class="chapter level-2"><h1 id="c2">Two</h1><h2>Second</h2><h3>Third</h3>
<p><textarea name="a" title="What I want"></textarea><textarea name="b" title="What I need"></textarea></p></article>
</body></html>"""


@pytest.fixture(scope="module")
def paper() -> Paper:
    return Paper("en/all.pdf", "en", "index.md", "", "All of it", BOOK)


@pytest.fixture(scope="module")
def printed(paper: Paper) -> Iterator[bytes]:
    need_press()
    made, complaints = press.print_one(paper, FOLDER)
    assert complaints == []
    yield made.pdf
    press._style.cache_clear()  # its fonts are not to outlive the libraries that they came from


def elements(pdf: pikepdf.Pdf, kind: str) -> list[Any]:
    return [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == kind]


def notes(pdf: pikepdf.Pdf, kind: str) -> Iterator[Any]:
    for page in pdf.pages:
        yield from (note for note in page.get("/Annots", []) if note.Subtype == kind)


def rename(pdf: pikepdf.Pdf, title: str) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False) as data:
        data["dc:title"] = title
    pdf.docinfo["/Title"] = title


def forget_bookmark(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.pop()


def forget_standard(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False) as data:
        del data["pdfuaid:part"]


def without(name: str, of: Callable[[pikepdf.Pdf], Any]) -> Callable[[pikepdf.Pdf], None]:
    def spoil(pdf: pikepdf.Pdf) -> None:
        del of(pdf)[name]

    return spoil


def setting(name: str, value: Any, of: Callable[[pikepdf.Pdf], Any]) -> Callable[[pikepdf.Pdf], None]:
    def spoil(pdf: pikepdf.Pdf) -> None:
        of(pdf)[name] = value

    return spoil


def font(pdf: pikepdf.Pdf) -> Any:
    return next(one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/FontFile2" in one)


def lead_all_to_the_cover(pdf: pikepdf.Pdf) -> None:
    for target in list(pdf.Root.Names.Dests.Names)[1::2]:
        target[0] = pdf.pages[0].obj


SPOILT: dict[str, tuple[Callable[[pikepdf.Pdf], None], str]] = {
    "no tags": (without("/StructTreeRoot", lambda pdf: pdf.Root), "no tags"),
    "not marked": (without("/MarkInfo", lambda pdf: pdf.Root), "does not say that it is tagged"),
    "no language": (without("/Lang", lambda pdf: pdf.Root), "its language is none, not en"),
    "other language": (setting("/Lang", pikepdf.String("nl"), lambda pdf: pdf.Root), "its language is nl, not en"),
    "file name shown": (without("/ViewerPreferences", lambda pdf: pdf.Root), "name of the file"),
    "not PDF/UA": (forget_standard, "not say that it is PDF/UA-1"),
    "other title": (lambda pdf: rename(pdf, "Untitled"), "the title is Untitled, not All of it"),
    "heading untagged": (
        setting("/S", pikepdf.Name.P, lambda pdf: elements(pdf, "/H3")[0]),
        "7 headings were written, and 6",
    ),
    "level skipped": (setting("/S", pikepdf.Name.H4, lambda pdf: elements(pdf, "/H2")[0]), "between two levels"),
    "drawing without words": (without("/Alt", lambda pdf: elements(pdf, "/Figure")[0]), "a drawing has no words"),
    "drawing with other words": (
        setting("/Alt", pikepdf.String("Image"), lambda pdf: elements(pdf, "/Figure")[0]),
        "lost its words: Code that leads to here",
    ),
    "cell without heading": (without("/Headers", lambda pdf: elements(pdf, "/TD")[0].A), "names no heading"),
    "bookmark gone": (forget_bookmark, "the bookmarks are not the headings"),
    "font outside": (without("/FontFile2", font), "is not in the file"),
    "font of the machine": (setting("/FontName", pikepdf.Name("/Arial"), font), "a font is not ours: Arial"),
    "link without name": (without("/Contents", lambda pdf: next(notes(pdf, "/Link"))), "a link has no name"),
    "link outside structure": (without("/StructParent", lambda pdf: next(notes(pdf, "/Link"))), "a link has no name"),
    "field without name": (without("/TU", lambda pdf: pdf.Root.AcroForm.Fields[0]), "does not say what belongs"),
    "field gone": (lambda pdf: pdf.Root.AcroForm.Fields.__delitem__(0), "2 fields to fill in were written, and 1"),
    "fields of one name": (
        setting("/T", pikepdf.String("b"), lambda pdf: pdf.Root.AcroForm.Fields[0]),
        "two fields have one name",
    ),
    "field outside structure": (
        without("/StructParent", lambda pdf: pdf.Root.AcroForm.Fields[0]),
        "a field has no place",
    ),
    "tab key": (without("/Tabs", lambda pdf: pdf.pages[-1]), "tab key"),
    "not A4": (setting("/MediaBox", pikepdf.Array([0, 0, 612, 792]), lambda pdf: pdf.pages[0]), "not A4"),
    "wrong page in the contents": (lead_all_to_the_cover, "the contents name a page"),
    "letters that are no text": (without("/Contents", lambda pdf: pdf.pages[0]), "the title cannot be read as text"),
}


@pytest.mark.filterwarnings("ignore::pikepdf.PageCopyWarning")
@pytest.mark.parametrize(("spoil", "said"), SPOILT.values(), ids=list(SPOILT))
def test_what_is_missing_is_said(printed: bytes, paper: Paper, spoil: Callable[[pikepdf.Pdf], None], said: str) -> None:
    spoilt = io.BytesIO()
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        spoil(pdf)
        pdf.save(spoilt)
    found = list(faults(spoilt.getvalue(), paper))
    assert [one for one in found if said in one], found


def test_saving_it_alone_spoils_nothing(printed: bytes, paper: Paper) -> None:
    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        pdf.save(saved)
    assert list(faults(saved.getvalue(), paper)) == []


def test_a_paper_with_a_fault_is_not_handed_out(paper: Paper) -> None:
    need_press()
    plain = replace(paper, html=BOOK.replace(QR, ""))
    with pytest.raises(press.PressError, match=r"en/all\.pdf: there is no QR code"):
        list(press.print_all([plain], FOLDER, None))


def test_a_worksheet_of_two_sheets_is_not_handed_out(paper: Paper) -> None:
    need_press()
    long = f'<html lang="en"><title>Long</title><body class="sheet x">{QR}<h2>Long</h2>' + "<p>Line</p>" * 99
    sheet = Paper("en/worksheet-w1.pdf", "en", "index.md", "worksheet-w1", "Long", long)
    with pytest.raises(press.PressError, match="does not fit on one sheet"):
        list(press.print_all([sheet], FOLDER, None))


def test_what_was_printed_before_is_taken_as_it_is_and_what_changed_is_printed(
    paper: Paper, printed: bytes, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = replace(paper, path="en/other.pdf", html=BOOK.replace("Cell", "Other"))
    monkeypatch.setenv(PROCESSES, "1")  # else the second is printed elsewhere, where nobody watches
    first = {one.path: made.pdf for one, made in press.print_all([paper, other], FOLDER, tmp_path)}
    assert first["en/all.pdf"] == printed
    asked: list[str] = []
    really = press.print_one

    def watched(one: Paper, folder: Any) -> Any:
        asked.append(one.path)
        return really(one, folder)

    monkeypatch.setattr(press, "print_one", watched)
    changed = replace(other, html=BOOK.replace("Cell", "Third"))
    second = {one.path: made.pdf for one, made in press.print_all([paper, changed], FOLDER, tmp_path)}
    assert asked == ["en/other.pdf"]
    assert second["en/all.pdf"] == printed
    assert second["en/other.pdf"] != first["en/other.pdf"]
    assert len(list(tmp_path.iterdir())) == 2


def test_another_style_or_program_prints_everything_anew(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    need_press()
    (tmp_path / "print.css").write_text("p { color: red }", encoding="utf-8")
    before = press._edition(tmp_path)
    assert press._edition(tmp_path) == before
    (tmp_path / "print.css").write_text("p { color: blue }", encoding="utf-8")
    styled = press._edition(tmp_path)
    monkeypatch.setattr(press, "PROGRAMS", ("press.py",))
    assert len({before, styled, press._edition(tmp_path)}) == 3


def test_remembering_the_pages_of_a_pdf_changes_nothing(printed: bytes, paper: Paper) -> None:
    from weasyprint.pdf import pydyf  # noqa: PLC0415

    document = pydyf.PDF()
    press._style(FOLDER)
    for number in range(1, 4):
        document.add_page(pydyf.Dictionary({"Type": "/Page"}))
        assert document.page_references == tuple(b"%d 0 R" % one for one in document.pages["Kids"][::3])
        assert len(document.page_references) == number


@pytest.mark.parametrize("allowed", [1, 3])
def test_as_many_processes_get_ready_to_print_as_a_build_may_use(allowed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    need_press()
    started: list[int] = []

    class Pool:
        def submit(self, *_: object) -> None:
            started.append(allowed)

    monkeypatch.setenv(PROCESSES, str(allowed))
    monkeypatch.setattr(press, "_press", lambda _count: Pool())
    press.warm_up(FOLDER)
    assert len(started) == (allowed if allowed > 1 else 0)

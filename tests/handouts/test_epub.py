"""The EPUB: valid by EPUBCheck, in the same chapters as the book, and well-formed whatever a page holds."""

from __future__ import annotations

import shutil
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.handouts.epub import as_xhtml, zipped
from tests.conftest import do_without

BOOKS = ("en/secure-base.epub", "nl/veilige-basis.epub")
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.mark.parametrize("name", BOOKS)
def test_epubcheck_finds_no_error(handouts: Path, name: str) -> None:
    program, java = shutil.which("epubcheck"), shutil.which("java")
    if program is None or java is None:
        do_without("no EPUBCheck: install Debian's `epubcheck`")
    # A run of a few seconds is not worth Java's second, thorough compiler, nor a collector with threads of its own.
    brief = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto")
    command = [java, *brief, "-jar", str(Path(program).resolve()), str(handouts / name)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "0 fatals / 0 errors" in done.stdout + done.stderr, done.stdout + done.stderr


@pytest.mark.parametrize("name", BOOKS)
def test_an_epub_begins_with_what_it_is_and_bears_no_time(handouts: Path, name: str) -> None:
    with zipfile.ZipFile(handouts / name) as book:
        first = book.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert book.read("mimetype") == b"application/epub+zip"
        assert {one.date_time for one in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_contents_lead_to_every_chapter(handouts: Path) -> None:
    with zipfile.ZipFile(handouts / BOOKS[0]) as book:
        nav = ET.fromstring(book.read("EPUB/nav.xhtml"))
        links = {link.get("href"): link.text for link in nav.iter(f"{XHTML}a")}
        assert "Boundaries" in links.values()
        for target, title in links.items():
            chapter = ET.fromstring(book.read(f"EPUB/{target}"))
            assert chapter.get("lang") == "en"
            assert chapter.findtext(f".//{XHTML}h1") == title
        text = "".join(ET.fromstring(book.read("EPUB/c2.xhtml")).itertext())
        assert "Not yet clinically reviewed" in text


@given(st.text())
def test_whatever_html_says_becomes_well_formed(text: str) -> None:
    html = f"<p title=x>{text}<br>&amp;<svg viewBox=0><path/></svg></p>"
    ET.fromstring(f"<body>{as_xhtml(html)}</body>")


def test_the_same_files_give_the_same_zip() -> None:
    files = {"mimetype": b"x", "a/b.txt": b"y" * 1000}
    assert zipped(files) == zipped(files)

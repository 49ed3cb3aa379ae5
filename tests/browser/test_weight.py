"""A first visit is light: what it takes to read, navigate, switch language, reach help and leave."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.browser.browsing import ROOT, read_pages

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

KILOBYTE = 1000
STYLE_SHEET = re.compile(r'<link rel="stylesheet" href="([^"]+)"')
ARTICLES = (
    "en/needs/boundaries/",
    "nl/basisbehoeften/grenzen/",
    "en/",
    "nl/",
    "nl/hoe-herstel-gebeurt/",
    "en/therapists/interpersonal-messages/",
    "nl/over/woordenlijst/",
    "nl/direct-hulp/",
)


def compressed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))


@pytest.mark.parametrize("address", ARTICLES)
def test_a_first_visit_takes_at_most_twenty_kilobytes_and_five_requests(
    page: Page, site: str, site_folder: Path, address: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site + address)
    page.wait_for_load_state("networkidle")
    total = sum(compressed(file_of(url, site, site_folder)) for url in asked)
    assert len(asked) <= 5
    assert total <= 20 * KILOBYTE


def file_of(url: str, site: str, folder: Path) -> Path:
    path = folder / url.removeprefix(site)
    return path / "index.html" if path.is_dir() else path


def test_every_page_and_its_style_sheets_fit_the_first_round_trip(site_folder: Path) -> None:
    heavy = {}
    for entry in read_pages().entries.values():
        page = site_folder / entry.address / "index.html"
        sheets = STYLE_SHEET.findall(page.read_text(encoding="utf-8"))
        assert sheets
        size = compressed(page) + sum(compressed(page.parent / sheet) for sheet in sheets)
        if size > 14 * KILOBYTE:
            heavy[entry.address] = size
    # Pages that are lists by nature are longer: all helplines, all glossary terms, all debates, all checks.
    lists = {"help-now", "glossary", "evidence-and-debates", "contribute"}
    lists |= {"direct-hulp", "woordenlijst", "bewijs-en-debat", "meewerken"}
    assert {address.split("/")[-2] for address in heavy} <= lists, heavy


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_first_result_of_a_search_waits_for_at_most_forty_six_kilobytes(site_folder: Path, language: str) -> None:
    assets = site_folder / "assets"
    files = [*assets.glob("search.*.js"), *assets.glob("search.*.css"), site_folder / language / "search.json"]
    assert len(files) == 3
    assert sum(map(compressed, files)) <= 46 * KILOBYTE


@pytest.mark.parametrize("language", ["en", "nl"])
def test_search_takes_at_most_a_hundred_and_ten_kilobytes(site_folder: Path, language: str) -> None:
    files = [
        *(site_folder / "assets").glob("search.*.js"),
        *(site_folder / "assets/vendored").glob("minisearch.*.js"),
        site_folder / language / "search.json",
        site_folder / language / "search-text.json",
    ]
    assert len(files) == 4
    assert sum(map(compressed, files)) <= 110 * KILOBYTE


def test_scripts_leave_their_comments_behind(site_folder: Path) -> None:
    scripts = [*(site_folder / "assets").glob("*.js")]
    assert scripts
    for script in scripts:
        lines = script.read_text(encoding="utf-8").splitlines()
        assert not [line for line in lines if line.lstrip().startswith("//") or "; //" in line], script.name


@pytest.mark.parametrize("program", ["weights", "contact_sheet", "search_rates", "lighthouse"])
def test_a_measuring_program_without_a_site_says_so_in_one_line(tmp_path: Path, program: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", f"tests.browser.{program}", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"{tmp_path}: there is no built site here. Make one with `make build`, or name the folder of one."
    ]

"""What comes out of a printer: one sheet for a worksheet, no blank page, the address at the foot, nothing to press."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pytest

from handbook.publishing.address_file import load_registry
from tests.browser.browsing import ROOT, read_pages
from tests.browser.scanning import codes_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

WORKSHEETS = (
    "en/needs/boundaries/",
    "nl/basisbehoeften/",
    "en/therapy/first-session/",
    "nl/verandering/in-tweestrijd/",
    "en/change/setbacks-and-ending/",
    "nl/coping/copingkaart/",
)
IDS = load_registry(ROOT / "data/addresses.txt").ids
KEYS = {entry.address: entry.key for entry in read_pages().entries.values()}
# An A4 sheet less the margins of the style sheet, in CSS pixels.
SHEET = {"width": round((210 - 36) / 25.4 * 96), "height": round((297 - 34) / 25.4 * 96)}


# Their texts end low on a sheet, so that the foot does not fit below.
TIGHT = (
    "en/help-now/",
    "nl/direct-hulp/",
    "en/about/evidence-and-debates/",
    "en/growing/self-regulation/",
    "nl/verandering/",
    "nl/werkbladen/",
)


def printed(page: Page) -> list[str]:
    """Print the page that is shown, and return the words of each sheet."""
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    return [sheet.get_textpage().get_text_range().replace("\r\n", "\n") for sheet in document]


@pytest.mark.parametrize("address", TIGHT)
def test_the_foot_stays_whole_and_takes_the_end_of_the_text_along(page: Page, site: str, address: str) -> None:
    page.goto(site + address)
    end, short, numbers = page.evaluate(
        "['.checked', '.foot b', '.foot > .address'].map((one) => document.querySelector(one).textContent)"
    )
    *_, last = printed(page)
    assert short in last
    assert numbers[:12] in last
    text = last.split(short)[0].replace(end, "")
    assert text.strip(), "a sheet with nothing but the foot"


@pytest.mark.parametrize("address", WORKSHEETS)
def test_a_worksheet_comes_out_of_the_printer_on_one_sheet(page: Page, site: str, address: str) -> None:
    page.goto(site + address)
    names = page.eval_on_selector_all(".worksheet > h2", "all => all.map((one) => [one.innerText, one.id])")
    sheets = printed(page)
    assert names
    for title, name in names:
        (sheet,) = [sheet for sheet in sheets if f"#{name}" in sheet]
        assert sheet.strip().startswith(title)


def test_the_numbers_of_the_first_country_begin_on_the_first_sheet(page: Page, site: str) -> None:
    page.goto(site + "nl/direct-hulp/")
    first, *_ = printed(page)
    assert "Nederland\nAlarmnummer 112" in first


@pytest.mark.parametrize("address", WORKSHEETS)
def test_a_worksheet_fits_on_one_sheet_with_its_code_and_its_address(page: Page, site: str, address: str) -> None:
    page.set_viewport_size(SHEET)  # type: ignore[arg-type]
    page.goto(site + address)
    page.emulate_media(media="print")
    sheets = page.locator(".worksheet").all()
    assert sheets
    for sheet in sheets:
        box = sheet.bounding_box()
        assert box is not None
        assert box["height"] <= SHEET["height"]
        (code,) = codes_in(sheet.locator(".scan").screenshot(), page)
        assert code == f"https://secure-base.example/go/{IDS[KEYS[address]]}/"
        assert sheet.locator(".address").inner_text().startswith(f"{code}#worksheet-w")


def test_a_worksheet_prints_what_was_written_and_else_lines_to_write_on(page: Page, site: str) -> None:
    page.goto(site + "en/needs/")
    page.fill(".worksheet textarea >> nth=0", "a locked door")
    page.emulate_media(media="print")
    fields = page.locator(".worksheet .write")
    assert fields.nth(0).locator("textarea").is_visible()
    assert not fields.nth(0).locator(".rules").is_visible()
    assert not fields.nth(1).locator("textarea").is_visible()
    assert fields.nth(1).locator(".rules i").count() == 2


@pytest.mark.parametrize("address", ["en/", "nl/voor-therapeuten/", "en/reading-list/", "nl/basisbehoeften/grenzen/"])
def test_every_sheet_says_whom_to_call_in_danger(page: Page, site: str, address: str) -> None:
    page.goto(site + address)
    line = page.locator(".foot > .address")
    assert not line.is_visible()
    page.emulate_media(media="print")
    said = line.inner_text()
    assert [number for number in ("112", "999", "911") if number not in said] == []


def test_the_home_page_prints_without_the_doors_that_paper_cannot_open(page: Page, site: str) -> None:
    page.goto(site + "en/")
    page.emulate_media(media="print")
    assert not page.is_visible(".doors")
    assert page.is_visible("text=Put both feet on the floor")


@pytest.mark.parametrize("address", ["en/", "nl/direct-hulp/", "en/growing/", "nl/basisbehoeften/grenzen/"])
def test_a_printed_page_shows_its_address_and_no_controls(page: Page, site: str, address: str) -> None:
    page.goto(site + address)
    page.emulate_media(media="print")
    assert page.is_visible(".foot .address")
    assert page.inner_text(".foot .address").endswith(address)
    for control in (
        ".find", ".menu", ".languages", ".top .help", ".exit", ".where a", ".tools > *", ".share", ".beside", "button",
    ):  # fmt: skip
        assert not [one for one in page.locator(control).all() if one.is_visible()], control
    last = page.evaluate("document.querySelector('.foot').getBoundingClientRect().bottom + scrollY")
    assert page.evaluate("document.documentElement.scrollHeight") <= last + 40, "no empty sheet at the end"


def test_a_printed_link_to_another_site_shows_where_it_leads(page: Page, site: str) -> None:
    page.goto(site + "en/needs/")
    page.emulate_media(media="print")
    shown = page.evaluate(
        "[...document.querySelectorAll('article a[href^=http]:not(.dial, .references a)')]"
        ".map((one) => getComputedStyle(one, '::after').content)"
    )
    assert all("http" in one for one in shown)


@pytest.mark.parametrize("address", ["en/feelings/grounding-and-breathing/", "nl/gevoel-en-lichaam/aarden-en-ademen/"])
def test_a_wallet_card_is_there_once_on_the_screen_and_four_times_on_a_sheet(
    page: Page, site: str, address: str
) -> None:
    page.goto(site + address)
    for name, steps in (("worksheet-w06", 5), ("worksheet-w07", 4)):
        cards = page.locator(f".{name} .wallet > div")
        assert [one.is_visible() for one in cards.all()] == [True, False, False, False]
        assert page.locator(f".{name} li").count() == 4 * steps
        assert page.locator(f".{name} [aria-hidden] li").count() == 3 * steps
    page.emulate_media(media="print")
    boxes = [one.bounding_box() for one in page.locator(".worksheet-w06 .wallet > div").all()]
    assert all(box and box["width"] <= 86 / 25.4 * 96 for box in boxes)
    assert len({round(box["y"]) for box in boxes if box}) == 2


def test_a_worksheet_says_when_it_was_checked(page: Page, site: str) -> None:
    page.goto(site + "en/needs/boundaries/")
    page.emulate_media(media="print")
    assert "Last checked on" in page.locator(".worksheet .address").inner_text()

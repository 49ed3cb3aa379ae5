"""Links that name no language, and sharing: by keyboard, by touch, without script, where copying is not allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from handbook.publishing.address_file import load_registry
from tests.browser.browsing import DESK, PHONE, ROOT
from tests.browser.scanning import codes_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

ID: Final = load_registry(ROOT / "data/addresses.txt").ids["needs/boundaries.md"]
EN: Final = "en/needs/boundaries/"
NL: Final = "nl/basisbehoeften/grenzen/"
PUBLISHED: Final = f"https://secure-base.example/go/{ID}/"
MAY_COPY: Final = ["clipboard-read", "clipboard-write"]
CLIPBOARD: Final = "navigator.clipboard.readText()"


@pytest.mark.parametrize(
    ("locale", "goes_to"), [("nl", NL), ("nl-BE", NL), ("en", EN), ("en-GB", EN), ("fr", ""), ("ar", "")]
)
def test_the_neutral_link_opens_the_readers_language_at_the_same_section(
    context: Callable[..., BrowserContext], site: str, locale: str, goes_to: str
) -> None:
    page = context(locale=locale).new_page()
    page.goto(f"{site}go/{ID}/#what-you-can-do")
    if goes_to:
        page.wait_for_url(f"{site}{goes_to}#what-you-can-do")
        assert page.evaluate("document.querySelector(':target').id") == "what-you-can-do"
        return
    links = page.locator("[data-choice]")
    assert links.evaluate_all("all => all.map((one) => one.href)") == [
        f"{site}{EN}#what-you-can-do",
        f"{site}{NL}#what-you-can-do",
    ]


def test_without_script_the_neutral_link_offers_the_page_in_each_language(
    context: Callable[..., BrowserContext], site: str
) -> None:
    page = context(java_script_enabled=False, locale="nl").new_page()
    page.goto(f"{site}go/{ID}/")
    assert page.locator("[data-choice]").all_inner_texts() == ["Boundaries\nEnglish", "Grenzen\nNederlands"]
    assert page.locator("[data-choice]").evaluate_all("all => all.map((one) => one.lang)") == ["en", "nl"]
    page.click("[data-choice][lang=nl]")
    assert page.url == site + NL


def test_the_page_behind_a_neutral_link_is_no_page_of_its_own(page: Page, site: str) -> None:
    html = page.request.get(f"{site}go/{ID}/").text()
    assert '<meta name="robots" content="noindex">' in html
    assert "canonical" not in html
    assert "<title>Secure Base · Veilige Basis</title>" in html, "a preview of the link says nothing about the page"


@pytest.mark.parametrize(("language", "goes_to"), [("nl", NL), ("en", EN)])
@pytest.mark.parametrize("script", [True, False])
def test_a_link_with_a_language_opens_that_language(
    context: Callable[..., BrowserContext], site: str, language: str, goes_to: str, script: bool
) -> None:
    page = context(locale="fr", java_script_enabled=script).new_page()
    page.goto(f"{site}go/{ID}/{language}/#recognise", wait_until="commit")
    page.wait_for_url(f"{site}{goes_to}{'#recognise' if script else '**'}")


def said(page: Page, text: str) -> None:
    """Wait until the page says that something was copied."""
    page.locator(".said", has_text=text).wait_for()


def turn_to_sharing(page: Page) -> None:
    """Press Tab until the focus is on the panel's summary, and open it."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.share summary')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_selector(".share li button")


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_a_page_is_shared_by_keyboard(
    context: Callable[..., BrowserContext], site: str, viewport: dict[str, int]
) -> None:
    page = context(permissions=MAY_COPY, viewport=viewport).new_page()
    page.goto(site + EN)
    turn_to_sharing(page)
    copied = []
    for _ in range(12):
        page.keyboard.press("Tab")
        if not page.evaluate("document.activeElement.matches('.share button')"):
            continue
        name = page.evaluate("document.activeElement.ariaLabel ?? document.activeElement.textContent")
        if name == "Print this page":
            break
        page.keyboard.press("Enter")
        said(page, "Copied.")
        page.evaluate("document.querySelector('.said').textContent = ''")
        copied.append((name, page.evaluate(CLIPBOARD)))
    assert copied == [
        ("Copy: Any language", PUBLISHED),
        ("Copy: English", f"{PUBLISHED}en/"),
        ("Copy: Nederlands", f"{PUBLISHED}nl/"),
        ("Copy message (English)", f"Here is the page we spoke about: {PUBLISHED}"),
        ("Copy message (Dutch)", f"Dit is de pagina waar we het over hadden: {PUBLISHED}"),
    ]


def test_a_page_is_shared_by_touch_with_targets_for_a_thumb(context: Callable[..., BrowserContext], site: str) -> None:
    page = context(permissions=MAY_COPY, viewport=PHONE, has_touch=True).new_page()
    page.goto(site + NL)
    page.tap(".share summary")
    page.tap(".share [data-message=en]")
    said(page, "Gekopieerd.")
    assert page.evaluate(CLIPBOARD) == f"Here is the page we spoke about: {PUBLISHED}"
    small = page.locator(".share a, .share button, .share summary").evaluate_all(
        "all => all.filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.textContent)"
    )
    assert not small


def test_where_copying_is_not_allowed_the_text_stands_selected(page: Page, site: str) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined });")
    page.goto(site + EN)
    page.click(".share summary")
    page.click(".share li button >> nth=0")
    box = page.locator(".by-hand")
    assert box.input_value() == PUBLISHED
    assert page.evaluate("[document.activeElement.selectionStart, document.activeElement.selectionEnd]") == [
        0,
        len(PUBLISHED),
    ]
    assert "Copy it yourself" in (box.get_attribute("aria-label") or "")


def test_nothing_for_sharing_is_loaded_before_a_reader_turns_to_it(page: Page, site: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site + EN)
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "share" in url]
    page.focus(".share summary")
    page.wait_for_selector(".share li button", state="attached")
    assert len([url for url in asked if "share" in url]) == 2


def test_without_script_the_links_and_the_code_are_there(context: Callable[..., BrowserContext], site: str) -> None:
    page = context(java_script_enabled=False).new_page()
    page.goto(site + EN)
    page.click(".share summary")
    assert page.is_visible(".share .qr")
    assert page.inner_text(".share .code span") == PUBLISHED.removeprefix("https://")
    links = page.locator(".share li a").evaluate_all("all => all.map((one) => one.href)")
    assert links == [f"{site}go/{ID}/", f"{site}go/{ID}/en/", f"{site}go/{ID}/nl/"]
    assert page.locator(".share button").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("forced_colors", ["none", "active"])
def test_the_code_can_be_scanned_from_the_screen(
    context: Callable[..., BrowserContext], site: str, scheme: str, viewport: dict[str, int], forced_colors: str
) -> None:
    page = context(color_scheme=scheme, viewport=viewport, forced_colors=forced_colors).new_page()
    page.goto(site + NL)
    page.click(".share summary")
    box = page.locator(".share .qr").bounding_box()
    assert box is not None
    assert box["width"] >= 180
    page.locator(".share .qr").evaluate("one => one.scrollIntoView({ block: 'center', behavior: 'instant' })")
    assert codes_in(page.screenshot(), page) == [PUBLISHED]


@pytest.mark.parametrize("address", ["en/", "nl/direct-hulp/", EN, "nl/voor-therapeuten/"])
def test_paper_has_a_code_and_the_address_at_its_foot(page: Page, site: str, address: str) -> None:
    page.goto(site + address)
    page.emulate_media(media="print")
    foot = page.locator(".foot .scan")
    box = foot.locator(".qr").bounding_box()
    assert box is not None
    assert box["width"] / 96 * 25.4 >= 25, "millimetres"
    (code,) = codes_in(foot.screenshot(), page)
    assert code.startswith("https://secure-base.example/go/")
    assert foot.inner_text().split() == [code, f"https://secure-base.example/{address}"]
    assert not page.is_visible(".share")


def test_each_section_has_a_link_of_its_own_that_copies(context: Callable[..., BrowserContext], site: str) -> None:
    page = context(permissions=MAY_COPY).new_page()
    page.goto(site + EN)
    link = page.get_by_role("link", name="Link to this part: Do you recognise this?")
    assert link.get_attribute("href") == f"../../../go/{ID}/#recognise"
    assert page.locator(".here").count() == page.locator("article h2").count()
    assert link.evaluate("one => getComputedStyle(one).opacity") == "0"
    link.focus()
    assert link.evaluate("one => getComputedStyle(one).opacity") == "1"
    page.keyboard.press("Enter")
    said(page, "Copied.")
    assert page.evaluate(CLIPBOARD) == f"{PUBLISHED}#recognise"
    assert page.url == site + EN


def test_links_to_sections_show_where_there_is_no_mouse(context: Callable[..., BrowserContext], site: str) -> None:
    page = context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()
    page.goto(site + NL)
    for link in page.locator(".here").all():
        box = link.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
        assert link.evaluate("one => getComputedStyle(one).opacity") == "1"


def test_a_link_to_a_section_works_without_script(context: Callable[..., BrowserContext], site: str) -> None:
    page = context(java_script_enabled=False).new_page()
    page.goto(site + EN)
    page.locator(".here").nth(1).click()
    assert page.url == f"{site}go/{ID}/#what-is-it"

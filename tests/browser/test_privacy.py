"""Nothing is kept, nothing is sent, and nothing breaks where a reader allows nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

ARTICLE = "en/needs/boundaries/"
BLOCKED = """
for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches', 'cookieStore']) {
  Object.defineProperty(window, name, { get() { throw new DOMException('blocked', 'SecurityError'); } });
}
Object.defineProperty(document, 'cookie', { get() { throw new DOMException('blocked', 'SecurityError'); } });
Object.defineProperty(navigator, 'serviceWorker', { get() { return undefined; } });
"""


def test_everything_works_where_storage_is_blocked(context: Callable[..., BrowserContext], site: str) -> None:
    reader = context(locale="en")
    reader.add_init_script(BLOCKED)
    page = reader.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(site)
    page.wait_for_url(site + "en/")
    page.goto(site + ARTICLE)
    page.click(".find")
    page.wait_for_selector("dialog[open]")
    page.keyboard.type("saying no")
    page.wait_for_selector(".found a")
    assert not problems


def test_reading_searching_and_filling_in_leave_no_trace(context: Callable[..., BrowserContext], site: str) -> None:
    reader = context()
    page = reader.new_page()
    page.goto(site + ARTICLE)
    page.check("[type=checkbox] >> nth=0")
    page.fill("textarea >> nth=0", "my own words")
    page.click(".find")
    page.wait_for_selector("dialog[open]")
    page.keyboard.type("afraid of my partner")
    page.wait_for_selector(".found a")
    assert not reader.cookies()
    assert not reader.storage_state(indexed_db=True)["origins"]
    assert page.url == site + ARTICLE
    assert page.evaluate("history.length") <= 2
    page.reload()
    assert page.input_value("textarea >> nth=0") == ""
    assert not page.is_checked("[type=checkbox] >> nth=0")


def test_fields_of_worksheets_can_be_sent_nowhere(page: Page, site: str) -> None:
    for address in (ARTICLE, "en/needs/", "nl/verandering/in-tweestrijd/"):
        page.goto(site + address)
        assert page.locator("main form, main [name], main [formaction]").count() == 0
        kept = page.locator("main input, main textarea").evaluate_all(
            "all => all.filter((one) => one.autocomplete !== 'off').length"
        )
        assert kept == 0


def test_without_script_all_text_links_and_numbers_are_there(context: Callable[..., BrowserContext], site: str) -> None:
    page = context(java_script_enabled=False).new_page()
    page.goto(site + "nl/direct-hulp/")
    assert page.locator("a[href^='tel:']").count() > 20
    page.goto(site + ARTICLE)
    page.click("summary >> text=Menu")
    assert page.is_visible("nav[aria-label=Handbook] a >> text=Coping")
    page.click(".find")
    page.wait_for_url(site + "en/#all-pages")
    assert page.is_visible("#all-pages")
    assert page.locator(".everything a").count() > 20


def test_links_to_other_sites_do_not_tell_where_the_reader_was(page: Page, site: str) -> None:
    page.goto(site + "en/help-now/")
    assert page.get_attribute("meta[name=referrer]", "content") == "no-referrer"

"""Two languages, one place in the page, and a root that sends nobody astray."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page


@pytest.mark.parametrize(
    ("locale", "goes_to"), [("nl", "nl/"), ("nl-BE", "nl/"), ("en", "en/"), ("en-GB", "en/"), ("fr", "")]
)
def test_the_root_opens_the_readers_language(
    context: Callable[..., BrowserContext], site: str, locale: str, goes_to: str
) -> None:
    page = context(locale=locale).new_page()
    page.goto(site + "#all-pages")
    page.wait_for_load_state()
    if goes_to:
        page.wait_for_url(f"{site}{goes_to}#all-pages")
    else:
        assert page.url == site + "#all-pages"
        assert page.locator("[data-choice]").count() == 2


def test_without_script_the_root_shows_a_plain_link_to_each_language(
    context: Callable[..., BrowserContext], site: str
) -> None:
    page = context(java_script_enabled=False, locale="nl").new_page()
    page.goto(site)
    assert page.locator("[data-choice]").evaluate_all("links => links.map((one) => [one.lang, one.hreflang])") == [
        ["en", "en"],
        ["nl", "nl"],
    ]


def test_the_language_switch_keeps_page_and_place(page: Page, site: str) -> None:
    page.goto(site + "en/needs/boundaries/#what-you-can-do")
    page.click("[data-language]")
    page.wait_for_url(site + "nl/basisbehoeften/grenzen/#what-you-can-do")
    assert page.get_attribute("html", "lang") == "nl"
    page.click("[data-language]")
    page.wait_for_url(site + "en/needs/boundaries/#what-you-can-do")


@pytest.mark.parametrize(
    ("locale", "zone", "first"),
    [("nl-NL", "Europe/Amsterdam", "nl"), ("nl-BE", "Europe/Brussels", "be"), ("en-GB", "Europe/London", "gb"),
     ("en-US", "Europe/Dublin", "ie"), ("en-US", "America/New_York", "us"), ("en-US", "Asia/Tokyo", "gb")],
)  # fmt: skip
def test_the_readers_likely_country_comes_first(
    context: Callable[..., BrowserContext], site: str, locale: str, zone: str, first: str
) -> None:
    page = context(locale=locale, timezone_id=zone).new_page()
    page.goto(site + "en/help-now/")
    assert page.locator("[data-country]").first.get_attribute("data-country") == first
    assert first in (page.locator("[data-for]").first.get_attribute("data-for") or "").split()


def test_a_lost_reader_finds_help_and_home_in_both_languages(page: Page, site: str) -> None:
    response = page.goto(site + "nl/bestaat/niet/")
    assert response is not None
    assert response.status == 404
    for address in ("en/help-now/", "nl/direct-hulp/", "en/", "nl/"):
        assert page.locator(f"a[href$='/{address}']").count() >= 1

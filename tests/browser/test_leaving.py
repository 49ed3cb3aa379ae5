"""The way out of sensitive pages: quick, certain, and honest about what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

SENSITIVE = (
    ("en/needs/boundaries/", "https://www.bbc.co.uk/weather"),
    ("nl/basisbehoeften/grenzen/", "https://www.knmi.nl/"),
)


def lead_away(page: Page, target: str) -> list[str]:
    """Answer for the site that the way out leads to, without asking it, and return what was asked there."""
    asked: list[str] = []

    def answer(route) -> None:  # type: ignore[no-untyped-def]
        asked.append(route.request.headers.get("referer", ""))
        route.fulfill(body="<title>Weather</title>", content_type="text/html")

    page.route(f"{target}**", answer)
    return asked


@pytest.mark.parametrize(("address", "target"), SENSITIVE)
def test_the_way_out_leads_away_without_telling_where_from(page: Page, site: str, address: str, target: str) -> None:
    asked = lead_away(page, target)
    page.goto(site + address)
    page.click(".exit a")
    page.wait_for_url(f"{target}**")
    assert asked == [""]


@pytest.mark.parametrize(("address", "target"), SENSITIVE)
def test_three_times_shift_within_five_seconds_leads_away(page: Page, site: str, address: str, target: str) -> None:
    lead_away(page, target)
    page.goto(site + address)
    page.keyboard.press("Shift")
    assert "2" in page.inner_text(".exit [role=status]")
    assert page.locator(".presses .on").count() == 1
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.wait_for_url(f"{target}**")


def test_the_page_is_covered_before_the_other_site_answers(page: Page, site: str) -> None:
    address, target = SENSITIVE[0]
    page.route(f"{target}**", lambda route: None)  # the other site never answers
    page.goto(site + address)
    cover = page.evaluate(
        """() => {
          document.querySelector('.exit a').click();
          const cover = document.querySelector('.cover');
          const box = cover.getBoundingClientRect();
          return { text: cover.textContent, role: cover.getAttribute('role'), title: document.title,
                   whole: box.width >= innerWidth - 20 && box.height >= innerHeight };
        }"""
    )
    assert cover == {"text": "Leaving.", "role": "alert", "title": "Leaving.", "whole": True}


def test_coming_back_finds_the_page_and_not_the_cover(page: Page, site: str) -> None:
    address, target = SENSITIVE[0]
    lead_away(page, target)
    page.goto(site + address)
    page.click(".exit a")
    page.wait_for_url(f"{target}**")
    page.go_back()
    assert page.locator(".cover").count() == 0
    assert page.is_visible("h1")


def test_capital_letters_and_slow_presses_do_not_lead_away(page: Page, site: str) -> None:
    page.clock.install()
    page.goto(site + SENSITIVE[0][0])
    page.focus("textarea")
    page.keyboard.type("ABC")
    for _ in range(3):
        page.keyboard.press("Shift+A")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.clock.run_for(5100)
    assert "expired" in page.inner_text(".exit [role=status]")
    page.keyboard.press("Shift")
    assert page.locator(".cover").count() == 0


def test_the_way_out_comes_right_after_the_skip_link_and_hides_nothing(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(site + SENSITIVE[0][0])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "leave"
    exit_box, heading = page.locator(".exit").bounding_box(), page.locator("h1").bounding_box()
    assert exit_box is not None
    assert heading is not None
    assert exit_box["y"] + exit_box["height"] <= heading["y"]


def test_without_script_the_way_out_is_a_plain_link(context: Callable[..., BrowserContext], site: str) -> None:
    address, target = SENSITIVE[1]
    page = context(java_script_enabled=False).new_page()
    lead_away(page, target)
    page.goto(site + address)
    link = page.locator(".exit a")
    assert link.get_attribute("href") == target
    assert set((link.get_attribute("rel") or "").split()) == {"nofollow", "noreferrer"}
    link.click()
    page.wait_for_url(f"{target}**")


def test_the_way_out_stays_within_reach_while_searching(page: Page, site: str) -> None:
    address, target = SENSITIVE[0]
    lead_away(page, target)
    page.goto(site + address)
    page.click(".find")
    page.click("dialog .leave")
    page.wait_for_url(f"{target}**")


def test_only_pages_about_violence_have_a_way_out(page: Page, site: str) -> None:
    page.goto(site + "en/growing/")
    assert page.locator(".exit").count() == 0

"""The way out of sensitive pages: quick, certain, and honest about what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, FloatRect, Page

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


@pytest.mark.parametrize("width", [360, 1280])
def test_the_way_out_comes_right_after_the_skip_link_and_hides_nothing(page: Page, site: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.emulate_media(reduced_motion="reduce")
    page.goto(site + SENSITIVE[0][0])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "leave"
    way_out, heading = box_of(page, ".exit a"), box_of(page, "h1")
    assert way_out["y"] + way_out["height"] <= heading["y"] or way_out["y"] > heading["y"] + 300
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    end, way_out = box_of(page, ".foot li >> nth=-1"), box_of(page, ".exit a")
    assert way_out["y"] + way_out["height"] <= end["y"] or way_out["y"] >= end["y"] + end["height"]


@pytest.mark.parametrize(("width", "height"), [(360, 740), (320, 560), (640, 300)])
@pytest.mark.parametrize("address", ["nl/direct-hulp/", "en/needs/boundaries/"])
def test_help_and_the_way_out_lie_beside_each_other_under_the_thumb(
    page: Page, site: str, address: str, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(reduced_motion="reduce")
    page.goto(site + address)
    for part in (0, 0.5, 1):
        page.evaluate("part => scrollTo(0, part * document.documentElement.scrollHeight)", part)
        way_out, help_link = box_of(page, ".exit a"), box_of(page, ".top .help")
        for box in (way_out, help_link):
            assert height - 100 <= box["y"] <= box["y"] + box["height"] <= height
            assert min(box["width"] / 2, box["height"]) >= 44
        assert way_out["x"] + way_out["width"] + 4 <= help_link["x"]


def test_who_is_typing_finds_the_way_out_above_the_keys_of_the_phone(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(site + SENSITIVE[0][0])
    page.focus("textarea")
    assert box_of(page, ".exit a")["y"] < 30
    field = box_of(page, "textarea >> nth=0")
    assert field["y"] >= box_of(page, ".exit a")["y"] + box_of(page, ".exit a")["height"]
    page.focus(".brand")
    assert box_of(page, ".exit a")["y"] > 600


def box_of(page: Page, place: str) -> FloatRect:
    box = page.locator(place).bounding_box()
    assert box is not None
    return box


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
    assert page.inner_text("dialog .leave") == page.inner_text(".exit a")
    page.click("dialog .leave")
    page.wait_for_url(f"{target}**")


def test_only_pages_about_violence_have_a_way_out(page: Page, site: str) -> None:
    page.goto(site + "en/growing/")
    assert page.locator(".exit").count() == 0

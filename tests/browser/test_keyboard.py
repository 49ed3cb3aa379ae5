"""Everything can be reached, seen and used with a keyboard, at every width."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Locator, Page

ARTICLE = "en/needs/boundaries/"
# What has the focus, and whether something of ours (the help link, the way out) lies on top of its middle.
FOCUS = """() => {
  const one = document.activeElement;
  const box = one.getClientRects()[0] ?? one.getBoundingClientRect(); // the first line of a link that runs on
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 20));
  const style = getComputedStyle(one);
  return {
    name: (one.textContent || one.id || one.tagName).trim().replace(/\\s+/g, ' ').slice(0, 40),
    tag: one.tagName,
    outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    covered: Boolean(top && !one.contains(top) && !top.contains(one)),
    inside: box.bottom > 0 && box.top < innerHeight,
  };
}"""


def walk(page: Page, steps: int) -> list[dict[str, object]]:
    """Press Tab and note what gets the focus each time."""
    stops = []
    for _ in range(steps):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop["tag"] == "BODY":
            break
        stops.append(stop)
    return stops


# A window of 1280 x 1024 pixels at four hundred per cent is 320 x 256.
@pytest.mark.parametrize(
    ("address", "width", "height"),
    [
        (ARTICLE, 320, 740), (ARTICLE, 360, 740), (ARTICLE, 1280, 740), (ARTICLE, 320, 256), ("en/", 320, 256),
        ("en/help-now/", 320, 256), ("en/help-now/", 1280, 740), ("en/coping/inventory/", 320, 256),
        (ARTICLE, 640, 300), ("en/help-now/", 640, 300), ("en/about/glossary/", 360, 740),
    ],
)  # fmt: skip
def test_each_stop_of_the_tab_key_is_outlined_in_view_and_not_covered(
    page: Page, site: str, address: str, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(reduced_motion="reduce", forced_colors="active" if height == 256 else "none")
    page.goto(site + address)
    stops = walk(page, 120)
    names = [stop["name"] for stop in stops]
    assert names[0] == "Skip to the text"
    for wanted in ("Search", "Menu", "Nederlands", "Get help now"):
        assert wanted in names
    assert not [stop for stop in stops if not stop["outlined"]]
    assert not [stop for stop in stops if stop["covered"] or not stop["inside"]]


@pytest.mark.parametrize("width", [360, 1280])
def test_opening_the_menu_moves_nothing_and_hides_no_help(page: Page, site: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(site + "en/growing/")
    places = [page.locator(one).bounding_box() for one in (".menu summary", ".find", "h1")]
    page.click(".menu summary")
    assert [page.locator(one).bounding_box() for one in (".menu summary", ".find", "h1")] == places
    page.click(".top .help")
    page.wait_for_url("**/help-now/")


def test_the_contents_beside_the_text_end_above_help(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 740})
    page.emulate_media(reduced_motion="reduce")
    page.goto(site + "en/about/evidence-and-debates/")
    page.evaluate("scrollTo(0, 2000)")
    contents, help_link = page.locator(".contents ol").bounding_box(), page.locator(".top .help").bounding_box()
    assert contents is not None
    assert help_link is not None
    assert contents["y"] + contents["height"] <= help_link["y"]
    page.locator(".contents a").last.click()
    assert "#references" in page.url


@pytest.mark.parametrize("width", [320, 1280])
def test_the_menu_opens_and_closes_by_keyboard(page: Page, site: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(site + ARTICLE)
    page.focus(".menu summary")
    page.keyboard.press("Enter")
    assert page.is_visible(".menu nav")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.menu nav') !== null")
    page.keyboard.press("Escape")
    assert not page.is_visible(".menu nav")
    assert page.evaluate("document.activeElement.matches('.menu summary')")


def test_the_menu_shows_where_the_reader_is(page: Page, site: str) -> None:
    page.goto(site + ARTICLE)
    page.click(".menu summary")
    assert page.inner_text(".menu [aria-current=page]") == "Boundaries"
    assert page.inner_text(".menu [aria-current=true]") == "Basic needs"


def test_the_skip_link_leads_to_the_text(page: Page, site: str) -> None:
    page.goto(site + ARTICLE)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_arrows_are_drawn_and_not_read(page: Page, site: str) -> None:
    for address in (ARTICLE, "en/needs/", "en/"):
        page.goto(site + address)
        spoken = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
        names = [str(node.get("name", {}).get("value", "")) for node in spoken if not node["ignored"]]
        assert names
        assert [name for name in names if set(name) & set("←→↓")] == []


def test_single_letters_do_nothing(page: Page, site: str) -> None:
    page.goto(site + ARTICLE)
    for key in "pn,.fs/hg123":
        page.keyboard.press(key)
    assert page.url == site + ARTICLE
    assert page.locator("dialog[open]").count() == 0


def test_the_help_link_stays_at_the_same_place(page: Page, site: str) -> None:
    for width, addresses in (
        (360, ("en/", "en/growing/", "en/help-now/")),
        (1280, ("nl/", "nl/groeien/", "nl/direct-hulp/")),
    ):
        page.set_viewport_size({"width": width, "height": 740})
        places = set()
        for address in addresses:
            page.goto(site + address)
            box = page.locator(".top .help").bounding_box()
            assert box is not None
            assert box["height"] >= 44
            places.add((round(box["x"]), round(box["y"])))
        assert len(places) == 1
        assert places.pop()[1] > 600, "within thumb's reach, at the lower edge"


def test_controls_are_large_enough_for_a_thumb(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    for address in (ARTICLE, "nl/direct-hulp/", "en/"):
        page.goto(site + address)
        small = page.evaluate(
            "[...document.querySelectorAll("
            "'.top a, .top button, summary, .dial, .doors a, .step a, .exit a, .foot a, .tick label')]"
            ".filter((one) => one.offsetParent !== null && one.getBoundingClientRect().height < 44)"
            ".map((one) => one.textContent)"
        )
        assert not small


def test_contents_that_stand_open_are_no_stop_that_does_nothing(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 740})
    page.goto(site + ARTICLE)
    names = [stop["name"] for stop in walk(page, 12)]
    assert "On this page" not in names
    assert "What is it?" in names
    page.set_viewport_size({"width": 360, "height": 740})
    page.locator(".contents:not([open])").wait_for()
    page.focus(".contents summary")
    page.keyboard.press("Enter")
    assert page.is_visible(".contents nav")


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1280, 740), (320, 256), (640, 300)])
def test_what_is_chosen_stays_in_view_and_covers_no_stop(page: Page, site: str, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(reduced_motion="reduce")
    page.goto(site + "en/reading-list/")
    page.check(".shelves input >> nth=0")
    assert page.inner_text(".tray") == "Your list: 1 chosen"
    page.focus(".brand")
    assert not [stop for stop in walk(page, 45) if stop["covered"] or not stop["inside"]]
    page.click(".tray button")
    assert page.evaluate("document.activeElement.id") == "yours"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top < innerHeight / 2")


@pytest.mark.parametrize("address", ["en/help-now/", "nl/direct-hulp/"])
@pytest.mark.parametrize(("width", "height"), [(360, 740), (320, 600)])
def test_the_first_screen_of_a_phone_has_every_number_for_danger_to_life(
    page: Page, site: str, address: str, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(site + address)
    free = page.locator(".top .help").bounding_box()
    boxes = [(one.get_attribute("href"), one.bounding_box()) for one in page.locator("[data-for] a").all()]
    assert {href for href, _ in boxes} == {"tel:112", "tel:999", "tel:911"}
    assert free is not None
    for _, box in boxes:
        assert box is not None
        assert box["height"] >= 56
        assert box["y"] + box["height"] <= free["y"]


def test_the_first_page_of_a_part_leads_to_the_others_at_once(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(site + "en/needs/")
    page.click(".tools > a")
    assert page.url.endswith("#inside")
    assert page.locator("[aria-labelledby=inside] a").count() == 3
    page.set_viewport_size({"width": 1280, "height": 740})
    assert page.locator(".contents a").last.get_attribute("href") == "#inside"


def test_at_four_hundred_per_cent_nothing_stays_in_front_of_the_text(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 320, "height": 256})  # a window of 1280 by 1024, enlarged four times
    page.goto(site + ARTICLE)
    assert page.evaluate("getComputedStyle(document.querySelector('.top .help')).position") == "static"
    assert page.evaluate("getComputedStyle(document.querySelector('.exit')).position") == "static"
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_wider_text_spacing_loses_nothing(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(site + ARTICLE)
    page.evaluate(
        "for (const one of document.querySelectorAll('*')) {"
        " one.style.lineHeight = '1.5'; one.style.letterSpacing = '.12em'; one.style.wordSpacing = '.16em';"
        " if (one.tagName === 'P') one.style.marginBottom = '2em'; }"
    )
    cut = page.evaluate(
        "[...document.querySelectorAll('a, p, li, h1, h2, h3, label, button, summary')]"
        ".filter((one) => !one.closest('.hidden, .skip') && getComputedStyle(one).overflow === 'hidden'"
        " && (one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight)).map((one) => one.textContent)"
    )
    assert not cut
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_lines_are_no_longer_than_people_like_to_read(page: Page, site: str) -> None:
    page.goto(site + ARTICLE)
    size, width = page.evaluate(
        "(() => { const one = document.querySelector('.what-is-it p'); const style = getComputedStyle(one);"
        " const pen = document.createElement('canvas').getContext('2d'); pen.font = style.font;"
        " const letter = pen.measureText('The quick brown fox jumps over the lazy dog and runs').width / 52;"
        " return [parseFloat(style.fontSize), one.getBoundingClientRect().width / letter]; })()"
    )
    assert 17 <= size <= 18
    assert width <= 66


def test_motion_stops_for_readers_who_do_not_want_it(context: Callable[..., BrowserContext], site: str) -> None:
    page = context(reduced_motion="reduce").new_page()
    page.goto(site + "en/feelings/grounding-and-breathing/")
    page.click(".pacer button")
    assert page.inner_text(".breath b") == "Breathe in"
    assert page.evaluate("getComputedStyle(document.querySelector('.breath i')).transitionProperty") in ("none", "all")
    assert page.evaluate("getComputedStyle(document.querySelector('.breath i')).transitionDuration") == "0s"
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_the_words_of_the_pacer_stand_before_its_circle(page: Page, site: str) -> None:
    page.goto(site + "nl/gevoel-en-lichaam/aarden-en-ademen/")
    page.click(".pacer button")
    page.locator(".breath b").scroll_into_view_if_needed()
    box = page.locator(".breath b").bounding_box()
    assert box is not None
    middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    assert page.evaluate("([x, y]) => document.elementFromPoint(x, y).textContent", middle) == "Adem in"


def test_boxes_keep_their_signs_in_forced_colours(context: Callable[..., BrowserContext], site: str) -> None:
    page = context(forced_colors="active").new_page()
    page.goto(site + ARTICLE)
    sign, ground = page.evaluate(
        "[getComputedStyle(document.querySelector('.warning .admonition-title'), '::before').backgroundColor,"
        " getComputedStyle(document.body).backgroundColor]"
    )
    assert sign != ground


def test_glossary_words_explain_themselves_to_the_keyboard(page: Page, site: str) -> None:
    page.goto(site + "en/needs/")
    term = page.locator("a.term").first
    term.focus()
    assert page.inner_text("[role=tooltip]") == term.get_attribute("data-definition")
    assert term.get_attribute("aria-describedby") == "hint"
    page.keyboard.press("Escape")
    assert page.locator("[role=tooltip]").count() == 0


@pytest.mark.parametrize(
    "address", ["en/about/glossary/", "nl/over/woordenlijst/", "nl/direct-hulp/", "en/about/contribute/"]
)
def test_a_long_list_can_be_jumped_through_and_back_without_script(
    context: Callable[..., BrowserContext], site: str, address: str
) -> None:
    page = context(
        java_script_enabled=False, viewport={"width": 360, "height": 740}, reduced_motion="reduce"
    ).new_page()
    page.goto(site + address)
    row = page.locator("nav.jump")
    assert row.get_attribute("aria-label") in ("In this list", "In deze lijst")
    links = row.locator("a")
    assert links.count() > 5
    for link in (links.nth(1), links.last):
        box = link.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
        link.click()
        target = page.locator(link.get_attribute("href") or "")
        assert in_free_view(page, target)
        target.locator("xpath=following::p[@class='jump'][1]/a").click()
        assert in_free_view(page, row)


def in_free_view(page: Page, place: Locator) -> bool:
    """Tell whether a place begins on the screen of a phone, above what stands at its foot."""
    box, help_link = place.bounding_box(), page.locator(".top .help").bounding_box()
    assert box is not None
    assert help_link is not None
    return 0 <= box["y"] < help_link["y"] - 30


@pytest.mark.parametrize(
    ("width", "address"), [(360, "en/about/evidence-and-debates/"), (1280, "nl/over/bewijs-en-debat/")]
)
def test_each_part_of_a_very_long_text_ends_with_a_way_back(page: Page, site: str, width: int, address: str) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.emulate_media(reduced_motion="reduce")
    page.goto(site + address)
    page.locator(".part > .jump a").last.click()
    assert page.evaluate("document.activeElement.id") == "main"
    assert page.evaluate("scrollY") < 200


def test_only_pages_that_are_read_say_how_long_that_takes(page: Page, site: str) -> None:
    for address, minutes in ((ARTICLE, True), ("en/help-now/", False), ("en/about/glossary/", False)):
        page.goto(site + address)
        assert ("minute" in page.inner_text(".meta")) is minutes

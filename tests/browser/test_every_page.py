"""Every page, in each language, on a phone and on a desk, by day and by night.

A page is opened in one of the four modes, in turn; pages with something of their own are opened in all of them.
$HANDBOOK_ALL_MODES opens all pages in all four.
"""

from __future__ import annotations

import os
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.browsing import DESK, HERE, PHONE, read_pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

AXE = HERE / "vendored" / "axe.min.js"
MODES = tuple(product(("phone", "desk"), ("light", "dark")))
IN_ALL_MODES = {
    "index.md", "help-now.md", "needs/boundaries.md", "needs/index.md",
    "feelings/grounding-and-breathing.md", "therapists/interpersonal-messages.md",
}  # fmt: skip
# WCAG 2.2 A and AA, what axe's makers hold to be good practice, and the enhanced contrast of level AAA.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "wcag2aaa"],
    "resultTypes": ["violations"],
    "preload": False,
    "iframes": False,
    "rules": {"color-contrast": {"enabled": False}},  # the enhanced contrast asks for more, and takes as long
}
NARROWEST = 320


def visits() -> Iterator[Any]:
    for number, entry in enumerate(read_pages().entries.values()):
        everywhere = entry.key in IN_ALL_MODES or os.environ.get("HANDBOOK_ALL_MODES")
        turn = number + (entry.language == "nl")
        for width, scheme in MODES if everywhere else (MODES[turn % len(MODES)],):
            yield pytest.param(entry.address, width, scheme, id=f"{entry.address}-{width}-{scheme}")
    for address in ("", "no/such/page/"):
        yield pytest.param(address, "phone", "light", id=f"/{address}")


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[Page]:
    """One tab for all visits, with axe at hand in every page."""
    context: BrowserContext = browser.new_context(locale="fr")  # a language the site does not have: nothing redirects
    context.add_init_script(
        "window.breaches = [];"
        "addEventListener('securitypolicyviolation',"
        " (event) => breaches.push(`${event.violatedDirective} ${event.blockedURI}`));"
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("address", "width", "scheme"), list(visits()))
def test_page_keeps_nobody_out_stays_quiet_and_fits_the_screen(
    reader: Page, site: str, address: str, width: str, scheme: str
) -> None:
    noises: list[str] = []
    asked: list[str] = []
    expected_status = 404 if address.startswith("no/") else 200

    def hear(message: Any) -> None:
        if not (expected_status == 404 and "404" in message.text):
            noises.append(f"{message.type}: {message.text}")

    def note(request: Any) -> None:
        asked.append(request.url)

    def fail(request: Any) -> None:
        noises.append(f"failed: {request.url}")

    listeners = {
        "console": hear,
        "request": note,
        "requestfailed": fail,
        "pageerror": lambda error: noises.append(str(error)),
    }
    for event, listener in listeners.items():
        reader.on(event, listener)  # type: ignore[call-overload]
    try:
        reader.set_viewport_size(PHONE if width == "phone" else DESK)  # type: ignore[arg-type]
        reader.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        response = reader.goto(site + address)
        assert response is not None
        assert response.status == expected_status
        reader.evaluate(AXE.read_text(encoding="utf-8"))
        result = reader.evaluate("rules => axe.run(document, rules)", RULES)
        breaches = reader.evaluate("breaches")
        reader.set_viewport_size({"width": NARROWEST, "height": 640})
        overflow = reader.evaluate("document.documentElement.scrollWidth")
    finally:
        for event, listener in listeners.items():
            reader.remove_listener(event, listener)
    assert not [told(violation) for violation in result["violations"]]
    assert not breaches
    assert not noises
    assert not [url for url in asked if not url.startswith(site)], "a request to somebody else"
    assert overflow <= NARROWEST, f"the page is {overflow} px wide on a screen of {NARROWEST} px"


# What a page looks like only after somebody did something: where, what is pressed, what is typed.
OPENED = {
    "menu": ("en/needs/", ".menu summary", ""),
    "share": ("nl/basisbehoeften/", ".share summary", ""),
    "pacer": ("en/feelings/grounding-and-breathing/", ".pacer button", ""),
    "reading list": ("nl/leeslijst/", ".shelves input >> nth=0", ""),
    "search": ("en/needs/boundaries/", ".find", "saying no"),
    "search in danger": ("nl/basisbehoeften/grenzen/", ".find", "hij slaat me"),
    "search without result": ("en/growing/", ".find", "xqzwv"),
}


@pytest.mark.parametrize("name", OPENED)
@pytest.mark.parametrize(("width", "scheme"), [("phone", "light"), ("desk", "dark")])
def test_what_opens_on_a_page_keeps_nobody_out(reader: Page, site: str, name: str, width: str, scheme: str) -> None:
    address, pressed, typed = OPENED[name]
    reader.set_viewport_size(PHONE if width == "phone" else DESK)  # type: ignore[arg-type]
    reader.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    reader.goto(site + address)
    reader.click(pressed)
    if typed:
        reader.locator("dialog[open]").wait_for()
        reader.keyboard.type(typed)
        reader.locator(".found a, .none:not([hidden])").first.wait_for()
    reader.evaluate(AXE.read_text(encoding="utf-8"))
    result = reader.evaluate("rules => axe.run(document, rules)", RULES)
    assert not [told(violation) for violation in result["violations"]]
    assert not reader.evaluate("breaches")


def told(violation: dict[str, Any]) -> str:
    """Say in one line what axe found and where."""
    places = "; ".join(f"{node['target']} {node.get('failureSummary', '')}" for node in violation["nodes"][:4])
    return f"{violation['id']}: {violation['help']} ({len(violation['nodes'])}x) {places}"

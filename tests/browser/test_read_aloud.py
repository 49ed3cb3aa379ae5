"""Reading aloud: with a voice of the device itself or not at all, and nothing but what stands on the page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

GROUNDING = ("en/feelings/grounding-and-breathing/", "nl/gevoel-en-lichaam/aarden-en-ademen/")
# A device that notes what it is asked to say; `voices` are its own and those of a server.
DEVICE = """
window.spoken = [];
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
Object.defineProperty(window, 'speechSynthesis', { value: Object.assign(new EventTarget(), {
  getVoices: () => %s,
  speak: (utterance) => spoken.push(utterance),
  cancel: () => { window.cancelled = true; },
}) });
"""


@pytest.fixture
def listen(context: Callable[..., BrowserContext], site: str) -> Callable[..., Page]:
    def opened(address: str, *voices: dict[str, Any]) -> Page:
        page = context(reduced_motion="reduce").new_page()
        page.add_init_script(DEVICE % json.dumps(voices))
        page.goto(site + address)
        return page

    return opened


def voice(language: str, *, local: bool = True) -> dict[str, Any]:
    return {"lang": language, "localService": local, "name": f"{language} {local}"}


@pytest.mark.parametrize("voices", [(), (voice("en-GB", local=False),), (voice("nl-NL"), voice("en-GB", local=False))])
def test_without_a_voice_of_the_device_in_this_language_there_is_nothing_to_press(
    listen: Callable[..., Page], voices: tuple[dict[str, Any], ...]
) -> None:
    page = listen("en/needs/boundaries/", *voices)
    assert page.locator(".aloud").count() == 0


@pytest.mark.parametrize("address", [*GROUNDING, "en/help-now/", "nl/basisbehoeften/grenzen/"])
def test_what_is_read_is_what_stands_on_the_page_once(listen: Callable[..., Page], address: str) -> None:
    language = address.partition("/")[0]
    page = listen(address, voice("fr-FR"), voice(f"{language}-XX", local=False), voice(f"{language}_XX"))
    page.click(".aloud")
    page.locator(".aloud[aria-pressed=true]").wait_for()
    spoken = page.evaluate("spoken.map((one) => [one.text, one.voice.name])")
    assert {name for _, name in spoken} == {f"{language}_XX True"}
    texts = [text for text, _ in spoken]
    assert texts[0] == page.inner_text("h1")
    shown = " ".join(page.inner_text("article").split())
    assert [text for text in texts if " ".join(text.split()) not in shown] == []
    assert [text for text in texts if "http" in text or "\u00ad" in text] == []
    steps = page.locator(".wallet li:visible").all_inner_texts()
    assert [step for step in steps if texts.count(step) != 1] == []


@pytest.mark.parametrize("address", ["en/needs/boundaries/", "nl/groeien/zelfcompassie/"])
def test_a_voice_that_comes_late_moves_nothing(listen: Callable[..., Page], address: str) -> None:
    page = listen(address)
    page.set_viewport_size({"width": 360, "height": 740})
    before = page.locator("h1").bounding_box()
    page.evaluate(
        "voice => { speechSynthesis.getVoices = () => [voice];"
        " speechSynthesis.dispatchEvent(new Event('voiceschanged')); }",
        voice(address[:2]),
    )
    button = page.locator(".aloud").bounding_box()
    assert button is not None
    assert button["height"] >= 44
    assert page.locator("h1").bounding_box() == before


def test_it_stops_when_asked_and_when_the_reader_goes_away(listen: Callable[..., Page]) -> None:
    page = listen("en/needs/boundaries/", voice("en-GB"))
    page.click(".aloud")
    page.locator(".aloud[aria-pressed=true]").wait_for()
    assert page.get_attribute(".aloud", "aria-pressed") == "true"
    assert page.inner_text(".aloud") == "Stop reading"
    page.evaluate("window.cancelled = false")
    page.click(".aloud")
    assert page.evaluate("cancelled")
    assert page.inner_text(".aloud") == "Read aloud"
    page.click(".aloud")
    page.evaluate("window.cancelled = false")
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    assert page.evaluate("cancelled")

"""How soon search answers on a slow phone: the first time, and at each key once all is learned.

    .venv/bin/python -m tests.browser.search_times SITE

opens the built site in the folder SITE in a real browser whose processor is slowed four times. The first result is
timed with an empty cache on slow 4G, as Chromium's own tools define it (150 ms, 1.6 Mbit/s, of which they grant nine
tenths), from the moment a finger turns to the button until the result is drawn. A key is timed by how long it keeps the
page's thread busy. Leave the machine alone meanwhile: what else runs on it is measured as well.
"""

from __future__ import annotations

import sys
from statistics import median
from typing import TYPE_CHECKING, Final

from playwright.sync_api import sync_playwright

from tests.browser.browsing import PHONE, built_site, find_chromium, serving

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, Page

VISITS: Final = 9
SLOWED: Final = 4
SLOW_4G: Final = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 0.9 * 1.6e6 / 8,
    "uploadThroughput": 0.9 * 750e3 / 8,
}
WORDS: Final = {"en": ("panic", "no", "sayi", "saying n", "saying no", "afraid"),
                "nl": ("paniek", "ne", "nee z", "nee zeg", "nee zeggen", "bang")}  # fmt: skip
FIRST_RESULT: Final = """(words) => new Promise((seen) => {
  const button = document.querySelector('button.find');
  const started = performance.now();
  button.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
  setTimeout(() => button.click(), 80); // as long as a finger stays
  let typed = false;
  const look = () => {
    const input = document.querySelector('dialog[open] #search-words');
    if (input && !typed) {
      typed = true;
      input.value = words;
      input.dispatchEvent(new Event('input'));
    }
    if (document.querySelector('.found li')) requestAnimationFrame(() => seen(performance.now() - started));
    else setTimeout(look, 4);
  };
  look();
})"""
ALL_ARRIVED: Final = "performance.getEntriesByType('resource').some(({ name }) => name.endsWith('search-text.json'))"
TYPE: Final = """(words) => new Promise((shown) => {
  const input = document.querySelector('#search-words');
  input.value = words;
  input.dispatchEvent(new Event('input'));
  requestAnimationFrame(() => setTimeout(shown));
})"""


def thread_time(page: Page) -> Callable[[], float]:
    """Return what tells how many milliseconds this page alone has kept its thread busy, whatever else runs."""
    measuring = page.context.new_cdp_session(page)
    measuring.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent() -> float:
        metrics = measuring.send("Performance.getMetrics")["metrics"]
        return float(next(one["value"] for one in metrics if one["name"] == "TaskDuration")) * 1000

    return spent


def wait_until_all_is_learned(page: Page, spent: Callable[[], float]) -> None:
    """Wait until nothing more arrives and the thread has come to rest."""
    page.wait_for_load_state("networkidle")
    before = -1.0
    while spent() - before > 1:
        before = spent()
        page.wait_for_timeout(200)


def first_result(browser: Browser, address: str, words: str) -> float:
    """Return the milliseconds from a finger on the button to the first result, with nothing of search in the cache."""
    context = browser.new_context(viewport=PHONE, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    page.wait_for_load_state("networkidle")
    slowing = context.new_cdp_session(page)
    slowing.send("Network.enable")
    slowing.send("Network.emulateNetworkConditions", SLOW_4G)
    slowing.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    took = float(page.evaluate(FIRST_RESULT, words))
    page.wait_for_function(ALL_ARRIVED)
    context.close()
    return took


def keys(page: Page, address: str, words: tuple[str, ...]) -> list[float]:
    """Return the milliseconds that a slowed processor is busy from each key to its results, once all is learned."""
    page.goto(address)
    page.click(".find")
    page.wait_for_selector("dialog[open]")
    spent = thread_time(page)
    wait_until_all_is_learned(page, spent)
    times = []
    for one in words:
        before = spent()
        page.evaluate(TYPE, one)
        times.append(SLOWED * (spent() - before))
    return times


def main(folder: Path) -> None:
    """Print the times of the site in a folder."""
    sys.stdout.write(f"{'':2} {'first result':>20} {'key':>17}   (median and longest, ms)\n")
    with sync_playwright() as playwright, serving(folder) as site:
        browser = playwright.chromium.launch(executable_path=find_chromium(playwright), chromium_sandbox=False)
        for language, words in WORDS.items():
            first = [first_result(browser, f"{site}{language}/", words[0]) for _ in range(VISITS)]
            key = keys(browser.new_page(), f"{site}{language}/", words)
            sys.stdout.write(f"{language} {median(first):12.0f} {max(first):7.0f} {median(key):9.0f} {max(key):7.0f}\n")
        browser.close()


if __name__ == "__main__":
    main(built_site(sys.argv[1:]))

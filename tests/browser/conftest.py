"""One browser, one server and one built site for all browser tests of a process."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Error, Playwright, sync_playwright

from tests.browser.browsing import DESK, find_chromium, serving
from tests.conftest import do_without

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

MISSING = "no Chromium: install Debian's `chromium`, or name one in $CHROMIUM; the browser tests did not run"


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    path = find_chromium(playwright)
    if path is None:
        do_without(MISSING)
    # As root, which is what a container is, Chromium's own sandbox cannot start.
    options = ["--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
    options.append("--disable-ipc-flooding-protection")  # tests change an address's fragment ten thousand times
    sandbox = getattr(os, "geteuid", lambda: 1)() != 0
    running = playwright.chromium.launch(executable_path=path, chromium_sandbox=sandbox, args=options)
    yield running
    running.close()


@pytest.fixture(scope="session")
def site_folder(request: pytest.FixtureRequest) -> Path:
    """The built site; $HANDBOOK_SITE names one that is there already."""
    named = os.environ.get("HANDBOOK_SITE")
    return Path(named) if named else Path(request.getfixturevalue("handbook_site"))


@pytest.fixture(scope="session")
def site(site_folder: Path) -> Iterator[str]:
    """The address of the served site, ending in a slash."""
    with serving(site_folder) as address:
        yield address


@pytest.fixture
def context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Open a reader of one's own: `context(java_script_enabled=False)`."""
    opened: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        opened.append(browser.new_context(**{"viewport": DESK, **options}))
        return opened[-1]

    yield make
    for one in opened:
        try:
            one.close()
        except Error:
            continue


@pytest.fixture
def page(context: Callable[..., BrowserContext]) -> Page:
    return context().new_page()

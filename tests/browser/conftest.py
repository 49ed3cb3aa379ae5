"""One server and one built site for all browser tests of a process, and readers in the one browser."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Error

from tests.browser.browsing import DESK, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page


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

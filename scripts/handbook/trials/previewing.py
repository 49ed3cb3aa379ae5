"""How long an edit under `handbook serve` takes to be on screen: a real server, a real browser, real files.

A handbook is laid out in a temporary folder and served from there; a browser shows one of its pages. Each edit puts a
word that stands nowhere else into a file, and the time counts from the moment the file is written until the browser's
page shows the word. Nobody touches the browser: the page reloads by itself, as it does for whoever writes.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from handbook.publishing.addresses import address_of
from handbook.trials.builds.contenders import lay_out_ours, slugs_of
from handbook.trials.builds.pages import keys_of
from handbook.trials.starting import bound

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from handbook.trials.builds.pages import Pages

HOST: Final = "127.0.0.1"
SHARED: Final = "when-to-get-help"
READY: Final = b"Ready after"
GAP: Final = 0.5
"""Seconds between two edits, as for somebody who saves often; the whole site may still be in the making."""
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class NoPreviewError(Exception):
    """The trial cannot be made here; the words say what is missing."""


@dataclass(frozen=True, slots=True)
class Edits:
    """What edits of one kind took, each in seconds from the written file to the word on screen."""

    kind: str
    seconds: tuple[float, ...]


def measure(root: Path, pages: Pages, place: Path, edits: int, longest: float) -> list[Edits]:
    """Serve a handbook and edit it; NoPreviewError where a browser is missing or nothing comes on screen."""
    folder = place / "handbook"
    folder.mkdir()
    lay_out_ours(root, pages, folder, place)
    language = next(iter(pages.texts))
    key = [key for key in keys_of(list(pages.nav)) if f"\n{{{{ {SHARED} }}}}\n" in pages.texts[language][key]][-1]
    page = folder / "docs" / language / key
    address = address_of(language, key, slugs_of(pages.texts[language]))
    kinds = {
        "a page's text": (page, "\n\n{word}.\n"),
        "a passage that many pages share": (folder / "docs" / language / f"_shared/{SHARED}.md", "\n\n{word}.\n"),
        "a template": (folder / "overrides/main.html", "<article>", "<article><p>{word}</p>"),
    }
    with _browser() as browser, _serving(folder, longest) as port:
        tab = browser.new_page()
        tab.goto(f"http://{HOST}:{port}/{address}", wait_until="load")
        time.sleep(GAP)  # the page has asked by now to hear of changes
        return [
            Edits(name, tuple(_timed(tab, what, f"word{number}x{place}", longest) for place in range(edits)))
            for number, (name, what) in enumerate(kinds.items())
        ]


def _timed(tab: Any, what: tuple[Any, ...], word: str, longest: float) -> float:
    """Edit a file and wait until the word is on screen; return the seconds between."""
    from playwright.sync_api import Error  # noqa: PLC0415

    file, *where = what
    before = file.read_text(encoding="utf-8")
    text = before + where[0] if len(where) == 1 else before.replace(where[0], where[1], 1)
    text = text.replace("{word}", word)
    started = time.monotonic()
    file.write_text(text, encoding="utf-8")
    try:
        tab.get_by_text(word).first.wait_for(state="visible", timeout=longest * 1000)
    except Error:
        message = f"an edit of {file.name} was not on screen after {longest:.0f} s"
        raise NoPreviewError(message) from None
    taken = time.monotonic() - started
    time.sleep(GAP)
    return taken


@contextmanager
def _serving(folder: Path, longest: float) -> Iterator[int]:
    """Serve a folder as `handbook serve` does, from the moment the first site stands."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-c", "import sys; from handbook.cli import main; sys.exit(main(sys.argv[1:]))"]
    log = folder.with_name("served.log")
    with log.open("wb") as said:
        process = subprocess.Popen(  # noqa: S603  (our own interpreter)
            bound([*command, "serve", "--port", str(port)]), cwd=folder, stdout=said, stderr=said
        )
    try:
        until = time.monotonic() + longest * 10
        while READY not in log.read_bytes():
            if process.poll() is not None or time.monotonic() > until:
                message = "the preview does not start: " + log.read_text(encoding="utf-8", errors="replace")[-200:]
                raise NoPreviewError(message)
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def _browser() -> Iterator[Any]:
    """Open a browser without a window, by Playwright, which belongs to the tests and may be missing."""
    try:
        from playwright.sync_api import Error, sync_playwright  # noqa: PLC0415
    except ImportError:
        message = "there is no Playwright in this environment; `make setup` installs it"
        raise NoPreviewError(message) from None
    named = (os.environ.get("CHROMIUM", ""), *BROWSERS)
    with sync_playwright() as playwright:
        found = next((path for name in named if name and (path := shutil.which(name))), None)
        try:
            browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        except Error as error:
            message = f"no browser starts ({str(error).splitlines()[0]}); `make test` gets one"
            raise NoPreviewError(message) from None
        try:
            yield browser
        finally:
            browser.close()

"""A browser and a server for the tests: Debian's Chromium through Playwright, the built site on a local port.

The server sends the same strict Content-Security-Policy that the site is published under, so that a page that needs
more fails here first.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import os
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from handbook.publishing.catalogue import Catalogue, Language, read_catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Playwright

ROOT: Final = Path(__file__).resolve().parents[2]
HERE: Final = Path(__file__).resolve().parent
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
LONGEST_INSTALL: Final = 180  # seconds
PHONE: Final = {"width": 360, "height": 740}
DESK: Final = {"width": 1280, "height": 850}
LANGUAGES: Final = (Language.of("en", "English", "Secure Base"), Language.of("nl", "Nederlands", "Veilige Basis"))


def read_pages() -> Catalogue:
    """Return every page of the handbook with its address, without building anything."""
    return read_catalogue(ROOT / "docs", LANGUAGES, None)


def built_site(arguments: Sequence[str]) -> Path:
    """Return the folder of a built site, the first argument or `site`; the program ends with a word without one."""
    folder = Path(arguments[0]) if arguments else ROOT / "site"
    if not (folder / "404.html").is_file():
        sys.exit(f"{folder}: there is no built site here. Make one with `make build`, or name the folder of one.")
    return folder


def find_chromium(playwright: Playwright) -> str | None:
    """Return a Chromium: the one in $CHROMIUM, on the path, Playwright's own, or one that Playwright can install."""
    named = os.environ.get("CHROMIUM")
    for candidate in (named, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if candidate and (found := shutil.which(candidate)):
            return found
    own = Path(playwright.chromium.executable_path)
    if not own.is_file():
        command = [sys.executable, "-m", "playwright", "install", "chromium"]
        with suppress(OSError, subprocess.TimeoutExpired):
            subprocess.run(command, capture_output=True, timeout=LONGEST_INSTALL, check=False)
    return str(own) if own.is_file() else None


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files with the site's policy, compressed, and says nothing; notes what it sent where somebody counts."""

    def __init__(self, *arguments: Any, policy: str, sent: list[int] | None, **named: Any) -> None:
        self.policy = policy
        self.sent = sent
        super().__init__(*arguments, **named)

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_dir() and not self.path.split("?")[0].endswith("/"):
            super().do_GET()  # answers with a redirect
            return
        if path.is_dir():
            path /= "index.html"
        status = 200
        if not path.is_file():
            path, status = Path(self.directory) / "404.html", 404
        body = gzip.compress(path.read_bytes(), 9)
        self.send_response(status)
        self.send_header("Content-Type", f"{self.guess_type(str(path))}; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        if self.policy:
            self.send_header("Content-Security-Policy", self.policy)
        self.send_header("Referrer-Policy", "no-referrer")
        self.end_headers()
        if self.sent is not None:
            self.sent.append(len(body))
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (the name http.server asks for)
        """Say nothing."""


@contextmanager
def serving(site: Path, *, policy: str = POLICY, sent: list[int] | None = None) -> Iterator[str]:
    """Serve a built site and yield its address, ending in a slash. `sent` receives the bytes of each answer."""
    handler = functools.partial(_Handler, directory=str(site), policy=policy, sent=sent)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()

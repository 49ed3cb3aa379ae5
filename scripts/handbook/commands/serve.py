"""`handbook serve`: shows the handbook on this machine and follows every change.

It answers at once with the last preview, if there is one, and builds a new one meanwhile. Each preview is built out of
sight by MkDocs in a process of its own and swapped in whole, so the browser never sees half of one, and a mistake in a
page leaves the last good preview standing. Open pages reload by themselves when a new one is there.
"""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from handbook.publishing.swapping import replace_folder

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

FOLDER: Final = Path(".cache/preview")
WATCHED: Final = ("docs", "data", "overrides", "scripts/handbook", "mkdocs.yml")
QUIET_SECONDS: Final = 0.15
"""How long nothing may change before a build starts: editors write a file in several steps."""
CHANGES: Final = frozenset({"created", "modified", "moved", "deleted"})
LONGEST_WAIT: Final = 25.0
RELOAD_PATH: Final = "/-/reload.js"
WAIT_PATH: Final = "/-/wait/"
RELOAD: Final = """\
// Asks the preview server to answer when there is something newer than what this page shows, then shows that.
const follow = async (version) => {
  try {
    const answer = await fetch(`/-/wait/${version}`);
    const newest = Number(await answer.text());
    if (version && newest > version) { location.reload(); return; }
    follow(newest);
  } catch {
    setTimeout(follow, 2000, version);
  }
};
follow(0);
"""


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "serve",
        help="show the handbook and follow changes",
        description="Shows the handbook on this machine; open pages reload when something changes. Stop with Ctrl+C.",
    )
    parser.add_argument("--port", type=int, default=8000, help="the port to answer on (default: 8000)")
    parser.add_argument("--host", default="127.0.0.1", help="the address to answer on (default: this machine alone)")


def run(args: argparse.Namespace) -> int:
    """Serve the project in the current folder until somebody stops it."""
    root = Path.cwd()
    if not (root / "mkdocs.yml").is_file():
        print("handbook: there is no mkdocs.yml here; go to the folder of the handbook first.", file=sys.stderr)
        return 2
    preview = Preview(root, f"http://{args.host}:{args.port}/")
    handler = functools.partial(_Handler, preview)
    try:
        server = http.server.ThreadingHTTPServer((args.host, args.port), handler)
    except OSError as error:
        hint = f"choose another port: make serve ARGS='--port {args.port + 1}'"
        print(f"handbook: port {args.port} cannot be used ({error.strerror}); {hint}", file=sys.stderr)
        return 2
    print(f"The handbook is at {preview.address} (stop with Ctrl+C)", flush=True)
    threading.Thread(target=preview.keep_building, daemon=True).start()
    with watching(root, preview.something_changed), server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()
    return 0


class Preview:
    """The last good preview of a project, and the loop that makes the next. Versions count from 1."""

    def __init__(self, root: Path, address: str) -> None:
        self.root = root
        self.address = address
        self.site = root / FOLDER / "site"
        self.version = 1 if self.site.is_dir() else 0
        self._news = threading.Condition()
        self._changed = threading.Event()
        self._changed.set()

    def something_changed(self) -> None:
        """Ask for a new preview."""
        self._changed.set()

    def wait_for_newer(self, version: int, seconds: float) -> int:
        """Wait until there is a preview newer than `version`, or the time is over; return the newest version."""
        with self._news:
            self._news.wait_for(lambda: self.version > version, timeout=seconds)
            return self.version

    def keep_building(self) -> None:
        """Build whenever something has changed and then been quiet for a moment; never returns."""
        while True:
            self._changed.wait()
            while self._changed.is_set():
                self._changed.clear()
                time.sleep(QUIET_SECONDS)
            self.build()

    def build(self) -> bool:
        """Build once; on success swap the new preview in and tell whoever waits."""
        started = time.monotonic()
        staging = self.root / FOLDER / "next" / "site"
        shutil.rmtree(staging.parent, ignore_errors=True)
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SITE_URL": self.address}
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(staging)]
        done = subprocess.run(  # noqa: S603  (our own interpreter)
            command, cwd=self.root, env=environment, capture_output=True, text=True, check=False
        )
        for line in (done.stdout + done.stderr).splitlines():
            print(line)
        if done.returncode != 0:
            print("The preview stays as it was; mend what is named above and save again.", flush=True)
            return False
        replace_folder(staging, self.site)
        with self._news:
            self.version += 1
            self._news.notify_all()
        print(f"Ready after {time.monotonic() - started:.1f} s: {self.address}", flush=True)
        return True


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the preview, with the script that follows it put into every page."""

    def __init__(self, preview: Preview, *args: Any, **kwargs: Any) -> None:
        self._preview = preview
        super().__init__(*args, directory=str(preview.site), **kwargs)

    def do_GET(self) -> None:
        """Answer one request."""
        if self.path == RELOAD_PATH:
            self._answer(RELOAD.encode(), "text/javascript")
        elif self.path.startswith(WAIT_PATH):
            seen = self.path.removeprefix(WAIT_PATH)
            newest = self._preview.wait_for_newer(int(seen) if seen.isdecimal() else 0, LONGEST_WAIT)
            self._answer(str(newest).encode(), "text/plain")
        else:
            self._preview.wait_for_newer(0, LONGEST_WAIT)  # the very first preview may still be in the making
            self._serve_file()

    def _serve_file(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_dir() and self.path.split("?")[0].endswith("/"):
            path /= "index.html"
        status = 200
        if not path.exists():
            path, status = self._preview.site / "404.html", 404
        if path.suffix == ".html" and path.is_file():
            script = f'<script src="{RELOAD_PATH}" defer></script></head>'.encode()
            self._answer(path.read_bytes().replace(b"</head>", script, 1), "text/html", status)
        else:
            super().do_GET()

    def _answer(self, body: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        try:
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the reader went on to another page

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (http.server's name)
        """Say nothing about single requests."""


@contextmanager
def watching(root: Path, changed: Callable[[], None]) -> Iterator[None]:
    """Call `changed` whenever something below one of the watched paths changes."""
    from watchdog.events import FileSystemEvent, FileSystemEventHandler  # noqa: PLC0415  (heavy, see handbook.cli)
    from watchdog.observers import Observer  # noqa: PLC0415

    class Watcher(FileSystemEventHandler):
        def on_any_event(self, event: FileSystemEvent) -> None:
            if event.event_type in CHANGES and "__pycache__" not in str(event.src_path):
                changed()

    observer = Observer()
    for name in WATCHED:
        path = root / name
        if path.exists():
            observer.schedule(Watcher(), str(path), recursive=path.is_dir())
    observer.start()
    try:
        yield
    finally:
        observer.stop()
        observer.join()

"""`handbook serve`: shows the handbook on this machine and follows every change.

It answers at once with the last preview, if there is one, and builds a new one meanwhile (`handbook.publishing.preview`
says how). Open pages reload by themselves when there is something newer.
"""

from __future__ import annotations

import functools
import http.server
import os
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from handbook.commands.refusal import refuse
from handbook.publishing.preview import Preview

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

WATCHED: Final = ("docs", "data", "overrides", "scripts/handbook", "mkdocs.yml")
CHANGES: Final = frozenset({"created", "modified", "moved", "deleted"})
LONGEST_WAIT: Final = 25.0
RELOAD_PATH: Final = "/-/reload.js"
WAIT_PATH: Final = "/-/wait/"
RELOAD: Final = """\
// Asks the preview server to answer when there is something newer than what this page shows, then shows that.
const follow = async (version) => {
  try {
    const answer = await fetch(`/-/wait/${version}${location.pathname}`);
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
    from handbook.reading.configuration import NotAProjectError, find_configuration  # noqa: PLC0415 - see handbook.cli

    root = Path.cwd()
    try:
        find_configuration(root)
    except NotAProjectError as error:
        return refuse(str(error))
    preview = Preview(root, f"http://{args.host}:{args.port}/")
    handler = functools.partial(_Handler, preview)
    try:
        server = http.server.ThreadingHTTPServer((args.host, args.port), handler)
    except OSError as error:
        hint = f"choose another port: make serve ARGS='--port {args.port + 1}'"
        return refuse(f"port {args.port} cannot be used ({error.strerror}); {hint}.")
    except OverflowError:
        return refuse(f"{args.port} is no port; choose one from 1024 to 65535.")
    print(f"The handbook is at {preview.address} (stop with Ctrl+C)", flush=True)
    threading.Thread(target=preview.keep_building, daemon=True).start()
    with watching(root, preview.something_changed), server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()
        finally:
            preview.close()
    return 0


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
            seen, _, address = self.path.removeprefix(WAIT_PATH).partition("/")
            version = int(seen) if seen.isdecimal() else 0
            newest = self._preview.wait_for_newer(version, LONGEST_WAIT, address)
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
def watching(root: Path, changed: Callable[[str], None]) -> Iterator[None]:
    """Call `changed` with the path below `root` whenever something below one of the watched paths changes."""
    from watchdog.events import FileSystemEvent, FileSystemEventHandler  # noqa: PLC0415  (heavy, see handbook.cli)
    from watchdog.observers import Observer  # noqa: PLC0415

    class Watcher(FileSystemEventHandler):
        def on_any_event(self, event: FileSystemEvent) -> None:
            if event.event_type not in CHANGES or (event.is_directory and event.event_type == "modified"):
                return
            for path in (os.fsdecode(event.src_path), os.fsdecode(event.dest_path)):
                if path and "__pycache__" not in path:
                    changed(os.path.relpath(path, root).replace(os.sep, "/"))

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

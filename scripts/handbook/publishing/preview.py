"""The preview that `handbook serve` shows: what changed is on screen first, and the whole site right after.

A builder that stays (`overrides/hooks/warm.py`, a process of its own) remembers what it rendered. After a change it
first renders the changed pages and those that somebody is looking at into the preview as it stands. Then it builds
everything, out of sight, and that is swapped in whole; it differs from a build from scratch in no byte. A further
change interrupts that, so it waits for nothing. A mistake in a page leaves the last good preview standing.
"""

from __future__ import annotations

import filecmp
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from handbook.publishing.swapping import replace_folder

if TYPE_CHECKING:
    from pathlib import Path

FOLDER: Final = ".cache/preview"
BUILDER: Final = "overrides/hooks/warm.py"
CODE: Final = ("scripts/", "overrides/hooks/")
"""Where the builder's own program lies: after a change there it is started anew."""
QUIET_SECONDS: Final = 0.1
"""How long nothing may change before anything is rendered: editors write a file in several steps."""


class Builder:
    """A process that builds, and remembers. Asked by one thread; another one may interrupt."""

    def __init__(self, root: Path, address: str) -> None:
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SITE_URL": address}
        self._process = subprocess.Popen(  # noqa: S603  (our own interpreter)
            [sys.executable, str(root / BUILDER)],
            cwd=root,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,  # so nothing waits in this process when the other one dies
        )

    def ask(self, **asked: object) -> dict[str, Any]:
        """Ask for something and wait for the answer; an empty one when the process is gone."""
        if not self._say(asked) or self._process.stdout is None:
            return {}
        try:
            answer = self._process.stdout.readline()
        except (OSError, ValueError):  # closed meanwhile, by whoever ends the preview
            return {}
        return dict(json.loads(answer)) if answer.endswith(b"\n") else {}

    def interrupt(self) -> None:
        """Let a build end early, because something else comes first."""
        self._say({"do": "nothing"})

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()

    def _say(self, asked: dict[str, object]) -> bool:
        if self._process.stdin is None:
            return False
        try:
            self._process.stdin.write(json.dumps(asked).encode() + b"\n")
            self._process.stdin.flush()
        except (OSError, ValueError):
            return False
        return True


class Preview:
    """The preview of a project, and the loop that keeps it up to date. Versions count from 1."""

    def __init__(self, root: Path, address: str) -> None:
        self.root = root
        self.address = address
        self.site = root / FOLDER / "site"
        self.version = 1 if self.site.is_dir() else 0
        self._news = threading.Condition()
        self._changed = threading.Event()
        self._changed.set()
        self._paths: set[str] = set()
        """What changed since everything was last built."""
        self._fresh: set[str] = set()
        """What changed since somebody last looked."""
        self._viewers: dict[str, int] = {}
        self._builder: Builder | None = None
        self._building = False

    def something_changed(self, path: str) -> None:
        """Take note of a change to a file, named by its path below the root."""
        with self._news:
            self._fresh.add(path)
            interrupted = self._builder if self._building else None
            self._building = False
        self._changed.set()
        if interrupted is not None:
            interrupted.interrupt()

    def wait_for_newer(self, version: int, seconds: float, address: str = "") -> int:
        """Wait until there is a preview newer than `version`, or the time is over; return the newest version.

        `address` is the page that whoever waits is looking at (`nl/grenzen/`).
        """
        address = unquote(address).removeprefix("/")
        with self._news:
            self._viewers[address] = self._viewers.get(address, 0) + 1
            try:
                self._news.wait_for(lambda: self.version > version, timeout=seconds)
            finally:
                self._viewers[address] -= 1
            return self.version

    def keep_building(self) -> None:
        """Bring the preview up to date whenever something has changed; never returns."""
        while True:
            self._changed.wait()
            while self._changed.is_set():
                self._changed.clear()
                time.sleep(QUIET_SECONDS)
            self.update()

    def update(self) -> bool:
        """Show what changed, then build everything; tell whether that went well (not, too, when it was interrupted)."""
        with self._news:
            fresh, self._fresh = self._fresh, set()
            self._paths |= fresh
            seen = [address for address, count in self._viewers.items() if count]
        builder = self._builder
        if builder is None or any(path.startswith(CODE) for path in fresh):
            self.close()
            builder = self._builder = Builder(self.root, self.address)
        elif self.site.is_dir():
            self._show(builder, seen)
        return self._build(builder)

    def close(self) -> None:
        """End the process that builds."""
        if self._builder is not None:
            self._builder.close()
            self._builder = None

    def _show(self, builder: Builder, addresses: list[str]) -> None:
        started = time.monotonic()
        answer = builder.ask(do="show", site=str(self.site), changed=sorted(self._paths), addresses=addresses)
        if answer.get("shown"):
            self._tell()
            print(f"Shown after {time.monotonic() - started:.2f} s; building the rest …", flush=True)  # noqa: T201

    def _build(self, builder: Builder) -> bool:
        started = time.monotonic()
        staging = self.root / FOLDER / "next" / "site"
        shutil.rmtree(staging.parent, ignore_errors=True)
        with self._news:
            if self._fresh:
                return False
            self._building = True
        answer = builder.ask(do="build", site_dir=str(staging))
        with self._news:
            self._building = False
        if answer.get("interrupted"):
            return False
        if not answer.get("built"):
            if not answer:
                self.close()
            print("The preview stays as it was; mend what is named above and save again.", flush=True)  # noqa: T201
            return False
        self._paths = set()
        if not same_folders(staging, self.site):
            replace_folder(staging, self.site)
            self._tell()
        print(f"Ready after {time.monotonic() - started:.1f} s: {self.address}", flush=True)  # noqa: T201
        return True

    def _tell(self) -> None:
        with self._news:
            self.version += 1
            self._news.notify_all()


def same_folders(one: Path, other: Path) -> bool:
    """Tell whether two folders hold the same files with the same bytes."""
    if not other.is_dir():
        return False
    found = [{path.relative_to(top) for path in top.rglob("*") if path.is_file()} for top in (one, other)]
    return found[0] == found[1] and all(filecmp.cmp(one / path, other / path, shallow=False) for path in found[0])

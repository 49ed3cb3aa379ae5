"""`handbook doctor`: says in plain words what this machine has for working on the handbook, and what it lacks.

It changes nothing and asks no other machine. What is needed for everything counts; what only some work needs is named
with that work, so that nobody installs a browser to mend a sentence.
"""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

OLDEST: Final = (3, 11, 5)
ROOM: Final = 500_000_000
SYSTEM_PLACES: Final = "/usr/sbin:/usr/local/sbin:/sbin"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was looked at; `lacking` is empty where all is well, and `needed` where nothing works without it."""

    what: str
    purpose: str
    lacking: str = ""
    needed: bool = False


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    subparsers.add_parser(
        "doctor",
        help="say what is missing on this machine",
        description="Looks for what working on the handbook needs, and says what is missing and how to get it.",
        epilog="Exit code: 0 everything that is needed is there, 1 something needed is missing.",
    )


def run(args: argparse.Namespace) -> int:  # noqa: ARG001
    """Look and say."""
    answers = list(examine(Path.cwd()))
    width = max(len(one.what) for one in answers)
    for one in answers:
        state = "missing" if one.lacking and one.needed else "not there" if one.lacking else "ok"
        print(f"{state:<10}{one.what:<{width}}  {one.purpose}")
        if one.lacking:
            print(f"{'':<10}{'':<{width}}  {one.lacking}")
    missing = [one.what for one in answers if one.lacking and one.needed]
    print(f"Needed and missing: {', '.join(missing)}." if missing else "Everything that is needed is there.")
    return int(bool(missing))


def examine(root: Path) -> Iterator[Answer]:
    """Look at one thing after the other."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    yield Answer(
        f"Python {version}",
        "everything",
        "" if sys.version_info[:3] >= OLDEST else "3.11.5 or newer is needed: https://www.python.org/downloads/",
        needed=True,
    )
    yield _project(root)
    yield _packages(root)
    yield _room(root)
    yield _program("make", "the short commands of README.md", "make")
    yield _program("git", "proposing changes; what the other language said before", "git")
    yield _browser()
    yield _program("nginx", "the tests against a real web server", "nginx libnginx-mod-http-brotli-static")
    yield _program("caddy", "the tests against a real web server", "caddy")
    yield _brotli()
    yield _press()


def _project(root: Path) -> Answer:
    lacking = ""
    if not (root / "mkdocs.yml").is_file():
        lacking = f"{root} holds no mkdocs.yml; go to the folder of the handbook first"
    elif not os.access(root, os.W_OK):
        lacking = f"{root} cannot be written to; copy the handbook to a folder of your own"
    return Answer("the project", "everything", lacking, needed=True)


def _packages(root: Path) -> Answer:
    """Compare what is installed with what is locked."""
    from handbook.publishing import supply  # noqa: PLC0415 - heavy, see handbook.cli

    lacking = ""
    try:
        for _ in supply.packages(supply.read_lock(root / "requirements.lock")):
            pass
    except supply.SupplyError as error:
        lacking = str(error)
    except OSError:
        lacking = "requirements.lock is missing; get a whole copy of the project again"
    return Answer("the packages", "everything", lacking, needed=True)


def _room(root: Path) -> Answer:
    free = shutil.disk_usage(root).free
    lacking = "" if free >= ROOM else f"only {free // 1_000_000} MB are free; a build and its tests need about 500"
    return Answer("room on the disk", "everything", lacking, needed=True)


def _program(name: str, purpose: str, package: str) -> Answer:
    found = shutil.which(name) or shutil.which(name, path=SYSTEM_PLACES)
    return Answer(name, purpose, "" if found else f"on Debian or Ubuntu: sudo apt install {package}")


def _browser() -> Answer:
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    given = os.environ.get("CHROMIUM", "")
    found = (given and Path(given).exists()) or any(shutil.which(name) for name in names)
    lacking = "" if found else "`make test` gets one by itself; on Debian or Ubuntu: sudo apt install chromium"
    return Answer("a browser", "the tests of what readers see", lacking)


def _brotli() -> Answer:
    from handbook.publishing.precompress import brotli_encoder  # noqa: PLC0415

    lacking = (
        "" if brotli_encoder() else "pages are compressed with gzip alone; on Debian or Ubuntu: sudo apt install brotli"
    )
    return Answer("Brotli", "publishing smaller pages", lacking)


def _press() -> Answer:
    from handbook.handouts.press import missing  # noqa: PLC0415

    return Answer("Pango", "handouts, worksheets and books as PDF", missing())

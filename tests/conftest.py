"""What several kinds of tests share: the built handbook, and small copies of the project to break on purpose."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from playwright.sync_api import Browser

# How long an example takes depends on the machine and says nothing about what it shows.
settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")

ROOT = Path(__file__).resolve().parents[1]
NO_CHROMIUM = "no Chromium: install Debian's `chromium`, or name one in $CHROMIUM; the browser tests did not run"


@dataclass(frozen=True)
class Build:
    """What a run of MkDocs left behind."""

    site: Path
    code: int
    output: str


def do_without(sentence: str) -> NoReturn:
    """End a test for which something is missing here: it is skipped, but fails where changes are checked."""
    if os.environ.get("CI"):
        pytest.fail(sentence)
    pytest.skip(sentence)


def run_mkdocs(root: Path, site: Path, *arguments: str, env: Mapping[str, str] | None = None) -> Build:
    """Build the project below `root` into `site`, strictly, and return what happened."""
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site), *arguments],
        cwd=root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **(env or {})},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return Build(site, done.returncode, done.stdout + done.stderr)


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return what `make` puts at a path in the run's temporary folder: the first process that asks makes it.

    All processes of a run get the same, so a test may only look at it.
    """
    own = factory.getbasetemp()
    place = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / name
    done = place.with_name(f"{name}.done")
    with place.with_name(f"{name}.lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            if place.is_dir():  # left by a process in which it failed: it would hide why
                shutil.rmtree(place)
            make(place)
            done.touch()
    return place


@pytest.fixture(scope="session")
def handbook_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole handbook, built once a run."""

    def make(place: Path) -> None:
        build = run_mkdocs(ROOT, place / "site")
        assert build.code == 0, build.output

    return made_once(tmp_path_factory, "handbook", make) / "site"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser of all tests of a process: Playwright can be started only once in it."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - few kinds of tests need a browser

    from tests.browser.browsing import find_chromium  # noqa: PLC0415

    with sync_playwright() as playwright:
        path = find_chromium(playwright)
        if path is None:
            do_without(NO_CHROMIUM)
        # As root, which is what a container is, Chromium's own sandbox cannot start.
        options = ["--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
        options.append("--disable-ipc-flooding-protection")  # tests change an address's fragment ten thousand times
        sandbox = getattr(os, "geteuid", lambda: 1)() != 0
        running = playwright.chromium.launch(executable_path=path, chromium_sandbox=sandbox, args=options)
        yield running
        running.close()


def make_project(
    root: Path, files: Mapping[str, str], *, languages: str | None = None, nav: str = "nav: [index.md]\n"
) -> Path:
    """Make a copy of the project with other pages in it."""
    shutil.copytree(ROOT / "overrides", root / "overrides")
    shutil.copytree(ROOT / "data", root / "data")
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    start, end = config.index("nav:\n"), config.index("# --- Languages")
    config = config[:start] + nav + config[end:]
    if languages is not None:
        start, end = config.index("        - locale: en"), config.index("# --- Theme")
        config = config[:start] + languages + config[end:]
    (root / "mkdocs.yml").write_text(config, encoding="utf-8")
    (root / "scripts" / "handbook").mkdir(parents=True)
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def project(tmp_path: Path) -> Callable[..., Path]:
    """Make a copy of the project with other pages in it: `project({"docs/en/index.md": "# Hello"})`."""
    return partial(make_project, tmp_path / "project")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly that nobody looked at the pages, where there was no browser or no checker of their HTML."""
    skipped = terminalreporter.stats.get("skipped", [])
    unseen = [report for report in skipped if NO_CHROMIUM in str(report.longrepr)]
    unchecked = [report for report in skipped if "the Nu HTML checker did not" in str(report.longrepr)]
    if unchecked:
        terminalreporter.section("NOBODY CHECKED THE HTML OF THE PAGES", red=True, bold=True)
        terminalreporter.line("The Nu HTML checker did not run. It needs Java (sudo apt install default-jre-headless).")
    if unseen:
        terminalreporter.section("NOBODY LOOKED AT THE PAGES", red=True, bold=True)
        terminalreporter.line(
            f"{len(unseen)} browser tests did not run: there is no Chromium, and none could be installed."
        )
        terminalreporter.line("Install one (on Debian or Ubuntu: sudo apt install chromium) or name one in $CHROMIUM.")


def wait_until(happened: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.05)


def is_running(process: int) -> bool:
    """Tell whether a process is there and not just waiting to be counted."""
    try:
        stat = Path("/proc", str(process), "stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"

"""Languages built side by side come out as if one had been built after the other, and so does what is said."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from handbook.reading.processes import PROCESSES, processes_allowed, shares_of_others
from tests.build.test_other_sites import NAV, THREE_LANGUAGES, three_languages
from tests.conftest import Build, is_running, run_mkdocs, wait_until
from tests.faults.conftest import contents

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere languages are built one after the other")

ENDS = """
import os, signal

def on_page_markdown(markdown, page, config, files):
    if page.file.src_uri == "nl/needs/safety.md":
        os.kill(os.getpid(), signal.SIGKILL)
"""
NO_ROOM = """
import errno, os

fork, processes = os.fork, []

def full():
    if processes:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
    processes.append(fork())
    return processes[0]

os.fork = full

def on_post_build(config):
    try:
        os.waitpid(processes[0], os.WNOHANG)
        print("the first is still there")
    except ChildProcessError:
        print("nobody is left")
"""
WAITS = """
import os, time
from pathlib import Path

def on_page_markdown(markdown, page, config, files):
    if page.file.src_uri.endswith("/needs/safety.md"):
        Path(config.site_dir).with_name(page.file.src_uri[:2]).write_text(str(os.getpid()))
        time.sleep(60)
"""


def build(root: Path, site: Path, processes: int | str) -> Build:
    environment = {
        PROCESSES: str(processes),
        "SOURCE_DATE_EPOCH": "1",
        "XDG_CACHE_HOME": str(site.with_suffix(".kept")),
    }
    return run_mkdocs(root, site, env=environment)


def warnings(built: Build) -> list[str]:
    return [line for line in built.output.splitlines() if line.startswith(("WARNING", "ERROR"))]


def with_hook(root: Path, source: str) -> Path:
    (root / "overrides/hooks/extra.py").write_text(source, encoding="utf-8")
    config = (root / "mkdocs.yml").read_text(encoding="utf-8")
    last = "  - overrides/hooks/downloads.py"
    assert last in config
    (root / "mkdocs.yml").write_text(config.replace(last, f"  - overrides/hooks/extra.py\n{last}"), encoding="utf-8")
    return root


@pytest.fixture
def root(project: Callable[..., Path]) -> Path:
    return project(three_languages(), languages=THREE_LANGUAGES, nav=NAV)


def test_any_number_of_processes_builds_the_same_bytes(root: Path, tmp_path: Path) -> None:
    built = [build(root, tmp_path / f"site-{count}", count) for count in (1, 2, 3)]
    assert [one.code for one in built] == [0, 0, 0], built[-1].output
    one, two, three = (contents(each.site) for each in built)
    assert "ar/search-text.json" in one
    assert one == two == three


def test_a_warning_in_any_language_is_said_once_and_in_order_and_fails_a_strict_build(
    project: Callable[..., Path], tmp_path: Path
) -> None:
    files = three_languages()
    for language in ("ar", "en", "nl"):
        files[f"docs/{language}/index.md"] += "\n[gone](gone.md)\n"
    root = project(files, languages=THREE_LANGUAGES, nav=NAV)
    alone, together = (build(root, tmp_path / f"site-{count}", count) for count in (1, 3))
    assert (alone.code, together.code) == (1, 1)
    assert warnings(alone) == warnings(together)[:2]  # one after the other, the first that fails is the last
    assert [line.split("'")[1] for line in warnings(together)] == ["en/index.md", "nl/index.md", "ar/index.md"]
    assert "Aborted with 3 warnings in strict mode!" in together.output


def test_what_stops_a_later_language_is_one_sentence(root: Path, tmp_path: Path) -> None:
    (root / "data/search/nl.yml").write_text("stop: [\n  oops\n", encoding="utf-8")
    alone, together = (build(root, tmp_path / f"site-{count}", count) for count in (1, 2))
    assert (alone.code, together.code) == (1, 1)
    assert "nl.yml:" in together.output
    assert "Traceback" not in together.output
    assert warnings(alone) == warnings(together)


def test_a_process_that_was_killed_is_named(root: Path, tmp_path: Path) -> None:
    built = build(with_hook(root, ENDS), tmp_path / "site", 3)
    assert built.code == 1
    assert f"the process that built nl ended with code -9. Fix: build again with {PROCESSES}=1." in built.output
    assert "Traceback" not in built.output


def test_without_room_for_another_process_one_language_is_built_after_the_other(root: Path, tmp_path: Path) -> None:
    usual = build(root, tmp_path / "usual", 1)
    built = build(with_hook(root, NO_ROOM), tmp_path / "site", 3)
    assert built.code == 0, built.output
    assert "nobody is left" in built.output
    assert "is still there" not in built.output
    assert contents(built.site) == contents(usual.site)


def test_no_process_outlives_the_first(root: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(tmp_path / "site")]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", PROCESSES: "2"}
    with subprocess.Popen(
        command, cwd=with_hook(root, WAITS), env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as first:
        noted = [tmp_path / language for language in ("en", "nl")]
        wait_until(lambda: all(path.is_file() and path.read_text() for path in noted))
        _, other = (int(path.read_text()) for path in noted)
        assert other != first.pid
        assert is_running(other)
        first.kill()
    wait_until(lambda: not is_running(other))


@pytest.mark.parametrize("said", ["0", "two", "-1", "²"])
def test_a_wrong_number_of_processes_is_one_sentence(
    root: Path, tmp_path: Path, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PROCESSES, said)
    with pytest.raises(ValueError, match=f"{PROCESSES} is '{said}'; it must be a whole number, at least 1"):
        processes_allowed()
    if said == "two":
        built = build(root, tmp_path / "site", said)
        assert built.code == 1
        assert f"{PROCESSES} is 'two'" in built.output
        assert "Traceback" not in built.output


def test_languages_are_dealt_out_to_the_processes_besides_the_first() -> None:
    assert shares_of_others(["en", "nl"], 1) == []
    assert shares_of_others(["en", "nl"], 8) == [["nl"]]
    assert shares_of_others(["en"], 8) == []
    assert shares_of_others(["en", "nl", "ar", "fr"], 3) == [["nl", "fr"], ["ar"]]

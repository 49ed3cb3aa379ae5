"""A command that is killed leaves what was there before or what was to come, and never something between."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from handbook.ledger.store import replace_file
from handbook.publishing.precompress import gzip_encoder
from handbook.publishing.releases import publish
from handbook.publishing.swapping import replace_folder
from tests.faults.conftest import contents, handbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.faults.conftest import Said

STEPS = ("open", "os.", "shutil.", "tempfile.")
MOST = 400


def killed_at_every_step(work: Callable[[], object]) -> Iterator[int]:
    """Run some work again and again in a process of its own that dies at its first, second, third … touch of the disk.

    Yields after each death, and once more after the run that came to its end.
    """
    for step in range(1, MOST):
        child = os.fork()
        if child == 0:
            left = [step]

            def die(event: str, _: object, left: list[int] = left) -> None:
                if event.startswith(STEPS):
                    left[0] -= 1
                    if left[0] == 0:
                        os.kill(os.getpid(), signal.SIGKILL)

            sys.addaudithook(die)
            try:
                work()
                os._exit(0)
            finally:
                os._exit(1)
        _, status = os.waitpid(child, 0)
        yield step
        if os.WIFEXITED(status):
            assert os.WEXITSTATUS(status) == 0
            return
    pytest.fail(f"still not done after {MOST} steps")


def make(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_file_of_the_ledger_or_registry_is_the_old_one_or_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "data/ledger/rest.txt"
    replace_file(path, "old\n" * 1000)
    seen = []
    for _ in killed_at_every_step(lambda: replace_file(path, "new\n" * 1000)):
        seen.append(path.read_text(encoding="utf-8"))
        assert [one.name for one in path.parent.glob("*.txt")] == ["rest.txt"]
    assert set(seen) == {"old\n" * 1000, "new\n" * 1000}
    assert len(seen) > 3


def test_a_site_is_the_old_one_or_the_new_one(tmp_path: Path) -> None:
    old, new = {"index.html": "old", "en/index.html": "old"}, {"index.html": "new", "nl/index.html": "new"}
    site = make(tmp_path / "site", old)
    made = make(tmp_path / "made", new)
    before, after = contents(site), contents(made)
    seen = []
    for _ in killed_at_every_step(lambda: replace_folder(made, site)):
        seen.append(contents(site))
        make(made, new)
        if seen[-1] == after:
            break
    assert seen[-1] == after
    assert [one for one in seen[:-1] if one != before] == []


def test_what_a_server_serves_is_the_old_release_or_the_new_one(tmp_path: Path) -> None:
    place = tmp_path / "srv"
    text = "word " * 100
    publish(make(tmp_path / "one", {"index.html": f"old {text}"}), place, [(".gz", gzip_encoder)])
    two = make(tmp_path / "two", {"index.html": f"new {text}", "en/index.html": f"new {text}"})
    seen = []
    for _ in killed_at_every_step(lambda: publish(two, place, [(".gz", gzip_encoder)], keep=2)):
        seen.append(sorted(contents(place / "current")))
        words = {path.read_text(encoding="utf-8")[:3] for path in (place / "current").rglob("*.html")}
        assert len(words) == 1
        if words == {"new"}:
            break
    old = ["index.html", "index.html.gz"]
    assert seen[-1] == ["en/index.html", "en/index.html.gz", *old]
    assert [one for one in seen[:-1] if one != old] == []
    assert len(seen) > 10


@pytest.mark.parametrize(("how", "after"), [(signal.SIGKILL, 1.5), (signal.SIGTERM, 1.0)])
def test_a_build_that_is_killed_leaves_the_site_and_the_next_one_tidies_up(
    small: Path, how: signal.Signals, after: float
) -> None:
    (small / "site").mkdir()
    (small / "site/index.html").write_text("the site before", encoding="utf-8")
    before = contents(small / "site"), sorted(path.name for path in small.iterdir())
    command = [sys.executable, "-m", "handbook.cli", "build"]
    running = subprocess.Popen(
        command, cwd=small, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    time.sleep(after)
    os.killpg(running.pid, how)
    code = running.wait(20)
    assert code in {-how, 128 + how, 0}
    if code:
        names = sorted(path.name for path in small.iterdir() if path.name != ".cache")
        assert (contents(small / "site"), names) == before
    said: Said = handbook(small, "build")
    assert said.code == 0, said.output
    assert (small / "site/en/rest/index.html").is_file()
    assert list((small / ".cache/build").iterdir()) == []

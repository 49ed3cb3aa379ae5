"""A command that is killed leaves what was there before or what was to come, and never something between."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from handbook.ledger.store import replace_file
from handbook.publishing.precompress import gzip_encoder
from handbook.publishing.releases import publish
from handbook.publishing.swapping import replace_folder
from tests.conftest import ROOT, is_running, wait_until
from tests.faults.conftest import SITE_BEFORE, contents, handbook, make

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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


@pytest.mark.fault("killed while it writes ledger or registry")
def test_a_file_of_the_ledger_or_registry_is_the_old_one_or_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "data/ledger/rest.txt"
    replace_file(path, "old\n" * 1000)
    seen = []
    for _ in killed_at_every_step(lambda: replace_file(path, "new\n" * 1000)):
        seen.append(path.read_text(encoding="utf-8"))
        assert [one.name for one in path.parent.glob("*.txt")] == ["rest.txt"]
    assert set(seen) == {"old\n" * 1000, "new\n" * 1000}
    assert len(seen) > 3


@pytest.mark.fault("killed while the site is swapped")
def test_a_site_is_the_old_one_or_the_new_one(tmp_path: Path) -> None:
    old, new = {**SITE_BEFORE, "en/index.html": "old"}, {"index.html": "new", "nl/index.html": "new"}
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


@pytest.mark.fault("killed while a release is published")
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


WAIT = """
import os, time

BUILDER, STARTER = os.getpid(), os.getppid()

def wait_at(event):
    if os.environ.get("WAIT_AT") == event:
        open(os.environ["REACHED"], "w").close()
        while os.getppid() == (STARTER if os.getpid() == BUILDER else BUILDER):
            time.sleep(0.01)
        os._exit(1)

def on_files(files, **_):
    wait_at("files")

def on_page_content(html, **_):
    wait_at("page")

def on_post_build(**_):
    wait_at("post-build")
"""
DIE_BEFORE_THE_SWAP = """
import os, signal
from handbook.cli import main
from handbook.commands import build

build.replace_folder = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
main(["build"])
"""


def start(root: Path, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=root,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=obey_interrupts,  # noqa: PLW1509  (no threads run here)
    )


def obey_interrupts() -> None:
    """Let SIGINT end a process, also where the tests themselves run in the background and pass on that it does not."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def wait_for(file: Path, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 100
    while not file.exists():
        assert process.poll() is None, "the build ended before it came to the moment"
        assert time.monotonic() < end, "the build never came to the moment"
        time.sleep(0.01)
    file.unlink()


@pytest.mark.fault("build killed")
def test_a_build_that_is_killed_leaves_the_site_and_the_next_one_tidies_up(small: Path, tmp_path: Path) -> None:
    """Ended by each way while MkDocs reads files, while it writes pages and when it is done, and before the swap."""
    config = small / "mkdocs.yml"
    (small / "hooks/wait.py").write_text(WAIT, encoding="utf-8")
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("\nhooks:\n", "\nhooks:\n  - hooks/wait.py\n"), encoding="utf-8")
    make(small / "site", SITE_BEFORE)
    before = contents(small / "site"), sorted(path.name for path in small.iterdir())

    def as_before() -> bool:
        names = sorted(path.name for path in small.iterdir() if path.name != ".cache")
        return (contents(small / "site"), names) == before

    mark = tmp_path / "reached"
    ends = (
        ("files", signal.SIGINT),
        ("page", signal.SIGTERM),
        ("page", signal.SIGKILL),
        ("post-build", signal.SIGKILL),
    )
    for moment, how in ends:
        running = start(small, "-m", "handbook.cli", "build", WAIT_AT=moment, REACHED=str(mark))
        wait_for(mark, running)
        running.send_signal(how)
        assert running.wait(20) in {-how, 128 + how}
        assert as_before(), moment
    assert start(small, "-c", DIE_BEFORE_THE_SWAP).wait(100) == -signal.SIGKILL
    assert as_before(), "before the swap"
    left_behind = list((small / ".cache/build").iterdir())
    assert left_behind
    said = handbook(small, "build")
    assert said.code == 0, said.output
    assert (small / "site/en/rest/index.html").is_file()
    assert list((small / ".cache/build").iterdir()) == []


POOLS = {
    "reading many pages": "from handbook.reading.processes import mapped; mapped(time.sleep, [60.0] * 64)",
    "printing papers": "from handbook.handouts.press import warm_up; warm_up(Path()); time.sleep(60)",
    "trying hostile inputs": "from handbook.trials.fuzz.running import run; list(run(Path(), 0, 5000))",
}


@pytest.mark.fault("killed while others work for it")
@pytest.mark.parametrize("work", POOLS.values(), ids=POOLS)
def test_no_process_outlives_the_one_that_started_it(work: str) -> None:
    running = start(ROOT, "-c", f"import time; from pathlib import Path; {work}", HANDBOOK_PROCESSES="2")
    try:
        wait_until(lambda: len(children_of(running.pid)) > 1)
        children = children_of(running.pid)
    finally:
        running.kill()
        running.wait(20)
    wait_until(lambda: not any(is_running(child) for child in children))


PROGRAM = "import time; print('begun', flush=True); time.sleep(300)"
TRIAL = "import subprocess, sys; from handbook.trials.starting import bound; subprocess.run(bound(sys.argv[1:]))"


@pytest.mark.fault("killed while others work for it")
def test_no_program_outlives_the_trial_that_started_it() -> None:
    command = [sys.executable, "-c", TRIAL, sys.executable, "-c", PROGRAM]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == b"begun\n"
        children = children_of(running.pid)
        running.kill()
    assert children
    wait_until(lambda: not any(is_running(child) for child in children))


def children_of(process: int) -> set[int]:
    tasks = Path("/proc", str(process), "task")
    return {int(child) for task in tasks.iterdir() for child in (task / "children").read_text("ascii").split()}

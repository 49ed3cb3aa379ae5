"""The preview: it answers at once, follows changes, and survives mistakes."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.build.test_other_sites import NAV, THREE_LANGUAGES, page, three_languages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HANDBOOK = Path(sys.executable).with_name("handbook")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(root: Path) -> Iterator[str]:
    port = free_port()
    server = subprocess.Popen([HANDBOOK, "serve", "--port", str(port)], cwd=root, stdout=subprocess.PIPE, text=True)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.communicate(timeout=10)


def read(url: str, seconds: float = 60) -> str:
    """Ask until somebody answers."""
    end = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(url, timeout=60) as response:
                return str(response.read().decode())
        except (urllib.error.URLError, ConnectionError):
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


@pytest.fixture
def small(project: Callable[..., Path]) -> Path:
    return project(three_languages(), languages=THREE_LANGUAGES, nav=NAV)


def test_a_site_with_warnings_is_shown_in_every_language(small: Path) -> None:
    (small / "docs/en/index.md").write_text(page("Home", "[gone](gone.md)"), encoding="utf-8")
    with serving(small) as address:
        assert "Home" in read(f"{address}/en/")
        assert 'dir="rtl"' in read(f"{address}/ar/needs/")


def test_a_change_is_on_screen_and_a_mistake_leaves_the_last_preview(small: Path) -> None:
    with serving(small) as address:
        first = int(read(f"{address}/-/wait/0"))
        (small / "docs/en/index.md").write_text(page("Hello again"), encoding="utf-8")
        second = int(read(f"{address}/-/wait/{first}"))
        assert second > first
        assert "Hello again" in read(f"{address}/en/")
        (small / "data/helplines.yml").write_text("countries: [", encoding="utf-8")
        time.sleep(1)
        assert "Hello again" in read(f"{address}/en/")


def test_every_page_follows_the_preview_and_a_wrong_address_gets_the_page_for_lost_readers(small: Path) -> None:
    with serving(small) as address:
        assert '<script src="/-/reload.js" defer></script>' in read(f"{address}/en/")
        with pytest.raises(urllib.error.HTTPError) as lost:
            urllib.request.urlopen(f"{address}/en/nowhere/", timeout=60)
        assert lost.value.code == 404
        assert "nl" in lost.value.read().decode()


def test_a_second_start_answers_with_the_last_preview_before_anything_is_built(small: Path) -> None:
    with serving(small) as address:
        read(f"{address}/en/")
    (small / "mkdocs.yml").write_text("this is no configuration", encoding="utf-8")
    with serving(small) as address:
        assert "Home en" in read(f"{address}/en/")


def test_a_port_that_is_taken_is_one_sentence(small: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        command = [str(HANDBOOK), "serve", "--port", str(taken.getsockname()[1])]
        done = subprocess.run(command, cwd=small, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "choose another port" in done.stderr


def test_serving_nothing_is_one_sentence(tmp_path: Path) -> None:
    done = subprocess.run([HANDBOOK, "serve"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "There is no mkdocs.yml in" in done.stderr

"""Reading many pages is dealt out to several processes, and gives what one process reads."""

from __future__ import annotations

import errno
import os
import signal
import sys
from pathlib import Path

import pytest

from handbook.ledger.versions import read_versions
from handbook.reading.configuration import read_configuration
from handbook.reading.processes import ENOUGH, PROCESSES, mapped

ROOT = Path(__file__).resolve().parents[2]


def process_of(_: int) -> int:
    return os.getpid()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere one process does it all")
def test_many_items_are_dealt_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PROCESSES, "2")
    assert os.getpid() not in mapped(process_of, range(2 * ENOUGH))
    assert set(mapped(process_of, range(2 * ENOUGH - 1))) == {os.getpid()}
    monkeypatch.setenv(PROCESSES, "1")
    assert set(mapped(process_of, range(2 * ENOUGH))) == {os.getpid()}
    monkeypatch.setenv(PROCESSES, "many")
    assert mapped(abs, [-2, 1] * ENOUGH) == [2, 1] * ENOUGH


def end_others(first: int) -> int:
    if os.getpid() != first:
        os.kill(os.getpid(), signal.SIGKILL)
    return first


def test_a_process_that_is_killed_costs_time_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PROCESSES, "2")
    first = [os.getpid()] * 2 * ENOUGH
    assert mapped(end_others, first) == first


@pytest.mark.parametrize("begun", [0, 1])
def test_without_room_for_another_process_one_does_it_all(begun: int, monkeypatch: pytest.MonkeyPatch) -> None:
    fork, room = os.fork, [None] * begun

    def fork_while_there_is_room() -> int:
        if not room:
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        room.pop()
        return fork()

    monkeypatch.setenv(PROCESSES, "2")
    monkeypatch.setattr(os, "fork", fork_while_there_is_room)
    assert set(mapped(process_of, range(2 * ENOUGH))) == {os.getpid()}
    assert not room


def test_any_number_of_processes_reads_the_same_versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mkdocs.yml").write_bytes((ROOT / "mkdocs.yml").read_bytes())
    for language in ("en", "nl"):
        (tmp_path / "docs" / language).mkdir(parents=True)
        for number in range(ENOUGH + 1):
            text = f"---\ntitle: Page {number}\n---\n\n# Page {number}\n\n## Why {{#why}}\n\nIn {language}: {number}.\n"
            (tmp_path / "docs" / language / f"page-{number}.md").write_text(text, encoding="utf-8")
    configuration = read_configuration(tmp_path)
    read = []
    for said in ("1", "2"):
        monkeypatch.setenv(PROCESSES, said)
        (tmp_path / ".cache/ledger.json").unlink(missing_ok=True)
        read.append(read_versions(tmp_path, configuration))
    assert len(read[0]) == 2 * (ENOUGH + 1)
    assert len({passage.digest for version in read[0] for passage in version.passages}) > ENOUGH
    assert read[0] == read[1] == read_versions(tmp_path, configuration)

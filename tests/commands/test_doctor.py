"""`handbook doctor` names what is missing, for what it is needed, and how to get it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from handbook.cli import main
from handbook.commands.doctor import examine
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path


class Usage(NamedTuple):
    """What `shutil.disk_usage` says."""

    total: int
    used: int
    free: int


def test_a_machine_that_runs_the_tests_lacks_nothing_that_is_needed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    assert main(["doctor"]) == 0
    assert capsys.readouterr().out.endswith("Everything that is needed is there.\n")


def test_a_bare_machine_is_told_what_to_install_for_what(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    monkeypatch.delenv("CHROMIUM", raising=False)
    assert main(["doctor"]) == 0
    said = capsys.readouterr().out
    assert "sudo apt install git" in said
    assert "sudo apt install nginx" in said
    assert "sudo apt install chromium" in said


@pytest.mark.parametrize(
    ("lack", "what"), [("folder", "the project"), ("lock", "the packages"), ("room", "room on the disk")]
)
def test_what_is_needed_and_missing_is_named_and_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lack: str, what: str
) -> None:
    monkeypatch.chdir(ROOT if lack == "room" else tmp_path)
    if lack == "room":
        monkeypatch.setattr("shutil.disk_usage", lambda _: Usage(10, 9, 1))
    assert main(["doctor"]) == 1
    assert f"{what}" in capsys.readouterr().out.splitlines()[-1]


def test_it_changes_nothing(tmp_path: Path) -> None:
    assert len(list(examine(tmp_path))) >= 9
    assert list(tmp_path.iterdir()) == []

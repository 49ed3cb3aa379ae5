"""`handbook status`: the table of pages and sections."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from handbook.cli import main
from tests.ledger.small import make_project, replace

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    root = make_project(tmp_path / "project")
    monkeypatch.chdir(root)
    assert main(["sync", "--all", "--yes"]) == 0
    capsys.readouterr()
    return root


def test_all_in_step(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status"]) == 0
    assert capsys.readouterr().out == (
        "help.md   2 of  2 in step\nrest.md   3 of  3 in step\n\n2 pages, 5 sections: 5 in step.\n"
    )


def test_every_section_is_listed_on_request(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "--sections"]) == 0
    assert "    recognise: in step\n" in capsys.readouterr().out


def test_each_state_is_named_with_the_side_that_moved(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replace(root, "docs/en/rest.md", "tired", "very tired")
    replace(root, "docs/en/rest.md", "Sit", "Please sit")
    replace(root, "docs/nl/rest.md", "Ga", "Ga toch")
    replace(root, "docs/nl/help.md", "## Nu {#now}", "## Nu {#now}\n\nx\n\n## Later {#later}")
    assert main(["status"]) == 1
    assert capsys.readouterr().out == (
        "help.md   1 of  3 in step\n"
        "  ! now: en behind, nl changed\n"
        "  ! later: missing in en\n"
        "rest.md   1 of  3 in step\n"
        "  ! in-short: changed in every language\n"
        "  ! recognise: nl behind, en changed\n"
        "\n"
        "2 pages, 6 sections: 2 in step, 2 behind, 1 changed in every language, 1 missing in a language.\n"
    )


def test_json_holds_every_section(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replace(root, "docs/en/rest.md", "tired", "very tired")
    assert main(["status", "--format", "json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert data["languages"] == ["en", "nl"]
    assert data["counts"] == {"in-step": 4, "behind": 1, "all-moved": 0, "unconfirmed": 0, "missing": 0}
    rest = data["pages"][1]
    assert rest["paths"] == {"en": "docs/en/rest.md", "nl": "docs/nl/rest.md"}
    assert rest["sections"][2] == {
        "id": "recognise", "state": "behind", "moved": ["en"], "behind": ["nl"], "missing": [], "reason": "",
    }  # fmt: skip


def test_markdown_is_a_table(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replace(root, "docs/en/rest.md", "tired", "very tired")
    assert main(["status", "--format", "markdown"]) == 1
    rows = capsys.readouterr().out.splitlines()
    assert rows[3] == "| rest.md | 2 | 1 | 0 | 0 | 0 | `recognise`: nl behind, en changed |"
    assert {row.count("|") for row in rows} == {8}


def test_a_new_page_is_one_line(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "data/ledger/rest.txt").unlink()
    assert main(["status"]) == 1
    assert "rest.md   0 of  3 in step\n  ! nobody has compared this page yet\n\n" in capsys.readouterr().out


def test_a_broken_ledger_is_named_by_its_line(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "data/ledger/rest.txt").write_text("# x\nnonsense\n")
    assert main(["status"]) == 1
    assert "  ! data/ledger/rest.txt:2: this line is no ledger entry: 'nonsense'\n" in capsys.readouterr().out


@pytest.mark.parametrize(("folder", "said"), [("docs", "There is no mkdocs.yml"), (".", "There is no ledger")])
def test_what_cannot_be_read_is_said_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], folder: str, said: str
) -> None:
    root = make_project(tmp_path / "new")
    (root / "docs/data/ledger").mkdir(parents=True)
    assert main(["status", "--root", str(root / folder)]) == 2
    assert said in capsys.readouterr().err

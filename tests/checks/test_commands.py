"""`handbook check` and `handbook explain` as a person or a program meets them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from handbook.cli import main
from handbook.commands.explain import explanation
from handbook.rules import engine
from handbook.rules.registry import REGISTRY

from .projects import write

if TYPE_CHECKING:
    from pathlib import Path

engine.load()
Capture = pytest.CaptureFixture[str]
FILES = {
    "en/panic.md": "# Panic\n\nCall 0800-0113.\n",
    "nl/panic.md": "# Paniek\n\nBel 0800-0114.\n",
    "en/index.md": "# A\n\n[x](pannic.md)\n",
    "nl/index.md": "# A\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write(tmp_path, FILES)


def test_text_says_where_what_and_what_to_do(project: Path, capsys: Capture) -> None:
    assert main(["check", "--root", str(project), "--select", "PAR201,LNK101"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        'docs/en/index.md:3: LNK101 this link leads to "pannic.md", which does not exist. Fix: Did you mean panic.md?',
        'docs/nl/panic.md:3: PAR201 phone number differs from the English page: "0800-0113" there, "0800-0114" here '
        "(docs/en/panic.md:3). Fix: Find out which of the two is right, and write it on both pages.",
        "2 findings (2 errors) in 2 files. Checked 4 pages in 2 languages. More about a code: handbook explain LNK101",
    ]


def test_a_clean_project_gives_code_0(project: Path, capsys: Capture) -> None:
    assert main(["check", "--root", str(project), "--select", "STR"]) == 0
    assert capsys.readouterr().out == "Nothing found. Checked 4 pages in 2 languages.\n"


def test_json_has_the_shape_other_programs_rely_on(project: Path, capsys: Capture) -> None:
    main(["check", "--root", str(project), "--select", "PAR201", "--format", "json"])
    document = json.loads(capsys.readouterr().out)
    assert document["findings"] == [
        {
            "path": "docs/nl/panic.md",
            "line": 3,
            "code": "PAR201",
            "name": "phone-number-differs",
            "severity": "error",
            "message": 'phone number differs from the English page: "0800-0113" there, "0800-0114" here',
            "hint": "Find out which of the two is right, and write it on both pages.",
            "other": {"path": "docs/en/panic.md", "line": 3},
        }
    ]
    assert document["off"]["LNK101"] == "not selected"


def test_github_annotations_are_escaped(project: Path, capsys: Capture) -> None:
    main(["check", "--root", str(project), "--select", "LNK101", "--format", "github"])
    first = capsys.readouterr().out.splitlines()[0]
    assert first.startswith("::error file=docs/en/index.md,line=3,title=LNK101 link-to-missing-page::this link leads")


def test_sarif_names_rules_and_places(project: Path, capsys: Capture) -> None:
    main(["check", "--root", str(project), "--select", "PAR201", "--format", "sarif"])
    run = json.loads(capsys.readouterr().out)["runs"][0]
    result = run["results"][0]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "PAR201"
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 3}
    assert result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "docs/en/panic.md"


def test_paths_limit_what_is_reported(project: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    assert main(["check", "docs/nl/index.md", "--select", "LNK,PAR201"]) == 0
    assert main(["check", "docs/en/panic.md", "--select", "LNK,PAR201"]) == 1
    assert "PAR201" in capsys.readouterr().out


def test_list_says_why_a_rule_is_off(project: Path, capsys: Capture) -> None:
    assert main(["check", "--root", str(project), "--list"]) == 0
    lines = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}
    assert lines["PUB101"].endswith("off: there is no built site (run the build first)")
    assert lines["SAF101"].endswith("off: this project does not say which HTML it allows")


def test_warnings_fail_only_when_asked(tmp_path: Path) -> None:
    root = str(write(tmp_path, {"en/index.md": "# A\n\n# B\n", "nl/index.md": "# A\n\n# B\n"}))
    assert main(["check", "--root", root, "--select", "STR102"]) == 1
    assert main(["check", "--root", root, "--select", "STR102", "--fail-on", "error"]) == 0


def test_fix_mends_what_is_certain_and_nothing_else(tmp_path: Path, capsys: Capture) -> None:
    root = write(
        tmp_path,
        {"en/index.md": b"\xef\xbb\xbf# A\r\n\n[x](htps://a.org) 0800\xe2\x80\x8b-0113 and [y](gone.md)\n"},
    )
    assert main(["check", "--root", str(root), "--select", "FIL,TXT,LNK", "--fix"]) == 1
    assert (root / "docs/en/index.md").read_bytes() == b"# A\n\n[x](https://a.org) 0800-0113 and [y](gone.md)\n"
    assert [line.split()[1] for line in capsys.readouterr().out.splitlines()[:-1]] == ["LNK101"]


def test_explain_answers_in_both_languages(capsys: Capture) -> None:
    assert main(["explain", "PAR201"]) == 0
    assert "Somebody in need calls" in capsys.readouterr().out
    assert main(["explain", "phone-number-differs", "--language", "nl"]) == 0
    assert "Iemand in nood belt" in capsys.readouterr().out
    assert main(["explain", "NOPE1"]) == 2


@pytest.mark.parametrize("rule", REGISTRY.all(), ids=lambda rule: rule.code)
@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_rule_can_be_explained(rule: object, language: str) -> None:
    text = explanation(rule, language)  # type: ignore[arg-type]
    assert len(text.splitlines()) >= 9


def test_a_broken_rule_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    root = write(tmp_path, {"en/index.md": "# A\n", "nl/index.md": "# A\n"})
    monkeypatch.setattr("handbook.rules.structure.ids._ids", lambda _page: 1 / 0)
    assert main(["check", "--root", str(root), "--select", "STR106"]) == 1
    assert "FIL113" in capsys.readouterr().out


@pytest.mark.parametrize(
    "command", [["build"], ["publish", "--to", "../out"], ["publish", "--plain", "--to", "../out"]]
)
def test_a_symbolic_link_among_the_sources_stops_a_build(
    command: list[str], project: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "docs/en/passwords.md").symlink_to("/etc/passwd")
    monkeypatch.chdir(project)
    assert main(command) == 1
    assert "docs/en/passwords.md is a symbolic link" in capsys.readouterr().err
    assert not (project / "site").exists()
    assert not (project / "../out").exists()

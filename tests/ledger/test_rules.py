"""What the checks say about the ledger, and when they stay silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.cli import main
from handbook.commands.layers import load_rules
from handbook.model.finding import Finding, Place, Severity
from handbook.reading.project import read_project
from handbook.rules.engine import choose, run
from tests.ledger.small import CONFIG, PAGES, make_project, replace

if TYPE_CHECKING:
    from pathlib import Path

RULES = ("LED101", "LED102", "LED103", "LED104", "LED105")


def findings(root: Path) -> list[Finding]:
    load_rules()
    project = read_project(root, render=False, site=False)
    return run(project, choose(project, ["LED"]).on)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_project(tmp_path)
    assert main(["sync", "--all", "--yes", "--root", str(root)]) == 0
    return root


def test_a_ledger_in_step_is_silent(root: Path) -> None:
    assert findings(root) == []


HARMLESS = {
    "a sentence broken elsewhere": ("docs/en/rest.md", "I am tired.", "I am\ntired."),
    "emphasis": ("docs/nl/rest.md", "moe", "**moe**"),
    "another list marker": ("docs/nl/rest.md", "- Ga zitten.\n- Adem", "* Ga zitten.\n* Adem"),
    "other front matter": ("docs/en/rest.md", "title: Rest\n", "checked: 2026-11-22\ntitle: Rest\n"),
}


@pytest.mark.parametrize("kind", HARMLESS)
def test_form_is_silent(root: Path, kind: str) -> None:
    replace(root, *HARMLESS[kind])
    assert findings(root) == []


def test_a_change_with_its_ledger_is_silent(root: Path) -> None:
    replace(root, "docs/en/rest.md", "tired", "very tired")
    replace(root, "docs/nl/rest.md", "moe", "heel moe")
    assert main(["sync", "rest.md", "--yes", "--root", str(root)]) == 0
    assert findings(root) == []


def test_a_section_behind_is_a_warning_at_the_side_that_is_behind(root: Path) -> None:
    replace(root, "docs/en/rest.md", "tired", "very tired")
    (finding,) = findings(root)
    assert (finding.code, finding.severity) == ("LED101", Severity.WARNING)
    assert (finding.place, finding.other) == (Place("docs/nl/rest.md", 13), Place("docs/en/rest.md", 13))
    assert finding.message == (
        'the section "Herken je dit?" is behind: English changed since somebody last said that both say the same, '
        "Dutch did not"
    )
    assert finding.hint.endswith("run: handbook sync rest.md --section recognise")


def test_a_section_behind_on_a_critical_page_is_an_error(root: Path) -> None:
    replace(root, "docs/nl/help.md", "Bel", "Bel nu")
    (finding,) = findings(root)
    assert (finding.code, finding.severity, finding.path) == ("LED101", Severity.ERROR, "docs/en/help.md")


def test_a_title_behind_is_at_the_first_line(root: Path) -> None:
    replace(root, "docs/en/rest.md", "What rest is.", "What rest gives.")
    (finding,) = findings(root)
    assert finding.place == Place("docs/nl/rest.md", 1)
    assert finding.message.startswith("the title or introduction is behind")


def test_both_sides_moved_is_one_warning(root: Path) -> None:
    replace(root, "docs/en/help.md", "Call", "Phone")
    replace(root, "docs/nl/help.md", "Bel", "Bel nu")
    (finding,) = findings(root)
    assert (finding.code, finding.severity) == ("LED102", Severity.WARNING)
    assert (finding.place, finding.other) == (Place("docs/en/help.md", 3), Place("docs/nl/help.md", 3))


def test_a_page_that_nobody_compared_is_one_warning(root: Path) -> None:
    make_project(root, {"docs/en/new.md": PAGES["docs/en/rest.md"], "docs/nl/new.md": PAGES["docs/nl/rest.md"]})
    (finding,) = findings(root)
    assert (finding.code, finding.severity, finding.place) == ("LED103", Severity.WARNING, Place("docs/en/new.md", 1))


def test_a_section_that_nobody_compared_is_one_warning(root: Path) -> None:
    for language in ("en", "nl"):
        path = root / f"docs/{language}/rest.md"
        path.write_text(path.read_text() + "\n## More {#more}\n\nx\n")
    (finding,) = findings(root)
    assert (finding.code, finding.place) == ("LED103", Place("docs/en/rest.md", 17))


def test_a_missing_page_or_section_is_left_to_the_rules_of_parity(root: Path) -> None:
    make_project(root, {"docs/en/new.md": PAGES["docs/en/rest.md"]})
    replace(root, "docs/nl/rest.md", "\n## Herken je dit? {#recognise}\n\nIk ben moe.\n", "")
    assert findings(root) == []


@pytest.mark.parametrize(
    ("content", "line"),
    [(b"nonsense\n", 1), (b"# x\n<<<<<<< a\n", 2), (b"\xff", 1)],
)
def test_a_broken_ledger_is_one_error(root: Path, content: bytes, line: int) -> None:
    (root / "data/ledger/rest.txt").write_bytes(content)
    (finding,) = findings(root)
    assert (finding.code, finding.severity) == ("LED104", Severity.ERROR)
    assert finding.place == Place("data/ledger/rest.txt", line)


def test_a_ledger_of_a_vanished_page_is_an_error(root: Path) -> None:
    for language in ("en", "nl"):
        (root / f"docs/{language}/rest.md").rename(root / f"docs/{language}/ease.md")
    assert [(one.code, one.severity, one.path) for one in findings(root)] == [
        ("LED105", Severity.ERROR, "data/ledger/rest.txt"),
        ("LED103", Severity.WARNING, "docs/en/ease.md"),
    ]
    (root / "data/ledger/rest.txt").rename(root / "data/ledger/ease.txt")
    assert findings(root) == []


def test_a_project_without_a_ledger_has_these_rules_off(tmp_path: Path) -> None:
    load_rules()
    project = read_project(make_project(tmp_path), render=False, site=False)
    choice = choose(project, ["LED"])
    assert choice.on == ()
    assert {why for rule, why in choice.off if rule.code in RULES} == {"this project keeps no ledger (data/ledger/)"}


def test_a_project_in_one_language_has_these_rules_off(root: Path) -> None:
    load_rules()
    (root / "mkdocs.yml").write_text(CONFIG.replace("        - {locale: nl, name: Nederlands, build: true}\n", ""))
    project = read_project(root, render=False, site=False)
    assert choose(project, ["LED"]).on == ()


def test_pages_named_by_a_suffix_are_kept_in_step_too(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(CONFIG.replace("folder", "suffix"))
    (tmp_path / "docs/rest.md").write_text(PAGES["docs/en/rest.md"])
    (tmp_path / "docs/rest.nl.md").write_text(PAGES["docs/nl/rest.md"])
    assert main(["sync", "docs/rest.nl.md", "--yes", "--root", str(tmp_path)]) == 0
    assert findings(tmp_path) == []
    replace(tmp_path, "docs/rest.nl.md", "moe", "heel moe")
    assert [(one.code, one.path) for one in findings(tmp_path)] == [("LED101", "docs/rest.md")]

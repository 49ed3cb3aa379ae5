"""Golden cases for the handbook's own rules: a small handbook, changed, and the places of all findings of one rule."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from handbook.commands.layers import load_rules, settings_for
from handbook.reading.project import read_project
from handbook.rules import engine
from handbook.rules.registry import REGISTRY
from tests.conftest import ROOT
from tests.ledger.test_history import git

if TYPE_CHECKING:
    from handbook.model.finding import Finding

load_rules()
HERE = Path(__file__).parent
TODAY = "1795348800"  # 22 November 2026, when the small handbook was checked
CASES: dict[str, dict[str, list[dict[str, Any]]]] = {
    code: cases
    for file in sorted((HERE / "cases").glob("*.yml"))
    for code, cases in yaml.safe_load(file.read_text("utf-8")).items()
}
OWN = [rule for rule in REGISTRY.all() if rule.check.__module__.startswith("handbook.editorial")]


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY)


@pytest.fixture
def handbook(tmp_path: Path) -> Path:
    """A copy of the small handbook, which knows the words that were looked up before."""
    root = tmp_path / "handbook"
    shutil.copytree(HERE / "handbook", root)
    return root


def _parameters(kind: str) -> list[Any]:
    return [
        pytest.param(code, case, id=f"{code}-{number}")
        for code, cases in CASES.items()
        for number, case in enumerate(cases.get(kind, []), 1)
    ]


def _path(name: str) -> str:
    return f"docs/{name}" if name.startswith(("en/", "nl/")) else name


def _changed(root: Path, case: dict[str, Any]) -> Path:
    if case.get("committed"):
        git(root, "init", "-q")
        git(root, "add", "-A")
        git(root, "commit", "-q", "-m", "as it was")
    for name, changes in case.get("change", {}).items():
        file = root / _path(name)
        text = file.read_text("utf-8")
        for old, new in changes.items():
            assert old in text, f"{name} of the small handbook does not say {old!r}"
            text = text.replace(old, new, 1)
        file.write_text(text, "utf-8")
    for name, (text, times) in case.get("grow", {}).items():
        file = root / _path(name)
        whole = file.read_text("utf-8")
        file.write_text(whole.replace(text, text * times, 1), "utf-8")
    for name, text in case.get("write", {}).items():
        file = root / _path(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    for name in case.get("remove", []):
        (root / _path(name)).unlink()
    return root


def _findings(root: Path, code: str = "") -> list[Finding]:
    project = read_project(root, settings_for, site=False)
    return engine.run(project, engine.choose(project, [code] if code else []).on)


@pytest.mark.parametrize(("code", "case"), _parameters("fires"))
def test_a_rule_speaks_where_it_must(handbook: Path, code: str, case: dict[str, Any]) -> None:
    findings = _findings(_changed(handbook, case), code)
    places = [f"{finding.path.removeprefix('docs/')}:{finding.line}" for finding in findings]
    assert places == case["at"], [finding.message for finding in findings]
    for text in case.get("says", []):
        assert any(text in f"{finding.message} {finding.hint}" for finding in findings), findings
    if "severity" in case:
        assert [finding.severity.value for finding in findings] == case["severity"]


@pytest.mark.parametrize(("code", "case"), _parameters("silent"))
def test_a_rule_is_silent_where_nothing_is_wrong(handbook: Path, code: str, case: dict[str, Any]) -> None:
    assert [finding.message for finding in _findings(_changed(handbook, case), code)] == []


def test_nothing_is_wrong_with_the_small_handbook(handbook: Path) -> None:
    assert [f"{finding.place} {finding.code} {finding.message}" for finding in _findings(handbook)] == []


@pytest.mark.parametrize("rule", OWN, ids=lambda rule: rule.code)
def test_every_rule_has_a_case_that_fires_and_one_that_is_silent(rule: Any) -> None:
    assert CASES.get(rule.code, {}).get("fires")
    assert CASES.get(rule.code, {}).get("silent")


def test_the_cases_name_only_rules_that_exist() -> None:
    assert set(CASES) - set(REGISTRY.rules) == set()


def test_the_rules_switch_themselves_off_where_there_is_no_data(tmp_path: Path) -> None:
    """Another project's pages are none of their business."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Hello\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: Other\n", "utf-8")
    project = read_project(tmp_path, settings_for, site=False)
    off = {rule.code: reason for rule, reason in engine.choose(project).off}
    assert [rule.code for rule in OWN if not off.get(rule.code)] == []


@pytest.mark.parametrize("name", ["helplines.yml", "wording.yml", "glossary.yml", "references.json"])
def test_rules_whose_data_file_is_gone_say_so(handbook: Path, name: str) -> None:
    (handbook / "data" / name).unlink()
    project = read_project(handbook, settings_for, site=False)
    part = name.split(".", maxsplit=1)[0]
    reasons = {reason for _, reason in engine.choose(project).off}
    assert any(part.rstrip("s") in reason for reason in reasons), reasons


def test_a_language_without_a_dictionary_is_not_spelt(handbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handbook.editorial.spelling.DICTIONARIES", handbook)
    project = read_project(handbook, settings_for, site=False)
    off = {rule.code: reason for rule, reason in engine.choose(project).off}
    assert off["SPE101"] == "there is no dictionary for en, nl"


def test_every_wording_of_the_real_list_is_tried_by_a_mutation() -> None:
    from handbook.editorial.wording import load_wordings  # noqa: PLC0415
    from handbook.trials.mutations.safety import WORDS  # noqa: PLC0415

    entries = load_wordings(ROOT / "data" / "wording.yml")
    assert {entry.id for entry in entries} == set(WORDS)
    for entry in entries:
        assert set(WORDS[entry.id]) == set(entry.languages), entry.id

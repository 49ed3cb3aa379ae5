"""Golden cases: for each rule, small projects on which it speaks (where, and how often) and on which it is silent."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import yaml

from handbook.model.project import FileProblem
from handbook.model.settings import Settings
from handbook.rules import engine
from handbook.rules.registry import REGISTRY

from .projects import EXACTING, SUFFIXES, check, read, write

engine.load()
FOLDER = Path(__file__).parent / "cases"
CASES: dict[str, dict[str, list[dict[str, Any]]]] = {
    code: cases
    for file in sorted(FOLDER.glob("*.yml"))
    for code, cases in yaml.safe_load(file.read_text("utf-8")).items()
}
CORE = [rule for rule in REGISTRY.all() if rule.check.__module__.startswith("handbook.rules")]


def _parameters(kind: str) -> list[Any]:
    return [
        pytest.param(code, case, id=f"{code}-{number}")
        for code, cases in CASES.items()
        for number, case in enumerate(cases.get(kind, []), 1)
    ]


def _findings(code: str, case: dict[str, Any], root: Path) -> list[Any]:
    files = dict(case.get("files", {}))
    if case.get("structure") == "suffix":
        files.setdefault("mkdocs.yml", SUFFIXES)
    files |= {name: bytes.fromhex(data) for name, data in case.get("bytes", {}).items()}
    files |= {name: unit * times for name, (unit, times) in case.get("repeated", {}).items()}
    if "problem" in case:
        rule = REGISTRY.rules[code]
        hits = rule.check(FileProblem(kind=rule.problem, **case["problem"]), read(root, files))
        return [*hits]
    for name, target in case.get("links", {}).items():
        write(root, {})
        (root / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "docs" / name).symlink_to(target)
    for name in case.get("pipes", []):
        write(root, {})
        (root / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        os.mkfifo(root / "docs" / name)
    return check(root, files, [code], Settings() if case.get("settings") == "neutral" else EXACTING)


@pytest.mark.parametrize(("code", "case"), _parameters("fires"))
def test_rule_speaks(code: str, case: dict[str, Any], tmp_path: Path) -> None:
    findings = _findings(code, case, tmp_path)
    places = [f"{finding.path.removeprefix('docs/')}:{finding.line}" for finding in findings]
    assert places == case["at"], [finding.message for finding in findings]
    for text in case.get("says", []):
        assert any(text in f"{finding.message} {finding.hint}" for finding in findings), findings
    if "other" in case:
        assert [str(finding.other).removeprefix("docs/") for finding in findings] == case["other"]


@pytest.mark.parametrize(("code", "case"), _parameters("silent"))
def test_rule_is_silent(code: str, case: dict[str, Any], tmp_path: Path) -> None:
    assert [finding.message for finding in _findings(code, case, tmp_path)] == []


@pytest.mark.parametrize("rule", CORE, ids=lambda rule: rule.code)
def test_every_rule_has_cases_and_texts(rule: Any) -> None:
    cases = CASES.get(rule.code, {})
    assert cases.get("fires"), "no case on which the rule speaks"
    assert cases.get("silent"), "no case on which the rule is silent"
    for language in ("en", "nl"):
        text = rule.texts[language]
        assert text.what, language
        assert text.why, language
        assert text.bad, language
        assert text.good, language

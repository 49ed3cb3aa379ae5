"""Each attack of `cases/*.yml` on a small handbook is answered by the rule that the case names.

A case changes the handbook as a contributor could: `text` stands in both languages of one page, `front_matter` in the
block at its top, `replace` in a file of data or words, `write` and `link` make files.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from handbook.commands.layers import load_rules, settings_for
from handbook.reading.configuration import NotAProjectError
from handbook.reading.project import read_project
from handbook.rules import engine
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

load_rules()
PAGE = "needs/safety.md"
SECTION = "{#what-is-it}\n"
PAGES = ("index.md", "help-now.md", PAGE, "_shared/when-to-get-help.md")
CASES: list[dict[str, Any]] = [
    case
    for file in sorted((Path(__file__).parent / "cases").glob("*.yml"))
    for case in yaml.safe_load(file.read_text("utf-8"))
]


def handbook(root: Path) -> Path:
    shutil.copy(ROOT / "mkdocs.yml", root)
    for folder in ("data", "overrides"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("ledger", "assets"))
    for language in ("en", "nl"):
        for page in PAGES:
            target = root / "docs" / language / page
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / "docs" / language / page, target)
    return root


def attack(root: Path, case: dict[str, Any]) -> None:
    for language in ("en", "nl"):
        page = root / "docs" / language / PAGE
        text = page.read_text("utf-8")
        if "text" in case:
            text = text.replace(SECTION, f"{SECTION}\n{case['text']}\n", 1)
        for key, value in case.get("front_matter", {}).items():
            without = re.sub(rf"(?m)^{key}:.*\n", "", text, count=1)
            text = without.replace("---\n", f"---\n{key}: {value}\n", 1)
        page.write_bytes(text.encode())
    for path, (old, new) in case.get("replace", {}).items():
        before = (root / path).read_text("utf-8")
        assert old in before, f"{path} does not hold {old!r} any more"
        (root / path).write_text(before.replace(old, new, 1), "utf-8")
    for path, content in case.get("write", {}).items():
        unit, times = content if isinstance(content, list) else (content, 1)
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(unit * times, "utf-8")
    for path, target in case.get("link", {}).items():
        (root / path).symlink_to(target)
    for path in case.get("remove", []):
        (root / path).unlink()


def found(root: Path, *wanted: str) -> Iterator[tuple[str, str]]:
    project = read_project(root, settings_for, site=False)
    for finding in engine.run(project, engine.choose(project, wanted).on):
        yield finding.code, f"{finding.path}: {finding.message}"


@pytest.fixture(scope="session")
def before(tmp_path_factory: pytest.TempPathFactory) -> frozenset[tuple[str, str]]:
    return frozenset(found(handbook(tmp_path_factory.mktemp("untouched"))))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_attack_is_answered(case: dict[str, Any], tmp_path: Path, before: frozenset[tuple[str, str]]) -> None:
    attack(handbook(tmp_path), case)
    if "refused" in case:
        with pytest.raises(NotAProjectError, match=case["refused"]):
            read_project(tmp_path, settings_for, site=False)
        return
    assert set(found(tmp_path, case["code"])) - before

"""The code keeps to its own rules: style, types, and the direction of imports."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

TOOLS = Path(sys.executable).parent


@pytest.mark.parametrize("command", ["ruff check", "ruff format --check", "mypy", "lint-imports"])
def test_the_code_passes(command: str) -> None:
    program, *arguments = command.split()
    done = subprocess.run([TOOLS / program, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_only_the_package_stands_in_scripts() -> None:
    assert [path.name for path in (ROOT / "scripts").iterdir()] == ["handbook"]


def test_every_dependency_has_its_reason_beside_it() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    start, end = lines.index("dependencies = ["), lines.index("[project.scripts]")
    dependencies = [line for line in lines[start:end] if line.strip().startswith('"')]
    assert len(dependencies) > 10
    assert [line for line in dependencies if "  # " not in line] == []


def test_what_the_code_imports_is_named_as_a_dependency() -> None:
    """What another package happens to bring along may go when that package changes. Trials may use what tests use."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = {canonicalize_name(Requirement(line).name) for line in project["dependencies"]}
    tried = named | {canonicalize_name(Requirement(line).name) for line in project["optional-dependencies"]["dev"]}
    bring = packages_distributions()
    for file in (ROOT / "scripts").rglob("*.py"):
        foreign = {one for one in _imported(file) if one in bring and one not in sys.stdlib_module_names | {"handbook"}}
        allowed = tried if "trials" in file.parts else named
        assert {one for one in foreign if not {canonicalize_name(each) for each in bring[one]} & allowed} == set(), file


def _imported(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found

"""The code keeps to its own rules: style, types, and the direction of imports."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

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

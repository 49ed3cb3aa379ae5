"""What a build says when MkDocs stops for a reason that is in no page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.commands.build import _print_what_mkdocs_said
from handbook.reading.project import read_project
from tests.faults.conftest import handbook, make_small

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("last", "hint"), [("ModuleNotFoundError: No module named 'x'", True), ("KeyError: 'x'", False)]
)
def test_somebody_who_pulled_and_did_not_set_up_is_told_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], last: str, hint: bool
) -> None:
    log = tmp_path / "log"
    log.write_text(f"Traceback (most recent call last):\n{last}\n", encoding="utf-8")
    project = read_project(make_small(tmp_path / "small"), render=False, site=False)
    _print_what_mkdocs_said(project, [], log)
    said = capsys.readouterr().out
    assert f"mkdocs: {last}" in said
    assert ("Fix: make setup" in said) is hint


def test_where_a_hook_is_gone_that_others_need_the_configuration_is_named(tmp_path: Path) -> None:
    root = make_small(tmp_path / "small")
    config = root / "mkdocs.yml"
    lines = config.read_text(encoding="utf-8").splitlines(keepends=True)
    config.write_text(
        "".join(line for line in lines if not line.startswith("  - hooks/catalogue.py")), encoding="utf-8"
    )
    said = handbook(root, "build")
    assert said.code == 1
    assert "It stopped in hooks/addresses.py, line " in said.output
    assert "Traceback" not in said.output

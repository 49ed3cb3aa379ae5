"""The workflows give away as little as they can: pinned actions, read-only tokens, no stranger's words in a shell."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml

from handbook.model.finding import Finding, Severity
from handbook.reporting.formats import text_line
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

GITHUB: Final = ROOT / ".github"
WORKFLOWS: Final = sorted((GITHUB / "workflows").glob("*.y*ml"))
PINNED: Final = re.compile(r"^\s*-?\s*uses: [\w.-]+/[\w./-]+@[0-9a-f]{40}  # v\d+(\.\d+)*$")
every_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)


def read(path: Path) -> dict[str, Any]:
    """Read a workflow; YAML takes its key `on` for the word yes."""
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {str(key).replace("True", "on"): value for key, value in loaded.items()}


@every_workflow
def test_every_action_is_pinned_by_its_hash_and_says_its_version(path: Path) -> None:
    used = [line for line in path.read_text(encoding="utf-8").splitlines() if re.search(r"\buses:", line)]
    assert used
    assert [line for line in used if not PINNED.match(line)] == []


@every_workflow
def test_the_token_can_only_read_unless_a_job_says_otherwise(path: Path) -> None:
    workflow = read(path)
    assert workflow["permissions"] == {"contents": "read"}
    writes = {
        name: sorted(what for what, how in job.get("permissions", {}).items() if how == "write")
        for name, job in workflow["jobs"].items()
    }
    assert {name: what for name, what in writes.items() if what} in ({}, {"deploy": ["id-token", "pages"]})


@every_workflow
def test_no_workflow_runs_strangers_words_or_lasts_for_ever(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    workflow = read(path)
    assert "pull_request_target" not in text
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] <= 360
        for step in job["steps"]:
            assert "${{" not in step.get("run", ""), "give it to the step as an environment variable"
            if "actions/checkout" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] is False


@every_workflow
def test_a_workflow_only_calls_what_everybody_can_call(path: Path) -> None:
    """Nothing is done in a workflow alone; except to install packages, and to tell the host how our findings look."""
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    for job in read(path)["jobs"].values():
        for step in job["steps"]:
            program, *rest = step.get("run", ".ci/run").split()
            if program == "make":
                assert rest[0] in targets
            elif program == "sudo":
                assert set(re.findall(r"(?:^|&& )sudo (\S+)", step["run"])) == {"apt-get"}
                assert step["run"].count("&&") == step["run"].count("sudo ") - 1
            elif program == "echo":
                assert rest == ['"::add-matcher::.github/handbook-matcher.json"']
            else:
                assert (program, rest) == (".ci/run", [])


@pytest.mark.parametrize("severity", Severity)
def test_the_problem_matcher_understands_what_the_check_prints(severity: Severity) -> None:
    pattern = json.loads((GITHUB / "handbook-matcher.json").read_text("utf-8"))["problemMatcher"][0]["pattern"][0]
    finding = Finding("docs/nl/a.md", 41, "PAR201", "phone-number-differs", severity, "the number differs", "Mend it.")
    match = re.fullmatch(pattern["regexp"], text_line(finding))
    assert match is not None
    assert match[pattern["file"]] == "docs/nl/a.md"
    assert match[pattern["line"]] == "41"
    assert match[pattern["code"]] == "PAR201"
    assert match[pattern["severity"]] == (None if severity is Severity.ERROR else severity.value)
    assert match[pattern["message"]] == "the number differs. Fix: Mend it."


def test_a_change_is_checked_with_the_history_that_its_rules_compare_with() -> None:
    (checkout,) = (
        step
        for step in read(GITHUB / "workflows/check.yml")["jobs"]["check"]["steps"]
        if "actions/checkout" in step.get("uses", "")
    )
    assert checkout["with"]["fetch-depth"] == 0


def test_a_copy_on_github_pages_says_where_it_lives_and_whom_to_write_to() -> None:
    (publishing,) = (
        step
        for step in read(GITHUB / "workflows/pages.yml")["jobs"]["build"]["steps"]
        if step.get("run", "").startswith("make publish")
    )
    assert publishing["env"] == {
        "SITE_URL": "${{ steps.pages.outputs.base_url }}/",
        "CONTACT": "${{ vars.CONTACT }}",
    }

"""The trials of MkDocs's successors, as far as they need no network: laying out and comparing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from handbook.cli import main
from handbook.trials.way_out import Difference, TrialFailedError, addresses_of, compare, pages_of, run, stage

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = "<article><h1>Rest: a place</h1>\n\n<p>You <a href='../'>sit</a>.</p></article>"
PAGE = f"<html><body><nav>x</nav><main>{ARTICLE}</main>"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for address in ("en/index.html", "en/rest/index.html", "nl/index.html"):
        path = tmp_path / "site" / address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGE, encoding="utf-8")
    return tmp_path / "site"


def test_two_builds_are_compared_address_by_address(site: Path) -> None:
    ours = pages_of(site)
    assert ours["en/rest/index.html"] == "x Rest: a place You sit ."
    assert list(compare(ours, ours, texts=True)) == []
    theirs = {**ours, "en/index.html": "x Rest: a place You stand .", "en/more/index.html": ""}
    del theirs["nl/index.html"]
    found = list(compare(ours, theirs, texts=True))
    assert [one.address for one in found] == ["en/index.html", "en/more/index.html", "nl/index.html"]
    assert "You sit" in found[0].how
    assert "You stand" in found[0].how
    assert list(compare(ours, theirs, texts=False)) == [
        Difference("en/more/index.html", "is new"),
        Difference("nl/index.html", "is not there"),
    ]


def test_a_language_is_staged_with_each_page_at_its_address(site: Path, tmp_path: Path) -> None:
    stage(site, "en", tmp_path / "staged")
    assert addresses_of(site, "en") == {"index.html": "", "rest/index.html": ""}
    text = (tmp_path / "staged/docs/rest/index.md").read_text(encoding="utf-8")
    front, body = text.removeprefix("---\n").split("---\n", 1)
    assert yaml.safe_load(front) == {"title": "Rest: a place"}
    assert "<p>You" in body
    assert "\n\n" not in body.strip()
    assert yaml.safe_load((tmp_path / "staged/mkdocs.yml").read_text(encoding="utf-8"))["theme"]["language"] == "en"


def test_a_builder_that_fails_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(TrialFailedError, match="cannot be run"):
        run(["no-such-builder"], tmp_path)
    with pytest.raises(TrialFailedError, match="failed: it said nothing"):
        run(["false"], tmp_path)


def test_a_trial_that_does_not_exist_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["way-out", "jekyll"]) == 2
    assert "jekyll" in capsys.readouterr().err

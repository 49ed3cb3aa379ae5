"""`handbook new` makes every side of a page, or none, and never touches what is there."""

from __future__ import annotations

import io
import json
import shutil
import sys
from typing import TYPE_CHECKING

import pytest
import yaml

from handbook.cli import main
from handbook.editorial.page_shapes import CLIENT_SECTIONS, THERAPIST_SECTIONS
from tests.conftest import ROOT
from tests.faults.conftest import contents, make_small

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small handbook, and the folder one stands in."""
    made = make_small(tmp_path / "small")
    monkeypatch.chdir(made)
    return made


def front(path: Path) -> dict[str, object]:
    return dict(yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1]))


def headings(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]


def test_a_page_is_made_in_every_language_with_the_agreed_sections(root: Path) -> None:
    assert main(["new", "trust.md", "--title", "nl=Vertrouwen & zo"]) == 0
    en, nl = root / "docs/en/trust.md", root / "docs/nl/trust.md"
    assert (front(en)["title"], front(nl)["title"], front(nl)["slug"]) == ("Trust", "Vertrouwen & zo", "vertrouwen-zo")
    assert "slug" not in front(en)
    assert headings(nl) == [
        "# Vertrouwen & zo",
        *(f"## {slot.titles['nl']} {{#{slot.id}}}" for slot in CLIENT_SECTIONS),
    ]
    assert [line.partition("{")[2] for line in headings(en)] == [line.partition("{")[2] for line in headings(nl)]
    assert "{{ when-to-get-help }}" in en.read_text(encoding="utf-8")


def test_a_folder_begins_with_its_first_page(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "therapists/pauses.md", "--title", "nl=Pauzes"]) == 2
    assert "handbook new therapists/index.md" in capsys.readouterr().err
    assert main(["new", "therapists/index.md", "--title", "nl=Therapeuten"]) == 0
    assert main(["new", "docs/nl/therapists/pauses.md", "--title", "nl=Pauzes"]) == 0
    assert front(root / "docs/nl/therapists/index.md")["section"] == "Therapeuten"
    assert len(headings(root / "docs/en/therapists/pauses.md")) == 1 + len(THERAPIST_SECTIONS)


def test_the_page_is_named_in_the_navigation_beside_its_folder(root: Path) -> None:
    config = root / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(
        text.replace("nav: [index.md, help-now.md, rest.md]", "nav:\n  - index.md\n  - part:\n      - part/index.md\n"),
        encoding="utf-8",
    )
    before = config.read_text(encoding="utf-8")
    assert main(["new", "part/index.md", "--title", "nl=Deel"]) == 0
    assert main(["new", "part/trust.md", "--title", "nl=Vertrouwen"]) == 0
    added = "      - part/index.md\n      - part/trust.md\n"
    assert added in config.read_text(encoding="utf-8")
    assert config.read_text(encoding="utf-8").count("part/") == before.count("part/") + 1


def test_a_page_that_is_there_in_one_language_stops_all(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "docs/nl/trust.md").write_text("mine", encoding="utf-8")
    before = contents(root)
    assert main(["new", "trust.md", "--title", "nl=Vertrouwen"]) == 2
    assert "docs/nl/trust.md is there already" in capsys.readouterr().err
    assert contents(root) == before


@pytest.mark.parametrize(
    "name", ["../x.md", "/etc/x.md", "a/../b.md", "trust", "Trust.md", "a b.md", "a/b/c.md", ".md", "_shared/x.md", ""]
)
def test_a_name_that_is_no_page_is_refused(root: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(root)
    assert main(["new", name]) == 2
    assert "write it like needs/trust.md" in capsys.readouterr().err
    assert contents(root) == before


@pytest.mark.parametrize("title", ["nl", "xx=Y", "nl=", "nl=a\nb: c"])
def test_a_title_that_is_none_is_refused(root: Path, title: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "trust.md", "--title", title]) == 2
    assert "is not LANGUAGE=TITLE" in capsys.readouterr().err
    assert not (root / "docs/en/trust.md").exists()


@pytest.mark.parametrize("title", ["No", "It's: ok", 'A "b" \\ c', "Ja/nee #1", "- x", "Überblick"])
def test_any_title_survives_the_front_matter(root: Path, title: str) -> None:
    assert main(["new", "trust.md", "--title", f"en={title}", "--title", "nl=Iets"]) == 0
    assert front(root / "docs/en/trust.md")["title"] == title


def test_all_sides_or_none_are_made(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The folder of the second language is in the way of itself: it is a file."""
    (root / "docs/nl/part").write_text("a file", encoding="utf-8")
    assert main(["new", "part/index.md", "--title", "nl=Deel"]) == 2
    assert "no page was made" in capsys.readouterr().err
    assert not (root / "docs/en/part").exists()


def test_a_title_that_becomes_an_address_is_not_guessed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(root)
    assert main(["new", "trust.md"]) == 2
    assert 'handbook new trust.md --title "nl=' in capsys.readouterr().err
    assert contents(root) == before


def test_a_person_at_a_terminal_is_asked_for_the_title(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = io.StringIO("Vertrouwen\n")
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", terminal)
    assert main(["new", "trust.md"]) == 0
    assert front(root / "docs/nl/trust.md")["slug"] == "vertrouwen"


@pytest.fixture
def whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A handbook with data of every kind, a registry of addresses and a ledger."""
    made = tmp_path / "whole"
    shutil.copytree(ROOT / "tests/editorial/rules/handbook", made)
    (made / "data/ledger").mkdir()
    (made / "data/addresses.txt").write_text("# Addresses.\n", encoding="utf-8")
    monkeypatch.chdir(made)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert main(["new", "needs/index.md", "--title", "nl=Behoeften"]) == 0
    assert main(["addresses", "--write"]) == 0
    assert main(["sync", "--all", "--yes"]) == 0
    return made


def test_all_that_is_left_to_do_is_a_persons(whole: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No key, section, menu entry or record is missing: only words are, and the promise of an address."""
    assert main(["new", "needs/trust.md", "--title", "nl=Vertrouwen"]) == 0
    assert "Named in mkdocs.yml, data/ledger/needs/trust.txt." in capsys.readouterr().out
    assert main(["check", "--no-site", "--format", "json", "docs/en/needs/trust.md", "docs/nl/needs/trust.md"]) == 1
    findings = json.loads(capsys.readouterr().out)["findings"]
    empty = ["what-is-it", "what-you-can-do", "in-therapy", "what-we-know"]
    expected = ["MET103", "SHA201", "SHA202", *["SHA104"] * len(empty)]
    assert sorted((one["path"][5:7], one["code"]) for one in findings) == sorted(
        [("en", "ADR106"), *((language, code) for language in ("en", "nl") for code in expected)]
    )
    assert front(whole / "docs/nl/needs/trust.md")["related"] == ["needs/rest.md", "needs/play.md"]


def test_the_side_that_is_written_first_is_ahead(whole: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "needs/trust.md", "--title", "nl=Vertrouwen"]) == 0
    page = whole / "docs/nl/needs/trust.md"
    page.write_text(
        page.read_text("utf-8").replace("{#what-is-it}\n", "{#what-is-it}\n\nVertrouwen groeit.\n"), "utf-8"
    )
    capsys.readouterr()
    assert main(["status", "--format", "json"]) == 1
    said = next(one for one in json.loads(capsys.readouterr().out)["pages"] if one["page"] == "needs/trust.md")
    assert [(one["id"], one["behind"]) for one in said["sections"] if one["state"] != "in-step"] == [
        ("what-is-it", ["en"])
    ]


def test_an_address_that_was_another_pages_stops_all(whole: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The old address of a page that moved still leads to it; a new page cannot have it."""
    registry = whole / "data/addresses.txt"
    lines = registry.read_text(encoding="utf-8").splitlines(keepends=True)
    own = next(line for line in lines if line.startswith("needs/rest.md") and " nl nl/" in line)
    key, id_, language, address = own.split()
    lines.append(f"{key} {id_} {language} {address.rsplit('/', 2)[0]}/vertrouwen/\n")
    registry.write_text("".join(lines), encoding="utf-8")
    before = contents(whole)
    assert main(["new", "needs/trust.md", "--title", "nl=Vertrouwen"]) == 2
    assert "choose another title" in capsys.readouterr().err
    assert contents(whole) == before

"""`handbook new` makes every side of a page, or none, and never touches what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from handbook.cli import main
from handbook.editorial.page_shapes import CLIENT_SECTIONS, THERAPIST_SECTIONS
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
    assert main(["new", "therapists/pauses.md"]) == 2
    assert "handbook new therapists/index.md" in capsys.readouterr().err
    assert main(["new", "therapists/index.md"]) == 0
    assert main(["new", "docs/nl/therapists/pauses.md"]) == 0
    assert front(root / "docs/nl/therapists/index.md")["section"] == "Therapists"
    assert len(headings(root / "docs/en/therapists/pauses.md")) == 1 + len(THERAPIST_SECTIONS)


def test_the_page_is_named_in_the_navigation_beside_its_folder(root: Path) -> None:
    config = root / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(
        text.replace("nav: [index.md, help-now.md, rest.md]", "nav:\n  - index.md\n  - part:\n      - part/index.md\n"),
        encoding="utf-8",
    )
    before = config.read_text(encoding="utf-8")
    assert main(["new", "part/index.md"]) == 0
    assert main(["new", "part/trust.md"]) == 0
    added = "      - part/index.md\n      - part/trust.md\n"
    assert added in config.read_text(encoding="utf-8")
    assert config.read_text(encoding="utf-8").count("part/") == before.count("part/") + 1


def test_a_page_that_is_there_in_one_language_stops_all(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "docs/nl/trust.md").write_text("mine", encoding="utf-8")
    before = contents(root)
    assert main(["new", "trust.md"]) == 2
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
    assert main(["new", "trust.md", "--title", f"en={title}"]) == 0
    assert front(root / "docs/en/trust.md")["title"] == title


def test_all_sides_or_none_are_made(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The folder of the second language is in the way of itself: it is a file."""
    (root / "docs/nl/part").write_text("a file", encoding="utf-8")
    assert main(["new", "part/index.md"]) == 2
    assert "no page was made" in capsys.readouterr().err
    assert not (root / "docs/en/part").exists()

"""The digests of a project: equal however they are read, and kept only as long as they are right."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from handbook.ledger.versions import CACHE, Version, read_versions, version_of_page
from handbook.reading import markdown
from handbook.reading.configuration import read_configuration
from handbook.reading.project import read_project
from tests.conftest import ROOT
from tests.ledger.small import make_project, replace

if TYPE_CHECKING:
    from pathlib import Path


def read(root: Path) -> dict[str, Version]:
    return {version.path: version for version in read_versions(root, read_configuration(root))}


def test_each_section_has_its_title_and_line(tmp_path: Path) -> None:
    page = read(make_project(tmp_path))["docs/nl/rest.md"]
    assert [(one.id, one.title, one.line) for one in page.passages] == [
        ("top", "Rust", 1),
        ("in-short", "In het kort", 8),
        ("recognise", "Herken je dit?", 13),
    ]


def test_the_handbook_has_the_same_digests_in_the_checks_and_in_the_build() -> None:
    by_checks = {page.path: version_of_page(page).digests for page in read_project(ROOT, site=False).pages}
    by_build = {path: version.digests for path, version in read(ROOT).items() if "/_shared/" not in path}
    assert by_build == by_checks


def test_passages_that_pages_share_are_kept_in_step_too(tmp_path: Path) -> None:
    root = make_project(tmp_path, {"docs/en/_shared/call.md": "- Call.\n"})
    assert "docs/en/_shared/call.md" in read(root)


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_do_not_count(tmp_path: Path, end: str) -> None:
    root = make_project(tmp_path)
    before = read(root)["docs/en/rest.md"]
    path = root / "docs/en/rest.md"
    path.write_bytes(path.read_bytes().replace(b"\n", end.encode()))
    assert read(root)["docs/en/rest.md"] == before


def test_a_second_reading_parses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = read(make_project(tmp_path))
    monkeypatch.setattr(markdown, "read_page", None)
    assert read(tmp_path) == first


def test_a_changed_page_is_read_anew_and_the_old_one_forgotten(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    before = read(root)
    replace(root, "docs/en/rest.md", "tired", "very tired")
    after = read(root)
    changed = {path for path in before if before[path] != after[path]}
    assert changed == {"docs/en/rest.md"}
    assert len(json.loads((root / CACHE).read_text())["pages"]) == len(after)


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "[]",
        "{",
        '{"maker": "x"}',
        "\x00",
        '{"maker": MAKER, "pages": []}',
        '{"maker": MAKER, "pages": {"SHA": [[1]]}}',
    ],
)
def test_a_damaged_cache_is_made_anew(tmp_path: Path, damage: str) -> None:
    root = make_project(tmp_path)
    first = read(root)
    kept = json.loads((root / CACHE).read_text())
    damage = damage.replace("MAKER", json.dumps(kept["maker"])).replace("SHA", next(iter(kept["pages"])))
    (root / CACHE).write_text(damage)
    assert read(root) == first
    assert json.loads((root / CACHE).read_text()) == kept


def test_a_cache_of_another_program_is_not_believed(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    first = read(root)
    kept = json.loads((root / CACHE).read_text())
    for rows in kept["pages"].values():
        rows[0][3] = "0" * 16
    (root / CACHE).write_text(json.dumps({**kept, "maker": "another"}))
    assert read(root) == first


def test_nothing_is_lost_where_the_cache_cannot_be_written(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    (root / ".cache").write_text("in the way")
    assert len(read(root)) == 4


def test_what_is_no_file_or_no_text_is_left_out(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    (root / "docs/en/loop.md").symlink_to(root / "docs/en/loop.md")
    (root / "docs/en/folder.md").mkdir()
    (root / "docs/en/bytes.md").write_bytes(b"\xff\xfe\x00\x00# \x00")
    assert {path for path in read(root) if "bytes" not in path} == set(read(make_project(tmp_path / "other")))


def test_words_under_a_heading_without_an_id_count_with_the_section_around_it(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    replace(root, "docs/en/rest.md", "I am tired.\n", "I am tired.\n\n### More\n\nMuch more.\n")
    before = read(root)["docs/en/rest.md"].digests
    replace(root, "docs/en/rest.md", "Much more", "Even more")
    after = read(root)["docs/en/rest.md"].digests
    assert list(after) == ["top", "in-short", "recognise"]
    assert {id_ for id_ in before if before[id_] != after[id_]} == {"recognise"}

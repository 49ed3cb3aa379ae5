"""A build that remembers pages gives what a build that renders all of them gives, whatever changed in between."""

from __future__ import annotations

import sqlite3
import zlib
from typing import TYPE_CHECKING

from tests.conftest import run_mkdocs
from tests.faults.conftest import contents, make_small

if TYPE_CHECKING:
    from pathlib import Path

# file, what stands there, what comes in its place: each reaches pages other than the file itself, or nothing but it
CHANGES = (
    ("docs/en/rest.md", "breathe out", "breathe in"),
    ("docs/en/rest.md", "title: Rest", "title: Repose"),
    ("docs/nl/rest.md", "title: Rust", "title: Rust\nslug: kalmte"),
    ("docs/nl/_shared/calm.md", "Het gaat over.", "Het gaat altijd weer over."),
    ("overrides/fragments/write.html", "<textarea", "<textarea data-changed"),
    ("overrides/strings/en.yml", "footer_promise: Free", "footer_promise: Costs nothing,"),
    ("mkdocs.yml", "[index.md, help-now.md, rest.md]", "[index.md, rest.md, help-now.md]"),
)
BODY = """
{{ calm }}

{{ write 3 "What calms me" }}

[Home](index.md) and [why](rest.md#why).
"""


def build(root: Path, site: Path, store: Path, **environment: str) -> dict[str, str]:
    made = run_mkdocs(root, site, env={"XDG_CACHE_HOME": str(store), **environment})
    assert made.code == 0, made.output
    return contents(site)


def small_handbook(root: Path) -> Path:
    make_small(root)
    for language, text in (("en", "It passes."), ("nl", "Het gaat over.")):
        shared = root / "docs" / language / "_shared/calm.md"
        shared.parent.mkdir()
        shared.write_text(text + "\n", encoding="utf-8")
        page = root / "docs" / language / "rest.md"
        page.write_text(page.read_text(encoding="utf-8") + BODY, encoding="utf-8")
    return root


def test_whatever_changed_a_remembering_build_is_a_clean_build(tmp_path: Path) -> None:
    root, store = small_handbook(tmp_path / "small"), tmp_path / "store"
    before = build(root, tmp_path / "first", store)
    for number, (name, old, new) in enumerate(CHANGES):
        text = (root / name).read_text(encoding="utf-8")
        assert old in text
        (root / name).write_text(text.replace(old, new, 1), encoding="utf-8")
        warm = build(root, tmp_path / f"warm-{number}", store)
        clean = build(root, tmp_path / f"clean-{number}", tmp_path / f"store-{number}")
        assert warm == clean, name
        assert warm != before, name
        before = warm


def test_pages_come_out_of_the_store_until_something_about_them_changes(tmp_path: Path) -> None:
    root, store = small_handbook(tmp_path / "small"), tmp_path / "store"
    build(root, tmp_path / "first", store)
    with sqlite3.connect(store / "handbook/pages.sqlite3") as connection:
        for key, packed in connection.execute("SELECT key, html FROM rendered").fetchall():
            marked = zlib.decompress(packed).replace(b"</h1>", b" MARKED</h1>")
            connection.execute("UPDATE rendered SET html = ? WHERE key = ?", (zlib.compress(marked), key))
    connection.close()
    page = root / "docs/nl/rest.md"
    page.write_text(page.read_text(encoding="utf-8").replace("rustig", "kalm"), encoding="utf-8")

    def marked_pages(site: Path, **environment: str) -> list[str]:
        build(root, site, store, **environment)
        found = (path for path in site.rglob("index.html") if "MARKED" in path.read_text(encoding="utf-8"))
        return sorted(path.parent.relative_to(site).as_posix() for path in found)

    assert marked_pages(tmp_path / "again") == ["en", "en/help-now", "en/rest", "nl", "nl/help-now"]
    assert marked_pages(tmp_path / "elsewhere", SITE_URL="https://elsewhere.example/") == []


def test_a_warning_is_said_again_about_a_page_that_did_not_change(tmp_path: Path) -> None:
    root, store = small_handbook(tmp_path / "small"), tmp_path / "store"
    page = root / "docs/nl/rest.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n[nowhere](nowhere.md)\n", encoding="utf-8")
    for site in ("one", "two"):
        made = run_mkdocs(root, tmp_path / site, env={"XDG_CACHE_HOME": str(store)})
        assert made.code == 1
        assert "nowhere.md" in made.output


def test_without_a_place_to_remember_a_build_renders_all(tmp_path: Path) -> None:
    root = small_handbook(tmp_path / "small")
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be", encoding="utf-8")
    assert build(root, tmp_path / "one", blocked) == build(root, tmp_path / "two", tmp_path / "store")

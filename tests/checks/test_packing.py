"""Packed pages come back as they were, from memory and from the store, and nothing else ever comes back."""

from __future__ import annotations

import os
import pickle
import sqlite3
import subprocess
import sys
import zlib
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from handbook.commands.layers import load_rules, settings_for
from handbook.model.page import Page
from handbook.reading import shelf
from handbook.reading.cache import RenderCache
from handbook.reading.packing import UnpackingError, fingerprint, pack, unpack
from handbook.reading.project import read_project
from handbook.reading.site import read_built_page
from handbook.rules import engine

from .projects import with_known_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from handbook.model.site import BuiltPage

ROOT = Path(__file__).resolve().parents[2]
HTML = (
    '<html lang="nl"><title>T</title><body><h1 id="a">T</h1><a href="x/">x</a><p id="a" style="x">y</p></body></html>'
)


@pytest.fixture(scope="module")
def pages() -> tuple[Page, ...]:
    return read_project(ROOT, settings_for, site=False).pages


def values(thing: Page | BuiltPage) -> dict[str, str]:
    found = {field.name: getattr(thing, field.name) for field in fields(thing)}
    return {name: repr(sorted(value) if isinstance(value, frozenset) else value) for name, value in found.items()}


def test_every_page_of_the_handbook_comes_back_as_it_was(pages: tuple[Page, ...]) -> None:
    for page in pages:
        assert values(unpack(pack(page))) == values(page)


def test_a_shelved_page_answers_like_the_page(pages: tuple[Page, ...]) -> None:
    for page in pages[:: len(pages) // 10]:
        packed = shelf.shelve(page, shelf.AT_HAND)
        assert packed is not page
        assert values(packed) == values(page)
        assert packed.title == page.title
        assert [one.id for one in packed.all_sections] == [one.id for one in page.all_sections]
        assert isinstance(packed, Page)
    built = read_built_page(HTML, "site/index.html", "index.html")
    assert values(shelf.shelve(built, shelf.AT_HAND)) == values(built)


@pytest.fixture
def some_pages(project: Callable[..., Path]) -> Path:
    """A copy of the project with some of its pages, which miss the others in many ways."""
    names = ("index.md", "help-now.md", "about/glossary.md", "needs/safety.md", "therapists/interpersonal-messages.md")
    paths = [f"docs/{language}/{name}" for language in ("en", "nl") for name in names]
    return with_known_words(project({path: (ROOT / path).read_text(encoding="utf-8") for path in paths}))


def test_a_large_project_gives_the_same_findings_as_if_nothing_were_packed(
    some_pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_rules()
    plain = read_project(some_pages, settings_for)
    expected = engine.run(plain, engine.choose(plain).on)
    assert len({finding.code for finding in expected}) > 5
    monkeypatch.setattr(shelf, "AT_HAND", 0)
    packed = read_project(some_pages, settings_for)
    assert type(packed.pages[0]) is not Page
    assert engine.run(packed, engine.choose(packed).on) == expected


def test_what_is_no_page_is_not_unpacked(tmp_path: Path) -> None:
    trace = tmp_path / "ran"

    class Trap:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.mkdir, (str(trace),)

    for data in (zlib.compress(pickle.dumps(Trap())), zlib.compress(b"junk"), b"junk", b""):
        with pytest.raises(UnpackingError):
            unpack(data)
    assert not trace.exists()


def test_the_store_gives_back_what_it_was_given_and_nothing_damaged(tmp_path: Path) -> None:
    file = tmp_path / "store.sqlite3"
    built = read_built_page(HTML, "site/index.html", "index.html")
    store = RenderCache(file)
    store.put_value("published", HTML, built)
    store.close()
    again = RenderCache(file)
    assert again.get_value("published", HTML) == built
    assert again.get_value("published", HTML + " ") is None
    assert again.get_value("other", HTML) is None
    again.close()
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE rendered SET html = substr(html, 1, length(html) - 3) || x'000000'")
    damaged = RenderCache(file)
    assert damaged.get_value("published", HTML) is None
    damaged.close()
    file.write_bytes(b"no store")
    assert RenderCache(file).get_value("published", HTML) is None


def test_another_program_does_not_believe_what_this_one_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = RenderCache(tmp_path / "store.sqlite3")
    store.put_value("published", HTML, read_built_page(HTML, "site/index.html", "index.html"))
    store.close()
    monkeypatch.setattr("handbook.reading.cache.fingerprint", lambda: fingerprint() + "x")
    assert RenderCache(tmp_path / "store.sqlite3").get_value("published", HTML) is None


def test_what_cannot_be_packed_is_not_kept(tmp_path: Path) -> None:
    store = RenderCache(tmp_path / "store.sqlite3")
    store.put_value("strange", "text", Path("x"))
    store.close()
    assert RenderCache(tmp_path / "store.sqlite3").get_value("strange", "text") is None


def test_a_remembered_project_gives_the_same_findings_for_two_at_once(some_pages: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "handbook.cli", "check", "--no-site", "--format", "json"]
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}

    def start() -> subprocess.Popen[bytes]:
        return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, cwd=some_pages)

    said = [process.communicate(timeout=300)[0] for process in (start(), start())]
    said.append(start().communicate(timeout=300)[0])
    assert said[0] == said[1] == said[2]
    assert said[0].count(b'"code"') > 5
    assert (tmp_path / "handbook" / "rendered.sqlite3").is_file()

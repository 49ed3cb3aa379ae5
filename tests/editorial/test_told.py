"""What readers have not heard of: the ledger beside what it said when the news were last complete."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from handbook.cli import main
from handbook.editorial.errors import DataError
from handbook.editorial.told import FILE, Told, format_told, load_told
from handbook.ledger.record import Confirmed, Record
from handbook.ledger.store import write_record
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SAFETY, REST = "needs/safety.md", "needs/rest.md"
NEWS = """changes:
  - date: {date}
    pages: [{pages}]
    what: {{en: Clearer., nl: Duidelijker.}}
"""


def confirm(root: Path, key: str, word: str, reason: str = "") -> None:
    digests = {"en": f"{word:0>16}", "nl": f"{word:0>16}"}
    write_record(root, key, Record({"in-short": Confirmed(digests, reason), "top": Confirmed({"en": "0" * 16})}))


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose readers have heard of both its pages on the first of December."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(dt.datetime(2026, 12, 1, tzinfo=dt.UTC).timestamp())))
    (tmp_path / "mkdocs.yml").write_text("site_name: Small\n", "utf-8")
    for key in (SAFETY, REST):
        confirm(tmp_path, key, "1")
    assert news(tmp_path, "--told", "--nothing-to-tell", "all") == 0
    return tmp_path


def news(root: Path, *arguments: str) -> int:
    return main(["news", "--root", str(root), *arguments])


def test_after_telling_there_is_nothing_to_tell(root: Path) -> None:
    assert news(root) == 0
    told = load_told(root)
    assert told.day == dt.date(2026, 12, 1)
    assert set(told.pages) == {SAFETY, REST}
    assert format_told(told) == (root / FILE).read_text(encoding="utf-8")


def test_a_change_that_nobody_told_is_named_with_its_reason(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    confirm(root, SAFETY, "2", "new numbers in both languages")
    before = (root / FILE).read_bytes()
    capsys.readouterr()
    for arguments in ((), ("--told",), ("--told", "--nothing-to-tell", REST)):
        assert news(root, *arguments) == 1
        said = capsys.readouterr()
        assert said.out == f"{SAFETY}: not told yet\n  in-short: new numbers in both languages\n"
        assert "1 pages changed without a word" in said.err
    assert (root / FILE).read_bytes() == before


@pytest.mark.parametrize("pages", [SAFETY, f"{REST}, {SAFETY}", ""], ids=["page", "pages", "handbook"])
def test_news_of_a_page_let_it_be_told(root: Path, pages: str, capsys: pytest.CaptureFixture[str]) -> None:
    confirm(root, SAFETY, "2")
    (root / "data/changes.yml").write_text(NEWS.format(date="2026-12-01", pages=pages), encoding="utf-8")
    assert news(root) == 1
    assert "There is news of every page" in capsys.readouterr().err
    assert news(root, "--told") == 0
    assert news(root) == 0


@pytest.mark.parametrize(("date", "pages"), [("2026-11-30", SAFETY), ("2026-12-02", REST)], ids=["old", "other page"])
def test_old_news_and_news_of_other_pages_are_no_news(root: Path, date: str, pages: str) -> None:
    confirm(root, SAFETY, "2")
    (root / "data/changes.yml").write_text(NEWS.format(date=date, pages=pages), encoding="utf-8")
    assert news(root, "--told") == 1


def test_a_new_page_and_one_that_is_gone_are_changes(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    confirm(root, "needs/trust.md", "1")
    (root / "data/ledger/needs/rest.txt").unlink()
    assert news(root) == 1
    assert [line for line in capsys.readouterr().out.splitlines() if ":" in line] == [
        f"{REST}: not told yet",
        "needs/trust.md: not told yet",
    ]


@pytest.mark.parametrize("line", ["day soon", "day", "needs/safety.md in-short"])
def test_a_broken_file_is_named_by_its_line(root: Path, line: str) -> None:
    (root / FILE).write_text(f"# What\n{line}\n", encoding="utf-8")
    with pytest.raises(DataError) as error:
        load_told(root)
    assert error.value.line == 2
    assert news(root) == 2


def test_what_the_handbook_has_told_is_written_as_the_command_writes_it() -> None:
    told = load_told(ROOT)
    assert told != Told({})
    assert format_told(told) == (ROOT / FILE).read_text(encoding="utf-8")

"""Handbooks of any size are made of the real one, and checking them is measured."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pytest

from handbook.trials.builds.document import Circumstances, as_page
from handbook.trials.builds.figures import Series
from handbook.trials.builds.measuring import Run, build
from handbook.trials.builds.pages import Pages, grown
from handbook.trials.checks import Sizes, as_text, lay_out, of_size

ROOT = Path(__file__).resolve().parents[2]
REAL = Pages({"en": {"index.md": "[on](a.md#x) [there](b.md)", "a.md": "a", "b.md": "b"}}, ["index.md", "a.md", "b.md"])


def test_a_smaller_handbook_has_no_link_to_what_was_left_out() -> None:
    small = of_size(REAL, 2)
    assert small.texts == {"en": {"index.md": "[on](a.md#x) there", "a.md": "a"}}
    assert small.nav == ["index.md", "a.md"]
    assert of_size(REAL, 7).count == 7


def test_a_larger_handbook_is_made_of_copies_and_shows_all_pages_once() -> None:
    nav = ["index.md", "all.md"]
    texts = {"index.md": "title: One\n[on](all.md)", "all.md": "All\n\n{{ translation-status }}\n\nthere are"}
    large = grown(Pages({"en": texts}, nav), 4)
    assert large.count == 4
    assert large.texts["en"]["part-1/index.md"] == 'title: "part-1 One"\n[on](all.md)'
    assert large.texts["en"]["all.md"] == texts["all.md"]
    assert large.texts["en"]["part-1/all.md"] == "All\n\n\nthere are"


def test_a_handbook_is_laid_out_with_its_data(tmp_path: Path) -> None:
    lay_out(of_size(REAL, 2), ROOT, tmp_path)
    assert (tmp_path / "docs/en/a.md").read_text(encoding="utf-8") == "a"
    assert (tmp_path / "data/claims.yml").is_file()
    assert "a.md" in (tmp_path / "mkdocs.yml").read_text(encoding="utf-8")


def test_the_table_names_the_power() -> None:
    def taken(pages: int, cpu: float) -> Series:
        return Series("cold", pages, [Run(cpu, cpu, 50.0)])

    lines = list(as_text([Sizes(taken(100, 1.0), taken(100, 0.5)), Sizes(taken(400, 4.0), taken(400, 1.0))]))
    assert lines[1].split() == ["100", "1.00", "50", "0.50", "50"]
    assert lines[-2:] == [
        "The first check grows with the number of pages to the power of 1.00; from 100 to 400 pages 1.00.",
        "The second check grows with the number of pages to the power of 0.50; from 100 to 400 pages 0.50.",
    ]


def test_the_memory_of_a_build_is_that_of_all_its_processes(tmp_path: Path) -> None:
    if not Path("/proc/self/smaps_rollup").exists():
        pytest.skip("only Linux says what processes hold together")
    hold = "held = bytearray(60 << 20); held[::4096] = b'x' * len(held[::4096])"
    first = f"import subprocess, sys; {hold}; subprocess.run([sys.executable, '-c', sys.argv[1]], check=True)"
    place = tmp_path / "place"
    place.mkdir()
    run = build([sys.executable, "-c", first, f"import time; {hold}; time.sleep(0.5)"], place, {}, 60)
    assert run.memory > 2 * 60


def test_the_document_says_where_other_work_was_going_on() -> None:
    def page(load: float) -> str:
        measured = [Series("ours", 100, [Run(1.0, 1.0, 50.0, load)]), Series("hugo", 100, refused="hugo is not there")]
        return "\n".join(as_page(measured, "ours", Circumstances(dt.date(2026, 11, 30), 3, 1200)))

    assert "Made on 2026-11-30 with Python" in page(0.2)
    assert "| not measured: hugo is not there" in page(0.2)
    assert "Other work was going on" not in page(0.2)
    assert "**Other work was going on" in page(40.0)

"""Hostile input becomes findings or nothing, never a traceback, and never takes long."""

from __future__ import annotations

import sys
import time
from collections import Counter
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from handbook.cli import main
from handbook.commands.layers import load_rules, settings_for
from handbook.reading.project import read_project
from handbook.reading.sources import read_source
from handbook.rules import engine
from tests.conftest import ROOT

from .projects import check, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from handbook.model.page import Page

HOSTILE = {
    "brackets": "[" * 15_000,
    "closing brackets": "]" * 15_000,
    "links": "[a](" * 4_000,
    "images": "![" * 5_000,
    "stars": "*a_ " * 4_000,
    "emphasis": "**" * 7_000 + "a",
    "backticks": "` " * 5_000,
    "quotes": "> " * 5_000,
    "nested lists": "\n".join("  " * depth + "- a" for depth in range(120)),
    "nested boxes": "\n".join("    " * depth + "!!! note" for depth in range(200)),
    "tags": "<a " * 5_000,
    "comments": "<!--" * 4_000,
    "entities": "&#" * 5_000,
    "table": "|" * 15_000 + "\n" + "|-" * 7_000,
    "references": "\n".join(f"[a{number}]: x" for number in range(3_000)),
    "headings": "\n".join(f"# {number}" for number in range(3_000)),
    "front matter": "---\n" + "a: [" * 3_000 + "\n---\n",
    "alias bomb": "---\na: &a [x,x,x]\n" + "\n".join(f"b{n}: &b{n} [*a,*a,*a,*a]" for n in range(50)) + "\n---\n# A\n",
    "megabyte line": "word " * 250_000,
    "numbers": "1.000." * 3_000,
    "braces": "{{" * 7_000,
    "footnotes": "[^1]" * 4_000,
    "attributes": "# A {" + "#" * 10_000 + "}",
    "surrogate": "\ud800",
    "right to left": "\u202e" * 5_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_no_traceback(name: str, tmp_path: Path) -> None:
    text = ("# A\n\n" if name not in {"front matter", "alias bomb"} else "") + HOSTILE[name] + "\n"
    data = text.encode("utf-8", "surrogatepass")
    start = time.process_time()
    findings = check(tmp_path, {"en/index.md": data, "nl/index.md": data})
    assert time.process_time() - start < 20
    assert "FIL113" not in {finding.code for finding in findings}, [finding.message for finding in findings]


def test_symbolic_links_cannot_leave_or_loop(tmp_path: Path) -> None:
    root = write(tmp_path / "project", {"en/index.md": "# A\n"})
    secret = tmp_path / "secret.md"
    secret.write_text("# Secret\n")
    (root / "docs/en/out.md").symlink_to(secret)
    (root / "docs/en/loop").symlink_to(root / "docs", target_is_directory=True)
    (root / "docs/en/dead.md").symlink_to("nowhere.md")
    findings = check(root, {}, ["FIL"])
    assert sorted((finding.code, finding.path) for finding in findings) == [
        ("FIL101", "docs/en/dead.md"),
        ("FIL109", "docs/en/out.md"),
    ]


def steps_of(work: Callable[[], object]) -> int:
    """Count the calls of Python functions in some work: the same on every machine, however busy it is."""
    calls = [0]

    def count(_frame: object, event: str, _argument: object) -> None:
        calls[0] += event == "call"

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return calls[0]


def test_many_files_take_work_in_proportion(tmp_path: Path) -> None:
    steps = []
    for count in (30, 120):
        folder = tmp_path / str(count)
        page = "# A\n\n" + "\n\n".join(f"Paragraph {n} links to [next](p{n}.md)." for n in range(10))
        files = {f"{language}/p{n}.md": page for n in range(count // 2) for language in ("en", "nl")}
        write(folder, files)
        steps.append(steps_of(partial(check, folder, {})))
    assert steps[1] < 4 * steps[0] * 1.1


def test_of_ten_thousand_files_only_the_pages_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write(tmp_path, {f"{language}/index.md": "# A\n\n![A cat](cat-7042.svg)\n" for language in ("en", "nl")})
    for folder in range(100):
        place = root / f"docs/en/{folder:02}"
        place.mkdir()
        for number in range(100):
            (place / f"cat-{folder:02}{number:02}.png").touch()
    read: list[str] = []

    def reading(file: Path, path: str) -> object:
        read.append(path)
        return read_source(file, path)

    monkeypatch.setattr("handbook.reading.project.read_source", reading)
    project = read_project(root)
    assert len(project.files) == 10_000
    assert sorted(read) == ["docs/en/index.md", "docs/nl/index.md"]
    assert Counter(finding.code for finding in check(root, {}, ["LNK"])) == {"LNK117": 10_000, "LNK102": 2}


class Watched(tuple["Page", ...]):
    """The pages of a project, which count how often somebody goes through all of them."""

    __slots__ = ()
    walks = 0

    def __iter__(self) -> Iterator[Page]:
        type(self).walks += 1
        return super().__iter__()


def test_nobody_goes_through_all_pages_for_each_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the time of a check grows with the square of the pages."""
    load_rules()
    project = read_project(ROOT, settings_for, render=False, site=False)
    watched = replace(project, pages=Watched(project.pages))
    monkeypatch.setattr(Watched, "walks", 0)
    engine.run(watched, engine.choose(watched).on)
    assert Watched.walks < 20 < len(project.pages)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--root", "nowhere"], "no folder"),
        (["--root", "."], "mkdocs.yml"),
        (["--root", "project", "gone.md"], "gone.md"),
        (["--root", "project", "--select", "XYZ9"], "XYZ9"),
    ],
)
def test_wrong_use_is_one_sentence_and_code_2(
    arguments: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "project", {"en/index.md": "# A\n"})
    monkeypatch.chdir(tmp_path)
    assert main(["check", *arguments]) == 2
    captured = capsys.readouterr()
    assert says in captured.err
    assert captured.err.count("\n") == 1


def test_nothing_of_a_foreign_project_is_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write(
        tmp_path,
        {
            "mkdocs.yml": "site_name: x\nhooks: [hook.py]\nmarkdown_extensions: [evil, 'evil:Extension']\n"
            "plugins: {i18n: {languages: [{locale: en, name: E, default: true}]}, evil: {}}\n",
            "hook.py": "raise SystemExit('run')",
            "evil.py": "raise SystemExit('run')",
            "docs/index.md": "# A\n",
        },
    )
    monkeypatch.chdir(root)
    assert check(root, {}, ["LNK"]) == []

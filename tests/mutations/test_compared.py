"""The comparison with other tools: which edits are tried together, and to which one a tool's words belong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from handbook.model.finding import Finding, Place, Severity
from handbook.trials.compared import as_page, compare
from handbook.trials.edit import Edit, Kind
from handbook.trials.others import Said, ToolCrashedError, _of_mkdocs, stock_configuration, tools
from handbook.trials.outcome import Outcome
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Reader:
    """A tool that reports every line with the word "bad", and falls over a page with the word "crash"."""

    name: str = "reader"
    version: str = "1.0"

    def look(self, root: Path) -> list[Said]:
        said = []
        for file in sorted(root.rglob("*.md")):
            for number, line in enumerate(file.read_text().split("\n"), 1):
                if "crash" in line:
                    raise ToolCrashedError("it fell over")
                if "bad" in line:
                    said.append(Said(file.relative_to(root).as_posix(), number, "bad"))
                if "far" in line:
                    said.append(Said("docs/en/index.md", 0, "a link to b.md is broken"))
        return said


def _outcome(name: str, files: dict[str, str], line: int, *, harmless: bool = False) -> Outcome:
    codes = () if harmless else ("LNK101",)
    edit = Edit({path: text.encode() for path, text in files.items()}, frozenset({Place(next(iter(files)), line)}))
    found = () if harmless else (Finding(next(iter(files)), line, "LNK101", "x", Severity.ERROR, "x"),)
    return Outcome(Kind(name, "Family", f"what | {name}", codes, lambda _world, _chance: None), edit, found)


def _project(root: Path) -> Path:
    for name in ("index", "a", "b", "c"):
        file = root / f"docs/en/{name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"# {name}\n\nbad from the beginning\n")
    (root / "mkdocs.yml").write_text("site_name: x\n")
    return root


def test_what_a_tool_newly_says_belongs_to_the_edit_of_that_page(tmp_path: Path) -> None:
    outcomes = [
        _outcome("on-line", {"docs/en/a.md": "# a\n\nbad from the beginning\nbad\n"}, 4),
        _outcome("elsewhere", {"docs/en/b.md": "# b\nfar\n\nbad from the beginning\n"}, 2),
        _outcome("crashing", {"docs/en/c.md": "crash\n"}, 1),
        _outcome("missed", {"docs/en/a.md": "# a\n\nbad from the beginning\nworse\n"}, 4),
        _outcome("harmless", {"docs/nl/c.md": "# c\n"}, 1, harmless=True),
    ]
    compared = compare(_project(tmp_path), [[*outcomes[:3], outcomes[4]], [outcomes[3]]], [Reader()])
    assert {one.kind.name: compared.found("reader", one) for one in compared.outcomes} == {
        "on-line": True, "elsewhere": True, "crashing": True, "missed": False, "harmless": False,
    }  # fmt: skip
    assert [one.kind.name for one in compared.outcomes if compared.on_line("reader", one)] == ["on-line"]
    page = "\n".join(as_page(compared, 3))
    assert "| handbook check | 4 of 4 | 4 of 4 | 0 of 1 |" in page
    assert "| reader | 3 of 4 | 1 of 4 | 0 of 1 |" in page
    assert "| on-line | what \\| on-line | line | line |" in page
    assert "| harmless | what \\| harmless | silent | silent |" in page


def test_the_stock_configuration_has_the_same_pages_and_nothing_of_ours(tmp_path: Path) -> None:
    stock = yaml.safe_load(stock_configuration(ROOT))
    assert stock["theme"] == {"name": "material"}
    assert "hooks" not in stock
    assert {level for levels in stock["validation"].values() for level in levels.values()} == {"warn"}
    assert [language["locale"] for language in stock["plugins"][0]["i18n"]["languages"]] == ["en", "nl"]
    assert len(stock["nav"]) > 5


def test_a_warning_of_mkdocs_names_its_page(tmp_path: Path) -> None:
    root = _project(tmp_path)
    text = "Doc file 'en/a.md' contains a link 'en/x.md', but the target is not found among documentation files."
    assert _of_mkdocs(text, root) == Said("docs/en/a.md", 0, text)


def test_a_tool_that_is_not_there_is_left_out() -> None:
    assert [tool.name for tool in tools("no-such-lychee", "no-such-markdownlint")] == ["mkdocs build --strict"]

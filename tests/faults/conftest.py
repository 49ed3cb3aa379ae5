"""A small handbook that builds without findings, and commands run on it as a person would."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

TEXTS = {
    "en/index": ("Home", "What this is about.", "Why", "A short text in plain English words."),
    "en/rest": ("Rest", "What rest is.", "Why", "You sit down and you breathe out for a while."),
    "en/help-now": ("Get help now", "Whom to call.", "Why", "Call someone you trust, or your doctor."),
    "nl/help-now": ("Direct hulp", "Wie je kunt bellen.", "Waarom", "Bel iemand die je vertrouwt, of je huisarts."),
    "nl/index": ("Thuis", "Waar dit over gaat.", "Waarom", "Een korte tekst in gewone woorden."),
    "nl/rest": ("Rust", "Wat rust is.", "Waarom", "Je gaat zitten en ademt een tijdje rustig uit."),
}
PAGE = "---\ntitle: {0}\ndescription: {1}\n---\n\n# {0}\n\n## {2} {{#why}}\n\n{3}\n"
NOON = "1795348800"
SITE_BEFORE = {"index.html": "the site before", "404.html": "not there", "assets/site.css": "p {}"}


@dataclass(frozen=True)
class Said:
    """What a command said and with which code it ended."""

    code: int
    output: str

    @property
    def is_a_sentence(self) -> bool:
        """Whether it is words for a person: a last line that ends like a sentence, and no traceback."""
        return "Traceback" not in self.output and self.output.strip().endswith((".", ")"))


def make_small(root: Path) -> Path:
    """Make a project of three pages in two languages.

    Its hooks stand beside the theme, not in it, so the checks take it for somebody else's site: three pages cannot
    carry what the rules about this handbook ask of its data and its texts.
    """
    shutil.copytree(ROOT / "overrides", root / "overrides")
    (root / "overrides" / "hooks").rename(root / "hooks")
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").replace("overrides/hooks/", "hooks/")
    start, end = config.index("nav:\n"), config.index("# --- Languages")
    (root / "mkdocs.yml").write_text(
        config[:start] + "nav: [index.md, help-now.md, rest.md]\n" + config[end:], encoding="utf-8"
    )
    for folder in ("data", "scripts/handbook"):
        (root / folder).mkdir(parents=True)
    for name, words in TEXTS.items():
        path = root / "docs" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGE.format(*words), encoding="utf-8")
    return root


def make(folder: Path, files: dict[str, str]) -> Path:
    """Write files into a folder and return it."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def handbook(root: Path, *arguments: str, **environment: str) -> Said:
    """Run a command in a project."""
    return run(root, arguments, environment)


def run(
    root: Path, arguments: Sequence[str], environment: Mapping[str, str], before: Callable[[], None] | None = None
) -> Said:
    """Run a command in a project; `before` is done in its process first."""
    done = subprocess.run(
        [sys.executable, "-m", "handbook.cli", *arguments],
        cwd=root,
        env={**os.environ, "SOURCE_DATE_EPOCH": NOON, "NO_MKDOCS_2_WARNING": "1", **environment},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=120,
        check=False,
        preexec_fn=before,
    )
    return Said(done.returncode, done.stdout + done.stderr)


def contents(folder: Path) -> dict[str, str]:
    """Return the digest of every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "fault(name): what goes wrong in this test, for the table of faults")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        item.user_properties.extend(("fault", mark.args[0]) for mark in item.iter_markers("fault"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what goes wrong and what became of it; this file is read first where these tests alone are asked for."""
    if rows := list(fault_table(terminalreporter.stats)):
        terminalreporter.section("faults")
        width = max(len(row[0]) for row in rows)
        for fault, tried, outcome in rows:
            terminalreporter.line(f"{fault:<{width}}  {tried:>3} tried  {outcome}")


def fault_table(stats: Mapping[str, Sequence[object]]) -> Iterator[tuple[str, int, str]]:
    """Yield each fault, how often it was tried, and whether what it left was whole every time."""
    outcomes: dict[str, Counter[str]] = {}
    for outcome in ("passed", "failed", "skipped", "error"):
        for report in stats.get(outcome, ()):
            for name, fault in getattr(report, "user_properties", ()):
                if name == "fault":
                    outcomes.setdefault(fault, Counter())[outcome] += 1
    for fault, counts in outcomes.items():
        bad = counts["failed"] + counts["error"]
        said = f"NOT HELD in {bad}" if bad else "held" if counts["passed"] else "not tried: this machine cannot"
        yield fault, counts.total(), said


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return make_small(tmp_path / "small")

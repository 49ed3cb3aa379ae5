"""Other tools that read the same sources, and what each says about them, in one form.

- `mkdocs build --strict` with stock Material and mkdocs-static-i18n, the same pages, languages and Markdown extensions,
  and every level of its validation raised to a warning;
- lychee without a network, with anchors looked up;
- markdownlint-cli2 with the rules it comes with.

A tool is given by its program; one that is not on this machine is left out. None of them was made to compare languages.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STOCK: Final = ("site_name", "site_url", "docs_dir", "use_directory_urls", "exclude_docs", "nav", "markdown_extensions")
"""What stock MkDocs is told of a project; its hooks, its own theme and what they need are left out."""
RECORD: Final = re.compile(r"^(?:WARNING|ERROR)\s+-\s+(.*(?:\n(?!\w+\s+-\s|Traceback).*)*)", re.MULTILINE)
SOURCE: Final = re.compile(r"[\'\"]?((?:[\w.-]+/)*[\w.-]+\.md)\b")
LINT: Final = re.compile(r"^(?P<path>[^:\n]+\.md):(?P<line>\d+)(?::\d+)?\s+(?P<text>.*)$", re.MULTILINE)


class ToolCrashedError(Exception):
    """A tool stopped before it had looked at everything. The message is the last thing it said."""


@dataclass(frozen=True, slots=True)
class Said:
    """Something that a tool said: about which file below the project (empty for none), on which line (0 for none)."""

    path: str
    line: int
    text: str

    @property
    def kind(self) -> tuple[str, str]:
        """What is the same when only lines have moved."""
        return self.path, self.text


class Tool(Protocol):
    """A tool that reads the sources."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def version(self) -> str:
        """Its version, in words."""

    def look(self, root: Path) -> list[Said]:
        """Look at a project; ToolCrashedError where it stopped half-way."""
        ...


@dataclass(frozen=True, slots=True)
class MkDocs:
    """`mkdocs build --strict` of the same sources on a stock configuration."""

    name: str
    version: str

    def look(self, root: Path) -> list[Said]:
        """Build into a folder that is thrown away."""
        stock = root / "stock.yml"
        stock.write_text(stock_configuration(root), encoding="utf-8")
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(stock), "-d"]
        with _folder(root) as site:
            done = _run([*command, str(site)], root)
        stock.unlink()
        said = [_of_mkdocs(" ".join(match.group(1).split()), root) for match in RECORD.finditer(done)]
        if "Documentation built in" not in done and not re.search(r"Aborted with \d+ warnings? in strict mode", done):
            raise ToolCrashedError(done.strip().rsplit("\n", 1)[-1])
        return said


def stock_configuration(root: Path) -> str:
    """Write the configuration of a project as somebody would who uses Material and mkdocs-static-i18n as they come."""
    given = yaml.load((root / "mkdocs.yml").read_text(encoding="utf-8"), Loader=_Tolerant)  # noqa: S506 - a safe loader
    stock = {key: given[key] for key in STOCK if key in given}
    stock["site_url"] = "https://stock.example/"
    i18n: dict[str, object] = next(
        (plugin["i18n"] for plugin in given["plugins"] if isinstance(plugin, dict) and "i18n" in plugin), {}
    )
    stock["plugins"] = [{"i18n": {key: i18n[key] for key in ("docs_structure", "fallback_to_default", "languages")}}]
    stock["theme"] = {"name": "material"}
    stock["validation"] = {
        "nav": {"omitted_files": "warn", "not_found": "warn", "absolute_links": "warn"},
        "links": {"not_found": "warn", "anchors": "warn", "absolute_links": "warn", "unrecognized_links": "warn"},
    }
    return yaml.safe_dump(stock, allow_unicode=True, sort_keys=False)


class _Tolerant(yaml.SafeLoader):
    """Reads mkdocs.yml; values from the environment are taken as nothing."""


_Tolerant.add_constructor("!ENV", lambda _loader, _node: None)


def _of_mkdocs(text: str, root: Path) -> Said:
    docs = root / "docs"
    found = next((name for name in SOURCE.findall(text) if (docs / name).is_file() or (root / name).is_file()), "")
    return Said(f"docs/{found}" if (docs / found).is_file() and found else found, 0, text)


@dataclass(frozen=True, slots=True)
class Lychee:
    """lychee over the Markdown sources, without a network."""

    name: str
    version: str
    program: str

    def look(self, root: Path) -> list[Said]:
        """Ask for JSON, and take its errors."""
        command = [self.program, "--offline", "--include-fragments", "--no-progress", "--format", "json", "docs"]
        try:
            read = json.loads(_run(command, root, errors=False))
        except ValueError as error:
            raise ToolCrashedError(str(error)) from error
        return [
            Said(path, int((entry.get("span") or {}).get("line", 0)), f"{_below(entry['url'], root)}: {_status(entry)}")
            for path, entries in read["error_map"].items()
            for entry in entries
        ]


def _below(address: str, root: Path) -> str:
    return address.replace(f"file://{root.resolve()}", "")


def _status(entry: dict[str, dict[str, str]]) -> str:
    return str(entry["status"].get("text", ""))


@dataclass(frozen=True, slots=True)
class MarkdownLint:
    """markdownlint-cli2 with the rules it comes with."""

    name: str
    version: str
    program: str

    def look(self, root: Path) -> list[Said]:
        """Take what it prints, a line a finding."""
        done = _run([self.program, "docs/**/*.md"], root)
        return [Said(match["path"], int(match["line"]), match["text"]) for match in LINT.finditer(done)]


def tools(lychee: str = "lychee", markdownlint: str = "markdownlint-cli2") -> Iterator[Tool]:
    """Give the tools that are on this machine."""
    yield MkDocs("mkdocs build --strict", _mkdocs_version())
    if program := shutil.which(lychee):
        yield Lychee("lychee", _version(program), program)
    if program := shutil.which(markdownlint):
        yield MarkdownLint("markdownlint-cli2", _version(program), program)


def _mkdocs_version() -> str:
    from importlib.metadata import version  # noqa: PLC0415

    return f"{version('mkdocs')} with Material {version('mkdocs-material')}, i18n {version('mkdocs-static-i18n')}"


def _version(program: str) -> str:
    done = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    found = re.search(r"\d+\.\d+\.\d+", done.stdout + done.stderr)
    return found.group(0) if found else "of an unknown version"


class _folder:  # noqa: N801 - a context manager that reads as a word
    def __init__(self, root: Path) -> None:
        self.path = root.parent / f"{root.name}-site"

    def __enter__(self) -> Path:
        return self.path

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.path, ignore_errors=True)


def _run(command: list[str], root: Path, *, errors: bool = True) -> str:
    quiet = os.environ | {"NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1"}
    done = subprocess.run(  # noqa: S603 - fixed programs on a copy of the project
        command, cwd=root, env=quiet, capture_output=True, text=True, errors="replace", check=False
    )
    return done.stdout + (done.stderr if errors else "")

"""Tries the ways out of MkDocs: builds the same sources with its successors and compares what comes out.

ProperDocs is a fork that reads the same configuration and runs the same hooks; it has to give the same addresses with
the same texts. Zensical knows neither our languages nor our hooks, so each language is staged as a project of its own,
its pages already filled in and at their addresses; it has to give the same addresses.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import yaml
from selectolax.lexbor import LexborHTMLParser

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

PROPERDOCS: Final = "properdocs==1.6.7"
ZENSICAL: Final = "zensical==0.0.73"
LONGEST: Final = 900
INDEX: Final = "index.html"


class TrialFailedError(Exception):
    """A trial could not be made; the words say why."""


@dataclass(frozen=True, slots=True)
class Difference:
    """An address at which a trial differs, and how."""

    address: str
    how: str


def run(command: Sequence[str], folder: Path, **environment: str) -> None:
    """Run a builder; TrialFailedError with its last words where it fails."""
    try:
        done = subprocess.run(  # noqa: S603  (builders that this module names)
            command,
            cwd=folder,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            timeout=LONGEST,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        message = f"{command[0]} cannot be run: {error}"
        raise TrialFailedError(message) from None
    if done.returncode:
        lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        message = f"{' '.join(command[:4])} failed: {lines[-1] if lines else 'it said nothing'}"
        raise TrialFailedError(message)


def environment_with(package: str, folder: Path, *, beside_ours: bool) -> Path:
    """Return the Python of an environment with a package; made where there is none.

    With `beside_ours` it also finds everything that is installed here, so that our hooks run in it.
    """
    python = folder / "bin/python"
    if not python.exists():
        run([sys.executable, "-m", "venv", str(folder)], folder.parent)
    if beside_ours:
        (packages,) = folder.glob("lib/python*/site-packages")
        ours = sysconfig.get_path("purelib")
        (packages / "ours.pth").write_text(f"import site; site.addsitedir({ours!r})\n", encoding="utf-8")
    run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", package], folder.parent)
    return python


def pages_of(site: Path) -> dict[str, str]:
    """Return the text of each page of a built site by its address below it."""
    return {path.relative_to(site).as_posix(): _text(path) for path in sorted(site.rglob("*.html"))}


def _text(path: Path) -> str:
    body = LexborHTMLParser(path.read_text(encoding="utf-8")).body
    return " ".join(body.text(separator=" ").split()) if body else ""


def compare(ours: Mapping[str, str], theirs: Mapping[str, str], *, texts: bool) -> Iterator[Difference]:
    """Yield the addresses that only one of two sites has, and with `texts` those at which the words differ."""
    for address in sorted(ours.keys() | theirs.keys()):
        if address not in theirs:
            yield Difference(address, "is not there")
        elif address not in ours:
            yield Difference(address, "is new")
        elif texts and ours[address] != theirs[address]:
            yield Difference(address, f"says something else, {_first_difference(ours[address], theirs[address])}")


def _first_difference(one: str, other: str) -> str:
    """Show the words around the first place at which two texts part."""
    at = next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    return f"{one[max(0, at - 20) : at + 30]!r} became {other[max(0, at - 20) : at + 30]!r}"


def stage(site: Path, language: str, folder: Path) -> None:
    """Lay one language of a built site out for Zensical: every page at its address, its article as it was built."""
    docs = folder / "docs"
    for path in sorted((site / language).rglob(INDEX)):
        html = LexborHTMLParser(path.read_text(encoding="utf-8"))
        article, heading = html.css_first("article") or html.css_first("main"), html.css_first("h1")
        target = docs / path.relative_to(site / language).with_name("index.md")
        target.parent.mkdir(parents=True, exist_ok=True)
        title = yaml.safe_dump({"title": heading.text().strip() if heading else language}, allow_unicode=True)
        text = f"<div>{article.html if article else ''}</div>"
        body = "\n".join(line for line in text.splitlines() if line.strip())
        target.write_text(f"---\n{title}---\n\n{body}\n", encoding="utf-8")
    settings = {
        "site_name": language,
        "site_url": f"https://way-out.example/{language}/",
        "theme": {"name": "material", "language": language},
        "plugins": [],
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")


def addresses_of(site: Path, within: str = "") -> dict[str, str]:
    """Return the addresses of the pages of a site, or of a part of it, with no texts."""
    root = site / within
    return {path.relative_to(root).as_posix(): "" for path in root.rglob(INDEX)}

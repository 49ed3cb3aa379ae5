"""Handouts of a few real pages, made once as `handbook handouts` makes them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from handbook.handouts.making import ASKING, FRESH
from handbook.handouts.press import missing
from tests.conftest import ROOT, do_without, made_once, run_mkdocs

if TYPE_CHECKING:
    from pathlib import Path

PAGES = (
    "index.md",
    "feelings/grounding-and-breathing.md",
    "needs/boundaries.md",
    "change/ambivalence.md",
    "therapists/interpersonal-messages.md",
)


def need_press() -> None:
    """Skip where this machine cannot print; where changes are judged, that is a failure."""
    if sentence := missing():
        do_without(sentence)


def some_pages(root: Path) -> Path:
    """Make a project of a few real pages in both languages."""
    for name in ("overrides", "data"):
        shutil.copytree(ROOT / name, root / name)
    (root / "scripts" / "handbook").mkdir(parents=True)
    for language in ("en", "nl"):
        shutil.copytree(ROOT / "docs" / language / "_shared", root / "docs" / language / "_shared")
        for page in PAGES:
            target = root / "docs" / language / page
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / "docs" / language / page, target)
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    start, end = config.index("nav:\n"), config.index("# --- Languages")
    nav = "nav:\n" + "".join(f"  - {page}\n" for page in PAGES)
    (root / "mkdocs.yml").write_text(config[:start] + nav + config[end:], encoding="utf-8")
    return root


def make_handouts(root: Path, **environment: str) -> Path:
    """Build a project with handouts, as lenient as a preview: the pages around these few are not there."""
    build = run_mkdocs(root, root / "site", "--no-strict", env={ASKING: FRESH, **environment})
    assert build.code == 0, build.output
    return build.site


@pytest.fixture(scope="session")
def handouts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of a few real pages with their handouts, worksheets and books; the first process that asks makes it."""
    need_press()
    return made_once(tmp_path_factory, "handouts", lambda place: make_handouts(some_pages(place))) / "site"

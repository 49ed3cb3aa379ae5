"""The files of words below `data/` and `overrides/`, and how findings name them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handbook.model.project import Project


def word_files(project: Project) -> list[Path]:
    """Name the files of words that readers see, but for the helplines, the sources and the limits of the checks."""
    root = Path(project.root)
    data = [root / "data" / f"{name}.yml" for name in ("claims", "debates", "figures", "glossary")]
    return [*data, *sorted((root / "data" / "search").glob("*.yml")), *interface(project)]


def interface(project: Project) -> list[Path]:
    """Name the files with the words of the interface."""
    return sorted((Path(project.root) / "overrides" / "strings").glob("*.yml"))


def shown(path: Path, project: Project) -> str:
    """Write a path as findings have it."""
    return path.relative_to(project.root).as_posix()

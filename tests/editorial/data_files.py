"""The handbook's own data files, and small broken ones to read on purpose."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import pytest

from handbook.editorial.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
DOCS = ROOT / "docs"


def written(folder: Path, text: str, name: str = "data.yml") -> Path:
    """Write an indented text to a file and return its path."""
    path = folder / name
    path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    return path


def mistake(load: Callable[[Path], Any], path: Path) -> DataError:
    """Return the error that reading a broken file raises; it is one sentence with a place and mostly a hint."""
    with pytest.raises(DataError) as caught:
        load(path)
    error = caught.value
    assert str(error).startswith(f"{path}:{error.line}: ")
    assert "\n" not in str(error)
    assert str(error).endswith((".", "?", "!"))
    return error

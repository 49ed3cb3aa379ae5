"""Which versions of which packages are installed, by the names of the folders that record them.

`importlib.metadata` gives the same answers, but takes longer to load than a page takes to read.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_ENDING: Final = ".dist-info"


def version_of(package: str) -> str:
    """Return the version of a package; importlib.metadata.PackageNotFoundError where it is not installed."""
    found = installed().get(_normalised(package))
    if found is None:
        from importlib.metadata import version  # noqa: PLC0415 - heavy, and nearly never asked

        return version(package)
    return found


@cache
def installed() -> Mapping[str, str]:
    """Return the version of every package that Python can import here."""
    found: dict[str, str] = {}
    for folder in map(Path, sys.path):
        for record in folder.glob(f"*{_ENDING}") if folder.is_dir() else ():
            name, _, version = record.name.removesuffix(_ENDING).partition("-")
            found.setdefault(_normalised(name), version)
    return found


def _normalised(name: str) -> str:
    return re.sub("[-_.]+", "_", name).lower()

"""Symbolic links among the sources: none is needed, and one can lead a build round in circles or out of the project.

A link to a device is read for ever, and two links to their own folder are ways to visit it in more orders than anybody
can wait for. So they are found without following any.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDERS: Final = ("docs", "data", "overrides")


def symbolic_links(root: Path) -> Iterator[str]:
    """Yield the path below `root` of every symbolic link in the folders of the sources."""
    for top in FOLDERS:
        if (root / top).is_symlink():
            yield top
            continue
        for folder, folders, files in os.walk(root / top, followlinks=False):
            for name in sorted([*folders, *files]):
                path = os.path.join(folder, name)  # noqa: PTH118 (thousands of files)
                if os.path.islink(path):  # noqa: PTH114
                    yield os.path.relpath(path, root).replace(os.sep, "/")

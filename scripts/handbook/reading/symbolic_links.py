"""Symbolic links among the sources, and files that are none: one can lead a build round in circles or never end.

A link to a device is read for ever, and two links to their own folder are ways to visit it in more orders than anybody
can wait for. So they are found without following any.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDERS: Final = ("docs", "data", "overrides")
READ_WHOLE: Final = ("data", "overrides")
"""What lies here is read without a look at what it is."""


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


def no_files(root: Path) -> Iterator[str]:
    """Yield the path below `root` of whatever in these folders is a device or a pipe, or a link to one."""
    for top in READ_WHOLE:
        for folder, _, files in os.walk(root / top, followlinks=False):
            for name in sorted(files):
                path = os.path.join(folder, name)  # noqa: PTH118 (thousands of files)
                try:
                    mode = os.stat(path).st_mode  # noqa: PTH116 (as above)
                except OSError:
                    continue  # a link to nothing is found as a link
                if not stat.S_ISREG(mode):
                    yield os.path.relpath(path, root).replace(os.sep, "/")

"""Puts a finished folder in the place of another in one step, so that there is no moment without either.

Linux can exchange two names at once. Elsewhere, and on file systems that cannot, the old folder steps aside for the
time of two renames and comes back if the second fails. A folder that holds something else than a built site is never
replaced: whoever names the folder of the texts by mistake would lose them.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Final

_AT_FDCWD: Final = -100
_RENAME_EXCHANGE: Final = 2
OF_A_SITE: Final = ("index.html", "404.html", "assets")
"""What every built site has at its top, and a folder of anything else hardly."""


def refuse_other_than_site(folder: Path) -> None:
    """Raise an OSError where a folder is none, or holds something else than a built site; an empty one may be taken."""
    if folder.is_symlink() or not folder.is_dir():
        if os.path.lexists(folder):
            raise NotADirectoryError(20, "this is not a folder and is not replaced", str(folder))
        return
    if any(folder.iterdir()) and not all((folder / name).exists() for name in OF_A_SITE):
        message = "this folder holds something else than a built site and is not replaced; name another one"
        raise FileExistsError(17, message, str(folder))


def replace_folder(new: Path, old: Path) -> None:
    """Put a finished folder in the place of another; OSError where that fails, and then the old one stands as before.

    What stood there before is removed, if it was a site. `new` may lie on another disk; it is copied beside the old one
    first.
    """
    refuse_other_than_site(old)
    old.parent.mkdir(parents=True, exist_ok=True)
    if not os.path.lexists(old):
        try:
            new.replace(old)
        except OSError:
            _replace_beside(new, old)
        return
    _replace_beside(new, old)


def _replace_beside(new: Path, old: Path) -> None:
    """Bring the new folder beside the old one, where two names can be exchanged, and exchange them."""
    beside = Path(tempfile.mkdtemp(dir=old.parent, prefix=f".{old.name}-"))
    try:
        fresh = beside / "new"
        try:
            new.replace(fresh)
        except OSError:
            shutil.copytree(new, fresh, symlinks=True)
        if not old.exists():
            fresh.replace(old)
        elif not _exchange(fresh, old):
            _step_aside(fresh, old, beside / "before")
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Let two paths change names in one step; False where the machine cannot."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return bool(renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0)


def _step_aside(new: Path, old: Path, aside: Path) -> None:
    old.replace(aside)
    try:
        new.replace(old)
    except OSError:
        aside.replace(old)
        raise

"""How a trial starts other programs: none of them outlives it, even where it is killed and can end nothing itself."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def bound(command: Sequence[str]) -> list[str]:
    """Return a command whose process is asked to end when ours has ended; the same command where this is no Linux."""
    setpriv = shutil.which("setpriv")
    return [*([setpriv, "--pdeathsig", "TERM"] if setpriv else []), *command]

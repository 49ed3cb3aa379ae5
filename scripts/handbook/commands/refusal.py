"""How a command says that it cannot do its work."""

from __future__ import annotations

import sys
from typing import Final

REFUSED: Final = 2
"""The exit code of wrong use, and of a project or machine that does not let a command do its work."""


def refuse(message: str) -> int:
    """Say on standard error why nothing was done, and return the exit code for it.

    `message` is one sentence or more, of which the last may go without its full stop.
    """
    print(f"handbook: {message.rstrip('.')}.", file=sys.stderr)
    return REFUSED

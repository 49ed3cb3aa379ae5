"""QR codes as one path of an SVG, made while the site is built, so that a page needs no script to show one.

The path is drawn with a pen of one unit along the middle of each row of modules. Error correction is at least level M
(15 % may be dirt), and the quiet zone that scanners need is part of the drawing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Final

import segno

if TYPE_CHECKING:
    from collections.abc import Iterator

QUIET_ZONE: Final = 4
"""Modules of white on each side; ISO/IEC 18004 asks for four."""
MASK: Final = 7
"""Scanners read all eight; this one suits addresses best, and trying each takes five times as long."""
KEPT: Final = 512
"""So many are kept, each some kilobytes: a page shows its own several times, and in each language."""


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code: the length of its side in modules, quiet zone included, and the path of its dark modules."""

    size: int
    path: str


@lru_cache(maxsize=KEPT)
def qr_code(text: str) -> QrCode:
    """Return the QR code of a text; the same text always gives the same path."""
    matrix = segno.make_qr(text, error="m", mask=MASK).matrix
    back = f"m-{len(matrix)} 1"
    rows = back.join("".join(_row(row)) for row in matrix)
    return QrCode(len(matrix) + 2 * QUIET_ZONE, f"M{QUIET_ZONE} {QUIET_ZONE}.5{rows}")


def _row(row: bytearray) -> Iterator[str]:
    """Draw a row: a line along each run of dark modules, a step over each run of light ones."""
    for dark, run in groupby(row):
        length = len(list(run))
        yield f"h{length}" if dark else f"m{length} 0"

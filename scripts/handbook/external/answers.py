"""What can come of asking the server of an address."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What came of asking."""

    FINE = "fine"
    MOVED = "moved for good"
    GONE = "gone"
    SILENT = "no answer"
    UNSAFE = "no safe connection"
    CLOSED = "programs are not let in"
    LOOP = "led round in circles"
    HOME = "an address of this machine or its network"
    UNASKED = "not asked in time"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server of an address answered: a kind, its status (0 for none), and where it leads now."""

    address: str
    kind: Kind
    status: int = 0
    said: str = ""
    leads_to: str = ""

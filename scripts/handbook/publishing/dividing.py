"""How the languages of a site are dealt out to processes that build side by side."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

PROCESSES: Final = "HANDBOOK_PROCESSES"
"""The variable that says how many processes a build may use; without it, as many as there are processors."""


def processes_allowed() -> int:
    """Return how many processes a build may use, at least one; ValueError where the variable is no such number."""
    said = os.environ.get(PROCESSES, "")
    if not said:
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    if not (said.isascii() and said.isdecimal() and int(said)):
        message = f"{PROCESSES} is {said!r}; it must be a whole number, at least 1"
        raise ValueError(message)
    return int(said)


def shares_of_others(languages: Sequence[str], processes: int) -> list[list[str]]:
    """Deal all languages but the first out to the processes besides the one that builds the first."""
    others = list(languages[1:])
    count = min(processes - 1, len(others))
    return [others[start::count] for start in range(count)]

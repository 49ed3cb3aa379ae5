"""How much work is done side by side: how many processes there may be, and what each of them does."""

from __future__ import annotations

import os
import sys
import threading
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")

PROCESSES: Final = "HANDBOOK_PROCESSES"
"""The variable that says how many processes a build may use; without it, as many as there are processors."""
ENOUGH: Final = 16
"""Fewer items than this are not worth a process."""


def processes_allowed() -> int:
    """Return how many processes a build may use, at least one; ValueError where the variable is no such number."""
    said = os.environ.get(PROCESSES, "")
    if not said:
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if not (said.isascii() and said.isdecimal() and int(said)):
        message = f"{PROCESSES} is {said!r}; it must be a whole number, at least 1"
        raise ValueError(message)
    return int(said)


def shares_of_others(languages: Sequence[str], processes: int) -> list[list[str]]:
    """Deal all languages but the first out to the processes besides the one that builds the first."""
    others = list(languages[1:])
    count = min(processes - 1, len(others))
    return [others[start::count] for start in range(count)]


def end_with_starter() -> None:
    """Let this process of a pool end once the one that started it has ended, even where that was killed.

    By itself it would wait for work for ever: each process of a pool keeps open the pipe that work comes through.
    """
    from multiprocessing import parent_process  # noqa: PLC0415  (heavy, and not needed for a few items)

    starter = parent_process()
    if starter is not None:

        def end() -> None:
            starter.join()
            os._exit(1)

        threading.Thread(target=end, daemon=True).start()


def mapped(function: Callable[[Item], Outcome], items: Sequence[Item]) -> list[Outcome]:
    """Return what a function makes of each item, made by several processes where there are many items.

    The function stands in a module by its name, and has no effects that anybody would miss. Where a process is killed,
    or the machine has no room for another one, this one does all the work itself.
    """
    try:
        count = min(processes_allowed(), len(items) // ENOUGH)
    except ValueError:  # a build says so
        count = 1
    if count < 2 or sys.platform != "linux":
        return [function(item) for item in items]
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415  (heavy, as above)
    from multiprocessing import get_context  # noqa: PLC0415

    try:
        with ProcessPoolExecutor(count, mp_context=get_context("fork"), initializer=end_with_starter) as pool:
            return list(pool.map(function, items, chunksize=ENOUGH))
    except (OSError, RuntimeError):  # no room for one, or a broken pool; what the function raises comes again
        return [function(item) for item in items]

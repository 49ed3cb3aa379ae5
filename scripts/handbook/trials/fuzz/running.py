"""Puts many inputs through, slice by slice, each in a process of its own: memory is bounded, and a crash is seen.

A slice begins with nothing that an earlier one left behind. A process may take `MEMORY` bytes; what needs more fails.
"""

from __future__ import annotations

import multiprocessing
import resource
import signal
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from handbook.commands.layers import load_rules, settings_for
from handbook.reading.processes import end_with_starter
from handbook.reading.project import read_project
from handbook.trials.fuzz.inputs import Input, Maker
from handbook.trials.fuzz.table import Table, few_pages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SLICE: Final = 5_000
MEMORY: Final = 2 << 30
DATA: Final = ("data/*.yml", "data/*.json", "data/addresses.txt", "data/search/*.yml", "overrides/strings/*.yml")


@dataclass(frozen=True, slots=True)
class Mistake:
    """An input that something went wrong with."""

    input: Input
    said: str


@dataclass(slots=True)
class Tally:
    """What came of a run: inputs by kind, those that no guard stopped, seconds of the processor, MiB at most."""

    kinds: Counter[str] = field(default_factory=Counter)
    accepted: int = 0
    cpu: float = 0.0
    slowest: float = 0.0
    memory: int = 0
    mistakes: list[Mistake] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Add what came of another slice."""
        self.kinds += other.kinds
        self.accepted += other.accepted
        self.cpu += other.cpu
        self.slowest = max(self.slowest, other.slowest)
        self.memory = max(self.memory, other.memory)
        self.mistakes += other.mistakes


def maker(root: Path, seed: int, pages: dict[str, str]) -> Maker:
    """Make inputs out of these pages and the data files of a project."""
    files = {path for pattern in DATA for path in root.glob(pattern)}
    texts = {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in files}
    return Maker(seed, pages, texts)


def run_slice(root: Path, seed: int, start: int, stop: int) -> Tally:
    """Put the inputs from `start` to before `stop` through, in this process."""
    load_rules()
    project = few_pages(read_project(root, settings_for, site=False))
    make = maker(root, seed, {page.path: page.text for page in project.pages if "/_" not in page.path}).make
    tally = Tally()
    begun = time.process_time()
    with Table(project, root) as table:
        for page in project.pages:  # whatever is loaded once belongs to no input
            table.try_input(Input(0, "page", page.path, page.text.encode()))
        for number in range(start, stop):
            before = time.process_time()
            one = make(number)
            tally.kinds[one.kind] += 1
            if said := table.try_input(one):
                tally.mistakes.append(Mistake(one, said))
            tally.slowest = max(tally.slowest, time.process_time() - before)
        tally.accepted = table.accepted
    tally.cpu = time.process_time() - begun
    tally.memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    return tally


def _bounded_slice(root: Path, seed: int, start: int, stop: int) -> Tally:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends this process without a word; the first one speaks
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    return run_slice(root, seed, start, stop)


def run(root: Path, seed: int, inputs: int, first: int = 0) -> Iterator[tuple[int, Tally]]:
    """Yield, after each slice, how many inputs went through and what came of the slice."""
    context = multiprocessing.get_context("spawn")
    for start in range(first, first + inputs, SLICE):
        stop = min(start + SLICE, first + inputs)
        with ProcessPoolExecutor(1, mp_context=context, initializer=end_with_starter) as pool:
            try:
                tally = pool.submit(_bounded_slice, root, seed, start, stop).result()
            except BrokenProcessPool:
                lost = Input(start, "slice", f"inputs {start} to {stop}", b"")
                tally = Tally(mistakes=[Mistake(lost, "the process died")])
        yield stop - first, tally

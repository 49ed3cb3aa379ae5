"""The bench with the real handbook on it, once a test process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from handbook.commands.layers import load_rules, settings_for
from handbook.reading.project import read_project
from handbook.trials.bench import Bench
from handbook.trials.outcome import Outcome, try_kinds
from handbook.trials.world import World
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.trials.edit import Kind


@dataclass(frozen=True)
class Trials:
    """The handbook on the bench."""

    bench: Bench
    world: World

    def outcome(self, kind: Kind, seed: int = 0) -> Outcome:
        """Try one kind."""
        return next(try_kinds(self.bench, self.world, [kind], seed))


@pytest.fixture(scope="session")
def trials() -> Iterator[Trials]:
    """The sources alone; the published site is tried apart, because it has to be built first."""
    load_rules()
    with Bench(read_project(ROOT, settings_for, site=False)) as bench:
        yield Trials(bench, World(bench.project, bench.real))

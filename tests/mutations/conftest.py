"""The bench with the real handbook on it, once a test process; what is found there at first, once a run."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from handbook.commands.layers import load_rules, settings_for
from handbook.reading.project import read_project
from handbook.trials.bench import Bench, Key
from handbook.trials.outcome import Outcome, try_kinds
from handbook.trials.world import World
from tests.conftest import ROOT, made_once

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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
def trials(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trials]:
    """The sources alone; the published site is tried apart, because it has to be built first."""
    load_rules()
    with Bench(read_project(ROOT, settings_for, site=False)) as bench:
        found = made_once(tmp_path_factory, "found-before", lambda place: write_found(place, bench.before))
        bench.before = read_found(found)
        yield Trials(bench, World(bench.project, bench.real))


def write_found(place: Path, found: Counter[Key]) -> None:
    """Keep what is found before anything is edited, for the other processes of a run."""
    place.write_text(json.dumps([[*key, count] for key, count in found.items()]), encoding="utf-8")


def read_found(place: Path) -> Counter[Key]:
    """Read it again."""
    return Counter({(path, code, said): count for path, code, said, count in json.loads(place.read_text("utf-8"))})

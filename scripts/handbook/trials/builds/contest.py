"""Lets builders build the same handbook in turn, each round beginning with another, so that noise meets all alike."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.trials.builds.figures import Series
from handbook.trials.builds.measuring import BuildFailedError, Run, build, weigh

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from handbook.trials.builds.contenders import Contender, Laid
    from handbook.trials.builds.pages import Pages


@dataclass(frozen=True, slots=True)
class Contest:
    """Builders, the project they are compared on, where they are installed, where to build, and how long at most."""

    builders: Sequence[Contender]
    root: Path
    tools: Path
    place: Path
    longest: float

    def measure(self, pages: Pages, rounds: int) -> list[Series]:
        """Lay the pages out for every builder and let them build in turn."""
        series = {one.name: Series(one.name, pages.count, refused=one.missing(self.tools)) for one in self.builders}
        laid = {one.name: self._lay_out(one, pages) for one in self.builders if not series[one.name].refused}
        for turn in range(rounds):
            start = turn % len(self.builders)
            for one in (*self.builders[start:], *self.builders[:start]):
                if not series[one.name].refused:
                    self._build(one, laid[one.name], series[one.name])
        return list(series.values())

    def _lay_out(self, builder: Contender, pages: Pages) -> Laid:
        folder = self.place / builder.name.replace(" ", "-")
        folder.mkdir()
        return builder.lay_out(self.root, pages, folder, self.tools)

    def _build(self, builder: Contender, laid: Laid, series: Series) -> None:
        if not builder.again:
            for folder in laid.leftovers:
                shutil.rmtree(folder, ignore_errors=True)
        try:
            for _ in range(2 if builder.again and not series.runs else 1):
                taken = [build(command, at, laid.environment, self.longest) for at, command in laid.commands]
            series.runs.append(
                Run(
                    wall=sum(run.wall for run in taken),
                    cpu=sum(run.cpu for run in taken),
                    memory=max(run.memory for run in taken),
                    load=max(run.load for run in taken),
                )
            )
            if series.weight is None:
                series.weight = weigh(laid.site, laid.articles, laid.search)
        except BuildFailedError as error:
            series.refused = f"{builder.name} failed: {error}"

"""From runs to figures: medians, ratios of paired runs, how a builder grows, and the table of all."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handbook.trials.builds.measuring import Run, Weight

HEADER: Final = (
    "Builder", "Pages", "CPU s", "of ours", "Wall s", "of ours", "MiB", "of ours", "Load",
    "Page B", "with assets", "Search B",
)  # fmt: skip


@dataclass(slots=True)
class Series:
    """The runs of one builder at one size (pages in all languages together), in the order of the rounds."""

    builder: str
    pages: int
    runs: list[Run] = field(default_factory=list)
    weight: Weight | None = None
    refused: str = ""


def ratio(series: Series, ours: Series, what: str) -> float | None:
    """Return the median over the rounds of this builder's figure over ours; None where one of both has no run."""
    pairs = zip(series.runs, ours.runs, strict=False)
    ratios: list[float] = [getattr(one, what) / getattr(other, what) for one, other in pairs]
    return median(ratios) if ratios else None


def exponent(all_series: Sequence[Series], what: str = "cpu") -> float | None:
    """Return by which power of the number of pages a figure grows: the slope of the line through the logarithms."""
    points = [
        (math.log(series.pages), math.log(median(getattr(run, what) for run in series.runs)))
        for series in all_series
        if series.runs
    ]
    if len({x for x, _ in points}) < 2:
        return None
    middle_x, middle_y = (sum(values) / len(points) for values in zip(*points, strict=True))
    across = sum((x - middle_x) ** 2 for x, _ in points)
    return float(sum((x - middle_x) * (y - middle_y) for x, y in points) / across)


def rows(all_series: Sequence[Series], ours: str) -> Iterator[tuple[str, ...]]:
    """Yield the cells of the table below `HEADER`: a row for each builder at each size."""
    by_pages = {series.pages: series for series in all_series if series.builder == ours}
    for series in sorted(all_series, key=lambda one: one.pages):
        if series.refused:
            yield series.builder, str(series.pages), f"not measured: {series.refused}"
            continue
        mine = by_pages.get(series.pages)
        cells = [series.builder, str(series.pages)]
        for what, digits in (("cpu", 1), ("wall", 1), ("memory", 0)):
            times = ratio(series, mine, what) if mine else None
            cells.append(f"{median(getattr(run, what) for run in series.runs):.{digits}f}")
            cells.append(f"{times:.2f}" if times is not None else "-")
        cells.append(f"{median(run.load for run in series.runs):.1f}")
        if series.weight is not None:
            weight = series.weight
            cells += [str(weight.page), str(weight.page_with_assets), str(weight.search) if weight.search else "none"]
        yield tuple(cells)


def growth(all_series: Sequence[Series]) -> Iterator[str]:
    """Yield a sentence for each builder that was measured at several sizes."""
    for builder in dict.fromkeys(series.builder for series in all_series):
        own = [series for series in all_series if series.builder == builder]
        power = exponent(own)
        if power is not None:
            sizes = [series.pages for series in own if series.runs]
            yield f"{builder} grows with the power {power:.2f} of the pages, from {min(sizes)} to {max(sizes)}."


def as_markdown(lines: Sequence[Sequence[str]]) -> str:
    """Return a table in Markdown that is also easy to read as it is."""
    whole = [HEADER, *lines]
    widths = [max(len(line[column]) for line in whole if len(line) == len(HEADER)) for column in range(len(HEADER))]

    def row(cells: Sequence[str]) -> str:
        filled = [*cells, *[""] * (len(HEADER) - len(cells))]
        return "| " + " | ".join(cell.ljust(width) for cell, width in zip(filled, widths, strict=True)) + " |"

    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([row(HEADER), rule, *(row(line) for line in lines)])

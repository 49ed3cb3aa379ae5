"""The comparison of builders as a document of its own, with what a reader has to know about how it came about."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from handbook.trials.builds.figures import as_markdown, growth, rows

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from handbook.trials.builds.figures import Series

QUIET: Final = 0.5
"""More load than this for each processor, when builds begin, and other work was going on."""

_HEAD: Final = """\
# The same handbook, several builders

<!-- Made by `handbook benchmark builds --write`; not written by hand. -->

Each builder built the same pages of this handbook, in two languages, on the same machine in turn; larger handbooks are
made of copies of its pages. Seconds and memory are medians over the rounds, and *of ours* is the median over the
rounds of a builder's figure beside ours of the same round.

- *CPU s* are seconds of the processor, of all processes of a build together; *Wall s* are those on the clock. Ours
  builds the languages side by side where there are two processors.
- *MiB* is the most that all processes of a build held together.
- *Load* is the machine's load average when a build began. In seconds on the clock, only figures of a quiet machine say
  much; ratios and seconds of the processor suffer less.
- *ours* starts with nothing remembered, *ours again* builds what was built just before.
- The others print our building blocks as they stand in the text and check nothing, so they do less; Hugo's template is
  the barest that has a menu. Zensical knows no languages, so it builds each as a project of its own, and its page and
  search count for one language.
- *Page B* is the size of an article's HTML, *with assets* that with its styles and scripts, *Search B* what search
  loads.
"""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """When a comparison was made, and how often each builder built; once where there were more than `large` pages."""

    day: dt.date
    rounds: int
    large: int


def as_page(measured: Sequence[Series], ours: str, when: Circumstances) -> Iterator[str]:
    """Yield the lines of the document."""
    yield from _HEAD.splitlines()
    yield ""
    processors = os.cpu_count() or 1
    yield (
        f"Made on {when.day.isoformat()} with Python {platform.python_version()} on {platform.system()}, "
        f"{processors} processors; rounds: {when.rounds}, and 1 of more than {when.large} pages."
    )
    yield ""
    yield _said_of_load(measured, processors)
    yield ""
    yield as_markdown(list(rows(measured, ours)))
    yield ""
    for sentence in growth(measured):
        yield f"- {sentence}"


def _said_of_load(measured: Sequence[Series], processors: int) -> str:
    loads = sorted(run.load for series in measured for run in series.runs)
    if not loads:
        return "Nothing was measured."
    said = f"The load average was {loads[0]:.1f} at least and {loads[-1]:.1f} at most when builds began."
    if loads[len(loads) // 2] > QUIET * processors + 1:
        said += " **Other work was going on, so seconds are too many, those on the clock above all.**"
    return said

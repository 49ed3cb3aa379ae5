"""How many kinds of mistakes try each group of rules: rules that stand in one module have one idea in common."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from handbook.rules.registry import RuleDefinition
    from handbook.trials.outcome import Outcome

HEADER: Final = ("Rules", "Set off", "Kinds", "Found", "On the line", "What they are about")


@dataclass(frozen=True, slots=True)
class Tally:
    """A group of rules: what it is about, its codes, those that a mistake set off, and how the kinds fared."""

    idea: str
    codes: tuple[str, ...]
    set_off: tuple[str, ...]
    kinds: int
    found: int
    on_line: int

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of a row."""
        counts = map(str, (self.kinds, self.found, self.on_line))
        return _short(self.codes), f"{len(self.set_off)} of {len(self.codes)}", *counts, self.idea


def _short(codes: Sequence[str]) -> str:
    """Write codes of one family as runs: LNK105-107 118 122."""
    runs: list[list[int]] = []
    for number in (int(code[3:]) for code in codes):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return codes[0][:3] + " ".join(str(run[0]) + (f"-{run[-1]}" if len(run) > 1 else "") for run in runs)


def tallies(outcomes: Sequence[Outcome], rules: Iterable[RuleDefinition]) -> Iterator[Tally]:
    """Count the mistakes that were tried, module by module; a kind with several codes counts wherever one of them is.

    Rules are to be sorted by code.
    """
    mistakes = [one for one in outcomes if one.tried and not one.kind.harmless]
    by_module: dict[str, list[str]] = {}
    for rule in rules:
        by_module.setdefault(rule.check.__module__, []).append(rule.code)
    for module, codes in sorted(by_module.items(), key=lambda item: item[1]):
        own = [one for one in mistakes if not {*codes}.isdisjoint(one.kind.codes)]
        set_off = {finding.code for one in own for finding in one.due}
        yield Tally(
            idea=(sys.modules[module].__doc__ or "").split("\n")[0].rstrip("."),
            codes=tuple(codes),
            set_off=tuple(code for code in codes if code in set_off),
            kinds=len(own),
            found=sum(one.found for one in own),
            on_line=sum(one.on_line for one in own),
        )


def in_words(counted: Sequence[Tally]) -> str:
    """Say how many rules were set off."""
    set_off, rules = (sum(len(getattr(one, what)) for one in counted) for what in ("set_off", "codes"))
    return (
        f"{set_off} of {rules} rules were set off by at least one of these kinds; the others have tests of their own."
    )


def as_text(counted: Iterable[Tally]) -> Iterator[str]:
    """Yield the lines of the table for a terminal."""
    rows = [HEADER, *(one.cells for one in counted)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADER))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def as_markdown(counted: Iterable[Tally]) -> Iterator[str]:
    """Yield the lines of a Markdown table."""
    yield from ("| " + " | ".join(HEADER) + " |", "| --- | --- | ---: | ---: | ---: | --- |")
    for one in counted:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in one.cells) + " |"

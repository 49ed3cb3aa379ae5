"""The outcomes of trials as a table: for a terminal, or in Markdown."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handbook.trials.outcome import Outcome

HEADER = ("Kind", "What was done", "Expected", "Found", "On the line?")


def cells(outcome: Outcome) -> tuple[str, ...]:
    """Give the cells of one row."""
    kind = outcome.kind
    expected = " or ".join(kind.codes) or "nothing"
    if not outcome.tried:
        return kind.name, kind.what, expected, "not tried", ""
    if kind.harmless:
        return kind.name, kind.what, expected, _codes(outcome) or "nothing", ""
    found = " ".join(sorted({finding.code for finding in outcome.due})) or f"missed ({_codes(outcome) or 'nothing'})"
    return kind.name, kind.what, expected, found, "yes" if outcome.on_line else "no"


def _codes(outcome: Outcome) -> str:
    return " ".join(sorted({finding.code for finding in outcome.findings}))


def summary(outcomes: Sequence[Outcome]) -> str:
    """Say in one or two sentences how it went."""
    mutations = [one for one in outcomes if not one.kind.harmless]
    harmless = [one for one in outcomes if one.kind.harmless]
    tried = [one for one in mutations if one.tried]
    found = sum(one.found for one in tried)
    right = sum(one.on_line for one in tried)
    flagged = sum(bool(one.findings) for one in harmless)
    skipped = sum(not one.tried for one in outcomes)
    text = f"{found} of {len(tried)} kinds of mistakes were found, {right} of them on the right line. "
    text += f"{flagged} of {len(harmless)} kinds of harmless changes were reported."
    return text + (f" {skipped} kinds could not be tried here." if skipped else "")


def as_text(outcomes: Sequence[Outcome], *, all_rows: bool) -> Iterator[str]:
    """Yield the lines of the table for a terminal; without `all_rows` only those that went wrong."""
    shown = [one for one in outcomes if all_rows or (one.tried and not one.as_expected)]
    rows = [cells(one) for one in shown]
    columns = (0, 2, 3, 4)
    widths = [max((len(row[column]) for row in (HEADER, *rows)), default=0) for column in columns]

    def line(row: tuple[str, ...]) -> str:
        return "  ".join(row[column].ljust(width) for column, width in zip(columns, widths, strict=True)).rstrip()

    if rows:
        yield line(HEADER)
    for one, row in zip(shown, rows, strict=True):
        yield line(row)
        if one.tried and not one.as_expected:
            yield from _details(one)
    yield summary(outcomes)


def _details(outcome: Outcome) -> Iterator[str]:
    places = sorted(outcome.edit.at) if outcome.edit else []
    edited = ", ".join(sorted(outcome.edit.files)) if outcome.edit else ""
    due = f", due at {places[0]}" if places else ""
    yield f"    {outcome.kind.what}: {edited}{due}"
    for finding in outcome.findings:
        yield f"    {finding.place}: {finding.code} {finding.message}"


def as_markdown(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield the lines of a Markdown table a family."""
    yield summary(outcomes)
    for family, group in groupby(outcomes, key=lambda one: one.kind.family):
        yield from ("", f"## {family}", "", "| " + " | ".join(HEADER) + " |", "|" + " --- |" * len(HEADER))
        for outcome in group:
            yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells(outcome)) + " |"

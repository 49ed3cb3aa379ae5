"""Words that do harm and what to say instead: `data/wording.yml`, checked against every sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from handbook.editorial.entries import Entry, Translated, read_entries, without_doubles
from handbook.editorial.metadata import AUDIENCES
from handbook.editorial.runaway import why_runaway
from handbook.editorial.telltales import telltales

if TYPE_CHECKING:
    from pathlib import Path

SEVERITIES: Final = ("error", "warning")


@dataclass(frozen=True, slots=True)
class Wording:
    """One pattern to avoid. `unless` excuses a sentence; `audiences` is empty where it goes for everybody."""

    id: str
    line: int
    languages: tuple[str, ...]
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    audiences: tuple[str, ...]
    severity: str
    why: Translated
    instead: Translated
    telltales: frozenset[str] = frozenset()
    """One of these is in every match; see `handbook.editorial.telltales`."""


def load_wordings(path: Path) -> tuple[Wording, ...]:
    """Read `data/wording.yml`; raise `DataError` at the first thing that is wrong."""
    wordings = tuple(_wording(entry) for entry in read_entries(path, "wording"))
    without_doubles(path, [(wording.line, wording.id) for wording in wordings], "the wording")
    return wordings


def _wording(entry: Entry) -> Wording:
    audiences = entry.texts("audiences")
    for audience in audiences:
        if audience not in AUDIENCES:
            entry.fail(f'"{audience}" is no audience', f"choose from: {', '.join(AUDIENCES)}.", key="audiences")
    wording = Wording(
        id=entry.identifier("id"),
        line=entry.line,
        languages=entry.texts("languages"),
        pattern=_pattern(entry, "pattern"),
        unless=_pattern(entry, "unless") if entry.has("unless") else None,
        audiences=audiences,
        severity=entry.choice("severity", SEVERITIES),
        why=entry.translated("why"),
        instead=entry.translated("instead"),
        telltales=telltales(entry.text("pattern")),
    )
    entry.finish()
    return wording


def _pattern(entry: Entry, key: str) -> re.Pattern[str]:
    source = entry.text(key)
    try:
        if why := why_runaway(source):
            hint = "write the words out, or set a limit such as {0,2}."
            entry.fail(f'"{key}" could search a text for ever: {why}', hint, key=key)
        return re.compile(source, re.IGNORECASE)
    except re.error as error:
        entry.fail(f'"{key}" is no regular expression: {error}', "mend the pattern.", key=key)

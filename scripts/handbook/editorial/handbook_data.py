"""All editorial data of a checkout, read once for the rules that need it.

A data file that is broken does not stop the others from being read: its error is kept, a rule reports it, and the rules
that need the file switch themselves off.
"""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from handbook.editorial.changes import Changes, load_changes
from handbook.editorial.claims import Claims, load_claims
from handbook.editorial.debates import Debates, load_debates
from handbook.editorial.errors import DataError
from handbook.editorial.glossary import Glossary, load_glossary
from handbook.editorial.helplines import Helplines, load_helplines
from handbook.editorial.readability import Limits, Measure, load_limits
from handbook.editorial.references import References, load_references
from handbook.editorial.search_words import SearchWords, load_search_words
from handbook.editorial.told import FILE as TOLD
from handbook.editorial.told import load_told
from handbook.editorial.wording import Wording, load_wordings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handbook.model.project import Project

T = TypeVar("T")
FOLDER: Final = Path("data")
HOOK: Final = "overrides/hooks/catalogue.py"
SIGNS: Final = ("data/claims.yml", HOOK)
"""Each of them tells a handbook of this kind; one alone does, so that removing a data file switches no rule off."""


@dataclass(frozen=True, slots=True)
class HandbookData:
    """What `data/` holds; None where a file is absent or broken. `today` is the day on which dates are judged."""

    helplines: Helplines | None
    references: References | None
    glossary: Glossary | None
    claims: Claims | None
    debates: Debates | None
    changes: Changes | None
    limits: Mapping[str, Limits] | None
    wordings: tuple[Wording, ...] | None
    search: Mapping[str, SearchWords]
    """By language; those of a file that is broken are not there."""
    errors: tuple[DataError, ...]
    today: dt.date
    measures: dict[tuple[str, str], Measure] = field(default_factory=dict, compare=False, repr=False)
    """Figures of pages already measured, by path and text: several rules ask for the same ones."""


def data_of(project: Project) -> HandbookData:
    """Return the editorial data of a project."""
    return load_handbook_data(project.root)


@lru_cache(maxsize=8)
def load_handbook_data(root: str) -> HandbookData:
    """Read every data file below `data/` that there is."""
    folder = Path(root) / FOLDER
    errors: list[DataError] = []

    def load(name: str, loader: Callable[[Path], T]) -> T | None:
        path = folder / name
        if not path.is_file():
            return None
        try:
            return loader(path)
        except DataError as error:
            errors.append(error)
            return None

    load(TOLD.name, lambda _: load_told(Path(root)))  # only for what is wrong with it
    return HandbookData(
        helplines=load("helplines.yml", load_helplines),
        references=load("references.json", load_references),
        glossary=load("glossary.yml", load_glossary),
        claims=load("claims.yml", load_claims),
        debates=load("debates.yml", load_debates),
        changes=load("changes.yml", load_changes),
        limits=load("readability.yml", load_limits),
        wordings=load("wording.yml", load_wordings),
        search={
            path.stem: words
            for path in sorted((folder / "search").glob("*.yml"))
            if (words := load(f"search/{path.name}", load_search_words))
        },
        errors=tuple(errors),
        today=today(),
    )


def today() -> dt.date:
    """Return the day that counts as today: that of SOURCE_DATE_EPOCH where it is set, so builds can be repeated."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        return dt.datetime.fromtimestamp(int(epoch), tz=dt.UTC).date()
    return dt.datetime.now(tz=dt.UTC).date()


def need(name: str) -> Callable[[Project], str]:
    """Return what a rule asks of a project: that this part of the editorial data can be used."""

    def reason(project: Project) -> str:
        return "" if getattr(data_of(project), name) is not None else f"this project has no usable data for {name}"

    return reason


def is_handbook(project: Project) -> str:
    """Tell why the handbook's own rules are off: the project is no handbook of this kind."""
    return "" if any(Path(project.root, path).is_file() for path in SIGNS) else "this project has no data/claims.yml"

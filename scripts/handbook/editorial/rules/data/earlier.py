"""Helplines as earlier commits had them: none is lost, and no number changes without a look, unnoticed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from handbook.editorial.handbook_data import data_of, need
from handbook.ledger.history import older_versions
from handbook.model.finding import Severity
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.project import Project

PATH: Final = "data/helplines.yml"
_ENTRY: Final = re.compile(r"^(?=  - id: )", re.MULTILINE)
_ID: Final = re.compile(r"  - id: [\"']?([\w-]+)")
_DIAL: Final = re.compile(r"\bdial: [\"']?(\+?\d+)")
_CHECKED: Final = re.compile(r"^    checked: [\"']?([\w-]+)", re.MULTILINE)
UNDATED: Final = "undated"


@dataclass(frozen=True, slots=True)
class Earlier:
    """A helpline as an earlier version of the file had it."""

    id: str
    dials: frozenset[str]
    checked: str


def earlier_helplines(text: str) -> Iterator[Earlier]:
    """Read an earlier version of the file, as it is written here; what is written otherwise is passed over.

    Reading it as data would take longer than all other checks together.
    """
    for entry in _ENTRY.split(text.partition("\nhelplines:")[2]):
        name, checked = _ID.match(entry), _CHECKED.search(entry)
        if name:
            yield Earlier(name[1], frozenset(_DIAL.findall(entry)), checked[1] if checked else "")


def _before(project: Project) -> Iterator[Earlier]:
    """Yield each helpline as it once was, the newest version first, each state once."""
    seen: set[Earlier] = set()
    for version in older_versions(Path(project.root), PATH):
        for one in earlier_helplines(version.decode("utf-8", errors="replace")):
            if one not in seen:
                seen.add(one)
                yield one


@rule(
    "DAT306",
    "helpline-taken-out",
    Scope.PROJECT,
    needs=need("helplines"),
    en=Text(
        "A helpline is not among the data any more, and nothing says why.",
        "Somebody in need would not find it, and nobody would notice that it is missing.",
        "the lines of nl-113 are deleted",
        "gone:\n  - {id: nl-113, why: the service ended on 1 March 2027}",
    ),
    nl=Text(
        "Een hulplijn staat niet meer in de gegevens, en nergens staat waarom.",
        "Iemand die hulp nodig heeft vindt haar dan niet, en niemand merkt dat ze ontbreekt.",
        "de regels van nl-113 zijn weggehaald",
        "gone:\n  - {id: nl-113, why: de dienst is op 1 maart 2027 gestopt}",
    ),
)
def helpline_taken_out(_project: Project, project: Project) -> Iterator[Hit]:
    """Compare the ids with those of earlier commits; without git, nothing is known of them."""
    helplines = data_of(project).helplines
    if helplines is None:
        return
    known = {*helplines.gone, *(entry.id for entry in helplines.entries)}
    for name in dict.fromkeys(one.id for one in _before(project) if one.id not in known):
        hint = 'Put it back. If the service has ended, add its id and why under "gone:" at the end of the file.'
        yield Hit(PATH, 0, f'the helpline "{name}" was taken out', hint)


@rule(
    "DAT307",
    "number-changed-unchecked",
    Scope.PROJECT,
    severity=Severity.WARNING,
    needs=need("helplines"),
    en=Text(
        "A helpline's number changed, and the day it was checked did not.",
        "A wrong number is worse than none, so whoever changes one has looked at the service's own site.",
        "another number under contacts, and the same day under checked",
        "another number, and the day on which the service's own site was looked at",
    ),
    nl=Text(
        "Het nummer van een hulplijn is veranderd, en de dag waarop het is nagekeken niet.",
        "Een verkeerd nummer is erger dan geen; wie er een verandert, heeft op de site van de dienst zelf gekeken.",
        "een ander nummer onder contacts, en dezelfde dag onder checked",
        "een ander nummer, en de dag waarop de site van de dienst zelf is bekeken",
    ),
)
def number_changed_unchecked(_project: Project, project: Project) -> Iterator[Hit]:
    """Look for an earlier state of a helpline with the same day and other numbers."""
    helplines = data_of(project).helplines
    now = {entry.id: entry for entry in helplines.entries} if helplines else {}
    for one in _before(project):
        entry = now.get(one.id)
        if entry is None or one.checked != (entry.checked.text if entry.checked else UNDATED):
            continue
        dials = frozenset(contact.dial for contact in entry.contacts if contact.dial)
        if dials != one.dials:
            del now[one.id]
            added, lost = (", ".join(sorted(some)) or "none" for some in (dials - one.dials, one.dials - dials))
            message = f'"{one.id}" has other numbers than before (now {added}, then {lost}) and the same day'
            hint = 'Look at the service\'s own site, and put the day under "checked".'
            yield Hit(PATH, entry.line, message, hint)

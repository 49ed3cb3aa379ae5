"""Addresses in data files and among the words of the interface: plain ones, by which nobody is followed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from handbook.editorial.entries import is_plain_address, texts_of
from handbook.editorial.handbook_data import is_handbook
from handbook.editorial.rules.data.places import interface, shown
from handbook.model.finding import Severity
from handbook.rules.links.tracking import follows
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.project import Project

_ADDRESS: Final = re.compile(r"https?://\S+", re.IGNORECASE)


@rule(
    "DAT104",
    "interface-address-strange",
    Scope.PROJECT,
    around=False,
    needs=is_handbook,
    en=Text(
        "An address among the words of the interface is no plain web address.",
        "The button that leads away from a page in a hurry would lead elsewhere, or nowhere.",
        "exit_url: javascript:history.back()",
        "exit_url: https://www.bbc.co.uk/weather",
    ),
    nl=Text(
        "Een adres bij de woorden van de bediening is geen gewoon webadres.",
        "De knop waarmee je een pagina snel verlaat, zou ergens anders heen leiden, of nergens.",
        "exit_url: javascript:history.back()",
        "exit_url: https://www.knmi.nl/",
    ),
)
def interface_address_strange(_project: Project, project: Project) -> Iterator[Hit]:
    """Look at every word whose key ends in `_url`."""
    for path in interface(project):
        for line, key, text in texts_of(path):
            if key.endswith("_url") and not is_plain_address(text):
                message = f'"{key}" is "{text[:80]}", which is no plain web address'
                yield Hit(shown(path, project), line, message, "Write an address that begins with https.")


@rule(
    "DAT109",
    "tracked-address-in-data",
    Scope.PROJECT,
    severity=Severity.WARNING,
    around=False,
    needs=is_handbook,
    en=Text(
        "An address in a data file holds a mark by which readers are followed, or is one that a service shortened.",
        "Somebody else learns who came from here, and nobody sees where a short address leads.",
        "url: https://www.113.nl/?utm_source=newsletter",
        "url: https://www.113.nl/",
    ),
    nl=Text(
        "In een adres in een gegevensbestand zit een merkteken waarmee lezers worden gevolgd, of het is verkort.",
        "Iemand anders weet dan wie hiervandaan komt, en niemand ziet waar een kort adres heen leidt.",
        "url: https://www.113.nl/?utm_source=nieuwsbrief",
        "url: https://www.113.nl/",
    ),
)
def tracked_address_in_data(_project: Project, project: Project) -> Iterator[Hit]:
    """Look at every address in every text, whatever the text is there for."""
    data = Path(project.root) / "data"
    for path in [*sorted(data.rglob("*.yml")), data / "references.json", *interface(project)]:
        for line, key, text in texts_of(path):
            for address in _ADDRESS.findall(text):
                if found := follows(address):
                    hint = "Write the address that it leads to, without what stands behind ? where it can do without."
                    yield Hit(shown(path, project), line, f'"{key}" lets readers be followed: "{found}"', hint)

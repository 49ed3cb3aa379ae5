"""Tables: as many rows and columns in every language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.model.finding import Place
from handbook.model.page import Table
from handbook.rules.parity.counting import fewer_here, pick
from handbook.rules.parity.phrases import counted, page_name
from handbook.rules.parity.throughout import compared
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.project import Pair, Project


@rule(
    "PAR124",
    "table-differs",
    Scope.PAIR,
    en=Text(
        "A table has other rows or columns than in the other language.",
        "Part of the readers misses a row of facts.",
        "six rows here, seven there",
        "seven rows on both pages",
    ),
    nl=Text(
        "Een tabel heeft andere rijen of kolommen dan in de andere taal.",
        "Een deel van de lezers mist een rij met feiten.",
        "hier zes rijen, daar zeven",
        "zeven rijen op beide pagina's",
    ),
)
def table_differs(pair: Pair, project: Project) -> Iterator[Hit]:
    """Compare tables one by one, or their number."""
    for there, here in compared(pair, project):
        first, second = pick(Table, there), pick(Table, here)
        if len(first) != len(second):
            yield fewer_here(pair, (there, here), (first, second), "table")
            continue
        for one, two in zip(first, second, strict=True):
            if isinstance(one, Table) and isinstance(two, Table):
                mine, theirs = (len(two.rows), len(two.header)), (len(one.rows), len(one.header))
                if mine != theirs:
                    what, index = ("row", 0) if mine[0] != theirs[0] else ("column", 1)
                    cells = f"{counted(mine[index], what)} here, {theirs[index]} on {page_name(pair.first)}"
                    message = f"this table has {cells}"
                    yield Hit(
                        pair.second.path,
                        two.line,
                        message,
                        f"Add the {what} that is missing on one side.",
                        Place(pair.first.path, one.line),
                    )

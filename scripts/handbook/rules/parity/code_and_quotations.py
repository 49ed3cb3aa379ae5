"""Blocks of code and quotations: as many in every language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from handbook.model.finding import Severity
from handbook.model.page import Code, Quote
from handbook.rules.parity.counting import as_many_written, fell_out, fewer_here, pick
from handbook.rules.parity.throughout import compared
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.project import Pair, Project

FENCE: Final = re.compile(r"^[ \t>]*(?:```|~~~)", re.MULTILINE)


@rule(
    "PAR126",
    "code-block-missing-in-language",
    Scope.PAIR,
    severity=Severity.WARNING,
    en=Text(
        "A block of code stands in one language and not in the other.",
        "An example is missing for part of the readers.",
        "two examples here, one there",
        "two examples on both pages",
    ),
    nl=Text(
        "Een codeblok staat in de ene taal en niet in de andere.",
        "Een deel van de lezers mist een voorbeeld.",
        "hier twee voorbeelden, daar één",
        "twee voorbeelden op beide pagina's",
    ),
)
def code_block_missing_in_language(pair: Pair, project: Project) -> Iterator[Hit]:
    """Compare the number of fenced blocks in each section."""
    for there, here in compared(pair, project):
        first = pick(Code, there, lambda block: isinstance(block, Code) and block.fenced)
        second = pick(Code, here, lambda block: isinstance(block, Code) and block.fenced)
        if fell_out(project, there, here):
            continue
        if len(first) != len(second) and not as_many_written(pair, there, here, FENCE):
            yield fewer_here(pair, (there, here), (first, second), "block of code")


@rule(
    "PAR127",
    "quotation-missing-in-language",
    Scope.PAIR,
    severity=Severity.WARNING,
    en=Text(
        "A quotation stands in one language and not in the other.",
        "A sentence to say aloud is missing for part of the readers.",
        "> I would like to … only on the English page",
        "the quotation on both pages",
    ),
    nl=Text(
        "Een citaat staat in de ene taal en niet in de andere.",
        "Een deel van de lezers mist een zin om hardop te zeggen.",
        "> Ik wil graag … alleen op de Nederlandse pagina",
        "het citaat op beide pagina's",
    ),
)
def quotation_missing_in_language(pair: Pair, project: Project) -> Iterator[Hit]:
    """Compare the number of block quotations in each section."""
    for there, here in compared(pair, project):
        first, second = pick(Quote, there), pick(Quote, here)
        if len(first) != len(second):
            yield fewer_here(pair, (there, here), (first, second), "quotation")

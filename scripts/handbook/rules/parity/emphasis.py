"""Bold words in warnings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.model.finding import Place
from handbook.model.page import Callout, walk
from handbook.rules.parity.phrases import page_name
from handbook.rules.parity.throughout import compared
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from handbook.model.page import Section
    from handbook.model.project import Pair, Project


def _warnings(section: Section, kinds: Set[str]) -> int:
    """Count the warnings of a section that hold something."""
    boxes = (block for block in walk(section.blocks) if isinstance(block, Callout))
    return sum(bool(box.children) for box in boxes if box.kind in kinds)


@rule(
    "PAR206",
    "emphasis-lost-on-warning",
    Scope.PAIR,
    bad="**Stop** when it gets worse. / Stop als het erger wordt.",
    good="**Stop** when it gets worse. / **Stop** als het erger wordt.",
    en=Text(
        "Words of a warning are bold in one language only.",
        "What must not be missed stands out for part of the readers only.",
    ),
    nl=Text(
        "Woorden van een waarschuwing zijn maar in één taal vet.",
        "Wat niemand mag missen, valt maar voor een deel van de lezers op.",
    ),
)
def emphasis_lost_on_warning(pair: Pair, project: Project) -> Iterator[Hit]:
    """Compare the bold words in the warnings of each section."""
    kinds = project.settings.vocabulary.warning_callouts
    for there, here in compared(pair, project):
        if _warnings(there, kinds) != _warnings(here, kinds):
            continue  # that the box is another one, or empty, is what other rules say
        first = [
            mark for mark in pair.first.within(there, pair.first.emphases) if mark.strong and mark.callout in kinds
        ]
        second = [
            mark for mark in pair.second.within(here, pair.second.emphases) if mark.strong and mark.callout in kinds
        ]
        if len(first) == len(second) or (first and second and not project.settings.strict_parity):
            continue
        fewer, more, page, other = (
            (second, first, pair.second, pair.first)
            if len(second) < len(first)
            else (first, second, pair.first, pair.second)
        )
        mark = more[len(fewer)]
        section = here if page is pair.second else there
        line = next(
            (block.line for block in walk(section.blocks) if isinstance(block, Callout) and block.kind in kinds),
            section.line,
        )
        message = f'"{mark.text}" is bold in the warning on {page_name(other)}, and nothing is bold here for it'
        yield Hit(page.path, line, message, "Make the same words bold on both pages.", Place(other.path, mark.line))

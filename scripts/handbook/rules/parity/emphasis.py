"""Bold words in warnings: bold in every language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.model.finding import Place
from handbook.model.page import Callout, Paragraph, walk
from handbook.rules.parity.phrases import page_name
from handbook.rules.parity.throughout import compared
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Emphasis, Page
    from handbook.model.project import Pair, Project


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
    """Compare the bold words in the warnings of each section, and in all boxes where languages are kept in step."""
    strict = project.settings.strict_parity
    kinds = project.settings.vocabulary.warning_callouts
    for there, here in compared(pair, project):
        first, second = (
            [block for block in walk(section.blocks) if isinstance(block, Callout) and (strict or block.kind in kinds)]
            for section in (there, here)
        )
        if len(first) != len(second):
            continue  # a box is missing, and PAR121 says so
        for one, two in zip(first, second, strict=True):
            if one.kind != two.kind or not (one.children and two.children):
                continue  # that the box is another one, or empty, is what other rules say
            bold = _bold(pair.first, one), _bold(pair.second, two)
            if len(bold[0]) == len(bold[1]) or (all(bold) and not strict):
                continue
            sides = (pair.second, two, bold[1]), (pair.first, one, bold[0])
            (page, box, fewer), (other, other_box, more) = sides if len(bold[1]) < len(bold[0]) else sides[::-1]
            mark = _unmatched(more, fewer, other_box, box)
            message = f'"{mark.text}" is bold in the box on {page_name(other)}, and nothing is bold here for it'
            line = _twin_line(box, other_box, mark.line)
            yield Hit(page.path, line, message, "Make the same words bold on both pages.", Place(other.path, mark.line))


def _bold(page: Page, box: Callout) -> list[Emphasis]:
    return [mark for mark in page.emphases if mark.strong and box.line <= mark.line <= box.end]


def _unmatched(more: list[Emphasis], fewer: list[Emphasis], other_box: Callout, box: Callout) -> Emphasis:
    """Give the bold words that the other side has none for: in a text in which it has none, else the first left."""
    taken = {mark.line for mark in fewer}
    return next((mark for mark in more if _twin_line(box, other_box, mark.line) not in taken), more[len(fewer)])


def _twin_line(box: Callout, other: Callout, line: int) -> int:
    """Give the line of the text that stands in the same place of the other box; of the box where that is not clear."""
    texts, others = ([part for part in walk(block.children) if isinstance(part, Paragraph)] for block in (box, other))
    if len(texts) != len(others):
        return box.line
    return next((one.line for one, two in zip(texts, others, strict=True) if two.line <= line <= two.end), box.line)

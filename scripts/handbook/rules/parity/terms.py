"""Words of the glossary: explained in every language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.model.finding import Place
from handbook.rules.parity.phrases import page_name
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Page
    from handbook.model.project import Pair, Project


@rule(
    "PAR207",
    "term-differs",
    Scope.PAIR,
    needs=lambda project: "" if project.settings.vocabulary.schemes else "this project has no link schemes of its own",
    bad="[alliance](term:alliance) / de samenwerking",
    good="[alliance](term:alliance) / de [samenwerking](term:alliance)",
    en=Text(
        "A word of the glossary is explained in one language only.", "Part of the readers does not learn what it means."
    ),
    nl=Text(
        "Een woord uit de woordenlijst wordt maar in één taal uitgelegd.",
        "Een deel van de lezers hoort niet wat het betekent.",
    ),
)
def term_differs(pair: Pair, project: Project) -> Iterator[Hit]:
    """Compare the targets with the project's own schemes over the page."""
    if pair.first.doubtful or pair.second.doubtful:
        return
    schemes = tuple(f"{scheme}:" for scheme in project.settings.vocabulary.schemes)
    first = {link.target: link for link in reversed(pair.first.links) if link.target.startswith(schemes)}
    second = {link.target: link for link in reversed(pair.second.links) if link.target.startswith(schemes)}
    for page, mine, other, theirs in (
        (pair.second, second, pair.first, first),
        (pair.first, first, pair.second, second),
    ):
        for target in sorted(theirs.keys() - mine.keys()):
            link = theirs[target]
            message = f'the term "{target}" is explained on {page_name(other)} and not here'
            hint = f"Link the word here, too: [word]({target})."
            yield Hit(page.path, _twin_line(page, other, link.line), message, hint, Place(other.path, link.line))


def _twin_line(page: Page, other: Page, line: int) -> int:
    """Find the line on a page of the section that holds a line of the other page."""
    section = next((section for section in other.all_sections if section.line <= line <= section.end), None)
    twin = page.section(section.id) if section and section.id else None
    return twin.line if twin else 1

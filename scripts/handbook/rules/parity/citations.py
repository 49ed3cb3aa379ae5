"""Citations and footnotes: the same in every language."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from handbook.model.finding import Place
from handbook.rules.parity.counting import fewer_here
from handbook.rules.parity.phrases import page_name, section_name
from handbook.rules.parity.throughout import compared
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.project import Pair, Project


@rule(
    "PAR133",
    "citation-differs",
    Scope.PAIR,
    needs=lambda project: "" if project.settings.vocabulary.citations else "this project has no citations",
    bad="It helps. [@E54] / Het helpt.",
    good="It helps. [@E54] / Het helpt. [@E54]",
    en=Text(
        "A citation stands in one language and not in the other.",
        "Readers of one language cannot see what a claim rests on.",
    ),
    nl=Text(
        "Een bronverwijzing staat in de ene taal en niet in de andere.",
        "Lezers van één taal zien niet waar een bewering op rust.",
    ),
)
def citation_differs(pair: Pair, project: Project) -> Iterator[Hit]:
    """Compare the cited ids in each section."""
    for there, here in compared(pair, project):
        first = pair.first.within(there, pair.first.citations)
        second = pair.second.within(here, pair.second.citations)
        for mine, theirs, page, other, section in (
            (second, first, pair.second, pair.first, here),
            (first, second, pair.first, pair.second, there),
        ):
            lacking = Counter(citation.key for citation in theirs) - Counter(citation.key for citation in mine)
            for key in lacking:
                line = next(citation.line for citation in theirs if citation.key == key)
                message = f"the citation [@{key}] of {page_name(other)} is missing in {section_name(section)}"
                yield Hit(
                    page.path, section.line, message, "Cite it here, too, or remove it there.", Place(other.path, line)
                )


@rule(
    "PAR134",
    "footnote-differs",
    Scope.PAIR,
    bad="This helps.[^1] / Dit helpt.",
    good="This helps.[^1] / Dit helpt.[^1]",
    en=Text(
        "A section has other footnotes than in the other language.", "Part of the readers misses a source or a remark."
    ),
    nl=Text(
        "Een onderdeel heeft andere voetnoten dan in de andere taal.",
        "Een deel van de lezers mist een bron of een opmerking.",
    ),
)
def footnote_differs(pair: Pair, project: Project) -> Iterator[Hit]:
    """Compare the number of footnote marks in each section."""
    for there, here in compared(pair, project):
        first = pair.first.within(there, pair.first.footnotes)
        second = pair.second.within(here, pair.second.footnotes)
        if len(first) != len(second):
            yield fewer_here(pair, (there, here), (first, second), "footnote")

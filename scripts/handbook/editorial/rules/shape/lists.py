"""The summary, and the list by which readers recognise themselves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from handbook.editorial.handbook_data import is_handbook
from handbook.editorial.rules.shape.slots import slots_of
from handbook.model.finding import Severity
from handbook.model.page import Item, ListBlock, Paragraph, Section, walk
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Block, Page
    from handbook.model.project import Project

SUMMARY_ITEMS: Final = range(3, 6)
SUMMARY_WORDS: Final = 80
SENTENCES_TO_RECOGNISE: Final = range(4, 8)
_WORD: Final = re.compile(r"\w+(?:['\u2019-]\w+)*")


@rule(
    "SHA201",
    "summary-too-long",
    Scope.PAGE,
    needs=is_handbook,
    en=Text(
        f"The summary is not 3 to 5 points of at most {SUMMARY_WORDS} words together.",
        "Some readers read nothing else.",
        "one long paragraph",
        "- three to five short points",
    ),
    nl=Text(
        f"De samenvatting is niet 3 tot 5 punten van samen hoogstens {SUMMARY_WORDS} woorden.",
        "Sommige lezers lezen alleen dit.",
        "één lange alinea",
        "- drie tot vijf korte punten",
    ),
)
def summary_too_long(page: Page, _project: Project) -> Iterator[Hit]:
    """Count points and words of the section in-short."""
    section = page.section("in-short")
    if section is None or not slots_of(page):
        return
    items = [block for block in walk(section.blocks) if isinstance(block, Item)]
    words = sum(len(_WORD.findall(block.text)) for block in _of_list(section) if isinstance(block, Paragraph))
    if len(items) not in SUMMARY_ITEMS:
        yield Hit(page.path, section.line, f"the summary has {len(items)} points", "Make it a list of 3 to 5 points.")
    if words > SUMMARY_WORDS:
        yield Hit(page.path, section.line, f"the summary has {words} words; {SUMMARY_WORDS} fit", "Shorten it.")


def _of_list(section: Section) -> Iterator[Block]:
    for block in section.blocks:
        if isinstance(block, ListBlock):
            yield from walk([block])


@rule(
    "SHA202",
    "recognise-list-wrong",
    Scope.PAGE,
    severity=Severity.WARNING,
    needs=is_handbook,
    en=Text(
        '"Do you recognise this?" is not a list of 4 to 7 sentences.',
        "Fewer show too little, more begin to look like a test.",
        "- (two sentences)",
        "- I say yes, and later I wish I had said no. (4 to 7 of these)",
    ),
    nl=Text(
        '"Herken je dit?" is geen lijst van 4 tot 7 zinnen.',
        "Minder laat te weinig zien, meer gaat op een test lijken.",
        "- (twee zinnen)",
        "- Ik zeg ja en heb daar later spijt van. (4 tot 7 zulke zinnen)",
    ),
)
def recognise_list_wrong(page: Page, _project: Project) -> Iterator[Hit]:
    """Count its items."""
    section = page.section("recognise")
    if section is not None and page.front_matter.get("audience") == "client" and not page.doubtful:
        items = sum(isinstance(block, Item) for block in walk(section.blocks))
        if items not in SENTENCES_TO_RECOGNISE:
            yield Hit(page.path, section.line, f"this list has {items} sentences", "Make it 4 to 7.")

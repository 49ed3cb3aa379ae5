"""Building blocks that stand alone, and text that is shown as code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from handbook.editorial.handbook_data import is_handbook
from handbook.model.page import Code
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Page
    from handbook.model.project import Project

INLINE_BLOCKS: Final = frozenset({"phone"})
"""The building blocks that stand in a sentence; all others stand alone on their line."""


@rule(
    "SHA204",
    "block-not-alone",
    Scope.PAGE,
    needs=is_handbook,
    en=Text(
        "A building block that must stand alone on its line stands in a sentence.",
        "Only alone is it filled in; in a sentence readers see its braces.",
        "So: {{ certainty }} as we know.",
        "{{ certainty }}",
    ),
    nl=Text(
        "Een bouwsteen die alleen op een regel moet staan, staat in een zin.",
        "Alleen dan wordt die ingevuld; in een zin zien lezers de accolades.",
        "Dus: {{ certainty }} zoals we weten.",
        "{{ certainty }}",
    ),
)
def block_not_alone(page: Page, _project: Project) -> Iterator[Hit]:
    """Look at every building block but those for sentences."""
    for block in page.placeholders:
        if not block.alone and block.name not in INLINE_BLOCKS:
            message = f"{block.raw} does not stand alone on its line"
            yield Hit(page.path, block.line, message, "Put it on a line of its own, with a blank line around it.")


@rule(
    "SHA205",
    "text-shown-as-code",
    Scope.PAGE,
    needs=is_handbook,
    en=Text(
        "A text is indented by four spaces outside a box or list, so it is shown as code.",
        "Readers see a grey box in the letters of a typewriter, and the lines do not wrap.",
        "    You can rest now.",
        "You can rest now.",
    ),
    nl=Text(
        "Een tekst is vier spaties ingesprongen buiten een kader of lijst, en wordt dus als code getoond.",
        "Lezers zien een grijs vak met typemachineletters, en de regels breken niet af.",
        "    Je mag nu rusten.",
        "Je mag nu rusten.",
    ),
)
def text_shown_as_code(page: Page, _project: Project) -> Iterator[Hit]:
    """Report code that no fence marks as such."""
    for block in page.blocks:
        if isinstance(block, Code) and not block.fenced:
            message = "this text is indented by four spaces, so it is shown as code"
            yield Hit(page.path, block.line, message, "Take the spaces away, or put it into a box with !!!.")

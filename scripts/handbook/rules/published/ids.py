"""Ids that are used twice, and references to ids that are not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.rules.published.needs import is_built
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.project import Project
    from handbook.model.site import BuiltPage


@rule(
    "PUB104",
    "reference-to-missing-id",
    Scope.BUILT_PAGE,
    needs=is_built,
    bad='<nav aria-labelledby="menu-title"> without id="menu-title"',
    good='<h2 id="menu-title">Menu</h2> <nav aria-labelledby="menu-title">',
    en=Text(
        "An element names another one by an id that is not on the page.",
        "A screen reader then reads nothing in its place.",
    ),
    nl=Text(
        "Een element noemt een ander met een id die niet op de pagina staat.", "Een schermlezer leest dan niets voor."
    ),
)
def reference_to_missing_id(page: BuiltPage, _project: Project) -> Iterator[Hit]:
    """Check aria references, labels, table headers and the like."""
    for element in page.id_references:
        if element.value not in page.ids:
            message = f'{element.attribute}="{element.value}" on <{element.tag}> names an id that is not on this page'
            yield Hit(page.path, 0, message, "Give the element that is meant this id.", needle=f'{element.attribute}="')


@rule(
    "PUB108",
    "id-used-twice-on-site",
    Scope.BUILT_PAGE,
    needs=is_built,
    bad='<h2 id="help">…<div id="help">',
    good='<h2 id="help">…<div id="help-card">',
    en=Text("Two elements of a published page have the same id.", "Links and labels reach the first one only."),
    nl=Text(
        "Twee elementen van een gepubliceerde pagina hebben dezelfde id.",
        "Links en labels komen alleen bij het eerste uit.",
    ),
)
def id_used_twice_on_site(page: BuiltPage, _project: Project) -> Iterator[Hit]:
    """Report each such id once."""
    for id_ in page.repeated_ids:
        yield Hit(
            page.path,
            0,
            f'the id "{id_}" is used more than once on this page',
            "Give one of the two another id.",
            needle=f'id="{id_}"',
        )

"""Titles of pages, descriptions of images, names of links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.rules.published.needs import is_built
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.project import Project
    from handbook.model.site import BuiltPage


@rule(
    "PUB112",
    "page-without-title-on-site",
    Scope.BUILT_PAGE,
    needs=is_built,
    bad="<title></title>",
    good="<title>Boundaries - Secure Base</title>",
    en=Text("A published page has no title.", "The tab, the history and the screen reader have no name for it."),
    nl=Text(
        "Een gepubliceerde pagina heeft geen titel.",
        "Het tabblad, de geschiedenis en de schermlezer hebben er geen naam voor.",
    ),
)
def page_without_title_on_site(page: BuiltPage, _project: Project) -> Iterator[Hit]:
    """Report empty titles."""
    if not page.title and not page.refresh:
        yield Hit(page.path, 0, "this page has no title", "Give the page a title in its source.", needle="<title")


@rule(
    "PUB114",
    "image-without-alt-on-site",
    Scope.BUILT_PAGE,
    needs=is_built,
    bad='<img src="tree.png">',
    good='<img src="tree.png" alt="A tree in the wind">',
    en=Text(
        "An image of a published page has no description.", "Somebody who cannot see it does not learn what it shows."
    ),
    nl=Text(
        "Een afbeelding op een gepubliceerde pagina heeft geen beschrijving.",
        "Wie haar niet kan zien, hoort niet wat erop staat.",
    ),
)
def image_without_alt_on_site(page: BuiltPage, _project: Project) -> Iterator[Hit]:
    """Report images without an alt attribute; an empty one marks a decoration."""
    for element in page.images_without_alt:
        message = f'the image "{element.value[:80]}" has no alt attribute'
        yield Hit(page.path, 0, message, 'Describe it, or write alt="" for a decoration.', needle=element.value)


@rule(
    "PUB115",
    "link-without-name-on-site",
    Scope.BUILT_PAGE,
    needs=is_built,
    bad='<a href="../safety/"><svg></svg></a>',
    good='<a href="../safety/" aria-label="Safety"><svg></svg></a>',
    en=Text("A link of a published page has no name.", "A screen reader reads out the address."),
    nl=Text("Een link op een gepubliceerde pagina heeft geen naam.", "Een schermlezer leest het adres voor."),
)
def link_without_name_on_site(page: BuiltPage, _project: Project) -> Iterator[Hit]:
    """Report links without text, label or described image."""
    for element in page.unnamed_links:
        message = f'the link to "{element.value[:80]}" has no text and no label'
        yield Hit(page.path, 0, message, "Give it a text or an aria-label.", needle=f'"{element.value}"')

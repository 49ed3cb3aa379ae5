"""A page has a title and a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.model.finding import Severity
from handbook.rules.naming import listed
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Page
    from handbook.model.project import Project


def _needs_heading(project: Project) -> str:
    wanted = project.settings.heading_required
    if wanted is None:
        return (
            "the theme writes the title above a page without one" if project.configuration.theme == "material" else ""
        )
    return "" if wanted else "this project does not want a heading on every page"


@rule(
    "STR101",
    "page-without-title",
    Scope.PAGE,
    needs=_needs_heading,
    bad="## In short",
    good="# Boundaries\n\n## In short",
    en=Text("A page has no heading of level 1.", "Somebody who cannot see the page does not learn where they are."),
    nl=Text("Een pagina heeft geen kop van niveau 1.", "Wie de pagina niet ziet, hoort niet waar hij is."),
)
def page_without_title(page: Page, _project: Project) -> Iterator[Hit]:
    """Report pages without a first-level heading."""
    if page.partial or page.opaque or page.front_matter.get("template"):
        return
    if not any(heading.level == 1 for heading in page.headings) and page.text.strip():
        line = page.front_matter.end + 1 if page.front_matter.present else 1
        yield Hit(page.path, line, "this page has no title", "Write its title as the first line: # Title.")


@rule(
    "STR138",
    "empty-page",
    Scope.PAGE,
    severity=Severity.WARNING,
    bad="(a file without text)",
    good="# Boundaries\n\nA boundary is …",
    en=Text("A page has no text.", "Readers who follow a link to it find nothing."),
    nl=Text("Een pagina heeft geen tekst.", "Lezers die een link ernaartoe volgen, vinden niets."),
)
def empty_page(page: Page, _project: Project) -> Iterator[Hit]:
    """Report sources that hold nothing besides front matter."""
    rest = page.text.split("\n", page.front_matter.end)[-1] if page.front_matter.present else page.text
    keys = page.front_matter.keys
    made = {"template", "redirect", "redirect_to", "hide", "layout"} & set(keys)
    if not rest.strip() and not made and not page.opaque:
        yield Hit(page.path, 1, "this page has no text", listed(["Write it, or remove the file."]))

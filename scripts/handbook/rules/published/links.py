"""Links, files and sections that do not exist on the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.rules.published.addresses import file_of, resolve
from handbook.rules.published.needs import element_name, is_built
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.project import Project
    from handbook.model.site import BuiltPage, BuiltSite


@rule(
    "PUB101",
    "published-link-broken",
    Scope.BUILT_PAGE,
    needs=is_built,
    bad='<a href="../saftey/">',
    good='<a href="../safety/">',
    en=Text("A link on the published site leads nowhere.", "The reader who needs it meets an error page."),
    nl=Text(
        "Een link op de gepubliceerde site leidt nergens heen.", "De lezer die hem nodig heeft, krijgt een foutpagina."
    ),
)
def published_link_broken(page: BuiltPage, project: Project) -> Iterator[Hit]:
    """Resolve every link inside the site."""
    site = project.site
    for element in page.references if site else ():
        if element.tag not in {"a", "area", "form"} or not element.value:
            continue
        found = resolve(element.value, page, project)
        if found is not None and site is not None and file_of(found[0], site) is None:
            message = f'a link on the published page leads to "{element.value}", which does not exist'
            hint = "Correct the link in the page's source, or in the template that writes it."
            yield Hit(page.path, 0, message, hint, needle=f'"{element.value}"')


@rule(
    "PUB102",
    "published-file-missing",
    Scope.BUILT_PAGE,
    needs=is_built,
    bad='<img src="../tree.png">',
    good='<img src="../assets/tree.png">',
    en=Text(
        "A picture, style sheet or script of a published page does not exist.",
        "The page looks broken, or does not work.",
    ),
    nl=Text(
        "Een plaatje, stijlblad of script van een gepubliceerde pagina bestaat niet.",
        "De pagina ziet er kapot uit of werkt niet.",
    ),
)
def published_file_missing(page: BuiltPage, project: Project) -> Iterator[Hit]:
    """Resolve everything a page loads."""
    site = project.site
    for element in page.references if site else ():
        if element.tag in {"a", "area", "form", "base"} or not element.value or element.value.startswith("#"):
            continue
        found = resolve(element.value, page, project)
        if found is not None and site is not None and file_of(found[0], site) is None:
            message = f'the file "{element.value}" that this page loads with <{element_name(element)}> does not exist'
            yield Hit(page.path, 0, message, "Put the file there, or correct its address.", needle=f'"{element.value}"')


@rule(
    "PUB103",
    "published-section-missing",
    Scope.BUILT_PAGE,
    needs=is_built,
    bad='<a href="../safety/#recognize">',
    good='<a href="../safety/#recognise">',
    en=Text(
        "A link on the published site leads to a section that its page does not have.",
        "The reader lands at the top of the page and must search.",
    ),
    nl=Text(
        "Een link op de gepubliceerde site leidt naar een onderdeel dat er niet is.",
        "De lezer komt bovenaan de pagina uit en moet zoeken.",
    ),
)
def published_section_missing(page: BuiltPage, project: Project) -> Iterator[Hit]:
    """Compare fragments with the ids of the target, or of the pages to which it passes a reader on."""
    site = project.site
    if site is None:
        return
    for element in page.references:
        if "#" not in element.value or element.tag not in {"a", "area", "use", "link"}:
            continue
        found = resolve(element.value, page, project)
        if found is None or not found[1] or found[1] == "top" or found[1].startswith((":~:", "__")):
            continue
        name = file_of(found[0], site)
        target = site.by_file.get(name) if name else None
        if target is not None and found[1] not in target.ids and not _is_passed_on(found[1], target, project, site):
            message = f'a link on the published page leads to the section "{element.value}", which does not exist'
            yield Hit(page.path, 0, message, "Correct the part after the # sign.", needle=f'"{element.value}"')


def _is_passed_on(section: str, page: BuiltPage, project: Project, site: BuiltSite) -> bool:
    """Tell whether a page that search engines pass by only leads on, and to a page that has this section."""
    if not page.generated and not page.refresh:
        return False
    ways = (resolve(one.value, page, project) for one in page.references if one.tag == "a" and one.value)
    files = {name for found in ways if found is not None and (name := file_of(found[0], site))}
    return any(name in site.by_file and section in site.by_file[name].ids for name in files)

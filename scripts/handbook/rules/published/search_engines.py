"""What search engines are told: sitemap, canonical addresses, versions in other languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.rules.languages import short
from handbook.rules.naming import language_name
from handbook.rules.published.addresses import file_of, resolve
from handbook.rules.published.needs import is_built
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.project import Project
    from handbook.model.site import BuiltPage, BuiltSite


@rule(
    "PUB109",
    "sitemap-disagrees",
    Scope.SITE,
    needs=is_built,
    bad="a page that sitemap.xml does not list",
    good="every page listed once",
    en=Text(
        "The list of pages for search engines does not agree with the pages.",
        "People who search do not find a page, or find one that is gone.",
    ),
    nl=Text(
        "De paginalijst voor zoekmachines klopt niet met de pagina's.",
        "Wie zoekt, vindt een pagina niet, of een die er niet meer is.",
    ),
)
def sitemap_disagrees(site: BuiltSite, project: Project) -> Iterator[Hit]:
    """Compare addresses both ways, and those of other languages; only where the site knows its own address."""
    if site.sitemap is None or not project.configuration.site_url:
        return
    path = f"{site.directory}/sitemap.xml"
    listed_files: set[str] = set()
    anywhere = next(iter(site.pages), None)
    for entry in site.sitemap:
        for address in dict.fromkeys([entry.url, *(alternate for _, alternate in entry.alternates)]):
            found = resolve(address, anywhere, project) if anywhere else None
            name = file_of(found[0], site) if found else None
            if name is None:
                message = f'the sitemap names "{address}", which is no page of this site'
                yield Hit(path, 0, message, "Build the site anew; see whether site_url is right.", needle=address)
            elif address == entry.url:
                listed_files.add(name)
    for name, page in sorted(site.by_file.items()):
        if name not in listed_files and not page.generated and not page.refresh and "html" in name and page.language:
            yield Hit(
                page.path,
                0,
                "this page is not in the sitemap",
                "Build the site anew, or mark the page as not to be listed.",
            )


@rule(
    "PUB110",
    "canonical-address-wrong",
    Scope.BUILT_PAGE,
    needs=is_built,
    bad='nl/grenzen/: <link rel="canonical" href="https://…/en/boundaries/">',
    good='nl/grenzen/: <link rel="canonical" href="https://…/nl/grenzen/">',
    en=Text("A page calls another address its own.", "Search engines show the other page instead."),
    nl=Text("Een pagina noemt een ander adres het hare.", "Zoekmachines tonen dan die andere pagina."),
)
def canonical_address_wrong(page: BuiltPage, project: Project) -> Iterator[Hit]:
    """Compare the canonical address with where the page is."""
    site = project.site
    if not page.canonical or site is None or page.refresh or not project.configuration.site_url:
        return
    found = resolve(page.canonical, page, project)
    name = file_of(found[0], site) if found else None
    if name is None or site.by_file.get(name) is not page:
        message = f'this page calls "{page.canonical}" its address'
        yield Hit(page.path, 0, message, f"It is {page.url or '/'} below site_url.", needle="canonical")


@rule(
    "PUB111",
    "language-links-disagree",
    Scope.SITE,
    needs=is_built,
    bad="the Dutch page names its English version, which does not name it back",
    good="both pages name each other",
    en=Text(
        "Language versions of a page do not name each other.",
        "Search engines and the language switch lead to the wrong page.",
    ),
    nl=Text(
        "Taalversies van een pagina noemen elkaar niet.", "Zoekmachines en de taalknop leiden naar de verkeerde pagina."
    ),
)
def language_links_disagree(site: BuiltSite, project: Project) -> Iterator[Hit]:
    """Check hreflang, in pages and in the sitemap: targets exist, in that language, and name each other."""
    named: dict[str, dict[str, str]] = {}
    for where, owner, language, address in _alternates(site, project):
        found = resolve(address, owner, project)
        name = file_of(found[0], site) if found else None
        target = site.by_file.get(name) if name else None
        if found is None:
            continue
        if target is None:
            message = f'"{address}", given as the version in {language}, does not exist'
            yield Hit(where, 0, message, "Build the site anew.", needle=address)
            continue
        named.setdefault(owner.path, {})[language] = target.path
        if language != "x-default" and target.language and short(language) != short(target.language):
            names = language_name(language), language_name(target.language)
            message = f'"{address}" is given as the version in {names[0]}, and is in {names[1]}'
            yield Hit(where, 0, message, "Correct hreflang.", needle=address)
    for entry in site.sitemap or ():
        addresses = [address for _, address in entry.alternates]
        if addresses and entry.url not in addresses:
            message = f'the sitemap names other languages of "{entry.url}", and not the page itself among them'
            yield Hit(f"{site.directory}/sitemap.xml", 0, message, "Build the site anew.", needle=entry.url)
    for path, versions in sorted(named.items()):
        for other in sorted(set(versions.values()) - {path}):
            if other in named and path not in named[other].values():
                yield Hit(
                    other,
                    0,
                    f"{path} names this page as its version in another language; this one does not name it back",
                    "Build the site anew.",
                )


def _alternates(site: BuiltSite, project: Project) -> Iterator[tuple[str, BuiltPage, str, str]]:
    """Give every hreflang of pages and sitemap: where it stands, whose it is, its language and its address."""
    for page in site.pages:
        for language, address in page.alternates:
            yield page.path, page, language, address
    for entry in site.sitemap or ():
        found = resolve(entry.url, site.pages[0], project) if site.pages else None
        name = file_of(found[0], site) if found else None
        owner = site.by_file.get(name) if name else None
        for language, address in entry.alternates if owner else ():
            if owner is not None:
                yield f"{site.directory}/sitemap.xml", owner, language, address

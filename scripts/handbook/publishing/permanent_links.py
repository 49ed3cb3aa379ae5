"""Short links that name a page and no language: `/go/k7b4/` opens it in the reader's language, `/go/k7b4/nl/` in Dutch.

The id is that of the registry of addresses: equal in every language and never used again, so a link on paper keeps
working when a page moves. It says nothing about what the page is about. A page that is gone leads to the one that took
its place. Without script the neutral link shows the page in each language; a link with a language needs none.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

from handbook.publishing.addresses import permanent_address, relative_address
from handbook.publishing.page_view import title_of
from handbook.publishing.redirects import Redirect, current_key, file_redirects, in_language, redirects

if TYPE_CHECKING:
    from collections.abc import Iterator

    import jinja2

    from handbook.publishing.address_registry import Registry
    from handbook.publishing.catalogue import Catalogue, PageEntry
    from handbook.publishing.site import Site

TEMPLATE: Final = "permanent.html"


@dataclass(frozen=True, slots=True)
class Door:
    """A page behind a neutral link, in one language."""

    language: str
    name: str
    direction: str
    site_name: str
    title: str
    url: str


def targets(registry: Registry, catalogue: Catalogue) -> Iterator[tuple[str, dict[str, PageEntry]]]:
    """Yield every short id there ever was, and the page it leads to now, by language.

    A language without that page is left out; an id whose page has no successor leads nowhere and is left out.
    """
    keys = {key for _, key in catalogue.entries}
    for id_ in sorted(set(registry.ids.values())):
        key = current_key(registry, id_, keys)
        found = {one.locale: catalogue.get(one.locale, key) for one in catalogue.languages} if key else {}
        if pages := {locale: entry for locale, entry in found.items() if entry is not None}:
            yield id_, pages


def forced(registry: Registry, catalogue: Catalogue) -> Iterator[Redirect]:
    """Yield the links that force a language; one without the page leads to it in a language that has it."""
    for id_, pages in targets(registry, catalogue):
        key = next(iter(pages.values())).key
        for language in catalogue.languages:
            target = in_language(catalogue, language.locale, key)
            if target is not None:
                yield Redirect(permanent_address(id_, language.locale), language.locale, target, moved=False)


def every_redirect(registry: Registry, catalogue: Catalogue, *, printed: bool = True) -> Iterator[Redirect]:
    """Yield all that a server may answer by redirecting: old addresses, and links that force a language.

    `printed` tells whether the site has its files to take away; old paths of files lead to them, else to their pages.
    """
    files = file_redirects(registry, catalogue, printed=printed)
    return chain(redirects(registry, catalogue), files, forced(registry, catalogue))


def permanent_files(site: Site, env: jinja2.Environment) -> Iterator[tuple[str, str]]:
    """Yield (path below the site, HTML) of the page behind each neutral link."""
    if site.registry is None:
        return
    template = env.get_template(TEMPLATE)
    for id_, pages in targets(site.registry, site.catalogue):
        base = permanent_address(id_)

        def asset(name: str, base: str = base) -> str:
            return relative_address(site.assets["assets/" + name], base)

        doors = [
            Door(
                language=language.locale,
                name=language.name,
                direction=language.direction,
                site_name=language.site_name,
                title=title_of(pages[language.locale]),
                url=relative_address(pages[language.locale].address, base),
            )
            for language in site.catalogue.languages
            if language.locale in pages
        ]
        languages = site.doors(relative_address("", base))
        yield f"{base}index.html", template.render(doors=doors, languages=languages, asset=asset) + "\n"

"""Links that name an address where the file of a page belongs, or a file that is not on the site."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from handbook.model.finding import Severity
from handbook.model.page import Image, Link
from handbook.rules.links.nouns import noun
from handbook.rules.registry import Hit, Scope, Text, rule
from handbook.rules.resolving import resolver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Page
    from handbook.model.project import Project
    from handbook.rules.resolving import Resolution

WEB = frozenset({"http", "https", "//"})


@rule(
    "LNK105",
    "absolute-link",
    Scope.PAGE,
    around=True,
    severity=Severity.WARNING,
    bad="[Safety](/en/needs/safety/)",
    good="[Safety](needs/safety.md)",
    en=Text(
        "A link begins with a slash.",
        "It is not checked by the build, leaves the language, and breaks when the site moves to a sub-path.",
    ),
    nl=Text(
        "Een link begint met een schuine streep.",
        "De bouw controleert hem niet, de taal gaat verloren, en hij breekt als de site naar een submap verhuist.",
    ),
)
def absolute_link(page: Page, project: Project) -> Iterator[Hit]:
    """Report them. Where languages are not kept in step, only those that surely fail on the published site."""
    for thing, found in resolver(project).of(page):
        if found.kind == "absolute" and (project.settings.strict_parity or _fails_as_address(found, project)):
            offer = resolver(project).relative(page, found.page) if found.page else ""
            hint = (
                f"Write {offer} instead."
                if offer
                else "Write the way from this file to the other one, without the slash."
            )
            message = f'this {noun(thing)} begins with a slash: "{found.target}"'
            yield Hit(page.path, thing.line, message, hint)


def _fails_as_address(found: Resolution, project: Project) -> bool:
    """Tell whether an address that begins with a slash leads nowhere on the site, or out of the site's own path.

    What is neither below the site's path nor a page or file of it belongs to something else on the same host.
    """
    own = urlsplit(project.configuration.site_url).path.rstrip("/")
    inside = (found.path.rstrip("/") + "/").startswith(own + "/")
    below = found.path.removeprefix(own).strip("/")
    exists = not below or found.page is not None or _published(below, project)
    return inside is not exists


def _published(below: str, project: Project) -> bool:
    """Tell whether there is a file for a path of the site, such as fr/a.png from a.fr.png."""
    known = resolver(project)
    first, _, rest = below.partition("/")
    return known.find(below, known.default) is not None or (
        first in known.locales and known.find(rest, first) is not None
    )


@rule(
    "LNK106",
    "link-to-own-address",
    Scope.PAGE,
    around=True,
    severity=Severity.WARNING,
    needs=lambda project: "" if project.configuration.site_url.startswith("http") else "mkdocs.yml names no site_url",
    en=Text(
        "A link gives the full web address of a page of this very site.",
        "It leaves every copy of the site (a preview, a version without network), and no check follows it.",
        "[Safety](https://secure-base.example/en/needs/safety/)",
        "[Safety](needs/safety.md)",
    ),
    nl=Text(
        "Een link geeft het volledige webadres van een pagina van deze site zelf.",
        "Hij leidt weg uit elke kopie van de site, zoals een voorbeeld of een versie zonder netwerk.",
        "[Veiligheid](https://secure-base.example/nl/veiligheid/)",
        "[Veiligheid](needs/safety.md)",
    ),
)
def link_to_own_address(page: Page, project: Project) -> Iterator[Hit]:
    """Report links below site_url that a page of the sources stands for."""
    own = urlsplit(project.configuration.site_url)
    for thing, found in resolver(project).of(page):
        if found.scheme not in WEB or isinstance(thing, Image):
            continue
        try:
            there = urlsplit(found.target)
        except ValueError:
            continue
        inside = there.netloc == own.netloc and (there.path + "/").startswith(own.path.rstrip("/") + "/")
        if not inside:
            continue
        below = there.path.removeprefix(own.path.rstrip("/")).strip("/").removesuffix(".html").removesuffix("/index")
        known = resolver(project).pages
        names = (f"{below}.md", f"{below}/index.md", f"{page.language}/{below}.md", f"{page.language}/{below}/index.md")
        if any(name in known for name in names):
            yield Hit(
                page.path,
                thing.line,
                f'this link gives the full address of a page of this site: "{found.target}"',
                "Link to the .md file instead.",
            )


@rule(
    "LNK107",
    "link-not-to-a-file",
    Scope.PAGE,
    around=True,
    severity=Severity.WARNING,
    bad="[Safety](../needs/safety/)",
    good="[Safety](../needs/safety.md)",
    en=Text(
        "A link names an address instead of the file of the page.",
        "MkDocs does not check it, and it breaks as soon as an address changes.",
    ),
    nl=Text(
        "Een link noemt een adres in plaats van het bestand van de pagina.",
        "MkDocs controleert hem niet, en hij breekt zodra een adres verandert.",
    ),
)
def link_not_to_a_file(page: Page, project: Project) -> Iterator[Hit]:
    """Report links that only work as addresses of the published site."""
    for thing, found in resolver(project).of(page):
        if found.kind == "folder" and isinstance(thing, Link) and not page.partial:
            offer = (
                f"#{found.fragment}"
                if found.page is page and found.fragment
                else resolver(project).suggest(page, found)
            )
            hint = f"Write {offer} instead." if offer else "Name the .md file of the page."
            yield Hit(page.path, thing.line, f'this link names an address, not a file: "{found.target}"', hint)


@rule(
    "LNK118",
    "link-out-of-docs",
    Scope.PAGE,
    around=True,
    bad="[licence](../../LICENSE)",
    good="[licence](https://github.com/owner/project/blob/main/LICENSE)",
    en=Text("A link leads out of the folder that is published.", "It works in the editor, and is dead on the site."),
    nl=Text("Een link leidt de gepubliceerde map uit.", "Hij werkt in de editor en is dood op de site."),
)
def link_out_of_docs(page: Page, project: Project) -> Iterator[Hit]:
    """Report links above docs_dir; a project's own hooks may rewrite them, and then nothing is sure."""
    if page.partial or (project.configuration.hooks and not project.settings.strict_parity):
        return
    for thing, found in resolver(project).of(page):
        if found.kind == "outside" and not re.match(r"https?[/;,]", found.target):
            message = f'this {noun(thing)} leads out of the published folder: "{found.target}"'
            yield Hit(page.path, thing.line, message, "Link to the file's web address, or to a page of the site.")


@rule(
    "LNK122",
    "raw-html-link-to-source",
    Scope.PAGE,
    around=True,
    en=Text(
        "A link in raw HTML names a Markdown file.",
        "MkDocs only turns Markdown links into addresses; this one leads to a file that is not published.",
        '<a href="safety.md">Safety</a>',
        "[Safety](safety.md)",
    ),
    nl=Text(
        "Een link in ruwe HTML noemt een Markdown-bestand.",
        "MkDocs maakt alleen van Markdown-links adressen; deze leidt naar een bestand dat niet wordt gepubliceerd.",
        '<a href="safety.md">Veiligheid</a>',
        "[Veiligheid](safety.md)",
    ),
)
def raw_html_link_to_source(page: Page, project: Project) -> Iterator[Hit]:
    """Report `href="x.md"` in raw HTML that leads to a page here."""
    for thing, found in resolver(project).of(page):
        if (
            isinstance(thing, Link)
            and thing.kind == "html"
            and found.kind == "page"
            and found.target.partition("#")[0].endswith(".md")
        ):
            message = f'this link in raw HTML names the file "{found.target}", which is not on the site'
            yield Hit(
                page.path, thing.line, message, f"Write it in Markdown: [{thing.text or 'text'}]({found.target})."
            )

"""What a page or style sheet takes from another site, and code written into a page."""

from __future__ import annotations

from posixpath import dirname, normpath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from handbook.model.site import PAINTS
from handbook.rules.naming import listed
from handbook.rules.published.addresses import base_of
from handbook.rules.published.needs import element_name, is_built, is_self_contained
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.project import Project
    from handbook.model.site import BuiltPage, BuiltSite

FETCHED = frozenset({
    "script", "img", "source", "iframe", "video", "audio", "embed", "object", "track", "input",
    "image", "use", "feimage",
})  # fmt: skip
"""Elements for which a browser asks by itself; the last three stand in drawings."""
FETCHING_LINKS = (
    "stylesheet",
    "icon",
    "preload",
    "prefetch",
    "preconnect",
    "dns-prefetch",
    "modulepreload",
    "manifest",
)


@rule(
    "PUB105",
    "third-party-on-site",
    Scope.BUILT_PAGE,
    needs=is_self_contained,
    bad='<link rel="stylesheet" href="https://fonts.example/css">',
    good='<link rel="stylesheet" href="assets/fonts.css">',
    en=Text("A published page loads something from another site.", "That site then learns who reads what here."),
    nl=Text("Een gepubliceerde pagina laadt iets van een andere site.", "Die site weet dan wie hier wat leest."),
)
def third_party_on_site(page: BuiltPage, project: Project) -> Iterator[Hit]:
    """Report what a browser would fetch or connect to by itself."""
    host, _ = base_of(project.configuration.site_url)
    for element in page.references:
        fetched = (
            element_name(element).lower() in FETCHED
            or element.attribute in PAINTS
            or (element.tag.startswith("link") and any(word in element.tag for word in FETCHING_LINKS))
        )
        there = urlsplit(element.value).netloc if "//" in element.value[:9] else ""
        if fetched and there and there != host:
            message = f'this page loads "{element.value}" from another site'
            yield Hit(page.path, 0, message, "Keep a copy in the project.", needle=element.value)


@rule(
    "PUB106",
    "inline-code-on-site",
    Scope.BUILT_PAGE,
    needs=is_self_contained,
    bad="<script>…</script>, style=…, onclick=…",
    good='<script src="assets/site.js"></script>',
    en=Text(
        "A published page has a script, style or handler written into it.",
        "The site's security policy blocks it, or has to be weakened for it.",
    ),
    nl=Text(
        "In een gepubliceerde pagina staat een script, stijl of handler.",
        "Het beveiligingsbeleid van de site blokkeert dat, of moet er zwakker voor worden.",
    ),
)
def inline_code_on_site(page: BuiltPage, _project: Project) -> Iterator[Hit]:
    """Report inline scripts, styles, style attributes and handlers."""
    for element in page.inline_code:
        what = f'{element.attribute}="{element.value}"' if element.attribute else f"a <{element.tag}> with text in it"
        message = f"this page has {what}" + (f" on <{element.tag}>" if element.attribute else "")
        needle = f'{element.attribute}="' if element.attribute else element.value[:30]
        yield Hit(page.path, 0, message, "Move it into a file of its own.", needle=needle)


@rule(
    "PUB117",
    "style-sheet-leads-elsewhere",
    Scope.SITE,
    needs=is_built,
    bad="@font-face { src: url(https://fonts.example/a.woff2) }",
    good="@font-face { src: url(../fonts/a.woff2) }",
    en=Text(
        "A style sheet loads something from another site, or a file that does not exist.",
        "That site learns who reads here, or a font or picture is missing.",
    ),
    nl=Text(
        "Een stijlblad laadt iets van een andere site, of een bestand dat niet bestaat.",
        "Die site weet wie hier leest, of een lettertype of plaatje ontbreekt.",
    ),
)
def style_sheet_leads_elsewhere(site: BuiltSite, project: Project) -> Iterator[Hit]:
    """Resolve url() and @import of every style sheet."""
    for path, addresses in site.stylesheets:
        below = path.removeprefix(site.directory + "/")
        elsewhere, missing = [], []
        for address in dict.fromkeys(addresses):
            if address.startswith(("data:", "#", "var(")):
                continue
            if "//" in address[:9]:
                elsewhere.append(address)
                continue
            target = normpath(f"{dirname(below)}/{unquote(urlsplit(address).path)}").lstrip("/")
            if target not in site.files:
                missing.append(address)
        if elsewhere and project.settings.self_contained:
            yield Hit(
                path,
                0,
                f"this style sheet loads from other sites: {listed(elsewhere)}",
                "Keep a copy in the project.",
                needle=elsewhere[0],
            )
        for address in missing:
            yield Hit(
                path,
                0,
                f'this style sheet loads "{address}", which does not exist',
                "Correct the address.",
                needle=address,
            )

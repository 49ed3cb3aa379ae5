"""Where a published page leads by itself, or in a way that nobody sees: to another site, or to code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from handbook.rules.published.addresses import base_of
from handbook.rules.published.needs import is_self_contained
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.project import Project
    from handbook.model.site import BuiltPage

SENDS: Final = frozenset({"action", "formaction"})
CODE: Final = re.compile(r"(?:javascript|vbscript|data|blob|file):", re.IGNORECASE)
"""How an address begins that is a program, a page of its own, or a file of the reader."""
_UNSEEN: Final = re.compile(r"[\x00-\x20]+")
"""Signs that browsers leave out of an address."""


@rule(
    "PUB118",
    "page-leads-away",
    Scope.BUILT_PAGE,
    needs=is_self_contained,
    bad='<meta http-equiv="refresh" content="0; url=https://other.example/">',
    good='<meta http-equiv="refresh" content="0; url=../safety/">',
    en=Text(
        "A published page sends its readers, or what they type, to another site by itself, or has a link that is code.",
        "Readers do not choose to go there, and do not see that they did.",
    ),
    nl=Text(
        "Een gepubliceerde pagina stuurt lezers, of wat ze typen, vanzelf naar een andere site, of een link is code.",
        "Lezers kiezen daar niet voor, en zien het niet.",
    ),
)
def page_leads_away(page: BuiltPage, project: Project) -> Iterator[Hit]:
    """Look at what the page does by itself, at where its forms lead, and at how its links begin."""
    host, _ = base_of(project.configuration.site_url)
    if _elsewhere(page.refresh, host):
        message = f'this page leads to "{page.refresh}" by itself'
        yield Hit(page.path, 0, message, "Lead to a page of this site, or let readers choose.", needle=page.refresh)
    for element in page.references:
        value = _UNSEEN.sub("", element.value)
        if element.attribute in SENDS and _elsewhere(value, host):
            message = f'what is typed into a form goes to "{element.value}"'
            yield Hit(page.path, 0, message, "Keep it on the page.", needle=element.value)
        elif element.tag == "a" and CODE.match(value):
            message = f'this link is no address: "{element.value[:60]}"'
            yield Hit(page.path, 0, message, "Link to a page.", needle=element.value[:60])


def _elsewhere(address: str, host: str) -> bool:
    """Tell whether an address leaves the site, or is code."""
    value = _UNSEEN.sub("", address).replace("\\", "/")
    return bool(CODE.match(value)) or ("//" in value[:9] and urlsplit(value).netloc != host)

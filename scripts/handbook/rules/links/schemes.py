"""Misspelt beginnings of addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handbook.model.finding import Mend
from handbook.rules.registry import Hit, Scope, Text, rule
from handbook.rules.resolving import resolver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Image, Link, Page
    from handbook.model.project import Project

KNOWN_SCHEMES = frozenset({
    "about", "app", "blob", "chrome", "data", "doi", "file", "ftp", "ftps", "geo", "git", "http", "https", "intent",
    "irc", "ircs", "javascript", "magnet", "mailto", "market", "matrix", "news", "nntp", "sftp", "sip", "sips",
    "skype", "slack", "sms", "ssh", "steam", "svn", "tel", "tg", "urn", "vbscript", "vscode", "webcal", "whatsapp",
    "xmpp", "zoommtg",
})  # fmt: skip
MISSPELT_SCHEMES = {
    "htp": "http", "htps": "https", "htpps": "https", "htpp": "http", "hhttp": "http", "hhttps": "https",
    "htttp": "http", "htttps": "https", "httpss": "https", "httsp": "https", "httpp": "http", "httpps": "https",
    "ttps": "https", "ttp": "http", "hpps": "https", "hppts": "https", "hhtps": "https", "hhtp": "http",
    "httos": "https", "htto": "http", "mail": "mailto", "mailo": "mailto", "malito": "mailto", "mialto": "mailto",
    "maito": "mailto", "te": "tel", "tell": "tel", "phone": "tel", "telephone": "tel",
}  # fmt: skip

WITHOUT_SCHEME = re.compile(r"(?:https?[/;,]+|www\.)[\w-]+\.")
"""An address of another site whose beginning is missing or misspelt."""


@rule(
    "LNK108",
    "misspelt-scheme",
    Scope.PAGE,
    around=True,
    mends=True,
    bad="[113](htps://www.113.nl)",
    good="[113](https://www.113.nl)",
    en=Text("The beginning of a web address is misspelt.", "The link goes nowhere."),
    nl=Text("Het begin van een webadres is verkeerd gespeld.", "De link gaat nergens heen."),
)
def misspelt_scheme(page: Page, project: Project) -> Iterator[Hit]:
    """Report schemes nobody has, and known ones without their slashes."""
    own = project.settings.vocabulary.schemes
    for thing, found in resolver(project).of(page):
        if found.kind == "scheme" and found.scheme != "//":
            scheme = found.scheme
            rest = found.target[len(scheme) + 1 :]
            if scheme in own:
                continue
            if scheme in {"http", "https"} and (
                not rest.startswith("//") or rest.startswith("///") or not rest.strip("/")
            ):
                right = f"{scheme}://{rest.lstrip('/')}"
            elif scheme in MISSPELT_SCHEMES:
                right = f"{MISSPELT_SCHEMES[scheme]}:{rest}"
            elif scheme in KNOWN_SCHEMES or (thing.kind == "autolink" and "." not in rest):
                continue
            elif re.match(r"\d+(?:/|$)", rest) or "." in scheme:
                right = f"https://{found.target}"
            else:
                continue
            yield _misspelt(page, thing, found.target, right)
        elif found.kind in {"missing", "outside"} and lacks_scheme(found.target):
            right = "https://" + re.sub(r"^https?[/;,]+", "", found.target)
            yield _misspelt(page, thing, found.target, right)


def lacks_scheme(target: str) -> bool:
    """Tell whether what looks like a path is a web address without its colon or its beginning."""
    return WITHOUT_SCHEME.match(target) is not None


def _misspelt(page: Page, thing: Link | Image, target: str, right: str) -> Hit:
    mend = Mend(thing.line, target, right)
    return Hit(page.path, thing.line, f'the address "{target}" is misspelt', f"Write {right}.", mend=mend)

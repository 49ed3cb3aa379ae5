"""Addresses that tell others who follows them: marks of campaigns, and shortened addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlsplit

from handbook.model.finding import Severity
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Page
    from handbook.model.project import Project

MARK: Final = re.compile(
    r"utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|yclid|twclid|ttclid|li_fat_id|igshid|igsh|mc_[ce]id|_hsenc|_hsmi"
    r"|mkt_tok|vero_id|oly_enc_id|oly_anon_id",
    re.IGNORECASE,
)
SHORTENERS: Final = frozenset({
    "bit.ly", "bitly.com", "buff.ly", "cutt.ly", "dlvr.it", "fb.me", "goo.gl", "is.gd", "lnkd.in", "ow.ly",
    "rb.gy", "rebrand.ly", "shorturl.at", "t.co", "t.ly", "tiny.cc", "tinyurl.com", "v.gd",
})  # fmt: skip


def _self_contained(project: Project) -> str:
    return "" if project.settings.self_contained else "this project does not say that its readers go unfollowed"


def follows(address: str) -> str:
    """Name what in an address tells others who follows it: a mark or a shortener; nothing where there is none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    host = parts.netloc.lower().removeprefix("www.")
    if host in SHORTENERS:
        return host
    names = [name for name, _ in parse_qsl(parts.query, keep_blank_values=True)]
    return next((name for name in names if MARK.fullmatch(name)), "")


@rule(
    "LNK123",
    "tracked-address",
    Scope.PAGE,
    severity=Severity.WARNING,
    needs=_self_contained,
    bad="[113](https://www.113.nl/?utm_source=newsletter)",
    good="[113](https://www.113.nl/)",
    en=Text(
        "An address holds a mark by which readers are followed, or is one of a service that shortens addresses.",
        "Somebody else learns who came from here, and nobody sees where a short address leads.",
    ),
    nl=Text(
        "In een adres zit een merkteken waarmee lezers worden gevolgd, of het is een verkort adres.",
        "Iemand anders weet dan wie hiervandaan komt, en niemand ziet waar een kort adres heen leidt.",
    ),
)
def tracked_address(page: Page, _project: Project) -> Iterator[Hit]:
    """Look at the address of every link to another site."""
    for link in page.links:
        if link.target.lower().startswith(("http:", "https:")) and (found := follows(link.target)):
            hint = "Write the address that it leads to, without what stands behind ? where the page is the same."
            yield Hit(page.path, link.line, f'this address lets readers be followed: "{found}"', hint)

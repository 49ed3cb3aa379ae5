"""Telephone and mail links: what is shown is what is called or written to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from handbook.model.page import Image
from handbook.rules.phones import digits, same_number
from handbook.rules.registry import Hit, Scope, Text, rule
from handbook.rules.resolving import resolver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Page
    from handbook.model.project import Project

PHONE_TEXT = re.compile(r"\+?[\d(][\d\s().\-‐‑–/]*\d")


@rule(
    "LNK109",
    "phone-link-differs-from-text",
    Scope.PAGE,
    around=True,
    bad="[0800-0113](tel:08000114)",
    good="[0800-0113](tel:08000113)",
    en=Text(
        "A telephone link calls another number than the one that is shown.", "Somebody in need calls the wrong number."
    ),
    nl=Text("Een telefoonlink belt een ander nummer dan er staat.", "Iemand in nood belt het verkeerde nummer."),
)
def phone_link_differs_from_text(page: Page, project: Project) -> Iterator[Hit]:
    """Compare the number of `tel:` and `sms:` links with the number in their text."""
    for thing, found in resolver(project).of(page):
        if found.scheme not in {"tel", "sms"} or isinstance(thing, Image):
            continue
        called = unquote(found.target.partition(":")[2]).partition(";")[0].partition("?")[0]
        if not re.search(r"\d", called):
            yield Hit(
                page.path,
                thing.line,
                f'this telephone link has no number: "{found.target}"',
                "Write the number after tel:.",
            )
            continue
        shown = [match.group(0) for match in PHONE_TEXT.finditer(thing.text) if digits(match.group(0))]
        if shown and not any(same_number(called, number, project.settings.regions) for number in shown):
            yield Hit(
                page.path,
                thing.line,
                f'this link shows "{shown[0].strip()}" but calls "{called}"',
                "Make the two the same number.",
            )


@rule(
    "LNK110",
    "mail-link-differs-from-text",
    Scope.PAGE,
    around=True,
    bad="[info@example.org](mailto:inof@example.org)",
    good="[info@example.org](mailto:info@example.org)",
    en=Text(
        "A mail link writes to another address than the one that is shown, or to none.",
        "The message goes to somebody else, or nowhere.",
    ),
    nl=Text(
        "Een maillink schrijft naar een ander adres dan er staat, of naar geen adres.",
        "Het bericht gaat naar iemand anders, of nergens heen.",
    ),
)
def mail_link_differs_from_text(page: Page, project: Project) -> Iterator[Hit]:
    """Compare `mailto:` links with their text."""
    for thing, found in resolver(project).of(page):
        if found.scheme != "mailto" or isinstance(thing, Image):
            continue
        written = unquote(found.target.partition(":")[2]).partition("?")[0].strip()
        shown = re.search(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", thing.text)
        if written and not re.fullmatch(r"[^@\s,]+@[^@\s,]+\.[^@\s,.]+(?:,.*)?", written) and "@example" not in written:
            bare = "Write \\< before it, or the whole address: the site makes a mail link of it."
            hint = bare if thing.kind == "autolink" else "Write name@domain after mailto:."
            yield Hit(page.path, thing.line, f'"{written}" is no mail address', hint)
        elif shown and written and shown.group(0).casefold() not in written.casefold():
            message = f'this link shows "{shown.group(0)}" but writes to "{written}"'
            yield Hit(page.path, thing.line, message, "Make the two the same address.")

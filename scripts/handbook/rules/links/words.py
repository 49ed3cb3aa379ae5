"""The words of a link, and links without any or without an address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handbook.model.finding import Severity
from handbook.model.page import HOLE, Image, Link
from handbook.rules.registry import Hit, Scope, Text, rule
from handbook.rules.resolving import resolver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Page
    from handbook.model.project import Project

VAGUE = {
    language: frozenset(text.split(", "))
    for language, text in {
        "en": "here, click here, click, this, link, this link, read more, more, learn more, this page, see here, "
        "go here, page, more info, details",
        "nl": "hier, klik hier, deze link, link, lees meer, lees verder, meer, meer info, meer informatie, "
        "deze pagina, pagina, kijk hier, zie hier, verder",
        "de": "hier, klicken sie hier, klick hier, link, dieser link, mehr, mehr lesen, weiterlesen, diese seite",
        "fr": "ici, cliquez ici, cliquer ici, lien, ce lien, lire la suite, en savoir plus, plus, cette page",
        "es": "aquí, aqui, haz clic aquí, clic aquí, enlace, este enlace, leer más, más, esta página",
        "pt": "aqui, clique aqui, link, este link, leia mais, saiba mais, mais, esta página",
        "it": "qui, clicca qui, link, questo link, leggi di più, altro, questa pagina",
    }.items()
}


@rule(
    "LNK111",
    "empty-link-text",
    Scope.PAGE,
    around=True,
    bad="[](safety.md)",
    good="[Safety](safety.md)",
    en=Text("A link has no text.", "Nobody can see it, and a screen reader reads out the address."),
    nl=Text("Een link heeft geen tekst.", "Niemand ziet hem, en een schermlezer leest het adres voor."),
)
def empty_link_text(page: Page, project: Project) -> Iterator[Hit]:
    """Report links without text, image or label."""
    for thing, _found_at in resolver(project).of(page):
        if isinstance(thing, Image) or thing.element != "a" or thing.attribute != "href":
            continue
        if thing.text.strip(HOLE + " ") or thing.holds_image or _has_hole(page, thing):
            continue
        labels = ("aria-label", "title", "aria-labelledby", "aria-hidden")
        if any(thing.attributes.get(label) for label in labels):
            continue
        if thing.kind == "html" and page.opaque:
            continue
        yield Hit(
            page.path,
            thing.line,
            f'this link to "{thing.target}" has no text',
            "Say between the brackets where it leads.",
        )


def _has_hole(page: Page, link: Link) -> bool:
    """Tell whether there is something without prose in the link, such as code or an icon."""
    line = page.text.split("\n", link.line)[link.line - 1] if link.line else ""
    return (link.kind != "html" and not re.search(r"\[\s*\](?:\(|\{)", line)) or (
        link.kind == "html" and not re.search(r"<a\b[^>]*>\s*</a>", line)
    )


@rule(
    "LNK112",
    "vague-link-text",
    Scope.PAGE,
    severity=Severity.WARNING,
    en=Text(
        "The text of a link does not say where it leads.",
        "Many people jump from link to link, and hear only these words.",
        "Click [here](safety.md) to read about safety.",
        "Read about [safety](safety.md).",
    ),
    nl=Text(
        "De tekst van een link zegt niet waar hij heen leidt.",
        "Veel mensen springen van link naar link en horen alleen deze woorden.",
        "Klik [hier](safety.md) om over veiligheid te lezen.",
        "Lees over [veiligheid](safety.md).",
    ),
)
def vague_link_text(page: Page, project: Project) -> Iterator[Hit]:
    """Compare link texts with the words every list of bad examples has."""
    language = project.configuration.language(page.language)
    words = VAGUE.get(language.short if language else page.language, VAGUE["en"])
    for link in page.links:
        text = " ".join(link.text.casefold().strip(" .!…:»>→«\"'").split())
        if link.element == "a" and text in words and not link.attributes.get("aria-label"):
            message = f'the link text "{link.text}" does not say where it leads'
            yield Hit(page.path, link.line, message, "Use the name of what is there as the text of the link.")


@rule(
    "LNK119",
    "empty-link-target",
    Scope.PAGE,
    around=True,
    bad="[Safety]()",
    good="[Safety](safety.md)",
    en=Text("A link or image has no address.", "It looks like a link and does nothing."),
    nl=Text("Een link of afbeelding heeft geen adres.", "Het lijkt een link en doet niets."),
)
def empty_link_target(page: Page, project: Project) -> Iterator[Hit]:
    """Report them, and a lone `#` in Markdown."""
    for thing, found in resolver(project).of(page):
        if found.kind == "empty" and not (isinstance(thing, Image) and thing.kind == "html"):
            what = f'the link "{thing.text}"' if isinstance(thing, Link) else "this image"
            yield Hit(
                page.path,
                thing.line,
                f"{what} has no address",
                "Write the address in the round brackets, or remove it.",
            )

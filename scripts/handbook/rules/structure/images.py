"""Descriptions of images."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handbook.model.finding import Severity
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Page
    from handbook.model.project import Project

FILE_NAME = re.compile(r"^[\w-]+\.(?:png|jpe?g|gif|svg|webp|avif|bmp)$", re.IGNORECASE)
POOR_ALT = frozenset({
    "image", "picture", "photo", "img", "alt", "alt text", "alt_text", "image description", "figure", "afbeelding",
    "foto", "plaatje", "figuur",
})  # fmt: skip


@rule(
    "STR111",
    "image-without-alt",
    Scope.PAGE,
    bad="![](circle.svg)",
    good="![A circle with leading on top and following below](circle.svg)",
    en=Text("An image has no description.", "Somebody who cannot see it does not learn what it shows."),
    nl=Text("Een afbeelding heeft geen beschrijving.", "Wie haar niet kan zien, hoort niet wat erop staat."),
)
def image_without_alt(page: Page, _project: Project) -> Iterator[Hit]:
    """Report missing alt texts; `alt=""` in raw HTML or an attribute list marks a decoration, and is left alone."""
    for image in page.images:
        attributes = image.attributes
        if attributes.get("role") == "presentation" or attributes.get("aria-hidden") == "true":
            continue
        decorative = "alt" in attributes and not attributes["alt"]
        labelled = attributes.get("aria-label") or attributes.get("aria-labelledby")
        if (image.alt is None or (not image.alt.strip() and not decorative)) and not labelled:
            message = f'the image "{_short(image.target)}" has no description'
            yield Hit(page.path, image.line, message, "Say in the square brackets what it shows.")


@rule(
    "STR112",
    "alt-is-file-name",
    Scope.PAGE,
    severity=Severity.WARNING,
    bad="![circle.svg](circle.svg)",
    good="![A circle with leading on top and following below](circle.svg)",
    en=Text("The description of an image is a file name or an empty word.", "It is read out, and says nothing."),
    nl=Text(
        "De beschrijving van een afbeelding is een bestandsnaam of een leeg woord.",
        "Ze wordt voorgelezen en zegt niets.",
    ),
)
def alt_is_file_name(page: Page, _project: Project) -> Iterator[Hit]:
    """Report them."""
    for image in page.images:
        alt = (image.alt or "").strip()
        if FILE_NAME.match(alt) or alt.casefold() in POOR_ALT:
            message = f'the description "{alt}" does not say what the image shows'
            yield Hit(page.path, image.line, message, "Describe in a few words what it shows.")


def _short(target: str) -> str:
    return target if len(target) <= 60 else target[:57] + "…"

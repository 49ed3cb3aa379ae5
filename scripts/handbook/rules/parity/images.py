"""Images: as many in every language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from handbook.rules.parity.counting import as_many_written, fewer_here
from handbook.rules.parity.throughout import compared
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.project import Pair, Project

IMAGE: Final = re.compile(r"!\[[^\]\n]*\][(\[]|<img\b", re.IGNORECASE)


@rule(
    "PAR125",
    "image-missing-in-language",
    Scope.PAIR,
    en=Text(
        "An image stands in one language and not in the other.",
        "Part of the readers misses what it explains.",
        "![…](three-steps.svg) only on the English page",
        "the image on both pages",
    ),
    nl=Text(
        "Een afbeelding staat in de ene taal en niet in de andere.",
        "Een deel van de lezers mist wat ze uitlegt.",
        "![…](drie-stappen.svg) alleen op de Nederlandse pagina",
        "de afbeelding op beide pagina's",
    ),
)
def image_missing_in_language(pair: Pair, project: Project) -> Iterator[Hit]:
    """Compare the number of images in each section, badges left out."""
    for there, here in compared(pair, project):
        first = [image for image in pair.first.within(there, pair.first.images) if not _badge(image.target)]
        second = [image for image in pair.second.within(here, pair.second.images) if not _badge(image.target)]
        if len(first) != len(second) and not as_many_written(pair, there, here, IMAGE):
            yield fewer_here(pair, (there, here), (first, second), "image")


def _badge(target: str) -> bool:
    return "shields.io" in target or "/badge" in target or "badge.svg" in target

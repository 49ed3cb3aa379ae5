"""The agreed sections of a page, by who it is for: their ids, equal in every language, and their titles."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Slot:
    """One agreed section; `required` where no page of the kind may leave it out."""

    id: str
    titles: Mapping[str, str]
    required: bool = False


def _slot(id_: str, en: str, nl: str, *, required: bool = False) -> Slot:
    return Slot(id_, MappingProxyType({"en": en, "nl": nl}), required)


CLIENT_SECTIONS: Final = (
    _slot("in-short", "In short", "In het kort", required=True),
    _slot("what-is-it", "What is it?", "Wat is het?"),
    _slot("recognise", "Do you recognise this?", "Herken je dit?"),
    _slot("what-you-can-do", "What can you do?", "Wat kun je doen?"),
    _slot("in-therapy", "In therapy", "In therapie"),
    _slot("when-to-get-help", "When to get help", "Wanneer hulp zoeken", required=True),
    _slot("what-we-know", "What do we know?", "Wat weten we?"),
)

THERAPIST_SECTIONS: Final = (
    _slot("in-short", "In short", "In het kort", required=True),
    _slot("when-to-use", "When to use this", "Wanneer gebruik je dit?"),
    _slot("what-to-do", "What to do, and what better not", "Wat wel en wat beter niet"),
    _slot("limits-and-evidence", "Limits and evidence", "Grenzen en bewijs", required=True),
    _slot("share-with-clients", "The page to share", "De pagina om te delen"),
    _slot("references", "References", "Bronnen", required=True),
)

"""Pages of a large project, packed away until somebody looks at them, so that thousands of them fit in memory.

What other pages ask for (where a page is, its front matter, its headings and ids) stays at hand. The rest lies in a few
parcels, by what is asked for together: a rule about links opens no paragraphs. The parcels opened last stay open. A
small project is never packed. The store of what was read before keeps pages in the same form (`Stowed`), so that they
come from there without being opened.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any, Final, TypeAlias, TypeVar

from handbook.model.page import Page, every_block
from handbook.model.site import BuiltPage
from handbook.reading.packing import pack, unpack

AT_HAND: Final = 300
"""So many pages are kept as they are."""
OPEN: Final = 24
"""So many packed pages are open at a time; a rule looks at two."""

Stowed: TypeAlias = tuple[tuple[Any, ...], tuple[bytes, ...]]
"""A page taken apart: the values of its outline, and its parcels."""
T = TypeVar("T")


class _ShelvedPage(Page):
    """A page of which only the outline is at hand."""

    __slots__ = ("parcels",)


class _ShelvedBuiltPage(BuiltPage):
    """A published page of which only its place and its ids are at hand."""

    __slots__ = ("parcels",)


@dataclass(frozen=True, slots=True)
class _Form:
    """How a kind of page is taken apart: what stays at hand, and the names of what lies in each parcel."""

    shelved: type
    outline: tuple[str, ...]
    parcels: tuple[tuple[str, ...], ...]


def _form(kind: Any, shelved: type, outline: tuple[str, ...], *parcels: tuple[str, ...]) -> _Form:
    """Put whatever is named nowhere into a last parcel."""
    named = {*outline, *(name for names in parcels for name in names)}
    rest = tuple(field.name for field in fields(kind) if field.init and field.name not in named)
    return _Form(shelved, outline, (*parcels, rest))


OUTLINE: Final = ("path", "key", "language", "front_matter", "headings", "anchors", "localized", "partial", "opaque", "doubtful")  # fmt: skip  # noqa: E501
PLACE: Final = ("path", "url", "language", "title", "ids", "canonical", "alternates", "generated", "refresh")
_FORMS: Final[dict[type, _Form]] = {
    Page: _form(Page, _ShelvedPage, OUTLINE, ("text",), ("sections",)),
    BuiltPage: _form(BuiltPage, _ShelvedBuiltPage, PLACE),
}


@lru_cache(maxsize=3 * OPEN)
def _open(parcel: bytes) -> Any:
    return unpack(parcel)


@lru_cache(maxsize=OPEN)
def _blocks(parcel: bytes) -> Any:
    (sections,) = _open(parcel)
    return every_block(sections)


def _from_parcel(parcel: int, index: int) -> property:
    return property(lambda self: _open(self.parcels[parcel])[index])


for _form_of_kind in _FORMS.values():
    for _parcel, _names in enumerate(_form_of_kind.parcels):
        for _index, _name in enumerate(_names):
            setattr(_form_of_kind.shelved, _name, _from_parcel(_parcel, _index))
_SECTIONS: Final = _FORMS[Page].parcels.index(("sections",))
setattr(_ShelvedPage, "blocks", property(lambda self: _blocks(self.parcels[_SECTIONS])))  # noqa: B010 - a field of Page


def shelve(page: T, place: int, stowed: Stowed | None = None) -> T:
    """Pack a page away, if it is not among the first (`place` counts from 0) and can be packed."""
    if place < AT_HAND:
        return page
    stowed = stowed or stow(page)
    return page if stowed is None else take(type(page), stowed, place)


def stow(page: object) -> Stowed | None:
    """Take a page apart; None where it cannot be packed."""
    form = _FORMS[type(page)]
    outline = tuple(getattr(page, name) for name in form.outline)
    try:
        return outline, tuple(pack(tuple(getattr(page, name) for name in names)) for names in form.parcels)
    except Exception:  # noqa: BLE001 - a page may hold any YAML value, and packing only saves room
        return None


def take(kind: type[T], stowed: Stowed, place: int) -> T:
    """Give a page that was taken apart: whole if it is among the first, else packed."""
    form = _FORMS[kind]
    outline, parcels = stowed
    known = dict(zip(form.outline, outline, strict=True))
    if place < AT_HAND:
        for names, parcel in zip(form.parcels, parcels, strict=True):
            known |= zip(names, unpack(parcel), strict=True)
        return kind(**known)
    shelved: T = object.__new__(form.shelved)
    for name, value in known.items():
        object.__setattr__(shelved, name, value)
    object.__setattr__(shelved, "parcels", parcels)
    return shelved


class Fragments(Mapping[str, str]):
    """The rendered text of each page by its path, compressed but for the first ones."""

    def __init__(self) -> None:
        self._texts: dict[str, str | bytes] = {}

    def add(self, path: str, text: str | bytes) -> None:
        """Put a text there, as it is or `compressed`."""
        keep = len(self._texts) < AT_HAND
        if keep and isinstance(text, bytes):
            text = _inflated(text)
        elif not keep and isinstance(text, str):
            text = compressed(text)
        self._texts[path] = text

    def __getitem__(self, path: str) -> str:
        """Give the text of a page."""
        text = self._texts[path]
        return text if isinstance(text, str) else _inflated(text)

    def __contains__(self, path: object) -> bool:
        """Tell whether a page was rendered, without unpacking it."""
        return path in self._texts

    def __iter__(self) -> Iterator[str]:
        """Give the paths."""
        return iter(self._texts)

    def __len__(self) -> int:
        """Count the pages."""
        return len(self._texts)


def compressed(text: str) -> bytes:
    """Compress a text."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 1)


@lru_cache(maxsize=4)
def _inflated(text: bytes) -> str:
    return zlib.decompress(text).decode("utf-8", "surrogatepass")

"""Pages of a large project, packed away until somebody looks at them, so that thousands of them fit in memory.

What other pages ask for (where a page is, its front matter, its headings and ids) stays at hand; the rest is unpacked
when it is needed, and the pages looked at last stay unpacked. A small project is never packed.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import lru_cache
from typing import Any, Final, TypeVar

from handbook.model.page import Page
from handbook.model.site import BuiltPage
from handbook.reading.packing import pack, unpack

AT_HAND: Final = 300
"""So many pages are kept as they are."""
OPEN: Final = 24
"""So many packed pages are unpacked at a time; a rule looks at two."""

T = TypeVar("T")


@lru_cache(maxsize=OPEN)
def _open(packed: bytes) -> Any:
    return unpack(packed)


class _ShelvedPage(Page):
    """A page of which only the outline is at hand."""

    __slots__ = ("packed",)


class _ShelvedBuiltPage(BuiltPage):
    """A published page of which only its place and its ids are at hand."""

    __slots__ = ("packed",)


OUTLINE: Final = ("path", "key", "language", "front_matter", "headings", "anchors", "localized", "partial", "opaque", "doubtful")  # fmt: skip  # noqa: E501
PLACE: Final = ("path", "url", "language", "title", "ids", "canonical", "alternates", "generated", "refresh")
_SHELVES: Final[dict[type, tuple[type, tuple[str, ...]]]] = {
    Page: (_ShelvedPage, OUTLINE),
    BuiltPage: (_ShelvedBuiltPage, PLACE),
}


def _unpacking(name: str) -> property:
    return property(lambda self: getattr(_open(self.packed), name))


for _kind, (_shelved, _kept) in _SHELVES.items():
    for _field in fields(_kind):
        if _field.name not in _kept:
            setattr(_shelved, _field.name, _unpacking(_field.name))


def shelve(thing: T, place: int) -> T:
    """Pack a page away, if it is not among the first (`place` counts from 0) and can be packed."""
    if place < AT_HAND:
        return thing
    kind, kept = _SHELVES[type(thing)]
    try:
        packed = pack(thing)
    except Exception:  # noqa: BLE001 - a page may hold any YAML value, and packing only saves room
        return thing
    shelved: T = object.__new__(kind)
    for name in kept:
        object.__setattr__(shelved, name, getattr(thing, name))
    object.__setattr__(shelved, "packed", packed)
    return shelved


class Fragments(Mapping[str, str]):
    """The rendered text of each page by its path, compressed but for the first ones."""

    def __init__(self) -> None:
        self._texts: dict[str, str | bytes] = {}

    def add(self, path: str, html: str) -> None:
        """Put a text there."""
        keep = len(self._texts) < AT_HAND
        self._texts[path] = html if keep else zlib.compress(html.encode("utf-8", "surrogatepass"), 1)

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


@lru_cache(maxsize=4)
def _inflated(text: bytes) -> str:
    return zlib.decompress(text).decode("utf-8", "surrogatepass")

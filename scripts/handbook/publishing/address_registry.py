"""The registry of addresses: every address and section id this site ever had. Nothing is ever taken out of it.

Each page has a short neutral id, equal in every language and never used for another page; a page that moves keeps it,
and that is how old addresses find the new one. How the registry is written stands in `address_file.py`, how something
comes into it in `address_adding.py`, and what it promises in `address_promises.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """An address that was published: of which page, in which language."""

    key: str
    id: str
    language: str
    address: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, order=True)
class File:
    """A file to take away that was published: of which page, in which language; `path` is below the site's root."""

    key: str
    id: str
    language: str
    path: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class SectionId:
    """A section id that was published. With `to` it is another section's now; an empty id is the top of the page."""

    key: str
    id: str
    section: str
    to: str | None = None
    reason: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, order=True)
class Gone:
    """A page that was removed for good, the page to go to instead, and why."""

    key: str
    id: str
    to: str
    reason: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Registry:
    """All of it. Nothing is in there twice."""

    addresses: frozenset[Address] = frozenset()
    sections: frozenset[SectionId] = frozenset()
    gone: frozenset[Gone] = frozenset()
    files: frozenset[File] = frozenset()

    @cached_property
    def ids(self) -> Mapping[str, str]:
        """The short id of each page that ever was, by its key."""
        entries: tuple[Address | SectionId | Gone | File, ...] = (
            *self.addresses,
            *self.sections,
            *self.gone,
            *self.files,
        )
        return {entry.key: entry.id for entry in sorted(entries, key=lambda entry: (entry.key, entry.id))}

    def keys_of(self, id_: str) -> Sequence[str]:
        """Every key under which a page was ever known."""
        return self._keys.get(id_, ())

    def moved_sections(self, id_: str) -> dict[str, SectionId]:
        """Return the section ids of a page that are another section's now."""
        return {one.section: one for one in self._moved.get(id_, ())}

    @cached_property
    def _keys(self) -> Mapping[str, Sequence[str]]:
        """The keys of each short id, sorted."""
        keys: dict[str, list[str]] = {}
        for key in sorted(self.ids):
            keys.setdefault(self.ids[key], []).append(key)
        return keys

    @cached_property
    def _moved(self) -> Mapping[str, Sequence[SectionId]]:
        """The section ids that are another section's now, by the short id of their page."""
        moved: dict[str, list[SectionId]] = {}
        for one in sorted(self.sections, key=lambda one: (one.section, one.key, one.to or "")):
            if one.to is not None:
                moved.setdefault(one.id, []).append(one)
        return moved

    def former_ids(self, key: str) -> dict[str, tuple[str, ...]]:
        """Return the ids that lead to a section besides its own, by section id."""
        moved = self.moved_sections(self.ids.get(key, ""))
        former: dict[str, tuple[str, ...]] = {}
        for section in moved:
            target = follow({one: entry.to or "" for one, entry in moved.items()}, section)
            if target:
                former[target] = (*former.get(target, ()), section)
        return former


@dataclass(frozen=True, slots=True)
class Published:
    """A page as it is published now: its key, and in each language its address, section ids, source and files."""

    key: str
    addresses: Mapping[str, str]
    sections: Mapping[str, frozenset[str]]
    paths: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, frozenset[str]] = field(default_factory=dict)


def follow(steps: Mapping[str, str], start: str) -> str:
    """Follow steps from a start to where they end; nothing where they go round in a circle."""
    seen = {start}
    here = start
    while here in steps:
        here = steps[here]
        if here in seen:
            return ""
        seen.add(here)
    return here


def live_key(registry: Registry, key: str, pages: Iterable[str]) -> str | None:
    """Return under which name a page is published now, given any name it ever had; None where it is not."""
    there = set(pages)
    if key in there:
        return key
    id_ = registry.ids.get(key)
    return next((other for other in registry.keys_of(id_) if other in there), None) if id_ else None

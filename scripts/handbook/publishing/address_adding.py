"""What comes into the registry of addresses: new pages and sections, and where to go from those that are gone."""

from __future__ import annotations

import hashlib
import math
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from handbook.ledger.record import tidy_reason
from handbook.publishing.address_registry import Address, File, Gone, Published, Registry, SectionId

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# A letter, a digit, a letter, a digit: no id is a word in any language, and none of the signs looks like another.
PATTERN: Final = ("bcdfghjkmnpqrstvwxz", "23456789") * 2


def short_id(key: str, taken: Iterable[str]) -> str:
    """Return a short id for a page that none has yet; the same page gets the same id wherever it is registered."""
    used = set(taken)
    for attempt in range(10 * math.prod(map(len, PATTERN))):
        number = int.from_bytes(hashlib.sha256(f"{key} {attempt}".encode()).digest()[:8], "big")
        signs = []
        for alphabet in PATTERN:
            number, place = divmod(number, len(alphabet))
            signs.append(alphabet[place])
        if (made := "".join(signs)) not in used:
            return made
    message = "there are no short ids left"
    raise ValueError(message)


class ClashError(Exception):
    """Something cannot be registered, because an address is for ever; the message says in a sentence why."""


def with_pages(registry: Registry, pages: Iterable[Published], moved: Mapping[str, str] | None = None) -> Registry:
    """Return the registry with what is new on these pages. `moved` maps the old key of a page to its new one.

    ClashError where an address is another page's already. A section counts as published when every version has it.
    """
    ids = dict(registry.ids)
    for old, new in (moved or {}).items():
        if old not in ids:
            message = f"there was never a page {old}"
            raise ClashError(message)
        if ids.setdefault(new, ids[old]) != ids[old]:
            message = f'{new} has a short id of its own ("{ids[new]}"), so it cannot be {old} under another name'
            raise ClashError(message)
    owners = {entry.address: entry.id for entry in registry.addresses}
    owners.update((entry.path, entry.id) for entry in registry.files)
    addresses, sections, files = set(registry.addresses), set(registry.sections), set(registry.files)
    known = {(entry.id, entry.section) for entry in registry.sections}
    for page in sorted(pages, key=lambda page: page.key):
        id_ = ids.get(page.key) or short_id(page.key, ids.values())
        ids[page.key] = id_
        for language, address in page.addresses.items():
            for place in (address, *sorted(page.files.get(language, ()))):
                if owners.setdefault(place, id_) != id_:
                    old = min(registry.keys_of(owners[place]), default=page.key)
                    message = f"{place} was the address of {old} and cannot become that of {page.key}"
                    raise ClashError(message)
            addresses.add(Address(page.key, id_, language, address))
            files.update(File(page.key, id_, language, path) for path in page.files.get(language, ()))
        for section in frozenset.intersection(*page.sections.values()) if page.sections else ():
            if (id_, section) not in known:
                sections.add(SectionId(page.key, id_, section))
    return Registry(frozenset(addresses), frozenset(sections), registry.gone, frozenset(files))


def with_gone(registry: Registry, key: str, to: str, reason: str) -> Registry:
    """Return the registry with a page marked as gone; ClashError where that cannot be."""
    ids = registry.ids
    if key not in ids:
        message = f"there was never a page {key}"
        raise ClashError(message)
    if to not in ids or ids[to] == ids[key]:
        message = f"{to} is no other page to go to instead"
        raise ClashError(message)
    if not tidy_reason(reason):
        message = "say with --reason TEXT why the page is gone"
        raise ClashError(message)
    kept = frozenset(entry for entry in registry.gone if entry.key != key)
    return replace(registry, gone=kept | {Gone(key, ids[key], to, tidy_reason(reason))})


def with_moved_section(registry: Registry, key: str, section: str, to: str, reason: str) -> Registry:
    """Return the registry with a section id handed to another section of the page; ClashError where that cannot be."""
    id_ = registry.ids.get(key, "")
    published = {entry.section for entry in registry.sections if entry.id == id_}
    if section not in published:
        message = f"{key} never had a section #{section}"
        raise ClashError(message)
    if to and (to not in published or to == section):
        message = f"{key} has no other section #{to} to go to instead"
        raise ClashError(message)
    if not tidy_reason(reason):
        message = "say with --reason TEXT why the section is gone"
        raise ClashError(message)
    kept = frozenset(one for one in registry.sections if (one.id, one.section, one.to is None) != (id_, section, False))
    return replace(registry, sections=kept | {SectionId(key, id_, section, to, tidy_reason(reason))})

"""What the registry of addresses promises, and whether the pages as they are published now keep it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.publishing.address_registry import Address, File, Published, Registry, follow, live_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Problem:
    """A promise that is broken, or an address that nobody has promised yet.

    `kind` is dead, reused, section-vanished, section-target, gone-target or new. Where it is about a page as it is now,
    `key` and `language` name it; else `line` is that of the registry.
    """

    kind: str
    message: str
    line: int = 0
    key: str = ""
    language: str = ""


def problems(registry: Registry, pages: Iterable[Published]) -> Iterator[Problem]:
    """Compare the registry with the pages as they are published now."""
    by_key = {page.key: page for page in pages}
    ids = registry.ids
    alive: dict[str, list[str]] = {}
    for key in sorted(by_key):
        if key in ids:
            alive.setdefault(ids[key], []).append(key)
    yield from _dead(registry, by_key, alive)
    yield from _reused(registry, by_key, alive)
    yield from _sections(registry, by_key, alive)
    yield from _gone(registry, by_key)
    yield from _new(registry, by_key)


def _dead(registry: Registry, pages: Mapping[str, Published], alive: Mapping[str, list[str]]) -> Iterator[Problem]:
    ended = {entry.key for entry in registry.gone}
    seen: set[tuple[str, str]] = set()
    for entry in sorted(registry.addresses, key=lambda entry: entry.line):
        now = alive.get(entry.id, [])
        if (entry.id, entry.language) in seen or ended.intersection(registry.keys_of(entry.id)):
            continue
        if not any(entry.language in pages[key].addresses for key in now):
            seen.add((entry.id, entry.language))
            message = f"the address {entry.address} leads nowhere: its page {entry.key} is not there any more"
            yield Problem("dead", message, entry.line)


def _reused(registry: Registry, pages: Mapping[str, Published], alive: Mapping[str, list[str]]) -> Iterator[Problem]:
    owners: dict[str, Address | File] = {entry.address: entry for entry in sorted(registry.addresses)}
    owners.update((entry.path, entry) for entry in sorted(registry.files))
    ids = registry.ids
    for key in sorted(pages):
        for language, address in pages[key].addresses.items():
            for place in (address, *sorted(pages[key].files.get(language, ()))):
                owner = owners.get(place)
                if owner is not None and owner.id != ids.get(key):
                    message = f"the address {place} was that of another page ({owner.key}) and cannot be used again"
                    yield Problem("reused", message, owner.line, key, language)
                    break
    for id_, keys in alive.items():
        if len(keys) > 1:
            message = (
                f'two pages claim the short id "{id_}": {" and ".join(keys)}; a name that moved cannot be used again'
            )
            yield Problem("reused", message, key=keys[0], language=next(iter(pages[keys[0]].addresses), ""))


def _sections(registry: Registry, pages: Mapping[str, Published], alive: Mapping[str, list[str]]) -> Iterator[Problem]:
    for id_ in sorted(alive):
        page = pages[alive[id_][0]]
        moved = registry.moved_sections(id_)
        own = (entry for entry in registry.sections if entry.id == id_ and entry.to is None)
        for entry in sorted(own, key=lambda entry: (entry.section, entry.key)):
            target = follow({one: other.to or "" for one, other in moved.items()}, entry.section)
            for language, now in page.sections.items():
                if entry.section in now or not target or target in now:
                    continue
                if entry.section in moved:
                    message = f"the section #{entry.section} is to be found at #{target}, which is not there"
                    yield Problem("section-target", message, moved[entry.section].line)
                    break
                message = f"the section id #{entry.section} was published and is not on the page any more"
                yield Problem("section-vanished", message, entry.line, page.key, language)


def _gone(registry: Registry, pages: Mapping[str, Published]) -> Iterator[Problem]:
    steps = {entry.key: entry.to for entry in registry.gone}
    for entry in sorted(registry.gone):
        target = live_key(registry, follow(steps, entry.key), pages)
        if target is None:
            yield Problem(
                "gone-target", f"{entry.key} is gone, and {entry.to}, to go to instead, is not there", entry.line
            )


def _new(registry: Registry, pages: Mapping[str, Published]) -> Iterator[Problem]:
    known = {(entry.id, entry.language, entry.address) for entry in registry.addresses}
    known.update((entry.id, entry.language, entry.path) for entry in registry.files)
    sections = {(entry.id, entry.section) for entry in registry.sections}
    for key in sorted(pages):
        page, id_ = pages[key], registry.ids.get(key, "")
        fresh = [
            (language, place)
            for language, address in page.addresses.items()
            for place in (address, *sorted(page.files.get(language, ())))
            if (id_, language, place) not in known
        ]
        added = {
            section
            for section in (frozenset.intersection(*page.sections.values()) if page.sections else ())
            if (id_, section) not in sections
        }
        if fresh:
            language, place = fresh[0]
            yield Problem("new", f"the address {place} is not registered yet", 0, key, language)
        elif added:
            named = ", ".join(f"#{section}" for section in sorted(added))
            yield Problem(
                "new", f"these section ids are not registered yet: {named}", 0, key, next(iter(page.addresses))
            )

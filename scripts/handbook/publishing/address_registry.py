"""The registry of addresses: every address and section id this site ever had. Nothing is ever taken out of it.

`data/addresses.txt` has a line for each, sorted, so that people can read it and two people's additions can be merged by
keeping both. Each page has a short neutral id, equal in every language and never used for another page; a page that
moves keeps it, and that is how old addresses find the new one.

    needs/safety.md k7f2 nl nl/basisbehoeften/veiligheid/
    needs/safety.md k7f2 nl nl/basisbehoeften/veiligheid/veiligheid.pdf
    needs/safety.md k7f2 #recognise
    needs/safety.md k7f2 #signs -> #recognise it was taken up there
    needs/shelter.md p3xq gone -> needs/safety.md it was merged into it
"""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from handbook.editorial.errors import DataError
from handbook.ledger.record import tidy_reason
from handbook.ledger.store import replace_file
from handbook.publishing.handed_out import form_of, section_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

FILE: Final = "addresses.txt"
HEADER: Final = (
    "# Every address this site ever had: page, short id, language, address; and every section id of a page.\n"
    "# Nothing here is ever changed or taken out. `handbook addresses --write` adds what is new.\n"
)
KEPT: Final = "# Kept for ever though no longer in use: {} lines.\n"
"""Says how many entries lead elsewhere now: nothing else on the site would miss one of those lines."""
# A letter, a digit, a letter, a digit: no id is a word in any language, and none of the signs looks like another.
PATTERN: Final = ("bcdfghjkmnpqrstvwxz", "23456789") * 2
GONE: Final = "gone"


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


# --- The file --------------------------------------------------------------------------------------------------------


def load_registry(path: Path) -> Registry:
    """Read the registry; DataError where it is broken."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise DataError(path, 1, "this file is not written in UTF-8", "take an older version of the file") from None
    except OSError as error:
        raise DataError(path, 1, f"this file cannot be read ({error.strerror})") from None
    return parse_registry(text, path)


def parse_registry(text: str, path: Path) -> Registry:
    """Read the registry from its text; DataError, naming `path`, where a line is no entry or contradicts another."""
    addresses: set[Address] = set()
    sections: set[SectionId] = set()
    gone: set[Gone] = set()
    files: set[File] = set()
    ids: dict[str, str] = {}
    owners: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("# "):
            continue
        entry = _parse_line(line, number)
        if entry is None:
            message = f"this line is no entry: {line[:80]!r}"
            raise DataError(
                path, number, message, "take the line as it was; `handbook addresses --write` adds new ones"
            )
        if ids.setdefault(entry.key, entry.id) != entry.id:
            message = f'the page {entry.key} has two short ids, "{ids[entry.key]}" and "{entry.id}"'
            raise DataError(path, number, message, "remove the lines of the id that was not published")
        place = entry.address if isinstance(entry, Address) else entry.path if isinstance(entry, File) else ""
        if place and owners.setdefault(place, entry.id) != entry.id:
            message = f"the address {place} belongs to two pages"
            raise DataError(path, number, message, "remove the line that was not published")
        match entry:
            case Address():
                addresses.add(entry)
            case File():
                files.add(entry)
            case SectionId():
                sections.add(entry)
            case Gone():
                gone.add(entry)
    return Registry(frozenset(addresses), frozenset(sections), frozenset(gone), frozenset(files))


def _parse_line(line: str, number: int) -> Address | SectionId | Gone | File | None:
    match line.split():
        case [key, id_, section] if section.startswith("#") and len(section) > 1:
            return SectionId(_read(key), id_, section[1:], line=number)
        case [key, id_, section, "->", to, *reason] if section.startswith("#") and to.startswith("#") and reason:
            return SectionId(_read(key), id_, section[1:], to[1:], " ".join(reason), number)
        case [key, id_, word, "->", to, *reason] if word == GONE and reason:
            return Gone(_read(key), id_, _read(to), " ".join(reason), number)
        case [key, id_, language, address] if _is_address(_read(address), language):
            return Address(_read(key), id_, language, _read(address), number)
        case [key, id_, language, path] if form_of(path) and _is_address(f"{_read(path)}/", language):
            return File(_read(key), id_, language, _read(path), number)
        case _:
            return None


def _is_address(address: str, language: str) -> bool:
    """Tell whether an address is one below the folder of its language, and no way out of it."""
    parts = address.split("/")
    return parts[0] == language and parts[-1] == "" and not {".", ".."}.intersection(parts)


def format_registry(registry: Registry) -> str:
    """Write the registry; the same registry always gives the same bytes."""
    rows = [(one.key, 0, f"{one.id} {one.language} {_written(one.address)}") for one in registry.addresses]
    rows.extend((one.key, 1, f"{one.id} {one.language} {_written(one.path)}") for one in registry.files)
    for one in registry.sections:
        moved = "" if one.to is None else f" -> #{one.to} {tidy_reason(one.reason)}"
        rows.append((one.key, 2, f"{one.id} #{one.section}{moved}"))
    rows.extend(
        (one.key, 3, f"{one.id} {GONE} -> {_written(one.to)} {tidy_reason(one.reason)}") for one in registry.gone
    )
    kept = retired(registry)
    header = HEADER + (KEPT.format(kept) if kept else "")
    return header + "".join(f"{_written(key)} {rest}\n" for key, _, rest in sorted(rows))


def retired(registry: Registry) -> int:
    """Count the entries that lead elsewhere now: pages that are gone, sections that moved, addresses before the last.

    Pages, files and sections that are there miss their own line by themselves; for these, nobody would.
    """
    of_page = Counter((one.id, one.language) for one in registry.addresses)
    of_file = Counter((one.id, one.language, section_of(one.path), form_of(one.path)) for one in registry.files)
    moved = sum(one.to is not None for one in registry.sections)
    before = sum(count - 1 for count in (*of_page.values(), *of_file.values()))
    return before + moved + len(registry.gone)


def stated_retired(text: str) -> int:
    """Read how many such entries the file says it has; 0 where it says nothing."""
    before, after = KEPT.split("{}")
    found = re.search(rf"^{re.escape(before)}(\d+){re.escape(after.rstrip())}", text, re.MULTILINE)
    return int(found.group(1)) if found else 0


def lost_lines(text: str, older: Iterable[str]) -> list[str]:
    """Give the entries that an older version of the file has and this one has not, in order."""
    now = {line.strip() for line in text.splitlines()}
    then = {line.strip() for version in older for line in version.splitlines()}
    return sorted(line for line in then - now if line and not line.startswith("# "))


def write_registry(path: Path, registry: Registry) -> None:
    """Write the registry, whole or not at all; OSError if the disk does not let it."""
    replace_file(path, format_registry(registry))


def _written(text: str) -> str:
    """Write a key or an address without spaces, which separate the columns."""
    return "".join(
        sign if sign != "%" and sign.isprintable() and not sign.isspace() else _escape(sign) for sign in text
    )


def _escape(sign: str) -> str:
    return "".join(f"%{byte:02X}" for byte in sign.encode("utf-8", errors="surrogatepass"))


def _read(written: str) -> str:
    """Read what `_written` wrote; anything else stays as it is."""
    if "%" not in written:
        return written
    data = bytearray()
    position = 0
    while position < len(written):
        code = written[position + 1 : position + 3]
        if written[position] == "%" and len(code) == 2 and all(sign in "0123456789ABCDEFabcdef" for sign in code):
            data.append(int(code, 16))
            position += 3
        else:
            data.extend(written[position].encode("utf-8", errors="surrogatepass"))
            position += 1
    return data.decode("utf-8", errors="replace")


# --- Adding ----------------------------------------------------------------------------------------------------------


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


# --- Judging ---------------------------------------------------------------------------------------------------------


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


def live_key(registry: Registry, key: str, pages: Iterable[str]) -> str | None:
    """Return under which name a page is published now, given any name it ever had; None where it is not."""
    there = set(pages)
    if key in there:
        return key
    id_ = registry.ids.get(key)
    return next((other for other in registry.keys_of(id_) if other in there), None) if id_ else None

"""The registry of addresses as a file, which people can read and two people's additions are merged in by keeping both.

`data/addresses.txt` has a line for each address and section id, sorted:

    needs/safety.md k7f2 nl nl/basisbehoeften/veiligheid/
    needs/safety.md k7f2 nl nl/basisbehoeften/veiligheid/veiligheid.pdf
    needs/safety.md k7f2 #recognise
    needs/safety.md k7f2 #signs -> #recognise it was taken up there
    needs/shelter.md p3xq gone -> needs/safety.md it was merged into it
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from handbook.editorial.errors import DataError
from handbook.ledger.record import tidy_reason
from handbook.ledger.store import replace_file
from handbook.publishing.address_registry import Address, File, Gone, Registry, SectionId
from handbook.publishing.handed_out import form_of, section_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FILE: Final = "addresses.txt"
HEADER: Final = (
    "# Every address this site ever had: page, short id, language, address; and every section id of a page.\n"
    "# Nothing here is ever changed or taken out. `handbook addresses --write` adds what is new.\n"
)
KEPT: Final = "# Kept for ever though no longer in use: {} lines.\n"
"""Says how many entries lead elsewhere now: nothing else on the site would miss one of those lines."""
GONE: Final = "gone"
STRANGE: Final = frozenset("*?#\\\"'`<>{}|^$;:")
"""Signs that no address here ever had, and that mean something else where servers are told of old addresses."""


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
    """Tell whether an address is one below the folder of its language, no way out of it, and nothing but an address."""
    parts = address.split("/")
    plain = address.isprintable() and STRANGE.isdisjoint(address)
    return plain and parts[0] == language and parts[-1] == "" and not {".", ".."}.intersection(parts)


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

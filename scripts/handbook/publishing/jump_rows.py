"""A row of links into a list that is too long to scroll through, and links back to the row at the end of each part.

The entries are headings. Words stand together by their first letter, codes such as `DAT201` by their letters. A part
without entries has no link, and each link leads to a heading that is there.
"""

from __future__ import annotations

import re
import unicodedata
import xml.etree.ElementTree as ET
from typing import Final

ENTRY: Final = "h3"
MANY: Final = 30
"""Entries; fewer are soon looked through."""
_CODE: Final = re.compile(r"[A-Z]+(?=\d)")


def part_of(entry: str) -> str:
    """Return the part of the list where an entry stands: its first letter without accents, or its code's letters."""
    code = _CODE.match(entry)
    return code[0] if code else unicodedata.normalize("NFKD", entry.strip())[:1].upper()


def add_jump_row(box: ET.Element, name: str, label: str, back: str) -> None:
    """Put a row of jumps at the start of `box`, and a way back to it at the end of each part, if entries are many.

    `name` tells this row from others on the page, `label` says what it is, `back` are the words of the ways back.
    """
    entries = [(place, child) for place, child in enumerate(box) if child.tag == ENTRY and child.get("id")]
    if len(entries) < MANY:
        return
    first: dict[str, tuple[int, str]] = {}
    for place, entry in entries:
        first.setdefault(part_of("".join(entry.itertext())), (place, entry.get("id", "")))
    row = ET.Element("nav", {"class": "jump", "id": f"jump-{name}", "aria-label": label})
    links = ET.SubElement(row, "ul")
    for part, (_, target) in first.items():
        _link(ET.SubElement(links, "li"), part, target)
    box.append(_way_back(row, back))
    for place, _ in sorted(first.values(), reverse=True)[:-1]:
        box.insert(place, _way_back(row, back))
    box.insert(0, row)


def _way_back(row: ET.Element, words: str) -> ET.Element:
    paragraph = ET.Element("p", {"class": "jump"})
    _link(paragraph, words, row.get("id", ""))
    return paragraph


def _link(holder: ET.Element, words: str, target: str) -> None:
    ET.SubElement(holder, "a", {"href": f"#{target}"}).text = words

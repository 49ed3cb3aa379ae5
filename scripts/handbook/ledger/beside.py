"""Two languages of a section side by side, for a terminal of eighty columns, with what changed marked by signs.

A line that came is marked `+`, one that went `-`; no colour says anything. Paragraphs stand beside each other where
both sides have as many.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from handbook.ledger.words import COUNTED_KEYS, TOP, owned_sections

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handbook.model.page import Page

WIDTH: Final = 80
GAP: Final = " | "
SAME, CAME, WENT = " ", "+", "-"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a section, and whether it came, went or stayed."""

    sign: str
    text: str


def section_lines(page: Page) -> dict[str, list[str]]:
    """Return the source of every section of a page by its id, line by line, as far as its words count."""
    lines = page.text.split("\n")
    said: dict[str, list[str]] = {TOP: []}
    for key in COUNTED_KEYS:
        if isinstance(value := page.front_matter.get(key), str):
            said[TOP].append(f"{key}: {value}")
    for id_, section in owned_sections(page):
        part = said.setdefault(id_, [])
        if part:
            part.append("")
        part.extend(lines[max(section.line, page.front_matter.end + 1) - 1 : section.end])
    return {id_: _trimmed(part) for id_, part in said.items()}


def _trimmed(lines: Sequence[str]) -> list[str]:
    """Drop empty lines at both ends, and all but one of several together; make what no eye sees a space."""
    kept: list[str] = []
    for line in lines:
        clean = "".join(sign if sign.isprintable() else " " for sign in line).rstrip()
        if clean or (kept and kept[-1]):
            kept.append(clean)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def compare(old: Sequence[str] | None, new: Sequence[str]) -> list[Line]:
    """Mark what changed from old to new; without an old version nothing is marked."""
    if old is None:
        return [Line(SAME, text) for text in new]
    lines: list[Line] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            lines.extend(Line(SAME, text) for text in new[c:d])
        else:
            lines.extend(Line(WENT, text) for text in old[a:b] if text)
            lines.extend(Line(CAME if text else SAME, text) for text in new[c:d])
    return lines


def side_by_side(
    left: Sequence[Line], right: Sequence[Line], titles: tuple[str, str], width: int = WIDTH
) -> Iterator[str]:
    """Yield the lines to print, none longer than `width`."""
    column = (width - len(GAP)) // 2
    rule = ["-" * column]
    rows = [(_cell(Line(SAME, titles[0]), column), _cell(Line(SAME, titles[1]), column)), (rule, rule)]
    ours, theirs = _paragraphs(left), _paragraphs(right)
    if len(ours) != len(theirs):
        ours, theirs = [_joined(ours)], [_joined(theirs)]
    for one, other in zip(ours, theirs, strict=True):
        rows.append((_cells(one, column), _cells(other, column)))
        rows.append(([""], [""]))
    for first, second in rows[:-1]:
        for one_row, other_row in zip_longest(first, second, fillvalue=""):
            yield f"{one_row:<{column}}{GAP}{other_row}".rstrip()


def _paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    paragraphs: list[list[Line]] = [[]]
    for line in lines:
        if line.text:
            paragraphs[-1].append(line)
        elif paragraphs[-1]:
            paragraphs.append([])
    return [paragraph for paragraph in paragraphs if paragraph] or [[]]


def _joined(paragraphs: Sequence[Sequence[Line]]) -> list[Line]:
    """Put paragraphs together again, with an empty line between them."""
    joined: list[Line] = []
    for paragraph in paragraphs:
        joined.extend([Line(SAME, ""), *paragraph] if joined else paragraph)
    return joined


def _cells(lines: Sequence[Line], column: int) -> list[str]:
    return [row for line in lines for row in _cell(line, column)]


def _cell(line: Line, column: int) -> list[str]:
    """Wrap a line for its column: its sign first, what does not fit indented below."""
    if not line.text:
        return [""]
    return textwrap.wrap(
        line.text.strip(),
        column,
        initial_indent=f"{line.sign} ",
        subsequent_indent="    ",
        break_on_hyphens=False,
    ) or [""]

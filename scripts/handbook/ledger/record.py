"""One page's file in the ledger: a line a section, sorted, so that two people's changes rarely touch the same line.

A line reads `in-short en:9f86d081884c7d65 nl:2c26b46b68ffc68f # Dutch stays: only a typo was mended in English`: the
section's id, a digest of its words in each language, and the reason somebody gave.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

HEADER: Final = "# What a person last declared equivalent, section by section. `handbook sync` writes this file.\n"
_LINE: Final = re.compile(r"(?P<id>\S+)(?P<digests>(?: [A-Za-z_-]+:[0-9a-f]{16})+)(?: # (?P<reason>.*\S))?")
_MERGE_MARKERS: Final = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")


class LedgerError(Exception):
    """A ledger file cannot be read; `line` says where, `message` what is wrong, `hint` what to do."""

    def __init__(self, line: int, message: str, hint: str) -> None:
        super().__init__(line, message, hint)
        self.line = line
        self.message = message
        self.hint = hint


class UnmergedError(LedgerError):
    """A ledger file holds two versions of some lines, as git leaves them when both sides of a merge changed them."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a section's words were, by language, when they were declared equivalent; and why one stayed as it was."""

    digests: Mapping[str, str]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """The ledger of one page: what was confirmed, by section id."""

    sections: Mapping[str, Confirmed] = field(default_factory=dict)


def parse_record(text: str) -> Record:
    """Read a ledger file; LedgerError with its line where it is not one."""
    sections: dict[str, Confirmed] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith(_MERGE_MARKERS):
            hint = "run `handbook sync` for this page: it keeps what both sides agree on and asks about the rest."
            raise UnmergedError(number, "two changes to this file were not merged", hint)
        if not line.strip() or line.startswith("# "):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            hint = "remove the line and run `handbook sync` for this page."
            raise LedgerError(number, f"this line is no ledger entry: {line[:80]!r}", hint)
        if match["id"] in sections:
            hint = "remove both lines and run `handbook sync` for this page."
            raise LedgerError(number, f'the section "{match["id"]}" stands here twice', hint)
        digests = dict(pair.split(":") for pair in match["digests"].split())
        sections[match["id"]] = Confirmed(digests, match["reason"] or "")
    return Record(sections)


def parse_unmerged(text: str) -> Record:
    """Read a ledger file with merge markers in it, keeping what both sides agree on.

    Where git left no common ancestor, a section of which the two sides say different things is left unconfirmed.
    """
    ours, base, theirs = (parse_record(side) for side in _sides(text))
    return merge_records(base, ours, theirs)


def _sides(text: str) -> tuple[str, str, str]:
    """Take apart what git put together: ours, the common ancestor, theirs."""
    sides: tuple[list[str], list[str], list[str]] = ([], [], [])
    now: tuple[list[str], ...] = sides
    for line in text.splitlines():
        match line[:7]:
            case "<<<<<<<":
                now = sides[:1]
            case "|||||||":
                now = sides[1:2]
            case "=======":
                now = sides[2:]
            case ">>>>>>>":
                now = sides
            case _:
                for side in now:
                    side.append(line)
    ours, base, theirs = ("\n".join(side) for side in sides)
    return ours, base, theirs


def format_record(record: Record) -> str:
    """Write a ledger file; the same record always gives the same bytes."""
    lines = []
    for id_, confirmed in sorted(record.sections.items()):
        digests = " ".join(f"{language}:{digest}" for language, digest in sorted(confirmed.digests.items()))
        reason = tidy_reason(confirmed.reason)
        lines.append(f"{id_} {digests}" + (f" # {reason}" if reason else "") + "\n")
    return HEADER + "".join(lines)


def tidy_reason(reason: str) -> str:
    """Return a reason as one line without signs that no eye sees."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in reason).split())


def merge_records(base: Record, ours: Record, theirs: Record) -> Record:
    """Merge two changes of one record. Where both confirmed the same section differently, it is left unconfirmed."""
    merged: dict[str, Confirmed] = {}
    for id_ in base.sections.keys() | ours.sections.keys() | theirs.sections.keys():
        before, one, other = base.sections.get(id_), ours.sections.get(id_), theirs.sections.get(id_)
        chosen = other if one == before else one
        agreed = one == other or before in (one, other)
        if agreed and chosen is not None:
            merged[id_] = chosen
    return Record(merged)

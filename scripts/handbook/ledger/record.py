"""One page's file in the ledger: a line a section, sorted, so that two people's changes rarely touch the same line.

    in-short en:9f86d081884c7d65 nl:2c26b46b68ffc68f
    recognise en:fcde2b2edba56bf4 nl:19581e27de7ced00 # nl stays: only a typo was mended in English
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
            hint = "keep both sides' lines, one a section, then run `handbook sync` for the sections it names."
            raise LedgerError(number, "two changes to this file were not merged", hint)
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            raise LedgerError(number, f"this line is no ledger entry: {line[:80]!r}", "run `handbook sync` for this page.")
        if match["id"] in sections:
            hint = "remove both lines and run `handbook sync` for this page."
            raise LedgerError(number, f'the section "{match["id"]}" stands here twice', hint)
        digests = dict(pair.split(":") for pair in match["digests"].split())
        sections[match["id"]] = Confirmed(digests, match["reason"] or "")
    return Record(sections)


def format_record(record: Record) -> str:
    """Write a ledger file; the same record always gives the same bytes."""
    lines = []
    for id_, confirmed in sorted(record.sections.items()):
        digests = " ".join(f"{language}:{digest}" for language, digest in sorted(confirmed.digests.items()))
        reason = " ".join(confirmed.reason.split())
        lines.append(f"{id_} {digests}" + (f" # {reason}" if reason else "") + "\n")
    return HEADER + "".join(lines)


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

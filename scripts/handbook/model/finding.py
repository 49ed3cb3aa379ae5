"""A finding: one thing that is wrong, where it is, and what to do about it.

The message says what is wrong in words for somebody who has never used a terminal; the hint says what to do. Code and
name come from the rule. A finding that compares two languages also names the place on the other side.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters: errors stop a publication, warnings are to be looked at, notes inform."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line of a file; line 0 means the file as a whole."""

    path: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class Mend:
    """A certain repair: replace `old` by `new` in a line, or everywhere in the file where the line is 0."""

    line: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says about one place."""

    path: str
    line: int
    code: str
    name: str
    severity: Severity
    message: str
    hint: str = ""
    other: Place | None = None
    mend: Mend | None = field(default=None, compare=False)
    needle: str = field(default="", compare=False)
    """Text by which the line can still be found, in a file (such as built HTML) whose parser gives no lines."""

    @property
    def place(self) -> Place:
        """Where it is."""
        return Place(self.path, self.line)

    def sort_key(self) -> tuple[str, int, str, str]:
        """Order findings by file, line and code."""
        return (self.path, self.line, self.code, self.message)

"""The one exception that reading the editorial data can raise.

Data files are edited by people who do not read tracebacks. Whatever is wrong with one, the message says in a sentence
what it is, where it stands, and how to put it right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class DataError(Exception):
    """A data file does not say what it must: where, what is wrong, and what would be right."""

    def __init__(self, path: Path, line: int, message: str, hint: str = "") -> None:
        self.path = path
        self.line = line
        self.message = message
        self.hint = hint
        super().__init__(path, line, message, hint)

    def __str__(self) -> str:
        """Read as one line: `data/helplines.yml:12: the phone number is missing. Fix: add "number".`."""
        fix = f" Fix: {_sentence(self.hint)}" if self.hint else ""
        return f"{self.path}:{self.line}: {_sentence(self.message)}{fix}"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."

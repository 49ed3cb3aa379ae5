"""How many syllables a word has: the places where it may be hyphenated, by the patterns of its language.

Reading the patterns takes longer than counting all words of the handbook, so what was counted is kept in the user's
cache folder for as long as neither the patterns nor the program that reads them change. Whatever is wrong with the
file, the answer is to count again.
"""

from __future__ import annotations

import atexit
import json
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

from handbook.ledger.store import replace_file
from handbook.reading.cache import cache_folder
from handbook.reading.installed import version_of

if TYPE_CHECKING:
    from pathlib import Path

MOST: Final = 100_000
"""Beyond so many words nothing more is remembered."""


class Syllables:
    """Counts the syllables of words in one language; `file` is where it remembers them."""

    def __init__(self, hyphenation: str, file: Path) -> None:
        self.hyphenation = hyphenation
        self.file = file
        self.known = self._remembered()
        self._kept = len(self.known)
        self._patterns: Any = None

    def of(self, word: str) -> int:
        """Count the syllables of a lower-case word; a number counts as one."""
        count = self.known.get(word)
        if count is None:
            count = self._count(word)
            if len(self.known) < MOST:
                self.known[word] = count
        return count

    def keep(self) -> None:
        """Write down what was counted."""
        if len(self.known) == self._kept:
            return
        try:
            replace_file(self.file, json.dumps({"key": self._key(self.known), "counts": self.known}))
        except OSError:
            return
        self._kept = len(self.known)

    def _count(self, word: str) -> int:
        if self._patterns is None:
            from pyphen import Pyphen  # type: ignore[import-untyped]  # noqa: PLC0415 - only for words not seen yet

            self._patterns = Pyphen(lang=self.hyphenation, left=1, right=1)
        return len(self._patterns.positions(word)) + 1

    def _remembered(self) -> dict[str, int]:
        try:
            said = json.loads(self.file.read_text(encoding="utf-8"))
            counts: dict[str, int] = said["counts"]
            if said["key"] == self._key(counts) and all(type(count) is int and count > 0 for count in counts.values()):
                return counts
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            pass
        return {}

    def _key(self, counts: dict[str, int]) -> str:
        """Return what the counts come from, and a digest of them, so that a damaged file is not believed."""
        said = json.dumps(counts, sort_keys=True).encode()
        return f"{version_of('pyphen')} {self.hyphenation} {blake2b(said, digest_size=16).hexdigest()}"


@cache
def syllables_in(hyphenation: str) -> Syllables:
    """Give the counter of a language; it remembers what it counted when the program ends."""
    counter = Syllables(hyphenation, cache_folder() / f"syllables-{hyphenation}.json")
    atexit.register(counter.keep)
    return counter

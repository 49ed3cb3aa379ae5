"""A Hunspell dictionary in little room: spylls says what its rules mean, its words are kept as they stand in the file.

spylls makes an object of each of the 230,000 words, which takes 220 MiB and three seconds; a check asks about a few
hundred. So only stems and flags are read, and a word is made of them whenever spylls asks for that stem.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from spylls.hunspell.algo.capitalization import Type  # type: ignore[import-untyped]
from spylls.hunspell.algo.lookup import Lookup  # type: ignore[import-untyped]
from spylls.hunspell.data.dic import Word  # type: ignore[import-untyped]
from spylls.hunspell.readers import read_aff  # type: ignore[import-untyped]
from spylls.hunspell.readers.file_reader import FileReader  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

_COUNT: Final = re.compile(r"\d+(?:\s|$)")
_REMARKS: Final = re.compile(r"[ \t]\w{2}:|\t")
_SLASH: Final = re.compile(r"(?<!\\)/")


class WordList:
    """The stems of a dictionary, as spylls asks for them. `flags_of` takes apart what stands behind a slash."""

    def __init__(
        self, entries: Iterable[tuple[str, str]], flags_of: Callable[[str], Iterable[str]], casing: Any
    ) -> None:
        self._casing = casing
        self._flags: dict[str, frozenset[str]] = {}
        self._entries: dict[str, tuple[frozenset[str], ...]] = {}
        alone: dict[str, tuple[frozenset[str], ...]] = {}
        for stem, written in entries:
            if written not in self._flags:
                self._flags[written] = frozenset(flags_of(written))
                alone[written] = (self._flags[written],)
            before = self._entries.get(stem)
            self._entries[stem] = (*before, self._flags[written]) if before else alone[written]

    def homonyms(self, stem: str, *, ignorecase: bool = False) -> list[Any]:
        """Give the words with a stem; with `ignorecase`, those with capitals that are this stem without them."""
        stems = self._without_capitals.get(stem, ()) if ignorecase else (stem,)
        return [
            Word(one, flags, {}, [], self._casing.guess(one)) for one in stems for flags in self._entries.get(one, ())
        ]

    def has_flag(self, stem: str, flag: str, *, for_all: bool = False) -> bool:
        """Tell whether any (or every) word with a stem has a flag."""
        found = [flag in flags for flags in self._entries.get(stem, ())]
        return bool(found) and (all(found) if for_all else any(found))

    @cached_property
    def _without_capitals(self) -> dict[str, tuple[str, ...]]:
        """The stems with capitals by what they are without. (spylls' own takes single letters for words, too.)."""
        found: dict[str, tuple[str, ...]] = {}
        for stem in self._entries:
            if self._casing.guess(stem) != Type.NO:
                for lower in self._casing.lower(stem):
                    found[lower] = (*found.get(lower, ()), stem)
        return found


def read_dictionary(path: Path) -> Callable[[str], bool]:
    """Read `path`.aff and `path`.dic; what is returned tells whether a word is one."""
    rules = FileReader(f"{path}.aff")
    aff, context = read_aff(rules)
    rules.io.close()
    entries = _entries(path.with_name(f"{path.name}.dic"), context.encoding)
    if context.ignore:
        entries = ((stem.translate(context.ignore.tr), flags) for stem, flags in entries)
    lookup: Callable[[str], bool] = Lookup(aff, WordList(entries, context.parse_flags, aff.casing))
    return lookup


def _entries(file: Path, encoding: str) -> Iterator[tuple[str, str]]:
    """Yield stem and flags of each line; remarks behind them only serve suggestions."""
    with file.open(encoding=encoding, errors="surrogateescape") as lines:
        for number, whole in enumerate(lines, 1):
            line = whole.strip()
            if not line or (number == 1 and _COUNT.match(line)):
                continue
            remarks = _REMARKS.search(line)
            word = line[: remarks.start()] if remarks else line
            parts = [word] if word.startswith("/") else _SLASH.split(word)
            stem, flags = parts if len(parts) == 2 else (word, "")
            yield stem.replace("\\/", "/"), flags

"""Which words are words: a Hunspell dictionary for each language, and the handbook's own words in `data/spelling/`.

Loading a dictionary takes a third of a second and asking it about a Dutch compound takes a millisecond, so what it said
is kept in `.cache/spelling/` for as long as the dictionary does not change; own words are looked up first, so they may.
A second run never opens the dictionary. The cache can be removed at any time; where it cannot be written, only time is
lost.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import re
import shutil
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from handbook.ledger.store import replace_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

DICTIONARIES: Final = Path(__file__).parent / "dictionaries"
OWN_WORDS: Final = Path("data/spelling")
CACHE: Final = Path(".cache/spelling")
_VERSION: Final = "2"
"""Part of the cache's key: what words are and how they are asked about."""
_WORD: Final = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*(?:['\u2019](?!\w))?|[^\W\d_]*\d[^\W_]*")
_NOT_A_WORD: Final = re.compile(
    r"\S+@\S+|\bhttps?://\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:md|org|nl|be|com|uk|ie|net|eu|yml|json)\b"
)


def has_dictionary(language: str) -> bool:
    """Tell whether there is a dictionary for a language."""
    return _is_there(DICTIONARIES, language)


@lru_cache(maxsize=64)
def _is_there(folder: Path, language: str) -> bool:
    return all((folder / f"{language}.{ending}").is_file() for ending in ("aff", "dic"))


def words_of(text: str) -> Iterator[tuple[str, int]]:
    """Yield the words of a text and where each begins; addresses and what holds a digit are no words."""
    if "@" in text or "." in text or "://" in text:
        text = _NOT_A_WORD.sub(lambda match: " " * len(match[0]), text)
    for match in _WORD.finditer(text):
        word = match[0].replace("\u2019", "'")
        if not any(sign.isdigit() for sign in word):
            yield word, match.start()


@lru_cache(maxsize=8)
def _dictionary(language: str) -> Callable[[str], bool]:
    from handbook.editorial.hunspell import read_dictionary  # noqa: PLC0415 - only for words not seen yet

    return read_dictionary(DICTIONARIES / language)


class Speller:
    """Knows the words of one language in one project."""

    def __init__(self, root: Path, language: str) -> None:
        self.language = language
        self.file = root / CACHE / f"{language}.json"
        self.own = frozenset(_own_words(root / OWN_WORDS / f"{language}.txt"))
        self.key = self._key()
        self.right, self.wrong = self._cached()
        self.changed = False
        self.unremarkable: set[str] = set()
        """Pieces between two spaces whose words are all known, on whatever page they stand."""

    def knows(self, word: str) -> bool:
        """Tell whether a word is one: whole, without an ending in 's, or with every part of it between hyphens."""
        return self._knows(word) or (
            "-" in word and all(self._knows(part) or len(part) == 1 for part in word.split("-") if part)
        )

    def _knows(self, word: str) -> bool:
        if word in self.own or word.lower() in self.own:
            return True
        if word.endswith(("'s", "'")):
            stem = word.removesuffix("'s").removesuffix("'")
            if stem in self.own or stem.lower() in self.own:
                return True
        if word in self.right:
            return True
        if word in self.wrong:
            return False
        is_word = _dictionary(self.language)
        found = is_word(word)
        if not found and word.endswith(("'s", "'")):
            found = is_word(word.removesuffix("'s").removesuffix("'"))
        (self.right if found else self.wrong).add(word)
        self.changed = True
        return found

    def similar(self, word: str, around: Iterable[str]) -> str:
        """Offer a word that looks much like a wrong one: one of the project's own, or one of those around it.

        Not one of all that the dictionary was ever asked about, so that the same page gets the same answer everywhere.
        """
        pool = [
            known
            for known in sorted({*self.own, *around})
            if known[:1].lower() == word[:1].lower() and abs(len(known) - len(word)) <= 1 and self.knows(known)
        ]
        return next(iter(difflib.get_close_matches(word, pool, n=1, cutoff=0.75)), "")

    def keep(self) -> None:
        """Write down what the dictionary said."""
        if not self.changed:
            return
        self.changed = False
        said = {"key": self.key, "right": sorted(self.right), "wrong": sorted(self.wrong)}
        try:
            replace_file(self.file, json.dumps(said, ensure_ascii=False))
        except OSError:
            return

    def _key(self) -> str:
        files = [DICTIONARIES / f"{self.language}.{ending}" for ending in ("aff", "dic")]
        parts = [_VERSION, *(str(file.stat().st_size) for file in files)]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]

    def _cached(self) -> tuple[set[str], set[str]]:
        try:
            said = json.loads(self.file.read_text(encoding="utf-8"))
            if said["key"] == self.key:
                return set(said["right"]), set(said["wrong"])
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return set(), set()


def carry_over(root: Path, other: Path) -> None:
    """Let another project know what the dictionaries said in this one; not what a process is just writing there."""
    for said in (root / CACHE).glob("*.json"):
        (other / CACHE).mkdir(parents=True, exist_ok=True)
        shutil.copyfile(said, other / CACHE / said.name)


def _own_words(path: Path) -> Iterator[str]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return
    for line in text.splitlines():
        word = line.partition("#")[0].strip()
        if word:
            yield word


@lru_cache(maxsize=16)
def speller(root: str, language: str) -> Speller:
    """Give the speller of a project for a language."""
    return Speller(Path(root), language)

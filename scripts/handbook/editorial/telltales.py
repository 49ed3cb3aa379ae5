"""Pieces of text without which a regular expression cannot match: a quick way to see that it does not.

Looking for a few letters in a page is thirty times faster than searching it for a pattern, and most patterns of a
wordlist match on no page at all. Where nothing certain can be said of a pattern or of a text, the answer is "search".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_OTHER_CASES: Final = re.compile("[^\x00-\u012f\u0132-\u017e\u2000-\u206f\ufffc]")
"""Letters whose small and capital forms may be more than two, so that small letters alone do not tell."""


def telltales(source: str) -> frozenset[str]:
    """Return small-letter texts one of which is in whatever a pattern matches, case ignored; none: nothing is known."""
    try:
        from re import _parser  # type: ignore[attr-defined]  # noqa: PLC0415 - not promised to be there

        found = _of_sequence(_parser.parse(source, re.IGNORECASE))
    except (ImportError, AttributeError, TypeError, ValueError, LookupError):
        return frozenset()
    return frozenset() if found is None or any(map(_OTHER_CASES.search, found)) else found


def may_match(tales: frozenset[str], text: str, lower: str) -> bool:
    """Tell whether a pattern with these telltales can match in a text; `lower` is the text in small letters."""
    return not tales or any(tale in lower for tale in tales) or _OTHER_CASES.search(text) is not None


def _of_sequence(items: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    """Return the best of what each part of a sequence has to hold."""
    best: frozenset[str] | None = None
    run = ""
    for operation, value in [*items, (None, None)]:
        name = str(operation)
        if name == "LITERAL":
            run += chr(value).lower()
            continue
        best = _better(best, frozenset({run}) if run else None)
        run = ""
        if name == "SUBPATTERN":
            best = _better(best, _of_sequence(value[3]))
        elif name == "BRANCH":
            best = _better(best, _of_branches(value[1]))
        elif name in {"MAX_REPEAT", "MIN_REPEAT"} and value[0] > 0:
            best = _better(best, _of_sequence(value[2]))
    return best


def _of_branches(branches: Iterable[Iterable[tuple[Any, Any]]]) -> frozenset[str] | None:
    found = [_of_sequence(branch) for branch in branches]
    return None if None in found else frozenset().union(*(one for one in found if one))


def _better(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    """Choose the set whose shortest text is longer."""
    if one is None or other is None:
        return one if other is None else other
    return max(one, other, key=lambda tales: min(map(len, tales)))

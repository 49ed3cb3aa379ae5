"""Regular expressions that may search a text for as good as ever: nobody must be able to make a check hang.

Python tries every way in which a pattern can match. Where a part that may be repeated holds another such part, or a
choice, the ways double with every letter; where several parts in a row take any sign, they grow with a high power of
the length.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

FEW: Final = 3
"""A part that is repeated at most so often multiplies nothing."""
MOST_WIDE: Final = 2
"""So many parts in a row may take any sign, or any letter, as often as they like."""
_REPEATS: Final = frozenset({"MAX_REPEAT", "MIN_REPEAT"})
_WIDE: Final = ("ANY", "NOT_LITERAL", "NEGATE", "CATEGORY_NOT", "CATEGORY_WORD")


def why_runaway(source: str) -> str:
    """Say what in a pattern may let it search for ever; nothing where it ends soon, or is no pattern at all."""
    from re import _parser  # type: ignore[attr-defined]  # noqa: PLC0415 - not promised to be there, but tested

    try:
        items = list(_parser.parse(source, re.IGNORECASE))
    except re.error:
        return ""
    if _nested(items, repeated=False):
        return "a part that may be repeated holds a choice, or another such part"
    if _wide(items) > MOST_WIDE:
        return f"more than {MOST_WIDE} parts in a row take any sign as often as they like"
    return ""


def _nested(items: Iterable[tuple[Any, Any]], *, repeated: bool) -> bool:
    """Tell whether a choice or a repetition stands within a repetition; `repeated` says that these items are in one."""
    for operation, value in items:
        name = str(operation)
        if name in _REPEATS:
            least, most, inner = value
            if (repeated and least != most) or _nested(inner, repeated=repeated or most > FEW):
                return True
        elif (name == "BRANCH" and repeated) or any(_nested(part, repeated=repeated) for part in _parts(name, value)):
            return True
    return False


def _wide(items: Iterable[tuple[Any, Any]]) -> int:
    """Count the wide parts on the way through a pattern that has most of them."""
    count = 0
    for operation, value in items:
        name = str(operation)
        if name in _REPEATS:
            _, most, inner = value
            own = most > FEW and any(word in str(list(inner)) for word in _WIDE)
            count += own + min(int(most), FEW) * _wide(inner)
        else:
            count += max((_wide(part) for part in _parts(name, value)), default=0)
    return count


def _parts(name: str, value: Any) -> list[Any]:
    """Give the sequences of items within an item that is no repetition."""
    match name:
        case "SUBPATTERN":
            return [value[3]]
        case "BRANCH":
            return list(value[1])
        case "ASSERT" | "ASSERT_NOT":
            return [value[1]]
        case "ATOMIC_GROUP":
            return [value]
        case "GROUPREF_EXISTS":
            return [part for part in value[1:] if part is not None]
        case _:
            return []

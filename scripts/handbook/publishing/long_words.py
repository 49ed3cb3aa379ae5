"""Long words of a title may break between syllables, with soft hyphens that show only where a line ends.

Browsers break words by themselves only where they have the language's patterns, and many phones have none for Dutch.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

if TYPE_CHECKING:
    from pyphen import Pyphen  # type: ignore[import-untyped]  # has no types

SOFT_HYPHEN: Final = "\u00ad"
LONG: Final = 16
"""Letters that a title's line holds on a screen of 320 pixels."""
FEWEST: Final = 4
"""Letters that stay together at both ends of a word."""
_TAG_OR_WORD: Final = re.compile(rf"<[^>]*>|&\w+;|[^\W\d_]{{{LONG},}}")


def with_soft_hyphens(html: str, language: str) -> Markup:
    """Return a title's HTML, with soft hyphens in its long words where the language's patterns are known."""
    found = _TAG_OR_WORD.sub(lambda match: _divided(match[0], language), str(html))
    return Markup(found)  # noqa: S704  (as safe as it came in)


def _divided(word: str, language: str) -> str:
    patterns = None if word[0] in "<&" else _patterns(language)
    return word if patterns is None else str(patterns.inserted(word, SOFT_HYPHEN))


@lru_cache
def _patterns(language: str) -> Pyphen | None:
    import pyphen  # noqa: PLC0415 - few titles have such a word

    known = pyphen.language_fallback(language)
    return pyphen.Pyphen(lang=known, left=FEWEST, right=FEWEST) if known else None

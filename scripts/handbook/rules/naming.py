"""Names of languages as messages use them: `nl` is Dutch, `pt-BR` Brazilian Portuguese."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@lru_cache
def language_name(locale: str) -> str:
    """Give the English name of a language, or its code where it has none."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - loads data; only needed once there is something to say

    try:
        return Locale.parse(locale.replace("-", "_")).get_display_name("en") or locale
    except (UnknownLocaleError, ValueError):
        return locale


def language_names(locales: Iterable[str]) -> str:
    """Name several languages: "English and Dutch"."""
    return " and ".join(language_name(locale) for locale in locales)


def listed(things: list[str], most: int = 5) -> str:
    """Join some things for a message, saying how many more there are."""
    shown = ", ".join(things[:most])
    return f"{shown} and {len(things) - most} more" if len(things) > most else shown

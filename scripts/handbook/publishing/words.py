"""The words of the interface, one file a language: `overrides/strings/<language>.yml`, the same keys in each."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import yaml

from handbook.editorial.errors import DataError
from handbook.reading.plain_yaml import Loader, refuse_elaborate

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def load_words(folder: Path, language: str, default_language: str) -> Mapping[str, str]:
    """Return the interface words of a language, with those of the default language where it has none of its own.

    Raises DataError where a file is not a flat mapping of words.
    """
    words = _read(folder / f"{default_language}.yml")
    if language != default_language:
        words |= _read(folder / f"{language}.yml")
    return MappingProxyType(words)


def _read(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        text = path.read_text(encoding="utf-8")
        refuse_elaborate(text)
        loaded = yaml.load(text, Loader=Loader)  # noqa: S506 (a safe one)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        raise DataError(
            path, mark.line + 1 if mark else 1, "this file is not valid YAML", "see the line named"
        ) from None
    if not isinstance(loaded, dict) or not all(isinstance(v, str) for v in loaded.values()):
        raise DataError(path, 1, "expected one `key: words` a line", "put words with a colon between quotes")
    return {str(key): value for key, value in loaded.items()}

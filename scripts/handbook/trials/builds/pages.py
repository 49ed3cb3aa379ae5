"""Handbooks of any size, made of the real one: its pages copied into further folders, with links that hold.

A made handbook is read as `Pages`: the text of each page by language and path, and the reading order. The first pages
are the real ones; after them come folders `part-1`, `part-2` … with copies. A link in a copy leads to the page copied
beside it, and to the real page where the copies end before it. The table of all pages stands on one page, as in any
handbook, and not in its copies: it would make a handbook grow with the square of its pages.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_LINK: Final = re.compile(r"(?<=\]\()([^()\s:#]+\.md)(?=[#)])")
_NAV: Final = re.compile(r"^nav:.*\n(?:[ #].*\n|\n)*", re.MULTILINE)
_TABLE_OF_ALL: Final = re.compile(r"^\{\{ translation-status \}\}$\n?", re.MULTILINE)
_TITLE: Final = re.compile(r"^(title|slug): [\"']?(.*?)[\"']?\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Pages:
    """A handbook to build: `texts[language][path]`, and the menu as it stands in `mkdocs.yml`."""

    texts: Mapping[str, Mapping[str, str]]
    nav: Sequence[Any]

    @property
    def count(self) -> int:
        """The number of pages in all languages together."""
        return sum(len(texts) for texts in self.texts.values())


def menu_of(configuration: str) -> list[Any]:
    """Return the menu in the text of `mkdocs.yml`; an empty one where there is none."""
    found = _NAV.search(configuration)
    return (yaml.safe_load(found[0])["nav"] or []) if found else []


def with_menu(configuration: str, nav: Sequence[Any]) -> str:
    """Return the text of `mkdocs.yml` with another menu."""
    menu = yaml.safe_dump({"nav": list(nav)}, sort_keys=False, allow_unicode=True)
    return _NAV.sub(lambda _: menu + "\n", configuration, count=1)


def real_pages(docs: Path, languages: Sequence[str], nav: Sequence[Any]) -> Pages:
    """Read the handbook as it is; files that begin with `_` belong to no page and are left out."""
    return Pages({language: dict(_read(docs / language)) for language in languages}, nav)


def _read(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*.md")):
        relative = path.relative_to(folder)
        if not any(part.startswith(("_", ".")) for part in relative.parts):
            yield relative.as_posix(), path.read_text(encoding="utf-8-sig")


def grown(real: Pages, size: int) -> Pages:
    """Return a handbook of `size` pages a language; ValueError where the real one has more."""
    keys = list(keys_of(real.nav))
    if size < len(keys):
        message = f"the handbook itself has {len(keys)} pages a language, which is more than {size}"
        raise ValueError(message)
    texts = {language: {key: pages[key] for key in keys} for language, pages in real.texts.items()}
    nav = list(real.nav)
    for number, start in enumerate(range(len(keys), size, len(keys)), 1):
        part = f"part-{number}"
        chosen = keys[: size - start]
        for language, pages in real.texts.items():
            for key in chosen:
                texts[language][f"{part}/{key}"] = _copy(pages[key], key, part, frozenset(chosen))
        nav.append({part: [f"{part}/{key}" for key in chosen]})
    return Pages(texts, nav)


def _copy(text: str, key: str, part: str, chosen: frozenset[str]) -> str:
    """Return the text of a page as it stands in a part: its own title, and links that hold there."""
    here = posixpath.dirname(key)

    def lead(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(here, match[1]))
        return match[1] if target in chosen else posixpath.relpath(target, posixpath.join(part, here))

    titled = _TITLE.sub(lambda line: f'title: "{part} {line[2]}"\n' if line[1] == "title" else "", text, count=2)
    return _TABLE_OF_ALL.sub("", _LINK.sub(lead, titled))


def keys_of(nav: object) -> Iterator[str]:
    """Yield the pages of a menu, in reading order."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, dict):
        for value in nav.values():
            yield from keys_of(value)
    elif isinstance(nav, list):
        for item in nav:
            yield from keys_of(item)

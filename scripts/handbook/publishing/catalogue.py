"""Every page of the site in every language, with its address, its place in the reading order and its front matter.

The catalogue is what the templates, the redirects and the search index know of the site. It is built from the sources
and from the navigation in `mkdocs.yml`, never from MkDocs's own objects.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import babel
from babel.core import UnknownLocaleError

from handbook.editorial.metadata import PageMetadata, parse_metadata, split_front_matter
from handbook.publishing.addresses import address_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the site: `locale` as in `mkdocs.yml`, its own name, its writing direction and the site's name."""

    locale: str
    name: str
    site_name: str
    direction: str

    @classmethod
    def of(cls, locale: str, name: str, site_name: str) -> Language:
        """Make a language, looking up its writing direction (`ltr` or `rtl`) in the CLDR data."""
        try:
            direction = babel.Locale.parse(locale, sep="-" if "-" in locale else "_").text_direction
        except (UnknownLocaleError, ValueError):
            direction = "ltr"
        return cls(locale, name, site_name, direction)


@dataclass(frozen=True, slots=True)
class PageSource:
    """What the catalogue takes from a page's source: see PageEntry."""

    metadata: PageMetadata
    words: int
    worksheets: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One page in one language. `key` is its path below `docs/<language>/`; `words` counts its source's words.

    `worksheets` holds the section id and the title of each worksheet on it.
    """

    language: str
    key: str
    address: str
    metadata: PageMetadata
    words: int
    worksheets: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Folder:
    """A named group of pages in the reading order; its first page is the folder's own."""

    keys: tuple[str, ...]


@dataclass(frozen=True)
class Catalogue:
    """All pages. `order` is the reading order (keys), `folders` the groups of it that menus show."""

    languages: tuple[Language, ...]
    entries: Mapping[tuple[str, str], PageEntry]
    order: tuple[str, ...]
    folders: tuple[Folder, ...]
    folder_of: Mapping[str, Folder] = field(init=False, repr=False)
    position: Mapping[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "folder_of", {key: folder for folder in self.folders for key in folder.keys})
        object.__setattr__(self, "position", {key: place for place, key in enumerate(self.order)})

    def get(self, language: str, key: str) -> PageEntry | None:
        """Return the page with this key in this language, or None where that language has none."""
        return self.entries.get((language, key))

    def language(self, locale: str) -> Language:
        """Return the language with this locale; KeyError for one the site does not have."""
        for language in self.languages:
            if language.locale == locale:
                return language
        raise KeyError(locale)

    def in_order(self, language: str) -> Iterator[PageEntry]:
        """Yield the pages of a language in reading order."""
        for key in self.order:
            entry = self.get(language, key)
            if entry is not None:
                yield entry


def read_catalogue(docs: Path, languages: Sequence[Language], nav: Sequence[Any] | None) -> Catalogue:
    """Read the front matter of all pages below `docs/<language>/`.

    Folders and files whose name starts with `_` or `.` hold no pages of their own. Unreadable files are left out: the
    checks name them.
    """
    entries: dict[tuple[str, str], PageEntry] = {}
    for language in languages:
        pages = dict(_read_language(docs / language.locale))
        slugs = {key: page.metadata.slug for key, page in pages.items() if page.metadata.slug}
        for key, page in pages.items():
            address = address_of(language.locale, key, slugs)
            entries[language.locale, key] = PageEntry(
                language.locale, key, address, page.metadata, page.words, page.worksheets
            )
    folders = tuple(_folders(nav)) if nav else ()
    listed = tuple(key for folder in folders for key in folder.keys)
    known = set(listed)
    unlisted = sorted({key for _, key in entries} - known)
    return Catalogue(tuple(languages), entries, listed + tuple(unlisted), folders)


def _read_language(root: Path) -> Iterator[tuple[str, PageSource]]:
    for path in sorted(root.rglob("*.md")):
        relative = path.relative_to(root)
        if any(part.startswith(("_", ".")) for part in relative.parts):
            continue
        if (read := read_page_source(path)) is not None:
            yield relative.as_posix(), read


def read_page_source(path: Path) -> PageSource | None:
    """Read what the catalogue needs of a page's source; None for an unreadable file."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None
    return page_source(text)


def page_source(text: str) -> PageSource:
    """Take from a page's source what the catalogue needs."""
    source, body = split_front_matter(text)
    return PageSource(parse_metadata(source), len(body.split()), tuple(_worksheets(body)))


def _worksheets(body: str) -> Iterator[tuple[str, str]]:
    """Yield the section id and the title of each worksheet: `## Worksheet: my goals {#worksheet-w03}`."""
    for line in body.splitlines():
        if line.startswith("## ") and line.endswith("}") and "{#worksheet-" in line:
            title, _, id_ = line[3:-1].rpartition("{#")
            yield id_, title.strip()


def _folders(nav: Sequence[Any]) -> Iterator[Folder]:
    """Yield the groups of the navigation in `mkdocs.yml`; a page at the top stands in a group of its own."""
    for item in nav:
        if isinstance(item, str):
            yield Folder((item,))
        elif isinstance(item, dict):
            for value in item.values():
                keys = tuple(_keys(value))
                if keys:
                    yield Folder(keys)


def _keys(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _keys(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _keys(item)

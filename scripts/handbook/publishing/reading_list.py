"""What can stand on a reading list: every page and worksheet, in reading order, under the names that lists use.

A list lives in the fragment of an address (`#1-k7b4.m2xq-w05`): a version, then short ids; an id with `-w05` behind it
is that worksheet on the page. The script of the page looks names up among these and shows nothing else, so an address
can only choose from what is here. An id of a page that is gone stands at the page that took its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from handbook.publishing.addresses import permanent_address, relative_address
from handbook.publishing.page_view import READING_LIST, reading_minutes, title_of
from handbook.publishing.permanent_links import targets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.publishing.catalogue import Folder, PageEntry
    from handbook.publishing.site import Site

HOME: Final = "index.md"
WORKSHEET: Final = "worksheet-"
SHOWN: Final = frozenset({"client", "everyone", "therapist"})
"""Pages for contributors are nothing to give to anybody."""


@dataclass(frozen=True, slots=True)
class Item:
    """A page or a worksheet. `names` are what lists may call it, its own first; `minutes` is 0 for a worksheet.

    `url` is its address in this language as seen from the list, `permanent_url` the absolute one without a language.
    """

    names: tuple[str, ...]
    title: str
    url: str
    permanent_url: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """The items of a folder; the title is empty for pages that stand in no folder."""

    title: str
    items: tuple[Item, ...]


def shelves(site: Site, language: str) -> tuple[Shelf, ...]:
    """Return everything that can be put on a list in this language; nothing where pages have no short ids."""
    list_page = site.catalogue.get(language, READING_LIST)
    if site.registry is None or list_page is None:
        return ()
    names: dict[str, list[str]] = {}
    for id_, pages in targets(site.registry, site.catalogue):
        key = next(iter(pages.values())).key
        own = site.registry.ids.get(key) == id_
        names.setdefault(key, []).insert(0 if own else len(names.get(key, [])), id_)
    single: list[Item] = []
    found = []
    for folder in site.catalogue.folders:
        items = tuple(_items(site, folder, list_page, names))
        if len(folder.keys) == 1:
            single.extend(items)
        elif items:
            found.append(Shelf(_title(site, folder, language), items))
    return (Shelf("", tuple(single)), *found) if single else tuple(found)


def _items(site: Site, folder: Folder, list_page: PageEntry, names: dict[str, list[str]]) -> Iterator[Item]:
    for key in folder.keys:
        entry = site.catalogue.get(list_page.language, key)
        if entry is None or key in (HOME, READING_LIST) or key not in names or entry.metadata.audience not in SHOWN:
            continue
        url = relative_address(entry.address, list_page.address)
        permanent = site.site_url + permanent_address(names[key][0])
        yield Item(tuple(names[key]), title_of(entry), url, permanent, reading_minutes(entry))
        for section, title in entry.worksheets:
            sheets = tuple(f"{name}-{section.removeprefix(WORKSHEET)}" for name in names[key])
            yield Item(sheets, title, f"{url}#{section}", f"{permanent}#{section}", 0)


def _title(site: Site, folder: Folder, language: str) -> str:
    first = next(entry for key in folder.keys if (entry := site.catalogue.get(language, key)))
    return first.metadata.section or title_of(first)

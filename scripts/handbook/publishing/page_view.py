"""What a template may know of a page: plain values, ready to print, with every address relative to the page itself."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

import babel.dates
import babel.numbers
from babel.core import UnknownLocaleError

from handbook.publishing.addresses import permanent_address, relative_address
from handbook.publishing.qr import QrCode, qr_code

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from handbook.editorial.metadata import ClinicalReview
    from handbook.publishing.catalogue import Catalogue, Folder, PageEntry
    from handbook.publishing.emergency import EmergencyNumber

READING_LIST: Final = "reading-list.md"
# Deliberately slow: readers here are tired or upset, and a promise of two minutes that takes four is no comfort.
WORDS_PER_MINUTE: Final = 180


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page to go to."""

    title: str
    url: str
    description: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Handout:
    """A page as a file to print or to send: where it is, and its size as that language writes it ("84 kB")."""

    url: str
    size: str


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The same page in one of the site's languages; the home page of that language where it has no such page."""

    language: str
    name: str
    direction: str
    url: str
    absolute_url: str
    current: bool
    same_page: bool


@dataclass(frozen=True, slots=True)
class SitemapPage:
    """One page as the sitemap names it."""

    canonical_url: str
    checked: dt.date | None
    languages: tuple[LanguageLink, ...]


@dataclass(frozen=True, slots=True)
class MenuSection:
    """A folder of the site as menus show it. `pages` is filled for the folder of the current page alone."""

    title: str
    url: str
    key: str
    current: bool
    pages: tuple[PageLink, ...]


@dataclass(frozen=True, slots=True)
class PageView:
    """One page, as its templates see it. `kind` is `home`, `help`, `section` or `page`.

    `id` is the page's short id, empty as long as it has none; `permanent_url` is the absolute address that names no
    language, `permanent` the same as seen from the page; a page without an id has its own address there. `reading_list`
    is the page where lists are made. `emergency` holds the numbers for danger to life.
    `handout` is the page as a file, where there is one.
    """

    language: str
    direction: str
    words: Mapping[str, str]
    site_name: str
    key: str
    kind: str
    title: str
    description: str
    canonical_url: str
    id: str
    permanent_url: str
    permanent: str
    languages: tuple[LanguageLink, ...]
    home: PageLink
    help: PageLink
    menu: tuple[MenuSection, ...]
    section: MenuSection | None
    previous: PageLink | None
    next: PageLink | None
    next_step: PageLink | None
    related: tuple[PageLink, ...]
    beside: tuple[PageLink, ...]
    root: str
    audience: str
    sensitive: str
    certainty: str | None
    checked: dt.date | None
    checked_text: str
    clinical_review: ClinicalReview | None
    reading_minutes: int
    reading_list: PageLink | None = None
    emergency: tuple[EmergencyNumber, ...] = ()
    handout: Handout | None = None
    sheets: Mapping[str, Handout] = field(default_factory=dict)

    @property
    def qr(self) -> QrCode:
        """The QR code of the permanent address."""
        return qr_code(self.permanent_url)


def build_page_view(  # noqa: PLR0913
    catalogue: Catalogue,
    entry: PageEntry,
    words: Mapping[str, str],
    site_url: str,
    *,
    id_: str = "",
    all_pages: bool = False,
    emergency: tuple[EmergencyNumber, ...] = (),
) -> PageView:
    """Gather what the templates need for one page.

    `site_url` is the public address of the site's root, ending in a slash; `id_` is the page's short id. With
    `all_pages` every menu section carries its pages (the home page shows what the handbook covers); otherwise only the
    current one does, which keeps the work for a page independent of the size of the site.
    """
    language = catalogue.language(entry.language)
    linker = _Linker(catalogue, entry)
    current_folder = catalogue.folder_of.get(entry.key)
    menu = tuple(
        section
        for folder in catalogue.folders
        if (section := linker.section(folder, with_pages=all_pages or folder is current_folder, current=current_folder))
    )
    place = catalogue.position[entry.key]
    permanent = permanent_address(id_) if id_ else entry.address
    return PageView(
        language=entry.language,
        direction=language.direction,
        words=words,
        site_name=language.site_name,
        key=entry.key,
        kind=_kind(entry),
        title=title_of(entry),
        description=entry.metadata.description,
        canonical_url=urljoin(site_url, entry.address),
        id=id_,
        permanent_url=urljoin(site_url, permanent),
        permanent=relative_address(permanent, entry.address),
        languages=tuple(linker.languages(site_url)),
        home=linker.to("index.md") or PageLink(language.site_name, "./"),
        help=linker.to("help-now.md") or PageLink("", "./"),
        menu=menu,
        section=next((section for section in menu if section.current), None),
        previous=linker.neighbour(place, -1),
        next=linker.neighbour(place, +1),
        next_step=linker.to(entry.metadata.next) if entry.metadata.next else None,
        related=tuple(link for key in entry.metadata.related if (link := linker.to(key))),
        beside=tuple(link for key in entry.metadata.beside if (link := linker.to(key))),
        root=relative_address("", entry.address),
        audience=entry.metadata.audience,
        sensitive=entry.metadata.sensitive,
        certainty=entry.metadata.certainty,
        checked=entry.metadata.checked,
        checked_text=date_in_words(entry.metadata.checked, entry.language) if entry.metadata.checked else "",
        clinical_review=entry.metadata.clinical_review,
        reading_minutes=reading_minutes(entry),
        reading_list=linker.to(READING_LIST),
        emergency=emergency,
    )


def sitemap_page(catalogue: Catalogue, entry: PageEntry, site_url: str) -> SitemapPage:
    """Gather what the sitemap says of one page; `site_url` is the public address of the root, ending in a slash."""
    languages = tuple(_Linker(catalogue, entry).languages(site_url))
    return SitemapPage(urljoin(site_url, entry.address), entry.metadata.checked, languages)


def reading_minutes(entry: PageEntry) -> int:
    """Return how many minutes a page takes to read, at least one."""
    return max(1, math.ceil(entry.words / WORDS_PER_MINUTE))


def title_of(entry: PageEntry) -> str:
    """Return the page's title, or its file name where it has none."""
    return entry.metadata.title or entry.key.removesuffix(".md").removesuffix("/index").rsplit("/", 1)[-1]


def date_in_words(date: dt.date, language: str) -> str:
    """Return a date as that language writes it: "22 November 2026", "22 november 2026"."""
    try:
        return babel.dates.format_date(date, "d MMMM y", locale=_locale(language))
    except (UnknownLocaleError, ValueError):
        return date.isoformat()


def number_in_words(number: float, language: str) -> str:
    """Return a number as that language writes it: "1.5", "1,5"."""
    try:
        return babel.numbers.format_decimal(number, locale=_locale(language))
    except (UnknownLocaleError, ValueError):
        return str(number)


def _locale(language: str) -> str:
    return "en_GB" if language == "en" else language.replace("-", "_")


def _kind(entry: PageEntry) -> str:
    if entry.key == "index.md":
        return "home"
    if entry.key == "help-now.md":
        return "help"
    return "section" if entry.key.endswith("/index.md") else "page"


class _Linker:
    """Makes links from one page to others in its own language."""

    def __init__(self, catalogue: Catalogue, entry: PageEntry) -> None:
        self._catalogue = catalogue
        self._entry = entry

    def link(self, target: PageEntry) -> PageLink:
        url = relative_address(target.address, self._entry.address)
        return PageLink(title_of(target), url, target.metadata.description, target.key)

    def to(self, key: str) -> PageLink | None:
        target = self._catalogue.get(self._entry.language, key)
        return self.link(target) if target else None

    def neighbour(self, place: int, step: int) -> PageLink | None:
        """Return the nearest page of this language before or after a place in the reading order."""
        order = self._catalogue.order
        place += step
        while 0 <= place < len(order):
            if link := self.to(order[place]):
                return link
            place += step
        return None

    def section(self, folder: Folder, *, with_pages: bool, current: Folder | None) -> MenuSection | None:
        first = next((e for key in folder.keys if (e := self._catalogue.get(self._entry.language, key))), None)
        if first is None:
            return None
        link = self.link(first)
        pages = tuple(page for key in folder.keys if (page := self.to(key))) if with_pages else ()
        return MenuSection(first.metadata.section or link.title, link.url, first.key, folder is current, pages)

    def languages(self, site_url: str) -> list[LanguageLink]:
        links = []
        for language in self._catalogue.languages:
            same = self._catalogue.get(language.locale, self._entry.key)
            address = same.address if same else f"{language.locale}/"
            links.append(
                LanguageLink(
                    language=language.locale,
                    name=language.name,
                    direction=language.direction,
                    url=relative_address(address, self._entry.address),
                    absolute_url=urljoin(site_url, address),
                    current=language.locale == self._entry.language,
                    same_page=same is not None,
                )
            )
        return links

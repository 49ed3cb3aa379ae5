"""Which papers there are, and the HTML that each of them is printed from.

Every page for readers and therapists is a handout, every worksheet a sheet of its own, and each language has a book. A
paper is HTML and nothing else until it is printed, so the same sources give the same paper on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

import jinja2
from markupsafe import Markup

from handbook.handouts.content import Part, as_cards, for_paper, ids_of, parts_of
from handbook.publishing.handed_out import HOME, PAPER, book_path, is_handed_out, paper_path
from handbook.publishing.qr import qr_code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from handbook.publishing.catalogue import PageEntry
    from handbook.publishing.page_view import PageView
    from handbook.publishing.site import Site

FOLDER: Final = "handouts"
EMERGENCIES: Final = ("emergency", "crisis")
COUNTRIES: Final = 4
"""How many countries' numbers fit at the foot of a sheet."""


@dataclass(frozen=True, slots=True)
class Paper:
    """Something to print: where the PDF goes below the site's root, of which page (and worksheet), and its HTML."""

    path: str
    language: str
    key: str
    section: str
    title: str
    html: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A page as it stands in a book; `level` is 1 for the first page of a part and 2 for the others."""

    id: str
    title: str
    level: int
    view: PageView
    parts: tuple[Part, ...]
    date: str = ""


@dataclass(frozen=True, slots=True)
class Numbers:
    """A country's first numbers, for the foot of a sheet."""

    country: str
    numbers: tuple[str, ...]


class Papers:
    """Makes the papers of a site. `contents` holds the rendered text of each page, by language and key."""

    def __init__(self, site: Site, contents: Mapping[tuple[str, str], str]) -> None:
        self._site = site
        self._contents = contents
        self._folder = site.overrides / FOLDER
        self._env = jinja2.Environment(
            loader=jinja2.FileSystemLoader(self._folder),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._figure_style = (self._folder / "figures.css").read_text(encoding="utf-8")

    def handouts(self, language: str) -> Iterator[Paper]:
        """Yield a paper for each page of a language and for each worksheet on it, in reading order."""
        for entry in self.pages(language):
            view = self._site.view(language, entry.key)
            parts = tuple(parts_of(self._contents[language, entry.key]))
            yield self._paper(entry, view, parts, "")
            for part in parts:
                if part.is_worksheet:
                    yield self._paper(entry, view, (part,), part.id)

    def book(self, language: str) -> Paper:
        """Return the book of a language: all its pages, with a cover and contents."""
        view = self._site.view(language, HOME)
        html = self.render("book.html", language, chapters=self.chapters(language))
        return Paper(book_path(language, view.site_name, PAPER), language, HOME, "", view.site_name, html)

    def render(self, template: str, language: str, **values: object) -> str:
        """Render a template that is about the whole handbook in a language."""
        entry = self._site.catalogue.entries[language, HOME]
        view = self._site.view(language, HOME)
        address = urljoin(self._site.site_url, entry.address)
        return self._env.get_template(template).render(
            view=view,
            w=view.words,
            numbers=self.numbers(language),
            address=address,
            qr=qr_code(address),
            licence=_licence(view),
            **values,
        )

    def chapters(self, language: str, *, address: Callable[[str, str], str] | None = None) -> list[Chapter]:
        """Return the pages of a book, their links leading to each other. `address` makes a link of (chapter, id)."""
        entries = list(self.pages(language))
        ids = {entry.address: f"c{place}" for place, entry in enumerate(entries, start=1)}
        chapters = []
        for entry in entries:
            view = self._site.view(language, entry.key)
            id_ = ids[entry.address]
            resolve = self._in_book(entry, ids, address or _in_one_document)
            prefix, style = ("", "") if address else (f"{id_}-", self._figure_style)
            parts = tuple(
                replace(part, html=for_paper(part.html, resolve, style, prefix))
                for part in parts_of(self._contents[language, entry.key])
            )
            level = 1 if view.section is None or view.section.key == entry.key else 2
            chapters.append(Chapter(id_, view.title, level, view, parts, view.checked_text))
        return chapters

    def pages(self, language: str) -> Iterator[PageEntry]:
        """Yield the pages that are handed out, in reading order."""
        for entry in self._site.catalogue.in_order(language):
            known = (language, entry.key) in self._contents
            if known and is_handed_out(entry.key, entry.metadata.audience):
                yield entry

    def numbers(self, language: str) -> list[Numbers]:
        """Return the first numbers of the countries that readers of a language are likely to be in, likeliest first."""
        helplines, words = self._site.helplines, self._site.words[language]
        if helplines is None:
            return []
        first = words.get("countries_first", "").split()
        countries = sorted(helplines.countries, key=lambda one: first.index(one.id) if one.id in first else len(first))
        found = []
        for country in countries[:COUNTRIES]:
            of_country = helplines.of_country(country.id)
            chosen = (
                next((one for one in of_country if one.kind == kind and one.phones), None) for kind in EMERGENCIES
            )
            numbers = [one.phones[-1].number for one in chosen if one is not None]
            found.append(Numbers(country.name[language], tuple(number for number in numbers if number)))
        return found

    def _paper(self, entry: PageEntry, view: PageView, parts: tuple[Part, ...], section: str) -> Paper:
        title = parts[0].heading if section else view.title
        resolve = self._absolute(entry, {id_ for part in parts for id_ in ids_of(part.html)})
        address = self.short_address(entry) + (f"#{section}" if section else "")
        if section:
            parts = tuple(replace(part, html=as_cards(part.html, part.heading)) for part in parts)
        html = self._env.get_template("handout.html").render(
            view=view,
            w=view.words,
            title=title,
            section=section,
            parts=[replace(part, html=for_paper(part.html, resolve, self._figure_style)) for part in parts],
            address=address,
            shown_address=_shown(address),
            qr=qr_code(address),
            numbers=self.numbers(entry.language),
            licence=_licence(view),
        )
        return Paper(paper_path(entry.address, section), entry.language, entry.key, section, title, html)

    def short_address(self, entry: PageEntry) -> str:
        """Return the address of a page that is the same in every language, or its own where it has none."""
        ids = self._site.registry.ids if self._site.registry else {}
        return urljoin(self._site.site_url, f"go/{ids[entry.key]}/" if entry.key in ids else entry.address)

    def _absolute(self, entry: PageEntry, here: set[str]) -> Callable[[str], str | None]:
        """Return what makes links of a single sheet: to places on it, or to the site; glossary words stay words."""
        glossary = self._site.catalogue.get(entry.language, "about/glossary.md")
        base = urljoin(self._site.site_url, entry.address)

        def resolve(target: str) -> str | None:
            if target.startswith("#"):
                return target if target[1:] in here else urljoin(base, target)
            absolute = urljoin(base, target)
            if glossary and absolute.startswith(urljoin(self._site.site_url, glossary.address) + "#"):
                return None
            return absolute

        return resolve

    def _in_book(
        self, entry: PageEntry, ids: Mapping[str, str], link: Callable[[str, str], str]
    ) -> Callable[[str], str | None]:
        """Return what makes links within a book."""
        base = urljoin(self._site.site_url, entry.address)

        def resolve(target: str) -> str | None:
            absolute = urljoin(base, target)
            path, _, fragment = absolute.removeprefix(self._site.site_url).partition("#")
            if absolute.startswith(self._site.site_url) and path in ids:
                return link(ids[path], fragment)
            return absolute

        return resolve


def _in_one_document(chapter: str, fragment: str) -> str:
    return f"#{chapter}-{fragment}" if fragment else f"#{chapter}"


def _licence(view: PageView) -> Markup:
    return Markup(view.words["paper_licence"].replace("{site}", view.site_name))  # noqa: S704  (our own words)


def _shown(address: str) -> str:
    """Return an address as people type it: without its beginning and its last slash."""
    parts = urlsplit(address)
    return f"{parts.netloc}{parts.path.rstrip('/')}" + (f"/#{parts.fragment}" if parts.fragment else "")

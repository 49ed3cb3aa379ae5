"""The references: one CSL-JSON file for both languages, formatted by the Citation Style Language's own rules.

`data/references.json` holds one work an entry. An id with a letter behind it (E29a, E29b) is part of a two-part
reference, which pages cite as a whole (E29). Each work says in `custom` whether its record was seen: "verified" at a
source named there, "second-hand", or "unverified". What nobody saw (a page range, a DOI, a first name) is absent.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from handbook.editorial.entries import Entry, read_entries, without_doubles

if TYPE_CHECKING:
    from pathlib import Path

TYPES: Final = ("article-journal", "book", "chapter", "report")
OLDEST, NEWEST = 1500, 2100
MARKS: Final = ("verified", "second-hand", "unverified")  # from the strongest to the weakest
_LOCALES: Final = {"en": "en-GB", "nl": "nl-NL"}
_AND_OTHERS: Final = {"en": "et al.", "nl": "e.a."}
_NOT_SEEN: Final = {
    "second-hand": {"en": "Known to us through others only.", "nl": "Alleen via anderen bekend."},
    "unverified": {"en": "Not checked at the source.", "nl": "Niet bij de bron nagekeken."},
}
_MOST_AUTHORS_IN_A_LABEL: Final = 2
# citeproc-py 0.11.1 forgets to escape what it sets in italics; signs in disguise pass it unharmed.
_DISGUISES: Final = {"&": "\ue000", "<": "\ue001", ">": "\ue002"}


@dataclass(frozen=True, slots=True)
class Person:
    """An author; the first name or initials only as far as they were seen."""

    family: str
    given: str | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """One article, book, chapter or report."""

    id: str
    line: int
    type: str
    authors: tuple[Person, ...]
    more_authors: bool
    year: int
    title: str
    container: str | None
    volume: str | None
    issue: str | None
    page: str | None
    publisher: str | None
    doi: str | None
    url: str | None
    language: str
    mark: str
    checked_at: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Reference:
    """What a page cites under one id: usually one work, sometimes two that belong together."""

    id: str
    works: tuple[Work, ...]

    @property
    def mark(self) -> str:
        """Return the weakest mark of its works."""
        return max((work.mark for work in self.works), key=MARKS.index)


class References(Mapping[str, Reference]):
    """All references by id, whole ones and their parts, in the order of the file."""

    def __init__(self, works: tuple[Work, ...]) -> None:
        self.works = works
        wholes: dict[str, list[Work]] = {}
        for work in works:
            wholes.setdefault(_whole(work.id), []).append(work)
        self._found = {name: Reference(name, tuple(parts)) for name, parts in wholes.items()}
        self._found |= {work.id: Reference(work.id, (work,)) for work in works}

    def __getitem__(self, name: str) -> Reference:
        """Return the reference with this id; KeyError if there is none."""
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        """Yield every id that can be cited."""
        return iter(self._found)

    def __len__(self) -> int:
        """Return how many ids can be cited."""
        return len(self._found)


def load_references(path: Path) -> References:
    """Read `data/references.json`; raise `DataError` at the first thing that is wrong."""
    entries = read_entries(path, "reference")
    works = tuple(_work(entry) for entry in entries)
    without_doubles(path, [(work.line, work.id) for work in works], "the reference")
    single = {work.id for work in works if work.id == _whole(work.id)}
    for entry, work in zip(entries, works, strict=True):
        if work.id not in single and _whole(work.id) in single:
            entry.fail(f"{_whole(work.id)} stands in the file as a whole and in parts", "give the whole a letter too")
    return References(works)


def citation_label(reference: Reference, language: str) -> str:
    """Return what stands between the brackets of a citation: "Elliott et al., 2018"; Dutch "Elliott e.a., 2018"."""
    return "; ".join(f"{_names(work, language)}, {work.year}" for work in reference.works)


@cache
def format_reference(reference: Reference, language: str) -> str:
    """Return a reference as HTML: its works below each other, each with its DOI as a link.

    A work whose record we did not see ourselves says so.
    """
    return "<br>".join(_formatted(work, language) for work in reference.works)


def _names(work: Work, language: str) -> str:
    families = [person.family for person in work.authors]
    if work.more_authors or len(families) > _MOST_AUTHORS_IN_A_LABEL:
        return f"{families[0]} {_AND_OTHERS.get(language, 'et al.')}"
    return " & ".join(families)


def _formatted(work: Work, language: str) -> str:
    # A check reads references and formats none, so the library is loaded where it is used.
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter  # type: ignore[import-untyped]  # noqa: PLC0415
    from citeproc.source.json import CiteProcJSON  # type: ignore[import-untyped]  # noqa: PLC0415

    source = CiteProcJSON([_as_csl(work)])
    bibliography = CitationStylesBibliography(_style(language), source, formatter.html)
    bibliography.register(Citation([CitationItem(work.id)]))
    text = str(bibliography.bibliography()[0]).replace("?</i>.", "?</i>")
    for sign, disguise in _DISGUISES.items():
        text = text.replace(disguise, html.escape(sign))
    if work.page:  # the Dutch locale joins page numbers with a hyphen
        text = text.replace(work.page.replace("–", "-"), work.page)
    if work.more_authors:
        text = text.replace(f" ({work.year})", f" {_AND_OTHERS.get(language, 'et al.')} ({work.year})", 1)
    if work.language != language:
        text = f'<span lang="{work.language}">{text}</span>'
    address = f"https://doi.org/{work.doi}" if work.doi else work.url
    if address is not None:
        text += f' <a href="{html.escape(address)}">{html.escape(address)}</a>'
    if work.mark in _NOT_SEEN:
        text += f" <em>{_NOT_SEEN[work.mark][language]}</em>"
    return text


@cache
def _style(language: str) -> Any:  # citeproc has no types
    path = files("handbook.editorial") / "reference-style.csl"
    from citeproc import CitationStylesStyle  # noqa: PLC0415
    from citeproc.model import CitationStylesElement  # type: ignore[import-untyped]  # noqa: PLC0415

    # A style never changes once it is read, and searching it anew for every word takes most of the time.
    if not hasattr(CitationStylesElement.xpath_search, "cache_info"):
        CitationStylesElement.xpath_search = cache(CitationStylesElement.xpath_search)
    return CitationStylesStyle(str(path), locale=_LOCALES.get(language, "en-GB"), validate=False)


def _as_csl(work: Work) -> dict[str, Any]:
    texts = {
        "title": work.title,
        "container-title": work.container,
        "volume": work.volume,
        "issue": work.issue,
        "page": work.page,
        "publisher": work.publisher,
    }
    authors = [
        {"family": _disguised(person.family)} | ({"given": _disguised(person.given)} if person.given else {})
        for person in work.authors
    ]
    item: dict[str, Any] = {"id": work.id, "type": work.type, "author": authors}
    item["issued"] = {"date-parts": [[work.year]]}
    return item | {key: _disguised(value) for key, value in texts.items() if value}


def _disguised(text: str) -> str:
    for sign, disguise in _DISGUISES.items():
        text = text.replace(sign, disguise)
    return text


def _whole(name: str) -> str:
    return name[:-1] if name[-1].islower() else name


def _work(entry: Entry) -> Work:
    custom = entry.entry("custom")
    work = Work(
        id=entry.numbered("id", "ES"),
        line=entry.line,
        type=entry.choice("type", TYPES),
        authors=_authors(entry),
        more_authors=custom.optional_flag("more_authors"),
        year=_year(entry.entry("issued")),
        title=entry.text("title"),
        container=entry.optional_text("container-title"),
        volume=entry.optional_text("volume"),
        issue=_range(entry, "issue"),
        page=_range(entry, "page"),
        publisher=entry.optional_text("publisher"),
        doi=_doi(entry),
        url=entry.optional_address("URL"),
        language=entry.choice("language", tuple(_LOCALES)) if entry.has("language") else "en",
        mark=custom.choice("mark", MARKS),
        checked_at=custom.optional_text("checked_at"),
        note=custom.optional_text("note"),
    )
    if work.mark == "verified" and work.checked_at is None:
        custom.fail('it is marked "verified" without saying where', 'add "checked_at", or mark it "unverified".')
    custom.finish()
    entry.finish()
    return work


def _authors(entry: Entry) -> tuple[Person, ...]:
    people: list[Person] = []
    for part in entry.entries("author"):
        people.append(Person(family=part.text("family"), given=part.optional_text("given")))
        part.finish()
    if not people:
        entry.fail("there is no author", 'add "author" with at least a family name.')
    return tuple(people)


def _year(issued: Entry) -> int:
    dates = issued.lists_of_integers("date-parts")
    issued.finish()
    if len(dates) != 1 or not dates[0]:
        issued.fail("it must hold one date", 'write {"date-parts": [[2018]]}.', key="date-parts")
    year = dates[0][0]
    if not OLDEST <= year <= NEWEST:
        issued.fail(f"{year} is no year of publication", 'write four digits, as in {"date-parts": [[2018]]}.')
    return year


def _range(entry: Entry, key: str) -> str | None:
    text = entry.optional_text(key)
    return text.replace("-", "–") if text else None


def _doi(entry: Entry) -> str | None:
    doi = entry.optional_text("DOI")
    if doi is None:
        return None
    registrant, slash, rest = doi.partition("/")
    if not (registrant.startswith("10.") and registrant[3:].isdigit() and slash and rest) or " " in doi:
        entry.fail(f'"{doi}" is no DOI', 'write it without an address, for example "10.1037/pst0000172".', key="DOI")
    return doi

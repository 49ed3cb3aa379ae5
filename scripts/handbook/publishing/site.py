"""The whole site as one frozen value: pages, editorial data, interface words, assets. The hooks read it; nothing else.

Loading it is the only reading from disk that publishing does on its own account.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from handbook.editorial.changes import Changes, load_changes
from handbook.editorial.glossary import Glossary, load_glossary
from handbook.editorial.helplines import Helplines, load_helplines
from handbook.editorial.references import References, load_references
from handbook.editorial.search_words import load_search_words
from handbook.publishing.address_file import FILE, load_registry
from handbook.publishing.addresses import relative_address
from handbook.publishing.catalogue import Catalogue, Language, read_catalogue
from handbook.publishing.emergency import EmergencyNumber, emergency_numbers, nearest_first
from handbook.publishing.feed import FEED, atom_feed
from handbook.publishing.fragments import Fragments
from handbook.publishing.page_view import PageView, SitemapPage, build_page_view, sitemap_page, title_of
from handbook.publishing.permanent_links import every_redirect, permanent_files
from handbook.publishing.redirects import left_out_files, redirect_files
from handbook.publishing.search_index import Call, HelpCard, SearchPage, Section, search_index
from handbook.publishing.sharing import sharing_words
from handbook.publishing.translation_status import load_overview
from handbook.publishing.words import load_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import jinja2

    from handbook.ledger.overview import Overview
    from handbook.publishing.address_registry import Registry
    from handbook.publishing.contact import Contact

HASH_LENGTH: Final = 10
HELP: Final = "help-now.md"


@dataclass(frozen=True, slots=True)
class LanguageDoor:
    """The way into one language, for pages that stand above all languages (the root, the page for lost readers)."""

    language: str
    name: str
    direction: str
    site_name: str
    words: Mapping[str, str]
    home: str
    help: str


@dataclass(frozen=True)
class Site:
    """Everything the build knows. `assets` maps an asset's source path to the path it is published under."""

    catalogue: Catalogue
    default_language: str
    site_url: str
    contact: Contact | None
    words: Mapping[str, Mapping[str, str]]
    helplines: Helplines | None
    references: References | None
    glossary: Glossary | None
    changes: Changes
    ledger: Overview | None
    registry: Registry | None
    shared: Mapping[tuple[str, str], str]
    assets: Mapping[str, str]
    overrides: Path
    data: Path

    @cached_property
    def fragments(self) -> Fragments:
        """The templates that building blocks become."""
        return Fragments(self.overrides)

    @property
    def base_path(self) -> str:
        """The path of the site's root on its server, without a final slash: "" or "/handbook"."""
        return urlsplit(self.site_url).path.rstrip("/")

    def view(self, language: str, key: str) -> PageView:
        """Return what the templates need for a page; KeyError for a page that does not exist."""
        entry = self.catalogue.entries[language, key]
        return build_page_view(
            self.catalogue,
            entry,
            self.words[language],
            self.site_url,
            id_=self.registry.ids.get(key, "") if self.registry else "",
            all_pages=entry.key == "index.md",
            emergency=self._emergency(language),
        )

    def countries_first(self, language: str) -> list[str]:
        """Return the ids of the countries whose numbers come first for readers of a language."""
        return self.words[language].get("countries_first", "").split()

    def _emergency(self, language: str) -> tuple[EmergencyNumber, ...]:
        return emergency_numbers(self.helplines, self.countries_first(language)) if self.helplines else ()

    def doors(self, prefix: str) -> tuple[LanguageDoor, ...]:
        """Return each language's way in. `prefix` leads to the root of the site: "" there, or an absolute path."""
        return tuple(
            LanguageDoor(
                language=language.locale,
                name=language.name,
                direction=language.direction,
                site_name=language.site_name,
                words=self.words[language.locale],
                home=f"{prefix}{language.locale}/",
                help=prefix + (found.address if found else f"{language.locale}/"),
            )
            for language in self.catalogue.languages
            for found in (self.catalogue.get(language.locale, HELP),)
        )

    def sitemap(self) -> Iterator[SitemapPage]:
        """Yield every page for the sitemap, language by language, in reading order."""
        for language in self.catalogue.languages:
            for entry in self.catalogue.in_order(language.locale):
                yield sitemap_page(self.catalogue, entry, self.site_url)


def load_site(  # noqa: PLR0913
    *,
    root: Path,
    docs: Path,
    languages: Sequence[Language],
    default_language: str,
    nav: Sequence[Any] | None,
    site_url: str,
    contact: Contact | None = None,
) -> Site:
    """Read the site below `root`. Data that a project does not have is None; DataError where it is broken."""
    overrides, data = root / "overrides", root / "data"
    helplines, references, glossary = data / "helplines.yml", data / "references.json", data / "glossary.yml"
    return Site(
        catalogue=read_catalogue(docs, languages, nav),
        default_language=default_language,
        site_url=site_url if site_url.endswith("/") else site_url + "/",
        contact=contact,
        words=MappingProxyType(
            {
                language.locale: load_words(overrides / "strings", language.locale, default_language)
                for language in languages
            }
        ),
        helplines=load_helplines(helplines) if helplines.is_file() else None,
        references=load_references(references) if references.is_file() else None,
        glossary=load_glossary(glossary) if glossary.is_file() else None,
        changes=load_changes(data / "changes.yml"),
        ledger=load_overview(root),
        registry=load_registry(data / FILE) if (data / FILE).is_file() else None,
        shared=MappingProxyType(dict(_shared_texts(docs, languages))),
        assets=MappingProxyType(dict(_published_assets(overrides))),
        overrides=overrides,
        data=data,
    )


def _shared_texts(docs: Path, languages: Sequence[Language]) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield ((language, name), Markdown) of the texts that several pages include."""
    for language in languages:
        for path in sorted((docs / language.locale / "_shared").glob("*.md")):
            yield (language.locale, path.stem), path.read_text(encoding="utf-8-sig")


def _published_assets(overrides: Path) -> Iterator[tuple[str, str]]:
    """Yield (`assets/site.css`, `assets/site.<digest>.css`): a name that changes with the content."""
    for path in sorted((overrides / "assets").rglob("*")):
        if path.is_file() and path.suffix in {".css", ".js", ".svg", ".png", ".ico", ".woff2", ".json"}:
            source = path.relative_to(overrides)
            digest = hashlib.sha256(path.read_bytes()).hexdigest()[:HASH_LENGTH]
            yield source.as_posix(), source.with_name(f"{source.stem}.{digest}{source.suffix}").as_posix()


def language_files(
    site: Site, language: str, sections: Mapping[tuple[str, str], Sequence[Section]]
) -> Iterator[tuple[str, str]]:
    """Yield (path, text) of a language's files that belong to no page: search, feed, words for sharing.

    `sections` holds those of each page's rendered text, by language and key.
    """
    index, texts = _search_index(site, language, sections)
    yield f"{language}/search.json", _json(index)
    yield f"{language}/search-text.json", _json(texts)
    yield f"{language}/{FEED}", atom_feed(site, language)
    yield f"{language}/share.json", _json(sharing_words(site.words, language))


def root_files(
    site: Site, env: jinja2.Environment, *, printed: bool = False, left_out: bool = False
) -> Iterator[tuple[str, str]]:
    """Yield (path, text) of the files that belong to no page and no language: the choice of one, links, robots.txt.

    `printed` tells whether the site has its files to take away, `left_out` that it is for readers and has none.
    """

    def asset(name: str) -> str:
        return site.assets["assets/" + name]

    choice = env.get_template("choose-language.html")
    yield "index.html", choice.render(asset=asset, languages=site.doors("")) + "\n"
    if site.registry is not None:
        yield from redirect_files(site, env, every_redirect(site.registry, site.catalogue, printed=printed))
        if left_out:
            yield from redirect_files(site, env, left_out_files(site.registry, site.catalogue))
        yield from permanent_files(site, env)
    yield "robots.txt", f"User-agent: *\nAllow: /\nSitemap: {site.site_url}sitemap.xml\n"


def _search_index(
    site: Site, language: str, sections: Mapping[tuple[str, str], Sequence[Section]]
) -> tuple[dict[str, Any], dict[str, Any]]:
    home = f"{language}/"
    pages = [
        SearchPage(
            key=entry.key,
            address=relative_address(entry.address, home),
            title=title_of(entry),
            description=entry.metadata.description,
            sections=sections[language, entry.key],
        )
        for entry in site.catalogue.in_order(language)
        if (language, entry.key) in sections
    ]
    words = load_search_words(site.data / "search" / f"{language}.yml")
    return search_index(language, pages, words, site.words[language], _help_card(site, language))


def _help_card(site: Site, language: str) -> HelpCard:
    """Return what answers words of crisis: numbers for danger to life, and each country's first line to talk to."""
    entry = site.catalogue.get(language, HELP)
    title, address = (title_of(entry), relative_address(entry.address, f"{language}/")) if entry else ("", "./")
    if site.helplines is None:
        return HelpCard(title, address)
    first = site.countries_first(language)
    danger = [
        Call(", ".join(country.name[language] for country in one.countries), one.number, one.href)
        for one in emergency_numbers(site.helplines, first)
    ]
    talk = []
    for country in nearest_first(site.helplines.countries, first):
        crisis = next(
            (one for one in site.helplines.of_country(country.id) if one.kind == "crisis" and one.phones), None
        )
        if crisis is not None and crisis.phones[0].number is not None:
            talk.append(Call(country.name[language], crisis.phones[0].number, crisis.phones[0].href))
    return HelpCard(title, address, tuple(danger), tuple(talk))


def _json(value: object) -> str:
    """Return compact JSON whose bytes depend on the value alone."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"

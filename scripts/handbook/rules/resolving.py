"""Where a link leads: to a page, a file, a place on the same page, elsewhere, or nowhere.

Links in Markdown are resolved against the source tree as mkdocs-static-i18n 1.3.1 does (`get_file_from_path` of its two
structures: this language first, then the default language where pages fall back, then the tree without languages).
Addresses in raw HTML are left alone by MkDocs, so a browser resolves them against the page's address; both readings are
tried, because many are right in both. All links of a project are resolved once and kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from posixpath import dirname, normpath, relpath
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote, urlsplit

from pathspec import GitIgnoreSpec

from handbook.reading.sources import MARKDOWN_ENDINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Image, Link, Page
    from handbook.model.project import Project

SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
TEMPLATE = re.compile(r"\{\{|\{%|<%|%\}|\}\}|\$\{|\$\(|^@|^<|^\[\[")

DIGITS = re.compile(r"\d+")
MOST_REMEMBERED = 600
"""Pages whose links are remembered at a time."""

Kind = Literal["page", "file", "missing", "outside", "scheme", "absolute", "folder", "empty", "template", "generated"]


@dataclass(frozen=True, slots=True)
class Resolution:
    """Where a target leads. `path` is below docs_dir for pages and files, and as it was understood for missing ones."""

    kind: Kind
    target: str
    path: str = ""
    fragment: str | None = None
    scheme: str = ""
    page: Page | None = None
    by_source: bool = True
    """False for an address of raw HTML that only works on the published site."""


class Resolver:
    """Resolves every link of one project."""

    def __init__(self, project: Project) -> None:
        configuration = project.configuration
        self.project = project
        self.prefix = "" if configuration.docs_dir == "." else configuration.docs_dir + "/"
        left_out = GitIgnoreSpec.from_lines(configuration.excluded)
        below = [(self.below(page.path), page) for page in project.pages]
        self.pages = {path: page for path, page in below if not (page.partial and left_out.match_file(path))}
        self.files = {self.below(path) for path in project.files}
        self.folders = {str(parent) for path in (*self.pages, *self.files) for parent in PurePosixPath(path).parents}
        self.by_folded = {path.casefold(): path for path in (*self.files, *self.pages)}
        self.default = configuration.default_language.locale
        self.fallback = configuration.fallback
        self.folder_mode = configuration.structure == "folder"
        self.localized = "i18n" in configuration.plugins
        self.generated = GitIgnoreSpec.from_lines(project.settings.vocabulary.generated)
        self.locales = {language.locale for language in configuration.languages}
        self.found: dict[str, tuple[tuple[Link | Image, Resolution], ...]] = {}

    def below(self, path: str) -> str:
        """Give a path below docs_dir."""
        return path.removeprefix(self.prefix)

    def of(self, page: Page) -> tuple[tuple[Link | Image, Resolution], ...]:
        """Give every link and image of a page with where it leads."""
        if page.path not in self.found:
            if len(self.found) >= MOST_REMEMBERED:
                self.found.clear()
            things: list[Link | Image] = sorted((*page.links, *page.images), key=lambda thing: thing.line)
            self.found[page.path] = tuple(
                (thing, self.resolve(page, thing.target, raw=thing.kind == "html")) for thing in things
            )
        return self.found[page.path]

    def resolve(self, page: Page, target: str, *, raw: bool = False) -> Resolution:  # noqa: PLR0911 - one a kind
        """Tell where a target on a page leads."""
        target = target.strip()
        if not target:
            return Resolution("empty", target)
        if TEMPLATE.search(target):
            return Resolution("template", target)
        match = SCHEME.match(target)
        if match:
            return Resolution("scheme", target, scheme=match.group(1).lower())
        if target.startswith("//"):
            return Resolution("scheme", target, scheme="//")
        path, hash_, fragment = target.partition("#")
        path = unquote(path.partition("?")[0])
        named = unquote(fragment) if hash_ else None
        if not path:
            return Resolution("page", target, self.below(page.path), named, page=page)
        if path.startswith("/"):
            found = self._absolute(path, page)
            return Resolution("absolute", target, path, named, page=self.pages.get(found) if found else None)
        return self._relative(page, target, path, named, raw=raw)

    def _relative(self, page: Page, target: str, path: str, fragment: str | None, *, raw: bool) -> Resolution:
        here = self.below(page.path)
        joined = normpath(f"{dirname(here)}/{path}") if dirname(here) else normpath(path)
        if not joined.startswith(".."):
            found = self.find(joined, page.language)
            if found is not None and not (raw and found in self.pages):
                return self._hit(target, found, fragment)
        if raw or path.endswith("/") or not PurePosixPath(path).suffix:
            published = self._published(page, path)
            if published is not None:
                kind: Kind = "page" if raw else "folder"
                return Resolution(kind, target, published, fragment, page=self.pages.get(published), by_source=False)
        if joined.startswith(".."):
            return Resolution("outside", target, joined, fragment)
        if self.generated.match_file(joined):
            return Resolution("generated", target, joined, fragment)
        return Resolution("missing", target, joined, fragment)

    def _absolute(self, path: str, page: Page) -> str | None:
        """Find the page an absolute address stands for, below the site's own path."""
        below = path.removeprefix(urlsplit(self.project.configuration.site_url).path.rstrip("/")).strip("/")
        first, _, rest = below.partition("/")
        language = first if first in self.locales else page.language
        for start in (below, rest) if first in self.locales else (below,):
            stem = start.removesuffix(".html").removesuffix("/index").removesuffix(".md")
            for name in (f"{stem}.md", f"{stem}/index.md", f"{stem}/README.md") if stem else ("index.md",):
                found = self.find(name, language)
                if found is not None:
                    return found
        return None

    def _hit(self, target: str, found: str, fragment: str | None) -> Resolution:
        page = self.pages.get(found)
        return Resolution("page" if page else "file", target, found, fragment, page=page)

    def find(self, joined: str, language: str) -> str | None:
        """Find the page or file that a path below the docs folder stands for in a language."""
        return next(
            (path for path in self._candidates(joined, language) if path in self.pages or path in self.files), None
        )

    def _candidates(self, joined: str, language: str) -> Iterator[str]:
        if joined == ".":
            joined = "index.md"
        if not self.localized:
            yield joined
        elif self.folder_mode:
            yield from self._in_folders(joined, language)
        else:
            path = PurePosixPath(joined)
            if path.name and path.suffix:
                yield str(path.with_suffix(f".{language}{path.suffix}"))
                yield str(path.with_suffix(f".{self.default}{path.suffix}"))
            yield joined
            if joined.endswith("index.md"):
                yield from (str(path.with_name(f"README{suffix}")) for suffix in (f".{language}.md", ".md"))

    def _in_folders(self, joined: str, language: str) -> Iterator[str]:
        first, _, rest = joined.partition("/")
        for mine, other in ((language, self.default), (self.default, language)):
            if first == mine and rest:
                yield joined
                if self.fallback:
                    yield f"{other}/{rest}"
                yield rest
                break
        else:
            yield f"{language}/{joined}"
            if self.fallback:
                yield f"{self.default}/{joined}"
            yield joined
        if joined.endswith("index.md"):
            yield joined.removesuffix("index.md") + "README.md"

    def _published(self, page: Page, path: str) -> str | None:
        """Find the source of an address relative to the published page (MkDocs' own addresses)."""
        here = PurePosixPath(page.key)
        folder = here.parent
        if self.project.configuration.use_directory_urls and here.stem not in {"index", "README"}:
            folder = folder / here.stem
        joined = normpath(f"{folder}/{path}")
        prefixed = page.language if page.language != self.default else ""
        for up in range(2):
            candidate = joined
            if up:
                candidate = normpath(f"{prefixed}/{joined}") if prefixed else joined
            if candidate.startswith(".."):
                continue
            language, below = page.language, candidate
            first, _, rest = candidate.partition("/")
            if first in self.locales and not self.folder_mode and self.localized:  # the home of another language
                language, below = first, rest or "."
            stem = below.removesuffix("/index.html").removesuffix(".html")
            for name in (below, f"{stem}.md", f"{stem}/index.md", f"{stem}/README.md"):
                found = self.find(normpath(name), language)
                if found is not None:
                    return found
        return None

    def relative(self, page: Page, target: Page) -> str:
        """Write the way from one page to another."""
        return relpath(self.below(target.path), dirname(self.below(page.path)) or ".")

    def suggest(self, page: Page, resolution: Resolution) -> str:
        """Offer a target that exists and is surely meant, written as a link on this page; else nothing."""
        path = resolution.path
        here = dirname(self.below(page.path))
        for candidate in self._similar(path, page):
            offer = relpath(candidate, here or ".")
            if self.resolve(page, offer).kind in {"page", "file"}:
                return offer + (f"#{resolution.fragment}" if resolution.fragment else "")
        return ""

    def _similar(self, path: str, page: Page) -> Iterator[str]:
        folded = self.by_folded.get(path.casefold())
        if folded:
            yield folded
        if not PurePosixPath(path).suffix:
            yield from (name for name in (f"{path}.md", f"{path}/index.md") if name in self.pages)
        name = PurePosixPath(path).name.casefold()
        same = [known for known in self._named.get(name, ()) if self._for(known, page)]
        if len(same) == 1:
            yield same[0]
        import difflib  # noqa: PLC0415 - only when a link is broken

        pool = [known for known in self._pool(path) if self._for(known, page)]
        if len(pool) <= 2000:
            near = difflib.get_close_matches(path, pool, n=3, cutoff=0.85)
            yield from (known for known in near if DIGITS.sub("", known) != DIGITS.sub("", path))  # step-4 is no step-3

    @property
    def _named(self) -> dict[str, list[str]]:
        if not hasattr(self, "_by_name"):
            self._by_name: dict[str, list[str]] = {}
            for known in (*self.pages, *self.files):
                self._by_name.setdefault(PurePosixPath(known).name.casefold(), []).append(known)
        return self._by_name

    def _pool(self, path: str) -> Iterator[str]:
        wanted_pages = path.lower().endswith(MARKDOWN_ENDINGS) or not PurePosixPath(path).suffix
        return iter(self.pages if wanted_pages else self.files)

    def _for(self, known: str, page: Page) -> bool:
        """Tell whether a page of another language would be offered."""
        other = self.pages.get(known)
        return other is None or other.language == page.language


@lru_cache(maxsize=2)
def resolver(project: Project) -> Resolver:
    """Give the resolver of a project."""
    return Resolver(project)

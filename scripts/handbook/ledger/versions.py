"""The language versions of a page as the ledger sees them: the sections of each, with their words as a digest.

Parsing a hundred pages takes most of a second, and a build or a table of states needs only the digests, so they are
kept in `.cache/` by what the file says and by what this program is. The cache can be removed at any time; where it
cannot be written, nothing is lost but the second.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pathspec import GitIgnoreSpec

import handbook.model.page
import handbook.reading
from handbook.ledger import words
from handbook.ledger.store import replace_file
from handbook.ledger.words import TOP, digest, owned_sections, page_words
from handbook.reading.dialect import Dialect
from handbook.reading.installed import version_of
from handbook.reading.processes import mapped
from handbook.reading.project import ALWAYS_EXCLUDED, identify
from handbook.reading.sources import LARGEST_FILE, MARKDOWN_ENDINGS, decode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from handbook.model.page import Page
    from handbook.model.project import Configuration

CACHE: Final = Path(".cache/ledger.json")
PARTIALS: Final = ("_shared/",)
"""Texts that the build puts into pages are kept in step, too."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One section in one language: its shared id, its title, the line it begins on, a digest of its words."""

    id: str
    title: str
    line: int
    digest: str


@dataclass(frozen=True, slots=True)
class Version:
    """One page in one language."""

    path: str
    key: str
    language: str
    passages: tuple[Passage, ...]

    @property
    def digests(self) -> dict[str, str]:
        """The digest of each section by its id, in reading order."""
        return {passage.id: passage.digest for passage in self.passages}

    def passage(self, id_: str) -> Passage | None:
        """Find the section with this id."""
        return next((passage for passage in self.passages if passage.id == id_), None)


def version_of_page(page: Page) -> Version:
    """Reduce a parsed page to what the ledger needs."""
    return Version(page.path, page.key, page.language, tuple(_passages(page)))


def _passages(page: Page) -> Iterator[Passage]:
    first = {TOP: (page.title, 1)}
    for id_, section in owned_sections(page):
        if id_ not in first and section.heading is not None:
            first[id_] = (section.heading.text, section.line)
    for id_, said in page_words(page).items():
        title, line = first[id_]
        yield Passage(id_, title, line, digest(said))


def languages_of(configuration: Configuration) -> tuple[str, ...]:
    """Return the languages that are built, the default one first."""
    default = configuration.default_language.locale
    return (default, *(one.locale for one in configuration.languages if one.built and one.locale != default))


def read_versions(root: Path, configuration: Configuration) -> list[Version]:
    """Read every page of every language that is built. Files that cannot be read are left out: the checks name them."""
    dialect = Dialect.of(configuration)
    built = {language.locale for language in configuration.languages if language.built}
    pages = []
    for below, file in _sources(root / configuration.docs_dir, configuration.excluded):
        identity = identify(below, configuration)
        data = _read(file)
        if identity is None or not identity.localized or identity.language not in built or data is None:
            continue
        pages.append((identity, f"{configuration.docs_dir}/{below}", data))
    passages = _passages_of([(data, path) for _, path, data in pages], root / CACHE, dialect)
    return [
        Version(path, identity.key, identity.language, found)
        for (identity, path, _), found in zip(pages, passages, strict=True)
    ]


def _passages_of(pages: Sequence[tuple[bytes, str]], file: Path, dialect: Dialect) -> list[tuple[Passage, ...]]:
    """Return the passages of each page (its bytes, its path): those that were kept, and those of new pages."""
    cache = _Cache(file, dialect)
    names = [hashlib.sha256(data).hexdigest() for data, _ in pages]
    new = {name: page for name, page in zip(names, pages, strict=True) if name not in cache.known}
    made = mapped(partial(_parse, dialect=dialect), list(new.values()))
    found = {**cache.known, **dict(zip(new, made, strict=True))}
    cache.save({name: found[name] for name in names})
    return [tuple(Passage(*row) for row in found[name]) for name in names]


def _sources(docs: Path, excluded: Sequence[str]) -> Iterator[tuple[str, Path]]:
    """Yield the Markdown files below docs_dir that are pages or parts of pages."""
    skip = GitIgnoreSpec.from_lines([*ALWAYS_EXCLUDED, *excluded])
    keep = GitIgnoreSpec.from_lines(PARTIALS)
    for folder, folders, names in os.walk(docs):
        folders.sort()
        for name in sorted(names):
            if name.lower().endswith(MARKDOWN_ENDINGS):
                file = Path(folder, name)
                below = file.relative_to(docs).as_posix()
                if keep.match_file(below) or not skip.match_file(below):
                    yield below, file


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes() if file.is_file() and file.stat().st_size <= LARGEST_FILE else None
    except OSError:
        return None


class _Cache:
    """Passages by the content of the file; everything is dropped when the program or the dialect changes."""

    def __init__(self, path: Path, dialect: Dialect) -> None:
        self._path = path
        self._maker = _fingerprint(dialect)
        self.known = self._load()

    def save(self, pages: Mapping[str, list[Any]]) -> None:
        """Keep the passages of these pages, and no others."""
        if pages == self.known:
            return
        try:
            replace_file(self._path, json.dumps({"maker": self._maker, "pages": pages}, ensure_ascii=False))
        except OSError:
            return

    def _load(self) -> Mapping[str, list[Any]]:
        try:
            loaded = json.loads(self._path.read_text(encoding="utf-8"))
            if loaded["maker"] == self._maker and all(_is_passages(rows) for rows in loaded["pages"].values()):
                pages: dict[str, list[Any]] = loaded["pages"]
                return pages
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            pass
        return {}


def _is_passages(rows: object) -> bool:
    return isinstance(rows, list) and all(
        isinstance(row, list) and [type(cell) for cell in row] == [str, str, int, str] for row in rows
    )


def _parse(page: tuple[bytes, str], dialect: Dialect) -> list[Any]:
    from handbook.reading.markdown import read_page  # noqa: PLC0415 - heavy, and not needed for pages that are remembered

    data, path = page
    text, _ = decode(data, path)
    if text is None:
        return []
    try:
        read = read_page(path, text, dialect=dialect)
    except RecursionError:
        return []
    return [[one.id, one.title, one.line, one.digest] for one in _passages(read)]


def _fingerprint(dialect: Dialect) -> str:
    """Return what the digests depend on besides the pages: the modules that make them, and the parser."""
    made = hashlib.sha256(f"{dialect} {version_of('markdown-it-py')} {version_of('mdit-py-plugins')}".encode())
    reading = Path(str(handbook.reading.__file__)).parent
    others = (handbook.model.page.__file__, words.__file__, __file__)
    for file in (*sorted(reading.glob("*.py")), *map(Path, others)):
        made.update(file.read_bytes())
    return made.hexdigest()

"""What a rendered page depends on, so that a page that would come out the same is not rendered again.

A key stands for everything that can change the text of a page: the page itself, the building blocks' data and
templates, the addresses and front matter of all pages, the program and the packages it renders with. Whatever is not
in the key must not reach a page's text; a page that shows what the key leaves out (the translation status shows all
texts) is never remembered.
"""

from __future__ import annotations

import re
import sys
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Final

import handbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from handbook.publishing.catalogue import PageEntry
    from handbook.publishing.section_marks import Marks
    from handbook.publishing.site import Site

PACKAGES: Final = (
    "Babel", "Jinja2", "Markdown", "MarkupSafe", "PyYAML", "citeproc-py", "mkdocs", "mkdocs-static-i18n",
    "phonenumbers", "pymdown-extensions",
)  # fmt: skip
"""Whatever takes part in making the text of a page."""
FOLDERS: Final = ("overrides", "data")
LEDGER: Final = ("data/ledger", "data/addresses.txt")
"""Reach a page as its marks alone, which are part of its own key."""
PROGRAM: Final = frozenset({".py", ".csl"})
_SHOWS_ALL: Final = re.compile(r"\{\{[ \t]*translation-status\b")


def recipe(site: Site, root: Path, files: Iterable[tuple[str, str]]) -> str:
    """Return a digest of all that the pages of a site share. `files` are the sources with their addresses."""
    digest = blake2b(digest_size=16)
    for part in _parts(site, root, files):
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def _parts(site: Site, root: Path, files: Iterable[tuple[str, str]]) -> Iterator[bytes]:
    yield sys.version.encode()
    for name in PACKAGES:
        yield f"{name} {_version(name)}".encode()
    program = Path(handbook.__file__).parent
    yield from _contents(path for path in program.rglob("*") if path.suffix in PROGRAM)
    left_out = tuple(root / name for name in LEDGER)
    for folder in FOLDERS:
        found = (root / folder).rglob("*")
        yield from _contents(one for one in found if not any(one.is_relative_to(other) for other in left_out))
    yield from _contents([root / "mkdocs.yml"])
    yield repr((site.site_url, site.default_language, sorted(site.shared.items()))).encode()
    entries: Mapping[tuple[str, str], PageEntry] = site.catalogue.entries
    yield repr([(key, entries[key].address, entries[key].metadata) for key in sorted(entries)]).encode()
    yield repr(sorted(files)).encode()


def _contents(paths: Iterable[Path]) -> Iterator[bytes]:
    for path in sorted(paths):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.name.encode()
            yield path.read_bytes()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"


def key_of(entry: PageEntry, marks: Marks, markdown: str) -> str:
    """Return what a page adds to the recipe: itself."""
    notes = sorted(marks.notes.items()), sorted(marks.former_ids.items())
    return f"{entry!r}\n{notes!r}\n{markdown}"


def shows_all(markdown: str, site: Site) -> bool:
    """Tell whether a page prints what its key does not hold: how the texts of all pages stand."""
    return bool(_SHOWS_ALL.search(markdown)) or any(_SHOWS_ALL.search(text) for text in site.shared.values())

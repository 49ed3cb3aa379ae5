"""The site after an edit, as far as it can be known without reading everything again.

A preview uses it to show the edited page first. What changes which pages there are, where they stand or what all of
them say gives no answer; the whole site is then built again, and it is built again afterwards in any case.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from handbook.editorial.glossary import load_glossary
from handbook.editorial.helplines import load_helplines
from handbook.editorial.references import load_references
from handbook.publishing.catalogue import Catalogue, read_page_source
from handbook.publishing.words import load_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from handbook.publishing.catalogue import PageEntry
    from handbook.publishing.site import Site

DATA: Final[dict[str, tuple[str, Any]]] = {
    "data/helplines.yml": ("helplines", load_helplines),
    "data/references.json": ("references", load_references),
    "data/glossary.yml": ("glossary", load_glossary),
}
STRINGS: Final = "overrides/strings/"
TEMPLATES: Final = ("overrides/fragments/",)


def refreshed(site: Site, root: Path, docs: str, changed: Iterable[str]) -> Site | None:
    """Return the site after changes to files (paths below `root`), or None where everything has to be read again.

    `docs` is the folder of the pages, as a path below `root`. DataError where a data file is broken.
    """
    fields: dict[str, Any] = {}
    entries = dict(site.catalogue.entries)
    shared = dict(site.shared)
    for path in changed:
        if _is_in_passing(root, path):
            continue
        if path.startswith(f"{docs}/"):
            if not _read_page(root, docs, path, entries, shared):
                return None
        elif path in DATA:
            if not (root / path).is_file():
                return None
            name, load = DATA[path]
            fields[name] = load(root / path)
        elif path.startswith(STRINGS):
            fields["words"] = MappingProxyType(
                {one: load_words(root / STRINGS, one, site.default_language) for one in site.words}
            )
        elif not path.startswith(TEMPLATES) and not _is_template(path):
            return None
    old = site.catalogue
    catalogue = Catalogue(old.languages, entries, old.order, old.folders)
    return replace(site, catalogue=catalogue, shared=MappingProxyType(shared), **fields)


def pages_changed(site: Site, docs: str, changed: Iterable[str]) -> Iterator[PageEntry]:
    """Yield the pages among changed files."""
    for path in changed:
        language, _, key = path.removeprefix(f"{docs}/").partition("/")
        entry = site.catalogue.get(language, key)
        if entry is not None and path.startswith(f"{docs}/"):
            yield entry


def _is_in_passing(root: Path, path: str) -> bool:
    """Tell whether this is a file that an editor keeps beside the one it writes, or a folder."""
    name = path.rpartition("/")[2]
    return name.startswith(".") or name.endswith("~") or not name.count(".") or (root / path).is_dir()


def _is_template(path: str) -> bool:
    return path.startswith("overrides/") and path.count("/") == 1 and path.endswith(".html")


def _read_page(
    root: Path, docs: str, path: str, entries: dict[tuple[str, str], PageEntry], shared: dict[tuple[str, str], str]
) -> bool:
    """Read a page or a shared passage again; tell whether its place among the others is still the same."""
    language, _, key = path.removeprefix(f"{docs}/").partition("/")
    name = key.removeprefix("_shared/").removesuffix(".md")
    if (language, name) in shared and key == f"_shared/{name}.md":
        found = (root / path).is_file()
        if found:
            shared[language, name] = (root / path).read_text(encoding="utf-8-sig")
        return found
    entry = entries.get((language, key))
    read = read_page_source(root / path) if entry else None
    if entry is None or read is None:
        return False
    entries[language, key] = replace(entry, metadata=read.metadata, words=read.words, worksheets=read.worksheets)
    return read.metadata.slug == entry.metadata.slug

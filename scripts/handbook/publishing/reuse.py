"""What a rendered page depends on, as digests: a page with the same digest need not be rendered again.

A page's text depends on its own source, the notes at its sections, and everything that building blocks and links can
take from elsewhere: the editorial data, the interface's words, the fragments, the passages that several pages share,
and the front matter and addresses of all pages. The finished page depends on that text, on the templates, and on what
the templates know of the page. The texts of other pages count only where a page shows how all of them stand, and their
length where a page lists them with their reading times.
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from handbook.publishing.page_view import READING_LIST
from handbook.publishing.reading_list import shelves
from handbook.publishing.section_marks import marks_for
from handbook.publishing.security import content_security_policy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from handbook.publishing.catalogue import PageEntry
    from handbook.publishing.site import Site

SHOWS_ALL: Final = "translation-status"
"""The building block that shows how all pages stand."""
CONFIGURATION: Final = "mkdocs.yml"
LEDGER: Final = "ledger"


class Digests:
    """The digests of the pages of one site. `sources` are the paths below docs_dir that a link may lead to."""

    def __init__(self, site: Site, sources: Iterable[str]) -> None:
        self._site = site
        root = site.overrides.parent
        configuration = (root / CONFIGURATION).read_bytes()
        templates = list(_bytes_of(sorted(site.overrides.glob("*.html"))))
        self._around = _digest(
            site.site_url,
            configuration,
            *_bytes_of(_data_files(site.data)),
            *(
                part
                for name in ("fragments", "strings", "figures")
                for part in _bytes_of(_files(site.overrides / name))
            ),
            *sorted(sources),
            repr(sorted(site.shared.items())),
            *(repr(replace(entry, words=0)) for _, entry in sorted(site.catalogue.entries.items())),
            repr((site.catalogue.order, site.catalogue.folders, site.catalogue.languages)),
        )
        self._frame = _digest(
            self._site.site_url,
            configuration,
            *templates,
            *_bytes_of(_files(site.overrides / "strings")),
            repr(sorted(site.assets.items())),
            content_security_policy(),
        )

    def of_text(self, entry: PageEntry, source: str) -> bytes:
        """Return what the rendered text of a page depends on."""
        overview = repr(self._site.ledger) if SHOWS_ALL in source else ""
        marks = marks_for(self._site, entry)
        return _digest(self._around, entry.language, entry.key, source, repr(marks), overview)

    def of_page(self, entry: PageEntry, text: bytes, template: str) -> bytes:
        """Return what the finished page depends on; `text` is what its text depends on."""
        view = self._site.view(entry.language, entry.key)
        others = repr(shelves(self._site, entry.language)) if entry.key == READING_LIST else ""
        return _digest(self._frame, text, template, repr(replace(view, words={})), others)


def _data_files(folder: Path) -> list[Path]:
    """Name the data but for the ledger, which changes the notes of single pages."""
    return [path for path in _files(folder) if path.relative_to(folder).parts[0] != LEDGER]


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _bytes_of(files: Iterable[Path]) -> Iterator[str | bytes]:
    for file in files:
        yield file.as_posix()
        yield file.read_bytes()


def _digest(*parts: str | bytes) -> bytes:
    """Digest some parts, each with its length, so that what belongs to one cannot pass for another's."""
    state = blake2b(digest_size=20)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        state.update(len(data).to_bytes(8, "big"))
        state.update(data)
    return state.digest()

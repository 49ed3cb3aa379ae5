"""What there is to download of the whole handbook: the book in two forms, and the copy that needs no network.

Their sizes are known only once they are there, and the copy holds the very page that names it; so pages are written
without them first (`{{ downloads }}` says that there are none), the copies are made, and then that one piece of a page
is put right.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from handbook.handouts.epub import zipped
from handbook.handouts.making import book_file, size_in_words
from handbook.handouts.offline import offline_files
from handbook.publishing.addresses import relative_address
from handbook.publishing.handed_out import FORMS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from handbook.publishing.site import Site

FRAGMENT: Final = "downloads"
COPY: Final = "zip"


@dataclass(frozen=True, slots=True)
class Download:
    """A file of the whole handbook: `pdf`, `epub` or `zip`, its address, and its size; "" where it is not known."""

    form: str
    url: str
    size: str


def make_copies(site: Site, folder: Path) -> None:
    """Put a copy of each language into a finished site, and let its pages say what there is to download."""
    for language in (one.locale for one in site.catalogue.languages):
        paths = {form: book_file(site, language, form) for form in FORMS}
        books = {form: folder / path for form, path in paths.items() if form != COPY and (folder / path).is_file()}
        sizes = {form: size_in_words(path.stat().st_size, language) for form, path in books.items()}
        nothing = downloads_html(site, language, ())

        published = [
            Download(form, urljoin(site.site_url, paths[form]), sizes.get(form, "")) for form in (*books, COPY)
        ]
        inside = partial(_replaced, nothing, downloads_html(site, language, published))
        top = PurePosixPath(paths[COPY]).stem
        files = offline_files(site, folder, language, inside)
        copy = zipped({f"{top}/{path}": content for path, content in files.items()}, stored=())
        (folder / paths[COPY]).write_bytes(copy)

        sizes[COPY] = size_in_words(len(copy), language)
        for entry in site.catalogue.in_order(language):
            page = folder / entry.address / "index.html"
            html = page.read_text(encoding="utf-8") if page.is_file() else ""
            if nothing in html:
                here = [
                    Download(form, relative_address(paths[form], entry.address), size) for form, size in sizes.items()
                ]
                page.write_text(
                    _replaced(nothing, downloads_html(site, language, here), html), encoding="utf-8", newline="\n"
                )


def downloads_html(site: Site, language: str, files: Sequence[Download]) -> str:
    """Return what a page says of some files; of none, what it says until they have been made."""
    return site.fragments.render(FRAGMENT, words=site.words[language], files=files)


def _replaced(nothing: str, something: str, html: str) -> str:
    return html.replace(nothing, something)

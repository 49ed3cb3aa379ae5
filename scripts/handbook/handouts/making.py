"""Makes all papers of a language while its pages are being built, and knows which page has which."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from handbook.handouts.epub import make_epub
from handbook.handouts.papers import FOLDER, Papers
from handbook.handouts.press import CACHE, print_all
from handbook.publishing.addresses import relative_address
from handbook.publishing.handed_out import book_path
from handbook.publishing.page_view import Handout, number_in_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from handbook.publishing.catalogue import PageEntry
    from handbook.publishing.site import Site

ASKING: Final = "HANDBOOK_HANDOUTS"
"""The variable that asks a build for handouts: empty for none."""
KEPT: Final = "kept"
FRESH: Final = "fresh"
LEFT_OUT: Final = "left-out"
"""What it may say: take what was printed before, print everything anew, or publish a site without what others have."""


def handouts_wanted() -> str:
    """Tell whether, and how, this build is to print handouts; empty for not at all."""
    return "" if handouts_left_out() else os.environ.get(ASKING, "")


def handouts_left_out() -> bool:
    """Tell whether this build is for readers and yet without handouts, so that their addresses lead to the pages."""
    return os.environ.get(ASKING) == LEFT_OUT


@dataclass(frozen=True)
class Made:
    """The files of a language: path below the site's root and size in bytes, by page and worksheet."""

    files: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)

    def of_page(self, entry: PageEntry) -> tuple[Handout | None, dict[str, Handout]]:
        """Return the handout of a page, and those of its worksheets by their ids, as seen from the page."""
        own = {
            section: Handout(relative_address(path, entry.address), size_in_words(size, entry.language))
            for (key, section), (path, size) in self.files.items()
            if key == entry.key
        }
        return own.pop("", None), own


def make_handouts(site: Site, contents: Mapping[tuple[str, str], str], language: str, target: Path, how: str) -> Made:
    """Print the papers of a language below `target`; PressError where that cannot be.

    `how` is `KEPT` to take from the project's cache what did not change, or `FRESH`.
    """
    papers = Papers(site, contents)
    wanted = [papers.book(language), *papers.handouts(language)]
    kept = site.overrides.parent / CACHE / language if how == KEPT else None
    made = Made()
    for paper, printed in print_all(wanted, site.overrides / FOLDER, kept):
        file = target / paper.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(printed.pdf)
        made.files[paper.key, paper.section] = (paper.path, len(printed.pdf))
    book = target / book_file(site, language, "epub")
    book.write_bytes(make_epub(papers, language, (site.overrides / FOLDER / "epub.css").read_text(encoding="utf-8")))
    return made


def book_file(site: Site, language: str, ending: str) -> str:
    """Return the path of a language's book below the root of the site."""
    return book_path(language, site.catalogue.language(language).site_name, ending)


def size_in_words(size: int, language: str) -> str:
    """Return a size as people read it in a language: `84 kB`, `1.5 MB`, in Dutch `1,5 MB`."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))}\u00a0kB"
    return f"{number_in_words(round(size / 1_000_000, 1), language)}\u00a0MB"

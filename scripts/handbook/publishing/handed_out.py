"""Which files people take away, and at which addresses: papers of pages and worksheets, and the whole of a language.

An address follows from that of its page, so it can be told without making the file. It stands in the registry like any
other address that was published.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HOME: Final = "index.md"
ONLY_ON_SCREENS: Final = frozenset({HOME, "reading-list.md"})
NOT_HANDED_OUT: Final = frozenset({"contributor"})
"""The audiences whose pages nobody prints."""
WORKSHEET: Final = "worksheet"
"""How the id of a section begins that is a sheet of its own."""
PAPER: Final = "pdf"
FORMS: Final = (PAPER, "epub", "zip")
"""The forms in which there is the whole of a language, in the order in which readers are offered them."""


def is_handed_out(key: str, audience: str) -> bool:
    """Tell whether a page is printed, by its key and audience."""
    return key not in ONLY_ON_SCREENS and audience not in NOT_HANDED_OUT


def is_worksheet(section: str) -> bool:
    """Tell by its id whether a section is a sheet to fill in."""
    return section.startswith(WORKSHEET)


def paper_path(address: str, section: str = "") -> str:
    """Return the path of the PDF of a page, or of a worksheet on it, below the root of the site."""
    return f"{address}{section or address.rstrip('/').rsplit('/', 1)[-1]}.{PAPER}"


def book_name(site_name: str) -> str:
    """Return the file name of a book, without its ending: `secure-base`."""
    return "-".join("".join(sign if sign.isalnum() else " " for sign in site_name.lower()).split()) or "handbook"


def book_path(language: str, site_name: str, form: str) -> str:
    """Return the path of the whole of a language in one of its forms, below the root of the site."""
    return f"{language}/{book_name(site_name)}.{form}"


def files_of(key: str, audience: str, address: str, sections: Iterable[str]) -> Iterator[str]:
    """Yield the paths of the papers of a page; `sections` are the ids of its sections."""
    if is_handed_out(key, audience):
        yield paper_path(address)
        for section in sections:
            if is_worksheet(section):
                yield paper_path(address, section)


def section_of(path: str) -> str:
    """Return the id of the worksheet that a file is, or nothing for one of a whole page or language."""
    name = path.rsplit("/", 1)[-1].rpartition(".")[0]
    return name if is_worksheet(name) else ""


def form_of(path: str) -> str:
    """Return the form of a file: `pdf`, `epub` or `zip`; nothing for a path that is none of ours."""
    form = path.rpartition(".")[2]
    return form if form in FORMS else ""

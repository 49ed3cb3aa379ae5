"""Every web address in the sources that a reader can follow, with all the places where it stands.

Addresses are those of links and images on pages, and, in a project with data files of its own, those in the data: the
sources of evidence (by their DOI) and the sites of helplines. An address counts once, however often it is named; what
follows a `#` is left to the browser.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urldefrag, urlsplit

from handbook.model.finding import Place
from handbook.rules.resolving import resolver

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from handbook.model.project import Project

DATA: Final = ("*.yml", "*.json")
ADDRESS: Final = re.compile(r"""https?://[^\s<>"'`\\|{}^]+""")
DOI: Final = re.compile(r'"DOI":\s*"(10\.[^"]+)"')
ENDS: Final = ".,;:!?)]}"
"""Signs that end a sentence rather than an address."""


def gather(project: Project, root: Path) -> Mapping[str, tuple[Place, ...]]:
    """Give every address with its places, in order of address."""
    own = urlsplit(project.configuration.site_url).netloc
    found: dict[str, list[Place]] = {}
    for address, place in (*_on_pages(project), *_in_data(project, root)):
        plain = urldefrag(address).url
        try:
            host = urlsplit(plain).netloc
        except ValueError:
            continue  # a rule of `handbook check` reports it
        if host and host != own and place not in found.setdefault(plain, []):
            found[plain].append(place)
    return {address: tuple(places) for address, places in sorted(found.items()) if places}


def _on_pages(project: Project) -> Iterator[tuple[str, Place]]:
    links = resolver(project)
    for page in project.pages:
        for thing, where in links.of(page):
            if where.kind == "scheme" and where.scheme in {"http", "https"}:
                yield where.target, Place(page.path, thing.line)


def _in_data(project: Project, root: Path) -> Iterator[tuple[str, Place]]:
    if project.settings.vocabulary.placeholders is None:
        return
    for pattern in DATA:
        for file in sorted((root / "data").glob(pattern)):
            path = file.relative_to(root).as_posix()
            for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").split("\n"), 1):
                for match in ADDRESS.finditer(line):
                    yield _trimmed(match.group(0)), Place(path, number)
                for match in DOI.finditer(line):
                    yield f"https://doi.org/{match.group(1)}", Place(path, number)


def _trimmed(address: str) -> str:
    """Take off the signs that belong to the sentence, but leave a bracket that was opened in the address."""
    while address[-1] in ENDS and not (address[-1] == ")" and address.count("(") >= address.count(")")):
        address = address[:-1]
    return address

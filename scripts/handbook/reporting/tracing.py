"""Takes a finding in built HTML back to the line of Markdown it comes from, where that is certain.

Certain means: the page is made from one source, and the text the finding is about (an address or a piece of markup, not
a word) stands in that source exactly once. Everything else stays where it was found: a template, a style sheet or a
building block may have written it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from handbook.publishing.address_rules import published_pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from handbook.model.finding import Finding
    from handbook.model.page import Page
    from handbook.model.project import Project

SHORTEST: Final = 4
TYPED: Final = re.compile(r"[/.#\[\]{}!?*()@:]")
"""A needle with such a sign is an address or markup."""


def trace(findings: Iterable[Finding], project: Project) -> Iterator[Finding]:
    """Give the findings; those that certainly come from one line of a source stand there, and name the built page."""
    built = {page.path: page.url for page in project.site.pages} if project.site else {}
    sources: Mapping[str, Page] | None = None
    for finding in findings:
        if finding.path not in built or finding.other is not None:
            yield finding
            continue
        sources = sources_by_address(project) if sources is None else sources
        source = sources.get(built[finding.path])
        line = _only_line(source, finding.needle.strip('"')) if source else 0
        if source is None or not line:
            yield finding
        else:
            yield replace(finding, path=source.path, line=line, other=finding.place)


def sources_by_address(project: Project) -> dict[str, Page]:
    """Give the source of every address below the site that has exactly one."""
    found: dict[str, list[Page]] = {}
    for address, page in (*_by_our_addresses(project), *_by_file_names(project)):
        if page not in found.setdefault(address, []):
            found[address].append(page)
    return {address: pages[0] for address, pages in found.items() if len(pages) == 1}


def _by_our_addresses(project: Project) -> Iterator[tuple[str, Page]]:
    if project.settings.strict_parity:
        for published in published_pages(project):
            for language, address in published.addresses.items():
                yield address, project.by_path[published.paths[language]]


def _by_file_names(project: Project) -> Iterator[tuple[str, Page]]:
    """Yield the addresses that MkDocs and mkdocs-static-i18n give pages by themselves."""
    if project.settings.strict_parity:
        return
    default = project.configuration.default_language.locale
    for page in project.pages:
        path = PurePosixPath(page.key)
        folder = path.parent if path.stem in {"index", "README"} else path.with_suffix("")
        below = "" if str(folder) == "." else f"{folder}/"
        if not project.configuration.use_directory_urls:
            below = str(path.with_suffix(".html"))
        yield (below if page.language in {"", default} else f"{page.language}/{below}"), page


def _only_line(page: Page, needle: str) -> int:
    """Find the only line below the front matter on which a needle stands; 0 where there is none, or more."""
    if len(needle) < SHORTEST or not TYPED.search(needle):
        return 0
    lines = [
        number
        for number, line in enumerate(page.text.split("\n"), 1)
        if number > page.front_matter.end and needle in " ".join(line.split())
    ]
    return lines[0] if len(lines) == 1 and page.text.count(needle) <= 1 else 0

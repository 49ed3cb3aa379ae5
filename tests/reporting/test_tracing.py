"""From a finding in built HTML back to the line of Markdown it comes from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from handbook.commands.layers import load_rules
from handbook.model.settings import Settings
from handbook.reading.site import read_site
from handbook.reporting.locating import locate
from handbook.reporting.tracing import sources_by_address, trace
from handbook.rules import engine
from handbook.rules.registry import REGISTRY
from tests.checks.projects import EXACTING, read

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.model.finding import Finding

load_rules()
SOURCE = "---\ntitle: A\n---\n# A\n\n![x](https://cdn.example/x.png)\n\n!!! warning “Stop”\n\nsee [gone](gone/)\n"
BUILT = (
    '<!doctype html>\n<html lang="{language}"><head><title>A</title></head>\n<body>'
    '<nav><a href="nowhere/">x</a></nav>\n'
    '<main><article><p><img src="https://cdn.example/x.png" alt="x"></p>\n<p>!!! warning “Stop”</p>\n'
    '<p>see <a href="gone/">gone</a></p></article></main></body></html>\n'
)


def _said(tmp_path: Path, files: dict[str, str], settings: Settings, codes: tuple[str, ...]) -> list[Finding]:
    project = read(tmp_path, files, settings)
    project = replace(project, site=read_site(tmp_path, tmp_path / "site"))
    found = engine.run(project, [REGISTRY.rules[code] for code in codes])
    return list(trace(locate(found, tmp_path), project))


@pytest.mark.parametrize(
    ("settings", "address"),
    [(EXACTING, "nl/a/"), (Settings(self_contained=True), "nl/a/")],
    ids=["our addresses", "file names"],
)
def test_what_stands_once_in_the_source_is_found_there(settings: Settings, address: str, tmp_path: Path) -> None:
    files = {"en/index.md": "# I\n", "nl/a.md": SOURCE, f"site/{address}index.html": BUILT.format(language="nl")}
    said = _said(tmp_path, files, settings, ("PUB101", "PUB105", "PUB116"))
    places = {(one.code, str(one.place), str(one.other)) for one in said}
    built = f"site/{address}index.html"
    assert ("PUB105", "docs/nl/a.md:6", f"{built}:4") in places
    assert ("PUB116", "docs/nl/a.md:8", f"{built}:5") in places
    assert ("PUB101", "docs/nl/a.md:10", f"{built}:6") in places
    assert ("PUB101", f"{built}:3", "None") in places, "a template wrote this link"


def test_what_stands_twice_or_is_a_word_stays_where_it_was_found(tmp_path: Path) -> None:
    twice = SOURCE + "\n![y](https://cdn.example/x.png)\n"
    files = {"en/index.md": "# I\n", "nl/a.md": twice, "site/nl/a/index.html": BUILT.format(language="nl")}
    said = _said(tmp_path, files, EXACTING, ("PUB105",))
    assert {one.path for one in said} == {"site/nl/a/index.html"}


def test_addresses_of_pages_by_their_file_names(tmp_path: Path) -> None:
    files = {"en/index.md": "# I\n", "en/a/b.md": "# B\n", "nl/a/index.md": "# A\n"}
    project = read(tmp_path, files, Settings())
    assert {address: page.path for address, page in sources_by_address(project).items()} == {
        "": "docs/en/index.md",
        "a/b/": "docs/en/a/b.md",
        "nl/a/": "docs/nl/a/index.md",
    }

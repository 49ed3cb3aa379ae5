"""What the registry of addresses expects to be handed out is what is made, to the letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.commands.layers import settings_for
from handbook.publishing.address_rules import published_pages
from handbook.reading.project import read_project

if TYPE_CHECKING:
    from pathlib import Path

FORMS = {".pdf", ".epub", ".zip"}


def test_every_file_is_made_at_the_path_that_is_registered_for_it(handouts: Path) -> None:
    pages = published_pages(read_project(handouts.parent, settings_for, render=False, site=False))
    expected = {path for page in pages for paths in page.files.values() for path in paths}
    made = {path.relative_to(handouts).as_posix() for path in handouts.rglob("*") if path.is_file()}
    assert {path for path in made if path[path.rfind(".") :] in FORMS} == expected
    assert {path[path.rfind(".") :] for path in expected} == FORMS
    assert any("/worksheet-" in path for path in expected)

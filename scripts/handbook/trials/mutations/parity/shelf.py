"""A shelf of differences between languages, and the places where a finding about one is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.model.finding import Place
from handbook.trials.edit import Edit
from handbook.trials.shelf import Shelf

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Iterator
    from random import Random

    from handbook.model.page import Page, Section
    from handbook.trials.world import World


class ParityShelf(Shelf):
    """The shelf of kinds in which one language differs."""

    def __init__(self) -> None:
        super().__init__("Languages in step")

    def one_sided(  # noqa: PLR0913, PLR0917 - as in Shelf.swap
        self,
        name: str,
        what: str,
        codes: str,
        pattern: str,
        new: str | Callable[[re.Match[str]], str],
        pages: Callable[[World], Iterable[Page]] | None = None,
    ) -> None:
        """Put a kind on the shelf that changes a line in one language; the finding may stand at its section instead."""

        @self.make(name, what, codes)
        def _make(world: World, chance: Random) -> Edit | None:
            edit = world.swap(chance, pattern, new, pages(world) if pages else None)
            return edit and Edit(edit.files, edit.at | frozenset(_sections_of(world, edit)))


def both_sides(world: World, page: Page, section: Section, line: int) -> tuple[Place, ...]:
    """Name the places where a difference in a section may be reported: at the line, or at the section in a language."""
    twin = world.twin(page)
    there = twin.section(section.id)
    places = [Place(page.path, line), Place(page.path, section.line)]
    return (*places, *([Place(twin.path, there.line)] if there else []))


def sections_at(world: World, level: int, pages: Iterable[Page] | None = None) -> list[tuple[Page, Section]]:
    """Give the sections of a level that have a heading."""
    return [
        (page, section)
        for page in pages or world.client
        for section in page.all_sections
        if section.level == level and section.heading is not None
    ]


def _sections_of(world: World, edit: Edit) -> Iterator[Place]:
    """Yield the section that holds each place of an edit, in both languages."""
    for place in edit.at:
        page = world.page(place.path)
        for section in page.all_sections:
            if section.line <= place.line <= section.end:
                yield from both_sides(world, page, section, place.line)

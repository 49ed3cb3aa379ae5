"""What a section holds of one kind, and that one language has fewer of it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from handbook.model.finding import Place
from handbook.model.page import Callout, walk
from handbook.rules.parity.phrases import counted, page_name, section_name
from handbook.rules.parity.throughout import sources
from handbook.rules.registry import Hit

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Sequence

    from handbook.model.page import Block, Section
    from handbook.model.project import Pair, Project


class OnALine(Protocol):
    """What can be counted: anything that knows its line."""

    @property
    def line(self) -> int:
        """The line in the source, from 1."""


@lru_cache(maxsize=256)
def blocks_of(section: Section) -> tuple[Block, ...]:
    """Give every block of a section, those within others too."""
    return tuple(walk(section.blocks))


def _line(found: Sequence[OnALine], section: Section) -> int:
    return found[0].line if found else section.line


def fewer_here(
    pair: Pair, sections: tuple[Section, Section], found: tuple[Sequence[OnALine], Sequence[OnALine]], noun: str
) -> Hit:
    """Report that one side has more of something, on the side that has fewer."""
    there, here = found
    section_there, section_here = sections
    if len(here) <= len(there):
        page, other, section = pair.second, pair.first, section_here
        few, many, place = len(here), len(there), Place(pair.first.path, _line(there[len(here) :], section_there))
    else:
        page, other, section = pair.first, pair.second, section_there
        few, many, place = len(there), len(here), Place(pair.second.path, _line(here[len(there) :], section_here))
    message = f"{counted(few, noun)} in {section_name(section)}, {many} on {page_name(other)}"
    return Hit(page.path, section.line, message, f"Add what is missing here, or remove it from {other.path}.", place)


def pick(
    kind: type[Block] | tuple[type[Block], ...], section: Section, keep: Callable[[Block], bool] = lambda _: True
) -> list[Block]:
    """Give the blocks of a section that are of some kind."""
    return [block for block in blocks_of(section) if isinstance(block, kind) and keep(block)]


def fell_out(project: Project, there: Section, here: Section) -> bool:
    """Tell whether a box is empty on one side only: what belongs in it stands below it, and would be counted there.

    Where languages are kept in step, every difference is named by itself.
    """
    empty = [
        sum(not block.children for block in pick(Callout, side) if isinstance(block, Callout)) for side in (there, here)
    ]
    return not project.settings.strict_parity and empty[0] != empty[1]


def as_many_written(pair: Pair, there: Section, here: Section, sign: re.Pattern[str]) -> bool:
    """Tell whether both sources have something equally often: raw HTML around it can hide it from one parser only."""
    first, second = (len(sign.findall(source)) for source in sources(pair, there, here))
    return first == second

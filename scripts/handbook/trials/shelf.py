"""A shelf of kinds of changes of one family, and the shortest ways to put one on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.trials.edit import Kind

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Mapping
    from random import Random

    from handbook.model.page import Page
    from handbook.trials.edit import Edit
    from handbook.trials.world import World

    Make = Callable[[World, Random], Edit | None]
    Choose = Callable[[World], Iterable[Page]]
    Where = Callable[[Page, int], bool]


def anywhere(_page: Page, _line: int) -> bool:
    """Leave every line in."""
    return True


class Shelf:
    """Kinds of one family, in the order in which they were put here."""

    def __init__(self, family: str) -> None:
        self.family = family
        self.kinds: list[Kind] = []

    def make(self, name: str, what: str, *codes: str, ignored: tuple[str, ...] = ()) -> Callable[[Make], Make]:
        """Put a kind on the shelf whose edit a function makes."""

        def put(function: Make) -> Make:
            self.kinds.append(Kind(name, self.family, what, tuple(" ".join(codes).split()), function, ignored))
            return function

        return put

    def swap(  # noqa: PLR0913 - what a replacement consists of
        self,
        name: str,
        what: str,
        codes: str,
        pattern: str,
        replacement: str | Callable[[re.Match[str]], str],
        *,
        pages: Choose | None = None,
        part: str = "body",
        where: Where = anywhere,
        ignored: tuple[str, ...] = (),
    ) -> None:
        """Put a kind on the shelf that replaces what a pattern finds in one line."""

        def make(world: World, chance: Random) -> Edit | None:
            return world.swap(chance, pattern, replacement, pages(world) if pages else None, part, where)

        self.make(name, what, codes, ignored=ignored)(make)

    def insert(  # noqa: PLR0913 - what an insertion consists of
        self,
        name: str,
        what: str,
        codes: str,
        text: str | Mapping[str, str],
        *,
        at: int = 0,
        pages: Choose | None = None,
    ) -> None:
        """Put a kind on the shelf that adds a block to a page; the finding is due `at` lines below its first."""

        def make(world: World, chance: Random) -> Edit | None:
            return world.insert(chance, text, at, pages(world) if pages else None)

        self.make(name, what, codes)(make)

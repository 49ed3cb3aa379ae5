"""A shelf of mistakes against the handbook's own rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.trials.shelf import Shelf

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from handbook.model.page import Page
    from handbook.trials.world import World


class EditorialShelf(Shelf):
    """The shelf of such kinds."""

    def __init__(self) -> None:
        super().__init__("Editorial")

    def top(  # noqa: PLR0913, PLR0917 - as in Shelf.swap
        self,
        name: str,
        what: str,
        codes: str,
        pattern: str,
        new: str | Callable[[re.Match[str]], str],
        pages: Callable[[World], list[Page]] | None = None,
    ) -> None:
        """Put a kind on the shelf that changes a line at the top of a page."""
        self.swap(name, what, codes, pattern, new, part="top", pages=pages)

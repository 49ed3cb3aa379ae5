"""An edit of the handbook, the kinds of edits there are, and the place where a finding about one is due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.model.finding import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from random import Random

    from handbook.model.page import Page
    from handbook.trials.world import World


@dataclass(frozen=True, slots=True)
class Edit:
    """New contents of files by path (None removes one), and the places of which a finding must name one."""

    files: Mapping[str, bytes | None]
    at: frozenset[Place] = frozenset()

    @staticmethod
    def of(drafts: Iterable[Draft], at: Iterable[Place]) -> Edit:
        """Make an edit of several drafts."""
        return Edit({draft.path: draft.data for draft in drafts}, frozenset(at))


class Draft:
    """The lines of a file while they are being changed. Lines are counted from 1, as in findings."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.lines = text.split("\n")

    @staticmethod
    def of(page: Page) -> Draft:
        """Begin with a page as it stands."""
        return Draft(page.path, page.text)

    @property
    def data(self) -> bytes:
        """The file as it would be saved."""
        return "\n".join(self.lines).encode()

    def line(self, number: int) -> str:
        """Give a line."""
        return self.lines[number - 1]

    def put(self, number: int, text: str) -> Draft:
        """Write a line anew."""
        self.lines[number - 1] = text
        return self

    def after(self, number: int, *added: str) -> Draft:
        """Add lines below a line; 0 is above the first."""
        self.lines[number:number] = added
        return self

    def cut(self, first: int, last: int) -> list[str]:
        """Take lines out, and give them."""
        taken = self.lines[first - 1 : last]
        del self.lines[first - 1 : last]
        return taken

    def edit(self, *at: int | Place) -> Edit:
        """Finish; whole numbers are lines of this file."""
        places = [Place(self.path, one) if isinstance(one, int) else one for one in at]
        return Edit.of([self], places)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of change. `codes` are those of which one must be found; a harmless kind has none.

    `ignored` are codes that rightly speak up although the change is harmless, such as the ledger's, which asks for a
    look whenever words change.
    """

    name: str
    family: str
    what: str
    codes: tuple[str, ...]
    make: Callable[[World, Random], Edit | None]
    ignored: tuple[str, ...] = ()

    @property
    def harmless(self) -> bool:
        """Whether nothing may be found."""
        return not self.codes

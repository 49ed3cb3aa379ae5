"""Changes that are all right: nothing may be found when somebody makes them.

Most touch the form of a text and leave its words alone; not even the ledger may speak up then. Where words change, they
change in both languages, and the ledger's request to compare them (LED102, LED103) is left out: it is right.
"""

from typing import Final

from handbook.trials.edit import Kind
from handbook.trials.harmless import additions, blocks, in_both, lines, pages

HARMLESS: Final[tuple[Kind, ...]] = tuple(
    kind for module in (blocks, lines, pages, in_both, additions) for kind in module.shelf.kinds
)

"""Every kind of mistake, family by family. Each must be found, with the right code and on the right line."""

from typing import Final

from handbook.trials.edit import Kind
from handbook.trials.mutations import addresses, editorial, files, ledger, links, parity, published, safety, structure

MUTATIONS: Final[tuple[Kind, ...]] = tuple(
    kind
    for module in (
        links,
        *parity.MODULES,
        ledger,
        structure,
        files,
        safety,
        *editorial.MODULES,
        addresses,
        published,
    )
    for kind in module.shelf.kinds
)

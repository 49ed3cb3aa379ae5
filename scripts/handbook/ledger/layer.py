"""What the ledger adds to the checks: its rules. A project without `data/ledger/` has them switched off."""

from typing import Final

RULES: Final = ("handbook.ledger.rules",)

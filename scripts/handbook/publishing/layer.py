"""What publishing adds to the checks: the promise that an address is for ever.

A project without `data/addresses.txt` has made no such promise, and the rules are off.
"""

from typing import Final

RULES: Final = ("handbook.publishing.address_rules",)

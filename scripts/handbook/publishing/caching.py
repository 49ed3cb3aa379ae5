"""How long a browser or a CDN may keep a file without asking again.

An asset's name changes with its content, so whoever has it may keep it for ever. Everything else, above all a page with
phone numbers, is old after five minutes: then one small question (`If-None-Match`) tells whether it changed.
"""

from __future__ import annotations

import re
from typing import Final

HASHED_ASSET: Final = r"^/assets/.+\.[0-9a-f]{10}\.[a-z0-9]+$"
"""Paths of files that carry their digest in their name; a regular expression that Python, nginx and Caddy all read."""

FOREVER: Final = "public, max-age=31536000, immutable"
SHORT: Final = "public, max-age=300"
NEVER: Final = "no-cache"
"""For answers that are not a file, such as the page for a lost address: it may be there a minute later."""


def is_hashed_asset(path: str) -> bool:
    """Tell whether the file at this path below the root of the site (`assets/site.0123456789.css`) never changes."""
    return re.fullmatch(HASHED_ASSET[1:-1], f"/{path}") is not None

"""The handbook's own rules, upon the core's: front matter, the shape of a page, evidence, wording, readability.

They need the editorial data below `data/`; a project without it has them switched off.
"""

from typing import Final

MODULES: Final = tuple(
    f"handbook.editorial.rules.{name}"
    for name in ("data", "metadata", "shape", "evidence", "wording", "reading_ease", "spelling")
)
"""What to import so that the rules are registered."""

"""The agreed sections of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from handbook.editorial.page_shapes import CLIENT_SECTIONS, THERAPIST_SECTIONS, Slot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handbook.model.page import Page, Section

UNSHAPED: Final = frozenset({"index.md", "help-now.md", "reading-safely.md", "worksheets/index.md"})


def slots_of(page: Page) -> Sequence[Slot]:
    """Give the agreed sections of the kind of page that this one is; none where it is of no kind."""
    if page.key in UNSHAPED or page.key.startswith("_"):
        return ()
    match page.front_matter.get("audience"):
        case "client":
            return CLIENT_SECTIONS
        case "therapist" if not page.key.endswith("/index.md"):
            return THERAPIST_SECTIONS
    return ()


def top_sections(page: Page) -> list[Section]:
    """Give the sections right below the title."""
    return [section for section in page.all_sections if section.level == 2]

"""How messages name a page and a section, and count things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.rules.naming import language_name

if TYPE_CHECKING:
    from handbook.model.page import Page, Section


def page_name(page: Page) -> str:
    """Name a page by its language."""
    return f"the {language_name(page.language)} page"


def section_name(section: Section | None) -> str:
    """Name a section by its heading; what stands above the first one is the opening."""
    if section is None or section.heading is None:
        return "the opening"
    return f'"{section.heading.text}"' if section.heading.text else f'"#{section.id}"'


def counted(count: int, noun: str) -> str:
    """Say how many of something there are."""
    if count == 1:
        return f"one {noun}"
    first, *rest = noun.split(" of ", 1)
    many = " of ".join([f"{first}{'es' if first.endswith('x') else 's'}", *rest])
    return f"{count if count else 'no'} {many}"

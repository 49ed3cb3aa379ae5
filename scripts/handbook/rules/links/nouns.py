"""What a link is called in a message."""

from __future__ import annotations

from handbook.model.page import Image, Link


def noun(thing: Link | Image) -> str:
    """Say whether it is a link, an image or another element that leads somewhere."""
    if isinstance(thing, Image):
        return "image"
    return "link" if thing.element == "a" else f"<{thing.element}> element"

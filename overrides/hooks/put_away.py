"""Put a page's text away between being rendered and being put into its template, so that few are held at a time.

MkDocs renders all pages of a language before it writes the first, and lets go of none. A large handbook would be held
in memory whole, as Markdown and as HTML, two bytes for each letter wherever a curly quote is among them.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any, Final

from mkdocs.plugins import event_priority

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

LEVEL: Final = 1  # a quarter of the size for a fifth of a millisecond

_away: dict[str, bytes] = {}


@event_priority(-500)
def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Put the text away when everybody else has seen it."""
    _away[page.file.src_uri] = zlib.compress(html.encode("utf-8", "surrogatepass"), LEVEL)
    page.markdown = None
    return ""


@event_priority(500)
def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    """Take it out again for the page's template."""
    page.content = zlib.decompress(_away.pop(page.file.src_uri)).decode("utf-8", "surrogatepass")
    return context


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Let go of it for good."""
    page.content = None
    page.toc = []  # type: ignore[assignment]  # only templates ask for it, and they ask for no more than a sequence
    return output


@event_priority(500)
def on_post_build(config: MkDocsConfig) -> None:
    """Forget pages that were put into no template: the preview has them finished."""
    _away.clear()

"""The published site as it lies on disk after a build: what each page refers to and what can be referred to.

Only what rules ask for is kept (no tree of the HTML), so that four thousand pages fit in memory.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

PAINTS: Final = ("fill", "stroke", "filter", "mask", "clip-path", "marker-start", "marker-mid", "marker-end", "cursor")
"""Attributes of a drawing that may name a colour, a shape or a picture by its address."""


@dataclass(frozen=True, slots=True)
class BuiltElement:
    """An element worth a rule's attention: its tag, the attribute that matters and that attribute's value."""

    tag: str
    attribute: str
    value: str
    text: str = ""
    language: str = ""
    """Of the nearest `lang` attribute."""


@dataclass(frozen=True, slots=True)
class BuiltPage:
    """One HTML file. Paths are below the root of the project."""

    path: str
    url: str
    """Where it is below the site's root: `nl/grenzen/`."""
    language: str
    """Of the `lang` attribute of <html>."""
    title: str
    ids: frozenset[str]
    repeated_ids: tuple[str, ...] = ()
    references: tuple[BuiltElement, ...] = ()
    """href, src, srcset, poster, action and the like, and what drawings take from elsewhere."""
    id_references: tuple[BuiltElement, ...] = ()
    """aria-labelledby, aria-describedby, for, headers and the like; one for each id."""
    inline_code: tuple[BuiltElement, ...] = ()
    """Inline scripts, styles, style attributes and handlers."""
    canonical: str = ""
    alternates: tuple[tuple[str, str], ...] = ()
    """hreflang and address."""
    phrases: tuple[BuiltElement, ...] = ()
    """Short texts of the interface: labels, titles, buttons."""
    images_without_alt: tuple[BuiltElement, ...] = ()
    unnamed_links: tuple[BuiltElement, ...] = ()
    literal_markup: tuple[str, ...] = ()
    """Markdown that was printed as it stands."""
    generated: bool = False
    """Whether the page tells robots not to list it, or is an error page: it need not be in the sitemap."""
    refresh: str = ""
    """Where a redirect page leads."""


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """An address in sitemap.xml with its versions in other languages."""

    url: str
    alternates: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, eq=False)
class BuiltSite:
    """The whole of `site/`."""

    directory: str
    pages: tuple[BuiltPage, ...]
    files: frozenset[str]
    """Every file, as a path below the site's root."""
    sitemap: tuple[SitemapEntry, ...] | None = None
    sitemap_error: str = ""
    stylesheets: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Every style sheet with the addresses in it that lead elsewhere."""
    words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Words of the theme's interface, by language."""
    by_file: Mapping[str, BuiltPage] = field(init=False)

    def __post_init__(self) -> None:
        prefix = len(self.directory) + 1
        object.__setattr__(self, "by_file", {page.path[prefix:]: page for page in self.pages})

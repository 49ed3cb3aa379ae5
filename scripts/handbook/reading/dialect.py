"""Which constructs mean something in a project's Markdown, by the extensions it uses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handbook.model.project import Configuration


@dataclass(frozen=True, slots=True)
class Dialect:
    """Which constructs mean something in a project."""

    tables: bool = True
    footnotes: bool = True
    attributes: bool = True
    callouts: bool = True
    details: bool = True
    tabs: bool = True
    blocks: bool = False
    definitions: bool = False
    abbreviations: bool = False
    math: bool = False
    emoji: bool = False
    building_blocks: bool = False
    """`{{ name }}` is a known building block, not a template language that may put anything on the page."""

    @classmethod
    def of(cls, configuration: Configuration, *, building_blocks: bool = False) -> Dialect:
        """Read the dialect off the Markdown extensions of a project."""
        has = configuration.has_extension
        return cls(
            tables=has("tables"),
            footnotes=has("footnotes"),
            attributes=has("attr_list"),
            callouts=has("admonition", "pymdownx.details"),
            details=has("pymdownx.details"),
            tabs=has("pymdownx.tabbed"),
            blocks=any(name.startswith("pymdownx.blocks") for name in configuration.markdown_extensions),
            definitions=has("def_list"),
            abbreviations=has("abbr"),
            math=has("pymdownx.arithmatex", "mdx_math"),
            emoji=has("pymdownx.emoji"),
            building_blocks=building_blocks,
        )

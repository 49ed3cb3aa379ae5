"""Teach MkDocs's Markdown the handbook's building blocks, and tell them which page is being rendered."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from mkdocs.plugins import event_priority

from handbook.publishing.building_blocks import BuildingBlocks
from handbook.publishing.filler import PageFiller
from handbook.publishing.section_marks import Marks, SectionMarks, marks_for
from handbook.publishing.sparing import Sparing
from handbook.publishing.typography import Typography
from handbook.rules.registry import REGISTRY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

    from handbook.rules.registry import RuleDefinition

log = logging.getLogger("mkdocs.hooks.content")
_blocks = BuildingBlocks()
_marks = SectionMarks()
_typography = Typography()
_sparing = Sparing()


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add the extensions once; MkDocs passes whatever stands in this list to Python-Markdown."""
    extensions: list[Any] = config.markdown_extensions
    extensions.extend(one for one in (_blocks, _marks, _typography, _sparing) if one not in extensions)
    return config


@event_priority(-100)
def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Point the extensions at this page. What cannot be filled in is a warning, which fails a strict build."""
    language, _, key = page.file.src_uri.partition("/")
    site = config.extra["handbook"]
    entry = site.catalogue.get(language, key)
    _marks.marks = marks_for(site, entry) if entry else Marks()
    if entry is None:
        _blocks.filler = None
        return markdown
    _blocks.filler = PageFiller(
        site, entry, report=lambda message: log.warning("docs/%s: %s", page.file.src_uri, message), rules=_rules
    )
    return markdown


def _rules() -> Iterable[RuleDefinition]:
    """Load the rules of the checks for the one page that explains them, where it is rendered at all."""
    from handbook.commands.layers import load_rules  # noqa: PLC0415

    load_rules()
    return REGISTRY.all()

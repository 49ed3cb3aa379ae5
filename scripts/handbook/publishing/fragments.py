"""Renders the small templates in `overrides/fragments/` that building blocks become."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jinja2

from handbook.publishing.compiled import CompiledTemplates

if TYPE_CHECKING:
    from pathlib import Path


class Fragments:
    """The fragment templates of a theme folder; everything printed in them is escaped."""

    def __init__(self, overrides: Path) -> None:
        self._env = jinja2.Environment(
            loader=jinja2.FileSystemLoader(overrides / "fragments"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=CompiledTemplates("fragment"),
        )

    def render(self, fragment: str, /, **context: object) -> str:
        """Render `overrides/fragments/<fragment>.html`; jinja2.TemplateNotFound if there is none."""
        return self._env.get_template(f"{fragment}.html").render(**context).strip()

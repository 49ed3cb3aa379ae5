"""Plugins that make pages during the build."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handbook.model.project import Project


def page_makers(project: Project) -> list[str]:
    """Name plugins that make pages during the build, so that a missing source proves nothing."""
    makers = {
        "gen-files", "mkdocs-simple-hooks", "monorepo", "multirepo", "api-autonav", "autoapi",
        "mkdoxy", "mkdocs-jupyter", "gallery", "include_dir_to_nav", "external-files",
        "same-dir", "mkapi", "techdocs-core", "static-pages",
    }  # fmt: skip
    return sorted(makers & project.configuration.plugins.keys())

"""The menu in mkdocs.yml."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handbook.model.finding import Severity
from handbook.rules.links.generated import page_makers
from handbook.rules.registry import Hit, Scope, Text, rule
from handbook.rules.resolving import resolver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.project import Project

REST_OF_NAV = frozenset({"awesome-pages", "awesome-nav"})
"""Plugins for which an entry `...` stands for all pages that are not named."""


@rule(
    "LNK121",
    "nav-to-missing-page",
    Scope.PROJECT,
    en=Text(
        "The navigation in mkdocs.yml names a page that does not exist.",
        "The menu has a dead entry.",
        "nav:\n  - Safety: saftey.md",
        "nav:\n  - Safety: safety.md",
    ),
    nl=Text(
        "De navigatie in mkdocs.yml noemt een pagina die niet bestaat.",
        "Het menu heeft een dode ingang.",
        "nav:\n  - Veiligheid: saftey.md",
        "nav:\n  - Veiligheid: safety.md",
    ),
)
def nav_to_missing_page(project: Project, _same: Project) -> Iterator[Hit]:
    """Resolve each entry in every language that uses it; it must exist in at least one."""
    links = resolver(project)
    if page_makers(project):
        return
    for entry in project.configuration.nav:
        target = entry.target.split("#")[0]
        if re.match(r"[a-z][a-z0-9+.-]*:|/|$|#", target, re.IGNORECASE) or "*" in target or target.endswith("/"):
            continue
        if target.startswith("...") and project.configuration.plugins.keys() & REST_OF_NAV:
            continue
        languages = [entry.language] if entry.language else [language.locale for language in project.languages]
        known = any(links.find(target, language) for language in languages)
        if not known and not links.generated.match_file(target):
            yield Hit(
                project.configuration.path,
                entry.line,
                f'the navigation names "{entry.target}", which does not exist',
                "Correct the name, or remove the entry.",
                severity=Severity.ERROR,
            )

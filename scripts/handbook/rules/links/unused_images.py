"""Images that no page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.model.finding import Severity
from handbook.rules.registry import Hit, Scope, Text, rule
from handbook.rules.resolving import resolver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.project import Project

ASSET_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif")


@rule(
    "LNK117",
    "unused-image",
    Scope.PROJECT,
    severity=Severity.WARNING,
    needs=lambda project: (
        ""
        if project.settings.strict_parity
        else "images may be used by templates or style sheets that are not looked at"
    ),
    en=Text(
        "An image is used by no page.",
        "It is published all the same, and somebody will translate or update it for nothing.",
        "docs/assets/old-circle.svg, which no page shows",
        "remove the file",
    ),
    nl=Text(
        "Een afbeelding wordt door geen pagina gebruikt.",
        "Ze wordt toch gepubliceerd, en iemand vertaalt of vernieuwt haar voor niets.",
        "docs/assets/oude-cirkel.svg, die geen pagina toont",
        "verwijder het bestand",
    ),
)
def unused_image(project: Project, _same: Project) -> Iterator[Hit]:
    """Report images below docs_dir that nothing refers to."""
    links = resolver(project)
    used = {found.path for page in project.pages for _, found in links.of(page) if found.kind == "file"}
    used |= set(project.configuration.assets)
    for page in project.pages:
        used |= {str(entry.value) for entry in page.front_matter.entries if isinstance(entry.value, str)}
    for path in sorted(project.files):
        if path.lower().endswith(ASSET_ENDINGS) and links.below(path) not in used:
            yield Hit(path, 0, "no page uses this image", "Remove the file, or show it where it belongs.")

"""What the rules about the published site need, and what they call its elements."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handbook.model.project import Project
    from handbook.model.site import BuiltElement


def is_built(project: Project) -> str:
    """Say what is missing where no built site was read."""
    return "" if project.site is not None else "there is no built site (run the build first)"


def is_self_contained(project: Project) -> str:
    """Say so where a site may use other sites, or was not built."""
    return is_built(project) or (
        "" if project.settings.self_contained else "this project does not say that its site stands on its own"
    )


def element_name(element: BuiltElement) -> str:
    """Give the name of an element without what its `rel` says."""
    return element.tag.split(" ")[0]

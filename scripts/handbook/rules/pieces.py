"""Files that other pages take in: a piece of a page is no page of its own.

Its links lead on from the pages that take it in, and nobody needs to translate it beside them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from handbook.model.project import Project

TAKEN_IN: Final = re.compile(r"""(?:-{1,}8<-{1,}|\{%-?\s*include(?:-markdown)?)\s+["']([^"'\n]+\.md)["']""")
"""The name of a file that a page takes in."""


@lru_cache(maxsize=2)
def pieces(project: Project) -> frozenset[str]:
    """Give the paths of files that other pages take in, and that no menu names."""
    names = {
        name.rsplit("../", 1)[-1].removeprefix("./")
        for page in project.pages
        if page.opaque
        for name in TAKEN_IN.findall(page.text)
    }
    menu = {entry.target for entry in project.configuration.nav}
    return frozenset(
        page.path
        for page in project.pages
        if page.key not in menu and any(f"/{page.path}".endswith(f"/{name}") for name in names)
    )

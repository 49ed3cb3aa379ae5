"""Where an address of the published site leads."""

from __future__ import annotations

from functools import lru_cache
from posixpath import dirname, normpath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from handbook.model.project import Project
    from handbook.model.site import BuiltPage, BuiltSite


@lru_cache(maxsize=2)
def base_of(site_url: str) -> tuple[str, str]:
    """Split the address of the site into host and path."""
    parts = urlsplit(site_url)
    return parts.netloc, parts.path.rstrip("/") + "/"


def resolve(address: str, page: BuiltPage, project: Project) -> tuple[str, str] | None:
    """Give file below the site and fragment of an address; None where it leads elsewhere."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    host, base = base_of(project.configuration.site_url)
    if parts.scheme and parts.scheme not in {"http", "https"}:
        return None
    if parts.netloc or parts.scheme:
        if not host or parts.netloc != host or not (parts.path + "/").startswith(base):
            return None
        path = parts.path[len(base) :]
    elif parts.path.startswith("/"):
        path = parts.path[len(base) :] if parts.path.startswith(base) else parts.path.lstrip("/")
    elif parts.path:
        folder = dirname(page.url) if not page.url.endswith("/") else page.url.rstrip("/")
        path = normpath(f"{folder}/{parts.path}") + (
            "/" if parts.path.endswith(("/", "/.", "..")) or parts.path == "." else ""
        )
        path = path.lstrip("/") if not path.startswith("../") else path
    else:
        path = page.url
    path = unquote(path)
    return ("" if path in {".", "./", "/"} else path), unquote(parts.fragment)


def file_of(path: str, site: BuiltSite) -> str | None:
    """Find the file a web server would send for a path."""
    if path.startswith("../"):
        return None
    bare = path.rstrip("/")
    names = [f"{bare}/index.html" if bare else "index.html"]
    if not path.endswith("/"):
        names = [bare, *names, f"{bare}.html"]
    return next((name for name in names if name in site.files), None)

"""What every server and static host is told alike: where the site lives, its headers, and where old addresses lead.

`nginx` and `caddy` say it in the words of those servers; this module does for hosts that read `_headers`. Both servers
are told the same, and the same tests ask both: only GET and HEAD, no listing of folders, no answer for hidden or
precompressed files by their own name, the bilingual page for lost addresses with status 404, and no log of who read
what. A running server needs no new configuration for a new release; only the list of redirects is a file of its own,
and until the server reads it, a small page at every old address does the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from handbook.publishing.caching import FOREVER, HASHED_ASSET
from handbook.publishing.security import security_headers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CURRENT: Final = "current"
"""The link in a publisher's folder that leads to the release being served."""
NGINX_REDIRECTS: Final = "redirects.nginx"
CADDY_REDIRECTS: Final = "redirects.caddy"
HEADERS_FILE: Final = "_headers"
REDIRECTS_FILE: Final = "_redirects"
MADE_BY: Final = "# Made by `handbook configure`; change scripts/handbook/publishing/, not this file.\n"
ROOT: Final = "/"
PATH: Final = r"/(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*"


class PlaceError(ValueError):
    """A place that cannot be written into a configuration; the message says why."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a server finds the releases and how it is reached. `scratch` is where a rootless nginx may write.

    `path` is where the handbook begins on its host, with a slash at both ends: `/` where it has the host to itself.
    """

    folder: str = "/srv/handbook"
    name: str = "handbook.example"
    listen: str = "80"
    scratch: str = "/tmp"  # noqa: S108  (a tmpfs in the container; anything else is the publisher's choice)
    path: str = ROOT
    hsts: bool = False
    brotli: bool = False

    def __post_init__(self) -> None:
        for value in (self.folder, self.name, self.listen, self.scratch):
            if any(sign in "\"\\${};'`" or not sign.isprintable() for sign in value):
                message = f"{value!r} holds a sign that means something else in a server's configuration"
                raise PlaceError(message)
        if not re.fullmatch(PATH, self.path):
            message = f"{self.path!r} is no path such as /handbook/: a slash at both ends, and letters, digits, - . _ ~"
            raise PlaceError(message)

    @property
    def hashed_asset(self) -> str:
        """Whose paths match this changes its name with its content; Python, nginx and Caddy all read it."""
        return f"^{re.escape(self.path)}{HASHED_ASSET.removeprefix('^/')}"


def path_of(site_url: str) -> str:
    """Return where a site begins on its host, with a slash at both ends: `/handbook/` of `https://x.org/handbook`."""
    inner = urlsplit(site_url).path.strip("/")
    return f"/{inner}/" if inner else ROOT


def headers_file(path: str = ROOT, *, hsts: bool = False) -> str:
    """Return `_headers`, as Netlify, Cloudflare Pages and others read it at the root of a host.

    Pages get no `Cache-Control`: such hosts ask for every page again by themselves, and would join two values into one.
    """
    lines = "".join(f"  {name}: {value}\n" for name, value in security_headers(hsts=hsts).items())
    return f"{MADE_BY}{path}*\n{lines}{path}assets/*\n  Cache-Control: {FOREVER}\n"


def redirects_file(pairs: Iterable[tuple[str, str]]) -> str:
    """Return `_redirects`, as the same hosts read it."""
    return "".join(f"{quote(old)} {quote(new)} 301\n" for old, new in pairs)


def spellings(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield each redirect with and without the final slash of the old address."""
    for old, new in pairs:
        yield old, new
        if old.endswith("/") and len(old) > 1:
            yield old.rstrip("/"), new


def escaped(text: str) -> str:
    """Write an address between double quotes; both servers take a backslash before a quote or a backslash."""
    return text.replace("\\", "\\\\").replace('"', '\\"')

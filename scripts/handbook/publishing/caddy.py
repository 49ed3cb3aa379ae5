"""The configuration of Caddy: a host of its own, or a part of another site's; see `servers` for what it promises."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from handbook.publishing.caching import FOREVER, NEVER, SHORT
from handbook.publishing.security import security_headers
from handbook.publishing.servers import (
    CADDY_REDIRECTS,
    CURRENT,
    HEADERS_FILE,
    MADE_BY,
    REDIRECTS_FILE,
    ROOT,
    Place,
    escaped,
    spellings,
)

if TYPE_CHECKING:
    from collections.abc import Iterable


def caddy_site(place: Place) -> str:
    """Return a Caddyfile. Caddy gets certificates by itself where `name` is a real host name."""
    address = place.name if place.listen == "80" else f"{place.name}:{place.listen}"
    elsewhere = "" if place.path == ROOT else "\n\thandle {\n\t\trespond 404\n\t}\n"
    return f"""{MADE_BY}{{
	admin off
	log {{
		level ERROR
	}}
}}

{address} {{
{_indented(_answers(place))}{elsewhere}}}
"""


def caddy_part(place: Place) -> str:
    """Return what another site imports into its own block; that site answers all other paths as before."""
    return MADE_BY + _answers(place)


def caddy_redirects(pairs: Iterable[tuple[str, str]]) -> str:
    """Return Caddy's lines for old addresses; one line does nothing, because Caddy refuses an empty file."""
    return f"{MADE_BY}vars handbook redirects\n" + "".join(
        f'redir "{escaped(old)}" "{quote(new)}" 301\n' for old, new in spellings(pairs)
    )


def _answers(place: Place) -> str:
    """Return how the handbook answers. A lost address is no error of Caddy's: those belong to the site around it."""
    path, asset = place.path, place.hashed_asset
    headers = "".join(f'\t{name} "{value}"\n' for name, value in security_headers(hsts=place.hsts).items())
    without_slash = "" if path == ROOT else f'redir "{path.rstrip("/")}" "{path}" 301\n'
    names = "*" if path == ROOT else f'"{path.rstrip("/")}" "{path}*"'
    return f"""@handbook path {names}
header @handbook {{
{headers}	Vary Accept-Encoding
	-Server
}}

# Where old addresses lead. `handbook publish` writes the file; Caddy reads it when it is reloaded.
{without_slash}import "{place.folder}/{CADDY_REDIRECTS}*"

@handbook_asset path_regexp {asset}
header @handbook_asset Cache-Control "{FOREVER}"
@handbook_other {{
	path "{path}*"
	not path_regexp {asset}
}}
header @handbook_other Cache-Control "{SHORT}"

handle_path "{path}*" {{
	root * "{place.folder}/{CURRENT}"

	@handbook_method not method GET HEAD
	handle @handbook_method {{
		header Cache-Control "{NEVER}"
		respond "405 Method Not Allowed" 405
	}}

	# The files stand there compressed as well; nothing is compressed while a reader waits.
	@handbook_page {{
		not path_regexp (/\\.|\\.(gz|br)$|^/({HEADERS_FILE}|{REDIRECTS_FILE}|404\\.html)$)
		file {{path}} {{path}}/index.html
	}}
	handle @handbook_page {{
		file_server {{
			precompressed br gzip
		}}
	}}
	handle {{
		header Cache-Control "{NEVER}"
		rewrite * /404.html
		file_server {{
			precompressed br gzip
			status 404
		}}
	}}
}}
"""


def _indented(text: str) -> str:
    return "".join(f"\t{line}" if line.strip() else line for line in text.splitlines(keepends=True))

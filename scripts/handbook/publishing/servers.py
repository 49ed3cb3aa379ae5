"""The one list of headers, caching and redirects, in the words of nginx, Caddy and hosts that read `_headers`.

Both servers are told the same, and the same tests ask both: only GET and HEAD, no listing of folders, no answer for
hidden or precompressed files by their own name, the bilingual page for lost addresses with status 404, and no log of
who read what. A running server needs no new configuration for a new release; only the list of redirects is a file of
its own, and until the server reads it, a small page at every old address does the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from handbook.publishing.caching import FOREVER, HASHED_ASSET, NEVER, SHORT
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

TYPES: Final = (
    ("text/html", "html"),
    ("text/css", "css"),
    ("text/javascript", "js"),
    ("text/plain", "txt"),
    ("text/xml", "xml"),
    ("application/json", "json"),
    ("application/pdf", "pdf"),
    ("application/epub+zip", "epub"),
    ("application/zip", "zip"),
    ("image/svg+xml", "svg"),
    ("image/png", "png"),
    ("image/x-icon", "ico"),
    ("font/woff2", "woff2"),
)
TEXTS: Final = ("text/css", "text/javascript", "text/plain", "text/xml", "application/json", "image/svg+xml")


class PlaceError(ValueError):
    """A place that cannot be written into a configuration; the message says why."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a server finds the releases and how it is reached. `scratch` is where a rootless nginx may write."""

    folder: str = "/srv/handbook"
    name: str = "handbook.example"
    listen: str = "80"
    scratch: str = "/tmp"  # noqa: S108  (a tmpfs in the container; anything else is the publisher's choice)
    hsts: bool = False
    brotli: bool = False

    def __post_init__(self) -> None:
        for value in (self.folder, self.name, self.listen, self.scratch):
            if any(sign in "\"\\${};'`" or not sign.isprintable() for sign in value):
                message = f"{value!r} holds a sign that means something else in a server's configuration"
                raise PlaceError(message)


def nginx_site(place: Place) -> str:
    """Return what goes into nginx's `http` block: a file for `/etc/nginx/conf.d/`."""
    headers = "".join(
        f'    add_header {name} "{value}" always;\n' for name, value in security_headers(hsts=place.hsts).items()
    )
    types = "".join(f"        {kind} {ending};\n" for kind, ending in TYPES)
    brotli = "    brotli_static on;\n" if place.brotli else ""
    return f"""{MADE_BY}
# Where old addresses lead. `handbook publish` writes the file; nginx reads it when it is reloaded.
map $uri $handbook_moved {{
    default "";
    include "{place.folder}/{NGINX_REDIRECTS}*";
}}

# Assets carry a digest in their name and never change; pages are asked for again after five minutes.
map "$status $uri" $handbook_cache {{
    default "{NEVER}";
    "~^(?:200|206|304) {HASHED_ASSET[1:]}" "{FOREVER}";
    "~^(?:200|206|304|301) " "{SHORT}";
}}

server {{
    listen {place.listen};
    server_name "{place.name}";
    root "{place.folder}/{CURRENT}";
    index index.html;

    # Nobody's reading is anybody's business: no log of requests, and none of addresses that were not found.
    access_log off;
    log_not_found off;
    server_tokens off;

    autoindex off;
    absolute_redirect off;
    merge_slashes on;
    client_max_body_size 1k;
    client_body_timeout 10s;
    client_header_timeout 10s;
    send_timeout 30s;
    reset_timedout_connection on;

    # The files stand there compressed as well; nothing is compressed while a reader waits.
    gzip off;
    gzip_static on;
{brotli}    gzip_vary on;

    charset utf-8;
    charset_types {" ".join(TEXTS)};
    default_type application/octet-stream;
    types {{
{types}    }}

{headers}    add_header Cache-Control $handbook_cache always;

    error_page 403 =404 /404.html;
    error_page 404 /404.html;
    if ($request_method !~ "^(?:GET|HEAD)$") {{ return 405; }}

    location = /404.html {{ internal; }}
    location ~ "/\\." {{ return 404; }}
    location ~ "\\.(?:gz|br)$" {{ return 404; }}
    location ~ "^/(?:{HEADERS_FILE}|{REDIRECTS_FILE})$" {{ return 404; }}
    location / {{
        if ($handbook_moved) {{ return 301 $handbook_moved; }}
        try_files $uri $uri/ =404;
    }}
}}
"""


def nginx_complete(place: Place) -> str:
    """Return a whole configuration for an nginx of its own that runs without root and writes to one folder alone."""
    modules = "load_module modules/ngx_http_brotli_static_module.so;\n" if place.brotli else ""
    scratch = place.scratch
    temporary = "".join(
        f'    {kind}_temp_path "{scratch}/nginx-{kind}";\n'
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    site = "".join(f"    {line}" if line.strip() else line for line in nginx_site(place).splitlines(keepends=True))
    return f"""{modules}daemon off;
worker_processes auto;
pid "{scratch}/nginx.pid";
error_log stderr crit;

events {{
    worker_connections 1024;
}}

http {{
{temporary}    sendfile on;
    tcp_nopush on;
    keepalive_timeout 65s;

{site}}}
"""


def nginx_redirects(pairs: Iterable[tuple[str, str]]) -> str:
    """Return the lines of nginx's map of old addresses; each is known with and without its final slash."""
    return MADE_BY + "".join(f'"{_escaped(old)}" "{quote(new)}";\n' for old, new in _spellings(pairs))


def caddy_site(place: Place) -> str:
    """Return a Caddyfile. Caddy gets certificates by itself where `name` is a real host name."""
    headers = "".join(f'\t\t{name} "{value}"\n' for name, value in security_headers(hsts=place.hsts).items())
    address = place.name if place.listen == "80" else f"{place.name}:{place.listen}"
    return f"""{MADE_BY}{{
	admin off
	log {{
		level ERROR
	}}
}}

(always) {{
	header {{
{headers}		Vary Accept-Encoding
		-Server
	}}
}}

{address} {{
	import always
	root * "{place.folder}/{CURRENT}"

	# Where old addresses lead. `handbook publish` writes the file; Caddy reads it when it is reloaded.
	import "{place.folder}/{CADDY_REDIRECTS}*"

	@asset path_regexp {HASHED_ASSET}
	header @asset Cache-Control "{FOREVER}"
	@other not path_regexp {HASHED_ASSET}
	header @other Cache-Control "{SHORT}"

	@method not method GET HEAD
	error @method 405
	@hidden path_regexp (\\x00|[^/]{{250}}|/\\.|\\.(gz|br)$|^/({HEADERS_FILE}|{REDIRECTS_FILE}|404\\.html)$)
	error @hidden 404

	# The files stand there compressed as well; nothing is compressed while a reader waits.
	file_server {{
		precompressed br gzip
	}}

	handle_errors {{
		import always
		header Cache-Control "{NEVER}"
		@lost expression {{http.error.status_code}} == 404
		handle @lost {{
			rewrite * /404.html
			file_server {{
				precompressed br gzip
			}}
		}}
		respond "{{http.error.status_code}} {{http.error.status_text}}"
	}}
}}
"""


def caddy_redirects(pairs: Iterable[tuple[str, str]]) -> str:
    """Return Caddy's lines for old addresses; one line does nothing, because Caddy refuses an empty file."""
    return f"{MADE_BY}vars handbook redirects\n" + "".join(
        f'redir "{_escaped(old)}" "{quote(new)}" 301\n' for old, new in _spellings(pairs)
    )


def headers_file(*, hsts: bool = False) -> str:
    """Return `_headers`, as Netlify, Cloudflare Pages and others read it.

    Pages get no `Cache-Control`: such hosts ask for every page again by themselves, and would join two values into one.
    """
    lines = "".join(f"  {name}: {value}\n" for name, value in security_headers(hsts=hsts).items())
    return f"{MADE_BY}/*\n{lines}/assets/*\n  Cache-Control: {FOREVER}\n"


def redirects_file(pairs: Iterable[tuple[str, str]]) -> str:
    """Return `_redirects`, as the same hosts read it."""
    return "".join(f"{quote(old)} {quote(new)} 301\n" for old, new in pairs)


def _spellings(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for old, new in pairs:
        yield old, new
        if old.endswith("/") and len(old) > 1:
            yield old.rstrip("/"), new


def _escaped(text: str) -> str:
    """Write an address between double quotes; both servers take a backslash before a quote or a backslash."""
    return text.replace("\\", "\\\\").replace('"', '\\"')

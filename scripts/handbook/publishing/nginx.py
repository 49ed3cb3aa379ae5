"""The configuration of nginx: a host of its own, or a part of another site's; see `servers` for what it promises."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from handbook.publishing.caching import FOREVER, NEVER, SHORT
from handbook.publishing.security import security_headers
from handbook.publishing.servers import (
    CURRENT,
    HEADERS_FILE,
    MADE_BY,
    NGINX_REDIRECTS,
    REDIRECTS_FILE,
    ROOT,
    Place,
    escaped,
    spellings,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

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
BUCKET: Final = 1024
"""How many bytes nginx keeps together in a map: with as few as by itself, one long address stops it from starting."""
LONGEST: Final = 900
"""How many bytes of an address fit into that, with what nginx keeps beside it."""
LARGEST: Final = 16_384
"""How many buckets a map may have: enough for ten thousand old addresses."""
TEXTS: Final = ("text/css", "text/javascript", "text/plain", "text/xml", "application/json", "image/svg+xml")


def nginx_site(place: Place) -> str:
    """Return what goes into nginx's `http` block: a file for `/etc/nginx/conf.d/`."""
    quiet = "    access_log off;\n    log_not_found off;\n    server_tokens off;\n"
    elsewhere = "" if place.path == ROOT else f"{quiet}    location / {{ return 404; }}\n"
    return f"""{nginx_maps(place)}
server {{
    listen {place.listen};
    server_name "{place.name}";
    merge_slashes on;
    client_header_timeout 10s;
{elsewhere}
{_indented(_answers(place))}}}
"""


def nginx_maps(place: Place) -> str:
    """Return what nginx must know in its `http` block where the handbook is a part of another site."""
    return f"""{MADE_BY}
# Where old addresses lead. `handbook publish` writes the file; nginx reads it when it is reloaded.
map_hash_bucket_size {BUCKET};
map_hash_max_size {LARGEST};
map $uri $handbook_moved {{
    default "";
    include "{place.folder}/{NGINX_REDIRECTS}*";
}}

# Assets carry a digest in their name and never change; pages are asked for again after five minutes.
map "$status $uri" $handbook_cache {{
    default "{NEVER}";
    "~^(?:200|206|304) {place.hashed_asset.removeprefix("^")}" "{FOREVER}";
    "~^(?:200|206|304|301) " "{SHORT}";
}}
"""


def nginx_part(place: Place) -> str:
    """Return what goes into the `server` block of another site, which answers all other paths as before."""
    return MADE_BY + _answers(place)


def nginx_complete(place: Place) -> str:
    """Return a whole configuration for an nginx of its own that runs without root and writes to one folder alone."""
    modules = "load_module modules/ngx_http_brotli_static_module.so;\n" if place.brotli else ""
    scratch = place.scratch
    temporary = "".join(
        f'    {kind}_temp_path "{scratch}/nginx-{kind}";\n'
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
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

{_indented(nginx_site(place))}}}
"""


def nginx_redirects(pairs: Iterable[tuple[str, str]]) -> str:
    """Return the lines of nginx's map of old addresses; each is known with and without its final slash.

    One that does not fit into the map is left out: the page that stands at it leads on as well.
    """
    fitting = ((old, new) for old, new in spellings(pairs) if len(old.encode()) <= LONGEST)
    return MADE_BY + "".join(f'"{escaped(old)}" "{quote(new)}";\n' for old, new in fitting)


def _answers(place: Place) -> str:
    """Return how the handbook answers: lines of a `server` block, in a `location` where it has the host not to itself.

    A `location` uses `alias`, which takes the path off; `root` would look for a folder of that name in each release.
    """
    folder = f"{place.folder}/{CURRENT}"
    if place.path == ROOT:
        return f"""root "{folder}";
{_behaviour(place)}location / {{
{_indented(_FOUND)}}}
"""
    return f"""location = "{place.path.rstrip("/")}" {{
    absolute_redirect off;
    return 301 "{place.path}";
}}
location ^~ "{place.path}" {{
    alias "{folder}/";
{_indented(_behaviour(place) + _FOUND)}}}
"""


_FOUND: Final = """if ($handbook_moved) { return 301 $handbook_moved; }
try_files $uri $uri/ =404;
"""


def _behaviour(place: Place) -> str:
    headers = "".join(
        f'add_header {name} "{value}" always;\n' for name, value in security_headers(hsts=place.hsts).items()
    )
    types = "".join(f"    {kind} {ending};\n" for kind, ending in TYPES)
    brotli = "brotli_static on;\n" if place.brotli else ""
    return f"""index index.html;

# Nobody's reading is anybody's business: no log of requests, and none of addresses that were not found.
access_log off;
log_not_found off;
server_tokens off;

autoindex off;
absolute_redirect off;
client_max_body_size 1k;
client_body_timeout 10s;
send_timeout 30s;
reset_timedout_connection on;

# The files stand there compressed as well; nothing is compressed while a reader waits.
gzip off;
gzip_static on;
{brotli}gzip_vary on;

charset utf-8;
charset_types {" ".join(TEXTS)};
default_type application/octet-stream;
types {{
{types}}}

{headers}add_header Cache-Control $handbook_cache always;

error_page 403 =404 {place.path}404.html;
error_page 404 {place.path}404.html;
if ($request_method !~ "^(?:GET|HEAD)$") {{ return 405; }}

location = {place.path}404.html {{ internal; }}
location ~ "/\\." {{ return 404; }}
location ~ "\\.(?:gz|br)$" {{ return 404; }}
location ~ "^{re.escape(place.path)}(?:{HEADERS_FILE}|{REDIRECTS_FILE})$" {{ return 404; }}
"""


def _indented(text: str) -> str:
    return "".join(f"    {line}" if line.strip() else line for line in text.splitlines(keepends=True))

"""A small site with an old address, published the way a publisher does, behind a real nginx and a real Caddy.

The configuration is what `handbook configure` prints, with a free port on this machine. Both servers are asked the
same, once with a host for the handbook alone and once with the handbook below a path of another site. Where changes are
checked, both must be there; elsewhere the tests say what is missing and are skipped.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from handbook.publishing import servers
from handbook.publishing.caddy import caddy_part, caddy_redirects, caddy_site
from handbook.publishing.nginx import nginx_complete, nginx_maps, nginx_part, nginx_redirects
from handbook.publishing.precompress import brotli_encoder, gzip_encoder
from handbook.publishing.releases import publish
from tests.conftest import ROOT, do_without, made_once, run_mkdocs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

PAGE = "---\ntitle: {0}\ndescription: About {0}.\n---\n\n# {0}\n\n" + "Some words that a page is made of.\n" * 40
LONG = "/nl/" + "een-lange-naam-" * 16 + "/" + "en-nog-een-" * 20 + "/"
TOO_LONG = "/nl/" + ("naam-" * 45 + "/") * 5
MOVED = (("/nl/oud/rust/", "/nl/rest/"), ('/nl/r"u\\s t/', "/nl/rést/"), (LONG, "/nl/rest/"), (TOO_LONG, "/nl/rest/"))
STARTS_WITHIN = 15.0
BELOW = "/clinic/hand.book/"
OTHER_SITE = "The other site"


@dataclass(frozen=True)
class Answer:
    """What a server said."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Server:
    """A running server and what it serves; `path` is where the handbook begins on it, with a slash at both ends."""

    kind: str
    port: int
    folder: Path
    site: Path
    brotli: bool
    path: str = "/"

    def at(self, path: str) -> str:
        """Return the path on the host of one that begins at the root of the handbook: `/en/` is `/handbook/en/`."""
        return f"{self.path}{path.removeprefix('/')}"

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask the handbook once, on a connection of its own."""
        return self.ask_host(self.at(path), method, **headers)

    def ask_host(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask the host once, for any path of it."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, headers=named)
            response = connection.getresponse()
            return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        finally:
            connection.close()

    def say(self, request: bytes) -> bytes:
        """Send bytes as they are and return the answer."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall(request)
            connection.settimeout(10)
            parts = []
            try:
                while part := connection.recv(65536):
                    parts.append(part)
                    if b"\r\n\r\n" in part:
                        break
            except (TimeoutError, ConnectionResetError):
                pass
            return b"".join(parts)


def encoders() -> list[tuple[str, Callable[[bytes], bytes]]]:
    brotli = brotli_encoder()
    return [(".gz", gzip_encoder), *([(".br", brotli)] if brotli else [])]


def make_site(root: Path) -> Path:
    """Build a site of four pages with the handbook's own templates."""
    for name in ("overrides", "data"):
        shutil.copytree(ROOT / name, root / name)
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    start, end = config.index("nav:\n"), config.index("# --- Languages")
    (root / "mkdocs.yml").write_text(config[:start] + "nav: [index.md, rest.md]\n" + config[end:], encoding="utf-8")
    (root / "scripts/handbook").mkdir(parents=True)
    for path, title in (("en/index", "Home"), ("en/rest", "Rest"), ("nl/index", "Thuis"), ("nl/rest", "Rust")):
        target = root / "docs" / f"{path}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(PAGE.format(title), encoding="utf-8")
    (root / "data/addresses.txt").write_text("rest.md b2c3 nl nl/oud/rust/\nrest.md b2c3 nl nl/rest/\n", "utf-8")
    build = run_mkdocs(root, root / "site")
    assert build.code == 0, build.output
    return build.site


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "small site", make_site) / "site"


@pytest.fixture(scope="module", params=[("nginx", "/"), ("caddy", "/"), ("nginx", BELOW), ("caddy", BELOW)], ids=str)
def server(request: pytest.FixtureRequest, built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Each server in turn, behind a folder whose name has a space and a letter that is not ASCII in it."""
    kind, path = request.param
    program = find(kind)
    folder = tmp_path_factory.mktemp(f"{kind} wérk") / "srv"
    publish(built, folder, encoders())
    pairs = [(f"{path}{old[1:]}", f"{path}{new[1:]}") for old, new in MOVED]
    (folder / servers.NGINX_REDIRECTS).write_text(nginx_redirects(pairs), encoding="utf-8")
    (folder / servers.CADDY_REDIRECTS).write_text(caddy_redirects(pairs), encoding="utf-8")
    with running(kind, program, folder, built, path) as one:
        yield one


def find(kind: str) -> str:
    """Return the path of a program that serves or asks; nothing is tested without it."""
    program = shutil.which(kind) or shutil.which(kind, path="/usr/sbin:/usr/local/sbin:/sbin")
    if program is None:
        do_without(f"{kind} is not installed (Debian: apt install {kind}), so what needs it is not tested")
    return program


@contextmanager
def running(
    kind: str, program: str, folder: Path, site: Path, path: str = "/", *, alone: bool = False
) -> Iterator[Server]:
    """Run a server with the configuration made for it.

    Below a path another site has the rest of the host; where the handbook is `alone`, nobody has.
    """
    for _ in range(3):  # another process may take the free port before the server does
        port = free_port()
        scratch = folder.parent / f"scratch-{port}"
        scratch.mkdir()
        brotli = kind == "caddy" or has_brotli(program, scratch)
        name, listen = ("localhost", f"127.0.0.1:{port}") if kind == "nginx" else ("http://127.0.0.1", str(port))
        place = servers.Place(str(folder), name, listen, str(scratch), path, brotli=brotli)
        process = start(kind, program, place, alone=alone or path == "/")
        try:
            if answers(process, port):
                yield Server(kind, port, folder, site, brotli and brotli_encoder() is not None, path)
                return
        finally:
            process.terminate()
            process.wait(10)
    pytest.fail(f"{kind} does not start: {(scratch / 'said').read_text(errors='replace')}")


def start(kind: str, program: str, place: servers.Place, *, alone: bool) -> subprocess.Popen[bytes]:
    whole, part = {
        "nginx": (nginx_complete, nginx_of_another_site),
        "caddy": (caddy_site, caddy_of_another_site),
    }[kind]
    text = (whole if alone else part)(place)
    arguments = ["-e", "stderr", "-c"] if kind == "nginx" else ["run", "--adapter", "caddyfile", "--config"]
    scratch, folder = Path(place.scratch), Path(place.folder)
    configuration = scratch / "configuration"
    configuration.write_text(text, encoding="utf-8")
    for path in (folder.parent, *folder.parent.parents):  # nginx reads as nobody where it was started by root
        if path.is_relative_to(Path(os.environ.get("TMPDIR", "/tmp"))) and path.owner() == Path.home().owner():
            path.chmod(path.stat().st_mode | 0o011)
    homes = {"XDG_DATA_HOME": str(scratch), "XDG_CONFIG_HOME": str(scratch)}
    with (scratch / "said").open("wb") as said:
        return subprocess.Popen(
            [program, *arguments, str(configuration)], stdout=said, stderr=said, env={**os.environ, **homes}
        )


def nginx_of_another_site(place: servers.Place) -> str:
    """Return the configuration of a host whose other paths are another site's, with headers and errors of its own."""
    whole = nginx_complete(place)
    before, after = whole.index("    # Made by"), whole.rindex("}")
    return f"""{whole[:before]}{nginx_maps(place)}
server {{
    listen {place.listen};
    add_header X-Site "other";
    error_page 404 = @lost;
    location @lost {{ return 404 "{OTHER_SITE} has no such page"; }}
    location / {{ return 404; }}
    location ~ "\\.(html|css|js)$" {{ return 418; }}
    location = /other {{ return 200 "{OTHER_SITE}"; }}
{nginx_part(place)}}}
{whole[after:]}"""


def caddy_of_another_site(place: servers.Place) -> str:
    """Return the same for Caddy."""
    return f"""{{
	admin off
}}
{place.name}:{place.listen} {{
	header X-Site other
{caddy_part(place)}
	handle /other {{
		respond "{OTHER_SITE}"
	}}
	handle {{
		error 404
	}}
	handle_errors {{
		respond "{OTHER_SITE} has no such page"
	}}
}}
"""


def has_brotli(nginx: str, scratch: Path) -> bool:
    """Tell whether nginx has its module for files compressed with Brotli."""
    probe = scratch / "probe.conf"
    probe.write_text(
        f'load_module modules/ngx_http_brotli_static_module.so;\npid "{scratch}/probe.pid";\nevents {{}}\n', "utf-8"
    )
    command = [nginx, "-q", "-t", "-e", "stderr", "-c", str(probe)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(process: subprocess.Popen[bytes], port: int) -> bool:
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return True
    return False

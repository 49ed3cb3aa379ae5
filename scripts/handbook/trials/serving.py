"""How many requests the shipped nginx answers in a second, and whether one is lost while the site is replaced.

A real nginx serves a published copy of the built site on this machine's own address; wrk asks for every page in turn
on a fixed number of connections, for a fixed number of seconds.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from handbook.publishing import servers
from handbook.publishing.nginx import nginx_complete
from handbook.publishing.precompress import gzip_encoder
from handbook.publishing.releases import publish
from handbook.trials.starting import bound

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HOST: Final = "127.0.0.1"
CONNECTIONS: Final = 32
THREADS: Final = 2
MOST_PATHS: Final = 300
STARTS_WITHIN: Final = 15.0
SCRIPT: Final = """
local paths = {PATHS}
local place = 0
request = function()
  place = place % #paths + 1
  return wrk.format("GET", paths[place], {["Accept-Encoding"] = "gzip"})
end
done = function(summary, latency)
  local errors = summary.errors
  io.write(string.format('\\n{"requests": %d, "seconds": %f, "p99": %f, "errors": %d}\\n', summary.requests,
    summary.duration / 1000000, latency:percentile(99) / 1000,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
"""


class NoServerError(Exception):
    """The trial cannot be made here; the words say what is missing."""


@dataclass(frozen=True, slots=True)
class Load:
    """What a load gave: requests, seconds, the 99th percentile in ms, answers that were missing or no success."""

    requests: int
    seconds: float
    p99: float
    errors: int

    @property
    def per_second(self) -> float:
        """Requests answered in a second."""
        return self.requests / self.seconds


def paths_of(site: Path) -> list[str]:
    """Return the addresses of the pages of a built site, with its search indexes and assets."""
    found = [path.relative_to(site).as_posix() for path in sorted(site.rglob("*")) if path.is_file()]
    pages = ["/" + path.removesuffix("index.html") for path in found if path.endswith("index.html") and path.isascii()]
    others = ["/" + path for path in found if path.startswith("assets/") or path.endswith("/search.json")]
    return [*pages, *others][:MOST_PATHS]


@contextmanager
def serving(site: Path, folder: Path) -> Iterator[int]:
    """Publish a site into a folder and serve it with the shipped configuration; gives the port."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if nginx is None:
        message = "there is no nginx on this machine (Debian: apt install nginx)"
        raise NoServerError(message)
    publish(site, folder / "srv", [(".gz", gzip_encoder)])
    for path in (folder, folder / "srv"):  # nginx reads as nobody where it was started by root
        path.chmod(0o711)
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = int(probe.getsockname()[1])
    place = servers.Place(str(folder / "srv"), "localhost", f"{HOST}:{port}", str(folder))
    configuration = folder / "nginx.conf"
    configuration.write_text(nginx_complete(place), encoding="utf-8")
    with (folder / "said").open("wb") as said:
        command = bound([nginx, "-e", "stderr", "-c", str(configuration)])
        process = subprocess.Popen(command, stdout=said, stderr=said)  # noqa: S603
    try:
        _wait_for(process, port)
        yield port
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while process.poll() is None and time.monotonic() < end:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    message = "nginx does not start"
    raise NoServerError(message)


def load(port: int, paths: Sequence[str], seconds: int, folder: Path) -> subprocess.Popen[str]:
    """Start asking for the paths in turn; `outcome` waits for the end."""
    wrk = shutil.which("wrk")
    if wrk is None:
        message = "there is no wrk on this machine (Debian: apt install wrk)"
        raise NoServerError(message)
    script = folder / "paths.lua"
    listed = ", ".join(json.dumps(path) for path in paths)
    script.write_text(SCRIPT.replace("{PATHS}", "{" + listed + "}"), encoding="utf-8")
    options = [f"-t{THREADS}", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "10s", "-s", str(script)]
    command = bound([wrk, *options, f"http://{HOST}:{port}"])
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ)  # noqa: S603


def outcome(running: subprocess.Popen[str]) -> Load:
    """Wait for a load to end and return what it gave."""
    said, _ = running.communicate()
    line = next((line for line in reversed(said.splitlines()) if line.startswith("{")), "")
    if not line:
        message = "wrk said nothing that can be counted"
        raise NoServerError(message)
    return Load(**json.loads(line))


def try_serving(site: Path, seconds: int, replacements: int) -> tuple[Load, Load]:
    """Return what a load gives in quiet, and what it gives while the site is replaced so many times."""
    with tempfile.TemporaryDirectory(prefix="handbook-serving-") as name:
        folder = Path(name)
        other = Path(shutil.copytree(site, folder / "other"))
        for page in other.rglob("*.html"):
            page.write_text(page.read_text(encoding="utf-8") + "<!-- another release -->\n", encoding="utf-8")
        paths = paths_of(site)
        with serving(site, folder) as port:
            quiet = outcome(load(port, paths, seconds, folder))
            running = load(port, paths, seconds, folder)
            for turn in range(replacements):
                time.sleep(seconds / (replacements + 1))
                publish((other, site)[turn % 2], folder / "srv", [(".gz", gzip_encoder)])
            return quiet, outcome(running)

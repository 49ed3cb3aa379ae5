"""The site is replaced ten times while it is read: every request is answered, with a page that is whole."""

from __future__ import annotations

import shutil
import threading
from http.client import HTTPConnection
from typing import TYPE_CHECKING

from handbook.publishing.precompress import gzip_encoder
from handbook.publishing.releases import publish
from tests.servers.conftest import find, running

if TYPE_CHECKING:
    from pathlib import Path

REPLACEMENTS = 10
PATHS = ("/", "/en/", "/en/rest/", "/nl/", "/nl/rest/", "/en/search.json")


def read_until(stop: threading.Event, port: int, assets: list[str], problems: list[str], counts: list[int]) -> None:
    """Ask for page after page on one connection, as a browser does, and note every answer that is not right."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    number = 0
    while not stop.is_set() and len(problems) < 20:
        path = (*PATHS, *assets)[number % (len(PATHS) + len(assets))]
        number += 1
        try:
            connection.request("GET", path, headers={"Accept-Encoding": "gzip"} if number % 2 else {})
            response = connection.getresponse()
            body = response.read()
        except OSError as error:
            problems.append(f"{path}: {error!r}")
            connection.close()
            continue
        if response.status != 200 or not body:
            problems.append(f"{path}: {response.status}, {len(body)} bytes")
    connection.close()
    counts.append(number)


def test_no_request_is_lost_while_the_site_is_replaced(built: Path, tmp_path: Path) -> None:
    program = find("nginx")
    sites = []
    for version in range(2):
        site = shutil.copytree(built, tmp_path / f"site-{version}")
        for page in site.rglob("*.html"):
            page.write_text(page.read_text("utf-8").replace("Some words", f"Version {version}"), encoding="utf-8")
        old = next(site.glob("assets/site.*.css"))
        old.rename(old.with_name(f"site.{version:010x}.css"))
        sites.append(site)
    folder = tmp_path / "srv"
    encoders = [(".gz", gzip_encoder)]
    publish(sites[0], folder, encoders)
    stop, problems, counts = threading.Event(), list[str](), list[int]()
    with running("nginx", program, folder, sites[0]) as server:
        arguments = (stop, server.port, ["/assets/site.0000000000.css"], problems, counts)
        readers = [threading.Thread(target=read_until, args=arguments, daemon=True) for _ in range(3)]
        versions = set()
        try:
            for reader in readers:
                reader.start()
            for turn in range(REPLACEMENTS):
                publish(sites[(turn + 1) % 2], folder, encoders, keep=3)
                versions.add(server.ask("/en/").body)
        finally:
            stop.set()
            for reader in readers:
                reader.join(10)
    assert problems == []
    assert len(versions) == 2
    assert sum(counts) > REPLACEMENTS * 10
    assert len(list((folder / "releases").glob("*.json"))) == 3

"""Every address there ever was answers on a real nginx: pages themselves, old addresses and short links by redirect."""

from __future__ import annotations

import re
import shutil
from itertools import chain
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

import jinja2
import pytest

from handbook.publishing import servers
from handbook.publishing.address_file import load_registry
from handbook.publishing.address_registry import Address, File, Registry
from handbook.publishing.nginx import nginx_redirects
from handbook.publishing.permanent_links import every_redirect
from handbook.publishing.redirects import file_redirects, left_out_files, redirect_files, redirects
from handbook.publishing.releases import publish
from handbook.publishing.site import load_site
from tests.browser.browsing import LANGUAGES, read_pages
from tests.conftest import ROOT
from tests.servers.conftest import find, running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.servers.conftest import Server

REGISTRY: Final = load_registry(ROOT / "data/addresses.txt")
PATH: Final = "/clinic/handbook/"
REFRESH: Final = re.compile(r'<meta http-equiv="refresh" content="0; url=([^"]+)"')
# Beside what really happened, each page is given an address that it had before.
FORMER: Final = {f"{one.language}/former/{one.id}/": one for one in REGISTRY.addresses}
# And each file to take away a path.
FORMER_FILES: Final = {f"{one.language}/former/{one.id}/{one.path.rsplit('/', 1)[1]}": one for one in REGISTRY.files}
LIVED: Final = Registry(
    REGISTRY.addresses | {Address(one.key, one.id, one.language, old) for old, one in FORMER.items()},
    REGISTRY.sections,
    REGISTRY.gone,
    REGISTRY.files | {File(one.key, one.id, one.language, old) for old, one in FORMER_FILES.items()},
)


@pytest.fixture(scope="module")
def whole(handbook_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The whole handbook behind nginx."""
    program = find("nginx")
    folder = tmp_path_factory.mktemp("whole") / "srv"
    publish(handbook_site, folder, [])
    pairs = [(f"/{one.address}", f"/{one.goal}") for one in every_redirect(LIVED, read_pages())]
    (folder / servers.NGINX_REDIRECTS).write_text(nginx_redirects(pairs), encoding="utf-8")
    with running("nginx", program, folder, handbook_site) as server:
        yield server


def test_every_registered_address_answers(whole: Server) -> None:
    silent = []
    for one in REGISTRY.addresses:
        answer = whole.ask(f"/{one.address}")
        if answer.status == 301:
            answer = whole.ask(answer.headers["location"])
        if answer.status != 200:
            silent.append(one.address)
    assert len(REGISTRY.addresses) >= 114
    assert not silent


def test_every_old_address_is_redirected_with_and_without_its_last_slash(whole: Server) -> None:
    now = {(entry.language, REGISTRY.ids[entry.key]): entry.address for entry in read_pages().entries.values()}
    for old, one in FORMER.items():
        for spelling in (f"/{old}", f"/{old.rstrip('/')}"):
            answer = whole.ask(spelling)
            assert (answer.status, answer.headers["location"]) == (301, f"/{now[one.language, one.id]}")
    assert whole.ask(f"/{next(iter(FORMER))}").headers["cache-control"] == "public, max-age=300"


def test_every_old_path_of_a_file_is_redirected_to_the_file(whole: Server) -> None:
    assert len(FORMER_FILES) > 100
    for old, one in FORMER_FILES.items():
        answer = whole.ask(f"/{old}")
        assert (answer.status, answer.headers["location"]) == (301, f"/{one.path}")


def test_every_short_link_answers(whole: Server) -> None:
    for key, id_ in REGISTRY.ids.items():
        neutral = whole.ask(f"/go/{id_}/")
        assert neutral.status == 200, key
        assert neutral.body.count(b"data-choice") == 2
        for language in ("en", "nl"):
            answer = whole.ask(f"/go/{id_}/{language}/")
            assert answer.status == 301
            assert answer.headers["location"].startswith(f"/{language}/")
            assert whole.ask(answer.headers["location"]).status == 200


def test_an_id_that_never_was_is_a_lost_address(whole: Server) -> None:
    assert [whole.ask(path).status for path in ("/go/a1a1/", "/go/", "/go/b2b2/nl/", "/go/../go/x/")] == [404] * 4


@pytest.fixture(scope="module")
def below(handbook_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The whole handbook below a path of another site, on a server that knows no old addresses."""
    program = find("nginx")
    folder = tmp_path_factory.mktemp("below") / "srv"
    place = folder / "current" / PATH.strip("/")
    shutil.copytree(handbook_site, place)
    site = load_site(
        root=ROOT, docs=ROOT / "docs", languages=LANGUAGES, default_language="en", nav=None, site_url=f"https://x{PATH}"
    )
    env = jinja2.Environment(loader=jinja2.FileSystemLoader(ROOT / "overrides"), autoescape=True)
    moved = (redirects(LIVED, site.catalogue), file_redirects(LIVED, site.catalogue, printed=False))
    for path, text in redirect_files(site, env, chain(*moved, left_out_files(LIVED, site.catalogue))):
        (place / path).parent.mkdir(parents=True)
        (place / path).write_text(text, encoding="utf-8")
    with running("nginx", program, folder, place) as server:
        yield server


def test_every_address_answers_below_a_path_of_another_site_too(below: Server) -> None:
    links = [f"go/{id_}/{one}" for id_ in REGISTRY.ids.values() for one in ("", "en/", "nl/")]
    led = 0
    files = (*FORMER_FILES, *(one.path for one in REGISTRY.files))
    for path in files:  # there are no papers here: a folder of that name holds a page that leads on
        answer = below.ask(PATH + path)
        assert (answer.status, answer.headers["location"]) == (301, f"{PATH}{path}/")
    addresses = (*(one.address for one in REGISTRY.addresses), *links, *FORMER, *(f"{path}/" for path in files))
    for address in addresses:
        answer = below.ask(PATH + address)
        assert answer.status == 200, address
        onward = REFRESH.search(answer.body.decode())
        if onward:
            led += 1
            target = urljoin(PATH + address, onward[1])
            assert target.startswith((f"{PATH}en/", f"{PATH}nl/")), (address, target)
            assert below.ask(target).status == 200, (address, target)
    assert led >= len(FORMER) + len(REGISTRY.ids) * 2 + len(files)

"""One list of headers: what a page says of itself, what servers send, and the examples below deploy/."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.commands.configure import examples
from handbook.publishing import servers
from handbook.publishing.caching import is_hashed_asset
from handbook.publishing.security import POLICY, content_security_policy, security_headers
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", list(examples()))
def test_the_examples_are_what_the_program_makes(name: str) -> None:
    assert (ROOT / "deploy" / name).read_text(encoding="utf-8") == examples()[name], "run: handbook configure --write"


def test_a_page_may_load_from_its_own_site_alone() -> None:
    assert POLICY["default-src"] == "'none'"
    assert set(POLICY.values()) == {"'none'", "'self'"}


def test_what_browsers_ignore_in_a_page_stands_in_the_header_alone() -> None:
    assert "frame-ancestors" not in content_security_policy()
    assert security_headers()["Content-Security-Policy"] == f"{content_security_policy()}; frame-ancestors 'none'"


def test_https_alone_is_promised_only_when_asked_for() -> None:
    assert "Strict-Transport-Security" not in security_headers()
    assert security_headers(hsts=True)["Strict-Transport-Security"] == "max-age=63072000"
    place = servers.Place(hsts=True)
    for text in (servers.nginx_site(place), servers.caddy_site(place), servers.headers_file(hsts=True)):
        assert "max-age=63072000" in text


@pytest.mark.parametrize(
    "text", [servers.nginx_site(servers.Place()), servers.caddy_site(servers.Place()), servers.headers_file()]
)
def test_every_configuration_has_every_header(text: str) -> None:
    assert [name for name, value in security_headers().items() if name not in text or value not in text] == []


@pytest.mark.parametrize(
    ("path", "never_changes"),
    [
        ("assets/site.f851648664.css", True),
        ("assets/vendored/minisearch.0123456789.js", True),
        ("assets/site.css", False),
        ("assets/site.f85164866.css", False),
        ("en/site.f851648664.css", False),
        ("assets/site.f851648664.css.gz.html", False),
        ("index.html", False),
    ],
)
def test_only_a_name_with_a_digest_is_kept_for_ever(path: str, never_changes: bool) -> None:
    assert is_hashed_asset(path) is never_changes


def test_every_asset_of_the_handbook_is_kept_for_ever(handbook_site: Path) -> None:
    files = (path for path in (handbook_site / "assets").rglob("*") if path.is_file())
    found = [path.relative_to(handbook_site).as_posix() for path in files]
    assert len(found) > 5
    assert [path for path in found if not is_hashed_asset(path)] == []


@pytest.mark.parametrize("value", ['a"b', "a;b", "a{b", "a$b", "a\nb", "a\\b", "a'b"])
@pytest.mark.parametrize("field", ["folder", "name", "listen", "scratch"])
def test_a_place_that_would_change_the_configuration_is_refused(field: str, value: str) -> None:
    with pytest.raises(servers.PlaceError, match="means something else"):
        servers.Place(**{field: value})  # type: ignore[arg-type]


def test_static_hosts_get_one_line_an_old_address() -> None:
    assert servers.redirects_file([("/nl/oud rust/", "/nl/rést/")]) == "/nl/oud%20rust/ /nl/r%C3%A9st/ 301\n"


def test_a_static_host_is_told_no_line_longer_than_it_reads() -> None:
    assert max(map(len, servers.headers_file(hsts=True).splitlines())) < 2000

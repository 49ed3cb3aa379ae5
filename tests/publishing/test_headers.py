"""One list of headers: what a page says of itself, what servers send, and the examples below deploy/."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.cli import main
from handbook.commands.configure import examples
from handbook.publishing import servers
from handbook.publishing.caching import is_hashed_asset
from handbook.publishing.caddy import caddy_site
from handbook.publishing.nginx import nginx_complete, nginx_site
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
    for text in (nginx_site(place), caddy_site(place), servers.headers_file(hsts=True)):
        assert "max-age=63072000" in text


@pytest.mark.parametrize("text", [nginx_site(servers.Place()), caddy_site(servers.Place()), servers.headers_file()])
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


@pytest.mark.parametrize("path", ["/", "/handbook/"])
def test_a_host_of_its_own_writes_down_no_request_below_a_path_either(path: str) -> None:
    server = nginx_complete(servers.Place(path=path)).partition("server {")[2].partition("location")[0]
    assert "access_log off;" in server
    assert "log_not_found off;" in server


@pytest.mark.parametrize("path", ["", "handbook/", "/handbook", "//", "/a/../", "/./", "/.well-known/", "/a b/", '/"/'])
def test_a_path_that_is_none_is_refused(path: str) -> None:
    with pytest.raises(servers.PlaceError, match="no path"):
        servers.Place(path=path)


@pytest.mark.parametrize(
    ("site_url", "path"),
    [
        ("https://handbook.example/", "/"),
        ("https://handbook.example", "/"),
        ("https://org.github.io/handbook", "/handbook/"),
        ("https://clinic.example/for/you/", "/for/you/"),
        ("", "/"),
    ],
)
def test_the_address_of_the_site_says_where_it_begins_on_its_host(site_url: str, path: str) -> None:
    assert servers.path_of(site_url) == path


def test_below_a_path_every_line_speaks_of_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("SITE_URL", "https://org.github.io/handbook/")
    assert main(["configure", "redirects"]) == 0
    redirects = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert len(redirects) > 100
    assert all(old.startswith("/handbook/") and new.startswith("/handbook/") for old, new, _ in redirects)
    assert main(["configure", "headers"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith("/")] == ["/handbook/*", "/handbook/assets/*"]
    assert main(["configure", "headers", "--path", "/other/"]) == 0
    assert "/other/*" in capsys.readouterr().out


def test_what_is_published_speaks_of_the_path_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    site = tmp_path / "built"
    site.mkdir()
    (site / "index.html").write_text("Hello", encoding="utf-8")
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("SITE_URL", "https://org.github.io/handbook/")
    assert main(["publish", "--from", str(site), "--to", str(tmp_path / "srv")]) == 0
    for name, sign in (("redirects.nginx", '"/'), ("redirects.caddy", 'redir "/')):
        lines = (tmp_path / "srv" / name).read_text(encoding="utf-8").splitlines()
        old = [line for line in lines if line.startswith(sign)]
        assert len(old) > 100
        assert [line for line in old if line.count('"/handbook/') != 2] == []
    capsys.readouterr()
    assert main(["publish", "--from", str(site), "--to", str(tmp_path / "plain"), "--plain"]) == 0
    assert "/handbook/*" in (tmp_path / "plain/_headers").read_text(encoding="utf-8")
    assert "/handbook/go/" in (tmp_path / "plain/_redirects").read_text(encoding="utf-8")
    assert "Both speak of /handbook/." in capsys.readouterr().err


def test_outside_a_project_the_variable_alone_says_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SITE_URL", "https://org.github.io/handbook/")
    assert main(["configure", "nginx-part"]) == 0
    assert 'location ^~ "/handbook/"' in capsys.readouterr().out


def test_static_hosts_get_one_line_an_old_address() -> None:
    assert servers.redirects_file([("/nl/oud rust/", "/nl/rést/")]) == "/nl/oud%20rust/ /nl/r%C3%A9st/ 301\n"


def test_a_static_host_is_told_no_line_longer_than_it_reads() -> None:
    assert max(map(len, servers.headers_file(hsts=True).splitlines())) < 2000


def test_a_registry_that_cannot_be_read_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "mkdocs.yml").write_bytes((ROOT / "mkdocs.yml").read_bytes())
    (tmp_path / "data").mkdir()
    (tmp_path / "data/addresses.txt").write_text("no entry\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["configure", "redirects"]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert "addresses.txt:1: this line is no entry" in said.err

"""What a reader's browser is told by nginx and by Caddy with the configuration that the handbook makes for them."""

from __future__ import annotations

import gzip
from email.utils import formatdate
from typing import TYPE_CHECKING

import pytest
from selectolax.lexbor import LexborHTMLParser

from handbook.publishing.caching import FOREVER, SHORT
from handbook.publishing.releases import publish
from handbook.publishing.security import security_headers
from tests.conftest import do_without
from tests.servers.conftest import BELOW, LONG, MOVED, OTHER_SITE, find, running

if TYPE_CHECKING:
    from pathlib import Path

    from tests.servers.conftest import Server


def asset(server: Server, pattern: str = "assets/site.*.css") -> str:
    (path,) = server.site.glob(pattern)
    return f"/{path.relative_to(server.site).as_posix()}"


def text_of(html: bytes) -> LexborHTMLParser:
    return LexborHTMLParser(html.decode())


@pytest.mark.parametrize("path", ["/", "/en/", "/nl/rest/", "/en/search.json", "/robots.txt", "/nope", "/nl/oud/rust/"])
def test_every_answer_carries_every_security_header(server: Server, path: str) -> None:
    headers = server.ask(path).headers
    assert {name: headers.get(name.lower()) for name in security_headers()} == security_headers()


def test_the_header_forbids_framing_and_the_page_says_the_rest(server: Server) -> None:
    answer = server.ask("/en/")
    (meta,) = text_of(answer.body).css("meta[http-equiv=Content-Security-Policy]")
    assert answer.headers["content-security-policy"] == f"{meta.attributes['content']}; frame-ancestors 'none'"


def test_the_server_says_neither_its_version_nor_anything_to_remember(server: Server) -> None:
    headers = server.ask("/en/").headers
    assert headers.get("server", "") in {"", "nginx"}
    assert "set-cookie" not in headers
    assert "strict-transport-security" not in headers


def test_the_root_is_the_choice_of_languages(server: Server) -> None:
    answer = server.ask("/")
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert [link.attributes["href"] for link in text_of(answer.body).css("[data-choice]")] == ["en/", "nl/"]


@pytest.mark.parametrize("path", ["/nope", "/nl/nope/", "/en/rest/nope.html", "/assets/site.0000000000.css", "/nl/a b"])
def test_a_lost_address_is_told_so_in_both_languages(server: Server, path: str) -> None:
    answer = server.ask(path.replace(" ", "%20"))
    assert answer.status == 404
    html = text_of(answer.body)
    assert [section.attributes["lang"] for section in html.css("main section")] == ["en", "nl"]
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("hidden", ["/404.html", "/_headers", "/.git/config", "/en/.hidden", "/en/index.html.gz"])
def test_what_is_no_page_is_not_there(server: Server, hidden: str) -> None:
    (server.folder / "current/_headers").write_text("x", encoding="utf-8")
    (server.folder / "current/en/.hidden").write_text("x", encoding="utf-8")
    answer = server.ask(hidden)
    assert answer.status == 404
    assert len(text_of(answer.body).css("main section")) == 2


@pytest.mark.parametrize("folder", ["/assets/", "/assets/vendored/"])
def test_no_folder_is_listed(server: Server, folder: str) -> None:
    answer = server.ask(folder)
    assert answer.status == 404
    assert b"minisearch" not in answer.body


def test_a_folder_without_its_slash_leads_to_the_page_on_the_same_host(server: Server) -> None:
    answer = server.ask("/nl/rest")
    assert (answer.status in {301, 308}, answer.headers["location"]) == (True, server.at("/nl/rest/"))


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("/nl/oud/rust/", "/nl/rest/"),
        ("/nl/oud/rust", "/nl/rest/"),
        ("/nl/r%22u%5Cs%20t/", "/nl/r%C3%A9st/"),
        ("/nl/oud/rust/?x=1", "/nl/rest/"),
        (LONG, "/nl/rest/"),
    ],
)
def test_an_old_address_leads_to_the_new_one(server: Server, asked: str, leads_to: str) -> None:
    assert len(MOVED) == 4
    answer = server.ask(asked)
    assert (answer.status, answer.headers["location"]) == (301, server.at(leads_to))


@pytest.mark.parametrize(
    ("wanted", "coding"),
    [("gzip", "gzip"), ("gzip, br", "br"), ("br", "br"), ("identity", ""), ("gzip;q=0", ""), ("", "")],
)
def test_a_text_comes_compressed_as_the_browser_wishes(server: Server, wanted: str, coding: str) -> None:
    if coding == "br" and not server.brotli:
        do_without("no Brotli for this server (Debian: apt install libnginx-mod-http-brotli-static brotli)")
    plain = (server.site / "en/rest/index.html").read_bytes()
    answer = server.ask("/en/rest/", Accept_Encoding=wanted)
    assert answer.headers.get("content-encoding", "") == coding
    assert "accept-encoding" in answer.headers["vary"].lower()
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    if coding == "gzip":
        assert gzip.decompress(answer.body) == plain
    assert (len(answer.body) < len(plain)) is bool(coding)


def test_assets_are_kept_for_ever_and_pages_for_five_minutes(server: Server) -> None:
    kept = {path: server.ask(path).headers["cache-control"] for path in ("/en/", "/en/search.json", asset(server))}
    assert list(kept.values()) == [SHORT, SHORT, FOREVER]


@pytest.mark.parametrize("pattern", ["assets/site.*.css", "assets/site.*.js", "assets/*.svg", "nl/search.json"])
def test_texts_say_that_they_are_utf_8(server: Server, pattern: str) -> None:
    kinds = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".json": "application/json"}
    path = asset(server, pattern)
    kind = server.ask(path).headers["content-type"]
    assert kind.partition(";")[0] == kinds[path[path.rindex(".") :]]
    if server.kind == "nginx":
        assert kind.endswith("; charset=utf-8")


def test_a_page_that_did_not_change_is_not_sent_again(server: Server) -> None:
    first = server.ask("/en/rest/").headers
    for question in ({"If_None_Match": first["etag"]}, {"If_Modified_Since": first["last-modified"]}):
        again = server.ask("/en/rest/", **question)
        assert (again.status, again.body) == (304, b"")
    long_ago = server.ask("/en/rest/", If_Modified_Since=formatdate(0, usegmt=True))
    assert (long_ago.status, server.ask("/en/rest/", If_None_Match='"other"').status) == (200, 200)


def test_a_part_of_a_page_can_be_asked_for(server: Server) -> None:
    plain = (server.site / "en/rest/index.html").read_bytes()
    part = server.ask("/en/rest/", Range="bytes=10-29")
    assert (part.status, part.body) == (206, plain[10:30])
    assert part.headers["content-range"] == f"bytes 10-29/{len(plain)}"
    assert server.ask("/en/rest/", Range=f"bytes={len(plain)}-").status == 416
    assert server.ask("/en/rest/", Range="bytes=oops").status in {200, 416}


@pytest.mark.parametrize("path", ["/", "/en/rest/", "/nope", "/assets/"])
def test_head_answers_like_get_without_the_page(server: Server, path: str) -> None:
    get, head = server.ask(path), server.ask(path, "HEAD")
    assert (head.status, head.body) == (get.status, b"")
    changing = {"date", "content-length", "transfer-encoding"}
    assert {k: v for k, v in head.headers.items() if k not in changing} == {
        k: v for k, v in get.headers.items() if k not in changing
    }


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "PROPFIND", "TRACE"])
def test_nothing_but_reading_is_allowed(server: Server, method: str) -> None:
    assert server.ask("/en/", method).status == 405


def plain_request(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode("latin-1")


@pytest.mark.parametrize(
    "path",
    [
        "/../../../../etc/passwd",
        "/en/../../../etc/passwd",
        "/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/en/..%2f..%2f..%2fetc/passwd",
        "/en/%252e%252e/%252e%252e/etc/passwd",
        "/en/..%5c..%5cetc/passwd",
        "/assets../releases/",
        "/assets/../../redirects.nginx",
        "//etc/passwd",
        "/en/%00/etc/passwd",
        "/en/rest/index.html%00.css",
        "/en/\x7f",
        "/" + "a" * 4000,
        "/" + "../" * 200 + "etc/passwd",
    ],
)
def test_no_path_leads_out_of_the_site(server: Server, path: str) -> None:
    said = server.say(
        f"GET {server.path}{path[1:]} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode("latin-1")
    )
    status = int(said.split(b" ", 2)[1]) if said else 0
    assert status in {400, 404}
    assert b"root:" not in said


@pytest.mark.parametrize(
    "path", ["//evil.example/..", "//evil.example/en", "/\\evil.example", "//en", "/%2f/evil.example"]
)
def test_no_answer_sends_a_reader_to_another_host(server: Server, path: str) -> None:
    said = server.say(
        f"GET {server.path}{path[1:]} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode()
    ).decode("latin-1")
    locations = [line.partition(":")[2].strip() for line in said.split("\r\n") if line.lower().startswith("location:")]
    assert all(one.startswith("/") and not one.startswith(("//", "/\\")) for one in locations)


@pytest.mark.parametrize(
    "request_",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET {}en/ HTTP/9.9\r\n\r\n",
        b"GET {}en/ HTTP/1.1\r\n\r\n",
        b"GET {}en/ HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET {}en/ HTTP/1.1\r\nHost: a b\r\n\r\n",
        b"GET {}en/ HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        b"GET {}en/ HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"GET {}en/ HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 70_000 + b"\r\n\r\n",
        b"G\xc3\x89T {}en/ HTTP/1.1\r\nHost: a\r\n\r\n",
    ],
)
def test_a_malformed_request_is_refused_and_the_next_one_served(server: Server, request_: bytes) -> None:
    said = server.say(request_.replace(b"{}", server.path.encode()))
    assert not said.startswith((b"HTTP/1.1 5", b"HTTP/1.0 5")) or b" 505 " in said[:20]
    assert server.ask("/en/").status == 200


def test_nobodys_reading_is_written_down(server: Server) -> None:
    server.ask("/en/rest/?secret-word")
    server.ask("/secret-word")
    for path in server.folder.parent.rglob("*"):
        if path.is_file() and not path.is_relative_to(server.folder):
            assert b"secret-word" not in path.read_bytes()


below_a_path = pytest.mark.parametrize("server", [("nginx", BELOW), ("caddy", BELOW)], indirect=True, ids=str)


@below_a_path
def test_another_site_keeps_its_pages_headers_and_lost_addresses(server: Server) -> None:
    page, lost = server.ask_host("/other"), server.ask_host("/nope.html")
    assert (page.status, page.body.decode()) == (200, OTHER_SITE)
    for answer in (page, server.ask_host("/")):
        assert "content-security-policy" not in answer.headers
        assert "cache-control" not in answer.headers
    assert server.ask_host("/").body.decode() == f"{OTHER_SITE} has no such page"
    assert b"data-choice" not in lost.body


@below_a_path
def test_the_path_without_its_last_slash_leads_to_the_handbook(server: Server) -> None:
    answer = server.ask_host(server.path.rstrip("/"))
    assert (answer.status, answer.headers["location"]) == (301, server.path)


@below_a_path
@pytest.mark.parametrize("beyond", ["../redirects.nginx", "../current/index.html", "..%2fredirects.nginx", "x/en/"])
def test_no_neighbour_of_the_path_is_a_way_into_the_folder(server: Server, beyond: str) -> None:
    said = server.say(plain_request(server.path.rstrip("/") + beyond))
    assert int(said.split(b" ", 2)[1]) in {400, 404, 418}
    assert b"data-choice" not in said
    assert b"Made by" not in said


@pytest.mark.parametrize("kind", ["nginx", "caddy"])
def test_a_host_of_its_own_has_nothing_beside_the_path(kind: str, built: Path, tmp_path: Path) -> None:
    program, folder = find(kind), tmp_path / "srv"
    publish(built, folder, [])
    with running(kind, program, folder, built, BELOW, alone=True) as server:
        assert [server.ask_host(path).status for path in ("/", "/en/", "/index.html", "/clinic/")] == [404] * 4
        answer = server.ask("/en/")
    assert answer.status == 200
    assert {name: answer.headers.get(name.lower()) for name in security_headers()} == security_headers()

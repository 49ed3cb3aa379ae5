"""Links to other sites: what a server answers, and what is said about it. All servers are on this machine."""

from __future__ import annotations

import json
import socket
import threading
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from handbook.cli import main
from handbook.external.answers import Kind
from handbook.external.asking import Guest, Manners
from handbook.external.gathering import gather
from handbook.external.visiting import visit
from handbook.rules import engine
from handbook.rules.registry import REGISTRY

from ..checks.projects import EXACTING, read, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

engine.load(("handbook.external.rules",))
MANNERS = Manners(agent="handbook-links-test/1", timeout=1.0, pause=0.5, tries=3, longest_wait=30.0, at_home=True)


@dataclass
class Place:
    """What a server answers, path by path: a status, headers, or several of them one after the other."""

    address: str
    pages: dict[str, list[tuple[int, dict[str, str]]]] = field(default_factory=dict)
    bodies: dict[str, bytes] = field(default_factory=dict)
    asked: list[tuple[str, str, str]] = field(default_factory=list)

    def says(self, path: str, *answers: int | tuple[int, dict[str, str]]) -> str:
        self.pages[path] = [answer if isinstance(answer, tuple) else (answer, {}) for answer in answers]
        return self.address + path


@pytest.fixture
def there() -> Iterator[Place]:
    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self._answer()

        def do_GET(self) -> None:
            self._answer()

        def _answer(self) -> None:
            place.asked.append((self.command, self.path, self.headers["User-Agent"]))
            answers = place.pages.get(f"{self.command} {self.path}") or place.pages.get(self.path) or [(404, {})]
            status, headers = answers.pop(0) if len(answers) > 1 else answers[0]
            if status == 0:
                release.wait(5)
                return
            body = place.bodies.get(self.path, b"")
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(body))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    release = threading.Event()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    place = Place(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield place
    release.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def guest(waits: list[float]) -> Guest:
    """A guest who notes how long to wait instead of waiting."""
    return Guest(MANNERS, waits.append)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (200, Kind.FINE), (204, Kind.FINE), (404, Kind.GONE), (410, Kind.GONE), (401, Kind.CLOSED),
        (403, Kind.CLOSED), (451, Kind.CLOSED), (999, Kind.CLOSED), (500, Kind.SILENT), (502, Kind.SILENT),
    ],
)  # fmt: skip
def test_a_status_is_understood(status: int, kind: Kind, there: Place, guest: Guest) -> None:
    answer = guest.ask(there.says("/a", status))
    assert (answer.kind, answer.status if status < 900 else 999) == (kind, status)


def test_get_is_tried_where_head_is_not_wanted(there: Place, guest: Guest) -> None:
    address = there.says("GET /a", 200).replace("GET ", "")
    there.says("HEAD /a", 405)
    assert guest.ask(address).kind is Kind.FINE
    assert [(method, path) for method, path, _ in there.asked if path == "/a"] == [("HEAD", "/a"), ("GET", "/a")]
    assert {agent for *_, agent in there.asked} == {MANNERS.agent}


def test_a_permanent_move_names_the_new_address_and_a_passing_one_does_not(there: Place, guest: Guest) -> None:
    new = there.says("/new", 200)
    moved = guest.ask(there.says("/old", (301, {"Location": "/new"})))
    assert (moved.kind, moved.leads_to) == (Kind.MOVED, new)
    assert guest.ask(there.says("/now", (302, {"Location": "/new"}))).kind is Kind.FINE
    both = there.says("/both", (308, {"Location": "/now"}))
    assert guest.ask(both).kind is Kind.FINE
    assert guest.ask(there.says("/to-nothing", (301, {"Location": "/gone"}))).kind is Kind.GONE


def test_too_many_redirects_and_circles_end(there: Place, guest: Guest) -> None:
    assert guest.ask(there.says("/self", (302, {"Location": "/self"}))).kind is Kind.LOOP
    for number in range(30):
        there.says(f"/{number}", (302, {"Location": f"/{number + 1}"}))
    assert guest.ask(there.address + "/0").kind is Kind.LOOP
    assert sum(path != "/robots.txt" for _, path, _ in there.asked) <= 2 + MANNERS.redirects + 1


def test_a_server_that_fails_is_asked_again_after_longer_and_longer(
    there: Place, guest: Guest, waits: list[float]
) -> None:
    assert guest.ask(there.says("/a", 500)).kind is Kind.SILENT
    assert waits == [0.5, 1.0]
    there.says("HEAD /b", 502, 200)
    there.says("GET /b", 502, 200)
    assert guest.ask(there.address + "/b").kind is Kind.FINE


def test_a_server_says_when_to_come_back(there: Place, guest: Guest, waits: list[float]) -> None:
    assert guest.ask(there.says("/busy", (429, {"Retry-After": "7"}), 200)).kind is Kind.FINE
    assert waits == [7.0]
    late = guest.ask(there.says("/late", (429, {"Retry-After": "3600"})))
    assert (late.kind, late.said) == (Kind.CLOSED, "it asks to come back in 3600 seconds")
    assert waits == [7.0]
    assert guest.ask(there.says("/odd", (503, {"Retry-After": "soon"}), 200)).kind is Kind.FINE


def test_a_server_that_does_not_answer_is_not_waited_for(there: Place, waits: list[float]) -> None:
    there.says("/robots.txt", 404)
    hasty = Guest(replace(MANNERS, timeout=0.2, tries=1), waits.append)
    answer = hasty.ask(there.says("/slow", 0))
    assert (answer.kind, answer.said) == (Kind.SILENT, "no answer within 0.2 seconds")


def test_a_connection_that_is_not_safe_is_said(there: Place, guest: Guest) -> None:
    """A server without TLS on the port stands for one whose certificate does not fit."""
    assert guest.ask(there.address.replace("http:", "https:") + "/a").kind is Kind.UNSAFE


def test_a_closed_port_is_no_answer(guest: Guest) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert guest.ask(f"http://127.0.0.1:{port}/").kind is Kind.SILENT


def test_robots_are_obeyed_and_read_once(there: Place, guest: Guest) -> None:
    there.says("/robots.txt", 200)
    there.bodies["/robots.txt"] = b"User-agent: *\nDisallow: /private\n"
    assert guest.ask(there.says("/private/a", 200)).kind is Kind.CLOSED
    assert guest.ask(there.says("/open", 200)).kind is Kind.FINE
    assert [path for _, path, _ in there.asked] == ["/robots.txt", "/open"]


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1/", "http://localhost:8000/x", "http://[::1]/", "http://169.254.169.254/", "http://10.0.0.1/"]
)  # fmt: skip
def test_this_machine_and_its_network_are_not_asked(address: str) -> None:
    assert Guest(replace(MANNERS, at_home=False)).ask(address).kind is Kind.HOME


def test_a_redirect_into_this_network_is_not_followed(there: Place) -> None:
    address = there.says("/out", (302, {"Location": "http://169.254.169.254/secret"}))
    guest = Guest(MANNERS)
    here = guest._ask_one(address)[0]
    assert here is not None
    assert Guest(replace(MANNERS, at_home=False)).ask(here.location).kind is Kind.HOME


@pytest.fixture
def no_names(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)


@pytest.mark.usefixtures("no_names")
@pytest.mark.parametrize("address", ["http://", "http://[", "ftp://a.example/", "http://a b/", "http://\u2603.\u2603/"])
@pytest.mark.parametrize("at_home", [True, False])
def test_an_odd_address_is_an_answer_and_no_traceback(address: str, *, at_home: bool) -> None:
    assert visit([address], replace(MANNERS, tries=1, at_home=at_home))[0].kind in {Kind.GONE, Kind.SILENT}


@pytest.mark.usefixtures("no_names")
def test_a_host_that_does_not_exist_is_gone(guest: Guest) -> None:
    answer = guest.ask("https://nowhere.example/")
    assert (answer.kind, answer.said) == (Kind.GONE, "there is no such host")


def test_a_host_is_asked_one_request_after_the_other_with_a_pause(there: Place, waits: list[float]) -> None:
    addresses = [there.says(f"/{name}", 200) for name in "abc"]
    answers = visit(addresses, MANNERS, sleep=waits.append)
    assert [answer.kind for answer in answers] == [Kind.FINE] * 3
    assert waits == [0.5, 0.5]


def test_when_time_is_up_the_rest_is_left(there: Place) -> None:
    assert visit([there.says("/a", 200)], MANNERS, seconds=0)[0].kind is Kind.UNASKED
    assert there.asked == []


def test_addresses_are_gathered_with_their_places(tmp_path: Path) -> None:
    project = read(
        tmp_path,
        {
            "en/index.md": "# A\n\n[x](https://b.example/a#part) <https://a.example/>\n\n![y](https://b.example/a)\n"
            "[own](https://test.example/sub/en/) [page](index.md) [tel](tel:113)\n",
            "nl/index.md": '# A\n\n<a href="https://b.example/a">x</a> `https://code.example/`\n',
            "data/helplines.yml": "- website: https://help.example/(x).\n  note: (see https://c.example/y)\n",
            "data/references.json": '[{"DOI": "10.1000/182"}]\n',
        },
        EXACTING,
    )
    assert {address: [str(place) for place in places] for address, places in gather(project, tmp_path).items()} == {
        "https://a.example/": ["docs/en/index.md:3"],
        "https://b.example/a": ["docs/en/index.md:3", "docs/en/index.md:5", "docs/nl/index.md:3"],
        "https://c.example/y": ["data/helplines.yml:2"],
        "https://doi.org/10.1000/182": ["data/references.json:1"],
        "https://help.example/(x)": ["data/helplines.yml:1"],
    }


def test_a_name_of_a_thing_is_known_where_it_is_given(
    there: Place, guest: Guest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handbook.external.asking.NAMING", frozenset({"127.0.0.1"}))
    assert guest.ask(there.says("/10.1/x", (302, {"Location": "http://publisher.example/"}))).kind is Kind.FINE
    assert guest.ask(there.says("/10.1/y", 404)).kind is Kind.GONE


@pytest.fixture
def project(tmp_path: Path, there: Place) -> Path:
    gone, moved, fine = (
        there.says("/gone", 404),
        there.says("/old", (301, {"Location": "/fine"})),
        there.says("/fine", 200),
    )
    shut = there.says("/shut", 403)
    text = f"# A\n\n[a]({gone})\n\n[b]({moved}) [c]({fine})\n\n[d]({shut})\n"
    return write(tmp_path, {"en/index.md": text, "nl/index.md": f"# A\n\n[a]({gone})\n"})


QUICK = ["--at-home", "--pause", "0", "--tries", "1", "--timeout", "2"]


def test_the_command_says_where_each_address_stands(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["links", "--root", str(project), *QUICK, "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [(one["path"], one["line"], one["code"], one["severity"]) for one in found] == [
        ("docs/en/index.md", 3, "EXT101", "error"),
        ("docs/en/index.md", 5, "EXT102", "warning"),
        ("docs/en/index.md", 7, "EXT105", "note"),
        ("docs/nl/index.md", 3, "EXT101", "error"),
    ]
    assert found[1]["hint"].endswith("/fine, if that is still what is meant.")


@pytest.mark.parametrize("form", ["text", "github", "sarif"])
def test_the_command_prints_every_form(form: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["links", "--root", str(project), *QUICK, "--format", form, "*/gone"]) == 1
    assert "EXT101" in capsys.readouterr().out


def test_a_clean_project_and_a_list(project: Path, there: Place, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["links", "--root", str(project), *QUICK, "*/fine", "--fail-on", "note"]) == 0
    assert "1 addresses were asked" in capsys.readouterr().out
    before = list(there.asked)
    assert main(["links", "--root", str(project), "--list"]) == 0
    assert f"{there.address}/gone  docs/en/index.md:3, docs/nl/index.md:3" in capsys.readouterr().out
    assert there.asked == before


def test_without_a_network_nothing_is_called_dead(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    text = "# A\n\n" + " ".join(f"[{name}](http://127.0.0.1:{port}/{name})" for name in "abc") + "\n"
    write(tmp_path, {"en/index.md": text, "nl/index.md": "# A\n"})
    assert main(["links", "--root", str(tmp_path), *QUICK]) == 2
    assert "there seems to be no network" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [["--timeout", "0"], ["--tries", "0"], ["--pause", "-1"], ["--root", "nowhere"], ["--root", "."]]
)
def test_wrong_use_is_one_sentence(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["links", *arguments]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("code", ["EXT101", "EXT102", "EXT103", "EXT104", "EXT105"])
def test_a_check_never_asks(code: str, tmp_path: Path) -> None:
    rule = REGISTRY.rules[code]
    project = read(tmp_path, {"en/index.md": "# A\n\n[x](http://127.0.0.1:9/)\n"})
    assert rule.why_off(project)
    assert list(rule.check(project, project)) == []

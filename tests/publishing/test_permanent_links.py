"""Short ids: what each leads to, what a server is told, what can stand on a reading list, and the codes on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import zxingcpp

from handbook.publishing.address_registry import Address, Gone, Registry
from handbook.publishing.catalogue import Catalogue, Language, read_catalogue
from handbook.publishing.permanent_links import every_redirect, forced, targets
from handbook.publishing.qr import QUIET_ZONE, qr_code
from handbook.publishing.reading_list import shelves
from handbook.publishing.sharing import sharing_words
from handbook.publishing.site import Site, load_site
from handbook.publishing.words import load_words
from tests.conftest import ROOT
from tests.ledger.small import make_project

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LANGUAGES = (Language.of("en", "English", "Small"), Language.of("nl", "Nederlands", "Klein"))
PAGE = "---\ntitle: {0}\naudience: {1}\n---\n\n# {0}\n\nSome words.\n"
SHEET = "\n## Worksheet: my rest {#worksheet-w05}\n\nWords.\n"


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return read_catalogue(make_project(tmp_path / "small") / "docs", LANGUAGES, None)


def addresses(*rows: tuple[str, str, str, str]) -> frozenset[Address]:
    return frozenset(Address(*row) for row in rows)


def led(registry: Registry, catalogue: Catalogue) -> dict[str, str]:
    return {one.address: one.target.address for one in forced(registry, catalogue)}


def test_an_id_leads_to_its_page_in_each_language(catalogue: Catalogue) -> None:
    registry = Registry(addresses(("rest.md", "b2c3", "en", "en/rest/")))
    assert [
        (id_, {one: page.address for one, page in pages.items()}) for id_, pages in targets(registry, catalogue)
    ] == [("b2c3", {"en": "en/rest/", "nl": "nl/rest/"})]
    assert led(registry, catalogue) == {"go/b2c3/en/": "en/rest/", "go/b2c3/nl/": "nl/rest/"}


def test_a_page_that_moved_keeps_its_id(catalogue: Catalogue) -> None:
    registry = Registry(addresses(("old/rest.md", "b2c3", "nl", "nl/oud/rest/"), ("rest.md", "b2c3", "nl", "nl/rest/")))
    assert led(registry, catalogue)["go/b2c3/nl/"] == "nl/rest/"
    assert {one.address: one.moved for one in every_redirect(registry, catalogue)} == {
        "nl/oud/rest/": True,
        "go/b2c3/en/": False,
        "go/b2c3/nl/": False,
    }


def test_the_id_of_a_page_that_is_gone_leads_to_what_took_its_place(catalogue: Catalogue) -> None:
    rows = addresses(("old.md", "b2c3", "en", "en/old/"), ("rest.md", "d4f5", "en", "en/rest/"))
    registry = Registry(rows, gone=frozenset({Gone("old.md", "b2c3", "rest.md", "merged")}))
    assert led(registry, catalogue)["go/b2c3/en/"] == "en/rest/"
    assert led(registry, catalogue)["go/d4f5/en/"] == "en/rest/"


def test_an_id_whose_page_has_no_successor_is_left_out(catalogue: Catalogue) -> None:
    assert led(Registry(addresses(("old.md", "b2c3", "en", "en/old/"))), catalogue) == {}


def test_a_page_in_one_language_opens_in_that_one(tmp_path: Path) -> None:
    root = make_project(tmp_path / "small")
    (root / "docs/nl/rest.md").unlink()
    catalogue = read_catalogue(root / "docs", LANGUAGES, None)
    registry = Registry(addresses(("rest.md", "b2c3", "en", "en/rest/")))
    assert [list(pages) for _, pages in targets(registry, catalogue)] == [["en"]]
    assert led(registry, catalogue) == {"go/b2c3/en/": "en/rest/", "go/b2c3/nl/": "en/rest/"}


@pytest.fixture
def small(project: Callable[..., Path]) -> Site:
    """A site with a page that took the place of another, a worksheet, and a page for contributors."""
    files = {}
    for language in ("en", "nl"):
        for name, audience in (("index", "everyone"), ("reading-list", "everyone"), ("work", "contributor")):
            files[f"docs/{language}/{name}.md"] = PAGE.format(name, audience)
        files[f"docs/{language}/rest/index.md"] = PAGE.format("Rest", "client") + SHEET
        files[f"docs/{language}/rest/sleep.md"] = PAGE.format("Sleep", "client")
    root = project(files)
    lines = [f"{key} {id_} en en/{key}/" for key, id_ in (("index.md", "b2b2"), ("reading-list.md", "c3c3"))]
    lines += ["rest/index.md d4d4 en en/rest/", "work.md f5f5 en en/work/", "rest/sleep.md g6g6 en en/rest/sleep/"]
    lines += ["nap.md h7h7 en en/nap/", "nap.md h7h7 gone -> rest/index.md merged"]
    (root / "data/addresses.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    nav = ["index.md", {"rest": ["rest/index.md", "rest/sleep.md"]}, "reading-list.md", "work.md"]
    return load_site(
        root=root,
        docs=root / "docs",
        languages=LANGUAGES,
        default_language="en",
        nav=nav,
        site_url="https://a.example/b/",
    )


def test_a_list_can_hold_pages_and_worksheets_under_every_name_they_had(small: Site) -> None:
    (shelf,) = shelves(small, "nl")
    assert shelf.title == "Rest"
    assert [(one.names, one.title, one.url, one.permanent_url, one.minutes) for one in shelf.items] == [
        (("d4d4", "h7h7"), "Rest", "../rest/", "https://a.example/b/go/d4d4/", 1),
        (
            ("d4d4-w05", "h7h7-w05"),
            "Worksheet: my rest",
            "../rest/#worksheet-w05",
            "https://a.example/b/go/d4d4/#worksheet-w05",
            0,
        ),
        (("g6g6",), "Sleep", "../rest/sleep/", "https://a.example/b/go/g6g6/", 1),
    ]


def test_a_page_knows_its_neutral_link_and_one_without_an_id_its_own_address(small: Site) -> None:
    view = small.view("nl", "rest/sleep.md")
    assert (view.id, view.permanent, view.permanent_url) == (
        "g6g6",
        "../../../go/g6g6/",
        "https://a.example/b/go/g6g6/",
    )
    assert view.reading_list is not None
    assert view.reading_list.url == "../../reading-list/"


def test_a_page_without_an_id_is_shared_by_its_own_address(project: Callable[..., Path]) -> None:
    root = project({"docs/en/index.md": PAGE.format("Home", "everyone")})
    (root / "data/addresses.txt").unlink()
    site = load_site(
        root=root, docs=root / "docs", languages=LANGUAGES[:1], default_language="en", nav=None, site_url="/"
    )
    view = site.view("en", "index.md")
    assert (view.id, view.permanent, view.permanent_url) == ("", "./", "/en/")
    assert shelves(site, "en") == ()


def test_messages_name_no_page_and_hold_the_link_in_every_language() -> None:
    words = {one: load_words(ROOT / "overrides/strings", one, "en") for one in ("en", "nl")}
    for language in words:
        told = sharing_words(words, language)
        assert all(told[name] for name in ("copy", "copied", "copy_failed", "send", "print"))
        assert [message["language"] for message in told["messages"]] == ["en", "nl"]
        for message in told["messages"]:
            assert message["page"].count("{url}") == message["list"].count("{url}") == 1
            assert "{" not in message["label"]
            assert "{title}" not in message["page"]
    assert sharing_words(words, "nl")["messages"][0]["page"] == words["en"]["share_message"]


@pytest.mark.parametrize("text", ["https://a.example/go/k7b4/", "https://www.a-longer-name.example/a/b/go/k7b4/"])
def test_a_code_says_what_it_was_made_from(text: str) -> None:
    code = qr_code(text)
    assert zxingcpp.read_barcodes(drawn(code.path, code.size))[0].text == text
    assert qr_code(text) == code


def drawn(path: str, size: int, scale: int = 4) -> memoryview:
    """Draw the path of a code as a browser does: dark lines of one unit, and moves."""
    side = size * scale
    picture = bytearray(b"\xff") * side**2
    start, _, rest = path.partition("h")
    assert start == f"M{QUIET_ZONE} {QUIET_ZONE}.5"
    x = y = QUIET_ZONE
    for piece in f"h{rest}".replace("h", "\nh").replace("m", "\nm").split():
        if piece.startswith("m"):
            x += int(piece[1:])
        elif piece.startswith("h"):
            length = int(piece[1:])
            for row in range(y * scale, (y + 1) * scale):
                at = row * side + x * scale
                picture[at : at + length * scale] = bytes(length * scale)
            x += length
        else:
            y += int(piece)
    return memoryview(bytes(picture)).cast("B", shape=[side, side])

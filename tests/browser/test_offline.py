"""The copy that needs no network: unpacked into a folder and opened from there, with nothing served at all."""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from handbook.handouts.downloads import make_copies
from handbook.publishing.address_file import load_registry
from handbook.publishing.site import Site, load_site
from tests.browser.browsing import LANGUAGES, PHONE, ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Page, Request

IDS: Final = load_registry(ROOT / "data/addresses.txt").ids
PUBLISHED: Final = "https://secure-base.example/"


@dataclass(frozen=True)
class Case:
    """A language's copy, and what a reader looks for in it."""

    language: str
    zip: str
    article: str
    query: str
    reading_list: str
    shame: str
    exercise: str
    help: str
    about: str
    dated: str
    share: str
    address: str


CASES: Final = (
    Case(
        "en", "en/secure-base.zip", "needs/boundaries", "saying no", "reading-list", "Shame",
        "feelings/grounding-and-breathing", "help-now", "about", "This is a copy of 22 November 2026.",
        "Share or print", "en/needs/boundaries/",
    ),
    Case(
        "nl", "nl/veilige-basis.zip", "basisbehoeften/grenzen", "nee zeggen", "leeslijst", "Schaamte",
        "gevoel-en-lichaam/aarden-en-ademen", "direct-hulp", "over", "Dit is een kopie van 22 november 2026.",
        "Deel of print", "nl/basisbehoeften/grenzen/",
    ),
)  # fmt: skip


@pytest.fixture(scope="session")
def published() -> Site:
    return load_site(
        root=ROOT, docs=ROOT / "docs", languages=LANGUAGES, default_language="en", nav=None, site_url=PUBLISHED
    )


@pytest.fixture(scope="session")
def with_copies(site_folder: Path, published: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site as it is published, with the copies in it."""
    folder = tmp_path_factory.mktemp("copies") / "site"
    shutil.copytree(site_folder, folder)
    make_copies(published, folder)
    return folder


@pytest.fixture(scope="session", params=CASES, ids=lambda case: case.language)
def copied(
    request: pytest.FixtureRequest, with_copies: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Case, Path]:
    """A copy as a reader unpacks it, in a folder whose name is as awkward as folders' names are."""
    case: Case = request.param
    place = tmp_path_factory.mktemp("Mijn map (1) #") / "50% é"
    with zipfile.ZipFile(with_copies / case.zip) as archive:
        archive.extractall(place)
    return case, next(place.iterdir())


def links(page: Path) -> Iterator[str]:
    tree = LexborHTMLParser(page.read_text(encoding="utf-8"))
    for name in ("href", "src", "data-search", "data-look", "data-engine", "data-home", "data-read", "data-share"):
        yield from (value for node in tree.css(f"[{name}]") if (value := node.attributes[name]))


def test_every_link_in_a_copy_leads_to_a_file_of_it_or_to_the_site(copied: tuple[Case, Path]) -> None:
    _, folder = copied
    ids = {
        page: {node.attributes["id"] for node in LexborHTMLParser(page.read_text(encoding="utf-8")).css("[id]")}
        for page in folder.rglob("*.html")
    }
    assert len(ids) >= 55
    dead = []
    for page in ids:
        for link in links(page):
            parts = urlsplit(urljoin(page.as_uri(), link))
            if parts.scheme in {"https", "tel", "sms", "mailto"}:
                continue
            target = page.__class__(unquote(parts.path))
            known = target.is_file() and folder in target.parents
            if not known or (parts.fragment and target in ids and unquote(parts.fragment) not in ids[target]):
                dead.append((page.relative_to(folder).as_posix(), link))
    assert not dead


def test_a_copy_is_made_of_plain_files_and_always_of_the_same_bytes(
    with_copies: Path, site_folder: Path, published: Site, tmp_path: Path
) -> None:
    again = tmp_path / "site"
    shutil.copytree(site_folder, again, copy_function=shutil.copyfile)
    make_copies(published, again)
    for case in CASES:
        first = with_copies / case.zip
        assert first.read_bytes() == (again / case.zip).read_bytes()
        with zipfile.ZipFile(first) as archive:
            entries = archive.infolist()
        assert [one.filename for one in entries] == sorted(one.filename for one in entries)
        assert {one.date_time for one in entries} == {(1980, 1, 1, 0, 0, 0)}
        assert {one.external_attr >> 16 for one in entries} == {0o644}
        assert {one.filename.split("/")[0] for one in entries} == {first.stem}


def test_pages_name_the_copy_with_its_size(with_copies: Path) -> None:
    for case in CASES:
        page = (with_copies / case.language / case.about / "index.html").read_text(encoding="utf-8")
        node = LexborHTMLParser(page).css_first(".downloads a[href$='.zip']")
        assert node is not None
        size = (with_copies / case.zip).stat().st_size
        assert f"(ZIP, {round(size / 1000)}\u00a0kB)" in node.text()
        assert node.attributes["href"] == f"../{case.zip.partition('/')[2]}"


class Watched:
    """A page that notes what goes wrong and what is asked for outside its folder."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page = page
        self.problems: list[str] = []
        self.outside: list[str] = []
        page.on("console", lambda said: self.problems.append(said.text) if said.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("requestfailed", self._note_unless_left)
        inside = folder.as_uri()
        page.on("request", lambda one: None if one.url.startswith(inside) else self.outside.append(one.url))

    def _note_unless_left(self, request: Request) -> None:
        """Note a request that failed; one that the browser gave up, because the page was left meanwhile, did not."""
        if request.failure != "net::ERR_ABORTED":
            self.problems.append(f"{request.url}: {request.failure}")


def test_a_copy_works_from_a_folder(context: Callable[..., BrowserContext], copied: tuple[Case, Path]) -> None:
    case, folder = copied
    watched = Watched(context(viewport=PHONE).new_page(), folder)
    page = watched.page
    for path in (case.exercise, case.reading_list, case.about, "", case.help):
        page.goto((folder / path / "index.html").as_uri())
        assert case.dated in page.inner_text(".foot .copy")
        assert page.evaluate("getComputedStyle(document.querySelector('.top')).display") == "flex", "style is there"
    assert case.dated in page.inner_text("h1 + .copy"), "with the numbers it stands first"
    assert page.locator("a[href^='tel:']").count() > 20

    page.goto((folder / case.exercise / "index.html").as_uri())
    page.locator(".pacer button").click()
    page.locator(".breath.in").wait_for()

    page.goto((folder / case.article / "index.html").as_uri())
    page.click(".find")
    page.wait_for_selector("dialog[open]")
    page.keyboard.type(case.query)
    link = page.locator(".found a").first
    link.wait_for()
    assert unquote(link.get_attribute("href") or "").startswith(unquote((folder / case.article).as_uri()))
    page.keyboard.press("Escape")

    page.goto(f"{(folder / case.reading_list / 'index.html').as_uri()}#1-zzzz")
    assert page.is_visible(".unknown")
    page.goto(f"{(folder / case.reading_list / 'index.html').as_uri()}#1-{IDS['feelings/shame.md']}")
    assert page.locator(".pack a").all_inner_texts() == [case.shame]
    page.click(".pack a")
    page.locator("h1", has_text=case.shame).wait_for()
    assert page.url.endswith("/index.html")
    assert not watched.problems
    assert not watched.outside


def test_what_is_shared_from_a_copy_leads_to_the_site(
    context: Callable[..., BrowserContext], copied: tuple[Case, Path]
) -> None:
    case, folder = copied
    watched = Watched(context().new_page(), folder)
    page = watched.page
    page.goto((folder / case.article / "index.html").as_uri())
    page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    page.locator("summary", has_text=case.share).click()
    page.locator(".share li button").first.click()
    page.locator(".said:not(:empty)").wait_for()
    assert page.evaluate("window.copied") == f"{PUBLISHED}go/{IDS['needs/boundaries.md']}/"
    assert page.get_attribute("[data-language]", "href", strict=True).startswith(PUBLISHED)  # type: ignore[union-attr]
    assert page.get_attribute(".foot .copy a", "href") == PUBLISHED + case.address
    list_link = page.get_attribute(".share [data-list]", "href") or ""
    assert list_link.endswith(f"/{case.reading_list}/index.html#1-{IDS['needs/boundaries.md']}")
    assert not watched.problems
    assert not watched.outside


def test_the_way_out_of_a_copy_leads_away(context: Callable[..., BrowserContext], copied: tuple[Case, Path]) -> None:
    case, folder = copied
    page = context().new_page()
    page.goto((folder / case.article / "index.html").as_uri())
    target = page.get_attribute(".leave", "href") or ""
    page.route(f"{target}**", lambda route: route.fulfill(body="<title>Weather</title>", content_type="text/html"))
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(f"{target}**")
    assert page.title() == "Weather"

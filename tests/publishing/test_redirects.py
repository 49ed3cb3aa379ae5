"""Old addresses: each leads to the page that took its place, without script and with the section where there is one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from selectolax.lexbor import LexborHTMLParser

from handbook.publishing.address_file import format_registry
from handbook.publishing.address_registry import Address, File, Gone, Registry, SectionId
from handbook.publishing.catalogue import Catalogue, Language, read_catalogue
from handbook.publishing.redirects import file_redirects, left_out_files, redirects
from tests.browser.browsing import serving
from tests.conftest import made_once, run_mkdocs
from tests.conftest import make_project as a_project
from tests.ledger.small import make_project

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

LANGUAGES = (Language.of("en", "English", "Small"), Language.of("nl", "Nederlands", "Klein"))


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return read_catalogue(make_project(tmp_path / "small") / "docs", LANGUAGES, None)


def led(registry: Registry, catalogue: Catalogue) -> dict[str, str]:
    return {one.address: one.target.address for one in redirects(registry, catalogue)}


def addresses(*rows: tuple[str, str, str, str]) -> frozenset[Address]:
    return frozenset(Address(*row) for row in rows)


def test_a_page_that_kept_its_address_has_no_redirect(catalogue: Catalogue) -> None:
    assert led(Registry(addresses(("rest.md", "b2c3", "en", "en/rest/"))), catalogue) == {}


def test_a_page_with_a_new_slug_is_found_at_the_old_one(catalogue: Catalogue) -> None:
    assert led(Registry(addresses(("rest.md", "b2c3", "nl", "nl/rust/"))), catalogue) == {"nl/rust/": "nl/rest/"}


def test_a_renamed_page_is_found_under_every_name_it_had(catalogue: Catalogue) -> None:
    registry = Registry(
        addresses(
            ("one.md", "b2c3", "en", "en/one/"),
            ("two.md", "b2c3", "en", "en/two/"),
            ("rest.md", "b2c3", "en", "en/rest/"),
        )
    )
    assert led(registry, catalogue) == {"en/one/": "en/rest/", "en/two/": "en/rest/"}


def test_a_page_that_is_gone_leads_to_the_one_instead_in_its_language(catalogue: Catalogue) -> None:
    registry = Registry(
        addresses(
            ("old.md", "b2c3", "en", "en/old/"),
            ("old.md", "b2c3", "nl", "nl/oud/"),
            ("rest.md", "d4f5", "en", "en/rest/"),
        ),
        gone=frozenset({Gone("old.md", "b2c3", "rest.md", "merged")}),
    )
    assert led(registry, catalogue) == {"en/old/": "en/rest/", "nl/oud/": "nl/rest/"}


def test_pages_gone_one_after_the_other_lead_to_the_last(catalogue: Catalogue) -> None:
    rows = addresses(("a.md", "b2c3", "en", "en/a/"), ("b.md", "d4f5", "en", "en/b/"), ("c.md", "d4f5", "en", "en/c/"))
    gone = frozenset({Gone("a.md", "b2c3", "b.md", "x"), Gone("c.md", "d4f5", "rest.md", "x")})
    assert led(Registry(rows, gone=gone), catalogue) == dict.fromkeys(("en/a/", "en/b/", "en/c/"), "en/rest/")


@pytest.mark.parametrize("to", ["old.md", "other.md", "nowhere.md"])
def test_a_circle_or_a_dead_end_leads_nowhere(catalogue: Catalogue, to: str) -> None:
    rows = addresses(("old.md", "b2c3", "en", "en/old/"), ("other.md", "d4f5", "en", "en/other/"))
    gone = frozenset({Gone("old.md", "b2c3", to, "x"), Gone("other.md", "d4f5", "old.md", "x")})
    assert led(Registry(rows, gone=gone), catalogue) == {}


def test_an_address_that_is_a_pages_now_is_never_a_redirect(catalogue: Catalogue) -> None:
    assert led(Registry(addresses(("rest.md", "b2c3", "en", "en/help/"))), catalogue) == {}


@pytest.mark.parametrize("address", ["../en/rest/", "/en/old/", "en/../../old/", "en/./old/"])
def test_no_redirect_is_written_outside_the_site(catalogue: Catalogue, address: str) -> None:
    assert led(Registry(addresses(("rest.md", "b2c3", "en", address))), catalogue) == {}


def test_a_language_the_site_no_longer_has_leads_to_one_it_has(catalogue: Catalogue) -> None:
    assert led(Registry(addresses(("rest.md", "b2c3", "fr", "fr/repos/"))), catalogue) == {"fr/repos/": "en/rest/"}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose only page in Dutch had another address before, and its paper another path."""
    text = "---\ntitle: {}\n---\n\n# {}\n\n## Why {{#why}}\n\nWhy.\n"
    pages = {
        "docs/en/index.md": text.format("Home", "Home"),
        "docs/en/rest.md": text.format("Rest", "Rest"),
        "docs/nl/index.md": text.format("Thuis", "Thuis"),
        "docs/nl/rest.md": text.format("Rust & stilte", "Rust & stilte"),
    }
    registry = Registry(
        addresses(("rest.md", "b2c3", "nl", "nl/oud/rust/"), ("rest.md", "b2c3", "nl", "nl/rest/")),
        files=files(OLD_PAPER, ("rest.md", "b2c3", "nl", "nl/rest/rest.pdf")),
    )

    def make(root: Path) -> None:
        a_project(root, pages, nav="nav: [index.md, rest.md]\n")
        (root / "data/addresses.txt").write_text(format_registry(registry), encoding="utf-8")
        build = run_mkdocs(root, root / "site")
        assert build.code == 0, build.output

    return made_once(tmp_path_factory, "moved", make) / "site"


def values(html: LexborHTMLParser, selector: str, name: str) -> list[str | None]:
    return [node.attributes[name] for node in html.css(selector)]


def test_a_redirect_is_a_page_in_its_language_that_needs_no_script(site: Path) -> None:
    html = LexborHTMLParser((site / "nl/oud/rust/index.html").read_text(encoding="utf-8"))
    assert values(html, "html", "lang") == ["nl"]
    assert [heading.text() for heading in html.css("h1")] == ["Deze pagina is verhuisd"]
    (link,) = html.css("main a")
    assert (link.attributes["href"], link.text()) == ("../../rest/", "Rust & stilte")
    assert values(html, "meta[http-equiv=refresh]", "content") == ["0; url=../../rest/"]
    assert values(html, "link[rel=canonical]", "href") == ["https://secure-base.example/nl/rest/"]
    for node in html.css("script, link[rel=stylesheet]"):
        target = node.attributes.get("src") or node.attributes.get("href") or ""
        assert (site / "nl/oud/rust" / target).resolve().is_file()
    assert [node for node in html.css("script") if "src" not in node.attributes] == []


def test_the_old_path_of_a_paper_is_a_page_that_leads_on(site: Path) -> None:
    """This site is built without papers, so it leads to the page; a host shows a folder of that name by itself."""
    html = LexborHTMLParser((site / "nl/oud/rust/rust.pdf/index.html").read_text(encoding="utf-8"))
    assert values(html, "meta[http-equiv=refresh]", "content") == ["0; url=../../../rest/"]
    assert values(html, "html", "lang") == ["nl"]
    assert [link.attributes["href"] for link in html.css("main a")] == ["../../../rest/"]
    assert not (site / "nl/rest/rest.pdf").exists()


def test_a_redirect_stands_in_no_sitemap(site: Path) -> None:
    assert "oud" not in (site / "sitemap.xml").read_text(encoding="utf-8")


@pytest.mark.parametrize("script", [True, False])
def test_a_browser_arrives_at_the_new_page_and_with_script_at_the_section(
    browser: Browser, site: Path, *, script: bool
) -> None:
    with serving(site) as address, browser.new_context(java_script_enabled=script) as context:
        page = context.new_page()
        page.goto(f"{address}nl/oud/rust/#why", wait_until="commit")  # the page leaves before it has loaded
        page.wait_for_url("**/nl/rest/**", wait_until="commit")
        assert page.url == f"{address}nl/rest/" + ("#why" if script else "")


# --- Files to take away ---


def files(*rows: tuple[str, str, str, str]) -> frozenset[File]:
    return frozenset(File(*row) for row in rows)


def file_led(registry: Registry, catalogue: Catalogue, *, printed: bool = True) -> dict[str, str]:
    return {one.address: one.goal for one in file_redirects(registry, catalogue, printed=printed)}


OLD_PAPER = ("rest.md", "b2c3", "nl", "nl/oud/rust/rust.pdf")


def test_the_paper_of_a_page_that_moved_is_found_at_its_old_path(catalogue: Catalogue) -> None:
    registry = Registry(files=files(OLD_PAPER, ("rest.md", "b2c3", "nl", "nl/rest/rest.pdf")))
    assert file_led(registry, catalogue) == {"nl/oud/rust/rust.pdf/": "nl/rest/rest.pdf"}
    assert file_led(registry, catalogue, printed=False) == {"nl/oud/rust/rust.pdf/": "nl/rest/"}


def test_a_renamed_page_keeps_its_paper(catalogue: Catalogue) -> None:
    rows = addresses(("rest.md", "b2c3", "nl", "nl/rest/"))
    registry = Registry(rows, files=files(("calm.md", "b2c3", "nl", "nl/kalm/kalm.pdf")))
    assert file_led(registry, catalogue) == {"nl/kalm/kalm.pdf/": "nl/rest/rest.pdf"}


def with_worksheet(catalogue: Catalogue, *sections: str) -> Catalogue:
    entries = {
        name: replace(entry, worksheets=tuple((section, "Sheet") for section in sections))
        for name, entry in catalogue.entries.items()
    }
    return replace(catalogue, entries=entries)


def test_a_worksheet_leads_to_the_same_one_or_what_took_its_place_or_the_paper_of_its_page(
    catalogue: Catalogue,
) -> None:
    registry = Registry(
        addresses(("rest.md", "b2c3", "en", "en/rest/")),
        frozenset({SectionId("rest.md", "b2c3", "worksheet-b", "worksheet-a", "merged")}),
        files=files(
            ("rest.md", "b2c3", "en", "en/old/worksheet-a.pdf"),
            ("rest.md", "b2c3", "en", "en/old/worksheet-b.pdf"),
            ("rest.md", "b2c3", "en", "en/old/worksheet-c.pdf"),
        ),
    )
    assert file_led(registry, with_worksheet(catalogue, "worksheet-a")) == {
        "en/old/worksheet-a.pdf/": "en/rest/worksheet-a.pdf",
        "en/old/worksheet-b.pdf/": "en/rest/worksheet-a.pdf",
        "en/old/worksheet-c.pdf/": "en/rest/rest.pdf",
    }


def test_the_paper_of_a_page_that_is_gone_leads_to_that_of_the_one_instead(catalogue: Catalogue) -> None:
    registry = Registry(
        addresses(("rest.md", "d4f5", "en", "en/rest/")),
        gone=frozenset({Gone("old.md", "b2c3", "rest.md", "merged")}),
        files=files(("old.md", "b2c3", "en", "en/old/old.pdf"), ("old.md", "b2c3", "en", "en/old/worksheet-a.pdf")),
    )
    led_to = file_led(registry, with_worksheet(catalogue, "worksheet-a"))
    assert led_to == dict.fromkeys(("en/old/old.pdf/", "en/old/worksheet-a.pdf/"), "en/rest/rest.pdf")


def test_a_page_that_nobody_prints_any_more_is_where_its_paper_leads(catalogue: Catalogue) -> None:
    entries = {
        name: replace(entry, metadata=replace(entry.metadata, audience="contributor"))
        for name, entry in catalogue.entries.items()
    }
    registry = Registry(files=files(("rest.md", "b2c3", "nl", "nl/rest/rest.pdf")))
    assert file_led(registry, replace(catalogue, entries=entries)) == {"nl/rest/rest.pdf/": "nl/rest/"}


def test_the_whole_of_a_language_is_found_under_the_name_it_had_before(catalogue: Catalogue) -> None:
    home = replace(catalogue.entries["nl", "rest.md"], key="index.md", address="nl/")
    catalogue = replace(catalogue, entries={**catalogue.entries, ("nl", "index.md"): home})
    registry = Registry(
        files=files(*(("index.md", "h2k3", "nl", f"nl/{name}") for name in ("oud.pdf", "oud.zip", "klein.epub")))
    )
    assert file_led(registry, catalogue) == {"nl/oud.pdf/": "nl/klein.pdf", "nl/oud.zip/": "nl/klein.zip"}


@pytest.mark.parametrize("path", ["../old.pdf", "nl/../../old.pdf", "nl//old.pdf"])
def test_no_redirect_of_a_file_is_written_outside_the_site(catalogue: Catalogue, path: str) -> None:
    assert file_led(Registry(files=files(("rest.md", "b2c3", "nl", path))), catalogue) == {}


def test_a_site_for_readers_without_its_papers_leads_from_them_to_the_pages(catalogue: Catalogue) -> None:
    registry = Registry(files=files(OLD_PAPER, ("rest.md", "b2c3", "nl", "nl/rest/rest.pdf")))
    found = {one.address: one.goal for one in left_out_files(registry, catalogue)}
    assert found == {"nl/rest/rest.pdf/": "nl/rest/"}

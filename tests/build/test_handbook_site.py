"""The handbook as it is published: addresses, languages, and nothing that does not belong there."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.conftest import ROOT, run_mkdocs

if TYPE_CHECKING:
    from pathlib import Path

SITE_URL = "https://secure-base.example/"
NAMESPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
LANGUAGES = ("en", "nl")
# Small words that only one of the languages writes.
SMALL_WORDS = {
    "en": "the and with your you this from have they are which what would should about there been these",
    "nl": "het een van niet ook voor zijn wordt naar jij geen heeft hebben kunnen moet omdat waar die je",
}
# Examples of what the checks find stand there as they would be typed, in either language.
QUOTES_SOURCES = ("about/contribute", "over/meewerken")


@cache
def tree(path: Path) -> LexborHTMLParser:
    return LexborHTMLParser(path.read_text(encoding="utf-8"))


def first(path: Path, selector: str) -> LexborNode:
    found = tree(path).css_first(selector)
    assert found is not None, (path, selector)
    return found


def pages_of(site: Path) -> list[Path]:
    return sorted(path for language in LANGUAGES for path in (site / language).rglob("*.html"))


def source_keys(language: str) -> list[str]:
    root = ROOT / "docs" / language
    return sorted(
        path.relative_to(root).as_posix()
        for path in root.rglob("*.md")
        if "_shared" not in path.relative_to(root).parts
    )


def address(path: Path, site: Path) -> str:
    return urljoin(SITE_URL, path.relative_to(site).as_posix().removesuffix("index.html"))


def test_every_source_page_is_published_under_its_language_and_nothing_else_is(handbook_site: Path) -> None:
    for language in LANGUAGES:
        published = list((handbook_site / language).rglob("*.html"))
        assert len(published) == len(source_keys(language))
    at_the_root = {path.name for path in handbook_site.iterdir()}
    assert at_the_root == {
        "404.html",
        "assets",
        "en",
        "go",
        "index.html",
        "nl",
        "robots.txt",
        "sitemap.xml",
        "sitemap.xml.gz",
    }


def test_dutch_pages_have_dutch_addresses(handbook_site: Path) -> None:
    assert (handbook_site / "nl/basisbehoeften/veiligheid/index.html").is_file()
    assert (handbook_site / "en/needs/safety/index.html").is_file()
    assert not (handbook_site / "nl/needs").exists()


def test_every_page_names_its_language_direction_and_own_address(handbook_site: Path) -> None:
    for path in pages_of(handbook_site):
        html = first(path, "html")
        assert html.attributes["lang"] == path.relative_to(handbook_site).parts[0]
        assert html.attributes["dir"] == "ltr"
        assert first(path, "link[rel=canonical]").attributes["href"] == address(path, handbook_site)


def test_the_language_switch_leads_to_the_same_page(handbook_site: Path) -> None:
    for path in pages_of(handbook_site):
        here = address(path, handbook_site)
        switches = tree(path).css("a[data-language]")
        assert len(switches) == len(LANGUAGES) - 1
        for switch in switches:
            target = handbook_site / urlsplit(urljoin(here, switch.attributes["href"])).path.lstrip("/") / "index.html"
            assert target.is_file()
            back = {
                urljoin(address(target, handbook_site), one.attributes["href"])
                for one in tree(target).css("a[data-language]")
            }
            assert here in back


def test_every_internal_link_and_fragment_leads_somewhere(handbook_site: Path) -> None:
    for path in [*pages_of(handbook_site), handbook_site / "index.html", handbook_site / "404.html"]:
        here = address(path, handbook_site)
        for link in tree(path).css("a[href]"):
            url = urlsplit(urljoin(here, link.attributes["href"]))
            if url.netloc != urlsplit(SITE_URL).netloc:
                continue
            target = handbook_site / url.path.lstrip("/")
            target = target / "index.html" if url.path.endswith("/") else target
            assert target.is_file(), f"{path}: {link.attributes['href']}"
            if url.fragment:
                for arrived in where_one_arrives(target, handbook_site):
                    assert tree(arrived).css_first(f'[id="{url.fragment}"]') is not None, (
                        f"{path}: {link.attributes['href']}"
                    )


def where_one_arrives(target: Path, site: Path) -> list[Path]:
    """A short link takes the section along to whichever language it leads to; every other page is its own end."""
    if site / "go" not in target.parents:
        return [target]
    here = address(target, site)
    ends = [
        site / urlsplit(urljoin(here, link.attributes["href"])).path.lstrip("/") / "index.html"
        for link in tree(target).css("a[data-choice]")
    ]
    assert ends, f"{target} leads nowhere"
    return ends


def test_the_sitemap_lists_every_page_with_its_other_languages(handbook_site: Path) -> None:
    root = ET.parse(handbook_site / "sitemap.xml").getroot()
    listed = {}
    for url in root.iterfind("s:url", NAMESPACES):
        alternates = {link.get("hreflang"): link.get("href") for link in url.iterfind("x:link", NAMESPACES)}
        listed[url.findtext("s:loc", namespaces=NAMESPACES)] = alternates
    assert listed.pop(SITE_URL) == {}, "the root chooses a language, and is no page in one"
    assert set(listed) == {address(path, handbook_site) for path in pages_of(handbook_site)}
    for location, alternates in listed.items():
        assert set(alternates) == set(LANGUAGES)
        assert location in alternates.values()
        for other in alternates.values():
            assert listed[other] == alternates


def test_the_root_offers_every_language_without_script(handbook_site: Path) -> None:
    links = {link.attributes["href"] for link in tree(handbook_site / "index.html").css("a[hreflang]")}
    assert {"en/", "nl/"} <= links


def test_the_page_for_lost_readers_speaks_every_language(handbook_site: Path) -> None:
    spoken = {part.attributes.get("lang") for part in tree(handbook_site / "404.html").css("main [lang]")}
    assert spoken >= set(LANGUAGES)


def test_headings_have_the_same_ids_in_both_languages(handbook_site: Path) -> None:
    for path in (handbook_site / "en").rglob("*.html"):
        switch = first(path, "a[data-language]").attributes["href"]
        other = handbook_site / urlsplit(urljoin(address(path, handbook_site), switch)).path.lstrip("/") / "index.html"
        ids = [
            sorted(heading.attributes.get("id") or "" for heading in tree(one).css("article h2, article h3"))
            for one in (path, other)
        ]
        assert ids[0] == ids[1], path


def test_nothing_of_a_themes_bundle_is_published(handbook_site: Path) -> None:
    published = [path.relative_to(handbook_site).as_posix() for path in handbook_site.rglob("*") if path.is_file()]
    assert not [path for path in published if "bundle" in path or "lunr" in path or "palette" in path]


def test_assets_carry_a_digest_of_their_content(handbook_site: Path) -> None:
    for path in (handbook_site / "assets").rglob("*"):
        if path.is_file():
            assert re.fullmatch(r"[\w-]+(\.[\w-]+)*\.[0-9a-f]{10}\.\w+", path.name), path


def test_no_page_has_inline_scripts_styles_handlers_or_third_parties(handbook_site: Path) -> None:
    for path in [*pages_of(handbook_site), handbook_site / "index.html", handbook_site / "404.html"]:
        html = tree(path)
        data = "application/ld+json"  # what no browser runs
        assert not [
            one for one in html.css("script") if "src" not in one.attributes and one.attributes.get("type") != data
        ]
        assert not html.css("style, iframe, object, embed, form[action]"), path
        for node in html.css("*"):
            for name, value in node.attributes.items():
                assert not name.startswith("on"), (path, name)
                assert name != "style", path
                if name in ("src", "srcset", "action", "poster") or (node.tag == "link" and name == "href"):
                    absolute = urlsplit(value or "").netloc
                    assert absolute in ("", urlsplit(SITE_URL).netloc), (path, value)


def spoken(node: LexborNode | None) -> str:
    """Return the language that a node is marked with, by itself or by what it stands in."""
    while node is not None:
        marked = node.attributes.get("lang")
        if marked:
            return marked
        node = node.parent
    return ""


def unmarked(html: str) -> list[str]:
    """Return the passages of a page that are marked as one language and written in the other."""
    found = []
    for node in LexborHTMLParser(html).root.traverse(include_text=True):  # type: ignore[union-attr]
        parent = node.parent
        language = spoken(parent)
        if node.tag != "-text" or parent is None or parent.tag in ("script", "style", "code"):
            continue
        if language not in SMALL_WORDS:
            continue
        text = node.text_content or ""
        words = re.findall(r"[^\W\d_]+", text.lower())
        counts = {one: sum(word in small.split() for word in words) for one, small in SMALL_WORDS.items()}
        if max(counts.values()) > max(1, counts[language]):
            found.append(" ".join(text.split()))
    return found


def test_words_of_the_other_language_are_marked_as_such(handbook_site: Path) -> None:
    marked = '<html lang="nl"><p>Dat heet <i lang="en">what you have been with them</i>.</p></html>'
    assert not unmarked(marked)
    assert unmarked(marked.replace(' lang="en"', "")) == ["what you have been with them"]
    pages = [path for path in pages_of(handbook_site) if not path.parent.as_posix().endswith(QUOTES_SOURCES)]
    found = {address(path, handbook_site): unmarked(path.read_text(encoding="utf-8")) for path in pages}
    assert not {page: passages for page, passages in found.items() if passages}


def test_no_interface_word_of_one_language_stands_on_a_page_of_the_other(handbook_site: Path) -> None:
    words = {
        language: yaml.safe_load((ROOT / f"overrides/strings/{language}.yml").read_text(encoding="utf-8"))
        for language in LANGUAGES
    }
    both = set(words["en"].values()) & set(words["nl"].values())
    for path in pages_of(handbook_site):
        language = path.relative_to(handbook_site).parts[0]
        foreign = {word for other in LANGUAGES if other != language for word in words[other].values()} - both
        own_labels = set(words[language].values())
        for node in tree(path).css("header *, footer *, aside *, nav *"):
            if "lang" in node.attributes:
                continue  # the name of another language, marked as such
            for said in (
                node.text(deep=False).strip(),
                *(node.attributes.get(a) or "" for a in ("aria-label", "title", "alt")),
            ):
                assert said not in foreign or said in own_labels, (path, said)


@pytest.mark.parametrize(
    "phrase", ["Permanent link", "Jump back to footnote", "Skip to content", "Back to top", "None", "{{", "term:"]
)
def test_nothing_the_machinery_says_reaches_a_page(handbook_site: Path, phrase: str) -> None:
    for path in pages_of(handbook_site):
        html = LexborHTMLParser(path.read_text(encoding="utf-8"))
        html.strip_tags(["code", "pre", "script"], recursive=True)
        assert phrase not in html.text().replace("None of", ""), path


def test_two_builds_are_identical_whatever_the_folder_time_and_place(handbook_site: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "a folder with spaces, é" / "project"
    elsewhere.mkdir(parents=True)
    for name in ("mkdocs.yml", "docs", "overrides", "data", "scripts"):
        (elsewhere / name).symlink_to(ROOT / name)
    env = {"SOURCE_DATE_EPOCH": "1790000000"}
    first = run_mkdocs(ROOT, tmp_path / "first", env={**env, "TZ": "UTC", "PYTHONHASHSEED": "1", "LC_ALL": "C"})
    second = run_mkdocs(elsewhere, tmp_path / "second", env={**env, "TZ": "Pacific/Auckland", "PYTHONHASHSEED": "2"})
    assert first.code == second.code == 0, first.output + second.output
    contents = [
        {path.relative_to(build.site).as_posix(): path.read_bytes() for path in build.site.rglob("*") if path.is_file()}
        for build in (first, second)
    ]
    assert contents[0].keys() == contents[1].keys()
    assert [name for name in contents[0] if contents[0][name] != contents[1][name]] == []


def test_the_site_works_in_a_sub_path(tmp_path: Path) -> None:
    build = run_mkdocs(ROOT, tmp_path / "site", env={"SITE_URL": "https://example.org/some/handbook/"})
    assert build.code == 0, build.output
    for path in pages_of(build.site):
        assert not [
            a
            for a in tree(path).css("[href], [src]")
            if (a.attributes.get("href") or a.attributes.get("src") or "").startswith("/")
        ]
    lost = tree(build.site / "404.html")
    assert all(
        (a.attributes.get("href") or a.attributes.get("src") or "").startswith("/some/handbook/")
        for a in lost.css("a[href], link[href], script[src]")
    )


def test_the_environment_of_the_build_is_as_locked() -> None:
    """The traps that toolchain notes name were found on exactly these versions; others want a new look."""
    lock = dict(re.findall(r"^([a-z0-9-]+)==([^ \\]+)", (ROOT / "requirements.lock").read_text(), flags=re.MULTILINE))
    for name in ("mkdocs", "mkdocs-material", "mkdocs-static-i18n", "markdown", "click"):
        assert version(name) == lock[name]
    assert "://" not in (ROOT / "requirements.lock").read_text()

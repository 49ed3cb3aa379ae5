"""What feeds, link previews and search engines are told: valid, the same each time, and nothing that is not so."""

from __future__ import annotations

import datetime as dt
import json
import re
import time
import xml.etree.ElementTree as ET
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import feedparser  # type: ignore[import-untyped]
import pytest
from selectolax.lexbor import LexborHTMLParser

from handbook.editorial.changes import Change, Changes, load_changes
from handbook.editorial.entries import Translated
from handbook.editorial.errors import DataError
from handbook.editorial.metadata import ClinicalReview
from handbook.publishing.catalogue import Language
from handbook.publishing.feed import atom_feed
from handbook.publishing.linked_data import linked_data
from handbook.publishing.site import Site, load_site
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ATOM = "{http://www.w3.org/2005/Atom}"
LANGUAGES = [Language.of("en", "English", "Secure Base"), Language.of("nl", "Nederlands", "Veilige Basis")]
ISO = "%Y-%m-%dT%H:%M:%SZ"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def change(day: int, pages: Sequence[str], said: str) -> Change:
    return Change(1, dt.date(2027, 1, day), tuple(pages), Translated({"en": said, "nl": f"{said} (nl)"}))


@pytest.fixture(scope="module")
def site() -> Site:
    read = load_site(
        root=ROOT,
        docs=ROOT / "docs",
        languages=LANGUAGES,
        default_language="en",
        nav=["index.md", "needs/safety.md"],
        site_url="https://secure-base.example/",
    )
    news = [
        change(9, ["needs/safety.md"], "Clearer & <shorter>."),
        change(9, ["needs/safety.md"], "New numbers."),
        change(7, ["needs/safety.md", "needs/boundaries.md"], "Both."),
        change(3, [], "All pages."),
    ]
    return replace(read, changes=Changes(tuple(news)))


def entries(feed: ET.Element) -> list[ET.Element]:
    return feed.findall(f"{ATOM}entry")


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_feed_has_all_that_rfc_4287_asks_for(site: Site, language: str) -> None:
    feed = ET.fromstring(atom_feed(site, language))
    assert feed.tag == f"{ATOM}feed"
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    for node in (feed, *entries(feed)):
        for tag in ("id", "title", "updated"):
            assert len(node.findall(f"{ATOM}{tag}")) == 1, tag
            assert node.findtext(f"{ATOM}{tag}")
        assert MOMENT.fullmatch(node.findtext(f"{ATOM}updated") or "")
        assert (node.findtext(f"{ATOM}id") or "").startswith("urn:uuid:")
        kinds = [link.get("rel") for link in node.findall(f"{ATOM}link")]
        assert kinds.count("alternate") == 1
    own = [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert own == [f"https://secure-base.example/{language}/feed.xml"]
    ids = [node.findtext(f"{ATOM}id") for node in (feed, *entries(feed))]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_feed_readers_understand_a_feed(site: Site, language: str) -> None:
    read = feedparser.parse(atom_feed(site, language).encode())
    assert not read.bozo
    assert read.version == "atom10"
    assert read.feed.title == site.catalogue.language(language).site_name
    assert read.feed.language == language
    assert [(one.title, one.updated_parsed[:3], one.link) for one in read.entries] == [
        (one.findtext(f"{ATOM}title"), time.strptime(one.findtext(f"{ATOM}updated") or "", ISO)[:3], link.get("href"))
        for one in entries(ET.fromstring(atom_feed(site, language)))
        if (link := one.find(f"{ATOM}link")) is not None
    ]
    assert all(one.id.startswith("urn:uuid:") and one.summary for one in read.entries)
    assert [link.type for link in read.feed.links if link.rel == "self"] == ["application/atom+xml"]


def test_news_come_newest_first_and_once_for_a_page_and_a_day(site: Site) -> None:
    feed = ET.fromstring(atom_feed(site, "en"))
    told = [(one.findtext(f"{ATOM}title"), one.findtext(f"{ATOM}summary")) for one in entries(feed)]
    assert told == [
        ("Safety", "Clearer & <shorter>. New numbers."),
        ("Safety", "Both."),
        ("Boundaries", "Both."),
        ("Secure Base", "All pages."),
    ]
    assert feed.findtext(f"{ATOM}updated") == "2027-01-09T00:00:00Z"
    links = [one.find(f"{ATOM}link") for one in entries(ET.fromstring(atom_feed(site, "nl")))]
    hrefs = [link.get("href") or "" for link in links if link is not None]
    assert hrefs[0].startswith("https://secure-base.example/nl/")


def test_the_ids_of_news_stay_when_the_site_moves(site: Site) -> None:
    here, there = atom_feed(site, "en"), atom_feed(replace(site, site_url="https://elsewhere.example/h/"), "en")
    assert re.findall("<id>.*</id>", here) == re.findall("<id>.*</id>", there)
    assert here == atom_feed(site, "en")


def test_a_handbook_without_news_has_an_empty_feed(site: Site) -> None:
    assert entries(ET.fromstring(atom_feed(replace(site, changes=Changes()), "en"))) == []


def test_what_is_told_of_is_there() -> None:
    changes = load_changes(ROOT / "data" / "changes.yml")
    assert changes.entries
    for one in changes.entries:
        assert set(one.what.words) == {"en", "nl"}
        assert [key for key in one.pages if not (ROOT / "docs" / "en" / key).is_file()] == []


@pytest.mark.parametrize(
    "text",
    [
        "changes:\n  - date: 2026-02-31\n    what: {en: x}\n",
        "changes:\n  - date: 2026-02-01\n",
        "changes:\n  - date: 2026-02-01\n    what: {en: x}\n    who: Ann\n",
        "changes:\n  - date: 2026-02-01\n    pages: [../../x.md]\n    what: {en: x}\n",
    ],
)
def test_broken_news_are_named_by_their_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "changes.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError):
        load_changes(path)


def data_of(site: Site, key: str, **changed: Any) -> dict[str, Any]:
    view = replace(site.view("en", key), **changed)
    written = str(linked_data(view, site.changes))
    assert "<" not in written
    loaded: dict[str, Any] = json.loads(written)
    return loaded


def test_a_page_that_nobody_reviewed_claims_no_review(site: Site) -> None:
    data = data_of(site, "needs/safety.md")
    assert data["@type"] == "MedicalWebPage"
    assert data["dateModified"] == "2027-01-09"
    assert {"lastReviewed", "reviewedBy"}.isdisjoint(data)
    assert "dateModified" not in data_of(replace(site, changes=Changes()), "needs/safety.md")


def test_a_page_that_a_named_clinician_reviewed_says_who_and_when(site: Site) -> None:
    review = ClinicalReview("A. <b>Person", "psychologist", dt.date(2027, 2, 3), "none")
    data = data_of(site, "needs/safety.md", clinical_review=review)
    assert data["lastReviewed"] == "2027-02-03"
    assert data["reviewedBy"] == {"@type": "Person", "name": "A. <b>Person", "jobTitle": "psychologist"}


def test_every_page_has_its_data_and_its_preview_from_this_site_alone(handbook_site: Path) -> None:
    pages = [path for language in ("en", "nl") for path in (handbook_site / language).rglob("index.html")]
    seen = 0
    for path in pages:
        tree = LexborHTMLParser(path.read_text(encoding="utf-8"))
        script = tree.css_first('script[type="application/ld+json"]')
        if tree.css_first('link[rel="canonical"]') is None:
            continue
        assert script is not None, path
        seen += 1
        said = {node.attributes["property"]: node.attributes["content"] for node in tree.css("meta[property]")}
        assert json.loads(script.text())["@type"] == "MedicalWebPage"
        assert said["og:url"] == tree.css('link[rel="canonical"]')[0].attributes["href"]
        assert said["og:title"]
        assert said["og:type"] == ("website" if path.parent.parent == handbook_site else "article")
        assert said["og:description"] == tree.css('meta[name="description"]')[0].attributes["content"]
        assert (said["og:image"] or "").startswith("https://secure-base.example/assets/card.")
        assert (handbook_site / (said["og:image"] or "").removeprefix("https://secure-base.example/")).is_file()
    assert seen == len(pages)

"""The news of the handbook as an Atom feed (RFC 4287), one a language: who uses a page hears when it changes.

The id of an entry is made of the short id of its page and the day, so it stays when a page or the whole site moves.
The same news give the same bytes.
"""

from __future__ import annotations

import uuid
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from handbook.publishing.page_view import title_of

if TYPE_CHECKING:
    import datetime as dt

    from handbook.publishing.site import Site

ATOM: Final = "http://www.w3.org/2005/Atom"
FEED: Final = "feed.xml"
MOST: Final = 50
HOME: Final = "index.md"
LICENCE: Final = "CC BY-SA 4.0"


def atom_feed(site: Site, language: str) -> str:
    """Return the feed of a language. Several changes of a page on one day are one piece of news."""
    home = urljoin(site.site_url, f"{language}/")
    name = site.catalogue.language(language).site_name
    feed = ET.Element("feed", {"xmlns": ATOM, "xml:lang": language})
    _text(feed, "id", _urn(f"handbook {language}"))
    _text(feed, "title", name)
    _text(feed, "subtitle", site.words[language].get("site_description", ""))
    news = list(_news(site, language).items())[:MOST]
    _text(feed, "updated", _moment(max((date for (date, _), _ in news), default=None)))
    _text(ET.SubElement(feed, "author"), "name", name)
    _text(feed, "rights", LICENCE)
    ET.SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": urljoin(home, FEED)})
    ET.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "hreflang": language, "href": home})
    ids = site.registry.ids if site.registry else {}
    for (date, key), sentences in news:
        page = site.catalogue.get(language, key)
        entry = ET.SubElement(feed, "entry")
        _text(entry, "id", _urn(f"{ids.get(key, key)} {date.isoformat()} {language}"))
        _text(entry, "title", title_of(page) if page and key != HOME else name)
        _text(entry, "updated", _moment(date))
        address = urljoin(site.site_url, page.address) if page else home
        ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "hreflang": language, "href": address})
        _text(entry, "summary", " ".join(sentences))
    ET.indent(feed, " ")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode") + "\n"


def _news(site: Site, language: str) -> dict[tuple[dt.date, str], list[str]]:
    """Return what was said of each page on each day, the newest first."""
    news: dict[tuple[dt.date, str], list[str]] = {}
    for change in site.changes.entries:
        if language in change.what.words:
            for key in change.pages or (HOME,):
                news.setdefault((change.date, key), []).append(change.what[language])
    return news


def _text(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = text


def _moment(date: dt.date | None) -> str:
    return f"{date.isoformat() if date else '1970-01-01'}T00:00:00Z"


def _urn(name: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"secure-base-handbook {name}").urn

"""The handbook of a language as a folder that opens without a network, from a disk, a stick or a phone.

It is made from the finished pages of the site, so it never says something else. Every link names its file, because a
folder has no server that would find `index.html`; what is not in the copy leads to the published site. The copy says of
itself from when it is: nothing renews it, and a telephone number in it may have changed. The same site gives the same
bytes.
"""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from handbook.handouts.plain_scripts import plain, plain_data
from handbook.publishing.addresses import relative_address
from handbook.publishing.page_view import date_in_words
from handbook.publishing.security import POLICY, written_policy

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from handbook.publishing.site import Site

LOADER: Final = "offline.js"
FIRST_SCRIPT: Final = "assets/site.js"
"""Every page has it, before all others: the loader stands at its head."""
DATA: Final = ("search.json", "search-text.json", "share.json")
FOR_SCRIPTS: Final = ("search", "look", "engine", "index", "home", "share", "read")
WAYS: Final = ("href", "src", *(f"data-{name}" for name in FOR_SCRIPTS))
"""The attributes that hold addresses."""
FOOTER: Final = '<footer class="foot">'
HEADING_ENDS: Final = "</h1>"
FOLDER_POLICY: Final[Mapping[str, str]] = {
    **{name: f"{sources} file:" if sources == "'self'" else sources for name, sources in POLICY.items()},
    "connect-src": "'none'",
}
"""What a page of the copy may do. Not every browser counts the files of a folder as coming from the page itself."""


def offline_files(site: Site, folder: Path, language: str, finish: Callable[[str], str]) -> dict[str, bytes]:
    """Return the files of a copy, by their path in it and in the order of the paths.

    `folder` holds the built site. `finish` returns the HTML of a page as it is to be in the copy.
    """
    copy = _Copy(site, folder, language)
    files: dict[str, bytes] = {}
    for entry in site.catalogue.in_order(language):
        page = folder / entry.address / "index.html"
        if page.is_file():
            html = finish(page.read_text(encoding="utf-8"))
            files[copy.place(entry.address)] = copy.page(entry.address, entry.key, html).encode()
    for source in sorted(copy.assets):
        files[source] = copy.asset(source)
    for name in DATA:
        files[f"{name}.js"] = plain_data(copy.data(name)).encode()
    return dict(sorted(files.items()))


def as_of(site: Site) -> dt.date | None:
    """Return the day whose state the site shows: the last on which a page or a number was checked or news were told."""
    days = [entry.metadata.checked for entry in site.catalogue.entries.values()]
    days += [change.date for change in site.changes.entries]
    days += [helpline.checked.day for helpline in site.helplines.entries if helpline.checked] if site.helplines else []
    return max((day for day in days if day is not None), default=None)


class _Copy:
    """Knows what is in a copy and where; addresses are those below the root of the published site."""

    def __init__(self, site: Site, folder: Path, language: str) -> None:
        self._site = site
        self._folder = folder
        self._home = f"{language}/"
        self._language = language
        self._sources = {published: source for source, published in site.assets.items()}
        self._pages = {entry.address for entry in site.catalogue.in_order(language)}
        day = as_of(site)
        self._day = date_in_words(day, language) if day else "–"
        self.assets: set[str] = set()
        """The sources of what the pages asked for use; scripts name more of them only through pages."""

    def place(self, address: str) -> str:
        """Return the path of a page in the copy."""
        return f"{address.removeprefix(self._home)}index.html"

    def page(self, address: str, key: str, html: str) -> str:
        """Return a page as it stands in the copy."""
        tree = LexborHTMLParser(html)
        for name in WAYS:
            for node in tree.css(f"[{name}]"):
                value = node.attributes[name]
                if value:
                    node.attrs[name] = self._link(value, address)
        for policy in tree.css("meta[http-equiv='Content-Security-Policy']"):
            policy.attrs["content"] = written_policy(FOLDER_POLICY)
        return self._dated(tree.html or "", address, first=key == "help-now.md")

    def asset(self, source: str) -> bytes:
        """Return a file that pages use, scripts in the way that a folder can load."""
        published = self._folder / self._site.assets[source]
        if published.suffix != ".js":
            return published.read_bytes()
        script = plain(published.read_text(encoding="utf-8"))
        if source == FIRST_SCRIPT:
            script = (self._site.overrides / "handouts" / LOADER).read_text(encoding="utf-8") + script
        return script.encode()

    def data(self, name: str) -> str:
        """Return what search and sharing know, its addresses as those of the copy."""
        value = json.loads((self._folder / self._home / name).read_text(encoding="utf-8"))
        for found in _with_address(value):
            found["url"] = self._link(found["url"], self._home)
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def _link(self, value: str, base: str) -> str:
        """Return where a link leads in the copy, seen from the page that was at `base`."""
        parts = urlsplit(value)
        if parts.scheme or parts.netloc or not parts.path:
            return value
        target = urljoin(f"/{base}", parts.path).removeprefix("/")
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        if target in self._pages:
            inside = self.place(target)
        elif target in self._sources:
            inside = self._sources[target]
            self.assets.add(inside)
        elif target.removeprefix(self._home) in DATA:
            inside = target.removeprefix(self._home)
        else:
            return urljoin(self._site.site_url, target) + fragment
        return relative_address(inside, self.place(base)) + fragment

    def _dated(self, html: str, address: str, *, first: bool) -> str:
        """Say at the foot of a page, and at the head of the one with the numbers, from when it is."""
        words = self._site.words[self._language]
        said = words["copy_from"].replace("{date}", self._day)
        link = f'<a href="{escape(urljoin(self._site.site_url, address))}">{escape(words["copy_now"])}</a>'
        note = f'<p class="copy">{escape(said)} {link}</p>'
        if first:
            html = html.replace(HEADING_ENDS, HEADING_ENDS + note, 1)
        return html.replace(FOOTER, FOOTER + note, 1)


def _with_address(value: Any) -> Iterator[dict[str, Any]]:
    """Yield what has an address, wherever it stands in data."""
    if isinstance(value, dict):
        if "url" in value:
            yield value
        for inside in value.values():
            yield from _with_address(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from _with_address(inside)

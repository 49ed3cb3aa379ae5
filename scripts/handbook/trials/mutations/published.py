"""What can go wrong between the sources and the reader: in templates, in hooks, in files that are copied."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Final

from handbook.model.finding import Place
from handbook.trials.edit import Edit
from handbook.trials.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from handbook.trials.world import World

shelf: Final = Shelf("Published site")


def _page(  # noqa: PLR0913, PLR0917 - as in Shelf.swap
    name: str, what: str, codes: str, pattern: str, new: str | Callable[[re.Match[str]], str], where: str = r"^(en|nl)/"
) -> None:
    """Put a kind on the shelf that changes the HTML of one published page."""

    @shelf.make(name, what, codes)
    def _make(world: World, chance: Random) -> Edit | None:
        site = world.project.site
        if site is None:
            return None
        files = sorted(file for file in site.files if file.endswith("index.html") and re.search(where, file))
        chance.shuffle(files)
        for file in files:
            html = world.built(file)
            if re.search(pattern, html):
                path = f"{site.directory}/{file}"
                return Edit({path: re.sub(pattern, new, html, count=1).encode()}, frozenset([Place(path)]))
        return None


def _add(name: str, what: str, codes: str, html: str) -> None:
    """Put a kind on the shelf that adds something to the text of one published page."""
    _page(name, what, codes, r"(<article\b[^>]*>)", lambda match: match[1] + html)


_add("site-link-broken", "a link to a page that was not published", "PUB101", '<a href="../no-such-page/">Safety</a>')
_add("site-image-missing", "an image that was not published", "PUB102", '<img src="no-such.png" alt="A circle">')
_add("site-script-missing", "a script that was not published", "PUB102", '<script src="../../assets/none.js"></script>')
_add("site-section-missing", "a link to a section that is not there", "PUB103", '<a href="#no-such-part">Part</a>')
_add(
    "site-label-missing", "a label that names an id that is not there", "PUB104", '<p aria-labelledby="none">Rest.</p>'
)
_add("site-label-for-nothing", "a label of a field that is not there", "PUB104", '<label for="none">Rest</label>')
_add("site-foreign-script", "a script of a third party", "PUB105", '<script src="https://cdn.example/x.js"></script>')
_add("site-foreign-image", "a picture of a third party", "PUB105", '<img src="https://cdn.example/x.png" alt="x">')
_add("site-foreign-frame", "a frame of a third party", "PUB105", '<iframe src="https://video.example/"></iframe>')
_add("site-foreign-font", "a font of a third party", "PUB105", '<link rel="stylesheet" href="//fonts.example/a.css">')
_add(
    "site-preconnect",
    "a connection to a third party made in advance",
    "PUB105",
    '<link rel="preconnect" href="https://cdn.example">',
)
_add("site-inline-script", "a script in the page", "PUB106", "<script>track()</script>")
_add("site-inline-style", "a style sheet in the page", "PUB106", "<style>p{color:red}</style>")
_add("site-style-attribute", "a style attribute", "PUB106", '<p style="color:red">Rest.</p>')
_add("site-handler", "a handler", "PUB106", '<p onclick="track()">Rest.</p>')
_add("site-form-elsewhere", "a form that sends what is typed to another site", "PUB118", '<form action="//x.example">')
_add("site-link-is-code", "a link that is a program", "PUB118", '<a href="javascript:track()">Safety</a>')
_page(
    "site-leads-away",
    "a page that sends its readers to another site by itself",
    "PUB118",
    r"<head>",
    '<head><meta http-equiv="refresh" content="0;https://other.example/">',
)
_add(
    "site-drawing-foreign",
    "a drawing that takes a picture from another site",
    "PUB105",
    '<svg><image href="//x.example/a.png"/></svg>',
)
_add(
    "site-drawing-painted-elsewhere",
    "a drawing whose colour is taken from another site",
    "PUB105",
    '<svg><path d="M0 0" fill="url(https://x.example/#a)"/></svg>',
)
_page(
    "site-language-wrong",
    "a Dutch page that says it is English",
    "PUB107",
    r'(<html\b[^>]*lang=)"nl"',
    r'\1"en"',
    r"^nl/",
)
_page("site-language-missing", "a page that does not say its language", "PUB107", r'(<html\b[^>]*?) lang="\w+"', r"\1")
_add("site-id-twice", "an id twice on a page", "PUB108", '<p id="in-short-2"></p><p id="in-short-2"></p>')
_page(
    "site-canonical-wrong",
    "a canonical address of another page",
    "PUB110",
    r'(<link rel="canonical" href="[^"]*?)/"',
    r'\1-old/"',
)
_page("site-without-title", "a page without a title", "PUB112", r"<title>[^<]*</title>", "<title></title>")


def _foreign_word(name: str, what: str, here: str, there: str) -> None:
    """Put a kind on the shelf that writes a word of the interface on a page in the other language."""

    @shelf.make(name, what, "PUB113")
    def _make(world: World, chance: Random) -> Edit | None:
        site, words = world.project.site, world.project.settings.interface_words or {}
        word = world.draw(chance, sorted(words.get(there, frozenset()) - words.get(here, frozenset())))
        file = world.draw(
            chance, sorted(file for file in site.files if re.fullmatch(rf"{here}/.*\.html", file)) if site else ()
        )
        if site is None or word is None or file is None:
            return None
        path = f"{site.directory}/{file}"
        html = world.built(file).replace("</footer>", f"<button>{escape(word)}</button></footer>", 1)
        return Edit({path: html.encode()}, frozenset([Place(path)]))


_foreign_word("site-english-word-on-dutch-page", "an English word of the interface on a Dutch page", "nl", "en")
_foreign_word("site-dutch-word-on-english-page", "a Dutch word of the interface on an English page", "en", "nl")
_add("site-image-without-alt", "an image without a description", "PUB114", '<img src="x.png">')
_add("site-link-without-name", "a link without a name", "PUB115", '<a href="#in-short"></a>')
_add("site-box-printed", "a box printed as text", "PUB116", '<p>!!! warning "Stop"</p>')
_add("site-block-printed", "a building block printed as text", "PUB116", "<p>{{ helplines }}</p>")
_add("site-link-printed", "a link printed with its brackets", "PUB116", "<p>[Safety](safety.md)</p>")
_add("site-citation-printed", "a citation printed as text", "PUB116", "<p>It helps [@E54].</p>")


def _style(name: str, what: str, code: str, rule: str) -> None:
    """Put a kind on the shelf that adds a rule to a published style sheet."""

    @shelf.make(name, what, code)
    def _make(world: World, chance: Random) -> Edit | None:
        site = world.project.site
        path = world.draw(chance, [path for path, _ in site.stylesheets]) if site else None
        if site is None or path is None:
            return None
        text = world.built(path.removeprefix(f"{site.directory}/"))
        return Edit({path: f"{text}\n{rule}\n".encode()}, frozenset([Place(path)]))


_style(
    "site-style-foreign-font",
    "a font of a third party in a style sheet",
    "PUB117",
    "@font-face { font-family: x; src: url(https://fonts.example/x.woff2) }",
)
_style(
    "site-style-foreign-sheet", "a style sheet that takes in a foreign one", "PUB117", '@import "//cdn.example/x.css";'
)
_style(
    "site-style-picture-missing",
    "a picture that was not published in a style sheet",
    "PUB117",
    "p{background:url(no.png)}",
)


@shelf.make("site-sitemap-lacks-page", "a page missing in the sitemap", "PUB109")
def _sitemap(world: World, chance: Random) -> Edit | None:
    site = world.project.site
    if site is None or "sitemap.xml" not in site.files:
        return None
    text = world.built("sitemap.xml")
    entry = world.draw(chance, re.findall(r"<url>.*?</url>", text, re.DOTALL))
    path = f"{site.directory}/sitemap.xml"
    pages = [Place(page.path) for page in site.pages]
    return Edit({path: text.replace(entry, "", 1).encode()}, frozenset([Place(path), *pages])) if entry else None


@shelf.make("site-sitemap-dead-page", "a page in the sitemap that is not there", "PUB109")
def _sitemap_dead(world: World, _chance: Random) -> Edit | None:
    site = world.project.site
    if site is None or "sitemap.xml" not in site.files:
        return None
    text = world.built("sitemap.xml")
    path = f"{site.directory}/sitemap.xml"
    url = world.project.configuration.site_url
    return Edit(
        {path: text.replace("</urlset>", f"<url><loc>{url}en/none/</loc></url></urlset>").encode()},
        frozenset([Place(path)]),
    )


@shelf.make("site-language-link-lost", "a page whose other language is missing in the sitemap", "PUB111 PUB109")
def _alternate(world: World, chance: Random) -> Edit | None:
    site = world.project.site
    if site is None or "sitemap.xml" not in site.files:
        return None
    text = world.built("sitemap.xml")
    link = world.draw(chance, re.findall(r"<xhtml:link[^>]*/>", text))
    path = f"{site.directory}/sitemap.xml"
    pages = [Place(page.path) for page in site.pages]
    return Edit({path: text.replace(link, "", 1).encode()}, frozenset([Place(path), *pages])) if link else None


@shelf.make("site-page-lost", "a page that was not published, to which others link", "PUB101")
def _lost(world: World, chance: Random) -> Edit | None:
    site = world.project.site
    if site is None:
        return None
    file = world.draw(chance, sorted(file for file in site.files if file.startswith("nl/") and file.count("/") == 3))
    if file is None:
        return None
    return Edit({f"{site.directory}/{file}": None}, frozenset(Place(page.path) for page in site.pages))

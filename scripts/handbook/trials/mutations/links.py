"""What can go wrong with links, images and references."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from handbook.model.finding import Place
from handbook.model.page import Callout, Table
from handbook.trials.edit import Draft, Edit
from handbook.trials.shelf import Shelf

if TYPE_CHECKING:
    import re
    from random import Random

    from handbook.model.page import Page
    from handbook.trials.world import World

shelf: Final = Shelf("Links")
PAGE_LINK: Final = r"\]\(((?:\.\./)?[\w/-]+)\.md"


def _typo(match: re.Match[str]) -> str:
    return f"]({match[1][:-2]}{match[1][-1]}{match[1][-2]}x.md"


def _inside(*kinds: type[object]) -> object:
    def where(page: Page, line: int) -> bool:
        return any(isinstance(block, kinds) and block.line <= line <= block.end for block in page.blocks)

    return where


shelf.swap("link-to-no-page", "a typing error in the page a link names", "LNK101", PAGE_LINK, _typo)
shelf.swap(
    "link-with-space",
    "a space where the name of the page has a hyphen",
    "LNK120",
    r"\]\(((?:\.\./)?[\w/]+)-([\w-]+)\.md",
    lambda match: f"]({match[1]} {match[2]}.md",
)
shelf.swap(
    "link-in-table-to-no-page",
    "the same in a table",
    "LNK101",
    PAGE_LINK,
    _typo,
    where=_inside(Table),  # type: ignore[arg-type]
)
shelf.swap(
    "link-in-box-to-no-page",
    "the same in a box",
    "LNK101",
    PAGE_LINK,
    _typo,
    where=_inside(Callout),  # type: ignore[arg-type]
)
shelf.swap(
    "link-one-folder-off", "../ left out of a link", "LNK101", r"\]\(\.\./((?:help-now|needs/\w+))\.md", r"](\1.md"
)
shelf.swap(
    "link-with-capital",
    "a capital in the name of a page",
    "LNK101",
    r"\]\(((?:\.\./)?)([a-z])([\w/-]+)\.md",
    lambda m: f"]({m[1]}{m[2].upper()}{m[3]}.md",
)
shelf.swap(
    "link-to-no-section", "a typing error in the section a link names", "LNK103", r"\.md#([\w-]+)\)", r".md#\1x)"
)
shelf.swap("link-to-no-section-here", "the same on the page itself", "LNK103", r"\]\(#([\w-]+)\)", r"](#\1-x)")
shelf.swap(
    "link-to-section-with-capital",
    "a capital in the section a link names",
    "LNK103",
    r"\.md#([a-z])([\w-]+)\)",
    lambda m: f".md#{m[1].upper()}{m[2]})",
)
shelf.swap("link-without-ending", ".md left out of a link", "LNK107 LNK101", r"\]\(((?:\.\./)?[\w/-]+)\.md\)", r"](\1)")
shelf.swap("link-as-address", "a link written as an address", "LNK107 LNK101", r"\]\((\.\./help-now)\.md\)", r"](\1/)")
shelf.swap(
    "link-html-ending", "a link to the .html file", "LNK101 LNK107", r"\]\(((?:\.\./)?[\w/-]+)\.md\)", r"](\1.html)"
)
shelf.insert("link-from-the-root", "a link that begins with a slash", "LNK105", "See [Safety](/needs/safety/).")
shelf.insert(
    "link-out-of-docs", "a link out of the published folder", "LNK118", "The [licence](../../../LICENSE) says so."
)
shelf.insert("link-misspelt-scheme", "htps:// in place of https://", "LNK108", "Visit [113](htps://www.113.nl/) today.")
shelf.insert("link-one-slash", "https:/ with one slash", "LNK108", "Visit [113](https:/www.113.nl/) today.")
shelf.insert("link-without-scheme", "www. without https://", "LNK108", "Visit [113](www.113.nl) today.")
shelf.insert("link-without-text", "a link without text", "LNK111", "Look here: [](#in-short).")
shelf.insert("link-of-spaces", "a link whose text is a space", "LNK111", "Look here: [ ](#in-short).")
shelf.insert("link-without-address", "a link without an address", "LNK119", "Look at [In short]() first.")
shelf.insert(
    "link-click-here",
    "“click here” as the text of a link",
    "LNK112",
    {"en": "Click [here](#in-short).", "nl": "Klik [hier](#in-short)."},
)
shelf.insert(
    "link-read-more",
    "“read more” as the text of a link",
    "LNK112",
    {"en": "[Read more](#in-short)", "nl": "[Lees meer](#in-short)"},
)
shelf.insert("link-reversed", "round and square brackets swapped", "LNK120", "See (In short)[index.md] for more.")
shelf.insert(
    "link-torn-apart",
    "a space between the brackets of a link",
    "LNK120",
    "See [Help](../help-now.md) or [help] (../help-now.md).",
)
shelf.insert("link-not-closed", "a link whose round bracket is not closed", "LNK120", "See [help](../help-now.md")
shelf.insert("reference-undefined", "[text][label] without a definition", "LNK113", "As [the study][smith-2020] says.")
shelf.insert("reference-collapsed-undefined", "[text][] without a definition", "LNK113", "As [the study][] says.")
shelf.insert("image-reference-undefined", "![text][label] without a definition", "LNK113", "![A circle][circle]")
shelf.insert(
    "reference-to-no-page",
    "a reference link whose definition names no page",
    "LNK101",
    "See [the plan][plan].\n\n[plan]: no-such-page.md",
)
shelf.insert(
    "definition-repeated",
    "two definitions of one label",
    "LNK116",
    "See [the plan][plan].\n\n[plan]: index.md\n[plan]: contact.md",
    at=3,
)
shelf.insert("footnote-undefined", "[^1] without a note", "LNK114 LNK113", "This helps.[^1]")
shelf.insert(
    "footnote-with-note",
    "footnotes, which this site does not have",
    "LNK114 LNK113",
    "This helps.[^1]\n\n[^1]: A note.",
)
shelf.insert(
    "html-link-to-no-page", "a link in HTML to no page", "LNK101", 'See <a href="../no-such-page/">this page</a> first.'
)
shelf.insert(
    "html-link-to-source",
    "a link in HTML to a Markdown file",
    "LNK122 LNK101",
    'See <a href="index.md">this page</a> first.',
)
shelf.insert(
    "html-link-to-no-section",
    "a link in HTML to no section",
    "LNK103",
    'See <a href="#no-such-part">this part</a> first.',
)
shelf.insert(
    "html-image-missing", "an image in HTML that does not exist", "LNK102", '<img src="no-such.png" alt="A circle">'
)
shelf.insert("image-missing", "an image that does not exist", "LNK102", "![A circle](no-such.svg)")
shelf.insert(
    "attribute-list-link",
    "a link to no page in an attribute list",
    "LNK101",
    "See [Help](#in-short){ href=nothing.md }.",
)
shelf.insert(
    "mail-link-differs",
    "a mail link to another address than is shown",
    "LNK110",
    "Write to [info@example.org](mailto:inof@example.org).",
)
shelf.insert(
    "mail-link-broken", "a mail link to what is no address", "LNK110", "Write to [us](mailto:info.example.org)."
)
shelf.insert(
    "telephone-link-differs",
    "a telephone link that calls another number than is shown",
    "LNK109",
    "Call [0800-0113](tel:08000114).",
)
shelf.insert("telephone-link-without-number", "a telephone link without a number", "LNK109", "Call [the line](tel:).")


@shelf.make("link-to-own-address", "the full address of a page of this site", "LNK106")
def _own_address(world: World, chance: Random) -> Edit | None:
    url = world.project.configuration.site_url.rstrip("/")
    return world.insert(chance, f"See [Help]({url}/en/help-now/) first.")


@shelf.make("link-to-other-language", "a Dutch page that links to an English file, or the reverse", "LNK104")
def _other_language(world: World, chance: Random) -> Edit | None:
    page = world.draw(chance, [page for page in world.client if page.key.count("/") == 1])
    if page is None:
        return None
    other = world.twin(page).language
    return world.insert(chance, f"[In short](../../{other}/needs/safety.md)", pages=[page])


@shelf.make("page-removed", "a page removed in every language while others link to it", "LNK101")
def _page_removed(world: World, chance: Random) -> Edit | None:
    named = {link.target.split("#")[0].rsplit("/")[-1] for page in world.pages for link in page.links}
    linked = [
        pair
        for pair in world.pairs
        if pair.key.count("/") and not pair.key.endswith("index.md") and pair.key.rsplit("/", 1)[-1] in named
    ]
    pair = world.draw(chance, linked)
    if pair is None:
        return None
    at = [
        Place(page.path, link.line)
        for page in world.pages
        for link in page.links
        if link.target.split("#")[0].rsplit("/")[-1] == pair.key.rsplit("/", 1)[-1]
    ]
    return Edit({pair.first.path: None, pair.second.path: None}, frozenset(at))


@shelf.make("page-renamed", "a page renamed in every language while others link to the old name", "LNK101")
def _page_renamed(world: World, chance: Random) -> Edit | None:
    removed = _page_removed(world, chance)
    if removed is None:
        return None
    renamed = {path.removesuffix(".md") + "-new.md": world.page(path).text.encode() for path in removed.files}
    return Edit({**removed.files, **renamed}, removed.at)


@shelf.make("section-renamed", "the id of a section renamed in every language while others link to it", "LNK103")
def _section_renamed(world: World, chance: Random) -> Edit | None:
    wanted = [
        (page, link)
        for page in world.in_language("en")
        for link in page.links
        if ".md#" in link.target and (page.key.split("/")[0] + "/" + link.target.split("#")[0]) in world.project.by_key
    ]
    chosen = world.draw(chance, wanted)
    if chosen is None:
        return None
    page, link = chosen
    key, id_ = page.key.split("/")[0] + "/" + link.target.split("#")[0], link.target.split("#")[1]
    drafts = []
    for target in world.project.by_key[key].values():
        section = target.section(id_)
        if section is None:
            return None
        drafts.append(
            Draft.of(target).put(
                section.line, target.text.split("\n")[section.line - 1].replace(f"#{id_}", f"#{id_}-new")
            )
        )
    return Edit.of(drafts, [Place(page.path, link.line)])


@shelf.make("menu-to-no-page", "an entry of the menu that names no page", "LNK121")
def _menu(world: World, chance: Random) -> Edit | None:
    entry = world.draw(chance, [entry for entry in world.project.configuration.nav if "/" in entry.target])
    if entry is None:
        return None
    path = world.project.configuration.path
    draft = Draft(path, world.read(path))
    return draft.put(entry.line, draft.line(entry.line).replace(".md", "s.md")).edit(entry.line)


@shelf.make("page-not-in-menu", "a page that the menu does not have", "MET109")
def _not_in_menu(world: World, chance: Random) -> Edit | None:
    nav = [entry for entry in world.project.configuration.nav if "/" in entry.target and "index" not in entry.target]
    entry = world.draw(chance, nav)
    if entry is None:
        return None
    path = world.project.configuration.path
    draft = Draft(path, world.read(path))
    draft.cut(entry.line, entry.line)
    folder = world.project.configuration.docs_dir
    at = [Place(f"{folder}/{one.locale}/{entry.target}", line) for one in world.project.languages for line in (0, 1)]
    return draft.edit(*at)


@shelf.make("image-unused", "an image that no page shows", "LNK117")
def _unused_image(world: World, _chance: Random) -> Edit:
    path = f"{world.project.configuration.docs_dir}/assets/old-circle.svg"
    return Edit({path: b"<svg xmlns='http://www.w3.org/2000/svg'/>"}, frozenset([Place(path)]))


shelf.swap(
    "tracking-mark",
    "a mark of a campaign in the address of another site",
    "LNK123",
    r"(\]\(https://[^?#)]+)\)",
    r"\1?utm_source=mail)",
)
shelf.swap(
    "address-differs",
    "two letters swapped in the address of another site, in one language",
    "PAR136",
    r"(\]\(https://(?:www\.)?\w\w)(\w)(?!\2)(\w)(\w*\.\w+/\))",
    r"\1\3\2\4",
    pages=lambda world: world.in_language("nl"),
)

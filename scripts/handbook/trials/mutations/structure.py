"""What can go wrong with headings, images, tables, boxes, building blocks, front matter and raw HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from handbook.model.page import Callout, ListBlock, Table
from handbook.trials.edit import Draft, Edit
from handbook.trials.shelf import Shelf
from handbook.trials.world import last_line

if TYPE_CHECKING:
    from random import Random

    from handbook.trials.world import World

shelf: Final = Shelf("Structure and accessibility")

# --- Headings --------------------------------------------------------------------------------------------------------


@shelf.make("title-missing", "a page without its title", "STR101")
def _title_missing(world: World, chance: Random) -> Edit | None:
    page = world.draw(chance, world.client)
    if page is None:
        return None
    heading = page.headings[0]
    return Draft.of(page).put(heading.line, "").edit(page.front_matter.end + 1)


shelf.insert("second-title", "a second title", "STR102", "# Another title")
shelf.insert("level-skipped", "a heading two levels deeper than the one before", "STR103", "##### Details {#details}")
shelf.insert("heading-empty", "a heading without text", "STR104", "##")
shelf.swap("heading-without-id", "a heading that lost its id", "STR105", r"^(### .*?) \{#[\w-]+\}$", r"\1")
shelf.swap("id-not-closed", "the brace of an id not closed", "STR107 STR105", r"^(##+ .*\{#[\w-]+)\}$", r"\1")
shelf.swap("id-with-space", "a space in an id", "STR107 STR105 SAF108", r"^(##+ .*\{#)([\w-]+)\}$", r"\1\2 more}")
shelf.swap("id-in-round-brackets", "an id in round brackets", "STR107 STR105", r"^(##+ .*)\{#([\w-]+)\}$", r"\1(#\2)")
shelf.swap("id-without-hash", "an id without its #", "STR105 STR107", r"^(##+ .*\{)#([\w-]+)\}$", r"\1\2}")
shelf.insert("id-repeated", "an id that is already there", "STR106", "### More {#in-short}")
shelf.insert("id-repeated-in-html", "the same in HTML", "STR106", '<span id="in-short">More</span>')
shelf.insert(
    "heading-indented",
    "a heading that begins with spaces, which the site shows as text",
    "REN105",
    "   ### More {#more}\n\nYou can rest.",
)
shelf.insert("heading-without-space", "a heading without a space after its #", "REN106", "###More {#more}")
shelf.insert(
    "heading-underlined-by-accident",
    "a line of dashes below a sentence, which makes it a heading",
    "STR105",
    "You can rest.\n---",
)

# --- Images and tables -----------------------------------------------------------------------------------------------

shelf.insert("alt-missing", "an image without a description", "STR111", "![](circle.svg)")
shelf.insert("alt-missing-in-html", "an image in HTML without a description", "STR111", '<img src="circle.svg">')
shelf.insert("alt-is-file-name", "a file name as description of an image", "STR112", "![circle.svg](circle.svg)")
shelf.insert(
    "table-without-header", "a table with an empty header row", "STR113", "|  |  |\n| --- | --- |\n| One | Two |"
)
shelf.insert(
    "html-table-without-header",
    "a table in HTML without header cells",
    "STR113",
    "<table><tr><td>One</td></tr></table>",
)


@shelf.make("row-with-extra-cell", "a row of a table with one cell too many", "STR114")
def _extra_cell(world: World, chance: Random) -> Edit | None:
    chosen = world.draw(chance, world.blocks(Table))
    if chosen is None:
        return None
    page, _section, block = chosen
    draft = Draft.of(page)
    line = block.row_lines[-1]
    return draft.put(line, draft.line(line) + " More |").edit(line)


@shelf.make("table-without-blank-line", "a table right below a sentence, which the site shows as text", "REN103")
def _glued_table(world: World, chance: Random) -> Edit | None:
    chosen = world.draw(chance, world.paragraphs())
    if chosen is None:
        return None
    page, _section, block = chosen
    draft = Draft.of(page).after(block.end, "| One | Two |", "| --- | --- |", "| a | b |")
    return draft.edit(*range(block.line, block.end + 4))


# --- Boxes and building blocks ---------------------------------------------------------------------------------------

shelf.swap("box-of-unknown-kind", "a typing error in the kind of a box", "STR121", r"^!!! exercise ", "!!! excercise ")
shelf.swap(
    "box-of-foreign-kind", "a kind of box that this handbook does not have", "STR121", r"^!!! warning ", "!!! danger "
)
shelf.swap("box-without-title", "a box without a title", "STR123", r'^(!!! \w+) ".*"$', r"\1")
shelf.swap(
    "box-with-curly-quotes",
    "curly quotation marks round the title of a box",
    "STR124 STR123",
    r'^(!!! \w+) "(.*)"$',
    "\\1 \u201c\\2\u201d",
)
shelf.swap("box-with-two-marks", "!! in place of !!!", "STR124", r"^!!! ", "!! ")
shelf.swap(
    "box-title-not-closed",
    "the quotation mark after a title missing",
    "STR123 STR124 REN104",
    r'^(!!! [\w-]+ ".*)"$',
    r"\1",
)


def _indent(name: str, what: str, codes: str, spaces: str) -> None:
    @shelf.make(name, what, codes)
    def _make(world: World, chance: Random) -> Edit | None:
        chosen = world.draw(chance, (place for place in world.blocks(Callout) if place[2].kind != "exercise"))
        if chosen is None:
            return None
        page, _section, block = chosen
        draft = Draft.of(page)
        for number in range(block.line + 1, last_line(block, page) + 1):
            draft.put(number, spaces + draft.line(number).removeprefix("    "))
        return draft.edit(block.line, block.line + 1)


_indent("box-not-indented", "the text of a box not indented", "STR122", "")
_indent("box-indented-by-two", "the text of a box indented by two spaces", "STR122", "  ")


@shelf.make(
    "box-end-fallen-out",
    "the last part of a box not indented, so that it falls out",
    "PAR129",
)
def _fallen_out(world: World, chance: Random) -> Edit | None:
    places = []
    for page, section, block in world.blocks(Callout, world.client, nested=False):
        lists = [child for child in block.children if isinstance(child, ListBlock)]
        if block.kind == "exercise" and lists:
            places.append((page, section, block, lists[0]))
    chosen = world.draw(chance, places)
    if chosen is None:
        return None
    page, _section, block, steps = chosen
    draft = Draft.of(page)
    for number in range(steps.line, last_line(block, page) + 1):
        draft.put(number, draft.line(number).removeprefix("    "))
    return draft.edit(*range(block.line, last_line(block, page) + 1))


shelf.swap(
    "block-misspelt",
    "a typing error in the name of a building block",
    "STR125",
    r"^\{\{ references \}\}$",
    "{{ referenses }}",
)
shelf.swap(
    "block-with-one-brace",
    "a building block closed with one brace",
    "STR125",
    r"^\{\{ certainty \}\}$",
    "{{ certainty }",
)
shelf.swap(
    "block-without-value",
    "a building block that lost its value",
    "STR125 DAT302",
    r"\{\{ phone [\w-]+ \}\}",
    "{{ phone }}",
)
shelf.swap(
    "block-with-extra-value",
    "a building block with a value too many",
    "STR125",
    r"^\{\{ references \}\}$",
    "{{ references E54 }}",
)
shelf.swap(
    "block-in-a-sentence",
    "a building block that must stand alone, in the middle of a line",
    "SHA204",
    r"^\{\{ certainty \}\}$",
    "So: {{ certainty }} as we know.",
)
shelf.insert("template-language", "a piece of a template language", "STR125", "{% include 'x.md' %}")

# --- Front matter ----------------------------------------------------------------------------------------------------

shelf.swap(
    "front-matter-colon",
    "a colon in a title without quotation marks",
    "STR131",
    r"^title: (.*)$",
    r"title: \1: more",
    part="top",
)
shelf.swap("front-matter-tab", "a tab at the top of the page", "STR131", r"^audience: ", "\taudience: ", part="top")
shelf.swap(
    "front-matter-bracket",
    "a bracket not closed at the top of the page",
    "STR131",
    r"^(claims: \[.*)\]$",
    r"\1",
    part="top",
)
shelf.swap(
    "front-matter-quote",
    "a quotation mark not closed at the top of the page",
    "STR131",
    r"^description: (.*)$",
    r'description: "\1',
    part="top",
)


@shelf.make("front-matter-not-closed", "the second --- of the front matter missing", "STR131")
def _not_closed(world: World, chance: Random) -> Edit | None:
    page = world.draw(chance, world.client)
    if page is None:
        return None
    draft = Draft.of(page)
    draft.cut(page.front_matter.end, page.front_matter.end)
    return draft.edit(1)


@shelf.make("front-matter-late", "a blank line above the front matter", "STR131")
def _late(world: World, chance: Random) -> Edit | None:
    page = world.draw(chance, world.client)
    return Draft.of(page).after(0, "").edit(1) if page else None


@shelf.make("front-matter-key-twice", "a key twice at the top of the page", "STR132")
def _twice(world: World, chance: Random) -> Edit | None:
    page = world.draw(chance, world.client)
    if page is None:
        return None
    line = page.front_matter.line_of("audience")
    return Draft.of(page).after(line, "audience: therapist").edit(line + 1)


@shelf.make("front-matter-missing", "a page without front matter", "MET101")
def _no_front_matter(world: World, chance: Random) -> Edit | None:
    page = world.draw(chance, world.client)
    if page is None:
        return None
    draft = Draft.of(page)
    draft.cut(1, page.front_matter.end)
    return draft.edit(1)


# --- Raw HTML --------------------------------------------------------------------------------------------------------

shelf.swap(
    "span-not-closed",
    "a <span lang> that is not closed",
    "STR133",
    r"</span>",
    "",
    where=lambda page, line: page.text.split("\n")[line - 1].count("</span>") == 1,
)
shelf.insert("div-not-closed", "a <div> that is not closed", "STR133", '<div class="x">\nText.')
shelf.insert("end-tag-alone", "an end tag without its start", "SAF109", "You can rest.</div>")
shelf.insert("comment-not-closed", "a comment that is not closed", "STR134", "<!-- to check")
shelf.insert("code-not-closed", "a block of code that is not closed", "STR135", "```\nmake serve")
shelf.swap("language-code-wrong", 'lang="dutch"', "STR136", r'lang="nl"', 'lang="dutch"')
shelf.insert(
    "stars-with-spaces", "spaces between the asterisks and the words", "STR137", "** Stop ** when it gets worse."
)
shelf.insert(
    "stars-never-closed", "asterisks before bold words and none behind", "STR137", "**Stop when it gets worse."
)


@shelf.make("page-empty", "a page without text", "STR138 STR101")
def _empty(world: World, chance: Random) -> Edit | None:
    page = world.draw(chance, world.client)
    if page is None:
        return None
    draft = Draft.of(page)
    del draft.lines[page.front_matter.end :]
    return draft.edit(1, page.front_matter.end + 1)


# --- What the two parsers take differently ---------------------------------------------------------------------------


@shelf.make("list-without-blank-line", "a list right below a sentence, which the site shows as one paragraph", "REN101")
def _glued_list(world: World, chance: Random) -> Edit | None:
    chosen = world.draw(chance, world.paragraphs())
    if chosen is None:
        return None
    page, _section, block = chosen
    return Draft.of(page).after(block.end, "- one", "- two", "- three").edit(*range(block.line, block.end + 4))


shelf.insert(
    "list-nested-by-two",
    "a list within a list indented by two spaces, which the site shows as one list",
    "REN102",
    "- one\n  - two\n  - three\n- four",
    at=1,
)
shelf.insert(
    "text-indented-by-four",
    "a sentence indented by four spaces, which the site shows as code",
    "SHA205",
    "    You can rest now, and come back later.",
)
shelf.insert(
    "bullet-without-space",
    "bullets without a space behind them",
    "STR139",
    {"en": "-Rest well\n-Sleep", "nl": "-Rust goed\n-Slaap"},
)

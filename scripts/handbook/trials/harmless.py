"""Changes that are all right: nothing may be found when somebody makes them.

Most touch the form of a text and leave its words alone; not even the ledger may speak up then. Where words change, they
change in both languages, and the ledger's request to compare them (LED102, LED103) is left out: it is right.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from handbook.model.page import Callout, Item, ListBlock, Paragraph, Quote, Table, walk
from handbook.trials.edit import Draft, Edit, Kind
from handbook.trials.shelf import Shelf
from handbook.trials.world import last_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from random import Random

    from handbook.model.page import Block, Page, Section
    from handbook.trials.world import World

    Change = Callable[[Draft, Any, Page], None]

shelf: Final = Shelf("Harmless")
COMPARED: Final = ("LED102", "LED103")
"""The ledger's request to compare both languages, which is right whenever the words of both changed."""
NEW: Final = (*COMPARED, "ADR106")
"""With a new page or section its address is to be registered, too."""


# --- Form ------------------------------------------------------------------------------------------------------------


def _at_block(
    name: str, what: str, kind: type[Any], change: Change, keep: Callable[[Any], bool] = lambda _: True
) -> None:
    """Put a kind on the shelf that changes how a block of one page is written."""

    @shelf.make(name, what)
    def _make(world: World, chance: Random) -> Edit | None:
        chosen = world.draw(
            chance, [place for place in world.blocks(kind, world.client, nested=False) if keep(place[2])]
        )
        if chosen is None:
            return None
        page, _section, block = chosen
        draft = Draft.of(page)
        change(draft, block, page)
        return draft.edit()


def _each_line(change: Callable[[str], str]) -> Change:
    """Change every line of a block."""

    def apply(draft: Draft, block: Any, page: Page) -> None:
        for number in range(block.line, last_line(block, page) + 1):
            draft.put(number, change(draft.line(number)))

    return apply


def _joined(draft: Draft, block: Any, page: Page) -> None:
    lines = draft.cut(block.line, last_line(block, page))
    draft.after(block.line - 1, " ".join(lines))


def _split_at_commas(draft: Draft, block: Any, page: Page) -> None:
    lines = draft.cut(block.line, last_line(block, page))
    draft.after(block.line - 1, *"\n".join(lines).replace(", ", ",\n").split("\n"))


def _several_lines(block: Any) -> bool:
    return bool("\n" in block.text and not block.placeholder_only)


def _blank_inside(draft: Draft, block: Any, _page: Page) -> None:
    draft.after(block.line, "")


def _blank_after(draft: Draft, block: Any, page: Page) -> None:
    draft.after(last_line(block, page), "", "")


def _plain(block: Any) -> bool:
    return (
        not block.placeholder_only
        and bool(re.fullmatch(r"[\w ,.;:'\"!?()\u2019\n-]+", block.text))
        and not re.search(r"^\d", block.text, re.MULTILINE)
    )


def _loosen(draft: Draft, block: Any, _page: Page) -> None:
    for item in reversed(block.items[1:]):
        draft.after(item.line - 1, "")


_at_block("reflow-joined", "the sentences of a paragraph on one line", Paragraph, _joined, _several_lines)
_at_block("reflow-split", "a paragraph broken at its commas", Paragraph, _split_at_commas, _plain)
_at_block("blank-lines-after-paragraph", "three blank lines below a paragraph", Paragraph, _blank_after)
_at_block("spaces-at-line-ends", "a space at the end of lines", Paragraph, _each_line(lambda line: line + " "), _plain)
_at_block(
    "stars-for-dashes",
    "* in place of - in a list",
    ListBlock,
    _each_line(lambda line: re.sub(r"^- ", "* ", line)),
    lambda block: not block.ordered,
)
_at_block(
    "plus-for-dashes",
    "+ in place of - in a list",
    ListBlock,
    _each_line(lambda line: re.sub(r"^- ", "+ ", line)),
    lambda block: not block.ordered,
)
_at_block(
    "list-with-blank-lines",
    "blank lines between the points of a list",
    ListBlock,
    _loosen,
    lambda block: not block.ordered,
)
_at_block(
    "list-with-wide-indent",
    "three spaces behind the dash of a list",
    ListBlock,
    _each_line(lambda line: re.sub(r"^- (?!\[)", "-   ", line)),
    lambda block: not block.ordered,
)
_at_block("blank-lines-after-list", "blank lines below a list", ListBlock, _blank_after)
_at_block("blank-lines-after-box", "blank lines below a box", Callout, _blank_after)
_at_block(
    "blank-line-in-box",
    "a blank line at the top of a box",
    Callout,
    _blank_inside,
)
_at_block(
    "quotation-without-space",
    "a quotation without a space behind its >",
    Quote,
    _each_line(lambda line: re.sub(r"^> ", ">", line)),
)
_at_block(
    "quotation-marks-curly",
    "curly quotation marks in a sentence to say aloud",
    Quote,
    _each_line(lambda line: re.sub(r'"([^"]*)"', "\u201c\\1\u201d", line)),
)
_at_block(
    "table-lined-up",
    "the columns of a table lined up with spaces",
    Table,
    _each_line(lambda line: re.sub(r" \| ", "   |   ", line)),
)
_at_block(
    "table-with-short-rule",
    "a shorter rule below the header of a table",
    Table,
    _each_line(lambda line: re.sub(r"-{3,}", "---", line)),
)
_at_block(
    "table-without-outer-bars",
    "a table without bars at the right",
    Table,
    _each_line(lambda line: re.sub(r" \|$", "", line)),
)


def _numbers(draft: Draft, block: Any, _page: Page) -> None:
    for item in block.items:
        draft.put(item.line, re.sub(r"^(\s*)\d+\.", r"\g<1>1.", draft.line(item.line)))


@shelf.make("steps-all-one", "every step numbered 1., which Markdown counts by itself")
def _steps(world: World, chance: Random) -> Edit | None:
    chosen = world.draw(chance, [place for place in world.blocks(ListBlock, world.client) if place[2].ordered])
    if chosen is None:
        return None
    page, _section, block = chosen
    draft = Draft.of(page)
    _numbers(draft, block, page)
    return draft.edit()


def _at_line(name: str, what: str, pattern: str, new: str | Callable[[re.Match[str]], str], part: str = "body") -> None:
    shelf.swap(name, what, "", pattern, new, pages=lambda world: list(world.client), part=part)


WORDS: Final = r"(?<=[a-z] )([a-z]{4,})(?= [a-z])"


def _in_sentence(name: str, what: str, new: str) -> None:
    """Put a kind on the shelf that marks up one word of a sentence, or writes it otherwise."""

    @shelf.make(name, what)
    def _make(world: World, chance: Random) -> Edit | None:
        chosen = world.draw(chance, [place for place in world.plain_lines if re.search(WORDS, place[3])])
        if chosen is None:
            return None
        page, _section, number, line = chosen
        return Draft.of(page).put(number, re.sub(WORDS, new, line, count=1)).edit()


_in_sentence("word-in-italics", "a word in italics", r"*\1*")
_in_sentence("word-in-bold", "a word in bold", r"**\1**")
_in_sentence("word-in-underscores", "a word in italics with underscores", r"_\1_")
_in_sentence("word-in-bold-italics", "a word in bold italics", r"***\1***")
_in_sentence("two-spaces", "two spaces between words", r"\1 ")
_in_sentence("no-break-space", "a no-break space between words", "\\1\u00a0")


def _sentence(name: str, what: str, change: Callable[[str], str], needs: str) -> None:
    """Put a kind on the shelf that writes a sentence otherwise without touching its words."""

    @shelf.make(name, what)
    def _make(world: World, chance: Random) -> Edit | None:
        chosen = world.draw(chance, [place for place in world.plain_lines if re.search(needs, place[3])])
        if chosen is None:
            return None
        page, _section, number, line = chosen
        return Draft.of(page).put(number, change(line)).edit()


_sentence("apostrophe-curly", "a curly apostrophe", lambda line: line.replace("'", "\u2019"), r"\w'\w")
_sentence("apostrophe-entity", "an apostrophe as an entity", lambda line: line.replace("'", "&#39;"), r"\w'\w")
_sentence(
    "quotes-curly", "curly quotation marks", lambda line: re.sub(r'"([^"]*)"', "\u201c\\1\u201d", line), r'"[^"]+"'
)
_sentence(
    "sentence-to-colon", "a semicolon in place of a comma", lambda line: line.replace(", and ", "; and ", 1), ", and "
)
_sentence("comma-removed", "a comma left out", lambda line: line.replace(", ", " ", 1), r"\w, \w")
_sentence(
    "full-stop-to-exclamation", "an exclamation mark in place of a full stop", lambda line: line[:-1] + "!", r"\w\.$"
)
_sentence(
    "sentence-in-two-lines", "a sentence over two lines", lambda line: line.replace(", ", ",\n", 1), r"[a-z], [a-z]"
)

_at_line("heading-id-closer", "one more space before an id", r"^(##+ .*) (\{#[\w-]+\})$", r"\1  \2")
_at_line("heading-id-spaced", "spaces within the braces of an id", r"^(##+ .*) \{#([\w-]+)\}$", r"\1 { #\2 }")
_at_line("heading-closed", "# signs at the end of the title", r"^# (.*)$", r"# \1 #")
_at_line(
    "block-tight", "a building block without spaces in its braces", r"^\{\{ (references|certainty) \}\}$", r"{{\1}}"
)
_at_line("block-wide", "a building block with more spaces", r"^\{\{ (references|certainty) \}\}$", r"{{  \1  }}")
_at_line("phone-tight", "a helpline without spaces in its braces", r"\{\{ phone ([\w-]+) \}\}", r"{{phone \1}}")
_at_line("link-with-title", "a link with a title", r"\]\((\.\./help-now\.md)\)", r'](\1 "Help")')
_at_line("link-from-here", "a link that begins with ./", r"\]\(([a-z][\w-]*\.md)\)", r"](./\1)")
_at_line("link-way-round", "a link that takes a way round", r"\]\(\.\./help-now\.md\)", "](../needs/../help-now.md)")
_at_line("link-in-angle-brackets", "a link in angle brackets", r"\]\((\.\./[\w/-]+\.md)\)", r"](<\1>)")
_at_line("box-tick-indented", "a line to tick with more space", r"^- \[ \] ", "- [ ]  ")
_at_line(
    "description-quoted",
    "a description between quotation marks",
    r"^description: ([^\"']*)$",
    r'description: "\1"',
    "top",
)
_at_line("title-quoted", "a title between quotation marks", r"^title: ([^\"']*)$", r'title: "\1"', "top")
_at_line("list-of-top-without-spaces", "a list at the top without spaces", r"^(related: .*), ", r"\1,", "top")
_at_line("comment-at-top", "a comment at the top of a page", r"^(audience: \w+)$", r"\1  # who it is for", "top")


@shelf.make("top-reordered", "the keys at the top of a page in another order")
def _reordered(world: World, chance: Random) -> Edit | None:
    page = world.draw(chance, world.client)
    if page is None:
        return None
    draft = Draft.of(page)
    keys = draft.cut(page.front_matter.line + 1, page.front_matter.end - 1)
    chance.shuffle(keys)
    return draft.after(page.front_matter.line, *keys).edit()


@shelf.make("top-list-as-lines", "a list at the top written with dashes")
def _list_as_lines(world: World, chance: Random) -> Edit | None:
    page = world.draw(chance, world.client)
    if page is None:
        return None
    line = page.front_matter.line_of("related")
    draft = Draft.of(page)
    return draft.put(line, "related:").after(line, *(f"  - {one}" for one in page.front_matter.get("related"))).edit()


@shelf.make("related-reordered", "the related pages in another order, in both languages")
def _related(world: World, chance: Random) -> Edit | None:
    page = world.draw(chance, [page for page in world.client if len(page.front_matter.get("related") or ()) > 1])
    if page is None:
        return None
    drafts = []
    for one in (page, world.twin(page)):
        names = ", ".join(reversed(one.front_matter.get("related")))
        drafts.append(Draft.of(one).put(one.front_matter.line_of("related"), f"related: [{names}]"))
    return Edit.of(drafts, ())


def _of_file(name: str, what: str, change: Callable[[str], str]) -> None:
    @shelf.make(name, what)
    def _make(world: World, chance: Random) -> Edit | None:
        page = world.draw(chance, world.client)
        return Edit({page.path: change(page.text).encode()}) if page else None


_of_file("blank-lines-at-end", "blank lines at the end of a page", lambda text: text + "\n\n\n")
_of_file("no-line-end-at-end", "no line end at the end of a page", lambda text: text.rstrip("\n"))
_of_file(
    "blank-lines-everywhere", "two blank lines wherever there was one", lambda text: text.replace("\n\n", "\n\n\n")
)
_of_file("page-saved-again", "a page saved again as it was", lambda text: text)


@shelf.make("rule-between-sections", "a line of dashes between two sections, in both languages")
def _rule(world: World, chance: Random) -> Edit | None:
    page = world.draw(chance, [page for page in world.client if page.section("recognise")])
    if page is None:
        return None
    drafts = []
    for one in (page, world.twin(page)):
        section = one.section("recognise")
        if section is None:
            return None
        drafts.append(Draft.of(one).after(section.line - 1, "---", ""))
    return Edit.of(drafts, ())


# --- Words, in both languages ----------------------------------------------------------------------------------------


def _both(name: str, what: str, english: str, dutch: str, ignored: tuple[str, ...] = COMPARED) -> None:
    """Put a kind on the shelf that adds the same block to the same section in both languages."""

    @shelf.make(name, what, ignored=ignored)
    def _make(world: World, chance: Random) -> Edit | None:
        places = []
        for pair in world.pairs:
            if pair.first not in world.client:
                continue
            sides = [_roomy(page) for page in (pair.first, pair.second)]
            if sides[0] and sides[1]:
                places.append((pair, sides[0], sides[1]))
        chosen = world.draw(chance, places)
        if chosen is None:
            return None
        pair, one, two = chosen
        return Edit.of(
            [
                Draft.of(pair.first).after(one, "", *english.split("\n")),
                Draft.of(pair.second).after(two, "", *dutch.split("\n")),
            ],
            (),
        )


def _roomy(page: Page) -> int:
    """Find the last line of the first paragraph of “What is it?” on a page that is not too long already."""
    section = page.section("what-is-it")
    if section is None or len(page.text.split()) > 1150:
        return 0
    first = next((block for block in section.blocks if isinstance(block, Paragraph)), None)
    return last_line(first, page) if first else 0


_both("sentence-in-both", "a sentence added in both languages", "You can rest for a while.", "Je mag even rusten.")
_both(
    "paragraph-in-both",
    "a paragraph added in both languages",
    "You can rest for a while.\nNobody will mind.",
    "Je mag even rusten.\nNiemand vindt dat erg.",
)
_both("number-in-both", "a number in both languages", "Take 20 minutes for it.", "Neem er 20 minuten voor.")
_both(
    "number-as-word-in-both",
    "a number in words in one language and in figures in the other",
    "Take twenty minutes for it.",
    "Neem er 20 minuten voor.",
)
_both(
    "decimal-in-both",
    "a decimal point in English, a comma in Dutch",
    "A glass holds 0.5 litres.",
    "Een glas is 0,5 liter.",
)
_both(
    "thousands-in-both",
    "a comma for thousands in English, a point in Dutch",
    "There were 1,250 people.",
    "Er waren 1.250 mensen.",
)
_both(
    "percentage-in-both",
    "a percentage in both languages",
    "It was 40%: 4 out of 10 people.",
    "Het was 40 procent: 4 op de 10 mensen.",
)
_both(
    "date-in-both", "a date in both languages", "We looked at this on 3 May 2026.", "We keken hiernaar op 3 mei 2026."
)
_both("time-in-both", "a time of day as each language writes it", "It begins at 8 pm.", "Het begint om 20.00 uur.")
_both(
    "half-hour-in-both", "half past eight, and half negen", "It begins at half past eight.", "Het begint om half negen."
)
_both(
    "link-in-both",
    "a link to the same page in both languages",
    "See [Get help now](../help-now.md).",
    "Kijk bij [Direct hulp](../help-now.md).",
)
_both("citation-of-same-in-both", "a helpline in both languages", "Call {{ phone nl-113 }}.", "Bel {{ phone nl-113 }}.")
_both("list-in-both", "a list in both languages", "- rest\n- water\n- a friend", "- rust\n- water\n- een vriend")
_both("steps-in-both", "steps in both languages", "1. Sit down.\n2. Breathe out.", "1. Ga zitten.\n2. Adem uit.")
_both(
    "table-in-both",
    "a table in both languages",
    "| What | When |\n| --- | --- |\n| rest | now |",
    "| Wat | Wanneer |\n| --- | --- |\n| rust | nu |",
)
_both(
    "box-in-both",
    "a box in both languages",
    '!!! note "By the way"\n    You can rest.',
    '!!! note "Trouwens"\n    Je mag rusten.',
)
_both(
    "exercise-in-both",
    "an exercise in both languages",
    '!!! exercise "Rest (2 minutes)"\n    You can stop at any moment.\n\n    1. Sit down.\n    2. Breathe out.',
    '!!! exercise "Rust (2 minuten)"\n    Je kunt op elk moment stoppen.\n\n    1. Ga zitten.\n    2. Adem uit.',
)
_both("quotation-in-both", "a sentence to say aloud in both languages", '> "I need a break."', '> "Ik wil even pauze."')
_both(
    "foreign-word-marked",
    "a Dutch word in English, marked as such",
    'In Dutch that is <span lang="nl">gezellig</span>.',
    "Dat noem je gezellig.",
)
_both("figure-in-both", "a figure in both languages", "{{ figure three-steps }}", "{{ figure three-steps }}")
_both("scale-in-both", "a scale in both languages", '{{ scale 0 10 "How much?" }}', '{{ scale 0 10 "Hoeveel?" }}')
_both("stress-in-both", "bold words in both languages", "You can **rest** for a while.", "Je mag **even** rusten.")
_both(
    "compound-in-dutch",
    "a Dutch compound nobody wrote before",
    "You can rest in the kitchen.",
    "Je mag rusten aan de keukentafel.",
)
_both("name-in-both", "a name in both languages", "Anna rests too.", "Anna rust ook.")
_both(
    "section-in-both",
    "a new part of a section in both languages",
    "### Rest {#rest-now}\n\nYou can rest for a while.",
    "### Rust {#rest-now}\n\nJe mag even rusten.",
    NEW,
)


def _reworded(name: str, what: str, english: tuple[str, str], dutch: tuple[str, str]) -> None:
    """Put a kind on the shelf that replaces a word in the same section of both languages."""

    @shelf.make(name, what, ignored=COMPARED)
    def _make(world: World, chance: Random) -> Edit | None:
        by_section: dict[tuple[str, str], dict[str, tuple[Page, int, str]]] = {}
        wanted = {"en": english, "nl": dutch}
        for page, section, number, line in world.plain_lines:
            old, _ = wanted[page.language]
            if re.search(rf"\b{old}\b", line):
                by_section.setdefault((page.key, section.id), {})[page.language] = (page, number, line)
        chosen = world.draw(chance, [both for _, both in sorted(by_section.items()) if len(both) == 2])
        if chosen is None:
            return None
        drafts = []
        for language, (page, number, line) in chosen.items():
            old, new = wanted[language]
            drafts.append(Draft.of(page).put(number, re.sub(rf"\b{old}\b", new, line, count=1)))
        return Edit.of(drafts, ())


_reworded(
    "synonym-in-both", "another word for the same in both languages", ("often", "frequently"), ("vaak", "dikwijls")
)
_reworded("synonym-person-in-both", "the same with a noun", ("people", "persons"), ("mensen", "personen"))
_reworded("synonym-perhaps-in-both", "the same with an adverb", ("sometimes", "at times"), ("soms", "af en toe"))
_reworded("sentence-shortened-in-both", "a word left out in both languages", ("also ", ""), ("ook ", ""))


@shelf.make("page-done-right", "a new page in both languages, in the menu, with everything it needs", ignored=NEW)
def _new_page(world: World, chance: Random) -> Edit | None:
    page = world.draw(
        chance, [page for page in world.in_language("en", world.client) if not page.key.endswith("index.md")]
    )
    if page is None:
        return None
    files: dict[str, bytes | None] = {}
    key = page.key.removesuffix(".md") + "-again.md"
    titles = {"en": "One more time", "nl": "Nog een keer"}
    for one in (page, world.twin(page)):
        title = titles[one.language]
        text = re.sub(r"^title: .*$", f"title: {title}", one.text, count=1, flags=re.MULTILINE)
        text = re.sub(r"^# .*$", f"# {title}", text, count=1, flags=re.MULTILINE)
        text = re.sub(r"^slug: .*$", r"slug: nog-een-keer", text, count=1, flags=re.MULTILINE)
        text = re.sub(r"^claims: .*$", "claims: []", text, count=1, flags=re.MULTILINE)  # they stand on the other page
        text = re.sub(r"^beside: .*\n", "", text, count=1, flags=re.MULTILINE)  # that page names the other one
        files[one.path.removesuffix(".md") + "-again.md"] = text.encode()
    nav = next(entry for entry in world.project.configuration.nav if entry.target == page.key)
    path = world.project.configuration.path
    draft = Draft(path, world.read(path))
    files[path] = draft.after(nav.line, draft.line(nav.line).replace(page.key, key)).data
    return Edit(files)


@shelf.make("rows-added-in-both", "a row added to a table in both languages", ignored=COMPARED)
def _rows(world: World, chance: Random) -> Edit | None:
    return _last_of_both(world, chance, Table, _row_text)


@shelf.make("point-added-in-both", "a point added to a list in both languages", ignored=COMPARED)
def _points(world: World, chance: Random) -> Edit | None:
    return _last_of_both(world, chance, ListBlock, _point_text)


def _row_text(block: Block, language: str) -> str:
    word = {"en": "rest", "nl": "rust"}[language]
    return "| " + " | ".join([word] * len(block.header)) + " |" if isinstance(block, Table) else ""


def _point_text(_block: Block, language: str) -> str:
    return {"en": "- I like to rest.", "nl": "- Ik rust graag."}[language]


def _last_of_both(world: World, chance: Random, kind: type[Any], text: Callable[[Any, str], str]) -> Edit | None:
    places = []
    for pair in world.pairs:
        for section in pair.first.all_sections:
            there = pair.second.section(section.id) if section.id else None
            mine, theirs = _fitting(section, kind), _fitting(there, kind)
            if (
                len(mine) == len(theirs) == 1
                and pair.first in world.client
                and section.id not in ("in-short", "recognise")
            ):
                places.append((pair, mine[0], theirs[0]))
    chosen = world.draw(chance, places)
    if chosen is None:
        return None
    pair, one, two = chosen
    drafts = [
        Draft.of(page).after(last_line(block, page), text(block, page.language))
        for page, block in ((pair.first, one), (pair.second, two))
    ]
    return Edit.of(drafts, ())


def _fitting(section: Section | None, kind: type[Any]) -> list[Any]:
    blocks: Iterable[Block] = section.blocks if section else ()
    return [
        block
        for block in blocks
        if isinstance(block, kind) and not getattr(block, "ordered", False) and not _ticks(block)
    ]


def _ticks(block: Block) -> bool:
    return any(isinstance(item, Item) and item.checked is not None for item in walk([block]))


HARMLESS: Final[tuple[Kind, ...]] = tuple(shelf.kinds)

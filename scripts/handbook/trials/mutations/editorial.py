"""What can go wrong with the handbook's own rules: keys, dates, sources, shapes of pages, reading ease, data files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from handbook.model.finding import Place
from handbook.model.page import Item, walk
from handbook.trials.edit import Draft, Edit
from handbook.trials.shelf import Shelf
from handbook.trials.world import last_line

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from handbook.model.page import Page
    from handbook.trials.world import World

shelf: Final = Shelf("Editorial")


def _dutch(world: World) -> list[Page]:
    return world.in_language("nl", world.client)


def _therapist(world: World) -> list[Page]:
    return [
        page
        for page in world.pages
        if page.front_matter.get("audience") == "therapist" and not page.key.endswith("/index.md")
    ]


def _top(  # noqa: PLR0913, PLR0917 - as in Shelf.swap
    name: str,
    what: str,
    codes: str,
    pattern: str,
    new: str | Callable[[re.Match[str]], str],
    pages: Callable[[World], list[Page]] | None = None,
) -> None:
    shelf.swap(name, what, codes, pattern, new, part="top", pages=pages)


# --- Front matter ----------------------------------------------------------------------------------------------------

for _key in (
    "description",
    "audience",
    "claims",
    "evidence",
    "sensitive",
    "next",
    "related",
    "checked",
    "check_again",
    "clinical_review",
    "certainty",
):

    @shelf.make(f"key-missing-{_key.replace('_', '-')}", f"`{_key}` missing at the top of a page", "MET101")
    def _key_missing(world: World, chance: Random, key: str = _key) -> Edit | None:
        page = world.draw(chance, [page for page in world.client if page.section("what-we-know")])
        if page is None:
            return None
        line = page.front_matter.line_of(key)
        draft = Draft.of(page)
        draft.cut(line, line)
        return draft.edit(1)


_top("key-misspelt", "a typing error in the name of a key", "MET102", r"^description:", "discription:")
_top(
    "key-invented",
    "a key that nothing reads",
    "MET102",
    r"^clinical_review: none$",
    "reviewer: nobody\nclinical_review: none",
)
_top("audience-wrong", "an audience that does not exist", "MET103", r"^audience: client$", "audience: clients")
_top("sensitive-wrong", "a sensitivity that does not exist", "MET103", r"^sensitive: .*$", "sensitive: yes")
_top("certainty-wrong", "a certainty that does not exist", "MET103", r"^certainty: .*$", "certainty: proven")
_top("date-wrong", "a date that is none", "MET103", r"^checked: .*$", "checked: 22 November 2026")
_top("date-impossible", "a day that does not exist", "MET103 STR131", r"^checked: .*$", "checked: 2026-02-30")
_top("list-wrong", "words where a list belongs", "MET103", r"^claims: \[(.*)\]$", r"claims: \1")
_top("slug-wrong", "capitals and spaces in an address", "MET103", r"^slug: .*$", "slug: Mijn Pagina")
_top("review-wrong", "a review without a name", "MET103", r"^clinical_review: none$", "clinical_review: yes")
_top(
    "description-long",
    "a description of three sentences",
    "MET104",
    r"^description: (.*)$",
    lambda match: f"description: {match[1]} {match[1]} {match[1]}",
)
shelf.swap(
    "title-differs",
    "a title that is not the heading",
    "MET105",
    r"^# (.*)$",
    r"# \1 now",
    pages=lambda world: list(world.client),
)
_top("next-missing", "a next step that does not exist", "MET106", r"^next: (.*)\.md$", r"next: \1s.md")
_top(
    "next-itself",
    "a next step that is the page itself",
    "MET106",
    r"^next: .*$",
    "next: needs/boundaries.md",
    lambda world: [page for page in world.pages if page.key == "needs/boundaries.md"],
)
_top("related-missing", "a related page that does not exist", "MET106", r"^related: \[(\w)", r"related: [x\1")
_top(
    "check-overdue",
    "a page that should have been checked again",
    "MET107",
    r"^check_again: .*$",
    "check_again: 2026-01-01",
)
_top("check-far-away", "a next check in five years", "MET107", r"^check_again: .*$", "check_again: 2031-11-22")
_top(
    "check-in-the-future",
    "a check in the future",
    "MET107",
    r"^checked: .*$",
    "checked: 2027-05-05",
    lambda world: list(world.client),
)


@shelf.make("slug-twice", "two pages of a folder with one address", "MET108")
def _slug_twice(world: World, chance: Random) -> Edit | None:
    pages = [page for page in world.in_language("nl", world.client) if not page.key.endswith("index.md")]
    page = world.draw(chance, pages)
    if page is None:
        return None
    folder = page.key.rpartition("/")[0]
    other = world.draw(chance, [one for one in pages if one.key.rpartition("/")[0] == folder and one is not page])
    if other is None:
        return None
    line = page.front_matter.line_of("slug")
    draft = Draft.of(page).put(line, f"slug: {other.front_matter.get('slug')}")
    return draft.edit(line, Place(other.path, other.front_matter.line_of("slug")))


# --- Sources, debates, terms, claims ---------------------------------------------------------------------------------

shelf.swap("source-unknown", "a citation of a source that is not there", "EVI101", r"\[@E\d+\]", "[@E999]")
_top("source-unknown-at-top", "the same at the top of a page", "EVI101", r"^evidence: \[E\d+", "evidence: [E999")
shelf.swap("source-with-space", "a space within a citation, which is then printed", "EVI105", r"\[@(E\d+)\]", r"[@\1 ]")
shelf.swap("source-misspelt", "a citation without its @", "EVI105", r"\[@(E\d+)\]", r"[\1]")
shelf.swap(
    "source-not-listed",
    "a citation that the top does not list",
    "EVI102",
    r"\[@E\d+\]",
    "[@E31]",
    pages=lambda world: [page for page in world.client if "E31" not in page.text],
)


@shelf.make("source-not-cited", "a source that is listed and not cited, in both languages", "EVI103")
def _not_cited(world: World, chance: Random) -> Edit | None:
    pair = world.draw(
        chance,
        [
            pair
            for pair in world.pairs
            if pair.first in world.client and "E31" not in pair.first.text and pair.first.front_matter.get("evidence")
        ],
    )
    if pair is None:
        return None
    drafts, at = [], []
    for page in (pair.first, pair.second):
        line = page.front_matter.line_of("evidence")
        draft = Draft.of(page)
        drafts.append(draft.put(line, draft.line(line).replace("]", ", E31]")))
        at.append(Place(page.path, line))
    return Edit.of(drafts, at)


_top(
    "sources-too-few",
    "a label of certainty that rests on nothing",
    "EVI104",
    r"^evidence: \[.+\]$",
    "evidence: []",
    lambda world: [
        page for page in world.client if page.front_matter.get("certainty") in ("some-support", "well-supported")
    ],
)
_top("debate-unknown", "a debate that does not exist", "EVI201", r"^debates: \[([\w-]+)", r"debates: [\1s")
_top(
    "debate-not-linked",
    "called debated, without a link to the debate",
    "EVI202",
    r"^certainty: .*$",
    "certainty: debated",
    lambda world: [page for page in world.client if "evidence-and-debates.md#" not in page.text],
)
shelf.swap("term-unknown", "a word linked to no glossary entry", "EVI301", r"\(term:([\w-]+)\)", r"(term:\1x)")
_top("claim-unknown", "a claim that does not exist", "SHA502", r"^claims: \[", "claims: [C99, ")
_top(
    "claim-not-carried",
    "a page that no longer names its claim",
    "SHA501",
    r"^claims: \[.+\]$",
    "claims: []",
    lambda world: [page for page in world.client if page.front_matter.get("claims")],
)

# --- The shape of a page ---------------------------------------------------------------------------------------------


def _section_cut(name: str, what: str, id_: str, pages: Callable[[World], list[Page]]) -> None:
    @shelf.make(name, what, "SHA102")
    def _make(world: World, chance: Random) -> Edit | None:
        page = world.draw(chance, [page for page in pages(world) if page.section(id_)])
        section = page.section(id_) if page else None
        if page is None or section is None:
            return None
        draft = Draft.of(page)
        draft.cut(section.line, section.last_line)
        return draft.edit(0)


_section_cut("summary-missing", "a page without its summary", "in-short", lambda world: list(world.client))
_section_cut(
    "help-section-missing", "a page without “When to get help”", "when-to-get-help", lambda world: list(world.client)
)
_section_cut("limits-missing", "a page for therapists without its limits", "limits-and-evidence", _therapist)


@shelf.make("sections-in-other-order", "“What do we know?” before “When to get help”, in both languages", "SHA101")
def _order(world: World, chance: Random) -> Edit | None:
    pairs = [pair for pair in world.pairs if pair.first in world.client and pair.first.section("what-we-know")]
    pair = world.draw(chance, pairs)
    if pair is None:
        return None
    drafts, at = [], []
    for page in (pair.first, pair.second):
        know, help_ = page.section("what-we-know"), page.section("when-to-get-help")
        if know is None or help_ is None:
            return None
        draft = Draft.of(page)
        taken = draft.cut(know.line, know.last_line)
        drafts.append(draft.after(help_.line - 1, *taken, ""))
        at.append(Place(page.path, help_.line))
    return Edit.of(drafts, at)


shelf.swap(
    "section-title-differs",
    "another title for an agreed section",
    "SHA103",
    r"^## (?:In short|In het kort) ",
    "## Summary ",
    pages=lambda world: list(world.client),
)


@shelf.make("summary-of-two-points", "a summary of two points", "SHA201")
def _two_points(world: World, chance: Random) -> Edit | None:
    page = world.draw(chance, world.client)
    section = page.section("in-short") if page else None
    if page is None or section is None:
        return None
    items = [block for block in walk(section.blocks) if isinstance(block, Item)]
    draft = Draft.of(page)
    draft.cut(items[2].line, last_line(items[-1], page))
    return draft.edit(section.line)


@shelf.make("summary-too-long", "a summary of more than 80 words", "SHA201")
def _long_summary(world: World, chance: Random) -> Edit | None:
    page = world.draw(chance, world.client)
    section = page.section("in-short") if page else None
    if page is None or section is None:
        return None
    item = next(block for block in walk(section.blocks) if isinstance(block, Item))
    draft = Draft.of(page)
    return draft.put(item.line, draft.line(item.line) + " You can rest." * 30).edit(section.line)


@shelf.make("recognise-too-short", "“Do you recognise this?” with three sentences", "SHA202")
def _recognise(world: World, chance: Random) -> Edit | None:
    page = world.draw(chance, [page for page in world.client if page.section("recognise")])
    section = page.section("recognise") if page else None
    if page is None or section is None:
        return None
    items = [block for block in walk(section.blocks) if isinstance(block, Item)]
    draft = Draft.of(page)
    draft.cut(items[3].line, last_line(items[-1], page))
    return draft.edit(section.line)


# --- Reading ease ----------------------------------------------------------------------------------------------------

LONG: Final = {
    "en": "You can rest and then walk and then you can eat and then call a friend and then you can go to bed at last.",
    "nl": "Je mag rusten en dan lopen en dan mag je eten en dan een vriend bellen en dan mag je eindelijk naar bed.",
}
shelf.insert("sentence-too-long", "a sentence of thirty words", "REA101", LONG)
shelf.insert(
    "sentence-too-long-over-lines",
    "the same over two lines",
    "REA101",
    {
        language: text.replace(" and then you can eat", "\nand then you can eat").replace(
            " en dan mag je eten", "\nen dan mag je eten"
        )
        for language, text in LONG.items()
    },
)
shelf.insert(
    "paragraph-too-long",
    "a paragraph of 130 words",
    "REA103",
    {
        "en": "\n".join(["You can rest here for as long as you like."] * 13),
        "nl": "\n".join(["Je mag hier rusten, zo lang als je wilt."] * 14),
    },
)


@shelf.make("page-too-hard", "a page of long words", "REA102")
def _hard(world: World, chance: Random) -> Edit | None:
    words = {
        "en": "Characteristically multidimensional considerations necessitate organisational responsibility.",
        "nl": "Karakteristieke multidimensionale overwegingen veroorzaken organisatorische verantwoordelijkheden.",
    }
    edit = world.insert(chance, {language: "\n\n".join([text] * 30) for language, text in words.items()})
    return Edit(edit.files, frozenset(Place(path) for path in edit.files)) if edit else None


@shelf.make("page-too-long", "a page of more than 1,300 words", "REA104")
def _too_long(world: World, chance: Random) -> Edit | None:
    texts = {"en": "You can rest here for as long as you like.", "nl": "Je mag hier rusten, zo lang als je wilt."}
    texts = {language: "\n\n".join([text] * 140) for language, text in texts.items()}
    edit = world.insert(chance, texts)
    return Edit(edit.files, frozenset(Place(path) for path in edit.files)) if edit else None


# --- Spelling --------------------------------------------------------------------------------------------------------

SPELLING: Final = "SPE101"


def _misspelt(name: str, what: str, language: str, right: str, wrong: str) -> None:
    shelf.swap(
        name,
        what,
        SPELLING,
        rf"\b{right}\b",
        wrong,
        pages=lambda world: world.in_language(language),
        where=lambda page, line: (
            "[" not in page.text.split("\n")[line - 1] and "<" not in page.text.split("\n")[line - 1]
        ),
    )


_misspelt("word-misspelt-in-english", "a typing error in an English word", "en", "because", "becuase")
_misspelt("word-misspelt-in-dutch", "a typing error in a Dutch word", "nl", "gevoel", "gevoeel")
_misspelt("letters-swapped-in-english", "two letters swapped in an English word", "en", "their", "thier")
_misspelt("letters-swapped-in-dutch", "two letters swapped in a Dutch word", "nl", "therapeut", "therapuet")
_misspelt("american-spelling", "an American spelling in a British text", "en", "behaviour", "behavior")
_misspelt("dt-error", "a Dutch verb with a wrong ending", "nl", "gebeurt", "gebuert")
shelf.swap(
    "language-of-part-lost",
    "a Dutch word in an English text that lost its <span lang>",
    SPELLING,
    r'<span lang="nl">(huisarts|wijkteam|zorgbemiddeling|zelfregiecentrum|eigen risico)</span>',
    r"\1",
)
shelf.swap(
    "word-misspelt-in-heading", "a typing error in a heading", SPELLING, r"^## What can you do\?", "## What can yuo do?"
)
shelf.swap(
    "word-misspelt-in-description",
    "a typing error in the description",
    SPELLING,
    r"^(description: .*)\bhow\b",
    r"\1hwo",
    part="top",
)

# --- Data files ------------------------------------------------------------------------------------------------------


def _data(  # noqa: PLR0913, PLR0917 - as in Shelf.swap
    name: str, what: str, codes: str, path: str, pattern: str, new: str, above: str = ""
) -> None:
    """Put a kind on the shelf that changes one line of a data file; the finding may stand where the data is used.

    `above` must stand in the few lines above that one.
    """

    @shelf.make(name, what, codes)
    def _make(world: World, chance: Random) -> Edit | None:
        draft = Draft(path, world.read(path))
        lines = [
            number
            for number, line in enumerate(draft.lines, 1)
            if re.search(pattern, line) and above in "".join(draft.lines[max(number - 7, 0) : number])
        ]
        number = world.draw(chance, lines)
        if number is None:
            return None
        return draft.put(
            number,
            re.sub(pattern, lambda match: match.expand(new) if "\\1" in new else new, draft.line(number), count=1),
        ).edit(*range(max(number - 30, 1), number + 13))


_data(
    "data-value-wrong",
    "a cost that does not exist in data/helplines.yml",
    "DAT101",
    "data/helplines.yml",
    r"cost: free",
    "cost: gratis",
)
_data(
    "data-yaml-broken",
    "a bracket not closed in data/helplines.yml",
    "DAT101",
    "data/helplines.yml",
    r"languages: \[nl, en\]",
    "languages: [nl, en",
)
_data(
    "data-key-misspelt",
    "a typing error in a key of data/glossary.yml",
    "DAT101",
    "data/glossary.yml",
    r"^  definition:",
    "  defintion:",
)
_data(
    "data-json-broken",
    "a comma missing in data/references.json",
    "DAT101",
    "data/references.json",
    r'^    "type": "article-journal",',
    '    "type": "article-journal"',
)
_data(
    "data-language-missing",
    "words in one language only in data/debates.yml",
    "DAT101 DAT102",
    "data/debates.yml",
    r'  title: \{en: (".*"), nl: .*\}',
    r"  title: {en: \1}",
)
_data(
    "data-number-differs",
    "a number that is not what its dialling code dials",
    "DAT101",
    "data/helplines.yml",
    r'number: "0800-0113", dial: "\+318000113"',
    'number: "0800-0114", dial: "+318000113"',
)
_data(
    "data-number-impossible",
    "a number with a digit too few",
    "DAT101",
    "data/helplines.yml",
    r'number: "0800-0113", dial: "\+318000113"',
    'number: "0800-013", dial: "+31800013"',
)
_data(
    "data-check-outdated",
    "a helpline checked a year ago",
    "DAT201",
    "data/helplines.yml",
    r"checked: 2026-08-08",
    "checked: 2025-08-08",
    above="number:",  # a site without a number cannot mislead a caller
)
_data(
    "data-tab",
    "a tab in data/glossary.yml",
    "DAT101",
    "data/glossary.yml",
    r"^  inflections:",
    "\tinflections:",
)
_data(
    "data-pattern-broken",
    "a pattern that is none in data/wording.yml",
    "DAT101",
    "data/wording.yml",
    r"pattern: \\bsuffer.*$",
    "pattern: \\bsuffer(s",
)
_data(
    "data-band-broken",
    "a word where a figure belongs in data/readability.yml",
    "DAT101",
    "data/readability.yml",
    r"mean_sentence: \{target: \d+",
    "mean_sentence: {target: short",
)


@shelf.make("source-removed", "a source removed while pages cite it", "EVI101")
def _source_removed(world: World, chance: Random) -> Edit | None:
    path = "data/references.json"
    cited = world.draw(chance, sorted({one.key for page in world.client for one in page.citations}))
    if cited is None:
        return None
    text = world.read(path).replace(f'"id": "{cited}"', '"id": "E990"')
    at = [
        Place(page.path, line)
        for page in world.pages
        for line in (*(one.line for one in page.citations if one.key == cited), page.front_matter.line_of("evidence"))
    ]
    return Edit({path: text.encode()}, frozenset(at))


@shelf.make("helpline-renamed", "a helpline renamed while pages name it", "DAT302")
def _helpline_renamed(world: World, chance: Random) -> Edit | None:
    path = "data/helplines.yml"
    used = [
        (page, block)
        for page in world.pages
        for block in page.placeholders
        if block.name == "phone" and block.arguments
    ]
    chosen = world.draw(chance, used)
    if chosen is None:
        return None
    _page, block = chosen
    id_ = block.arguments[0]
    text = re.sub(rf"^(\s+- id: ){id_}$", rf"\1{id_.partition('-')[0]}-renamed", world.read(path), flags=re.MULTILINE)
    at = [Place(page.path, one.line) for page, one in used if one.arguments[0] == id_]
    return Edit({path: text.encode()}, frozenset(at))


@shelf.make("term-removed", "a glossary entry renamed while pages link to it", "EVI301")
def _term_removed(world: World, chance: Random) -> Edit | None:
    path = "data/glossary.yml"
    used = [(page, link) for page in world.pages for link in page.links if link.target.startswith("term:")]
    chosen = world.draw(chance, used)
    if chosen is None:
        return None
    id_ = chosen[1].target
    text = re.sub(rf"^- id: {id_.removeprefix('term:')}$", "- id: renamed", world.read(path), flags=re.MULTILINE)
    return Edit(
        {path: text.encode()}, frozenset(Place(page.path, link.line) for page, link in used if link.target == id_)
    )

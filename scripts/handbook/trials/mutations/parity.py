"""What can fall out of step between two languages."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, Final

from handbook.model.finding import Place
from handbook.model.page import Callout, ListBlock, Paragraph, Quote, Section, Table
from handbook.trials.edit import Draft, Edit
from handbook.trials.shelf import Shelf
from handbook.trials.world import last_line

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Iterator
    from random import Random

    from handbook.model.page import Page
    from handbook.trials.world import World

shelf: Final = Shelf("Languages in step")
DUTCH: Final = "nl"


def _both(world: World, page: Page, section: Section, line: int) -> tuple[Place, ...]:
    """Name the places where a difference in a section may be reported: at the line, or at the section in a language."""
    twin = world.twin(page)
    there = twin.section(section.id)
    places = [Place(page.path, line), Place(page.path, section.line)]
    return (*places, *([Place(twin.path, there.line)] if there else []))


def _top(name: str, what: str, codes: str, key: str, new: Callable[[Any], str] | None) -> None:
    """Put a kind on the shelf that changes a value, or removes a key, at the top of a page in one language."""

    @shelf.make(name, what, codes)
    def _make(world: World, chance: Random) -> Edit | None:
        page = world.draw(chance, [page for page in world.client if page.front_matter.get(key) not in (None, [])])
        if page is None:
            return None
        line = page.front_matter.line_of(key)
        draft = Draft.of(page)
        twin = Place(world.twin(page).path, world.twin(page).front_matter.line_of(key))
        if new is None:
            draft.cut(line, line)
            return draft.edit(1, twin)
        return draft.put(line, f"{key}: {new(page.front_matter.get(key))}").edit(line, twin)


def _listed(values: list[str]) -> str:
    return f"[{', '.join(values)}]"


_top("key-missing-in-language", "`debates` missing at the top of one language", "PAR102", "debates", None)
_top(
    "sensitivity-differs",
    "`sensitive` differs",
    "PAR103",
    "sensitive",
    lambda old: "none" if old != "none" else "abuse",
)
_top("claims-differ", "a claim left out in one language", "PAR103", "claims", lambda old: _listed(old[1:]))
_top(
    "evidence-differs",
    "another source in one language",
    "PAR103",
    "evidence",
    lambda old: _listed([*old[:-1], "E03" if old[-1] != "E03" else "E04"]),
)
_top(
    "certainty-differs",
    "another certainty in one language",
    "PAR103",
    "certainty",
    lambda old: "practice-wisdom" if old != "practice-wisdom" else "some-support",
)
_top(
    "next-step-differs",
    "another next step in one language",
    "PAR103",
    "next",
    lambda old: "help-now.md" if old != "help-now.md" else "index.md",
)
_top(
    "related-differs",
    "another related page in one language",
    "PAR103",
    "related",
    lambda old: _listed(["index.md", *old[1:]]),
)
_top("check-date-differs", "checked on another day in one language", "PAR103", "checked", lambda _old: "2026-11-21")


def _page_missing(language: str) -> None:
    @shelf.make(f"page-missing-in-{language}", f"a page that does not exist in one language ({language})", "PAR101")
    def _make(world: World, chance: Random) -> Edit | None:
        page = world.draw(chance, world.in_language(language, world.client))
        return Edit({page.path: None}, frozenset([Place(world.twin(page).path, 1)])) if page else None


_page_missing("en")
_page_missing(DUTCH)


def _sections(world: World, level: int, pages: Iterable[Page] | None = None) -> list[tuple[Page, Section]]:
    return [
        (page, section)
        for page in pages or world.client
        for section in page.all_sections
        if section.level == level and section.heading is not None
    ]


def _section_missing(name: str, what: str, level: int) -> None:
    @shelf.make(name, what, "PAR111")
    def _make(world: World, chance: Random) -> Edit | None:
        chosen = world.draw(chance, _sections(world, level))
        if chosen is None:
            return None
        page, section = chosen
        twin = world.twin(page)
        there = twin.section(section.id)
        draft = Draft.of(page)
        draft.cut(section.line, section.last_line)
        return draft.edit(*([Place(twin.path, there.line)] if there else []))


_section_missing("section-missing", "a section missing in one language", 2)
_section_missing("part-of-section-missing", "a part of a section (level 3) missing in one language", 3)


@shelf.make("section-id-differs", "the id of a section differs", "PAR112")
def _id_differs(world: World, chance: Random) -> Edit | None:
    chosen = world.draw(chance, _sections(world, 3))
    if chosen is None:
        return None
    page, section = chosen
    draft = Draft.of(page)
    draft.put(section.line, draft.line(section.line).replace(f"#{section.id}", f"#{section.id}-2"))
    return draft.edit(*_both(world, page, section, section.line))


@shelf.make("section-order-differs", "two sections in another order in one language", "PAR113")
def _order(world: World, chance: Random) -> Edit | None:
    chosen = [
        (page, one, two)
        for page in world.in_language(DUTCH, world.client)
        for section in page.all_sections
        for one, two in zip(section.children, section.children[1:], strict=False)
        if one.level == two.level == 3
    ]
    drawn = world.draw(chance, chosen)
    if drawn is None:
        return None
    page, one, two = drawn
    draft = Draft.of(page)
    second = draft.cut(two.line, two.last_line)
    draft.after(one.line - 1, *second)
    twin = world.twin(page)
    places = [Place(twin.path, there.line) for there in (twin.section(one.id), twin.section(two.id)) if there]
    return draft.edit(one.line, one.line + len(second), *places)


@shelf.make("section-level-differs", "a heading with another level in one language", "PAR114")
def _level(world: World, chance: Random) -> Edit | None:
    chosen = world.draw(chance, _sections(world, 3))
    if chosen is None:
        return None
    page, section = chosen
    draft = Draft.of(page)
    draft.put(section.line, draft.line(section.line)[1:])
    return draft.edit(*_both(world, page, section, section.line))


# --- What stands in a section ----------------------------------------------------------------------------------------


def _block_gone(
    name: str, what: str, codes: str, kind: type[Any], keep: Callable[[Any], bool] = lambda _block: True
) -> None:
    """Put a kind on the shelf that removes a whole block in one language."""

    @shelf.make(name, what, codes)
    def _make(world: World, chance: Random) -> Edit | None:
        chosen = world.draw(
            chance, (place for place in world.blocks(kind, world.client, nested=False) if keep(place[2]))
        )
        if chosen is None:
            return None
        page, section, block = chosen
        draft = Draft.of(page)
        draft.cut(block.line, last_line(block, page))
        twin = world.twin(page)
        there = twin.section(section.id)
        others = [Place(twin.path, one.line) for _, other, one in world.blocks(kind, [twin]) if other is there]
        return draft.edit(*_both(world, page, section, block.line), *others)


def _box(kind: str) -> Callable[[Any], bool]:
    return lambda block: bool(block.kind == kind)


_block_gone("warning-missing", "a warning missing in one language", "PAR121", Callout, _box("warning"))
_block_gone(
    "content-note-missing-in-language",
    "the content note missing in one language",
    "PAR121",
    Callout,
    _box("content-note"),
)
_block_gone("exercise-missing", "an exercise missing in one language", "PAR121", Callout, _box("exercise"))
_block_gone("example-missing", "an example missing in one language", "PAR121", Callout, _box("example"))
_block_gone("table-missing", "a table missing in one language", "PAR124", Table)
_block_gone("quotation-missing", "a sentence to say aloud missing in one language", "PAR127", Quote)
_block_gone("list-missing", "a list missing in one language", "PAR123", ListBlock)


@shelf.make("box-in-other-section", "a warning moved to another section in one language", "PAR121")
def _box_moved(world: World, chance: Random) -> Edit | None:
    chosen = world.draw(
        chance,
        (
            place
            for place in world.blocks(Callout, world.client, nested=False)
            if place[2].kind == "warning" and place[1].id != "what-is-it"
        ),
    )
    if chosen is None:
        return None
    page, section, block = chosen
    draft = Draft.of(page)
    taken = draft.cut(block.line, last_line(block, page))
    what = page.section("what-is-it")
    if what is None:
        return None
    line = what.line
    draft.after(line, "", *taken)
    shifted = section.line + (len(taken) + 1 if section.line > line else 0)
    return draft.edit(line, line + 2, shifted, *_both(world, page, section, shifted), *_both(world, page, what, line))


def _kind_swap(match: re.Match[str]) -> str:
    return f'!!! {"note" if match[1] != "note" else "warning"} "'


shelf.swap(
    "box-kind-differs",
    "a box of another kind in one language",
    "PAR122",
    r'^!!! (warning|exercise|example) "',
    _kind_swap,
)


def _item_gone(name: str, what: str, *, ordered: bool) -> None:
    @shelf.make(name, what, "PAR123")
    def _make(world: World, chance: Random) -> Edit | None:
        lists = (
            place
            for place in world.blocks(ListBlock, world.client)
            if place[2].ordered is ordered and len(place[2].items) > 2
        )
        chosen = world.draw(chance, lists)
        if chosen is None:
            return None
        page, section, block = chosen
        item = block.items[1]
        draft = Draft.of(page)
        draft.cut(item.line, last_line(item, page))
        return draft.edit(*_both(world, page, section, block.line))


_item_gone("point-missing", "a point of a list missing in one language", ordered=False)
_item_gone("step-missing", "a numbered step missing in one language", ordered=True)


@shelf.make("row-missing", "a row of a table missing in one language", "PAR124")
def _row(world: World, chance: Random) -> Edit | None:
    chosen = world.draw(chance, (place for place in world.blocks(Table) if len(place[2].rows) > 2))
    if chosen is None:
        return None
    page, section, block = chosen
    draft = Draft.of(page)
    draft.cut(block.row_lines[-1], block.row_lines[-1])
    return draft.edit(*_both(world, page, section, block.line))


@shelf.make("column-missing", "a column of a table missing in one language", "PAR124")
def _column(world: World, chance: Random) -> Edit | None:
    chosen = world.draw(chance, (place for place in world.blocks(Table) if len(place[2].header) > 2))
    if chosen is None:
        return None
    page, section, block = chosen
    draft = Draft.of(page)
    for number in range(block.line, last_line(block, page) + 1):
        draft.put(number, draft.line(number).rstrip(" |").rpartition("|")[0] + "|")
    return draft.edit(*_both(world, page, section, block.line))


def _only_here(name: str, what: str, codes: str, text: str) -> None:
    """Put a kind on the shelf that adds a block in one language only."""

    @shelf.make(name, what, codes)
    def _make(world: World, chance: Random) -> Edit | None:
        chosen = world.draw(chance, world.paragraphs())
        if chosen is None:
            return None
        page, section, block = chosen
        draft = Draft.of(page).after(block.end, "", *text.split("\n"))
        return draft.edit(*_both(world, page, section, block.end + 2))


_only_here("figure-in-one-language", "a figure in one language only", "PAR131", "{{ figure three-steps }}")
_only_here("image-in-one-language", "an image in one language only", "PAR125", "![A circle](../assets/circle.svg)")
_only_here("code-in-one-language", "a block of code in one language only", "PAR126", "```\nmake serve\n```")
_only_here("link-in-one-language", "a link to a page in one language only", "PAR135", "[Help](../reading-safely.md)")
_only_here("citation-in-one-language", "a citation in one language only", "PAR133", "[@E54]")
_only_here(
    "term-in-one-language", "a glossary word linked in one language only", "PAR207", "[coping](term:coping-strategy)"
)


def _here(  # noqa: PLR0913, PLR0917 - as in Shelf.swap
    name: str,
    what: str,
    codes: str,
    pattern: str,
    new: str | Callable[[re.Match[str]], str],
    pages: Callable[[World], Iterable[Page]] | None = None,
) -> None:
    """Put a kind on the shelf that changes a line in one language; the finding may stand at its section instead."""

    @shelf.make(name, what, codes)
    def _make(world: World, chance: Random) -> Edit | None:
        edit = world.swap(chance, pattern, new, pages(world) if pages else None)
        return edit and Edit(edit.files, edit.at | frozenset(_sections_of(world, edit)))


def _sections_of(world: World, edit: Edit) -> Iterator[Place]:
    """Yield the section that holds each place of an edit, in both languages."""
    for place in edit.at:
        page = world.page(place.path)
        for section in page.all_sections:
            if section.line <= place.line <= section.end:
                yield from _both(world, page, section, place.line)


_here("box-to-tick-lost", "a line to tick that is an ordinary line in one language", "PAR128", r"^- \[ \] ", "- ")
_here("box-ticked", "a box already ticked in one language", "PAR128", r"^- \[ \] ", "- [x] ")
_here(
    "help-text-lost",
    "the shared help text missing in one language",
    "PAR131 SHA203",
    r"^\{\{ when-to-get-help \}\}$",
    "",
)
_here(
    "phone-differs",
    "another helpline in one language",
    "PAR131",
    r"\{\{ phone (?!nl-113)[\w-]+ \}\}",
    "{{ phone nl-113 }}",
)
_here(
    "figure-differs",
    "another figure in one language",
    "PAR131",
    r"\{\{ figure [\w-]+ \}\}",
    "{{ figure three-needs }}",
    pages=lambda world: [page for page in world.pages if "{{ figure three-needs }}" not in page.text],
)
_here(
    "writing-lines-differ",
    "another number of writing lines in one language",
    "PAR131",
    r"\{\{ write \d ",
    "{{ write 7 ",
)
_here("scale-differs", "a scale with other ends in one language", "PAR131", r"\{\{ scale 0 10 ", "{{ scale 1 7 ")
_here("citation-lost", "a citation missing in one language", "PAR133", r" \[@\w+\]\.$", ".")
_here(
    "citation-differs",
    "another source cited in one language",
    "PAR133",
    r"\[@E(\d\d)\]",
    lambda match: f"[@E{(int(match[1]) % 60) + 1:02}]",
)
_here(
    "link-leads-elsewhere",
    "a link that leads to another page in one language",
    "PAR135",
    r"\]\(\.\./help-now\.md\)",
    "](../reading-safely.md)",
)
_here(
    "link-lost",
    "a link to a page turned into plain words in one language",
    "PAR135",
    r"\[([^\]]+)\]\((?:\.\./)?[\w/-]+\.md\)",
    r"\1",
)
_here(
    "link-section-differs",
    "a link to another section in one language",
    "PAR135",
    r"evidence-and-debates\.md#(?!needs-models)[\w-]+",
    "evidence-and-debates.md#needs-models",
)
_here(
    "term-differs",
    "another glossary entry behind a word in one language",
    "PAR207",
    r"\(term:(?!coping-strategy)[\w-]+\)",
    "(term:coping-strategy)",
)


@shelf.make("fields-in-other-order", "two fields of a worksheet swapped in one language", "PAR132")
def _fields(world: World, chance: Random) -> Edit | None:
    places = []
    for page in world.pages:
        for section in page.all_sections:
            fields = [block for block in page.within(section, page.placeholders) if block.name in ("write", "scale")]
            places += [
                (page, section, one, two)
                for one, two in itertools.pairwise(fields)
                if (one.name, one.arguments[:-1]) != (two.name, two.arguments[:-1])
            ]
    chosen = world.draw(chance, places)
    if chosen is None:
        return None
    page, section, one, two = chosen
    draft = Draft.of(page)
    first, second = draft.line(one.line), draft.line(two.line)
    draft.put(one.line, second).put(two.line, first)
    return draft.edit(one.line, two.line, *_both(world, page, section, one.line))


# --- Numbers ---------------------------------------------------------------------------------------------------------

NUMBER: Final = "PAR202 PAR203 PAR204 PAR205"


def _other_digit(match: re.Match[str]) -> str:
    digit = match.group("digit")
    text = match.group(0)
    at = match.start("digit") - match.start(0)
    return text[:at] + str((int(digit) + 3) % 9 + 1) + text[at + 1 :]


def _number(name: str, what: str, pattern: str, pages: Callable[[World], Iterable[Page]] | None = None) -> None:
    _here(name, what, NUMBER, pattern, _other_digit, pages)


_number("year-differs", "another year in one language", r"\b(?:19|20)\d(?P<digit>\d)\b(?![^\[]*\])")
_number("percentage-differs", "another percentage in one language", r"\b(?P<digit>\d)[.,]\d ?%")
_number(
    "percentage-behind-the-point-differs",
    "another digit behind the decimal point in one language",
    r"\b\d{1,2}[.,](?P<digit>\d) ?%",
)
_number(
    "minutes-differ",
    "another time in the title of an exercise in one language",
    r'^!!! exercise ".*\((?P<digit>\d)\d? (?:minut|second|dag|day|uur|week)',
)
_number(
    "age-differs",
    "another age in one language",
    r"(?:is|was|aged) (?P<digit>[1-9])\d(?:\b(?!%))(?=[ ,.])",
    lambda world: world.client,
)
_number(
    "thousands-differ",
    "another number with a thousands separator in one language",
    r"\b\d{1,3}[.,](?P<digit>\d)\d\d\b(?!%)",
)
_number("step-count-differs", "another count out of ten in one language", r"(?P<digit>\d) (?:out of|op de|van de) \d")


def _both_with(name: str, what: str, codes: str, english: str, dutch: str) -> None:
    """Put a kind on the shelf that adds a sentence in both languages which does not say the same."""

    @shelf.make(name, what, codes)
    def _make(world: World, chance: Random) -> Edit | None:
        places = [place for place in world.paragraphs() if place[0].language == "en"]
        chosen = world.draw(chance, places)
        if chosen is None:
            return None
        page, section, block = chosen
        twin = world.twin(page)
        there = next((place for place in world.paragraphs([twin]) if place[1].id == section.id), None)
        if there is None:
            return None
        drafts = [
            Draft.of(page).after(block.end, "", english),
            Draft.of(twin).after(there[2].end, "", dutch),
        ]
        at = [Place(page.path, block.end + 2), Place(twin.path, there[2].end + 2)]
        return Edit.of(drafts, [*at, *_both(world, page, section, section.line)])


_both_with("date-differs", "another day", "PAR205", "We wrote this on 3 May 2026.", "We schreven dit op 4 mei 2026.")
_both_with(
    "month-differs", "another month", "PAR205", "We wrote this on 3 May 2026.", "We schreven dit op 3 maart 2026."
)
_both_with("time-differs", "another time of day", "PAR204", "It begins at 9:30 am.", "Het begint om 10.30 uur.")
_both_with(
    "afternoon-differs",
    "morning in one language, evening in the other",
    "PAR204",
    "It begins at 8 pm.",
    "Het begint om 8.00 uur.",
)
_both_with("decimal-differs", "another decimal", "PAR202", "It takes 0.5 litres.", "Het kost 0,6 liter.")
_both_with(
    "decimal-read-as-thousands",
    "a decimal point that Dutch reads as thousands",
    "PAR202",
    "It takes 1.500 litres.",
    "Het kost 1.500 liter.",
)
_both_with("money-differs", "another price", "PAR202", "You pay 11 euro.", "Je betaalt 14 euro.")
_both_with(
    "number-as-word-differs",
    "a number in words that differs",
    "PAR202",
    "Wait for twenty minutes.",
    "Wacht 30 minuten.",
)
_both_with(
    "phone-number-differs", "another number in one language", "PAR201 DAT301", "Call 0800-0113.", "Bel 0800-0114."
)
_both_with("range-differs", "another end of a range", "PAR202", "It takes 6 to 12 weeks.", "Het duurt 6 tot 16 weken.")


@shelf.make("number-in-box-differs", "another number in a warning or exercise in one language", NUMBER)
def _number_in_box(world: World, chance: Random) -> Edit | None:
    def where(page: Page, line: int) -> bool:
        return any(isinstance(block, Callout) and block.line < line <= block.end for block in page.blocks)

    return world.swap(
        chance, r"(?<![\w#.-])(?P<digit>[2-9])\d?(?= (?:\w{4,}))", _other_digit, world.client, where=where
    )


# --- Words -----------------------------------------------------------------------------------------------------------

OTHER_LANGUAGE: Final = "PAR209 PAR210 PAR211"


def _untranslated(name: str, what: str, kind: type[Any], *, here: str, also: str = "") -> None:
    """Put a kind on the shelf that leaves a block in the words of the other language."""

    @shelf.make(name, what, OTHER_LANGUAGE, also)
    def _make(world: World, chance: Random) -> Edit | None:
        places = []
        for page in world.in_language(here, world.client):
            for section in page.all_sections:
                there = world.twin(page).section(section.id)
                mine = [block for block in section.blocks if isinstance(block, kind)]
                theirs = [block for block in there.blocks if isinstance(block, kind)] if there else []
                if mine and len(mine) == len(theirs):
                    places += [
                        (page, one, two) for one, two in zip(mine, theirs, strict=True) if _long(two, world.twin(page))
                    ]
        chosen = world.draw(chance, places)
        if chosen is None:
            return None
        page, one, two = chosen
        source = world.twin(page).text.split("\n")[two.line - 1 : last_line(two, world.twin(page))]
        draft = Draft.of(page)
        draft.cut(one.line, last_line(one, page))
        draft.after(one.line - 1, *source)
        return draft.edit(*range(one.line, one.line + len(source)))


def _long(block: Any, page: Page) -> bool:
    if isinstance(block, Paragraph) and block.placeholder_only:
        return False
    return len(" ".join(page.text.split("\n")[block.line - 1 : block.end])) > 120


_untranslated("english-paragraph-in-dutch", "a paragraph left in English on a Dutch page", Paragraph, here=DUTCH)
_untranslated("dutch-paragraph-in-english", "a paragraph left in Dutch on an English page", Paragraph, here="en")
_untranslated("english-list-in-dutch", "a list left in English on a Dutch page", ListBlock, here=DUTCH)
_untranslated("english-box-in-dutch", "a box left in English on a Dutch page", Callout, here=DUTCH)
_untranslated("english-table-in-dutch", "a table left in English on a Dutch page", Table, here=DUTCH, also="SPE101")
_untranslated("dutch-box-in-english", "a box left in Dutch on an English page", Callout, here="en")


@shelf.make("page-copied", "a page copied to the other language and not translated", OTHER_LANGUAGE)
def _copied(world: World, chance: Random) -> Edit | None:
    page = world.draw(chance, world.in_language(DUTCH, world.client))
    if page is None:
        return None
    draft = Draft(page.path, world.twin(page).text)
    return draft.edit(*range(len(draft.lines) + 1))


def _of_top(name: str, what: str, key: str) -> None:
    @shelf.make(name, what, OTHER_LANGUAGE, "SPE101")
    def _make(world: World, chance: Random) -> Edit | None:
        page = world.draw(chance, world.in_language(DUTCH, world.client))
        if page is None:
            return None
        line = page.front_matter.line_of(key)
        return Draft.of(page).put(line, f"{key}: {world.twin(page).front_matter.get(key)}").edit(line)


_of_top("description-untranslated", "the description left in English on a Dutch page", "description")


@shelf.make("heading-untranslated", "a heading left in English on a Dutch page", "SHA103", OTHER_LANGUAGE)
def _heading(world: World, chance: Random) -> Edit | None:
    chosen = world.draw(chance, _sections(world, 2, world.in_language(DUTCH, world.client)))
    if chosen is None:
        return None
    page, section = chosen
    there = world.twin(page).section(section.id)
    if there is None or not there.heading or not section.heading or there.heading.text == section.heading.text:
        return None
    return Draft.of(page).put(section.line, f"## {there.heading.text} {{#{section.id}}}").edit(section.line)


@shelf.make("box-title-untranslated", "the title of a box left in English on a Dutch page", OTHER_LANGUAGE, "SPE101")
def _box_title(world: World, chance: Random) -> Edit | None:
    places = []
    for page in world.in_language(DUTCH, world.client):
        mine = [block for block in page.blocks if isinstance(block, Callout)]
        theirs = [block for block in world.twin(page).blocks if isinstance(block, Callout)]
        places += [
            (page, one, two)
            for one, two in zip(mine, theirs, strict=False)
            if one.kind in ("warning", "exercise") and len((two.title or "").split()) > 3
        ]
    chosen = world.draw(chance, places)
    if chosen is None:
        return None
    page, one, two = chosen
    return Draft.of(page).put(one.line, f'!!! {one.kind} "{two.title}"').edit(one.line)


LENGTH: Final = "PAR208"


@shelf.make("section-cut-short", "most of a section missing in one language", LENGTH)
def _cut_short(world: World, chance: Random) -> Edit | None:
    places = []
    for page in world.client:
        for section in page.all_sections:
            paragraphs = [
                block for block in section.blocks if isinstance(block, Paragraph) and not block.placeholder_only
            ]
            if len(paragraphs) >= 4 and all(isinstance(block, Paragraph) for block in section.blocks):
                places.append((page, section, paragraphs))
    chosen = world.draw(chance, places)
    if chosen is None:
        return None
    page, section, paragraphs = chosen
    draft = Draft.of(page)
    draft.cut(paragraphs[1].line, last_line(paragraphs[-1], page))
    return draft.edit(*_both(world, page, section, section.line))


@shelf.make("section-grown", "a section three times as long in one language", LENGTH)
def _grown(world: World, chance: Random) -> Edit | None:
    long = [
        (page, section, block)
        for page, section, block in world.paragraphs()
        if len(block.text.split()) > 25 and all(isinstance(one, Paragraph) for one in section.blocks)
    ]
    chosen = world.draw(chance, long)
    if chosen is None:
        return None
    page, section, _block = chosen
    prose = [
        line
        for block in section.blocks
        if isinstance(block, Paragraph)
        for line in ("", *page.text.split("\n")[block.line - 1 : block.end])
    ]
    draft = Draft.of(page).after(section.end, *prose, *prose, "")
    return draft.edit(*_both(world, page, section, section.line), *range(section.line, section.end + 3 * len(prose)))


@shelf.make("warning-loses-stress", "bold words of a warning that are plain in one language", "PAR206")
def _stress(world: World, chance: Random) -> Edit | None:
    """Both languages get bold words; then one loses them."""
    pairs = []
    for pair in world.pairs:
        boxes = [
            [block for block in page.blocks if isinstance(block, Callout) and block.kind == "warning"]
            for page in (pair.first, pair.second)
        ]
        if boxes[0] and len(boxes[0]) == len(boxes[1]):
            pairs += [(pair, one, two) for one, two in zip(*boxes, strict=True)]
    chosen = world.draw(chance, pairs)
    if chosen is None:
        return None
    pair, one, two = chosen
    draft = Draft.of(pair.first)
    words = draft.line(one.line + 1).strip().split(" ")
    draft.put(one.line + 1, "    **" + " ".join(words[:2]) + "** " + " ".join(words[2:]))
    return draft.edit(one.line, one.line + 1, Place(pair.second.path, two.line), Place(pair.second.path, two.line + 1))

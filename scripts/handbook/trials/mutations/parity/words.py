"""Text left in the other language, cut short, grown, or without its stress."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from handbook.model.finding import Place
from handbook.model.page import Callout, ListBlock, Paragraph, Table
from handbook.trials.edit import Draft, Edit
from handbook.trials.mutations.parity.shelf import ParityShelf, both_sides, sections_at
from handbook.trials.world import last_line

if TYPE_CHECKING:
    from random import Random

    from handbook.model.page import Page
    from handbook.trials.world import World

shelf: Final = ParityShelf()
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


_untranslated("english-paragraph-in-dutch", "a paragraph left in English on a Dutch page", Paragraph, here="nl")
_untranslated("dutch-paragraph-in-english", "a paragraph left in Dutch on an English page", Paragraph, here="en")
_untranslated("english-list-in-dutch", "a list left in English on a Dutch page", ListBlock, here="nl")
_untranslated("english-box-in-dutch", "a box left in English on a Dutch page", Callout, here="nl")
_untranslated("english-table-in-dutch", "a table left in English on a Dutch page", Table, here="nl", also="SPE101")
_untranslated("dutch-box-in-english", "a box left in Dutch on an English page", Callout, here="en")


@shelf.make("page-copied", "a page copied to the other language and not translated", OTHER_LANGUAGE)
def _copied(world: World, chance: Random) -> Edit | None:
    page = world.draw(chance, world.in_language("nl", world.client))
    if page is None:
        return None
    draft = Draft(page.path, world.twin(page).text)
    return draft.edit(*range(len(draft.lines) + 1))


def _of_top(name: str, what: str, key: str) -> None:
    @shelf.make(name, what, OTHER_LANGUAGE, "SPE101")
    def _make(world: World, chance: Random) -> Edit | None:
        page = world.draw(chance, world.in_language("nl", world.client))
        if page is None:
            return None
        line = page.front_matter.line_of(key)
        return Draft.of(page).put(line, f"{key}: {world.twin(page).front_matter.get(key)}").edit(line)


_of_top("description-untranslated", "the description left in English on a Dutch page", "description")


@shelf.make("heading-untranslated", "a heading left in English on a Dutch page", "SHA103", OTHER_LANGUAGE)
def _heading(world: World, chance: Random) -> Edit | None:
    chosen = world.draw(chance, sections_at(world, 2, world.in_language("nl", world.client)))
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
    for page in world.in_language("nl", world.client):
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
    return draft.edit(*both_sides(world, page, section, section.line))


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
    return draft.edit(
        *both_sides(world, page, section, section.line), *range(section.line, section.end + 3 * len(prose))
    )


shelf.one_sided(
    "exercise-loses-stress",
    "a bold stop rule of an exercise that is plain in one language",
    "PAR206",
    r"^    \*\*(Niet als|Not when|Not if)\*\*",
    lambda match: f"    {match[1]}",
)


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

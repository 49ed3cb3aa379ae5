"""Building blocks, citations, links and terms that one language lacks, or has otherwise."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

from handbook.trials.edit import Draft, Edit
from handbook.trials.mutations.parity.shelf import ParityShelf, both_sides

if TYPE_CHECKING:
    from random import Random

    from handbook.trials.world import World

shelf: Final = ParityShelf()


def _only_here(name: str, what: str, codes: str, text: str) -> None:
    """Put a kind on the shelf that adds a block in one language only."""

    @shelf.make(name, what, codes)
    def _make(world: World, chance: Random) -> Edit | None:
        chosen = world.draw(chance, world.paragraphs())
        if chosen is None:
            return None
        page, section, block = chosen
        draft = Draft.of(page).after(block.end, "", *text.split("\n"))
        return draft.edit(*both_sides(world, page, section, block.end + 2))


_only_here("figure-in-one-language", "a figure in one language only", "PAR131", "{{ figure three-steps }}")
_only_here("image-in-one-language", "an image in one language only", "PAR125", "![A circle](../assets/circle.svg)")
_only_here("code-in-one-language", "a block of code in one language only", "PAR126", "```\nmake serve\n```")
_only_here("link-in-one-language", "a link to a page in one language only", "PAR135", "[Help](../reading-safely.md)")
_only_here("citation-in-one-language", "a citation in one language only", "PAR133", "[@E54]")
_only_here(
    "term-in-one-language", "a glossary word linked in one language only", "PAR207", "[coping](term:coping-strategy)"
)
shelf.one_sided(
    "box-to-tick-lost", "a line to tick that is an ordinary line in one language", "PAR128", r"^- \[ \] ", "- "
)
shelf.one_sided("box-ticked", "a box already ticked in one language", "PAR128", r"^- \[ \] ", "- [x] ")
shelf.one_sided(
    "help-text-lost",
    "the shared help text missing in one language",
    "PAR131 SHA203",
    r"^\{\{ when-to-get-help \}\}$",
    "",
)
shelf.one_sided(
    "phone-differs",
    "another helpline in one language",
    "PAR131",
    r"\{\{ phone (?!nl-113)[\w-]+ \}\}",
    "{{ phone nl-113 }}",
)
shelf.one_sided(
    "figure-differs",
    "another figure in one language",
    "PAR131",
    r"\{\{ figure [\w-]+ \}\}",
    "{{ figure three-needs }}",
    pages=lambda world: [page for page in world.pages if "{{ figure three-needs }}" not in page.text],
)
shelf.one_sided(
    "writing-lines-differ",
    "another number of writing lines in one language",
    "PAR131",
    r"\{\{ write \d ",
    "{{ write 7 ",
)
shelf.one_sided(
    "scale-differs", "a scale with other ends in one language", "PAR131", r"\{\{ scale 0 10 ", "{{ scale 1 7 "
)
shelf.one_sided("citation-lost", "a citation missing in one language", "PAR133", r" \[@\w+\]\.$", ".")
shelf.one_sided(
    "citation-differs",
    "another source cited in one language",
    "PAR133",
    r"\[@E(\d\d)\]",
    lambda match: f"[@E{(int(match[1]) % 60) + 1:02}]",
)
shelf.one_sided(
    "link-leads-elsewhere",
    "a link that leads to another page in one language",
    "PAR135",
    r"\]\(\.\./help-now\.md\)",
    "](../reading-safely.md)",
)
shelf.one_sided(
    "link-lost",
    "a link to a page turned into plain words in one language",
    "PAR135",
    r"\[([^\]]+)\]\((?:\.\./)?[\w/-]+\.md\)",
    r"\1",
)
shelf.one_sided(
    "link-section-differs",
    "a link to another section in one language",
    "PAR135",
    r"evidence-and-debates\.md#(?!needs-models)[\w-]+",
    "evidence-and-debates.md#needs-models",
)
shelf.one_sided(
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
    return draft.edit(one.line, two.line, *both_sides(world, page, section, one.line))

"""Words that change in both languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from handbook.model.page import Paragraph
from handbook.trials.edit import Draft, Edit
from handbook.trials.shelf import Shelf
from handbook.trials.world import last_line

if TYPE_CHECKING:
    from random import Random

    from handbook.model.page import Page
    from handbook.trials.world import World

shelf: Final = Shelf("Harmless")
COMPARED: Final = ("LED102", "LED103")
"""The ledger's request to compare both languages, which is right whenever the words of both changed."""
NEW: Final = (*COMPARED, "ADR106")
"""With a new page or section its address is to be registered, too."""


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

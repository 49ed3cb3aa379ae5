"""Sentences and pages that are hard to read, and words that are misspelt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from handbook.model.finding import Place
from handbook.trials.edit import Edit
from handbook.trials.mutations.editorial.shelf import EditorialShelf

if TYPE_CHECKING:
    from random import Random

    from handbook.trials.world import World

shelf: Final = EditorialShelf()
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
    "word-twice",
    "a small word twice in a row",
    "WOR401",
    {"en": "You can sit in the the garden.", "nl": "Je mag in de de tuin zitten."},
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

"""Numbers that differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from handbook.model.finding import Place
from handbook.model.page import Callout
from handbook.trials.edit import Draft, Edit
from handbook.trials.mutations.parity.shelf import ParityShelf, both_sides

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable
    from random import Random

    from handbook.model.page import Page
    from handbook.trials.world import World

shelf: Final = ParityShelf()
NUMBER: Final = "PAR202 PAR203 PAR204 PAR205"


def _other_digit(match: re.Match[str]) -> str:
    digit = match.group("digit")
    text = match.group(0)
    at = match.start("digit") - match.start(0)
    return text[:at] + str((int(digit) + 3) % 9 + 1) + text[at + 1 :]


def _number(name: str, what: str, pattern: str, pages: Callable[[World], Iterable[Page]] | None = None) -> None:
    shelf.one_sided(name, what, NUMBER, pattern, _other_digit, pages)


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

shelf.one_sided(
    "percentage-loses-point",
    "a percentage without its decimal point in one language",
    NUMBER,
    r"\b(\d)[.,](\d ?%)",
    lambda match: match[1] + match[2],
)
shelf.one_sided(
    "percentage-loses-sign",
    "a percentage without its sign in one language",
    NUMBER,
    r"\b(\d\d)%",
    lambda match: match[1],
)
shelf.one_sided(
    "number-word-in-step-differs",
    "another number as a word in a step of one language",
    NUMBER,
    r"(^    \d\. .*)\b(?:five|vijf)\b(?!.*\b(?:five|vijf)\b)",
    lambda match: match[1] + ("zeven" if match[0].endswith("vijf") else "seven"),
)
shelf.one_sided(
    "month-of-year-differs",
    "another month before a year in one language",
    NUMBER,
    r"\b([Nn])ovember (?=20\d\d)",
    lambda match: "October " if match[1] == "N" else "oktober ",
    lambda world: world.client,
)


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
        return Edit.of(drafts, [*at, *both_sides(world, page, section, section.line)])


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

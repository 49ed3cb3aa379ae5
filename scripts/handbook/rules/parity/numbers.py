"""Numbers of every kind: telephone numbers, percentages, times and dates."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from handbook.model.finding import Place
from handbook.rules.aligning import align
from handbook.rules.naming import listed
from handbook.rules.numbers import months_of_years
from handbook.rules.parity.number_differences import differences
from handbook.rules.parity.number_words import other_words
from handbook.rules.parity.phrases import page_name
from handbook.rules.parity.texts import texts_of
from handbook.rules.parity.throughout import differ_throughout
from handbook.rules.phones import digits, same_number
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Page, Section
    from handbook.model.project import Pair, Project
    from handbook.rules.numbers import Quantity

BOTH = "Find out which of the two is right, and write it on both pages."
MISSING = "Add what is missing here, or remove it there."
MANY = 3
"""More missing numbers than this in one section are one finding: a sentence or a list is missing, not a number."""
SMALL = 12
"""Up to here a number may be a word, an article or a turn of phrase in another language."""


def _number_hits(pair: Pair, project: Project, kind: str, noun: str) -> Iterator[Hit]:
    """Report leftovers of one kind: pairs first, then what one side lacks."""
    strict = project.settings.strict_parity
    if differ_throughout(pair, project):
        return
    for there, here, first, second in differences(pair, strict=strict):
        mine = [quantity for quantity in second if quantity.kind == kind]
        theirs = [quantity for quantity in first if quantity.kind == kind]
        if kind == "phone":
            mine, theirs = _other_numbers(mine, theirs, project.settings.regions)
        if strict and kind == "percentage":
            yield from (_differs(pair, noun, one, two) for one, two in _bare(theirs, second))
            yield from (_differs(pair, noun, two, one) for one, two in _bare(mine, first))
        for one, two in _alike(theirs, mine, strict=strict):
            theirs.remove(one)
            mine.remove(two)
            if strict or _telling(one) or _telling(two):
                yield _differs(pair, noun, one, two)
        sides = ((pair.second, here, pair.first, theirs, second), (pair.first, there, pair.second, mine, first))
        for page, section, other, lacking, own in sides:
            if all(quantity.kind == kind for quantity in own):  # else it is one thing written in two ways
                telling = [quantity for quantity in lacking if strict or _telling(quantity)]
                yield from _missing(page, section, other, telling, noun)


def _missing(page: Page, section: Section, other: Page, lacking: list[Quantity], noun: str) -> Iterator[Hit]:
    """Report what only the other page has, by itself or, where a whole sentence is gone, together."""
    if len(lacking) > MANY:
        written = listed([f'"{quantity.written}"' for quantity in lacking], MANY)
        message = f"{len(lacking)} {noun}s of {page_name(other)} are missing here: {written}"
        yield Hit(page.path, section.line, message, MISSING, Place(other.path, lacking[0].line))
        return
    for quantity in lacking:
        message = f'the {noun} "{quantity.written}" of {page_name(other)} is missing here'
        yield Hit(page.path, section.line, message, MISSING, Place(other.path, quantity.line))


def _alike(first: list[Quantity], second: list[Quantity], *, strict: bool) -> list[tuple[Quantity, Quantity]]:
    """Pair numbers of which one is surely meant to be the other: as many digits, or nearly the same digits."""
    if first and len(first) == len(second) and (first[0].kind != "number" or (strict and len(first) == 1)):
        return list(zip(first, second, strict=True))
    pairs: list[tuple[Quantity, Quantity]] = []
    rest = list(second)
    for one in first:
        wanted = digits(one.written)
        for two in rest:
            found = digits(two.written)
            short_one, long_one = sorted((wanted, found), key=len)
            alike = len(wanted) <= 2 or _shared(wanted, found) * 2 >= len(wanted)
            near = len(wanted) == len(found) and alike
            if near or (
                len(long_one) - len(short_one) == 1 and len(short_one) >= 2 and _subsequence(short_one, long_one)
            ):
                pairs.append((one, two))
                rest.remove(two)
                break
    return pairs


def _shared(one: str, two: str) -> int:
    return sum((Counter(one) & Counter(two)).values())


def _subsequence(part: str, whole: str) -> bool:
    letters = iter(whole)
    return all(letter in letters for letter in part)


def _bare(percentages: list[Quantity], others: tuple[Quantity, ...]) -> list[tuple[Quantity, Quantity]]:
    """Pair percentages with the same numbers of the other side that lost their sign, and take them out."""
    plain = {quantity.value: quantity for quantity in others if quantity.kind == "number"}
    pairs = [(one, plain[one.value]) for one in percentages if one.value in plain]
    percentages[:] = [one for one in percentages if one.value not in plain]
    return pairs


def _telling(quantity: Quantity) -> bool:
    """Tell whether a number is one that no language writes as a word."""
    if quantity.kind != "number":
        return True
    try:
        return float(quantity.value) > SMALL or "." in quantity.value
    except ValueError:
        return True


def _other_numbers(
    mine: list[Quantity], theirs: list[Quantity], regions: tuple[str, ...]
) -> tuple[list[Quantity], list[Quantity]]:
    rest = list(mine)
    lacking: list[Quantity] = []
    for quantity in theirs:
        twin = next((other for other in rest if same_number(quantity.written, other.written, regions)), None)
        if twin is None:
            lacking.append(quantity)
        else:
            rest.remove(twin)
    return rest, lacking


def _differs(pair: Pair, noun: str, there: Quantity, here: Quantity) -> Hit:
    message = f'{noun} differs from {page_name(pair.first)}: "{there.written}" there, "{here.written}" here'
    return Hit(pair.second.path, here.line, message, BOTH, Place(pair.first.path, there.line))


@rule(
    "PAR201",
    "phone-number-differs",
    Scope.PAIR,
    bad="call 0800-0113 / bel 0800-0114",
    good="call 0800-0113 / bel 0800-0113",
    en=Text(
        "A phone number differs between the languages.", "Somebody in need calls a number that does not help them."
    ),
    nl=Text("Een telefoonnummer verschilt tussen de talen.", "Iemand in nood belt een nummer dat niet helpt."),
)
def phone_number_differs(pair: Pair, project: Project) -> Iterator[Hit]:
    """Compare phone numbers, however they are written."""
    yield from _number_hits(pair, project, "phone", "phone number")


@rule(
    "PAR202",
    "number-differs",
    Scope.PAIR,
    bad="of 14,587 people / van 14.857 mensen",
    good="of 14,587 people / van 14.587 mensen",
    en=Text("A number differs between the languages.", "One of the two pages tells something that is not so."),
    nl=Text("Een getal verschilt tussen de talen.", "Een van de twee pagina's vertelt iets wat niet klopt."),
)
def number_differs(pair: Pair, project: Project) -> Iterator[Hit]:
    """Compare plain numbers, and numbers written as words where languages are kept in step."""
    yield from _number_hits(pair, project, "number", "number")
    if project.settings.strict_parity:
        yield from _word_hits(pair)


def _word_hits(pair: Pair) -> Iterator[Hit]:
    """Report number words with another value than in the same place on the other page."""
    for theirs, mine in other_words(pair):
        message = f'number differs from {page_name(pair.first)}: "{theirs.word}" there, "{mine.word}" here'
        yield Hit(pair.second.path, mine.line, message, BOTH, Place(pair.first.path, theirs.line))


@rule(
    "PAR203",
    "percentage-differs",
    Scope.PAIR,
    bad="about 8% / ongeveer 18%",
    good="about 8% / ongeveer 8%",
    en=Text("A percentage differs between the languages.", "One of the two pages promises too much or too little."),
    nl=Text("Een percentage verschilt tussen de talen.", "Een van de twee pagina's belooft te veel of te weinig."),
)
def percentage_differs(pair: Pair, project: Project) -> Iterator[Hit]:
    """Compare percentages."""
    yield from _number_hits(pair, project, "percentage", "percentage")


@rule(
    "PAR204",
    "time-differs",
    Scope.PAIR,
    bad="from 9 am to 9 pm / van 9.00 tot 20.00 uur",
    good="from 9 am to 9 pm / van 9.00 tot 21.00 uur",
    en=Text("A time of day differs between the languages.", "Somebody calls when nobody answers."),
    nl=Text("Een tijdstip verschilt tussen de talen.", "Iemand belt wanneer niemand opneemt."),
)
def time_differs(pair: Pair, project: Project) -> Iterator[Hit]:
    """Compare times of day."""
    yield from _number_hits(pair, project, "time", "time")


@rule(
    "PAR205",
    "date-differs",
    Scope.PAIR,
    bad="since 5 October 2023 / sinds 5 november 2023",
    good="since 5 October 2023 / sinds 5 oktober 2023",
    en=Text("A date differs between the languages.", "One of the two pages is wrong about when."),
    nl=Text("Een datum verschilt tussen de talen.", "Een van de twee pagina's vergist zich in het moment."),
)
def date_differs(pair: Pair, project: Project) -> Iterator[Hit]:
    """Compare dates, and months of years where languages are kept in step."""
    yield from _number_hits(pair, project, "date", "date")
    if project.settings.strict_parity:
        yield from _month_hits(pair)


def _month_hits(pair: Pair) -> Iterator[Hit]:
    """Report a section in which just one month has another name; another year is another number already."""
    for there, here in align(pair).steady:
        first, second = (
            [month for text, line in texts_of(section) for month in months_of_years(text, line, page.language)]
            for section, page in ((there, pair.first), (here, pair.second))
        )
        lacking = Counter(month.value for month in first) - Counter(month.value for month in second)
        extra = Counter(month.value for month in second) - Counter(month.value for month in first)
        if lacking.total() != 1 or extra.total() != 1:
            continue
        theirs = next(month for month in first if month.value in lacking)
        mine = next(month for month in second if month.value in extra)
        if theirs.value[:4] == mine.value[:4] and not _with_day(pair, theirs, mine):
            yield _differs(pair, "month", theirs, mine)


def _with_day(pair: Pair, theirs: Quantity, mine: Quantity) -> bool:
    """Tell whether the month belongs to a date with a day, which is compared as a whole."""
    lines = ((pair.first, theirs), (pair.second, mine))
    return any(re.search(rf"\d\S{{0,2}}\s(?:of\s)?{re.escape(month.written)}", page.text) for page, month in lines)

"""Numbers of every kind: telephone numbers, percentages, times and dates."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from handbook.model.finding import Place
from handbook.rules.aligning import align
from handbook.rules.naming import listed
from handbook.rules.parity.number_differences import differences, number_words_of, quantities_of
from handbook.rules.parity.phrases import page_name
from handbook.rules.parity.throughout import differ_throughout
from handbook.rules.phones import digits, same_number
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Section
    from handbook.model.project import Pair, Project
    from handbook.rules.numbers import Quantity

MISSING = "Add what is missing here, or remove it there."
MANY = 3
"""More missing numbers than this in one section are one finding: a sentence or a list is missing, not a number."""
SMALL = 12
"""Up to here a number may be a word, an article or a turn of phrase in another language."""
CLOCK_WORDS = re.compile(
    r"\b(?:half|past|quarter|kwart|over|voor|to|halb|viertel)(?: (?:past|to|over|voor|nach|vor))?\s*$"
)
"""Before a number word these make a time of day, which languages count differently: half past eight is "half negen"."""


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
        for one, two in _alike(theirs, mine, strict=strict):
            theirs.remove(one)
            mine.remove(two)
            if strict or _telling(one) or _telling(two):
                yield _differs(pair, noun, one, two)
        sides = ((pair.second, here, pair.first, theirs, second), (pair.first, there, pair.second, mine, first))
        for page, section, other, lacking, own in sides:
            if any(quantity.kind != kind for quantity in own):
                continue  # one thing written in two ways
            telling = [quantity for quantity in lacking if strict or _telling(quantity)]
            if len(telling) > MANY:
                written = listed([f'"{quantity.written}"' for quantity in telling], MANY)
                message = f"{len(telling)} {noun}s of {page_name(other)} are missing here: {written}"
                yield Hit(page.path, section.line, message, MISSING, Place(other.path, telling[0].line))
                continue
            for quantity in telling:
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
    hint = "Find out which of the two is right, and write it on both pages."
    return Hit(pair.second.path, here.line, message, hint, Place(pair.first.path, there.line))


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
    """Report a section in which just one number word (from three on) has another value."""
    for there, here in align(pair).steady:
        first, second = _spelt(there, pair.first.language), _spelt(here, pair.second.language)
        if len(first) != len(second):
            continue
        extra = Counter(value for value, _, _ in second) - Counter(value for value, _, _ in first)
        lacking = Counter(value for value, _, _ in first) - Counter(value for value, _, _ in second)
        if extra.total() == lacking.total() == 1:
            mine = next(entry for entry in second if entry[0] in extra)
            theirs = next(entry for entry in first if entry[0] in lacking)
            numbers = {quantity.value for quantity in (*quantities_of(there, "en"), *quantities_of(here, "en"))}
            if str(mine[0]) in numbers or str(theirs[0]) in numbers:
                continue
            message = f'number differs from {page_name(pair.first)}: "{theirs[1]}" there, "{mine[1]}" here'
            hint = "Find out which of the two is right, and write it on both pages."
            yield Hit(pair.second.path, mine[2], message, hint, Place(pair.first.path, theirs[2]))


def _spelt(section: Section, language: str) -> list[tuple[int, str, int]]:
    return [
        (value, word, line + text.count("\n", 0, position))
        for value, position, word, text, line in number_words_of(section, language)
        if value >= 3 and not CLOCK_WORDS.search(text[:position].lower())
    ]


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
    """Compare dates."""
    yield from _number_hits(pair, project, "date", "date")

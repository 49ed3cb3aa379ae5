"""Which numbers of a section the other language does not have.

Numbers are compared section by section as sets of what they mean, so their order may follow the grammar of a language.
A number that the other side writes as a word counts as there.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from handbook.rules.aligning import align
from handbook.rules.numbers import LETTERS, Quantity, number_words, quantities
from handbook.rules.parity.texts import texts_of
from handbook.rules.phones import digits

if TYPE_CHECKING:
    from collections.abc import Callable

    from handbook.model.page import Page, Section
    from handbook.model.project import Pair

OUTLINE = re.compile(r"(\d+(?:\.\d+)+)(?:[.)\uff09\u3001]\s|\s(?=[^\W\da-z_]))")


@lru_cache(maxsize=4)
def differences(
    pair: Pair, *, strict: bool
) -> tuple[tuple[Section, Section, tuple[Quantity, ...], tuple[Quantity, ...]], ...]:
    """Give, for each section, the numbers of either side that the other does not have."""
    found = []
    for there, here in align(pair).steady:
        first = quantities_of(there, pair.first.language)
        second = quantities_of(here, pair.second.language)
        if not strict:
            first, second = _without_outline(first, there), _without_outline(second, here)
            first, second = (
                [quantity for quantity in side if not (section.level == 1 and quantity.line == section.line)]
                for side, section in ((first, there), (second, here))
            )
        if not strict:  # a translation that kept a number to the letter took its sense over, whatever its notation
            first, second = _cancel(first, second, lambda quantity: quantity.written)
        first, second = _cancel(first, second, lambda quantity: (quantity.kind, quantity.value))
        first, second = _cancel(first, second, lambda quantity: _loosely(quantity, strict=strict))
        if first or second:
            words_there, words_here = _words(there, pair.first.language), _words(here, pair.second.language)
            if strict:  # a word that stands on both pages is no other way to write a number of one of them
                words_there, words_here = words_there - words_here, words_here - words_there
            spared = _without_words(first, words_here), _without_words(second, words_there)
            if not strict or len(first) != 1 or len(second) != 1 or not any(spared):  # one each: they mean each other
                first, second = spared
            first, second = _without_parts(first, second), _without_parts(second, first)
        if not strict:
            seen_here, seen_there = _unseen(first, pair.second, here), _unseen(second, pair.first, there)
            first, second = _without_hours(seen_here, second, seen_there), _without_hours(seen_there, first, seen_here)
        if first or second:
            found.append((there, here, tuple(first), tuple(second)))
    return tuple(found)


def _loosely(quantity: Quantity, *, strict: bool) -> str:
    """Say what numbers have in common that are one number, written in a way that one of the languages reads otherwise.

    The digits of a date with the name of its month leave the month out, and "1.500" is one and a half in one language
    and fifteen hundred in another; so digits only count where they are all there is, or where nobody keeps the two in
    step. A percentage that is kept in step is more than its digits, too.
    """
    if quantity.kind == "date" and LETTERS.search(quantity.written):
        return quantity.value
    if strict and quantity.kind in {"number", "percentage"} and re.search(r"\d[.,]\d", quantity.written):
        return f"{quantity.kind} {quantity.value}"
    if strict and quantity.kind == "percentage":
        return f"{quantity.value}%"
    return digits(quantity.written)


def quantities_of(section: Section, language: str) -> list[Quantity]:
    """Give the numbers of a section that are written in figures."""
    return [quantity for text, line in texts_of(section) for quantity in quantities(text, line, language)]


def _without_outline(found: list[Quantity], section: Section) -> list[Quantity]:
    """Leave out the numbers of steps and headings ("2.1. Build it"), which follow from what stands before them."""
    numbers = {(match.group(1), line) for text, line in texts_of(section) if (match := OUTLINE.match(text))}
    return [quantity for quantity in found if (quantity.written, quantity.line) not in numbers] if numbers else found


@lru_cache(maxsize=256)
def number_words_of(section: Section, language: str) -> tuple[tuple[int, int, str, str, int], ...]:
    """Give value, position, word, text and first line of every number word of a section."""
    return tuple(
        (value, position, word, text, line)
        for text, line in texts_of(section)
        for value, position, word in number_words(text, language)
    )


def _words(section: Section, language: str) -> Counter[str]:
    return Counter(str(value) for value, *_ in number_words_of(section, language))


def _cancel(
    first: list[Quantity], second: list[Quantity], of: Callable[[Quantity], object]
) -> tuple[list[Quantity], list[Quantity]]:
    left = Counter(of(quantity) for quantity in second)
    rest: list[Quantity] = []
    for quantity in first:
        if left[of(quantity)] > 0:
            left[of(quantity)] -= 1
        else:
            rest.append(quantity)
    taken = Counter(of(quantity) for quantity in second) - left
    other: list[Quantity] = []
    for quantity in second:
        if taken[of(quantity)] > 0:
            taken[of(quantity)] -= 1
        else:
            other.append(quantity)
    return rest, other


def _unseen(found: list[Quantity], page: Page, section: Section) -> list[Quantity]:
    """Leave out numbers that the other side has somewhere, in code or raw HTML, and those a language puts in words."""
    if not found:
        return found
    source = "\n".join(page.text.split("\n")[section.line - 1 : section.end])
    seen = {digits(number) for number in re.findall(r"\d+(?:[.,]\d+)*", source)}
    return [
        quantity
        for quantity in found
        if digits(quantity.written) not in seen
        and not _seen_in_parts(quantity, source)
        and not (quantity.kind == "percentage" and quantity.value in {"50", "100"})
        and not (quantity.kind == "number" and quantity.value in {"0.5", "1.5", "24", "100", "1000", "1000000"})
    ]


def _without_hours(found: list[Quantity], other: list[Quantity], left: list[Quantity]) -> list[Quantity]:
    """Leave out plain numbers that are a time of day of the other side, which was seen here: 16.00 for 4 PM."""
    times = [quantity for quantity in other if quantity.kind == "time" and quantity not in left]
    hours = {number for quantity in times for number in _hour_numbers(quantity)}
    return [quantity for quantity in found if quantity.kind != "number" or digits(quantity.written) not in hours]


def _hour_numbers(quantity: Quantity) -> set[str]:
    hour, minute = quantity.value.split(":")
    hours = {str(int(hour)), str(int(hour) % 12 or 12)}
    return {f"{number}{minute}" for number in hours} | (hours if minute == "00" else set())


def _seen_in_parts(quantity: Quantity, source: str) -> bool:
    """Tell whether a text has a time of day in a notation not known here (22 heures), or a date in code."""
    if quantity.kind == "time":
        hour, minute = (int(part) for part in quantity.value.split(":"))
        hours = f"0?(?:{hour}|{hour % 12 or 12})"
        behind = rf"\D{{1,3}}{minute:02}(?!\d)" if minute else r"(?!\d|[.,:]\d)(?!\s?h\s?\d)|\D{1,3}00(?!\d)"
        return re.search(rf"(?<!\d)(?<!\d[.,:]){hours}(?:{behind})", source) is not None
    if quantity.kind == "date":
        year, _, day = quantity.value.split("-")[-3:]
        return all(re.search(rf"(?<!\d)0?{int(part)}(?!\d)", source) for part in (year, day) if part.isdigit())
    return False


def _without_words(found: list[Quantity], spelt: Counter[str]) -> list[Quantity]:
    rest: list[Quantity] = []
    left = Counter(spelt)
    for quantity in found:
        if quantity.kind == "number" and left[quantity.value] > 0:
            left[quantity.value] -= 1
        else:
            rest.append(quantity)
    return rest


def _without_parts(found: list[Quantity], other: list[Quantity]) -> list[Quantity]:
    """Leave out dates and times whose digits stand on the other side as plain numbers, and those numbers."""
    left = Counter(part for quantity in other for part in _parts(quantity))
    mixed = {quantity.kind for quantity in (*found, *other)} & {"date", "time"}
    rest: list[Quantity] = []
    for quantity in found:
        parts = Counter(_parts(quantity))
        kinds = {two.kind for two in other}
        if mixed and kinds != {quantity.kind} and parts and parts <= left:
            left -= parts
        else:
            rest.append(quantity)
    return rest


def _parts(quantity: Quantity) -> list[str]:
    return [number.lstrip("0") or "0" for number in re.findall(r"\d+", quantity.written)]

"""Telephone numbers in words: found however they are typed, with whatever stands between their digits.

Digits that only look like digits, signs that look like hyphens and letters among the digits are ways to get a number
past a reviewer; to a reader they are a number to call.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG: Final = 7
_BETWEEN: Final = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\uff0d\u00b7\u2022\u2027_/*", "-")
)
_NUMBER: Final = re.compile(r"(?<![\w.,+-])\+?\d[\d\s().-]*\d(?![\w%]|[.,]\d)")
_ONE_BY_ONE: Final = re.compile(r"(?<![\w.,])\d(?:[,;:] ?\d){6,}(?![\w%])")
_WORD_DIGITS: Final = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"),
)
_IN_WORDS: Final = re.compile(
    rf"\b(?:{'|'.join(_WORD_DIGITS[:10])})(?:[ -](?:{'|'.join(_WORD_DIGITS[:10])})){{2,}}\b"
    rf"|\b(?:{'|'.join(_WORD_DIGITS[10:])})(?:[ -](?:{'|'.join(_WORD_DIGITS[10:])})){{2,}}\b",
    re.IGNORECASE,
)
"""Three digits or more, said one after the other with nothing between them."""
_SPELLED: Final = re.compile(r"(?<![\w.,+-])(?:0[89]\d\d|1[ -]?8\d\d)[ -]?[A-Z][A-Z-]{2,}\b")
_AFTER_CALL: Final = re.compile(
    r"\b(?:call|ring|dial|phone|bel|sms|app)\b[:,]?\s(?:(?:to|us|now|met|naar|ons|nu|dan|het nummer|the number)\s){0,2}"
    r"(\d{3,})(?![\w%]|[.,]\d)",
    re.IGNORECASE,
)
_PERIOD: Final = re.compile(r"(?:19|20)\d\d\D+(?:19|20)\d\d|\d{1,2}-\d{1,2}-(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d")
_ADDRESS: Final = re.compile(r"\w+://\S+|\b10\.\d{4,}/\S+")
_AMONG_DIGITS: Final = re.compile(
    r"(?<!\w)(?=\w*\d)(?:[\dlIO]*[lIO][\dlIO]*|[\d\u0370-\u052f]*[\u0370-\u052f][\d\u0370-\u052f]*)(?!\w)"
)
_DIGIT: Final = re.compile(r"\d")
_NO_ASCII: Final = re.compile(r"[^\x00-\x7f]")
_SHORTEST_DISGUISE: Final = 3


def digits_of(text: str) -> str:
    """Return the digits of a text."""
    return "".join(sign for sign in text if sign.isdecimal())


def typed_numbers(text: str) -> Iterator[tuple[str, int, bool]]:
    """Yield (number as typed, place in the text, whether that alone tells that it is a number to call)."""
    yield from _said_digits(text)
    if not _DIGIT.search(text):
        return
    certain: set[int] = set()
    plain = text
    if "://" in text or "10." in text:
        plain = _ADDRESS.sub(lambda match: " " * len(match[0]), text)
    plain = plain.translate(_BETWEEN)
    for match in _NUMBER.finditer(plain):
        typed = match[0].strip()
        sure = len(digits_of(typed)) >= LONG and "\n" not in match[0] and not _PERIOD.fullmatch(typed)
        certain.update(range(match.start(), match.end()) if sure else ())
        yield text[match.start() : match.end()].strip(), match.start(), sure
    for pattern in (_ONE_BY_ONE, _SPELLED):
        for match in pattern.finditer(plain):
            if pattern is _ONE_BY_ONE and _counts([int(digit) for digit in digits_of(match[0])]):
                continue
            certain.update(range(match.start(), match.end()))
            yield match[0], match.start(), True
    for match in _AFTER_CALL.finditer(plain):
        if match.start(1) not in certain:
            yield match[1], match.start(1), True


def _said_digits(text: str) -> Iterator[tuple[str, int, bool]]:
    """Yield digits that are written as words one after the other, as "one one two"."""
    for match in _IN_WORDS.finditer(text):
        if not _counts([_WORD_DIGITS.index(word.lower()) % 10 for word in match[0].replace("-", " ").split()]):
            yield match[0], match.start(), True


def _counts(digits: list[int]) -> bool:
    """Tell whether digits only count up or down, as an exercise does, so that nobody would call them."""
    steps = {two - one for one, two in pairwise(digits)}
    return steps in ({1}, {-1})


def disguised_digits(text: str) -> Iterator[tuple[str, int]]:
    """Yield (sign or word, place) of what looks like digits and is none; a power behind a letter is what it seems."""
    if not text.isascii():
        for match in _NO_ASCII.finditer(text):
            sign, place = match[0], match.start()
            power = sign in "\u00b2\u00b3" and place and text[place - 1].isalpha()
            if unicodedata.digit(sign, None) is not None and not power:
                yield sign, place
    for match in _AMONG_DIGITS.finditer(text) if _DIGIT.search(text) else ():
        if len(match[0]) >= _SHORTEST_DISGUISE:
            yield match[0], match.start()

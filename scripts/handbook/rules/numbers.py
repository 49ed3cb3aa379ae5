"""Numbers in running text, in a form in which two languages can be compared.

"8%", "8 %" and "8 procent" are one percentage; "1,500", "1.500" and "1 500" one number; "9 pm" and "21.00 uur" one
time; "5 October 2023" and "5 oktober 2023" one date. Each number keeps the text it was written as and its line.
Telephone numbers are told apart first, because their digits mean nothing as numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["phone", "date", "time", "percentage", "number"]

POINT_IS_DECIMAL = frozenset({"en", "zh", "ja", "ko", "th", "he", "hi", "ms", "ar", "fa", "ur", "bn", "ta", "sw"})
SPACE_GROUPS = frozenset(
    {"fr", "ru", "uk", "be", "bg", "pl", "cs", "sk", "sv", "fi", "nb", "nn", "no", "hu", "et", "lv", "lt"}
)
SPACED = re.compile(r"(?<![\d.,])(?<!\d[-x\u00d7])\d{1,3}(?: \d{3})+(?![\d])")
PLAIN = {0xFF05: "%", 0xFF0E: ".", 0x066A: "%", 0x066B: ".", 0x066C: ","} | {
    start + digit: str(digit) for start in (0xFF10, 0x0660, 0x06F0, 0x0966, 0x09E6) for digit in range(10)
}
"""Digits and signs of other scripts."""
ADDRESS = re.compile(
    r"\b(?:https?://|www\.|mailto:)\S+|\S{1,64}@\S{1,64}\.\w+"
    r"|(?<![\w.-])[\w-]{1,40}(?:\.[\w-]{1,40}){0,4}\.(?:md|html?|ya?ml|json|py|com|org|net)\b"
)
LISTED = re.compile(r"(?<![\d.,])(?:\d{4}(?:,\d{4})+|\d{1,2}(?:,\d{1,2}){2,})(?![\d.,])")
"""Years and small numbers in a row, without a space behind the comma."""
WORD_CHARACTERS = "A-Za-z\u00c0-\u024f_"
DIGIT = re.compile(r"\d")
LETTERS = re.compile(r"[^\W\d_]+")
DECADE = re.compile(r"\b\d{3}0s\b|['\u2019]\d0s?\b")
PHONE = re.compile(
    rf"(?<![{WORD_CHARACTERS}\d.,/#=-])"
    r"(?:\+\d{1,3}[\s.\-\u2010\u2011]?(?:\(0\)[\s.\-\u2010\u2011]?)?(?:\d[\s.\-\u2010\u2011]?){4,12}\d"
    r"|\(0\d{1,4}\)[\s.\-\u2010\u2011]?(?:\d[\s.\-\u2010\u2011]?){3,8}\d"
    r"|0\d{1,4}[\s\-\u2010\u2011](?:\d[\s\-\u2010\u2011]?){3,9}\d"
    r"|0[89]00[\s\-\u2010\u2011]?\d{4,7}"
    r"|0\d{8,10}"
    rf")(?![{WORD_CHARACTERS}\d%])"
)
ISO_DATE = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
EAST_ASIAN_DATE = re.compile(r"(\d{4})\s*[\u5e74\ub144]\s*(\d{1,2})\s*[\u6708\uc6d4]\s*(\d{1,2})\s*[\u65e5\uc77c]")
EAST_ASIAN = re.compile(r"(?<![\d.,])(\d+)\s*[만万萬]\s*(\d+)\s*([천千])?")
CLOCK = re.compile(
    r"(?<![\d.,:])([01]?\d|2[0-4])(?:(?P<sign>:|\s?h\s?)|\.)([0-5]\d)(?!\d|[:.,]\d)"
    r"(?P<unit>\s*(?:uur\b|u\b|h\b|Uhr\b|[ap]\.?m\b\.?|hours\b|o.clock)"
    r"|(?=\s*(?:tot|en|to|and|bis|à|-|\u2013)\s*\d{1,2}[.:]\d{2}\s*(?:uur|Uhr|h\b|[ap]\.?m)))?",
    re.IGNORECASE,
)
HOUR = re.compile(r"(?<![\d.,:])([01]?\d|2[0-4])\s*(?P<unit>[ap]\.?m\b\.?|uur\b|Uhr\b|o.clock\b)", re.IGNORECASE)
NUMBER = re.compile(
    rf"(?<![{WORD_CHARACTERS}\d])(?<!\d[.,])(?P<sign>[-\u2212](?=\d))?"
    r"(?P<digits>\d{1,3}(?:\.\d{1,3}){3}(?!\d|\.\d)|\d{1,3}(?:[.,'\u2019\u00a0\u202f\u2009]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)*|(?<!\S)\.\d+)"
    r"(?P<factor>\s?(?:k|K|M)(?![A-Za-z])|\s*(?:thousand|duizend|tausend|mille|mil|million|millions|miljoen|"
    r"Millionen|millones|billion|miljard|Milliarden|milliards|miliardi|milhões|milioni|tys\.|万|萬|千|百万|億|亿|만|천|억|هزار|میلیون|ألف|مليون)(?![A-Za-z]))?"
    r"(?P<percent>\s*(?:%|\u2030|procent\b|percent\b|per\s?cent\b|Prozent\b|pour\s?cent\b|por\s?ciento\b|"
    r"por\s?cento\b|per\s?cento\b))?",
    re.IGNORECASE,
)
PERCENTAGE_NEXT = re.compile(
    r"\s?(?:-|\u2013|\bto\b|\band\b|\bor\b|\btot\b|\ben\b|\bof\b|\bbis\b|\bund\b|\bà\b|\bet\b|\by\b|\be\b)\s?"
    r"\d+(?:[.,]\d+)?\s?(?:%|procent\b|percent\b|per cent\b|Prozent\b|pour ?cent\b|por ?ciento\b|per ?cento\b)",
    re.IGNORECASE,
)
"""What follows the first number of a range of percentages: "6 to 14%" are two."""
ABBREVIATING = frozenset({"en", "nl", "de"})
"""Languages whose short month names are not also everyday words (Czech "pro" is December, and "for")."""
MONTH_OF_YEAR = re.compile(r"\b(?P<month>[^\W\d_]{3,})\s(?P<year>(?:19|20)\d\d)\b")
VERBS = frozenset({"may", "march", "mar"})
DURATION = frozenset({"uur"})
WORDS: dict[str, dict[str, int]] = {
    language: {word: number for number, names in enumerate(text.split()) for word in names.split("/")}
    for language, text in {
        "en": "zero one/once/first two/twice/second/both three/third four/fourth five/fifth six/sixth seven/seventh "
        "eight/eighth nine/ninth ten/tenth eleven twelve/dozen thirteen fourteen fifteen sixteen seventeen eighteen "
        "nineteen twenty",
        "nl": "nul een/één/eerste/eenmaal twee/tweede/beide/tweemaal drie/derde vier/vierde vijf/vijfde zes/zesde "
        "zeven/zevende acht/achtste negen/negende tien/tiende elf twaalf dertien veertien vijftien zestien zeventien "
        "achttien negentien twintig",
        "de": "null ein/eine/einen/einem/einer/eins/erste/ersten zwei/zweite/zweiten/beide/beiden drei/dritte "
        "vier/vierte "
        "fünf/fünfte sechs/sechste sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn",
        "fr": "zéro un/une/premier/première deux/deuxième/seconde trois/troisième quatre/quatrième "
        "cinq/cinquième six sept "
        "huit neuf dix onze douze treize quatorze quinze",
        "es": "cero un/una/uno/primer/primera/primero dos/segundo/segunda/ambos tres/tercer/tercera cuatro/cuarto "
        "cinco/quinto seis siete ocho nueve diez once doce trece catorce quince",
        "pt": "zero um/uma/primeiro/primeira dois/duas/segundo/segunda três/terceiro/terceira "
        "quatro/quarto cinco/quinto "
        "seis sete oito nove dez onze doze treze quatorze/catorze quinze",
        "it": "zero un/uno/una/primo/prima due/secondo/seconda/entrambi tre/terzo/terza "
        "quattro/quarto cinque/quinto sei "
        "sette otto nove dieci undici dodici tredici quattordici quindici",
    }.items()
}
TENS = {
    "en": ("thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
    "nl": ("dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"),
}
for _language, _tens in TENS.items():
    WORDS[_language] |= {word: 10 * number for number, word in enumerate(_tens, 3)}
SCALE = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}
SCALES = re.compile(r"\s+(hundred|thousand|million)\b", re.IGNORECASE)
CHARACTERS = {character: number for number, character in enumerate("零一二三四五六七八九")} | {"两": 2, "兩": 2}
PLACES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "萬": 10_000, "億": 100_000_000, "亿": 100_000_000}
SPELT = re.compile(f"[{''.join((*CHARACTERS, *PLACES))}]+")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as it was written, and what it means."""

    kind: Kind
    value: str
    written: str
    line: int


def quantities(text: str, line: int, language: str) -> list[Quantity]:
    """Find every number in a text that begins on a line, in reading order."""
    if not DIGIT.search(text):
        return []
    text = DECADE.sub(_blank, ADDRESS.sub(_blank, text.translate(PLAIN)))
    if language.replace("_", "-").split("-")[0] in SPACE_GROUPS:
        text = SPACED.sub(lambda match: match.group(0).replace(" ", "\u00a0"), text)
    found: list[tuple[int, Quantity]] = []

    def take(kind: Kind, match: re.Match[str], value: str) -> str:
        at = line + text.count("\n", 0, match.start())
        found.append((match.start(), Quantity(kind, value, " ".join(match.group(0).split()), at)))
        return _blank(match)

    text = PHONE.sub(lambda match: take("phone", match, _digits(match.group(0))), text)
    text = ISO_DATE.sub(lambda match: take("date", match, _date(*match.groups())), text)
    text = EAST_ASIAN_DATE.sub(lambda match: take("date", match, _date(*match.groups())), text)
    text = EAST_ASIAN.sub(lambda match: take("number", match, _east_asian(match)), text)
    for pattern, order in _month_patterns(language):
        text = pattern.sub(lambda match, order=order: take("date", match, order(match)), text)  # type: ignore[misc]
    text = CLOCK.sub(
        lambda match: (
            take("time", match, _clock(match)) if match["sign"] or match["unit"] is not None else match.group(0)
        ),
        text,
    )
    text = HOUR.sub(
        lambda match: match.group(0) if match["unit"].lower() in DURATION else take("time", match, _hour(match)), text
    )
    text = LISTED.sub(lambda match: match.group(0).replace(",", " "), text)
    for match in NUMBER.finditer(text):
        written = match["digits"]
        if match["factor"] and re.fullmatch(r"\d{1,3}[.,]\d{3}", written):
            written = re.sub("[.,]", "", written)  # nobody writes thousandths of a million
        value = _times(canonical(written, language), match["factor"])
        share = match["percent"] or PERCENTAGE_NEXT.match(text, match.end())
        take("percentage" if share else "number", match, value)
    return [quantity for _, quantity in sorted(found, key=lambda pair: pair[0])]


FACTORS = {
    1_000: ["k", "thousand", "duizend", "tausend", "mille", "mil", "tys.", "千", "천", "هزار", "ألف"],
    10_000: ["万", "萬", "만"],
    1_000_000: [
        "m",
        *["million", "millions", "miljoen", "millionen", "millones", "milhões", "milioni", "百万", "میلیون", "مليون"],
    ],
    1_000_000_000: ["billion", "miljard", "milliarden", "milliards", "miliardi"],
    100_000_000: ["億", "亿", "억"],
}


def _times(value: str, factor: str | None) -> str:
    """Multiply by a word such as "million"."""
    word = (factor or "").strip().lower()
    by = next((number for number, names in FACTORS.items() if word in names), 0) if word else 0
    try:
        return canonical(f"{float(value) * by:.4f}", "en") if by else value
    except ValueError:
        return value


def _east_asian(match: re.Match[str]) -> str:
    """Add up ten thousands and what follows: 17만 5천 is 175,000."""
    rest = int(match.group(2)) * (1_000 if match.group(3) else 1)
    return str(int(match.group(1)) * 10_000 + rest)


def _blank(match: re.Match[str]) -> str:
    return "".join("\n" if character == "\n" else " " for character in match.group(0))


def _digits(text: str) -> str:
    plus = "+" if text.lstrip().startswith("+") else ""
    return plus + "".join(character for character in text.replace("(0)", "") if character.isdigit())


def _date(year: str, month: str, day: str) -> str:
    return f"{year or '----'}-{int(month):02}-{int(day):02}"


def _clock(match: re.Match[str]) -> str:
    return _minutes(int(match.group(1)), int(match.group(3)), match["unit"])


def _hour(match: re.Match[str]) -> str:
    return _minutes(int(match.group(1)), 0, match["unit"])


def _minutes(hours: int, minutes: int, unit: str | None) -> str:
    half = (unit or "").lower().strip().replace(".", "")
    if half == "pm" and hours < 12:
        hours += 12
    elif half == "am" and hours == 12:
        hours = 0
    return f"{hours % 24:02}:{minutes:02}"


def canonical(digits: str, language: str) -> str:
    """Write a number with a decimal point and no thousands separators."""
    short = language.replace("_", "-").split("-")[0]
    point = "." if short in POINT_IS_DECIMAL else ","
    group = "," if point == "." else "."
    plain = re.sub("['\u2019\u00a0\u202f\u2009]", "", digits)
    if plain.count(".") + plain.count(",") == 0:
        return plain.lstrip("0") or "0"
    if "." in plain and "," in plain:
        last = max(plain.rfind("."), plain.rfind(","))
        whole, part = re.sub("[.,]", "", plain[:last]), plain[last + 1 :]
        return f"{whole.lstrip('0') or '0'}.{part}".rstrip("0").rstrip(".")
    separator = "." if "." in plain else ","
    pieces = plain.split(separator)
    grouped = len(pieces[0]) <= 3 and all(len(piece) == 3 for piece in pieces[1:]) and pieces[0].strip("0") != ""
    if grouped and (separator == group or len(pieces) > 2):
        return "".join(pieces)
    if len(pieces) == 2:
        return f"{pieces[0].lstrip('0') or '0'}.{pieces[1]}".rstrip("0").rstrip(".")
    return plain


@lru_cache(maxsize=32)
def _month_patterns(language: str) -> tuple[tuple[re.Pattern[str], object], ...]:
    """Make patterns for day, month and year in words, in the order or orders the language uses."""
    months = _months(language)
    if not months:
        return ()
    names = "|".join(sorted((_month_name(name) for name in months), key=len, reverse=True))
    year = r"(?:,?\s+(?:de\s+)?(?P<year>\d{4}))?"
    day = r"(?<!\d)(?P<day>[0-3]?\d)(?:st|nd|rd|th|er|e|\.|º)?"
    first = re.compile(rf"{day}\s+(?:of\s+|de\s+)?(?P<month>{names})\b\.?{year}", re.IGNORECASE)
    second = re.compile(
        rf"\b(?P<month>{names})\.?\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?!\d|[.,]\d|:){year}", re.IGNORECASE
    )

    def order(match: re.Match[str]) -> str:
        return _date(match["year"] or "", str(months[match["month"].lower()]), match["day"])

    return ((first, order), (second, order)) if language.startswith("en") else ((first, order),)


def _month_name(name: str) -> str:
    """Write a month as a pattern. "May" and "March" are months with a capital letter only: in 1 may it is a verb."""
    return f"(?-i:{name.capitalize()}|{name.upper()})" if name in VERBS else re.escape(name)


def _months(language: str) -> dict[str, int]:
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - loads data; only needed where there are numbers

    try:
        locale = Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return {}
    names: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated") if language[:2] in ABBREVIATING else ("wide",):
            for number, name in locale.months[context][width].items():
                plain = name.lower().rstrip(".")
                if len(plain) >= 3 and not plain[0].isdigit() and plain.isalpha():
                    names.setdefault(plain, number)
    return names


def months_of_years(text: str, line: int, language: str) -> Iterator[Quantity]:
    """Give every month that stands before a year, as "October 2026"; its day, if it has one, does not matter here."""
    months = _months(language) if DIGIT.search(text) else {}
    for match in MONTH_OF_YEAR.finditer(text) if months else ():
        if number := months.get(match["month"].lower()):
            at = line + text.count("\n", 0, match.start())
            yield Quantity("date", f"{match['year']}-{number:02}", match.group(0), at)


def number_words(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    """Give value, position and word of every small number that is written as a word."""
    short = language.replace("_", "-").split("-")[0]
    words = WORDS.get(short, {})
    if words:
        for match in LETTERS.finditer(text):
            value = words.get(match.group(0).lower())
            if value is not None:
                many = SCALES.match(text, match.end()) if short == "en" else None
                yield value * SCALE[many.group(1).lower()] if many else value, match.start(), match.group(0)
    elif short in {"zh", "ja"}:
        for match in SPELT.finditer(text):
            yield _spelt_out(match.group(0)), match.start(), match.group(0)


def _spelt_out(characters: str) -> int:
    """Add up a number in Chinese characters: ten times ten thousand is a hundred thousand."""
    total = part = digit = 0
    for character in characters:
        if character in CHARACTERS:
            digit = CHARACTERS[character]
        elif PLACES[character] < 10_000:
            part += (digit or 1) * PLACES[character]
            digit = 0
        else:
            total += (part + digit or 1) * PLACES[character]
            part = digit = 0
    return total + part + digit

"""Whether two ways of writing a telephone number are the same number.

`phonenumbers` knows every country's numbering plan; it is asked only where the digits differ, and where it does not
know a number (a short helpline, a made-up one) the digits decide.
"""

from __future__ import annotations

from functools import lru_cache


def digits(text: str) -> str:
    """Give the digits of a number, without the `(0)` that is not dialled."""
    return "".join(character for character in text.replace("(0)", "") if character.isdigit())


@lru_cache(maxsize=1024)
def same_number(one: str, two: str, regions: tuple[str, ...] = ()) -> bool:
    """Compare two numbers as they are dialled from somewhere."""
    first, second = digits(one), digits(two)
    if first == second or first.removeprefix("00") == second.removeprefix("00"):
        return True
    if regions and _international(one, regions) & _international(two, regions):
        return True
    abroad = [text.strip().startswith(("+", "00")) for text in (one, two)]
    if abroad[0] == abroad[1]:
        return False
    # +31 20 … and 020 …: what follows the country code equals what follows the 0.
    national = (second if abroad[0] else first).removeprefix("0")
    full = (first if abroad[0] else second).removeprefix("00")
    return len(national) >= 4 and full.endswith(national) and 1 <= len(full) - len(national) <= 3


@lru_cache(maxsize=1024)
def _international(text: str, regions: tuple[str, ...]) -> frozenset[str]:
    import phonenumbers  # noqa: PLC0415 - only when digits differ

    found: set[str] = set()
    for region in regions:
        try:
            number = phonenumbers.parse(text, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_possible_number(number):
            found.add(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    return frozenset(found)

"""Characters: what stands in a text that nobody meant to put there, and nobody can see."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING

from handbook.model.finding import Mend, Severity
from handbook.model.page import Code, Paragraph, Table
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Page
    from handbook.model.project import Project

# Joiners and direction marks belong to some scripts and to emoji, so they only count between Latin letters.
INVISIBLE = re.compile(
    "[\u200b\u2060\ufeff\u00ad\u180b-\u180f\u2061-\u2064\u206a-\u206f\u115f\u1160\u3164\uffa0\u034f\u2028\u2029\u2800]"
    "|[\u17b4\u17b5\ufe00-\ufe0e\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e01ef]"
    "|(?<=[\x00-\u024f])\ufe0f|\u20e3"
)
DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
JOINER = re.compile(
    "(?<=[0-9A-Za-z\u00c0-\u024f])[\u200c-\u200f\u061c]|[\u200c-\u200f\u061c](?=[0-9A-Za-z\u00c0-\u024f])"
)
JOINED_SCRIPT = re.compile("[\u0590-\u0dff\ufb1d-\ufdff\ufe70-\ufefc]")
WRITTEN_ASIDE = re.compile("[\u200c-\u200f\u061c]")
UNSPACED_SCRIPT = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
VARIANT = re.compile(
    "[0-9#*]\ufe0f?\u20e3|(?<=[^\\w\\s])[\ufe0e\ufe0f]|\U0001f3f4[\U000e0020-\U000e007f]+"
    "|(?<=[\u3400-\u9fff\uf900-\ufaff])[\ufe00-\ufe02\U000e0100-\U000e01ef]"
)
"""A keycap, a sign shown as text or as a picture, the flag of a part of a country, a variant of a Chinese character."""
HYPHENATION = re.compile("(?<=\\w)\u00ad(?=\\w)")
"""A place at which a long word may be broken."""
CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f]")
SUSPECT = re.compile(f"{INVISIBLE.pattern}|{DIRECTION.pattern}|{JOINER.pattern}|{CONTROL.pattern}")
MERGE = re.compile(r"^(?:<{7}(?: .*)?|>{7}(?: .*)?|\|{7}(?: .*)?)$")
MIDDLE = re.compile(r"^={7}$")
MOJIBAKE = re.compile(
    "\u00c3[\u0080-\u00bf\u0152-\u2122]|\u00e2\u20ac[\u2122\u0153\u009d\u0152\u201c\u201d\u00a6\u2013\u0093\u0094]|\u00c2[\u00a0-\u00bf]|\u00ef\u00bf\u00bd"
)
WORD = re.compile(r"[^\W\d_]{2,}")
LOOKALIKE = re.compile("[\u0370-\u03ff\u0400-\u052f]")
LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
ON_PURPOSE = re.compile(
    "[\u0394\u03a9\u03b1-\u03b8\u03bb\u03bc\u03be\u03c0\u03c3\u03c4\u03c6-\u03c9][A-Za-z]{1,2}|[A-Z]{2,}[\u0430-\u044f]{1,3}"
)
"""A unit or a quantity (\u03bcs, \u0394t), or a foreign abbreviation with an ending of one's own language."""
REPLACEMENT = "\ufffd"


def _as_meant(line: str, *, strict: bool) -> str:
    """Take out of a line the unseen characters that its own writing asks for.

    Arabic and Indian scripts have joiners between a foreign word and its ending, and marks that keep a sign beside the
    word it belongs to; Thai and Khmer have spaces without width. Where nobody says that plain letters and figures are
    all there may be, the variants of signs count as meant (a keycap, a flag), and so do soft hyphens
    within a word and what is written as an entity.
    """
    if strict:
        return WRITTEN_ASIDE.sub("", unescape(line)) if JOINED_SCRIPT.search(line) else unescape(line)
    line = HYPHENATION.sub("", VARIANT.sub("", line))
    if UNSPACED_SCRIPT.search(line):
        line = line.replace("\u200b", "")
    return WRITTEN_ASIDE.sub("", line) if JOINED_SCRIPT.search(line) else line


def unseen_in(text: str) -> str:
    """Name the characters of a text that nobody can see, in words; nothing where there are none."""
    found = sorted({match.group(0) for match in SUSPECT.finditer(text)})
    return ", ".join(_name(character) for character in found)


@lru_cache(maxsize=256)
def _name(character: str) -> str:
    return unicodedata.name(character, f"character U+{ord(character):04X}").lower()


def _lines(page: Page) -> Iterator[tuple[int, str]]:
    yield from enumerate(page.text.split("\n"), 1)


def _code_lines(page: Page) -> set[int]:
    return {number for block in page.blocks if isinstance(block, Code) for number in range(block.line, block.end + 1)}


@rule(
    "TXT101",
    "merge-marker",
    Scope.PAGE,
    bad="<<<<<<< HEAD\nOne text\n=======\nAnother text\n>>>>>>> main",
    good="The text that was chosen",
    en=Text("Marks of an unfinished merge are left in a text.", "Readers see them, with both versions of the text."),
    nl=Text(
        "Er staan nog tekens van een niet afgemaakte samenvoeging in de tekst.",
        "Lezers zien ze, met beide versies van de tekst.",
    ),
)
def merge_marker(page: Page, _project: Project) -> Iterator[Hit]:
    """Report each mark; a row of equal signs only counts where it cannot underline a heading, or between two others."""
    if not any(mark in page.text for mark in ("<<<<<<<", ">>>>>>>", "|||||||", "=======")):
        return
    inside = False
    above = ""
    for number, line in _lines(page):
        if MERGE.match(line) or (MIDDLE.match(line) and (inside or not above.strip())):
            inside = not line.startswith(">")
            message = f'a mark of an unfinished merge is left here: "{line[:20]}"'
            yield Hit(page.path, number, message, "Choose one of the two texts and remove the marks.")
        above = line


@rule(
    "TXT102",
    "invisible-character",
    Scope.PAGE,
    mends=True,
    bad="0800\u200b-0113 (with an invisible space)",
    good="0800-0113",
    en=Text(
        "A text holds a character that cannot be seen.",
        "A number cannot be copied, a word cannot be found, or text runs the other way.",
    ),
    nl=Text(
        "Een tekst bevat een teken dat je niet kunt zien.",
        "Een nummer laat zich niet kopiëren, een woord is onvindbaar, of tekst loopt de andere kant op.",
    ),
)
def invisible_character(page: Page, project: Project) -> Iterator[Hit]:
    """Report each line with such characters outside code."""
    plain = page.text.isascii() and not CONTROL.search(page.text) and "&" not in page.text
    if plain or not SUSPECT.search(unescape(page.text)):
        return
    code = _code_lines(page)
    strict = project.settings.strict_parity
    for number, line in _lines(page):
        found = sorted({match.group(0) for match in SUSPECT.finditer(_as_meant(line, strict=strict))} - {"\t"})
        if not found or number in code:
            continue
        names = ", ".join(_name(character) for character in found)
        certain = found[0] if len(found) == 1 and found[0] in "\u200b\u2060\ufeff" else ""
        yield Hit(
            page.path,
            number,
            f"this line holds what cannot be seen: {names}",
            "Type the words on this line again.",
            mend=Mend(number, certain, "") if certain else None,
        )


@rule(
    "TXT103",
    "mixed-scripts-in-word",
    Scope.PAGE,
    bad="p\u0430ge (with a Cyrillic a)",
    good="page",
    en=Text(
        "A word mixes letters of two scripts that look alike.",
        "Search does not find it, and a screen reader spells it out.",
    ),
    nl=Text(
        "Een woord mengt letters van twee schriften die op elkaar lijken.",
        "Zoeken vindt het niet, en een schermlezer spelt het.",
    ),
)
def mixed_scripts_in_word(page: Page, _project: Project) -> Iterator[Hit]:
    """Report words with Latin letters among Greek or Cyrillic ones, or the reverse."""
    if page.text.isascii() or not LOOKALIKE.search(page.text):
        return
    for block in page.blocks:
        if not isinstance(block, Paragraph | Table) or not LOOKALIKE.search(block.text):
            continue
        for match in WORD.finditer(block.text):
            word = match.group(0)
            strange, latin = LOOKALIKE.findall(word), LATIN.findall(word)
            if strange and latin and _lookalikes(strange, latin) and not ON_PURPOSE.fullmatch(word):
                line = block.line + block.text.count("\n", 0, match.start())
                names = ", ".join(_name(character) for character in sorted(set(strange))[:3])
                yield Hit(page.path, line, f'the word "{word}" mixes two scripts: {names}', "Type the word again.")


CONFUSABLE = frozenset(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0501\u051b\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0423\u0406\u0408\u0405\u03bf\u03bd\u03b9\u03ba\u03c1\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7"
)
CONFUSED = frozenset("aeopcyxijshdqABEKMHOPCTXYIJSZNovikp")


def _lookalikes(strange: list[str], latin: list[str]) -> bool:
    """Tell a look-alike slipped into a word from an ending or prefix joined to a foreign word (as in `PDF-файл`)."""
    return all(letter in CONFUSABLE for letter in strange) or all(letter in CONFUSED for letter in latin)


@rule(
    "TXT104",
    "garbled-characters",
    Scope.PAGE,
    around=True,
    bad="geÃ¯nteresseerd, itâ€™s",
    good="geïnteresseerd, it’s",
    en=Text(
        "Letters with accents or quotation marks were garbled when a text was copied.",
        "Readers see nonsense in the middle of a word.",
    ),
    nl=Text(
        "Letters met accenten of aanhalingstekens zijn bij het kopiëren verminkt.",
        "Lezers zien onzin midden in een woord.",
    ),
)
def garbled_characters(page: Page, project: Project) -> Iterator[Hit]:
    """Report UTF-8 that was once read as Windows-1252, and replacement characters."""
    if page.text.isascii() or any(one.path == page.path and one.kind == "not-utf-8" for one in project.problems):
        return
    if not MOJIBAKE.search(page.text) and REPLACEMENT not in page.text:
        return
    code = _code_lines(page)
    for number, line in _lines(page):
        match = MOJIBAKE.search(line)
        found = match.group(0) if match else REPLACEMENT if REPLACEMENT in line else ""
        if found and number not in code:
            yield Hit(page.path, number, f'garbled characters: "{found}"', "Type the word again, with its accents.")


@rule(
    "TXT105",
    "decomposed-characters",
    Scope.PAGE,
    severity=Severity.WARNING,
    mends=True,
    bad="cafe\u0301 (an e and a loose accent)",
    good="café",
    en=Text("Accents stand as characters of their own.", "The word looks right, but search does not find it."),
    nl=Text("Accenten staan als losse tekens in de tekst.", "Het woord ziet er goed uit, maar zoeken vindt het niet."),
)
def decomposed_characters(page: Page, _project: Project) -> Iterator[Hit]:
    """Report lines that Unicode normalisation changes in a Latin word."""
    if page.text.isascii() or not re.search("[A-Za-z][\u0300-\u0328]", page.text):
        return
    for number, line in _lines(page):
        if re.search("[A-Za-z][\u0300-\u0328]", line):
            whole = unicodedata.normalize("NFC", line)
            if whole != line:
                hint = "Type the word again, or run this check with --fix."
                yield Hit(
                    page.path, number, "accents on this line are loose characters", hint, mend=Mend(number, line, whole)
                )

"""Parity of wording: numbers, emphasis on warnings, terms, lengths, and text left in or copied from another language.

Numbers are compared section by section as sets of what they mean, so their order may follow the grammar of a language.
A number that the other side writes as a word counts as there.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from handbook.model.finding import Place, Severity
from handbook.model.page import HOLE, Callout, Paragraph, Quote, Table, walk
from handbook.rules.aligning import align
from handbook.rules.languages import short, suspicious, words, written_in
from handbook.rules.naming import language_name, listed
from handbook.rules.numbers import LETTERS, Quantity, number_words, quantities
from handbook.rules.phones import digits, same_number
from handbook.rules.registry import Hit, Scope, Text, rule
from handbook.rules.throughout import compared, differ_throughout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from handbook.model.page import Page, Section
    from handbook.model.project import Pair, Project

MISSING = "Add what is missing here, or remove it there."
MANY = 3
"""More missing numbers than this in one section are one finding: a sentence or a list is missing, not a number."""
WORDS = re.compile(r"\w+")
DENSE = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
SPARSE = re.compile(r"[^\W\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f]+")
"""Scripts that write no spaces between words, and everything else."""
SMALL = 12
"""Up to here a number may be a word, an article or a turn of phrase in another language."""
CLOCK_WORDS = re.compile(
    r"\b(?:half|past|quarter|kwart|over|voor|to|halb|viertel)(?: (?:past|to|over|voor|nach|vor))?\s*$"
)
"""Before a number word these make a time of day, which languages count differently: half past eight is "half negen"."""
OUTLINE = re.compile(r"(\d+(?:\.\d+)+)(?:[.)\uff09\u3001]\s|\s(?=[^\W\da-z_]))")
SENTENCE_ENDS = frozenset(".!?:;…。！？：")
NO_PROSE = re.compile(r"[→▸│├└{}]|\w\.\w+\(|==|\s>\s|^\s*[$#`]|;\s*$|=\s*[\"'\[]")
CITATION_LIKE = re.compile(r"\bdoi\b|doi\.org|\bISBN\b|\bet al\b|https?://|©|\(c\)|\(\d{4}\)", re.IGNORECASE)


def _there(page: Page) -> str:
    return f"the {language_name(page.language)} page"


@lru_cache(maxsize=256)
def _texts(section: Section) -> tuple[tuple[str, int], ...]:
    """Give every text of a section with its first line."""
    return tuple(_each_text(section))


def _each_text(section: Section) -> Iterator[tuple[str, int]]:
    if section.heading is not None:
        yield section.heading.text, section.heading.line
    for block in walk(section.blocks):
        if isinstance(block, Paragraph) and not block.placeholder_only:
            yield block.text, block.line
        elif isinstance(block, Table):
            for row, line in zip((block.header, *block.rows), block.row_lines, strict=False):
                yield " \u2003 ".join(row), line
        elif isinstance(block, Callout) and block.title:
            yield block.title, block.line


@lru_cache(maxsize=4)
def _differences(
    pair: Pair, *, strict: bool
) -> tuple[tuple[Section, Section, tuple[Quantity, ...], tuple[Quantity, ...]], ...]:
    """Give, for each section, the numbers of either side that the other does not have."""
    found = []
    for there, here in align(pair).steady:
        first = _quantities(there, pair.first.language)
        second = _quantities(here, pair.second.language)
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
            if len(first) != 1 or len(second) != 1 or not any(spared):  # one number each: they mean each other
                first, second = spared
            first, second = _without_parts(first, second), _without_parts(second, first)
        if not strict:
            first, second = _unseen(first, pair.second, here), _unseen(second, pair.first, there)
        if first or second:
            found.append((there, here, tuple(first), tuple(second)))
    return tuple(found)


def _loosely(quantity: Quantity, *, strict: bool) -> str:
    """Say what numbers have in common that are one number, written in a way that one of the languages reads otherwise.

    The digits of a date with the name of its month leave the month out, and "1.500" is one and a half in one language
    and fifteen hundred in another; so digits only count where they are all there is, or where nobody keeps the two in
    step.
    """
    if quantity.kind == "date" and LETTERS.search(quantity.written):
        return quantity.value
    if strict and quantity.kind == "number" and re.search(r"\d[.,]\d", quantity.written):
        return f"{quantity.kind} {quantity.value}"
    return digits(quantity.written)


def _quantities(section: Section, language: str) -> list[Quantity]:
    return [quantity for text, line in _texts(section) for quantity in quantities(text, line, language)]


def _without_outline(found: list[Quantity], section: Section) -> list[Quantity]:
    """Leave out the numbers of steps and headings ("2.1. Build it"), which follow from what stands before them."""
    numbers = {(match.group(1), line) for text, line in _texts(section) if (match := OUTLINE.match(text))}
    return [quantity for quantity in found if (quantity.written, quantity.line) not in numbers] if numbers else found


@lru_cache(maxsize=256)
def _number_words(section: Section, language: str) -> tuple[tuple[int, int, str, str, int], ...]:
    """Give value, position, word, text and first line of every number word of a section."""
    return tuple(
        (value, position, word, text, line)
        for text, line in _texts(section)
        for value, position, word in number_words(text, language)
    )


def _words(section: Section, language: str) -> Counter[str]:
    return Counter(str(value) for value, *_ in _number_words(section, language))


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
        and not (quantity.kind == "percentage" and quantity.value in {"50", "100"})
        and not (quantity.kind == "number" and quantity.value in {"0.5", "1.5", "100", "1000", "1000000"})
    ]


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


def _number_hits(pair: Pair, project: Project, kind: str, noun: str) -> Iterator[Hit]:
    """Report leftovers of one kind: pairs first, then what one side lacks."""
    strict = project.settings.strict_parity
    if differ_throughout(pair, project):
        return
    for there, here, first, second in _differences(pair, strict=strict):
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
                message = f"{len(telling)} {noun}s of {_there(other)} are missing here: {written}"
                yield Hit(page.path, section.line, message, MISSING, Place(other.path, telling[0].line))
                continue
            for quantity in telling:
                message = f'the {noun} "{quantity.written}" of {_there(other)} is missing here'
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
    message = f'{noun} differs from {_there(pair.first)}: "{there.written}" there, "{here.written}" here'
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
            numbers = {quantity.value for quantity in (*_quantities(there, "en"), *_quantities(here, "en"))}
            if str(mine[0]) in numbers or str(theirs[0]) in numbers:
                continue
            message = f'number differs from {_there(pair.first)}: "{theirs[1]}" there, "{mine[1]}" here'
            hint = "Find out which of the two is right, and write it on both pages."
            yield Hit(pair.second.path, mine[2], message, hint, Place(pair.first.path, theirs[2]))


def _spelt(section: Section, language: str) -> list[tuple[int, str, int]]:
    return [
        (value, word, line + text.count("\n", 0, position))
        for value, position, word, text, line in _number_words(section, language)
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


@rule(
    "PAR206",
    "emphasis-lost-on-warning",
    Scope.PAIR,
    bad="**Stop** when it gets worse. / Stop als het erger wordt.",
    good="**Stop** when it gets worse. / **Stop** als het erger wordt.",
    en=Text(
        "Words of a warning are bold in one language only.",
        "What must not be missed stands out for part of the readers only.",
    ),
    nl=Text(
        "Woorden van een waarschuwing zijn maar in één taal vet.",
        "Wat niemand mag missen, valt maar voor een deel van de lezers op.",
    ),
)
def emphasis_lost_on_warning(pair: Pair, project: Project) -> Iterator[Hit]:
    """Compare the bold words in the warnings of each section."""
    kinds = project.settings.vocabulary.warning_callouts
    for there, here in compared(pair, project):
        first = [
            mark for mark in pair.first.within(there, pair.first.emphases) if mark.strong and mark.callout in kinds
        ]
        second = [
            mark for mark in pair.second.within(here, pair.second.emphases) if mark.strong and mark.callout in kinds
        ]
        if len(first) == len(second) or (first and second and not project.settings.strict_parity):
            continue
        fewer, more, page, other = (
            (second, first, pair.second, pair.first)
            if len(second) < len(first)
            else (first, second, pair.first, pair.second)
        )
        mark = more[len(fewer)]
        section = here if page is pair.second else there
        line = next(
            (block.line for block in walk(section.blocks) if isinstance(block, Callout) and block.kind in kinds),
            section.line,
        )
        message = f'"{mark.text}" is bold in the warning on {_there(other)}, and nothing is bold here for it'
        yield Hit(page.path, line, message, "Make the same words bold on both pages.", Place(other.path, mark.line))


@rule(
    "PAR207",
    "term-differs",
    Scope.PAIR,
    needs=lambda project: "" if project.settings.vocabulary.schemes else "this project has no link schemes of its own",
    bad="[alliance](term:alliance) / de samenwerking",
    good="[alliance](term:alliance) / de [samenwerking](term:alliance)",
    en=Text(
        "A word of the glossary is explained in one language only.", "Part of the readers does not learn what it means."
    ),
    nl=Text(
        "Een woord uit de woordenlijst wordt maar in één taal uitgelegd.",
        "Een deel van de lezers hoort niet wat het betekent.",
    ),
)
def term_differs(pair: Pair, project: Project) -> Iterator[Hit]:
    """Compare the targets with the project's own schemes over the page."""
    schemes = tuple(f"{scheme}:" for scheme in project.settings.vocabulary.schemes)
    first = {link.target: link for link in reversed(pair.first.links) if link.target.startswith(schemes)}
    second = {link.target: link for link in reversed(pair.second.links) if link.target.startswith(schemes)}
    for page, mine, other, theirs in (
        (pair.second, second, pair.first, first),
        (pair.first, first, pair.second, second),
    ):
        for target in sorted(theirs.keys() - mine.keys()):
            link = theirs[target]
            message = f'the term "{target}" is explained on {_there(other)} and not here'
            hint = f"Link the word here, too: [word]({target})."
            yield Hit(page.path, _twin_line(page, other, link.line), message, hint, Place(other.path, link.line))


def _twin_line(page: Page, other: Page, line: int) -> int:
    """Find the line on a page of the section that holds a line of the other page."""
    section = next((section for section in other.all_sections if section.line <= line <= section.end), None)
    twin = page.section(section.id) if section and section.id else None
    return twin.line if twin else 1


# --- Length ----------------------------------------------------------------------------------------------------------


def _size(section: Section) -> float:
    """Count words; two characters of a script without spaces count as one."""
    total = 0.0
    for text, _ in _texts(section):
        if text.isascii() or not DENSE.search(text):
            total += len(WORDS.findall(text))
        else:
            total += len(DENSE.findall(text)) / 2 + len(SPARSE.findall(text))
    return total


@lru_cache(maxsize=16)
def _usual_ratio(project: Project, first: str, second: str) -> float:
    """Learn from the project itself how much longer one language is than another."""
    ratios = []
    for versions in project.by_key.values():
        if first in versions and second in versions:
            sizes = [sum(_size(section) for section in versions[language].all_sections) for language in (first, second)]
            if min(sizes) >= 60:
                ratios.append(sizes[1] / sizes[0])
    return median(ratios) if len(ratios) >= 5 else 1.0


@rule(
    "PAR208",
    "section-length-differs",
    Scope.PAIR,
    around=True,
    severity=Severity.WARNING,
    en=Text(
        "A section is much shorter than in the other language.",
        "Something was left out, or added on one side only.",
        "120 words here, 40 there",
        "about as much on both pages",
    ),
    nl=Text(
        "Een onderdeel is veel korter dan in de andere taal.",
        "Er is iets weggelaten, of maar aan één kant toegevoegd.",
        "hier 120 woorden, daar 40",
        "op beide pagina's ongeveer evenveel",
    ),
)
def section_length_differs(pair: Pair, project: Project) -> Iterator[Hit]:
    """Compare sizes of sections with the usual proportion of the two languages."""
    strict = project.settings.strict_parity
    least, bound = (30, 1.75) if strict else (60, 2.5)
    ratio = _usual_ratio(project, pair.first.language, pair.second.language)
    for there, here in compared(pair, project):
        first, second = _size(there), _size(here)
        usual = min(
            (ratio, 1.0), key=lambda factor: abs(first * factor - second)
        )  # lists of names do not change length
        first *= usual
        if max(first, second) < least or max(first, second) <= bound * min(first, second):
            continue
        page, other, section, twin = (
            (pair.second, pair.first, here, there) if second < first else (pair.first, pair.second, there, here)
        )
        name = f'the section "{section.heading.text}"' if section.heading else "the opening"
        sizes = f"{round(_size(section))} words here, {round(_size(twin))} there"
        message = f"{name} is much shorter than on {_there(other)}: {sizes}"
        yield Hit(
            page.path,
            section.line,
            message,
            "See what is missing here, or superfluous there.",
            Place(other.path, twin.line),
        )


# --- Text in the wrong language --------------------------------------------------------------------------------------


def _paragraphs(page: Page) -> Iterator[Paragraph]:
    for block in page.blocks:
        if isinstance(block, Paragraph) and not block.placeholder_only:
            yield block


def _examples(page: Page) -> set[Paragraph]:
    """Give the paragraphs of quotations that the text before them announces: what somebody types or sees somewhere."""
    found: set[Paragraph] = set()
    for section in page.all_sections:
        for before, block in pairwise(section.blocks):
            if (
                isinstance(block, Quote)
                and isinstance(before, Paragraph)
                and before.text.rstrip()[-1:] in {":", "\uff1a"}
            ):
                found.update(inner for inner in walk((block,)) if isinstance(inner, Paragraph))
    return found


def _normal(text: str) -> str:
    return " ".join(text.replace(HOLE, " ").split())


@lru_cache(maxsize=4)
def _copied(pair: Pair) -> tuple[tuple[Paragraph, Paragraph], ...]:
    """Find paragraphs that stand word for word on both pages and are prose in the language of one of them."""
    there = {_normal(paragraph.text): paragraph for paragraph in _paragraphs(pair.first)}
    found = []
    for paragraph in _paragraphs(pair.second):
        text = _normal(paragraph.text)
        twin = there.get(text)
        if (
            twin is not None
            and not _mostly_link(pair.second, paragraph)
            and len(words(text)) >= 6
            and not CITATION_LIKE.search(text)
            and _prose(text)
        ):
            language, sure = written_in(text, (pair.first.language, pair.second.language))
            if sure >= 0.8 and language in {short(pair.first.language), short(pair.second.language)}:
                found.append((twin, paragraph))
    return tuple(found)


def _prose(text: str) -> bool:
    """Tell a sentence from a name, a menu, a title or code: it ends as one, and most of its words begin small."""
    if text.rstrip("\"'”’»)*_")[-1:] not in SENTENCE_ENDS or NO_PROSE.search(text):
        return False
    letters = LETTERS.findall(text)
    return sum(1 for word in letters if not word[0].isupper()) * 2 >= len(letters)


def _untranslated(pair: Pair) -> bool:
    """Tell whether most of the page is the other page."""
    copied = len(_copied(pair))
    if copied < 3:
        return False
    sizable = sum(1 for paragraph in _paragraphs(pair.second) if len(words(paragraph.text)) >= 6)
    return copied * 2 > sizable


@rule(
    "PAR211",
    "page-not-translated",
    Scope.PAIR,
    en=Text(
        "Most of a page is a copy of the page in the other language.",
        "Readers of one language meet a page they may not understand.",
        "docs/nl/x.md holds the English text",
        "docs/nl/x.md holds a Dutch text",
    ),
    nl=Text(
        "Een pagina is grotendeels een kopie van de pagina in de andere taal.",
        "Lezers van één taal krijgen een pagina die ze misschien niet begrijpen.",
        "docs/nl/x.md bevat de Engelse tekst",
        "docs/nl/x.md bevat een Nederlandse tekst",
    ),
)
def page_not_translated(pair: Pair, _project: Project) -> Iterator[Hit]:
    """Report one finding for such a page."""
    if not _untranslated(pair):
        return
    twin, paragraph = _copied(pair)[0]
    language, _ = written_in(_normal(paragraph.text), (pair.first.language, pair.second.language))
    here, there = (pair.first, pair.second) if language == short(pair.second.language) else (pair.second, pair.first)
    line, other = (twin.line, paragraph.line) if here is pair.first else (paragraph.line, twin.line)
    message = f"most of this page is in {language_name(there.language)}, word for word as on {_there(there)}"
    yield Hit(here.path, line, message, f"Translate it into {language_name(here.language)}.", Place(there.path, other))


@rule(
    "PAR210",
    "paragraph-copied",
    Scope.PAIR,
    en=Text(
        "A paragraph is the same, word for word, in both languages.",
        "It was copied and not translated.",
        "This helps many people. / This helps many people.",
        "This helps many people. / Dit helpt veel mensen.",
    ),
    nl=Text(
        "Een alinea is in beide talen woord voor woord gelijk.",
        "Ze is gekopieerd en niet vertaald.",
        "This helps many people. / This helps many people.",
        "This helps many people. / Dit helpt veel mensen.",
    ),
)
def paragraph_copied(pair: Pair, project: Project) -> Iterator[Hit]:
    """Report copied prose on the page whose language it is not."""
    if _untranslated(pair):
        return
    quoted = set() if project.settings.strict_parity else _examples(pair.first) | _examples(pair.second)
    for twin, paragraph in _copied(pair):
        if paragraph in quoted or twin in quoted:
            continue
        text = _normal(paragraph.text)
        language, _ = written_in(text, (pair.first.language, pair.second.language))
        here, line, there, other = (pair.second, paragraph.line, pair.first, twin.line)
        if language == short(pair.second.language):
            here, line, there, other = (pair.first, twin.line, pair.second, paragraph.line)
        name = language_name(there.language)
        message = f'this paragraph is in {name}, word for word as on {_there(there)}: "{_begin(text)}"'
        yield Hit(
            here.path, line, message, f"Translate it into {language_name(here.language)}.", Place(there.path, other)
        )


def _mostly_link(page: Page, paragraph: Paragraph) -> bool:
    """Tell whether a paragraph is the name of something elsewhere, which keeps its own language."""
    first = bisect_left(page.links, paragraph.line, key=lambda link: link.line)
    linked = 0
    for link in page.links[first:]:
        if link.line > paragraph.end:
            break
        linked += len(link.text)
    return linked * 2 >= len(paragraph.text)


def _points(page: Page, paragraph: Paragraph, project: Project) -> bool:
    """Tell whether a paragraph sends readers of the other language to their own pages."""
    names = {name for language in project.languages for name in (language.name, language_name(language.locale))}
    return _mostly_link(page, paragraph) or (
        len(words(paragraph.text)) < 12 and any(name in paragraph.text for name in names)
    )


def _begin(text: str) -> str:
    return text if len(text) <= 60 else text[:57].rsplit(" ", 1)[0] + " …"


@rule(
    "PAR209",
    "paragraph-in-other-language",
    Scope.PAIR,
    around=True,
    en=Text(
        "A paragraph is written in another language of the site.",
        "Readers who chose their language may not understand it.",
        "docs/nl/x.md: This helps many people.",
        "docs/nl/x.md: Dit helpt veel mensen.",
    ),
    nl=Text(
        "Een alinea is in een andere taal van de site geschreven.",
        "Lezers die hun taal kozen, begrijpen haar misschien niet.",
        "docs/nl/x.md: This helps many people.",
        "docs/nl/x.md: Dit helpt veel mensen.",
    ),
)
def paragraph_in_other_language(pair: Pair, project: Project) -> Iterator[Hit]:
    """Ask the language model about paragraphs whose words look like the other language."""
    if _untranslated(pair):
        return
    copied = {paragraph for both in _copied(pair) for paragraph in both}
    for page, other in ((pair.second, pair.first), (pair.first, pair.second)):
        if short(page.language) == short(other.language):
            continue
        for paragraph in _foreign_paragraphs(page, other, project):
            if paragraph in copied or _marked(page, paragraph, other.language) or _points(page, paragraph, project):
                continue
            text = _normal(paragraph.text)
            message = f'this paragraph is written in {language_name(other.language)}: "{_begin(text)}"'
            hint = f'Translate it into {language_name(page.language)}, or mark it with lang="{short(other.language)}".'
            yield Hit(page.path, paragraph.line, message, hint)


def _foreign_paragraphs(page: Page, other: Page, project: Project) -> Iterator[Paragraph]:
    quoted = set() if project.settings.strict_parity else _examples(page)
    for paragraph in _paragraphs(page):
        text = _normal(paragraph.text)
        if (
            paragraph in quoted
            or not suspicious(text, page.language, other.language, project)
            or CITATION_LIKE.search(text)
            or not _prose(text)
        ):
            continue
        language, sure = written_in(text, (page.language, other.language))
        if language == short(other.language) and sure >= 0.95:
            yield paragraph


def _marked(page: Page, paragraph: Paragraph, language: str) -> bool:
    """Tell whether a `lang` attribute in the paragraph, or around it, names the other language."""
    return any(
        short(element.attributes.get("lang") or "") == short(language)
        and element.line <= paragraph.end
        and (paragraph.line <= element.line or element.tag in {"div", "section", "blockquote", "article"})
        for element in page.html
    )

"""Telephone numbers: they stand among the helplines, and nowhere else."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborHTMLParser

from handbook.editorial.digits import digits_of, disguised_digits, typed_numbers
from handbook.editorial.entries import texts_of
from handbook.editorial.handbook_data import data_of, load_handbook_data, need
from handbook.editorial.prose import prose_of
from handbook.editorial.rules.data.places import shown, word_files
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.editorial.helplines import Helpline
    from handbook.model.page import Page
    from handbook.model.project import Project

_SHORTEST: Final = 3
_TIME_OR_YEAR: Final = re.compile(r"\d{1,2}[.:]\d\d|(?:19|20)\d\d")


@rule(
    "DAT301",
    "number-outside-data",
    Scope.PAGE,
    needs=need("helplines"),
    en=Text(
        "A telephone number is typed in a page.",
        "When a number changes it must change everywhere at once; so numbers stand in data/helplines.yml alone.",
        "Call 0800-0113.",
        "Call {{ phone nl-113 }}.",
    ),
    nl=Text(
        "Er staat een telefoonnummer in een pagina getypt.",
        "Als een nummer verandert, moet dat overal tegelijk; daarom staan nummers alleen in data/helplines.yml.",
        "Bel 0800-0113.",
        "Bel {{ phone nl-113 }}.",
    ),
)
def number_outside_data(page: Page, project: Project) -> Iterator[Hit]:
    """Look for known numbers, for long runs of digits, and for tel: links."""
    known = _known_numbers(project.root)
    for link in page.links:
        if link.target.lower().startswith(("tel:", "sms:")) and not digits_of(
            link.text
        ):  # else its text is found below
            name = known.get(digits_of(link.target), "nl-113")
            yield Hit(page.path, link.line, f"a telephone number is typed here: {link.target}", _instead(name))
    seen: set[str] = set()
    told: set[tuple[str, int]] = set()
    for text, line in (*prose_of(page), *_elsewhere(page, project)):
        for typed, place, sure in typed_numbers(text):
            digits = digits_of(typed)
            if (digits not in known and not sure) or (not line and digits in seen):
                continue
            seen.add(digits)
            at = line + text.count("\n", 0, place) if line else _line_of(page, typed)
            if (typed, at) not in told:
                told.add((typed, at))
                message = f'a telephone number is typed here: "{typed}"'
                yield Hit(page.path, at, message, _instead(known.get(digits, "…")))


@lru_cache(maxsize=2)
def _known_numbers(root: str) -> dict[str, str]:
    """Give the helpline of each number, by its digits."""
    helplines = load_handbook_data(root).helplines
    return {
        digits_of(contact.number): entry.id
        for entry in (helplines.entries if helplines else ())
        for contact in entry.contacts
        if contact.number
    }


def _elsewhere(page: Page, project: Project) -> tuple[tuple[str, int], ...]:
    """Give what readers see that is no prose, with line 0: the whole rendered page, code and raw HTML among it."""
    return _shown_by(project.fragments.get(page.path, ""))


@lru_cache(maxsize=2)
def _shown_by(html: str) -> tuple[tuple[str, int], ...]:
    tree = LexborHTMLParser(f"<body>{html}</body>")
    titles = [(node.attributes.get("title") or "", 0) for node in tree.css("[title]")]
    return (tree.body.text(separator=" ") if tree.body else "", 0), *titles


def _line_of(page: Page, typed: str) -> int:
    """Find the line on which something was typed; the first one of the text where it cannot be found."""
    lines = enumerate(page.text.split("\n"), 1)
    first = page.front_matter.end + 1
    return next((number for number, line in lines if number >= first and typed in line), first)


@rule(
    "DAT303",
    "digits-in-disguise",
    Scope.PAGE,
    needs=need("helplines"),
    en=Text(
        "Something looks like a digit and is none, or a letter stands among digits.",
        "It reads as a number to call, dials another one or none, and no check sees it.",
        "Call l13 (with a small L). Call １１３.",
        "Call {{ phone nl-113 }}.",
    ),
    nl=Text(
        "Iets lijkt op een cijfer en is het niet, of er staat een letter tussen cijfers.",
        "Het leest als een nummer om te bellen, belt een ander of geen, en geen controle ziet het.",
        "Bel l13 (met een kleine L). Bel １１３.",
        "Bel {{ phone nl-113 }}.",
    ),
)
def digits_in_disguise(page: Page, project: Project) -> Iterator[Hit]:
    """Look at all that readers see, once for each kind of sign."""
    seen: set[str] = set()
    for text, line in (*prose_of(page), *_elsewhere(page, project)):
        for typed, place in disguised_digits(text):
            if typed not in seen:
                seen.add(typed)
                at = line + text.count("\n", 0, place) if line else _line_of(page, typed)
                yield Hit(page.path, at, f'"{typed}" looks like a number and is none', "Type plain digits.")


@rule(
    "DAT302",
    "unknown-helpline",
    Scope.PAGE,
    needs=need("helplines"),
    en=Text(
        "A page names a helpline that does not exist.",
        "The reader would see the bare placeholder where a number should be.",
        "{{ phone nl-131 }}",
        "{{ phone nl-113 }}",
    ),
    nl=Text(
        "Een pagina noemt een hulplijn die niet bestaat.",
        "De lezer ziet dan de kale code waar een nummer moet staan.",
        "{{ phone nl-131 }}",
        "{{ phone nl-113 }}",
    ),
)
def unknown_helpline(page: Page, project: Project) -> Iterator[Hit]:
    """Look up the argument of every phone and helplines block."""
    helplines = data_of(project).helplines
    if helplines is None:
        return
    with_phone = sorted(entry.id for entry in helplines.entries if entry.phones)
    countries = sorted(group.id for group in helplines.countries)
    for block in page.placeholders:
        if block.name == "phone" and (len(block.arguments) != 1 or block.arguments[0] not in with_phone):
            message = f"there is no helpline with a phone number for {block.raw}"
            near = get_close_matches(" ".join(block.arguments), with_phone, 1, 0.7)
            hint = f"Did you mean {{{{ phone {near[0]} }}}}?" if near else f"Choose one of: {', '.join(with_phone)}."
            yield Hit(page.path, block.line, message, hint)
        if block.name == "helplines" and block.arguments and block.arguments[0] not in countries:
            yield Hit(
                page.path, block.line, f"there is no country for {block.raw}", f"Choose one of: {', '.join(countries)}."
            )


@rule(
    "DAT304",
    "number-outside-contacts",
    Scope.PROJECT,
    around=False,
    needs=need("helplines"),
    en=Text(
        "Words in a data file or of the interface name a telephone number that is not among the contacts there.",
        "A number to call stands under contacts alone, where it is compared with what is dialled.",
        'note: {en: "The number is now 0800 1234."}',
        'contacts: [{type: phone, number: "0800-0113", dial: "+318000113", cost: free}]',
    ),
    nl=Text(
        "Woorden in een gegevensbestand of van de bediening noemen een nummer dat daar niet bij de contacten staat.",
        "Een nummer om te bellen staat alleen onder contacts, waar het wordt vergeleken met wat er gebeld wordt.",
        'note: {nl: "Het nummer is nu 0800 1234."}',
        'contacts: [{type: phone, number: "0800-0113", dial: "+318000113", cost: free}]',
    ),
)
def number_outside_contacts(_project: Project, project: Project) -> Iterator[Hit]:
    """Compare the words of a helpline with the numbers of its country; elsewhere look for any number to call."""
    helplines = data_of(project).helplines
    hint = "Put the number under contacts in data/helplines.yml, or leave it out."
    for helpline in helplines.entries if helplines else ():
        known = {
            digits_of(contact.number)
            for other in (helplines.entries if helplines else ())
            if other.country == helpline.country or other.kind == "emergency"
            for contact in other.contacts
            if contact.number
        }
        for typed in dict.fromkeys(_numbers_in_words(helpline)):
            if digits_of(typed) not in known:
                yield Hit("data/helplines.yml", helpline.line, f'the words of {helpline.id} name "{typed}"', hint)
    for path in word_files(project):
        for line, _, text in texts_of(path):
            found = [typed for typed, _, sure in typed_numbers(text) if sure]
            for typed in (*found, *(one for one, _ in disguised_digits(text))):
                yield Hit(shown(path, project), line, f'a telephone number is typed here: "{typed}"', hint)


def _numbers_in_words(helpline: Helpline) -> Iterator[str]:
    """Yield what could be called among the words of a helpline: no times and no years."""
    said = (helpline.name, helpline.purpose, helpline.note, helpline.hours)
    hours = (contact.hours for contact in helpline.contacts)
    for text in (words for one in (*said, *hours) if one for words in one.words.values()):
        yield from (typed for typed, _ in disguised_digits(text))
        for typed, _, _ in typed_numbers(text):
            if len(digits_of(typed)) >= _SHORTEST and not _TIME_OR_YEAR.fullmatch(typed):
                yield typed


def _instead(name: str) -> str:
    return f"Write {{{{ phone {name} }}}}; a new number goes into data/helplines.yml first."

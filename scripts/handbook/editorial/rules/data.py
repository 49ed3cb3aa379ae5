"""Rules about the data files themselves, and about numbers that stand outside them."""

from __future__ import annotations

import datetime as dt
import os
import re
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborHTMLParser

from handbook.editorial.digits import digits_of, disguised_digits, typed_numbers
from handbook.editorial.entries import is_plain_address, language_mappings, problem_of, texts_of
from handbook.editorial.handbook_data import HOOK, data_of, is_handbook, load_handbook_data, need
from handbook.editorial.prose import prose_of
from handbook.model.finding import Severity
from handbook.reading.symbolic_links import symbolic_links
from handbook.rules.registry import Hit, Scope, Text, rule
from handbook.rules.text import unseen_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.editorial.helplines import Helpline
    from handbook.model.page import Page
    from handbook.model.project import Project

OLDEST_HELPLINE: Final = dt.timedelta(days=180)
_NEEDED: Final = tuple(
    f"data/{name}"
    for name in (
        "addresses.txt", "claims.yml", "debates.yml", "figures.yml", "glossary.yml", "helplines.yml", "readability.yml",
        "references.json", "wording.yml",
    )
)  # fmt: skip
_SHORTEST: Final = 3
_GAP: Final = re.compile(r"\{\w+\}")
_TIME_OR_YEAR: Final = re.compile(r"\d{1,2}[.:]\d\d|(?:19|20)\d\d")
_PUBLISHED: Final = frozenset({".md", ".png", ".jpg", ".jpeg", ".webp"})
_FIT: Final = re.compile(r"[A-Za-z0-9_-]{1,80}(/[A-Za-z0-9_-]{1,80})*\.[a-z]+")


@rule(
    "DAT101",
    "data-file-broken",
    Scope.PROJECT,
    around=False,
    needs=is_handbook,
    en=Text(
        "A file in data/ cannot be read as it should.",
        "Pages get their numbers, sources and words from these files.",
        "cost: gratis",
        "cost: free",
    ),
    nl=Text(
        "Een bestand in data/ kan niet worden gelezen zoals het hoort.",
        "Pagina's halen hun nummers, bronnen en woorden uit deze bestanden.",
        "cost: gratis",
        "cost: free",
    ),
)
def data_file_broken(_project: Project, project: Project) -> Iterator[Hit]:
    """Report the first mistake of each file."""
    known = {Path(error.path) for error in data_of(project).errors}
    others = [problem_of(path) for path in _word_files(project) if path.exists() and path not in known]
    for error in (*data_of(project).errors, *filter(None, others)):
        path = Path(error.path)
        shown = path.relative_to(project.root).as_posix() if path.is_relative_to(project.root) else path.as_posix()
        yield Hit(shown, error.line, error.message.rstrip("."), error.hint)
    root = Path(project.root)
    words = (f"overrides/strings/{language.locale}.yml" for language in project.languages)
    for needed in (*_NEEDED, *words) if (root / HOOK).is_file() else ():
        if not (root / needed).is_file():
            yield Hit(needed, 0, "this file is gone, and the checks that need it with it", "Put it back.")


@rule(
    "DAT102",
    "data-language-missing",
    Scope.PROJECT,
    around=False,
    needs=is_handbook,
    en=Text(
        "Something in data/ is said in one language of the site and not in another.",
        "Readers of that language would get words they may not know.",
        "name: {en: Doctor}",
        "name: {en: Doctor, nl: Huisarts}",
    ),
    nl=Text(
        "Iets in data/ staat er in één taal van de site en niet in een andere.",
        "Lezers van die taal krijgen dan woorden die ze misschien niet kennen.",
        "name: {en: Doctor}",
        "name: {en: Doctor, nl: Huisarts}",
    ),
)
def data_language_missing(_project: Project, project: Project) -> Iterator[Hit]:
    """Look at every mapping of a data file whose keys are languages."""
    wanted = {language.locale for language in project.languages}
    for path in sorted((Path(project.root) / "data").glob("*.yml")):
        for line, present in language_mappings(path):
            if missing := sorted(wanted - present):
                shown = path.relative_to(project.root).as_posix()
                yield Hit(shown, line, f"the words for {', '.join(missing)} are missing here", "Add them.")
    interface = {path: {key for _, key, _ in texts_of(path)} for path in _interface(project)}
    everything = set[str]().union(*interface.values())
    for path, keys in interface.items():
        if lacking := sorted(everything - keys):
            message = f"words are missing that another language has: {', '.join(lacking[:5])}"
            yield Hit(_shown(path, project), 0, message, "Add them.")


@rule(
    "DAT201",
    "helpline-outdated",
    Scope.PROJECT,
    severity=Severity.WARNING,
    needs=need("helplines"),
    en=Text(
        "A helpline was last checked more than 180 days ago.",
        "A number that changed is worse than none.",
        "checked: 2025-01-10",
        "checked: the day the service's own site was looked at",
    ),
    nl=Text(
        "Een hulplijn is meer dan 180 dagen geleden voor het laatst nagekeken.",
        "Een nummer dat niet meer klopt, is erger dan geen nummer.",
        "checked: 2025-01-10",
        "checked: de dag waarop de site van de dienst is bekeken",
    ),
)
def helpline_outdated(_project: Project, project: Project) -> Iterator[Hit]:
    """Compare each source's date with today."""
    data = data_of(project)
    for helpline in data.helplines.checked_before(data.today - OLDEST_HELPLINE) if data.helplines else ():
        if not any(contact.number for contact in helpline.contacts):
            continue
        when = f"on {helpline.checked.text}" if helpline.checked else "on a day that its source does not name"
        message = f'the helpline "{helpline.name["en"]}" was last checked {when}'
        hint = "Look at the service's own site, mend what changed, and put today's date under \"checked\"."
        yield Hit("data/helplines.yml", helpline.line, message, hint)


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
    for path in _word_files(project):
        for line, _, text in texts_of(path):
            found = [typed for typed, _, sure in typed_numbers(text) if sure]
            for typed in (*found, *(one for one, _ in disguised_digits(text))):
                yield Hit(_shown(path, project), line, f'a telephone number is typed here: "{typed}"', hint)


def _numbers_in_words(helpline: Helpline) -> Iterator[str]:
    """Yield what could be called among the words of a helpline: no times and no years."""
    said = (helpline.name, helpline.purpose, helpline.note, helpline.hours)
    hours = (contact.hours for contact in helpline.contacts)
    for text in (words for one in (*said, *hours) if one for words in one.words.values()):
        yield from (typed for typed, _ in disguised_digits(text))
        for typed, _, _ in typed_numbers(text):
            if len(digits_of(typed)) >= _SHORTEST and not _TIME_OR_YEAR.fullmatch(typed):
                yield typed


def _word_files(project: Project) -> list[Path]:
    """Name the files of words that readers see, but for the helplines, the sources and the limits of the checks."""
    root = Path(project.root)
    data = [root / "data" / f"{name}.yml" for name in ("claims", "debates", "figures", "glossary")]
    return [*data, *sorted((root / "data" / "search").glob("*.yml")), *_interface(project)]


def _interface(project: Project) -> list[Path]:
    return sorted((Path(project.root) / "overrides" / "strings").glob("*.yml"))


def _shown(path: Path, project: Project) -> str:
    return path.relative_to(project.root).as_posix()


@rule(
    "DAT103",
    "invisible-character-in-data",
    Scope.PROJECT,
    around=False,
    needs=is_handbook,
    en=Text(
        "Words in a data file or of the interface hold a character that cannot be seen.",
        "It can turn a number round, or hide what stands there from whoever reviews it.",
        'number: "0800\u202e3110"',
        'number: "0800-0113"',
    ),
    nl=Text(
        "Woorden in een gegevensbestand of van de bediening bevatten een teken dat je niet kunt zien.",
        "Het kan een nummer omdraaien, of verbergen wat er staat voor wie het nakijkt.",
        'number: "0800\u202e3110"',
        'number: "0800-0113"',
    ),
)
def invisible_character_in_data(_project: Project, project: Project) -> Iterator[Hit]:
    """Look at every text as it is after YAML or JSON has read it, so that an escape hides nothing."""
    data = Path(project.root) / "data"
    for path in [*sorted(data.rglob("*.yml")), data / "references.json", *_interface(project)]:
        for line, key, text in texts_of(path):
            if found := unseen_in(text):
                yield Hit(_shown(path, project), line, f'"{key}" holds what cannot be seen: {found}', "Type it again.")


@rule(
    "DAT104",
    "interface-address-strange",
    Scope.PROJECT,
    around=False,
    needs=is_handbook,
    en=Text(
        "An address among the words of the interface is no plain web address.",
        "The button that leads away from a page in a hurry would lead elsewhere, or nowhere.",
        "exit_url: javascript:history.back()",
        "exit_url: https://www.bbc.co.uk/weather",
    ),
    nl=Text(
        "Een adres bij de woorden van de bediening is geen gewoon webadres.",
        "De knop waarmee je een pagina snel verlaat, zou ergens anders heen leiden, of nergens.",
        "exit_url: javascript:history.back()",
        "exit_url: https://www.knmi.nl/",
    ),
)
def interface_address_strange(_project: Project, project: Project) -> Iterator[Hit]:
    """Look at every word whose key ends in `_url`."""
    for path in _interface(project):
        for line, key, text in texts_of(path):
            if key.endswith("_url") and not is_plain_address(text):
                message = f'"{key}" is "{text[:80]}", which is no plain web address'
                yield Hit(_shown(path, project), line, message, "Write an address that begins with https.")


@rule(
    "DAT106",
    "gap-differs-in-interface",
    Scope.PROJECT,
    around=False,
    needs=is_handbook,
    en=Text(
        "A word between curly brackets, which the site fills in, is not the same in the words of every language.",
        "Readers would see a sentence without its number or name, or the site could not be built.",
        'en: "{minutes} minutes" / nl: "{minuten} minuten"',
        'en: "{minutes} minutes" / nl: "{minutes} minuten"',
    ),
    nl=Text(
        "Een woord tussen accolades, dat de site invult, is niet in elke taal gelijk.",
        "Lezers zien dan een zin zonder het getal of de naam, of de site kan niet worden gemaakt.",
        'en: "{minutes} minutes" / nl: "{minuten} minuten"',
        'en: "{minutes} minutes" / nl: "{minutes} minuten"',
    ),
)
def gap_differs_in_interface(_project: Project, project: Project) -> Iterator[Hit]:
    """Compare the gaps of every text with those of the first language."""
    first, *others = (
        Path(project.root) / "overrides" / "strings" / f"{language.locale}.yml" for language in project.languages
    )
    gaps = {key: set(_GAP.findall(text)) for _, key, text in texts_of(first)}
    for path in others:
        for line, key, text in texts_of(path):
            if (mine := set(_GAP.findall(text))) != (theirs := gaps.get(key, mine)):
                wanted = ", ".join(sorted(theirs)) or "nothing between curly brackets"
                message = f'"{key}" has {", ".join(sorted(mine)) or "no gap"} here, and {wanted} in {first.name}'
                yield Hit(_shown(path, project), line, message, "Write the same words between the curly brackets.")


@rule(
    "DAT105",
    "file-not-published",
    Scope.PROJECT,
    needs=is_handbook,
    en=Text(
        "A file below docs/ is neither a page of a language nor a picture, or has a name that does not fit an address.",
        "Everything there is published as it is: a script or a whole page would be ours, checked by nobody.",
        "docs/en/helper.js, docs/en/page.html, docs/_redirects",
        "docs/en/needs/safety.md",
    ),
    nl=Text(
        "Een bestand onder docs/ is geen pagina van een taal en geen plaatje, of de naam past niet in een adres.",
        "Alles daar wordt gepubliceerd zoals het is: een script of hele pagina, door niemand nagekeken.",
        "docs/en/hulp.js, docs/en/pagina.html, docs/_redirects",
        "docs/nl/needs/safety.md",
    ),
)
def file_not_published(_project: Project, project: Project) -> Iterator[Hit]:
    """Look at the disk itself, because what is no page of a language is not read. A link is never followed."""
    root = Path(project.root)
    for link in symbolic_links(root):
        yield Hit(link, 0, "this is a symbolic link", "Put the file itself there.")
    languages = {language.locale for language in project.languages}
    docs = root / project.configuration.docs_dir
    for folder, _, names in os.walk(docs):
        for name in sorted(names):
            below = Path(folder, name).relative_to(docs)
            fits = below.suffix in _PUBLISHED and _FIT.fullmatch(below.as_posix())
            if not fits or below.parts[0] not in languages:
                hint = "Take it away, or name it in plain letters, digits and hyphens, in the folder of a language."
                shown = os.fsencode(docs.relative_to(root) / below).decode("utf-8", "replace")
                yield Hit(shown, 0, "a file of this kind or name is not published", hint)


def _instead(name: str) -> str:
    return f"Write {{{{ phone {name} }}}}; a new number goes into data/helplines.yml first."

"""Rules about the data files themselves, and about numbers that stand outside them."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from handbook.editorial.entries import language_mappings
from handbook.editorial.handbook_data import data_of, is_handbook, need
from handbook.editorial.prose import prose_of
from handbook.model.finding import Severity
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Page
    from handbook.model.project import Project

OLDEST_HELPLINE: Final = dt.timedelta(days=180)
_NUMBER: Final = re.compile(r"(?<![\w.,+-])\+?\d[\d\s().-]*\d(?![\w%]|[.,]\d)")
_LONG: Final = 7


@rule(
    "DAT101",
    "data-file-broken",
    Scope.PROJECT,
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
    for error in data_of(project).errors:
        path = Path(error.path)
        shown = path.relative_to(project.root).as_posix() if path.is_relative_to(project.root) else path.as_posix()
        yield Hit(shown, error.line, error.message.rstrip("."), error.hint)


@rule(
    "DAT102",
    "data-language-missing",
    Scope.PROJECT,
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
    helplines = data_of(project).helplines
    known = {
        _digits(contact.number): entry.id
        for entry in (helplines.entries if helplines else ())
        for contact in entry.contacts
        if contact.number
    }
    for link in page.links:
        if link.target.lower().startswith(("tel:", "sms:")):
            name = known.get(_digits(link.target), "nl-113")
            yield Hit(page.path, link.line, f"a telephone number is typed here: {link.target}", _instead(name))
    for text, line in prose_of(page):
        for match in _NUMBER.finditer(text):
            digits = _digits(match[0])
            if digits in known or (len(digits) >= _LONG and "\n" not in match[0]):
                name = known.get(digits, "…")
                at = line + text.count("\n", 0, match.start())
                yield Hit(page.path, at, f'a telephone number is typed here: "{match[0].strip()}"', _instead(name))


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
            yield Hit(page.path, block.line, message, f"Choose one of: {', '.join(with_phone)}.")
        if block.name == "helplines" and block.arguments and block.arguments[0] not in countries:
            yield Hit(
                page.path, block.line, f"there is no country for {block.raw}", f"Choose one of: {', '.join(countries)}."
            )


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdecimal())


def _instead(name: str) -> str:
    return f"Write {{{{ phone {name} }}}}; a new number goes into data/helplines.yml first."

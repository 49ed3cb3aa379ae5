"""Data files: whole, in both languages, up to date, and nothing published beside them."""

from __future__ import annotations

import datetime as dt
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from handbook.editorial.entries import keys_by_language, language_mappings, problem_of, texts_of
from handbook.editorial.handbook_data import HOOK, data_of, is_handbook, need
from handbook.editorial.rules.data.places import interface, shown, word_files
from handbook.model.finding import Severity
from handbook.reading.symbolic_links import symbolic_links
from handbook.rules.registry import Hit, Scope, Text, rule
from handbook.rules.text import unseen_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.project import Project

OLDEST_HELPLINE: Final = dt.timedelta(days=180)
_NEEDED: Final = tuple(
    f"data/{name}"
    for name in (
        "addresses.txt", "claims.yml", "debates.yml", "figures.yml", "glossary.yml", "helplines.yml", "readability.yml",
        "references.json", "wording.yml",
    )
)  # fmt: skip
_GAP: Final = re.compile(r"\{\w+\}")
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
    others = [problem_of(path) for path in word_files(project) if path.exists() and path not in known]
    for error in (*data_of(project).errors, *filter(None, others)):
        path = Path(error.path)
        named = path.relative_to(project.root).as_posix() if path.is_relative_to(project.root) else path.as_posix()
        yield Hit(named, error.line, error.message.rstrip("."), error.hint)
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
                named = path.relative_to(project.root).as_posix()
                yield Hit(named, line, f"the words for {', '.join(missing)} are missing here", "Add them.")
        for line, by_language in keys_by_language(path):
            for language, keys in by_language.items():
                if lacking := sorted(set[str]().union(*by_language.values()) - keys):
                    message = f"{language} lacks what another language has here: {', '.join(lacking)}"
                    yield Hit(shown(path, project), line, message, "Add it, or mend the name of the key.")
    words_of = {path: {key for _, key, _ in texts_of(path)} for path in interface(project)}
    everything = set[str]().union(*words_of.values())
    for path, keys in words_of.items():
        if lacking := sorted(everything - keys):
            message = f"words are missing that another language has: {', '.join(lacking[:5])}"
            yield Hit(shown(path, project), 0, message, "Add them.")


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
    for path in [*sorted(data.rglob("*.yml")), data / "references.json", *interface(project)]:
        for line, key, text in texts_of(path):
            if found := unseen_in(text):
                yield Hit(shown(path, project), line, f'"{key}" holds what cannot be seen: {found}', "Type it again.")


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
                yield Hit(shown(path, project), line, message, "Write the same words between the curly brackets.")


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
                named = os.fsencode(docs.relative_to(root) / below).decode("utf-8", "replace")
                yield Hit(named, 0, "a file of this kind or name is not published", hint)

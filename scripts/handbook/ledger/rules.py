"""Rules about the ledger: sections of which one language has moved on, and a ledger that cannot be trusted.

Which pages are so important that a section behind stops a publication stands in mkdocs.yml, under `extra`, as
`critical_pages`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from handbook.ledger.overview import Overview, PageState, make_overview, read_records
from handbook.ledger.state import SectionState, State
from handbook.ledger.store import has_ledger, ledger_path, recorded_paths
from handbook.ledger.versions import Version, languages_of, version_of_page
from handbook.ledger.words import TOP
from handbook.model.finding import Place, Severity
from handbook.rules.naming import language_name, language_names
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.project import Configuration, Project

_overviews: WeakKeyDictionary[Project, Overview] = WeakKeyDictionary()


def overview_of(project: Project) -> Overview:
    """Put the pages of a project beside its ledger; five rules look at the same overview."""
    if project not in _overviews:
        versions = [version_of_page(page) for page in project.pages if page.localized]
        records = read_records(Path(project.root), {version.key for version in versions})
        _overviews[project] = make_overview(versions, languages_of(project.configuration), records)
    return _overviews[project]


def critical_pages(configuration: Configuration) -> frozenset[str]:
    """Return the keys of the pages on which a section behind is an error."""
    named = configuration.extra.get("critical_pages")
    return frozenset(key for key in named if isinstance(key, str)) if isinstance(named, list) else frozenset()


def keeps_ledger(project: Project) -> str:
    """Tell why the ledger's rules are off."""
    if len(project.languages) < 2:
        return "this project has one language"
    return "" if has_ledger(Path(project.root)) else "this project keeps no ledger (data/ledger/)"


def _called(version: Version, id_: str) -> str:
    passage = version.passage(id_)
    return "the title or introduction" if id_ == TOP else f'the section "{passage.title if passage else id_}"'


def _line(version: Version, id_: str) -> int:
    passage = version.passage(id_)
    return passage.line if passage else 0


def _sync(page: PageState, section: SectionState) -> str:
    return f"run: handbook sync {page.key} --section {section.id}"


@rule(
    "LED101",
    "section-behind",
    Scope.PROJECT,
    severity=Severity.WARNING,
    needs=keeps_ledger,
    en=Text(
        "The words of a section changed in one language, and the other language still says what it said before.",
        "Readers of the two languages then read different advice, and nobody notices.",
        "English now says: Call at once. Dutch still says: Call tomorrow.",
        "Both say: Call at once. And somebody who reads both has confirmed it with handbook sync.",
    ),
    nl=Text(
        "De woorden van een stuk zijn in één taal veranderd, en de andere taal zegt nog wat ze eerst zei.",
        "Lezers van de twee talen krijgen dan een ander advies, en niemand merkt het.",
        "Het Engels zegt nu: Bel meteen. Het Nederlands zegt nog: Bel morgen.",
        "Allebei zeggen: Bel meteen. En iemand die beide leest, heeft dat bevestigd met handbook sync.",
    ),
)
def section_behind(_project: Project, project: Project) -> Iterator[Hit]:
    """Report each language that is behind, at its section, with the place that moved."""
    critical = critical_pages(project.configuration)
    for page in overview_of(project).pages:
        for section in page.of(State.BEHIND):
            for language in section.behind:
                here, moved = page.versions[language], page.versions[section.moved[0]]
                message = (
                    f"{_called(here, section.id)} is behind: {language_names(section.moved)} changed since somebody "
                    f"last said that both say the same, {language_name(language)} did not"
                )
                hint = f"Compare both, mend {language_name(language)} where it must follow, then {_sync(page, section)}"
                yield Hit(
                    here.path,
                    _line(here, section.id),
                    message,
                    hint,
                    Place(moved.path, _line(moved, section.id)),
                    severity=Severity.ERROR if page.key in critical else None,
                )


@rule(
    "LED102",
    "all-sides-moved",
    Scope.PROJECT,
    severity=Severity.WARNING,
    needs=keeps_ledger,
    en=Text(
        "The words of a section changed in every language, and nobody has said yet that they still agree.",
        "Two people may each have mended something else.",
        "English now says: five minutes. Dutch now says: ten minutes.",
        "Both say: ten minutes. And somebody who reads both has confirmed it with handbook sync.",
    ),
    nl=Text(
        "De woorden van een stuk zijn in elke taal veranderd, en nog niemand heeft gezegd dat ze nog overeenkomen.",
        "Misschien hebben twee mensen elk iets anders verbeterd.",
        "Het Engels zegt nu: vijf minuten. Het Nederlands zegt nu: tien minuten.",
        "Allebei zeggen: tien minuten. En iemand die beide leest, heeft dat bevestigd met handbook sync.",
    ),
)
def all_sides_moved(_project: Project, project: Project) -> Iterator[Hit]:
    """Report it once, at the default language's section."""
    for page in overview_of(project).pages:
        for section in page.of(State.ALL_MOVED):
            here, other = (page.versions[language] for language in section.moved[:2])
            where = language_names(section.moved)
            message = f"{_called(here, section.id)} changed in {where} since somebody last compared them"
            hint = f"Read them side by side; if they say the same, {_sync(page, section)}"
            yield Hit(here.path, _line(here, section.id), message, hint, Place(other.path, _line(other, section.id)))


@rule(
    "LED103",
    "section-unconfirmed",
    Scope.PROJECT,
    severity=Severity.WARNING,
    needs=keeps_ledger,
    en=Text(
        "Nobody has said yet that the languages of a section say the same.",
        "A new section is kept in step only from the day somebody compared both.",
        "a new page in both languages, and nothing about it in data/ledger/",
        "handbook sync was run for the new page",
    ),
    nl=Text(
        "Nog niemand heeft gezegd dat de talen van een stuk hetzelfde zeggen.",
        "Een nieuw stuk blijft pas gelijk vanaf de dag dat iemand beide heeft vergeleken.",
        "een nieuwe pagina in beide talen, en niets daarover in data/ledger/",
        "handbook sync is gedaan voor de nieuwe pagina",
    ),
)
def section_unconfirmed(_project: Project, project: Project) -> Iterator[Hit]:
    """Report a new page once, and a new section of an old page once."""
    for page in overview_of(project).pages:
        if page.error is not None or len(page.versions) < 2:
            continue
        here, other = list(page.versions.values())[:2]
        if page.fresh:
            message = (
                f"nobody has said yet that the {language_names(list(page.versions))} versions of this page say the same"
            )
            hint = f"Read them side by side; if they do, run: handbook sync {page.key}"
            yield Hit(here.path, 1, message, hint, Place(other.path, 1))
            continue
        for section in page.of(State.UNCONFIRMED):
            message = f"nobody has said yet that the languages say the same in {_called(here, section.id)}"
            hint = f"Read them side by side; if they do, {_sync(page, section)}"
            yield Hit(here.path, _line(here, section.id), message, hint, Place(other.path, _line(other, section.id)))


@rule(
    "LED104",
    "ledger-broken",
    Scope.PROJECT,
    needs=keeps_ledger,
    en=Text(
        "A file in data/ledger/ cannot be read.",
        "As long as it cannot, nobody knows which sections of the page are in step.",
        "<<<<<<< HEAD",
        "in-short en:9f86d081884c7d65 nl:2c26b46b68ffc68f",
    ),
    nl=Text(
        "Een bestand in data/ledger/ kan niet worden gelezen.",
        "Zolang dat zo is, weet niemand welke stukken van de pagina gelijk lopen.",
        "<<<<<<< HEAD",
        "in-short en:9f86d081884c7d65 nl:2c26b46b68ffc68f",
    ),
)
def ledger_broken(_project: Project, project: Project) -> Iterator[Hit]:
    """Report the line."""
    for page in overview_of(project).pages:
        if page.error is not None:
            hint = page.error.hint[:1].upper() + page.error.hint[1:]
            yield Hit(ledger_path(page.key), page.error.line, page.error.message, hint)


@rule(
    "LED105",
    "ledger-of-vanished-page",
    Scope.PROJECT,
    needs=keeps_ledger,
    en=Text(
        "A file in data/ledger/ is about a page that does not exist.",
        "The page was renamed or removed, and what was confirmed about it is lost.",
        "data/ledger/needs/safe.txt, while the page is called needs/safety.md",
        "data/ledger/needs/safety.txt: the file was renamed together with the page",
    ),
    nl=Text(
        "Een bestand in data/ledger/ gaat over een pagina die niet bestaat.",
        "De pagina is hernoemd of weggehaald, en wat erover bevestigd was, is kwijt.",
        "data/ledger/needs/safe.txt, terwijl de pagina needs/safety.md heet",
        "data/ledger/needs/safety.txt: het bestand is samen met de pagina hernoemd",
    ),
)
def ledger_of_vanished_page(_project: Project, project: Project) -> Iterator[Hit]:
    """Report the file."""
    known = {ledger_path(page.key) for page in overview_of(project).pages}
    for path in recorded_paths(Path(project.root)):
        if path not in known:
            hint = "Was the page renamed? Rename this file, too. Was it removed? Remove this file."
            yield Hit(path, 0, "this file of the ledger is about a page that does not exist", hint)

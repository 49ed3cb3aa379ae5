"""Pages: each exists once in every language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from handbook.model.finding import Place, Severity
from handbook.rules.languages import has_several_languages
from handbook.rules.naming import language_name, listed
from handbook.rules.pieces import pieces
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Page
    from handbook.model.project import Project

FORWARDING: Final = re.compile(r"<meta\s[^>]*http-equiv=[\"']?refresh|^redirect(?:_to)?:", re.IGNORECASE | re.MULTILINE)
"""What sends a reader on to another page."""
SHORT: Final = 500
"""A page with fewer characters that sends readers on does nothing else."""


@rule(
    "PAR101",
    "page-missing-in-language",
    Scope.PROJECT,
    needs=has_several_languages,
    en=Text(
        "A page exists in one language and not in the other.",
        "Readers of the other language get nothing, or a page they cannot read.",
        "docs/en/needs/safety.md without docs/nl/needs/safety.md",
        "both files",
    ),
    nl=Text(
        "Een pagina bestaat in de ene taal en niet in de andere.",
        "Lezers van de andere taal krijgen niets, of een pagina die ze niet kunnen lezen.",
        "docs/en/needs/safety.md zonder docs/nl/needs/safety.md",
        "beide bestanden",
    ),
)
def page_missing_in_language(project: Project, _same: Project) -> Iterator[Hit]:
    """Report each missing page, or one finding for a language that has hardly begun.

    A piece that pages take in counts where languages are kept in step: elsewhere it may stand in one language only.
    """
    strict = project.settings.strict_parity
    localized = {
        key: versions
        for key, versions in project.by_key.items()
        if all(page.localized for page in versions.values()) and (strict or not next(iter(versions.values())).partial)
    }
    default = project.configuration.default_language.locale
    severity = Severity.WARNING if project.configuration.fallback else Severity.ERROR
    for language in project.languages:
        missing = sorted(key for key, versions in localized.items() if language.locale not in versions)
        name = language_name(language.locale)
        if len(missing) > 5 and len(missing) * 2 > len(localized):
            message = f"{len(missing)} of {len(localized)} pages have none beside them in {name}: {listed(missing)}"
            hint = f"Write them in {name} under the same file names, or take the language off the site for now."
            yield Hit(project.configuration.path, 0, message, hint, severity=severity)
            continue
        for key in missing:
            versions = localized[key]
            page = versions.get(default) or next(iter(versions.values()))
            if not (page.blocks or page.headings) or _only_forwards(page) or page.path in pieces(project):
                continue  # nobody reads it
            message = f"this page does not exist in {name}"
            hint = f"Write it in {name}, or remove it in every language."
            yield Hit(page.path, 1, message, hint, severity=severity)


def _only_forwards(page: Page) -> bool:
    return len(page.text) < SHORT and bool(FORWARDING.search(page.text))


@rule(
    "PAR104",
    "page-twice-in-language",
    Scope.PROJECT,
    needs=has_several_languages,
    en=Text(
        "Two files are one page in the same language.",
        "Readers get one of them, whoever changes the other changes nothing, and some builds stop.",
        "docs/x.md and docs/x.en.md, where English is the default language",
        "docs/x.en.md alone",
    ),
    nl=Text(
        "Twee bestanden zijn dezelfde pagina in dezelfde taal.",
        "Lezers krijgen er een van; wie het andere verandert, verandert niets, en soms stopt de bouw.",
        "docs/x.md en docs/x.en.md, terwijl Engels de standaardtaal is",
        "alleen docs/x.en.md",
    ),
)
def page_twice_in_language(project: Project, _same: Project) -> Iterator[Hit]:
    """Report each file in whose place another one is taken."""
    for page in project.pages:
        taken = project.by_key[page.key][page.language]
        if taken is not page and project.configuration.structure == "suffix" and not page.partial:
            message = f"{taken.path} is this page in {language_name(page.language)}, too"
            yield Hit(page.path, 1, message, "Keep one of the two files.", Place(taken.path, 1))

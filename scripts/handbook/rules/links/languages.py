"""Links that take a reader to another language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.model.finding import Place, Severity
from handbook.model.page import Image
from handbook.rules.languages import has_several_languages
from handbook.rules.naming import language_name
from handbook.rules.registry import Hit, Scope, Text, rule
from handbook.rules.resolving import resolver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Page
    from handbook.model.project import Project


@rule(
    "LNK104",
    "link-to-other-language",
    Scope.PAGE,
    around=True,
    severity=Severity.WARNING,
    needs=has_several_languages,
    en=Text(
        "A link leads to the page in another language.",
        "The reader loses the language they read in without having asked for it.",
        "docs/nl/index.md: [Veiligheid](../en/needs/safety.md)",
        "docs/nl/index.md: [Veiligheid](needs/safety.md)",
    ),
    nl=Text(
        "Een link leidt naar de pagina in een andere taal.",
        "De lezer raakt zonder erom te vragen de eigen taal kwijt.",
        "docs/nl/index.md: [Veiligheid](../en/needs/safety.md)",
        "docs/nl/index.md: [Veiligheid](needs/safety.md)",
    ),
)
def link_to_other_language(page: Page, project: Project) -> Iterator[Hit]:
    """Report links whose own words name another language's file although this language has the page, too."""
    if not page.localized:
        return
    for thing, found in resolver(project).of(page):
        target = found.page
        if found.kind != "page" or target is None or target.language == page.language or not target.localized:
            continue
        if isinstance(thing, Image) or "hreflang" in thing.attributes or "lang" in thing.attributes:
            continue
        own = project.by_key.get(target.key, {}).get(page.language)
        if own is None or own is page or _names_language(thing.text, project):
            continue
        yield Hit(
            page.path,
            thing.line,
            f'this link leads to the {language_name(target.language)} page "{found.target}"',
            f"Link to the {language_name(page.language)} page {own.path} instead.",
            Place(target.path, 1),
        )


def _names_language(text: str, project: Project) -> bool:
    """Tell whether a link says in its text that it leads to another language, as a language switch does."""
    folded = text.casefold()
    return any(
        name.casefold() in folded
        for language in project.configuration.languages
        for name in (language.name, language_name(language.locale))
    )

"""The language a page says it is in, and words of the interface in another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.rules.languages import short
from handbook.rules.naming import language_name
from handbook.rules.published.needs import is_built
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.project import Project
    from handbook.model.site import BuiltPage


@rule(
    "PUB107",
    "page-language-wrong",
    Scope.BUILT_PAGE,
    needs=is_built,
    bad='nl/grenzen/index.html: <html lang="en">',
    good='nl/grenzen/index.html: <html lang="nl">',
    en=Text("A published page names the wrong language, or none.", "A screen reader reads it with the wrong voice."),
    nl=Text(
        "Een gepubliceerde pagina noemt de verkeerde taal, of geen.",
        "Een schermlezer leest haar met de verkeerde stem.",
    ),
)
def page_language_wrong(page: BuiltPage, project: Project) -> Iterator[Hit]:
    """Compare the language with the one in the address."""
    if page.refresh and not page.language:
        return
    locales = [language.locale for language in project.languages]
    first = page.url.split("/")[0]
    if not page.language:
        yield Hit(page.path, 0, "this page does not say in which language it is", "Add lang to <html>.", needle="<html")
        return
    prefixed = first in locales
    others_prefixed = (
        {locale for locale in locales if any(name.startswith(f"{locale}/") for name in project.site.by_file)}
        if project.site
        else set()
    )
    default = project.configuration.default_language.locale
    expected = first if prefixed else default if default not in others_prefixed else ""
    if expected and short(page.language) != short(expected):
        names = language_name(page.language), language_name(expected)
        message = f"this page says it is in {names[0]}, and stands among the {names[1]} pages"
        yield Hit(page.path, 0, message, f'Write <html lang="{expected}">.', needle="<html")


@rule(
    "PUB113",
    "interface-in-other-language",
    Scope.BUILT_PAGE,
    needs=is_built,
    bad='nl/grenzen/: title="Permanent link"',
    good='nl/grenzen/: title="Vaste link"',
    en=Text(
        "A word of the interface is in another language than the page.",
        "Somebody who does not know that language cannot use the page.",
    ),
    nl=Text(
        "Een woord van de bediening is in een andere taal dan de pagina.",
        "Wie die taal niet kent, kan de pagina niet bedienen.",
    ),
)
def interface_in_other_language(page: BuiltPage, project: Project) -> Iterator[Hit]:
    """Compare labels and buttons with the words of every language's interface."""
    words = project.settings.interface_words or (project.site.words if project.site else {})
    seen: set[str] = set()
    for element in page.phrases:
        own = next((phrases for locale, phrases in words.items() if short(locale) == short(element.language)), None)
        if own is None or element.value in own or element.value in seen:
            continue
        other = next((locale for locale, phrases in words.items() if element.value in phrases), "")
        if other:
            seen.add(element.value)
            message = f'"{element.value}" is {language_name(other)}, on a page in {language_name(element.language)}'
            yield Hit(
                page.path, 0, message, "Translate it in the theme or template that writes it.", needle=element.value
            )

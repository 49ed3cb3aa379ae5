"""The claims of the handbook, each carried where it should be."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from handbook.editorial.coverage import says_something
from handbook.editorial.handbook_data import data_of, is_handbook, need
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Page
    from handbook.model.project import Project


@rule(
    "SHA501",
    "claim-not-carried",
    Scope.PROJECT,
    needs=is_handbook,
    en=Text(
        "A page that must carry a claim does not name it, or no page names it at all.",
        "What the handbook set out to say must be said, in every language.",
        "claims: [] on the page that data/claims.yml names",
        "claims: [C4, C9]",
    ),
    nl=Text(
        "Een pagina die een bewering moet bevatten, noemt haar niet, of geen enkele pagina doet dat.",
        "Wat het handboek wil zeggen, moet er staan, in elke taal.",
        "claims: [] op de pagina die data/claims.yml noemt",
        "claims: [C4, C9]",
    ),
)
def claim_not_carried(_project: Project, project: Project) -> Iterator[Hit]:
    """Compare the claims of each page with those that data/claims.yml asks of it."""
    claims = data_of(project).claims
    if claims is None:
        return
    for claim in claims.entries:
        for key in claim.pages:
            for language in project.languages:
                page = project.by_key.get(key, {}).get(language.locale)
                if page is None:
                    message = f"claim {claim.id} belongs on docs/{language.locale}/{key}, which does not exist"
                    yield Hit("data/claims.yml", claim.line, message, "Write the page, or name another one.")
                elif not page.front_matter.error and claim.id not in page.front_matter.texts("claims"):
                    line = page.front_matter.line_of("claims")
                    message = (
                        f'this page must carry claim {claim.id} ("{claim.text[language.locale]}") and does not name it'
                    )
                    yield Hit(page.path, line, message, "Say it in the text and add the id to claims.")


@rule(
    "SHA502",
    "claim-unknown",
    Scope.PAGE,
    needs=is_handbook,
    en=Text(
        "A page names a claim that does not exist.",
        "The table of what is said where would lie.",
        "claims: [C99]",
        "claims: [C9]",
    ),
    nl=Text(
        "Een pagina noemt een bewering die niet bestaat.",
        "Het overzicht van wat waar staat, klopt dan niet.",
        "claims: [C99]",
        "claims: [C9]",
    ),
)
def claim_unknown(page: Page, project: Project) -> Iterator[Hit]:
    """Look up each id."""
    claims = data_of(project).claims
    value = page.front_matter.get("claims")
    for id_ in value if claims is not None and isinstance(value, list) else ():
        if claims is not None and (not isinstance(id_, str) or id_ not in claims.ids):
            yield Hit(
                page.path, page.front_matter.line_of("claims"), f'there is no claim "{id_}"', "See data/claims.yml."
            )


@rule(
    "SHA503",
    "claim-without-section",
    Scope.PROJECT,
    needs=need("claims"),
    en=Text(
        "A claim is said to stand in a section that is not there or says nothing, or in no section of a page at all.",
        "Whoever wants to see whether the handbook truly says it must be led to the words.",
        "places: [needs/rest.md#four-lesons]",
        "places: [needs/rest.md#four-lessons]",
    ),
    nl=Text(
        "Een bewering zou in een stuk staan dat er niet is of niets zegt, of in geen enkel stuk van een pagina.",
        "Wie wil zien of het handboek het echt zegt, moet bij de woorden uitkomen.",
        "places: [needs/rest.md#vier-lesen]",
        "places: [needs/rest.md#four-lessons]",
    ),
)
def claim_without_section(_project: Project, project: Project) -> Iterator[Hit]:
    """Look for the section of each place in each language, and for the place of each claim that a page names."""
    claims = data_of(project).claims
    if claims is None:
        return
    for claim in claims.entries:
        for place in claim.places:
            for page in project.by_key.get(place.page, {}).values():
                section = page.section(place.section)
                if section is None:
                    close = difflib.get_close_matches(place.section, [one.id for one in page.all_sections if one.id], 1)
                    hint = f"Did you mean {close[0]}?" if close else "Name a section of the page by its id."
                    message = f'claim {claim.id} should stand in "{place.section}", which {page.path} does not have'
                    yield Hit("data/claims.yml", place.line, message, hint)
                elif not says_something(section):
                    message = f'claim {claim.id} should stand in "{place.section}", which says nothing in {page.path}'
                    yield Hit("data/claims.yml", place.line, message, "Say it there, or name another section.")
    for page in project.pages:
        for id_ in page.front_matter.texts("claims"):
            found = claims.find(id_)
            if found is not None and page.key not in found.pages:
                message = f"data/claims.yml names no section of this page for claim {id_}"
                hint = f"Add the section to the places of {id_}, or take the claim away here."
                yield Hit(page.path, page.front_matter.line_of("claims"), message, hint)

"""The ids of headings and of other places that links can reach."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Heading, Page
    from handbook.model.project import Project


def _wants_ids(project: Project) -> str:
    wanted = project.settings.explicit_ids
    return "" if wanted else "this project does not ask for explicit ids on headings"


@rule(
    "STR105",
    "heading-without-id",
    Scope.PAGE,
    around=True,
    needs=_wants_ids,
    bad="## In short",
    good="## In short {#in-short}",
    en=Text(
        "A heading has no explicit id.", "Its address then depends on its words, and differs between the languages."
    ),
    nl=Text("Een kop heeft geen eigen id.", "Het adres hangt dan af van de woorden en verschilt per taal."),
)
def heading_without_id(page: Page, project: Project) -> Iterator[Hit]:
    """Report headings below the title without `{#id}`."""
    for heading in page.headings:
        if heading.level > 1 and not heading.id:
            meant = _id_elsewhere(page, heading, project)
            hint = (
                f"Put {{#{meant}}} behind it, as in the other language."
                if meant
                else ("Put one behind it in curly brackets, the same in every language: {#in-short}.")
            )
            yield Hit(page.path, heading.line, f'the heading "{heading.text}" has no id', hint)


def _id_elsewhere(page: Page, heading: Heading, project: Project) -> str:
    """Return the id that the heading at the same place has in another language, where there is no doubt."""
    place = page.headings.index(heading)
    here = {one.id for one in page.headings}
    for other in project.by_key.get(page.key, {}).values():
        if len(other.headings) == len(page.headings):
            there = other.headings[place]
            if there.level == heading.level and there.id and there.id not in here:
                return there.id
    return ""


@rule(
    "STR106",
    "repeated-id",
    Scope.PAGE,
    bad="## First {#step}\n\n## Second {#step}",
    good="## First {#step-1}\n\n## Second {#step-2}",
    en=Text("Two places on a page have the same id.", "Links can only reach the first of them."),
    nl=Text("Twee plekken op een pagina hebben dezelfde id.", "Links komen alleen bij de eerste uit."),
)
def repeated_id(page: Page, _project: Project) -> Iterator[Hit]:
    """Report ids that are given twice."""
    seen: dict[str, int] = {}
    for line, id_ in sorted(_ids(page)):
        if id_ in seen and seen[id_] != line:
            yield Hit(
                page.path,
                line,
                f'the id "{id_}" is already used on line {seen[id_]}',
                "Give one of the two another id.",
            )
        seen.setdefault(id_, line)


def _ids(page: Page) -> Iterator[tuple[int, str]]:
    given = {(heading.line, heading.id) for heading in page.headings if heading.id}
    yield from given
    for element in page.html:
        id_ = element.attributes.get("id")
        if id_ and (element.line, id_) not in given and "{" not in id_:
            yield element.line, id_


@rule(
    "STR107",
    "malformed-id",
    Scope.PAGE,
    bad="## In short {#In Short}",
    good="## In short {#in-short}",
    en=Text(
        "The id of a heading is not written as one.",
        "The brackets are printed in the heading, or links cannot reach it.",
    ),
    nl=Text(
        "De id van een kop is niet goed geschreven.", "De haken staan dan in de kop, of links kunnen er niet komen."
    ),
)
def malformed_id(page: Page, project: Project) -> Iterator[Hit]:
    """Report braces left over at the end of headings, and ids with characters that addresses cannot hold."""
    if not project.configuration.has_extension("attr_list"):
        return
    for heading in page.headings:
        left = re.search(r"\{\s*:?\s*#[^}]*\}?\s*$|\(#(?!\d+\))[\w-]+\)\s*$|\[#(?!\d+\])[\w-]+\]\s*$", heading.text)
        if left:
            message = f'"{left.group(0).strip()}" is printed in this heading instead of giving it an id'
            yield Hit(page.path, heading.line, message, "Write it as {#id} with a space before it, at the very end.")
        elif heading.id and re.search(r"[\s\"'<>#%?&{}]", heading.id):
            message = f'the id "{heading.id}" holds characters that an address cannot have'
            yield Hit(page.path, heading.line, message, "Use small letters, digits and hyphens.")
    if project.settings.explicit_ids:
        for element in page.html:
            bare = [name for name, value in element.attributes.items() if value is None]
            if bare and element.attributes.get("id") and re.fullmatch("h[1-6]", element.tag):
                message = (
                    f'the id "{element.attributes["id"]} {bare[0]}" has a space in it, so only its beginning counts'
                )
                yield Hit(page.path, element.line, message, "Use small letters, digits and hyphens.")

"""The data at the top of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Page
    from handbook.model.project import Project

PLAIN_ERRORS = {
    "mapping values are not allowed in this context": "a colon is missing, or stands where none can be",
    "could not find expected ':'": "a line has no colon",
    "found character that cannot start any token": "a tab or another sign stands where none can be",
    "found a tab character that violates indentation": "a tab stands where spaces belong",
    "did not find expected '-' indicator": "a dash is missing, or the line above has one too many",
    "did not find expected ',' or '}'": "a curly bracket is not closed",
    "found undefined alias": "a text begins with *, which means something else here",
    "found unexpected end of stream": "a quotation mark is not closed",
    "did not find expected ',' or ']'": "a square bracket is not closed",
    "did not find expected key": "a line begins too far to the right or left, or a quotation mark is left over",
}
"""What libyaml says, in words for somebody who never heard of it."""


@rule(
    "STR131",
    "broken-front-matter",
    Scope.PAGE,
    bad="---\ntitle: Safety: a need\n---",
    good='---\ntitle: "Safety: a need"\n---',
    en=Text(
        "The data at the top of a page cannot be read.",
        "The site prints it as text, and the page has no title or description.",
    ),
    nl=Text(
        "De gegevens bovenaan een pagina zijn niet leesbaar.",
        "De site drukt ze af als tekst, en de pagina heeft geen titel of beschrijving.",
    ),
)
def broken_front_matter(page: Page, _project: Project) -> Iterator[Hit]:
    """Report what the YAML parser said, and front matter that does not end."""
    matter = page.front_matter
    if matter.error and matter.present:
        message = f"the data at the top of the page cannot be read: {PLAIN_ERRORS.get(matter.error, matter.error)}"
        hint = (
            "Write each line as key: value, with a colon and a space; look at this line and at the one above. A value "
        )
        hint += "that holds a colon or a quotation mark goes between quotation marks."
        yield Hit(page.path, matter.error_line, message, hint)
    elif matter.error:
        yield Hit(
            page.path,
            matter.error_line,
            f"the data at the top of the page is printed as text: {matter.error}",
            "Put it between two lines ---, the first of them on the first line of the page.",
        )


@rule(
    "STR132",
    "repeated-front-matter-key",
    Scope.PAGE,
    bad="title: Safety\ntitle: Boundaries",
    good="title: Boundaries",
    en=Text(
        "A key stands twice in the data at the top of a page.",
        "Only the last one counts, and the other is lost without a word.",
    ),
    nl=Text(
        "Een sleutel staat twee keer in de gegevens bovenaan een pagina.",
        "Alleen de laatste telt; de andere gaat stil verloren.",
    ),
)
def repeated_front_matter_key(page: Page, _project: Project) -> Iterator[Hit]:
    """Report the second one."""
    for entry in page.front_matter.repeated:
        message = f'the key "{entry.key}" already stands on line {page.front_matter.line_of(entry.key)}'
        yield Hit(page.path, entry.line, message, "Keep one of the two.")

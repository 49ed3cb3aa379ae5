"""Reference links and footnotes: every label is defined once, and every footnote is referred to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from handbook.model.finding import Severity
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Page
    from handbook.model.project import Project

CHARACTERS: Final = re.compile(r"(?:\w-\w)+")
"""What stands for characters in a search pattern: [^a-z0-9] is no footnote that somebody forgot to write."""


@rule(
    "LNK113",
    "undefined-reference",
    Scope.PAGE,
    bad="[the study][study]",
    good="[the study][study]\n\n[study]: https://doi.org/…",
    en=Text(
        "A reference has no definition, so its brackets are printed on the page.",
        "Readers see brackets in place of a link.",
    ),
    nl=Text(
        "Een verwijzing heeft geen definitie, dus staan de haken op de pagina.",
        "Lezers zien haken in plaats van een link.",
    ),
)
def undefined_reference(page: Page, project: Project) -> Iterator[Hit]:
    """Report reference links and images without a definition."""
    if _definitions_elsewhere(page, project):
        return
    for reference in page.undefined:
        if reference.kind != "footnote" and _printed(reference.raw, page, project):
            message = f'"{reference.raw}" is printed as it stands: "{reference.label}" is defined nowhere on this page'
            yield Hit(
                page.path,
                reference.line,
                message,
                f"Add a line [{reference.label}]: address, or write the address in round brackets.",
            )


@rule(
    "LNK114",
    "undefined-footnote",
    Scope.PAGE,
    bad="This helps.[^1]",
    good="This helps.[^1]\n\n[^1]: Smith, 2020.",
    en=Text(
        "A footnote is named that does not exist, so its brackets are printed.",
        "Readers look for a note that is not there.",
    ),
    nl=Text(
        "Er wordt een voetnoot genoemd die niet bestaat, dus staan de haken op de pagina.",
        "Lezers zoeken een noot die er niet is.",
    ),
)
def undefined_footnote(page: Page, project: Project) -> Iterator[Hit]:
    """Report footnote marks without a note."""
    if _definitions_elsewhere(page, project):
        return
    for reference in page.undefined:
        if reference.kind != "footnote" or CHARACTERS.fullmatch(reference.label):
            continue
        if _printed(reference.raw, page, project):
            message = f'"{reference.raw}" is printed as it stands: there is no footnote "{reference.label}"'
            yield Hit(
                page.path,
                reference.line,
                message,
                f"Add a line [^{reference.label}]: with the text of the note, or remove the mark.",
            )


def _definitions_elsewhere(page: Page, project: Project) -> bool:
    """Snippets and generators can bring definitions that are not in the source."""
    options = project.configuration.extension_options.get("pymdownx.snippets", {})
    return page.opaque or bool(options.get("auto_append"))


def _printed(raw: str, page: Page, project: Project) -> bool:
    """Tell whether the rendered page really shows the brackets; where it was not rendered, it does."""
    fragment = project.fragments.get(page.path)
    if fragment is None:
        return True
    import html  # noqa: PLC0415 - only when something is wrong

    shown = " ".join(html.unescape(fragment).split())
    last = raw[raw.rindex("[") :]
    return " ".join(raw.split()) in shown or (len(last) > 2 and last in shown)


@rule(
    "LNK115",
    "unused-footnote",
    Scope.PAGE,
    severity=Severity.WARNING,
    bad="[^2]: A note that no text refers to.",
    good="This helps.[^2]\n\n[^2]: A note.",
    en=Text("A footnote is written that nothing refers to.", "It is a leftover, or its mark was lost in the text."),
    nl=Text(
        "Er staat een voetnoot waar niets naar verwijst.",
        "Het is een restant, of het teken in de tekst is weggevallen.",
    ),
)
def unused_footnote(page: Page, _project: Project) -> Iterator[Hit]:
    """Report notes without a mark."""
    used = {reference.label for reference in page.footnotes}
    for definition in page.footnote_definitions:
        if definition.label not in used and not page.opaque:
            message = f'nothing on this page refers to the footnote "{definition.label}"'
            yield Hit(
                page.path, definition.line, message, f"Put [^{definition.label}] where it belongs, or remove the note."
            )


@rule(
    "LNK116",
    "repeated-definition",
    Scope.PAGE,
    severity=Severity.WARNING,
    bad="[study]: https://a.example\n[study]: https://b.example",
    good="[study]: https://a.example\n[study-2]: https://b.example",
    en=Text(
        "The same label is defined twice with different addresses.",
        "One of the two is ignored, and a link leads to the wrong place.",
    ),
    nl=Text(
        "Hetzelfde label is twee keer gedefinieerd met verschillende adressen.",
        "Een van de twee wordt genegeerd, en een link leidt verkeerd.",
    ),
)
def repeated_definition(page: Page, _project: Project) -> Iterator[Hit]:
    """Report labels that are taken; Python-Markdown uses the last, CommonMark the first."""
    first = {definition.label: definition for definition in page.link_definitions if not definition.repeated}
    for definition in page.link_definitions:
        earlier = first.get(definition.label)
        if definition.repeated and earlier and earlier.target != definition.target:
            message = (
                f'the label "{definition.label.lower()}" already stands for {earlier.target} (line {earlier.line})'
            )
            yield Hit(page.path, definition.line, message, "Give one of the two another label.")
    labels: dict[str, int] = {}
    for note in page.footnote_definitions:
        if note.label in labels:
            message = f'the footnote "{note.label}" is written twice (line {labels[note.label]})'
            yield Hit(page.path, note.line, message, "Give one of the two another label.")
        labels.setdefault(note.label, note.line)

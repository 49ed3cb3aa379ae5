"""Callouts: known kinds, indented text, a title."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from handbook.model.page import Callout, Paragraph
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Page
    from handbook.model.project import Project

MATERIAL_CALLOUTS = frozenset({
    "note", "abstract", "summary", "tldr", "info", "todo", "tip", "hint", "important", "success", "check", "done",
    "question", "help", "faq", "warning", "caution", "attention", "failure", "fail", "missing", "danger", "error",
    "bug", "example", "quote", "cite", "seealso", "admonition", "inline", "end",
})  # fmt: skip


@rule(
    "STR121",
    "unknown-callout",
    Scope.PAGE,
    around=True,
    bad='!!! excercise "Breathe"',
    good='!!! exercise "Breathe"',
    en=Text("A box has a kind that the site does not know.", "It gets no colour and no icon, or the wrong meaning."),
    nl=Text(
        "Een kader heeft een soort die de site niet kent.",
        "Het krijgt geen kleur en geen pictogram, of de verkeerde betekenis.",
    ),
)
def unknown_callout(page: Page, project: Project) -> Iterator[Hit]:
    """Compare with the kinds of the project, or with Material's where it names none."""
    import difflib  # noqa: PLC0415

    own = project.settings.vocabulary.callouts
    if own is None and (project.configuration.theme != "material" or _own_styles(project)):
        return
    known = own or MATERIAL_CALLOUTS
    for block in page.blocks:
        if isinstance(block, Callout) and block.marker[0] in "!?" and block.kind not in known:
            near = difflib.get_close_matches(block.kind, known, 1, 0.7)
            if own is None and (not near or _kinds(project)[block.kind] > 2):
                continue  # used again and again, so it was meant
            hint = f"Did you mean {near[0]}?" if near else f"Use one of: {', '.join(sorted(known))}."
            name = (
                f'there is no box of the kind "{block.kind}"'
                if block.kind
                else "this box does not say of which kind it is"
            )
            yield Hit(page.path, block.line, name, hint)


@lru_cache(maxsize=2)
def _kinds(project: Project) -> Counter[str]:
    return Counter(block.kind for page in project.pages for block in page.blocks if isinstance(block, Callout))


def _own_styles(project: Project) -> bool:
    return any(name.endswith(".css") for name in project.configuration.assets)


@rule(
    "STR122",
    "callout-not-indented",
    Scope.PAGE,
    bad='!!! warning "Stop"\nStop when it gets worse.',
    good='!!! warning "Stop"\n    Stop when it gets worse.',
    en=Text(
        "The text of a box is not indented by four spaces.",
        "The box stays empty, and the text stands below it as if it were ordinary.",
    ),
    nl=Text(
        "De tekst van een kader is niet met vier spaties ingesprongen.",
        "Het kader blijft leeg, en de tekst staat eronder alsof hij gewoon is.",
    ),
)
def callout_not_indented(page: Page, _project: Project) -> Iterator[Hit]:
    """Report boxes whose text fell out."""
    for block in page.blocks:
        if isinstance(block, Callout) and not block.indented:
            name = block.title or block.kind
            message = f'the text below the box "{name}" is not indented by four spaces, so the box is empty'
            yield Hit(page.path, block.line, message, "Put four spaces before every line that belongs in the box.")


@rule(
    "STR123",
    "callout-without-title",
    Scope.PAGE,
    needs=lambda project: (
        "" if project.settings.vocabulary.titled_callouts else "this project gives boxes without a title a name"
    ),
    bad="!!! exercise",
    good='!!! exercise "Breathe out (2 minutes)"',
    en=Text("A box has no title.", "The site then writes the English name of its kind above it, in every language."),
    nl=Text("Een kader heeft geen titel.", "De site zet er dan in elke taal de Engelse naam van de soort boven."),
)
def callout_without_title(page: Page, _project: Project) -> Iterator[Hit]:
    """Report boxes without a title between quotation marks."""
    for block in page.blocks:
        if isinstance(block, Callout) and block.marker[0] in "!?" and not (block.title or "").strip():
            yield Hit(
                page.path, block.line, f'this box of the kind "{block.kind}" has no title', 'Add one: !!! kind "Title".'
            )


CALLOUT_LIKE = re.compile(
    r"^[ \t]*(?:!!|!!!!|！！！|\?\?\?\?) ?[a-z-]+ *(?:[\"“”][^\n]*)?$|^!!!\s+[\w-]+\s+[“”„'‘][^\n]*$"
    r'|^[ \t]*(?:!!!|\?\?\?\+?) ?[\w-]+(?: +[\w-]+)* +"[^"\n]*$',
    re.MULTILINE,
)


@rule(
    "STR124",
    "broken-callout",
    Scope.PAGE,
    bad="!!! note “Read this”",
    good='!!! note "Read this"',
    en=Text(
        "Something was meant as a box, but is written differently.", "Readers see three exclamation marks in the text."
    ),
    nl=Text("Iets was bedoeld als kader, maar is anders geschreven.", "Lezers zien drie uitroeptekens in de tekst."),
)
def broken_callout(page: Page, _project: Project) -> Iterator[Hit]:
    """Look in paragraphs for marker lines that are none."""
    for block in page.blocks:
        if isinstance(block, Paragraph) and ("!" in block.text or "??" in block.text):
            for match in CALLOUT_LIKE.finditer(block.text):
                line = block.line + block.text.count("\n", 0, match.start())
                message = f'"{match.group(0).strip()}" is printed as it stands, and makes no box'
                yield Hit(page.path, line, message, 'Write !!! kind "Title" with straight quotation marks.')

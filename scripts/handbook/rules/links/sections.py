"""Links to a section that its page does not have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handbook.model.finding import Place
from handbook.model.page import Link
from handbook.rules.links.nouns import noun
from handbook.rules.naming import listed
from handbook.rules.registry import Hit, Scope, Text, rule
from handbook.rules.resolving import resolver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Page
    from handbook.model.project import Project


@rule(
    "LNK103",
    "link-to-missing-section",
    Scope.PAGE,
    around=True,
    bad="[Recognise it](safety.md#recognize)",
    good="[Recognise it](safety.md#recognise)",
    en=Text(
        "A link leads to a section that its page does not have.",
        "The reader lands at the top of the page and must search.",
    ),
    nl=Text(
        "Een link leidt naar een onderdeel dat de pagina niet heeft.",
        "De lezer komt bovenaan de pagina uit en moet zoeken.",
    ),
)
def link_to_missing_section(page: Page, project: Project) -> Iterator[Hit]:
    """Compare fragments with the ids of the rendered page."""
    for thing, found in resolver(project).of(page):
        target = found.page
        if found.kind != "page" or target is None or not found.fragment or not _ids_known(target, project):
            continue
        if page.partial and target is page:
            continue
        fragment = found.fragment
        if (
            fragment in target.anchors
            or fragment in {"top", "_top"}
            or fragment.startswith(("__", ":~:", "fn:", "fnref:"))
        ):
            continue
        if target.localized and not page.localized:
            continue
        if isinstance(thing, Link) and thing.kind == "html" and _credits(page, thing.line):
            continue
        if not project.settings.strict_parity and re.search(
            rf"""id=["']?{re.escape(fragment)}["'\s}}>]""", target.text
        ):
            continue  # given to something that is only known on the site, such as an icon
        where = "this page" if target is page else target.path
        yield Hit(
            page.path,
            thing.line,
            f'this {noun(thing)} leads to the section "#{fragment}", which {where} does not have',
            _available(fragment, target),
            Place(target.path, 1) if target is not page else None,
        )


def _credits(page: Page, line: int) -> bool:
    """Tell whether a line lies in a table of thanks whose maker, a program, gives each sign an anchor to nowhere."""
    if "ALL-CONTRIBUTORS-LIST" not in page.text:
        return False
    marks = [number for number, text in enumerate(page.text.split("\n"), 1) if "<!-- ALL-CONTRIBUTORS-LIST:" in text]
    return len(marks) == 2 and marks[0] < line < marks[1]


def _ids_known(page: Page, project: Project) -> bool:
    return not page.opaque and page.path in project.fragments and not project.unrendered.get("")


def _available(fragment: str, target: Page) -> str:
    import difflib  # noqa: PLC0415 - only when something is wrong

    ids = [section.id for section in target.all_sections if section.id]
    known = [id_ for id_ in ids if id_.strip("_0123456789")]
    folded = {id_.casefold(): id_ for id_ in target.anchors}
    near = folded.get(fragment.casefold()) or next(iter(difflib.get_close_matches(fragment, known, 1, 0.6)), "")
    if near:
        return f"Did you mean #{near}?"
    return (
        f"Sections there: {listed(['#' + id_ for id_ in known], 8)}."
        if known
        else "Give the heading that is meant an id, such as {#intro} behind it: now it has a number."
        if ids
        else "There is no section to lead to: link to the page alone, or write the section."
    )

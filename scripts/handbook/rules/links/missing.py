"""Links and images that lead to nothing."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from handbook.model.page import Image
from handbook.rules.links.generated import page_makers
from handbook.rules.links.nouns import noun
from handbook.rules.links.schemes import lacks_scheme
from handbook.rules.pieces import pieces
from handbook.rules.registry import Hit, Scope, Text, rule
from handbook.rules.resolving import resolver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Page
    from handbook.model.project import Project
    from handbook.rules.resolving import Resolution

HOST = re.compile(r"(?:[a-z0-9][a-z0-9-]*\.)+(?!md$|html?$|pdf$|txt$)[a-z]{2,6}(?:/\S*)?", re.IGNORECASE)
"""What looks like the name of a site, and not like that of a file."""


@rule(
    "LNK101",
    "link-to-missing-page",
    Scope.PAGE,
    around=True,
    bad="[Safety](saftey.md)",
    good="[Safety](safety.md)",
    en=Text("A link leads to a page or file that does not exist.", "The reader who needs it meets an error page."),
    nl=Text(
        "Een link leidt naar een pagina of bestand dat niet bestaat.",
        "De lezer die het nodig heeft, krijgt een foutpagina.",
    ),
)
def link_to_missing_page(page: Page, project: Project) -> Iterator[Hit]:
    """Report links that resolve to nothing, with the target that was surely meant."""
    if page.partial or page.path in pieces(project):
        return
    makers = page_makers(project)
    for thing, found in resolver(project).of(page):
        if found.kind != "missing" or isinstance(thing, Image) or lacks_scheme(found.target):
            continue
        if makers and (found.path.endswith((".md", ".html", "/")) or not PurePosixPath(found.path).suffix):
            continue
        yield Hit(
            page.path,
            thing.line,
            f'this {noun(thing)} leads to "{found.target}", which does not exist',
            _did_you_mean(page, found, project)
            or _only_elsewhere(page, found, project)
            or _another_site(found.target)
            or "Correct the address, or remove the link.",
        )


@rule(
    "LNK102",
    "image-missing",
    Scope.PAGE,
    around=True,
    bad="![The three steps](tree-steps.svg)",
    good="![The three steps](three-steps.svg)",
    en=Text("An image does not exist.", "Readers see a broken picture, and lose what it explains."),
    nl=Text("Een afbeelding bestaat niet.", "Lezers zien een kapot plaatje en missen wat het uitlegt."),
)
def image_missing(page: Page, project: Project) -> Iterator[Hit]:
    """Report images that resolve to nothing."""
    if page.partial or page.path in pieces(project):
        return
    for thing, found in resolver(project).of(page):
        if found.kind in {"missing", "folder"} and isinstance(thing, Image):
            if lacks_scheme(found.target) or _has_options(page, found, project):
                continue
            hint = _did_you_mean(page, found, project) or "Put the image there, or correct its name."
            yield Hit(page.path, thing.line, f'the image "{found.target}" does not exist', hint)


def _has_options(page: Page, found: Resolution, project: Project) -> bool:
    """Tell whether an extension that is not known here may read what follows a comma: ![](map.png,300px)."""
    file, comma, _ = found.target.partition(",")
    return bool(comma and project.unrendered.get("")) and resolver(project).resolve(page, file).kind == "file"


def _only_elsewhere(page: Page, found: Resolution, project: Project) -> str:
    """Say so where the page that is meant exists, and not in this language."""
    key = found.path.removeprefix(f"{page.language}/")
    there = project.by_key.get(key, {})
    names = [language.name for language in project.languages if language.locale in there]
    return f"That page exists in {' and '.join(names)} only: write it in this language, too." if names else ""


def _another_site(target: str) -> str:
    """Say how an address of another site begins, where one stands without its beginning."""
    return f"If it is another site, write https://{target}." if HOST.fullmatch(target) else ""


def _did_you_mean(page: Page, found: Resolution, project: Project) -> str:
    offer = resolver(project).suggest(page, found)
    return f"Did you mean {offer}?" if offer else ""

"""Words in data files that are more than words, and pages named there that do not exist."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Final

from handbook.editorial.entries import keys_of, texts_of
from handbook.editorial.handbook_data import is_handbook
from handbook.editorial.metadata import MARKUP
from handbook.editorial.rules.data.places import shown, word_files
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.project import Project

_NAMING: Final = (("glossary", "page"), ("changes", "pages"))
"""Data files that name pages, and the key at which they do. Claims name sections, which is looked at elsewhere."""


@rule(
    "DAT107",
    "data-page-unknown",
    Scope.PROJECT,
    around=True,
    needs=is_handbook,
    en=Text(
        "A data file names a page that does not exist.",
        "What stands there is lost: the words by which readers would find it, or the way from a term to its page.",
        "page: needs/saftey.md",
        "page: needs/safety.md",
    ),
    nl=Text(
        "Een gegevensbestand noemt een pagina die niet bestaat.",
        "Wat daar staat, gaat verloren: woorden waarmee lezers een pagina vinden, of de link van een begrip ernaartoe.",
        "page: needs/saftey.md",
        "page: needs/safety.md",
    ),
)
def data_page_unknown(_project: Project, project: Project) -> Iterator[Hit]:
    """Look up every page that the words of search, the glossary and the news name."""
    known = sorted(project.by_key)
    for path, line, named in _named_pages(project):
        if named not in project.by_key:
            near = get_close_matches(named, known, 1, 0.8)
            hint = f"Did you mean {near[0]}?" if near else "Write a path below the folder of a language."
            yield Hit(shown(path, project), line, f"this names {named}, which does not exist", hint)


def _named_pages(project: Project) -> Iterator[tuple[Path, int, str]]:
    data = Path(project.root) / "data"
    for path in sorted((data / "search").glob("*.yml")):
        yield from ((path, line, key) for line, key in keys_of(path) if key.endswith(".md"))
    for name, wanted in _NAMING:
        path = data / f"{name}.yml"
        yield from ((path, line, text) for line, key, text in texts_of(path) if key == wanted)


@rule(
    "DAT108",
    "markup-in-data",
    Scope.PROJECT,
    around=False,
    needs=is_handbook,
    en=Text(
        "Words in a data file or of the interface hold HTML.",
        "They are shown as they stand, so readers see the angle brackets.",
        "plain: {en: a way to <b>cope</b>}",
        "plain: {en: a way to cope}",
    ),
    nl=Text(
        "Woorden in een gegevensbestand of van de bediening bevatten HTML.",
        "Ze worden getoond zoals ze er staan, dus lezers zien de haken.",
        "plain: {nl: een manier om het <b>vol te houden</b>}",
        "plain: {nl: een manier om het vol te houden}",
    ),
)
def markup_in_data(_project: Project, project: Project) -> Iterator[Hit]:
    """Look for tags and comments in all words that readers see."""
    others = [Path(project.root) / "data" / f"{name}.yml" for name in ("helplines", "changes")]
    for path in (*word_files(project), *others):
        for line, key, text in texts_of(path):
            if match := MARKUP.search(text):
                yield Hit(shown(path, project), line, f'"{key}" holds HTML: {match[0]}', "Write plain words.")

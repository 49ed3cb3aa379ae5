"""Links: to the same pages in every language."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from handbook.model.finding import Place
from handbook.rules.aligning import align
from handbook.rules.parity.phrases import page_name, section_name
from handbook.rules.parity.throughout import differ_throughout
from handbook.rules.registry import Hit, Scope, Text, rule
from handbook.rules.resolving import resolver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Page, Section
    from handbook.model.project import Pair, Project


@rule(
    "PAR135",
    "link-missing-in-language",
    Scope.PAIR,
    around=True,
    en=Text(
        "A link to a page stands in one language and not in the other.",
        "Part of the readers cannot go on to it.",
        "[Safety](safety.md) only on the English page",
        "a link to safety.md on both pages",
    ),
    nl=Text(
        "Een link naar een pagina staat in de ene taal en niet in de andere.",
        "Een deel van de lezers kan niet verder.",
        "[Veiligheid](safety.md) alleen op de Nederlandse pagina",
        "op beide pagina's een link naar safety.md",
    ),
)
def link_missing_in_language(pair: Pair, project: Project) -> Iterator[Hit]:
    """Compare the pages linked to: section by section where languages are kept in step, else over the whole page."""
    strict = project.settings.strict_parity
    if pair.first.opaque or pair.second.opaque or differ_throughout(pair, project):
        return
    alignment = align(pair)
    if not strict:
        if alignment.certain and not alignment.only_first and not alignment.only_second:
            yield from _compare_links(pair, project, None)
        return
    for there, here in alignment.matches:
        yield from _compare_links(pair, project, (there, here))


def _compare_links(pair: Pair, project: Project, sections: tuple[Section, Section] | None) -> Iterator[Hit]:
    first = _linked(pair.first, project, sections[0] if sections else None)
    second = _linked(pair.second, project, sections[1] if sections else None)
    sides = ((pair.second, second, pair.first, first, 1), (pair.first, first, pair.second, second, 0))
    for page, mine, other, theirs, index in sides:
        lacking = theirs - mine if sections else Counter(set(theirs) - set(mine))
        for target, _ in sorted(lacking.items()):
            line = next(
                line
                for line, key in _targets(other, project)
                if key == target and (not sections or _inside(line, sections[1 - index]))
            )
            where = f" in {section_name(sections[index])}" if sections else ""
            message = f"the link to {target} of {page_name(other)} is missing{where}"
            at = sections[index].line if sections else 1
            yield Hit(
                page.path, at, message, "Link to it here, too, or remove the link there.", Place(other.path, line)
            )


def _inside(line: int, section: Section) -> bool:
    return section.line <= line <= section.end


def _linked(page: Page, project: Project, section: Section | None) -> Counter[str]:
    return Counter(key for line, key in _targets(page, project) if section is None or _inside(line, section))


def _targets(page: Page, project: Project) -> Iterator[tuple[int, str]]:
    """Give line and key of every page of the site that a page links to, itself left out unless a section is named."""
    for thing, found in resolver(project).of(page):
        if found.kind in {"page", "folder", "absolute"} and found.page is not None:
            if found.page.key == page.key:  # itself, or a way to its other language
                if found.page is page and found.fragment and project.settings.strict_parity:
                    yield thing.line, f"#{found.fragment}"
            else:
                fragment = f"#{found.fragment}" if found.fragment and project.settings.strict_parity else ""
                yield thing.line, found.page.key + fragment
        elif found.kind == "scheme" and found.scheme in project.settings.vocabulary.schemes:
            continue
        elif found.kind == "scheme" and project.settings.strict_parity and found.scheme in {"tel", "sms", "mailto"}:
            yield thing.line, found.target

"""Links: to the same pages in every language."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from handbook.model.finding import Place, Severity
from handbook.rules.aligning import align
from handbook.rules.parity.phrases import page_name, section_name
from handbook.rules.parity.throughout import differ_throughout
from handbook.rules.registry import Hit, Scope, Text, rule
from handbook.rules.resolving import resolver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Page, Section
    from handbook.model.project import Pair, Project
    from handbook.rules.resolving import Resolution

PARTS: Final = re.compile(r"[/?#.&=]")
HOST: Final = re.compile(r"(?<![:/])/.*|[?#].*")
"""What stands behind the name of the site."""
SHORTEST_PART: Final = 5
ALIKE: Final = 0.8


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


@rule(
    "PAR136",
    "address-differs",
    Scope.PAIR,
    severity=Severity.WARNING,
    needs=lambda project: "" if project.settings.strict_parity else "this project does not keep its languages in step",
    bad="[Care](https://care.example/help/form) / [Zorg](https://care.example/help/from)",
    good="[Care](https://care.example/help/form) / [Zorg](https://care.example/help/form)",
    en=Text(
        "The address of another site differs by a few letters between the languages.",
        "One of the two is a typing error, and leads nowhere or to something else.",
    ),
    nl=Text(
        "Het adres van een andere site verschilt een paar letters tussen de talen.",
        "Een van de twee is een tikfout, en leidt nergens heen of naar iets anders.",
    ),
)
def address_differs(pair: Pair, _project: Project) -> Iterator[Hit]:
    """Compare what one section links to in one language only, on the same site; a page in its own language is fine."""
    for there, here in align(pair).matches:
        first = [link for link in pair.first.within(there, pair.first.links) if link.target.startswith("http")]
        second = [link for link in pair.second.within(here, pair.second.links) if link.target.startswith("http")]
        alone = [link for link in first if link.target not in {one.target for one in second}]
        for mine in second:
            if mine.target in {one.target for one in first}:
                continue
            theirs = next((one for one in alone if _mistyped(one.target, mine.target)), None)
            if theirs is not None:
                message = f'the address is "{mine.target}" here and "{theirs.target}" on {page_name(pair.first)}'
                hint = "Open both, and write the one that is right on both pages."
                yield Hit(pair.second.path, mine.line, message, hint, Place(pair.first.path, theirs.line))


def _mistyped(one: str, other: str) -> bool:
    """Tell whether two addresses differ by a slip in one part: some letters in a name of a site, their order elsewhere.

    In a path a word may be that of the other language (information, informatie), so only letters that changed places
    count there. Short parts are left alone, because they name a language or a country (nl.example.org, /en/, ?lang=nl).
    """
    first, second = PARTS.split(one), PARTS.split(other)
    differing = [number for number, pair in enumerate(zip(first, second, strict=False)) if pair[0] != pair[1]]
    if len(first) != len(second) or len(differing) != 1:
        return False
    mine, theirs = first[differing[0]], second[differing[0]]
    if min(len(mine), len(theirs)) < SHORTEST_PART:
        return False
    in_host = differing[0] < len(PARTS.split(HOST.sub("", one)))
    return sorted(mine) == sorted(theirs) or (in_host and SequenceMatcher(None, mine, theirs).ratio() >= ALIKE)


def _compare_links(pair: Pair, project: Project, sections: tuple[Section, Section] | None) -> Iterator[Hit]:
    first = _linked(pair.first, project, sections[0] if sections else None)
    second = _linked(pair.second, project, sections[1] if sections else None)
    sides = ((pair.second, second, pair.first, first, 1), (pair.first, first, pair.second, second, 0))
    for page, mine, other, theirs, index in sides:
        lacking = theirs - mine if sections else Counter(set(theirs) - set(mine))
        astray = _astray(page, project, sections[index] if sections else None)
        for target, _ in sorted(lacking.items()):
            if any(_meant(page, found, project) == target.partition("#")[0] for found in astray):
                continue  # it is here, and leads to no page, which is said of it already
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


def _astray(page: Page, project: Project, section: Section | None) -> list[Resolution]:
    """Give what became of the links that lead to no page."""
    found = resolver(project).of(page)
    return [
        where for thing, where in found if where.kind == "missing" and (not section or _inside(thing.line, section))
    ]


def _meant(page: Page, found: Resolution, project: Project) -> str:
    """Give the page that was surely meant by a link to none."""
    offer = resolver(project).suggest(page, found)
    there = resolver(project).resolve(page, offer).page if offer else None
    return there.key if there else ""


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

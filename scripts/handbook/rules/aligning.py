"""Which section of one language stands for which section of the other.

Sections with the same id are the same section. Where a project leaves ids to the machine they differ with the words,
and sections correspond by their order, as long as both pages have the same levels in the same order; where they do
not, nobody can tell for sure, and the alignment says so (`certain` is False) instead of guessing. Nor where the site
shows other headings than the source seems to have: then nothing is aligned at all.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from handbook.model.page import Callout, Code, ListBlock, Quote, Table, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Page, Section
    from handbook.model.project import Pair


@dataclass(frozen=True, slots=True, eq=False)
class Alignment:
    """Sections of two pages beside each other."""

    matches: tuple[tuple[Section, Section], ...]
    only_first: tuple[Section, ...] = ()
    only_second: tuple[Section, ...] = ()
    by_id: bool = False
    certain: bool = True

    @property
    def steady(self) -> Iterator[tuple[Section, Section]]:
        """Give the matches whose next sections match, too, so that nothing can have moved across their end."""
        ordered = sorted(self.matches, key=lambda match: match[0].line)
        twins = {id(first): second for first, second in ordered}
        firsts = sorted((*(first for first, _ in ordered), *self.only_first), key=lambda section: section.line)
        seconds = sorted((*(second for _, second in ordered), *self.only_second), key=lambda section: section.line)
        after = {id(one): two for one, two in zip_longest(seconds, seconds[1:]) if one is not None}
        for section, following in zip_longest(firsts, firsts[1:]):
            twin = twins.get(id(section))
            if twin is None:
                continue
            expected = twins.get(id(following)) if following is not None else None
            if (following is None or expected is not None) and after[id(twin)] is expected:
                yield section, twin


def _sections(page: Page) -> list[Section]:
    return [section for section in page.all_sections if section.heading is not None]


def _opening(page: Page) -> Section | None:
    return next((section for section in page.sections if section.heading is None), None)


@lru_cache(maxsize=4)
def align(pair: Pair) -> Alignment:
    """Align the sections of a pair of pages."""
    if pair.first.doubtful or pair.second.doubtful:
        return Alignment((), certain=False)
    first, second = _sections(pair.first), _sections(pair.second)
    matches: list[tuple[Section, Section]] = []
    opening = (_opening(pair.first), _opening(pair.second))
    if opening[0] is not None and opening[1] is not None:
        matches.append((opening[0], opening[1]))
    if first and second and first[0].level == 1 and second[0].level == 1:
        matches.append((first[0], second[0]))
        first, second = first[1:], second[1:]
    elif first and first[0].level == 1 and not any(section.level == 1 for section in second):
        # The title of the other page is in its front matter, and what stands below the title here opens that page.
        matches = [(first[0], opening[1])] if opening[1] is not None else []
        first = first[1:]
    elif second and second[0].level == 1 and not any(section.level == 1 for section in first):
        matches = [(opening[0], second[0])] if opening[0] is not None else []
        second = second[1:]
    same_levels = [section.level for section in first] == [section.level for section in second]
    if _share_ids(first, second) and not (same_levels and _ids_are_chance(first, second)):
        return _by_id(first, second, matches)
    if same_levels:
        return Alignment((*matches, *_in_order(first, second)))
    return Alignment(tuple(matches), tuple(first), tuple(second), certain=False)


def _in_order(first: list[Section], second: list[Section]) -> list[tuple[Section, Section]]:
    """Match sections to which somebody gave the same id, and the others by order, except neighbours plainly swapped."""
    given = {section.id: section for section in second if section.heading and section.heading.id}
    fixed = [
        (section, given[section.id])
        for section in first
        if section.heading and section.heading.id and section.id in given and section.level == given[section.id].level
    ]
    done = {id(section) for match in fixed for section in match}
    rest = tuple([section for section in side if id(section) not in done] for side in (first, second))
    if [section.level for section in rest[0]] == [section.level for section in rest[1]]:
        first, second = rest
    else:
        fixed, second = [], list(second)
    for index in range(len(first) - 1):
        if _swapped(first[index], first[index + 1], second[index], second[index + 1]):
            second[index], second[index + 1] = second[index + 1], second[index]
    return [*fixed, *zip(first, second, strict=True)]


def _swapped(a: Section, b: Section, c: Section, d: Section) -> bool:
    """Tell whether two sections stand the other way round: headings or contents are all but the same crosswise."""
    if a.level != b.level or a.children or c.children:
        return False
    if max(_likeness(a, d), _likeness(b, c)) >= 0.8 and max(_likeness(a, c), _likeness(b, d)) <= 0.5:
        return True
    one, two = _contents(a), _contents(b)
    return bool(one and two) and not one.keys() & two.keys() and (one, two) == (_contents(d), _contents(c))


def _contents(section: Section) -> Counter[str]:
    """Count what stands in a section beside paragraphs."""
    held = (Callout, Code, ListBlock, Quote, Table)
    return Counter(type(block).__name__ for block in walk(section.blocks) if isinstance(block, held))


def _likeness(one: Section, two: Section) -> float:
    return SequenceMatcher(None, _text(one), _text(two), autojunk=False).ratio()


def _ids_are_chance(first: list[Section], second: list[Section]) -> bool:
    """Tell whether ids were made by a machine, and no heading with the same words stands in another place.

    Machines leave out letters they do not know: a Chinese and a Russian page share `_1` and `_2`, and mean nothing.
    """
    if _explicit(first) * 2 >= len(first) and _explicit(second) * 2 >= len(second):
        return False
    places = [{_text(section): index for index, section in enumerate(side)} for side in (first, second)]
    return all(places[1].get(text, index) == index for text, index in places[0].items() if text)


def _explicit(sections: list[Section]) -> int:
    return sum(1 for section in sections if section.heading and section.heading.id)


def _text(section: Section) -> str:
    return section.heading.text.casefold() if section.heading else ""


def _same(one: Section, two: Section) -> bool:
    """Tell whether two sections with the same id are one: somebody gave it the id, or the headings have its words."""
    given = any(section.heading and section.heading.id for section in (one, two))
    return given or (_text(one) == _text(two) and bool(one.id.strip("_0123456789")))


def _share_ids(first: list[Section], second: list[Section]) -> bool:
    if not first or not second:
        return bool(first or second) and all(section.heading and section.heading.id for section in (*first, *second))
    shared = {section.id for section in first} & {section.id for section in second} - {""}
    both_explicit = _explicit(first) * 2 >= len(first) and _explicit(second) * 2 >= len(second)
    return both_explicit or len(shared) * 5 >= 3 * min(len(first), len(second)) > 0


def _by_id(first: list[Section], second: list[Section], matches: list[tuple[Section, Section]]) -> Alignment:
    by_id: dict[str, Section] = {}
    for section in second:
        by_id.setdefault(section.id, section)
    taken: set[int] = set()
    only_first: list[Section] = []
    for section in first:
        twin = by_id.get(section.id) if section.id else None
        if twin is None or id(twin) in taken or not _same(section, twin):
            only_first.append(section)
        else:
            taken.add(id(twin))
            matches.append((section, twin))
    only_second = [section for section in second if id(section) not in taken]
    if not all(section.heading and section.heading.id for section in (*only_first, *only_second)):
        matches, only_first, only_second = _fill_gaps(first, second, matches, only_first, only_second)
        if only_first and only_second:
            return Alignment(tuple(matches), tuple(only_first), tuple(only_second), certain=False)
    return Alignment(tuple(matches), tuple(only_first), tuple(only_second), by_id=True)


def _fill_gaps(
    first: list[Section],
    second: list[Section],
    matches: list[tuple[Section, Section]],
    only_first: list[Section],
    only_second: list[Section],
) -> tuple[list[tuple[Section, Section]], list[Section], list[Section]]:
    """Match sections between two matched ones by order, where both sides have as many with the same levels there."""
    twins = {id(one): two for one, two in matches}
    gaps: dict[int, tuple[list[Section], list[Section]]] = {}
    positions = {id(two): number for number, two in enumerate(second)}
    last = -1
    for section in first:
        twin = twins.get(id(section))
        if twin is None:
            gaps.setdefault(last, ([], []))[0].append(section)
        else:
            last = max(last, positions[id(twin)])
    matched = {id(two) for _, two in matches}
    last = -1
    for number, section in enumerate(second):
        if id(section) in matched:
            last = number
        else:
            gaps.setdefault(last, ([], []))[1].append(section)
    filled = list(matches)
    for one, two in gaps.values():
        if [section.level for section in one] == [section.level for section in two]:
            filled.extend(zip(one, two, strict=True))
    done = {id(section) for pair in filled for section in pair}
    return (
        filled,
        [section for section in only_first if id(section) not in done],
        [section for section in only_second if id(section) not in done],
    )

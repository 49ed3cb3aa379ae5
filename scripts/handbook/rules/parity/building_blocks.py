"""Building blocks, and the order of a worksheet's fields."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from handbook.model.finding import Place
from handbook.rules.parity.phrases import page_name, section_name
from handbook.rules.parity.throughout import compared
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.project import Pair, Project


def _has_blocks(project: Project) -> str:
    return "" if project.settings.vocabulary.placeholders is not None else "this project names no building blocks"


@rule(
    "PAR131",
    "building-block-differs",
    Scope.PAIR,
    needs=_has_blocks,
    bad="{{ phone nl-113 }} / {{ phone be-1813 }}",
    good="{{ phone nl-113 }} / {{ phone nl-113 }}",
    en=Text(
        "A building block stands in one language and not in the other, or with another value.",
        "A figure, a number or a help block is missing or different for part of the readers.",
    ),
    nl=Text(
        "Een bouwsteen staat in de ene taal en niet in de andere, of met een andere waarde.",
        "Een figuur, nummer of hulpblok ontbreekt of verschilt voor een deel van de lezers.",
    ),
)
def building_block_differs(pair: Pair, project: Project) -> Iterator[Hit]:
    """Compare names and _coded values (those without quotation marks), as a set and then in order."""
    for there, here in compared(pair, project):
        first = pair.first.within(there, pair.first.placeholders)
        second = pair.second.within(here, pair.second.placeholders)
        mine, theirs = [_coded(block.raw) for block in second], [_coded(block.raw) for block in first]
        extra, lacking = (
            list((Counter(mine) - Counter(theirs)).elements()),
            list((Counter(theirs) - Counter(mine)).elements()),
        )
        hint = "Use the same building blocks in both languages."
        if extra and lacking:
            line = second[mine.index(extra[0])].line
            other = Place(pair.first.path, first[theirs.index(lacking[0])].line)
            yield Hit(
                pair.second.path,
                line,
                f'"{extra[0]}" here, "{lacking[0]}" on {page_name(pair.first)}',
                hint,
                other,
            )
        elif lacking:
            place = Place(pair.first.path, first[theirs.index(lacking[0])].line)
            yield Hit(
                pair.second.path,
                here.line,
                f'"{lacking[0]}" of {page_name(pair.first)} is missing in {section_name(here)}',
                hint,
                place,
            )
        elif extra:
            place = Place(pair.second.path, second[mine.index(extra[0])].line)
            yield Hit(
                pair.first.path,
                there.line,
                f'"{extra[0]}" of {page_name(pair.second)} is missing in {section_name(there)}',
                hint,
                place,
            )


def _coded(raw: str) -> str:
    """Write a building block without its words, which differ by language."""
    parts = raw.strip("{} ").split('"')
    return " ".join(" ".join(part for index, part in enumerate(parts) if index % 2 == 0).split())


@rule(
    "PAR132",
    "field-order-differs",
    Scope.PAIR,
    needs=_has_blocks,
    bad="writing lines, then a scale / a scale, then writing lines",
    good="writing lines, then a scale on both pages",
    en=Text(
        "The fields of a worksheet stand in another order than in the other language.",
        "Two people who fill it in together talk about different things.",
    ),
    nl=Text(
        "De velden van een werkblad staan in een andere volgorde dan in de andere taal.",
        "Twee mensen die het samen invullen, praten over verschillende dingen.",
    ),
)
def field_order_differs(pair: Pair, project: Project) -> Iterator[Hit]:
    """Compare the order of fields whose numbers agree."""
    fields = project.settings.vocabulary.field_placeholders
    for there, here in compared(pair, project):
        first = [block for block in pair.first.within(there, pair.first.placeholders) if block.name in fields]
        second = [block for block in pair.second.within(here, pair.second.placeholders) if block.name in fields]
        mine, theirs = [_coded(block.raw) for block in second], [_coded(block.raw) for block in first]
        if mine != theirs and Counter(mine) == Counter(theirs):
            index = next(index for index, (a, b) in enumerate(zip(mine, theirs, strict=True)) if a != b)
            message = f'"{mine[index]}" stands here, "{theirs[index]}" in the same place on {page_name(pair.first)}'
            yield Hit(
                pair.second.path,
                second[index].line,
                message,
                "Put the fields in the same order.",
                Place(pair.first.path, first[index].line),
            )

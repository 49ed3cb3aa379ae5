"""Parity of structure: what one language has, the other has in the same place.

Every rule compares sections that stand for each other (`handbook.rules.aligning`), so a difference is reported once,
with its line on both sides. Where it cannot be known which side is right, the finding stands on the page that is not in
the default language, and names the other side; what only the other language has is reported where it is missing.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from handbook.model.finding import Place, Severity
from handbook.model.page import Callout, Code, Item, ListBlock, Paragraph, Quote, Table, walk
from handbook.rules.aligning import align
from handbook.rules.naming import language_name, listed
from handbook.rules.registry import Hit, Scope, Text, rule
from handbook.rules.resolving import resolver
from handbook.rules.throughout import compared, differ_throughout, numbered_by_hand, sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from handbook.model.page import Block, Page, Section
    from handbook.model.project import Pair, Project

LANGUAGE_KEYS = frozenset({
    "author", "authors", "contributors", "created", "date", "hash", "lang", "language", "last_update", "locale",
    "original", "permalink", "revision", "slug", "source", "source_hash", "translated", "translation", "translator",
    "translators", "updated", "url",
})  # fmt: skip
"""Keys that naturally belong to one language version only."""
FORWARDING: Final = re.compile(r"<meta\s[^>]*http-equiv=[\"']?refresh|^redirect(?:_to)?:", re.IGNORECASE | re.MULTILINE)
"""What sends a reader on to another page."""
SHORT: Final = 500
"""A page with fewer characters that sends readers on does nothing else."""


def _several_languages(project: Project) -> str:
    return "" if len(project.languages) > 1 else "the site has one language"


def _there(page: Page) -> str:
    return f"the {language_name(page.language)} page"


def _name(section: Section) -> str:
    if section.heading is None:
        return "the opening"
    return f'"{section.heading.text}"' if section.heading.text else f'"#{section.id}"'


# --- Pages and front matter ------------------------------------------------------------------------------------------


@rule(
    "PAR101",
    "page-missing-in-language",
    Scope.PROJECT,
    needs=_several_languages,
    en=Text(
        "A page exists in one language and not in the other.",
        "Readers of the other language get nothing, or a page they cannot read.",
        "docs/en/needs/safety.md without docs/nl/needs/safety.md",
        "both files",
    ),
    nl=Text(
        "Een pagina bestaat in de ene taal en niet in de andere.",
        "Lezers van de andere taal krijgen niets, of een pagina die ze niet kunnen lezen.",
        "docs/en/needs/safety.md zonder docs/nl/needs/safety.md",
        "beide bestanden",
    ),
)
def page_missing_in_language(project: Project, _same: Project) -> Iterator[Hit]:
    """Report each missing page, or one finding for a language that has hardly begun."""
    localized = {
        key: versions
        for key, versions in project.by_key.items()
        if all(page.localized for page in versions.values()) and not next(iter(versions.values())).partial
    }
    severity = Severity.WARNING if project.configuration.fallback else Severity.ERROR
    for language in project.languages:
        missing = sorted(key for key, versions in localized.items() if language.locale not in versions)
        name = language_name(language.locale)
        if len(missing) > 5 and len(missing) * 2 > len(localized):
            message = f"{len(missing)} of {len(localized)} pages have none beside them in {name}: {listed(missing)}"
            hint = f"Write them in {name} under the same file names, or take the language off the site for now."
            yield Hit(project.configuration.path, 0, message, hint, severity=severity)
            continue
        for key in missing:
            page = next(iter(localized[key].values()))
            if not (page.blocks or page.headings) or _only_forwards(page):
                continue  # nobody reads it
            message = f"this page does not exist in {name}"
            hint = f"Write it in {name}, or remove it in every language."
            yield Hit(page.path, 1, message, hint, severity=severity)


def _only_forwards(page: Page) -> bool:
    return len(page.text) < SHORT and bool(FORWARDING.search(page.text))


@rule(
    "PAR104",
    "page-twice-in-language",
    Scope.PROJECT,
    needs=_several_languages,
    en=Text(
        "Two files are one page in the same language.",
        "Readers get one of them, whoever changes the other changes nothing, and some builds stop.",
        "docs/x.md and docs/x.en.md, where English is the default language",
        "docs/x.en.md alone",
    ),
    nl=Text(
        "Twee bestanden zijn dezelfde pagina in dezelfde taal.",
        "Lezers krijgen er een van; wie het andere verandert, verandert niets, en soms stopt de bouw.",
        "docs/x.md en docs/x.en.md, terwijl Engels de standaardtaal is",
        "alleen docs/x.en.md",
    ),
)
def page_twice_in_language(project: Project, _same: Project) -> Iterator[Hit]:
    """Report each file in whose place another one is taken."""
    for page in project.pages:
        taken = project.by_key[page.key][page.language]
        if taken is not page and project.configuration.structure == "suffix" and not page.partial:
            message = f"{taken.path} is this page in {language_name(page.language)}, too"
            yield Hit(page.path, 1, message, "Keep one of the two files.", Place(taken.path, 1))


@rule(
    "PAR102",
    "front-matter-key-differs",
    Scope.PAIR,
    severity=Severity.WARNING,
    en=Text(
        "A key stands in the data at the top of one language version and not of the other.",
        "The two pages then behave differently: one is dated, warned about or found, and the other is not.",
        "docs/nl/x.md has no sensitive: abuse",
        "sensitive: abuse on both pages",
    ),
    nl=Text(
        "Een sleutel staat in de gegevens bovenaan de ene taalversie en niet in de andere.",
        "De twee pagina's gedragen zich dan verschillend: de ene heeft een datum of waarschuwing en de andere niet.",
        "docs/nl/x.md heeft geen sensitive: abuse",
        "sensitive: abuse op beide pagina's",
    ),
)
def front_matter_key_differs(pair: Pair, project: Project) -> Iterator[Hit]:
    """Compare the keys, without those that belong to one language."""
    if pair.first.front_matter.error or pair.second.front_matter.error:
        return
    optional = project.settings.optional_keys
    strict = project.settings.strict_parity
    for here, there in ((pair.second, pair.first), (pair.first, pair.second)):
        own = optional.get(there.language, frozenset())
        for entry in there.front_matter.entries:
            if entry.key in here.front_matter.keys or entry.key in own:
                continue
            if not strict and (entry.key in LANGUAGE_KEYS or there is pair.second):
                continue  # a translation may say more about itself
            message = f'the key "{entry.key}" is missing here; {_there(there)} has it'
            hint = f"Add it here, or remove it from {there.path}."
            yield Hit(here.path, max(here.front_matter.line, 1), message, hint, Place(there.path, entry.line))


@rule(
    "PAR103",
    "front-matter-value-differs",
    Scope.PAIR,
    needs=lambda project: "" if project.settings.shared_keys else "this project names no keys that all languages share",
    bad="sensitive: abuse / sensitive: none",
    good="sensitive: abuse / sensitive: abuse",
    en=Text("A value that all languages share differs between them.", "One of the two pages is wrong about itself."),
    nl=Text("Een waarde die alle talen delen, verschilt.", "Een van de twee pagina's klopt niet over zichzelf."),
)
def front_matter_value_differs(pair: Pair, project: Project) -> Iterator[Hit]:
    """Compare the values of the keys that the project names."""
    for entry in pair.second.front_matter.entries:
        other = pair.first.front_matter.entry(entry.key)
        if entry.key in project.settings.shared_keys and other is not None and other.value != entry.value:
            message = f'"{entry.key}" is {_value(entry.value)} here and {_value(other.value)} on {_there(pair.first)}'
            place = Place(pair.first.path, other.line)
            yield Hit(pair.second.path, entry.line, message, "Make the two equal.", place)


def _value(value: object) -> str:
    text = ", ".join(str(item) for item in value) if isinstance(value, list) else str(value)
    return f'"{text}"'


# --- Sections --------------------------------------------------------------------------------------------------------


@rule(
    "PAR111",
    "section-missing-in-language",
    Scope.PAIR,
    en=Text(
        "A section exists in one language and not in the other.",
        "Readers of the other language miss it, and links to it fail there.",
        "docs/nl/x.md without ## Wanneer hulp zoeken {#when-to-get-help}",
        "the section in both languages",
    ),
    nl=Text(
        "Een onderdeel bestaat in de ene taal en niet in de andere.",
        "Lezers van de andere taal missen het, en links ernaartoe falen daar.",
        "docs/nl/x.md zonder ## Wanneer hulp zoeken {#when-to-get-help}",
        "het onderdeel in beide talen",
    ),
)
def section_missing_in_language(pair: Pair, project: Project) -> Iterator[Hit]:
    """Report sections without a twin; where sections cannot be told apart, one finding for the page."""
    alignment = align(pair)
    if differ_throughout(pair, project):
        return
    if not alignment.certain and not alignment.only_first and not alignment.only_second:
        return  # the sections of one of the two are not known
    if not alignment.certain:
        yield from _different_outline(pair, alignment.only_first, alignment.only_second)
        return
    renamed = _renamed(alignment.only_first, alignment.only_second)
    for section in alignment.only_first:
        if section not in renamed:
            yield _missing_section(pair.second, pair.first, section)
    for section in alignment.only_second:
        if section in renamed.values():
            continue
        if project.settings.strict_parity:
            yield _missing_section(pair.first, pair.second, section)
        else:
            message = f"the section {_name(section)} has no counterpart on {_there(pair.first)}"
            hint = "Write it there, too, or remove it here."
            yield Hit(pair.second.path, section.line, message, hint, Place(pair.first.path, 1))


def _missing_section(here: Page, there: Page, section: Section) -> Hit:
    message = f"the section {_name(section)} of {_there(there)} is missing here"
    hint = (
        f"Write it here with the id #{section.id}, or remove it there."
        if section.id
        else "Write it here, or remove it there."
    )
    return Hit(here.path, _where_missing(here, there, section), message, hint, Place(there.path, section.line))


def _where_missing(here: Page, there: Page, section: Section) -> int:
    """Find the line after which a section should stand: the end of the last earlier section that exists here."""
    line = 1
    for other in there.all_sections:
        if other is section:
            break
        twin = here.section(other.id) if other.id else None
        if twin is not None:
            line = twin.end
    return line


def _different_outline(pair: Pair, first: Sequence[Section], second: Sequence[Section]) -> Iterator[Hit]:
    levels = [[section.level for section in side] for side in (first, second)]
    at = next((index for index, (a, b) in enumerate(zip(*levels, strict=False)) if a != b), min(map(len, levels)))
    here = second[at] if at < len(second) else None
    there = first[at] if at < len(first) else None
    counts = f"{_plural(len(second), 'section')} here, {len(first)} on {_there(pair.first)}"
    what = "have other levels" if len(first) == len(second) else "differ in number"
    message = f"the sections {what}: {counts}"
    if here is not None and there is not None:
        message += f"; the first difference is {_name(here)} here, {_name(there)} there"
    elif there is not None or here is not None:
        message += f"; {_name(there or here)} has no counterpart"  # type: ignore[arg-type]
    line = here.line if here else max((section.line for section in second), default=1)
    other = Place(pair.first.path, there.line if there else max((section.line for section in first), default=1))
    yield Hit(pair.second.path, line, message, "Give both pages the same headings in the same order.", other)


def _renamed(first: Sequence[Section], second: Sequence[Section]) -> dict[Section, Section]:
    """Pair leftover sections that are surely one section under two ids: as many on both sides, with equal levels."""
    if len(first) != len(second) or [section.level for section in first] != [section.level for section in second]:
        return {}
    return dict(zip(first, second, strict=True))


@rule(
    "PAR112",
    "section-id-differs",
    Scope.PAIR,
    bad="## In short {#in-short} / ## In het kort {#in-het-kort}",
    good="## In short {#in-short} / ## In het kort {#in-short}",
    en=Text(
        "The same section has different ids in two languages.",
        "The language switch loses the reader's place, and links work in one language only.",
    ),
    nl=Text(
        "Hetzelfde onderdeel heeft in twee talen een andere id.",
        "De taalknop raakt de plek van de lezer kwijt, en links werken maar in één taal.",
    ),
)
def section_id_differs(pair: Pair, _project: Project) -> Iterator[Hit]:
    """Report leftovers that pair up by order, where ids are meant to be shared."""
    alignment = align(pair)
    if not alignment.by_id:
        return
    for there, here in _renamed(alignment.only_first, alignment.only_second).items():
        if not ((here.heading and here.heading.id) or (there.heading and there.heading.id)):
            continue
        message = f'the section {_name(here)} has the id "{here.id}" here, "{there.id}" on {_there(pair.first)}'
        yield Hit(
            pair.second.path,
            here.line,
            message,
            f"Give both the same id, such as {{#{there.id}}}.",
            Place(pair.first.path, there.line),
        )


@rule(
    "PAR113",
    "section-order-differs",
    Scope.PAIR,
    en=Text(
        "Sections stand in another order than in the other language.",
        "Whoever compares or translates the pages gets lost.",
    ),
    nl=Text(
        "Onderdelen staan in een andere volgorde dan in de andere taal.",
        "Wie de pagina's vergelijkt of vertaalt, raakt de weg kwijt.",
    ),
    bad="In short, Do you recognise this? / Herken je dit?, In het kort",
    good="In short, Do you recognise this? / In het kort, Herken je dit?",
)
def section_order_differs(pair: Pair, _project: Project) -> Iterator[Hit]:
    """Report the first section that stands too early or too late."""
    alignment = align(pair)
    ordered = sorted(alignment.matches, key=lambda match: match[0].line)
    latest = 0
    for there, here in ordered:
        if here.line < latest:
            message = f"the section {_name(here)} stands in another place than on {_there(pair.first)}"
            yield Hit(
                pair.second.path,
                here.line,
                message,
                "Put the sections in the same order.",
                Place(pair.first.path, there.line),
            )
            return
        latest = max(latest, here.line)


@rule(
    "PAR114",
    "section-level-differs",
    Scope.PAIR,
    bad="## In short {#in-short} / ### In het kort {#in-short}",
    good="## In short {#in-short} / ## In het kort {#in-short}",
    en=Text("A heading has another level than in the other language.", "The outline of the two pages is not the same."),
    nl=Text("Een kop heeft een ander niveau dan in de andere taal.", "De opbouw van de twee pagina's is niet gelijk."),
)
def section_level_differs(pair: Pair, _project: Project) -> Iterator[Hit]:
    """Compare the levels of sections that stand for each other."""
    for there, here in align(pair).matches:
        if there.level != here.level and there.level and here.level:
            message = f"the section {_name(here)} has level {here.level} here, {there.level} on {_there(pair.first)}"
            yield Hit(
                pair.second.path,
                here.line,
                message,
                f"Write it with {there.level} # signs.",
                Place(pair.first.path, there.line),
            )


# --- What stands in a section ----------------------------------------------------------------------------------------


@lru_cache(maxsize=256)
def _blocks(section: Section) -> tuple[Block, ...]:
    return tuple(walk(section.blocks))


def _line(blocks: Sequence[Block], section: Section) -> int:
    return blocks[0].line if blocks else section.line


def _count_hit(
    pair: Pair, sections: tuple[Section, Section], found: tuple[Sequence[Block], Sequence[Block]], noun: str
) -> Hit:
    """Report that one side has more of something, on the side that has fewer."""
    there, here = found
    section_there, section_here = sections
    if len(here) <= len(there):
        page, other, section = pair.second, pair.first, section_here
        few, many, place = len(here), len(there), Place(pair.first.path, _line(there[len(here) :], section_there))
    else:
        page, other, section = pair.first, pair.second, section_there
        few, many, place = len(there), len(here), Place(pair.second.path, _line(here[len(there) :], section_here))
    message = f"{_plural(few, noun)} in {_name(section)}, {many} on {_there(other)}"
    return Hit(page.path, section.line, message, f"Add what is missing here, or remove it from {other.path}.", place)


def _plural(count: int, noun: str) -> str:
    if count == 1:
        return f"one {noun}"
    first, *rest = noun.split(" of ", 1)
    many = " of ".join([f"{first}{'es' if first.endswith('x') else 's'}", *rest])
    return f"{count if count else 'no'} {many}"


def _pick(
    kind: type[Block] | tuple[type[Block], ...], section: Section, keep: Callable[[Block], bool] = lambda _: True
) -> list[Block]:
    return [block for block in _blocks(section) if isinstance(block, kind) and keep(block)]


@rule(
    "PAR121",
    "box-missing-in-language",
    Scope.PAIR,
    en=Text(
        "A box stands in one language and not in the other.",
        "A warning or an exercise is missing for part of the readers.",
        '!!! warning "When to stop" only on the English page',
        "the box on both pages",
    ),
    nl=Text(
        "Een kader staat in de ene taal en niet in de andere.",
        "Een deel van de lezers mist een waarschuwing of oefening.",
        '!!! warning "Wanneer stoppen" alleen op de Nederlandse pagina',
        "het kader op beide pagina's",
    ),
)
def box_missing_in_language(pair: Pair, project: Project) -> Iterator[Hit]:
    """Compare the number of boxes in each section."""
    for there, here in compared(pair, project):
        first, second = _pick(Callout, there), _pick(Callout, here)
        if not project.settings.strict_parity and _about_translation(here, first, second):
            continue
        if len(first) != len(second):
            lacking = Counter(_kind(block) for block in first) - Counter(_kind(block) for block in second)
            lacking = lacking or Counter(_kind(block) for block in second) - Counter(_kind(block) for block in first)
            noun = f"{next(iter(lacking), '')} box".strip()
            kind = next(iter(lacking), None)
            mine = (
                [block for block in first if kind is None or _kind(block) == kind],
                [block for block in second if kind is None or _kind(block) == kind],
            )
            yield _count_hit(pair, (there, here), mine, noun)


def _about_translation(here: Section, first: Sequence[Block], second: Sequence[Block]) -> bool:
    """Tell whether the only box more is the first thing on a translated page, where it tells about the translation."""
    opening = here.level <= 1 and here.blocks and second and here.blocks[0] is second[0]
    return bool(opening) and len(second) == len(first) + 1


def _kind(block: Block) -> str:
    return block.kind if isinstance(block, Callout) else ""


@rule(
    "PAR122",
    "box-kind-differs",
    Scope.PAIR,
    bad='!!! warning "Stop" / !!! note "Stop"',
    good='!!! warning "Stop" / !!! warning "Stop"',
    en=Text("A box has another kind than in the other language.", "What is a warning for some is a remark for others."),
    nl=Text(
        "Een kader heeft een andere soort dan in de andere taal.",
        "Wat voor de een een waarschuwing is, is voor de ander een opmerking.",
    ),
)
def box_kind_differs(pair: Pair, project: Project) -> Iterator[Hit]:
    """Compare the kinds one by one where the numbers are equal."""
    for there, here in compared(pair, project):
        first, second = _pick(Callout, there), _pick(Callout, here)
        if len(first) == len(second):
            for one, two in zip(first, second, strict=True):
                if _kind(one) != _kind(two):
                    message = f'this box is of the kind "{_kind(two)}" here, "{_kind(one)}" on {_there(pair.first)}'
                    yield Hit(
                        pair.second.path,
                        two.line,
                        message,
                        "Give both the same kind.",
                        Place(pair.first.path, one.line),
                    )


@rule(
    "PAR123",
    "list-differs",
    Scope.PAIR,
    en=Text(
        "A list has another number of items than in the other language.",
        "A step, a sign or a choice is missing for part of the readers.",
        "five signs here, four there",
        "five signs on both pages",
    ),
    nl=Text(
        "Een lijst heeft een ander aantal punten dan in de andere taal.",
        "Een deel van de lezers mist een stap, een signaal of een keuze.",
        "hier vijf signalen, daar vier",
        "vijf signalen op beide pagina's",
    ),
)
def list_differs(pair: Pair, project: Project) -> Iterator[Hit]:
    """Compare lists one by one, or their number."""
    for there, here in compared(pair, project):
        first, second = _pick(ListBlock, there), _pick(ListBlock, here)
        if not project.settings.strict_parity and (numbered_by_hand(pair, there, here) or _as_much_said(there, here)):
            continue
        if len(first) != len(second):
            if sum(map(_items, first)) != sum(map(_items, second)):
                yield _count_hit(pair, (there, here), (first, second), "list")
            continue
        for one, two in zip(first, second, strict=True):
            if _items(one) != _items(two):
                message = f"this list has {_plural(_items(two), 'item')} here, {_items(one)} on {_there(pair.first)}"
                yield Hit(
                    pair.second.path,
                    two.line,
                    message,
                    "Add the item that is missing on one side.",
                    Place(pair.first.path, one.line),
                )


def _as_much_said(there: Section, here: Section) -> bool:
    """Tell whether what is an item on one page may be a paragraph on the other: nothing is missing then."""
    return len(_pick(Paragraph, there)) == len(_pick(Paragraph, here))


IMAGE: Final = re.compile(r"!\[[^\]\n]*\][(\[]|<img\b", re.IGNORECASE)
FENCE: Final = re.compile(r"^[ \t>]*(?:```|~~~)", re.MULTILINE)


def _as_many_written(pair: Pair, there: Section, here: Section, sign: re.Pattern[str]) -> bool:
    """Tell whether both sources have something equally often: raw HTML around it can hide it from one parser only."""
    first, second = (len(sign.findall(source)) for source in sources(pair, there, here))
    return first == second


def _items(block: Block) -> int:
    return len(block.items) if isinstance(block, ListBlock) else 0


@rule(
    "PAR124",
    "table-differs",
    Scope.PAIR,
    en=Text(
        "A table has other rows or columns than in the other language.",
        "Part of the readers misses a row of facts.",
        "six rows here, seven there",
        "seven rows on both pages",
    ),
    nl=Text(
        "Een tabel heeft andere rijen of kolommen dan in de andere taal.",
        "Een deel van de lezers mist een rij met feiten.",
        "hier zes rijen, daar zeven",
        "zeven rijen op beide pagina's",
    ),
)
def table_differs(pair: Pair, project: Project) -> Iterator[Hit]:
    """Compare tables one by one, or their number."""
    for there, here in compared(pair, project):
        first, second = _pick(Table, there), _pick(Table, here)
        if len(first) != len(second):
            yield _count_hit(pair, (there, here), (first, second), "table")
            continue
        for one, two in zip(first, second, strict=True):
            if isinstance(one, Table) and isinstance(two, Table):
                mine, theirs = (len(two.rows), len(two.header)), (len(one.rows), len(one.header))
                if mine != theirs:
                    what, index = ("row", 0) if mine[0] != theirs[0] else ("column", 1)
                    message = (
                        f"this table has {_plural(mine[index], what)} here, {theirs[index]} on {_there(pair.first)}"
                    )
                    yield Hit(
                        pair.second.path,
                        two.line,
                        message,
                        f"Add the {what} that is missing on one side.",
                        Place(pair.first.path, one.line),
                    )


@rule(
    "PAR125",
    "image-missing-in-language",
    Scope.PAIR,
    en=Text(
        "An image stands in one language and not in the other.",
        "Part of the readers misses what it explains.",
        "![…](three-steps.svg) only on the English page",
        "the image on both pages",
    ),
    nl=Text(
        "Een afbeelding staat in de ene taal en niet in de andere.",
        "Een deel van de lezers mist wat ze uitlegt.",
        "![…](drie-stappen.svg) alleen op de Nederlandse pagina",
        "de afbeelding op beide pagina's",
    ),
)
def image_missing_in_language(pair: Pair, project: Project) -> Iterator[Hit]:
    """Compare the number of images in each section, badges left out."""
    for there, here in compared(pair, project):
        first = [image for image in pair.first.within(there, pair.first.images) if not _badge(image.target)]
        second = [image for image in pair.second.within(here, pair.second.images) if not _badge(image.target)]
        if len(first) != len(second) and not _as_many_written(pair, there, here, IMAGE):
            yield _count_hit(pair, (there, here), (first, second), "image")  # type: ignore[arg-type]


def _badge(target: str) -> bool:
    return "shields.io" in target or "/badge" in target or "badge.svg" in target


@rule(
    "PAR126",
    "code-block-missing-in-language",
    Scope.PAIR,
    severity=Severity.WARNING,
    en=Text(
        "A block of code stands in one language and not in the other.",
        "An example is missing for part of the readers.",
        "two examples here, one there",
        "two examples on both pages",
    ),
    nl=Text(
        "Een codeblok staat in de ene taal en niet in de andere.",
        "Een deel van de lezers mist een voorbeeld.",
        "hier twee voorbeelden, daar één",
        "twee voorbeelden op beide pagina's",
    ),
)
def code_block_missing_in_language(pair: Pair, project: Project) -> Iterator[Hit]:
    """Compare the number of fenced blocks in each section."""
    for there, here in compared(pair, project):
        first = _pick(Code, there, lambda block: isinstance(block, Code) and block.fenced)
        second = _pick(Code, here, lambda block: isinstance(block, Code) and block.fenced)
        if len(first) != len(second) and not _as_many_written(pair, there, here, FENCE):
            yield _count_hit(pair, (there, here), (first, second), "block of code")


@rule(
    "PAR127",
    "quotation-missing-in-language",
    Scope.PAIR,
    severity=Severity.WARNING,
    en=Text(
        "A quotation stands in one language and not in the other.",
        "A sentence to say aloud is missing for part of the readers.",
        "> I would like to … only on the English page",
        "the quotation on both pages",
    ),
    nl=Text(
        "Een citaat staat in de ene taal en niet in de andere.",
        "Een deel van de lezers mist een zin om hardop te zeggen.",
        "> Ik wil graag … alleen op de Nederlandse pagina",
        "het citaat op beide pagina's",
    ),
)
def quotation_missing_in_language(pair: Pair, project: Project) -> Iterator[Hit]:
    """Compare the number of block quotations in each section."""
    for there, here in compared(pair, project):
        first, second = _pick(Quote, there), _pick(Quote, here)
        if len(first) != len(second):
            yield _count_hit(pair, (there, here), (first, second), "quotation")


@rule(
    "PAR128",
    "check-box-differs",
    Scope.PAIR,
    en=Text(
        "A line to tick is one in one language only.",
        "The worksheet of one language lacks a box.",
        "- [ ] I slept well / - Ik sliep goed",
        "- [ ] I slept well / - [ ] Ik sliep goed",
    ),
    nl=Text(
        "Een regel om aan te vinken is dat maar in één taal.",
        "Het werkblad van één taal mist een vakje.",
        "- [ ] I slept well / - Ik sliep goed",
        "- [ ] I slept well / - [ ] Ik sliep goed",
    ),
)
def check_box_differs(pair: Pair, project: Project) -> Iterator[Hit]:
    """Compare the number of check boxes, and how many are ticked."""
    for there, here in compared(pair, project):
        boxes = [
            [block for block in _blocks(side) if isinstance(block, Item) and block.checked is not None]
            for side in (there, here)
        ]
        items = [[block for block in _blocks(side) if isinstance(block, Item)] for side in (there, here)]
        if len(boxes[0]) != len(boxes[1]) and len(items[0]) == len(items[1]):
            yield _count_hit(pair, (there, here), (boxes[0], boxes[1]), "check box")
        elif len(boxes[0]) == len(boxes[1]):
            for one, two in zip(*boxes, strict=True):
                if one.checked != two.checked:
                    state = "ticked" if two.checked else "empty"
                    message = f"this check box is {state} here, and not on {_there(pair.first)}"
                    yield Hit(
                        pair.second.path, two.line, message, "Make the two equal.", Place(pair.first.path, one.line)
                    )


HELD: Final = {"list": ListBlock, "table": Table, "block of code": Code, "quotation": Quote, "paragraph": Paragraph}
"""What a box can hold, by its name."""


@rule(
    "PAR129",
    "box-content-differs",
    Scope.PAIR,
    en=Text(
        "What stands in a box in one language stands below it in the other.",
        "The last steps of an exercise, or half of a warning, look like ordinary text for part of the readers.",
        "the steps in the box on one page, below it on the other",
        "the steps in the box on both pages",
    ),
    nl=Text(
        "Wat in de ene taal in een kader staat, staat er in de andere taal onder.",
        "De laatste stappen van een oefening, of een halve waarschuwing, lijken voor een deel van de lezers "
        "gewone tekst.",
        "de stappen in het kader op de ene pagina, eronder op de andere",
        "de stappen in het kader op beide pagina's",
    ),
)
def box_content_differs(pair: Pair, project: Project) -> Iterator[Hit]:
    """Compare what each box holds, where the section around it holds the same all in all."""
    for there, here in compared(pair, project):
        first, second = _pick(Callout, there), _pick(Callout, here)
        if len(first) != len(second):
            continue
        held = {
            noun: kind
            for noun, kind in HELD.items()
            if len(_pick(kind, there)) == len(_pick(kind, here))
            and (kind is not Paragraph or project.settings.strict_parity)  # a translation may divide its text otherwise
        }
        for one, two in zip(first, second, strict=True):
            yield from _held_elsewhere(pair, one, two, held)


def _held_elsewhere(pair: Pair, one: Block, two: Block, kinds: Mapping[str, type[Block]]) -> Iterator[Hit]:
    """Report the first kind of thing of which two boxes hold different numbers."""
    if not isinstance(one, Callout) or not isinstance(two, Callout):
        return
    for noun, kind in kinds.items():
        there, here = (sum(isinstance(block, kind) for block in walk(box.children)) for box in (one, two))
        if there != here:
            message = f'{_plural(here, noun)} in the box "{two.title or two.kind}", {there} on {_there(pair.first)}'
            hint = "Put four spaces before every line that belongs in the box, in both languages."
            yield Hit(pair.second.path, two.line, message, hint, Place(pair.first.path, one.line))
            return


# --- Building blocks, citations, footnotes, links --------------------------------------------------------------------


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
    """Compare names and coded values (those without quotation marks), as a set and then in order."""
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
            yield Hit(pair.second.path, line, f'"{extra[0]}" here, "{lacking[0]}" on {_there(pair.first)}', hint, other)
        elif lacking:
            place = Place(pair.first.path, first[theirs.index(lacking[0])].line)
            yield Hit(
                pair.second.path,
                here.line,
                f'"{lacking[0]}" of {_there(pair.first)} is missing in {_name(here)}',
                hint,
                place,
            )
        elif extra:
            place = Place(pair.second.path, second[mine.index(extra[0])].line)
            yield Hit(
                pair.first.path,
                there.line,
                f'"{extra[0]}" of {_there(pair.second)} is missing in {_name(there)}',
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
            message = f'"{mine[index]}" stands here, "{theirs[index]}" in the same place on {_there(pair.first)}'
            yield Hit(
                pair.second.path,
                second[index].line,
                message,
                "Put the fields in the same order.",
                Place(pair.first.path, first[index].line),
            )


@rule(
    "PAR133",
    "citation-differs",
    Scope.PAIR,
    needs=lambda project: "" if project.settings.vocabulary.citations else "this project has no citations",
    bad="It helps. [@E54] / Het helpt.",
    good="It helps. [@E54] / Het helpt. [@E54]",
    en=Text(
        "A citation stands in one language and not in the other.",
        "Readers of one language cannot see what a claim rests on.",
    ),
    nl=Text(
        "Een bronverwijzing staat in de ene taal en niet in de andere.",
        "Lezers van één taal zien niet waar een bewering op rust.",
    ),
)
def citation_differs(pair: Pair, project: Project) -> Iterator[Hit]:
    """Compare the cited ids in each section."""
    for there, here in compared(pair, project):
        first = pair.first.within(there, pair.first.citations)
        second = pair.second.within(here, pair.second.citations)
        for mine, theirs, page, other, section in (
            (second, first, pair.second, pair.first, here),
            (first, second, pair.first, pair.second, there),
        ):
            lacking = Counter(citation.key for citation in theirs) - Counter(citation.key for citation in mine)
            for key in lacking:
                line = next(citation.line for citation in theirs if citation.key == key)
                message = f"the citation [@{key}] of {_there(other)} is missing in {_name(section)}"
                yield Hit(
                    page.path, section.line, message, "Cite it here, too, or remove it there.", Place(other.path, line)
                )


@rule(
    "PAR134",
    "footnote-differs",
    Scope.PAIR,
    bad="This helps.[^1] / Dit helpt.",
    good="This helps.[^1] / Dit helpt.[^1]",
    en=Text(
        "A section has other footnotes than in the other language.", "Part of the readers misses a source or a remark."
    ),
    nl=Text(
        "Een onderdeel heeft andere voetnoten dan in de andere taal.",
        "Een deel van de lezers mist een bron of een opmerking.",
    ),
)
def footnote_differs(pair: Pair, project: Project) -> Iterator[Hit]:
    """Compare the number of footnote marks in each section."""
    for there, here in compared(pair, project):
        first = pair.first.within(there, pair.first.footnotes)
        second = pair.second.within(here, pair.second.footnotes)
        if len(first) != len(second):
            yield _count_hit(pair, (there, here), (first, second), "footnote")  # type: ignore[arg-type]


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
            where = f" in {_name(sections[index])}" if sections else ""
            message = f"the link to {target} of {_there(other)} is missing{where}"
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

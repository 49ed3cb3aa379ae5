"""What keeps a reader safe: help, content notes, and that an exercise may be stopped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from handbook.editorial.handbook_data import data_of, is_handbook, need
from handbook.editorial.prose import prose_of
from handbook.editorial.rules.shape.slots import UNSHAPED, slots_of
from handbook.model.page import Callout, Paragraph, walk
from handbook.rules.naming import listed
from handbook.rules.parity.building_blocks import differences
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.editorial.helplines import Helplines
    from handbook.model.page import Page
    from handbook.model.project import Project

_STOP: Final = {
    "en": re.compile(r"\bstop\b", re.IGNORECASE),
    "nl": re.compile(r"\bstop(pen|t)?\b", re.IGNORECASE),
}
_TIME: Final = re.compile(
    r"\d+\s*(minutes?|minuten|minuut|seconds?|seconden|hours?|uur|days?|dagen|weeks?|weken)", re.IGNORECASE
)
HELP: Final = "help-now.md"
SHARED: Final = "when-to-get-help"
HELPLINES: Final = "helplines"
"""The building block that shows them, of all countries or of one."""
CRISIS: Final = {
    "en": re.compile(
        r"\bsuicid\w*|\bself-harm\w*|\bend(ing)?\s+(your|my|their)\s+(own\s+)?life\b|\bkill(ing)?\s+(yourself|myself)\b",
        re.IGNORECASE,
    ),
    "nl": re.compile(
        r"\bzelfdoding\w*|\bsuïcid\w*|\bzelfmoord\w*|\bzelfbeschadig\w*|\bjezelf\s+(iets\s+aan\s?doen|pijn\s+doen)|\been\s+einde\s+aan\s+(je|mijn)\s+leven\b",
        re.IGNORECASE,
    ),
}


@rule(
    "SHA203",
    "help-text-missing",
    Scope.PAGE,
    needs=is_handbook,
    en=Text(
        "The section on getting help does not hold the shared text.",
        "It names the numbers and stays the same on every page.",
        "## When to get help {#when-to-get-help} … (own words only)",
        "{{ when-to-get-help }}",
    ),
    nl=Text(
        "Het stuk over hulp zoeken bevat de gedeelde tekst niet.",
        "Daar staan de nummers in, en die is op elke pagina gelijk.",
        "## Wanneer hulp zoeken {#when-to-get-help} … (alleen eigen woorden)",
        "{{ when-to-get-help }}",
    ),
)
def help_text_missing(page: Page, _project: Project) -> Iterator[Hit]:
    """Look for the building block in the section."""
    section = page.section(SHARED)
    if section is not None and slots_of(page):
        names = {block.name for block in page.within(section, page.placeholders)}
        if SHARED not in names:
            yield Hit(
                page.path,
                section.line,
                "the shared text on getting help is missing here",
                "Add the line {{ when-to-get-help }}.",
            )


@rule(
    "SHA301",
    "content-note-missing",
    Scope.PAGE,
    needs=is_handbook,
    en=Text(
        "A page on something that can hurt does not say so first.",
        "Whoever lives with it must be able to choose, and to skip.",
        "sensitive: abuse, and no content note",
        '!!! content-note "Before you read"',
    ),
    nl=Text(
        "Een pagina over iets dat pijn kan doen, zegt dat niet vooraf.",
        "Wie het zelf meemaakt, moet kunnen kiezen en overslaan.",
        "sensitive: abuse, en geen waarschuwing vooraf",
        '!!! content-note "Voor je verder leest"',
    ),
)
def content_note_missing(page: Page, _project: Project) -> Iterator[Hit]:
    """Look for the callout, and for a link in it that leads past."""
    sensitive = page.front_matter.get("sensitive")
    if page.front_matter.get("audience") != "client" or sensitive in (None, "none") or page.key in UNSHAPED:
        return
    notes = [block for block in page.blocks if isinstance(block, Callout) and block.kind == "content-note"]
    if not notes:
        line = page.front_matter.line_of("sensitive")
        yield Hit(
            page.path,
            line,
            f"this page is marked sensitive ({sensitive}) and has no content note",
            'Add !!! content-note "…" after the summary.',
        )
    for note in notes:
        if not any(note.line <= link.line <= note.end and link.target.startswith("#") for link in page.links):
            yield Hit(
                page.path,
                note.line,
                "the content note has no link that leads past",
                "Add a link such as [Skip to what you can do](#what-you-can-do).",
            )


@rule(
    "SHA302",
    "crisis-words-without-help",
    Scope.PAGE,
    needs=is_handbook,
    en=Text(
        "A page speaks of suicide or self-harm and does not show where to get help.",
        "Help must stand beside these words, always.",
        "a page with the word suicide and no {{ when-to-get-help }}",
        "{{ when-to-get-help }} or {{ helplines }}",
    ),
    nl=Text(
        "Een pagina noemt zelfdoding of zelfbeschadiging en laat niet zien waar hulp is.",
        "Bij die woorden hoort altijd hulp te staan.",
        "een pagina met het woord zelfdoding en zonder {{ when-to-get-help }}",
        "{{ when-to-get-help }} of {{ helplines }}",
    ),
)
def crisis_words_without_help(page: Page, _project: Project) -> Iterator[Hit]:
    """Look for the words, then for a building block or a link that leads to help."""
    words = CRISIS.get(page.language)
    if words is None or page.key.startswith("_"):
        return
    helped = any(block.name in (SHARED, HELPLINES, "phone") for block in page.placeholders)
    helped = helped or any(link.target.split("#")[0].endswith(HELP) for link in page.links)
    if helped:
        return
    for text, line in prose_of(page):
        if match := words.search(text):
            at = line + text.count("\n", 0, match.start())
            yield Hit(
                page.path,
                at,
                f'"{match[0]}" stands on a page that does not show where to get help',
                "Add {{ when-to-get-help }} or a link to help-now.md.",
            )
            return


@rule(
    "SHA303",
    "help-page-without-numbers",
    Scope.PAGE,
    around=True,
    needs=need("helplines"),
    en=Text(
        "The page of help does not show the helplines of every country.",
        "Every page sends a reader in danger there, and finds no number to call.",
        "help-now.md without {{ helplines }}",
        "{{ helplines }}",
    ),
    nl=Text(
        "De pagina met hulp laat niet de hulplijnen van elk land zien.",
        "Elke pagina stuurt een lezer in gevaar daarheen, en die vindt er geen nummer.",
        "help-now.md zonder {{ helplines }}",
        "{{ helplines }}",
    ),
)
def help_page_without_numbers(page: Page, project: Project) -> Iterator[Hit]:
    """Look for the block of all helplines, or for those of all countries."""
    helplines = data_of(project).helplines
    if page.key != HELP or helplines is None:
        return
    lacking = _lacking(page, helplines)
    if lacking and not _told_by_comparison(page, project, helplines):
        message = f"the helplines do not stand on this page ({', '.join(lacking)})"
        yield Hit(page.path, 1, message, "Add the line {{ helplines }}.")


def _lacking(page: Page, helplines: Helplines) -> list[str]:
    """Name the countries whose helplines a page does not show."""
    shown = {block.arguments[:1] for block in page.placeholders if block.name == HELPLINES}
    return [] if () in shown else [group.id for group in helplines.countries if (group.id,) not in shown]


def _told_by_comparison(page: Page, project: Project, helplines: Helplines) -> bool:
    """Tell whether comparing a page with its other language, which shows all, already names the block missing here."""
    for pair in project.pairs():
        if page in {pair.first, pair.second}:
            other = pair.second if page is pair.first else pair.first
            for one in [] if _lacking(other, helplines) else differences(pair, project):
                missing = one.only_second if page is pair.first else one.only_first
                if missing and missing[0].name == HELPLINES:
                    return True
    return False


@rule(
    "SHA304",
    "help-text-gone",
    Scope.PROJECT,
    needs=is_handbook,
    en=Text(
        "The shared text on getting help is gone, and pages take it in.",
        "Readers would see the bare braces where the numbers and the advice should be.",
        "no docs/en/_shared/when-to-get-help.md",
        "docs/en/_shared/when-to-get-help.md",
    ),
    nl=Text(
        "De gedeelde tekst over hulp zoeken is weg, terwijl pagina's die overnemen.",
        "Lezers zien dan de kale accolades waar de nummers en het advies horen te staan.",
        "geen docs/nl/_shared/when-to-get-help.md",
        "docs/nl/_shared/when-to-get-help.md",
    ),
)
def help_text_gone(_project: Project, project: Project) -> Iterator[Hit]:
    """Look for the text where no language has it; where one has, the other's page is missing."""
    if f"_shared/{SHARED}.md" in project.by_key:
        return
    for language in project.languages:
        takers = [page.key for page in project.pages if page.language == language.locale and _takes(page)]
        if takers:
            path = f"{project.configuration.docs_dir}/{language.locale}/_shared/{SHARED}.md"
            yield Hit(path, 0, f"this text is gone, and pages take it in: {listed(takers)}", "Put it back.")


def _takes(page: Page) -> bool:
    return any(block.name == SHARED for block in page.placeholders)


@rule(
    "SHA401",
    "exercise-without-stop",
    Scope.PAGE,
    needs=is_handbook,
    en=Text(
        "An exercise does not say how long it takes, or that the reader may stop.",
        "Nobody must feel obliged to go on when it hurts.",
        '!!! exercise "One small no"',
        '!!! exercise "One small no (10 minutes)" … You can stop at any moment.',
    ),
    nl=Text(
        "Een oefening zegt niet hoe lang ze duurt, of dat je mag stoppen.",
        "Niemand mag zich verplicht voelen om door te gaan als het pijn doet.",
        '!!! exercise "Eén klein nee"',
        '!!! exercise "Eén klein nee (10 minuten)" … Je kunt op elk moment stoppen.',
    ),
)
def exercise_without_stop(page: Page, _project: Project) -> Iterator[Hit]:
    """Look for a time in the title and for the word stop in the text, of each exercise."""
    stop = _STOP.get(page.language)
    for block in page.blocks:
        if not isinstance(block, Callout) or block.kind != "exercise":
            continue
        if not _TIME.search(block.title or ""):
            yield Hit(
                page.path,
                block.line,
                "the exercise does not say how long it takes",
                "Put the time in its title: (10 minutes).",
            )
        said = " ".join(inner.text for inner in walk(block.children) if isinstance(inner, Paragraph))
        if stop is not None and not stop.search(said):
            yield Hit(
                page.path,
                block.line,
                "the exercise does not say that the reader may stop",
                "Add: You can stop at any moment. / Je kunt op elk moment stoppen.",
            )

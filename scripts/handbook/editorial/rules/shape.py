"""Rules about the shape of a page: its sections and their order, the summary, help, content notes, exercises."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Final

from handbook.editorial.coverage import says_something
from handbook.editorial.handbook_data import data_of, is_handbook, need
from handbook.editorial.page_shapes import CLIENT_SECTIONS, THERAPIST_SECTIONS, Slot
from handbook.editorial.prose import prose_of
from handbook.model.finding import Severity
from handbook.model.page import Callout, Code, Item, ListBlock, Paragraph, Section, walk
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handbook.model.page import Block, Page
    from handbook.model.project import Project

SUMMARY_ITEMS: Final = range(3, 6)
SUMMARY_WORDS: Final = 80
SENTENCES_TO_RECOGNISE: Final = range(4, 8)
INLINE_BLOCKS: Final = frozenset({"phone"})
"""The building blocks that stand in a sentence; all others stand alone on their line."""
UNSHAPED: Final = frozenset({"index.md", "help-now.md", "reading-safely.md", "worksheets/index.md"})
FILLED_OR_COUNTED: Final = frozenset({"in-short", "recognise", "when-to-get-help", "references"})
"""The agreed sections that may hold a building block alone, or whose list is counted by a rule of its own."""
_STOP: Final = {
    "en": re.compile(r"\bstop\b", re.IGNORECASE),
    "nl": re.compile(r"\bstop(pen|t)?\b", re.IGNORECASE),
}
_TIME: Final = re.compile(
    r"\d+\s*(minutes?|minuten|minuut|seconds?|seconden|hours?|uur|days?|dagen|weeks?|weken)", re.IGNORECASE
)
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
_WORD: Final = re.compile(r"\w+(?:['\u2019-]\w+)*")


def _slots(page: Page) -> Sequence[Slot]:
    if page.key in UNSHAPED or page.key.startswith("_"):
        return ()
    match page.front_matter.get("audience"):
        case "client":
            return CLIENT_SECTIONS
        case "therapist" if not page.key.endswith("/index.md"):
            return THERAPIST_SECTIONS
    return ()


def _top(page: Page) -> list[Section]:
    return [section for section in page.all_sections if section.level == 2]


@rule(
    "SHA101",
    "section-out-of-order",
    Scope.PAGE,
    needs=is_handbook,
    en=Text(
        "The agreed sections of a page stand in another order.",
        "Readers who know one page find their way on every other.",
        "What do we know? before What can you do?",
        "the order that Contribute names",
    ),
    nl=Text(
        "De vaste stukken van een pagina staan in een andere volgorde.",
        "Wie één pagina kent, vindt dan de weg op elke andere.",
        "Wat weten we? vóór Wat kun je doen?",
        "de volgorde die bij Meewerken staat",
    ),
)
def section_out_of_order(page: Page, _project: Project) -> Iterator[Hit]:
    """Compare the agreed sections that are there with the agreed order."""
    order = [slot.id for slot in _slots(page)]
    present = [section for section in _top(page) if section.id in order]
    sorted_ids = sorted((section.id for section in present), key=order.index)
    for section, expected in zip(present, sorted_ids, strict=True):
        if section.id != expected:
            message = f'the section "{section.id}" stands where "{expected}" belongs'
            yield Hit(page.path, section.line, message, "The order is: " + ", ".join(sorted_ids) + ".")
            return


@rule(
    "SHA102",
    "section-missing",
    Scope.PAGE,
    needs=is_handbook,
    en=Text(
        "A page lacks a section that every page of its kind has.",
        "The summary, the way to help and what we know are what readers rely on.",
        "a client page without {#when-to-get-help}",
        "## When to get help {#when-to-get-help}",
    ),
    nl=Text(
        "Een pagina mist een stuk dat elke pagina van haar soort heeft.",
        "Op de samenvatting, de weg naar hulp en wat we weten moeten lezers kunnen rekenen.",
        "een pagina voor cliënten zonder {#when-to-get-help}",
        "## Wanneer hulp zoeken {#when-to-get-help}",
    ),
)
def section_missing(page: Page, _project: Project) -> Iterator[Hit]:
    """Look for each section that may not be left out."""
    ids = {section.id for section in page.all_sections}
    for slot in _slots(page):
        if slot.required and slot.id not in ids:
            title = slot.titles.get(page.language, slot.titles["en"])
            yield Hit(page.path, 0, f'the section "{title}" is missing', f"Add ## {title} {{#{slot.id}}}.")


@rule(
    "SHA103",
    "section-title-differs",
    Scope.PAGE,
    severity=Severity.WARNING,
    needs=is_handbook,
    en=Text(
        "An agreed section has another title than on other pages.",
        "The same thing has the same name everywhere.",
        "## Summary {#in-short}",
        "## In short {#in-short}",
    ),
    nl=Text(
        "Een vast stuk heeft een andere titel dan op andere pagina's.",
        "Hetzelfde heet overal hetzelfde.",
        "## Samenvatting {#in-short}",
        "## In het kort {#in-short}",
    ),
)
def section_title_differs(page: Page, _project: Project) -> Iterator[Hit]:
    """Compare the titles of the agreed sections."""
    titles = {slot.id: slot.titles.get(page.language) for slot in _slots(page)}
    for section in _top(page):
        expected = titles.get(section.id)
        if section.heading and expected and section.heading.text.strip() != expected:
            message = f'this section is called "{expected}" on other pages, here "{section.heading.text}"'
            yield Hit(page.path, section.line, message, f"Write ## {expected} {{#{section.id}}}.")


@rule(
    "SHA104",
    "section-without-words",
    Scope.PAGE,
    needs=is_handbook,
    en=Text(
        "An agreed section has a heading and no words of its own.",
        "Somebody who came for just that finds nothing.",
        "## In therapy {#in-therapy} (and then the next heading)",
        "## In therapy {#in-therapy} (and two sentences)",
    ),
    nl=Text(
        "Een vast stuk heeft een kop en geen eigen woorden.",
        "Wie juist daarvoor kwam, vindt niets.",
        "## In therapie {#in-therapy} (en dan de volgende kop)",
        "## In therapie {#in-therapy} (en twee zinnen)",
    ),
)
def section_without_words(page: Page, _project: Project) -> Iterator[Hit]:
    """Look for anything but building blocks; the lists that must be there have rules of their own."""
    agreed = {slot.id for slot in _slots(page)} - FILLED_OR_COUNTED
    for section in _top(page):
        if section.id in agreed and section.heading and not section.children and not any(map(_says, section.blocks)):
            hint = "Write it, or take the heading out in every language."
            yield Hit(page.path, section.line, f'the section "{section.heading.text}" says nothing', hint)


def _says(block: Block) -> bool:
    return not (isinstance(block, Paragraph) and block.placeholder_only)


@rule(
    "SHA201",
    "summary-too-long",
    Scope.PAGE,
    needs=is_handbook,
    en=Text(
        f"The summary is not 3 to 5 points of at most {SUMMARY_WORDS} words together.",
        "Some readers read nothing else.",
        "one long paragraph",
        "- three to five short points",
    ),
    nl=Text(
        f"De samenvatting is niet 3 tot 5 punten van samen hoogstens {SUMMARY_WORDS} woorden.",
        "Sommige lezers lezen alleen dit.",
        "één lange alinea",
        "- drie tot vijf korte punten",
    ),
)
def summary_too_long(page: Page, _project: Project) -> Iterator[Hit]:
    """Count points and words of the section in-short."""
    section = page.section("in-short")
    if section is None or not _slots(page):
        return
    items = [block for block in walk(section.blocks) if isinstance(block, Item)]
    words = sum(len(_WORD.findall(block.text)) for block in _of_list(section) if isinstance(block, Paragraph))
    if len(items) not in SUMMARY_ITEMS:
        yield Hit(page.path, section.line, f"the summary has {len(items)} points", "Make it a list of 3 to 5 points.")
    if words > SUMMARY_WORDS:
        yield Hit(page.path, section.line, f"the summary has {words} words; {SUMMARY_WORDS} fit", "Shorten it.")


def _of_list(section: Section) -> Iterator[Block]:
    for block in section.blocks:
        if isinstance(block, ListBlock):
            yield from walk([block])


@rule(
    "SHA202",
    "recognise-list-wrong",
    Scope.PAGE,
    severity=Severity.WARNING,
    needs=is_handbook,
    en=Text(
        '"Do you recognise this?" is not a list of 4 to 7 sentences.',
        "Fewer show too little, more begin to look like a test.",
        "- (two sentences)",
        "- I say yes, and later I wish I had said no. (4 to 7 of these)",
    ),
    nl=Text(
        '"Herken je dit?" is geen lijst van 4 tot 7 zinnen.',
        "Minder laat te weinig zien, meer gaat op een test lijken.",
        "- (twee zinnen)",
        "- Ik zeg ja en heb daar later spijt van. (4 tot 7 zulke zinnen)",
    ),
)
def recognise_list_wrong(page: Page, _project: Project) -> Iterator[Hit]:
    """Count its items."""
    section = page.section("recognise")
    if section is not None and page.front_matter.get("audience") == "client":
        items = sum(isinstance(block, Item) for block in walk(section.blocks))
        if items not in SENTENCES_TO_RECOGNISE:
            yield Hit(page.path, section.line, f"this list has {items} sentences", "Make it 4 to 7.")


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
    section = page.section("when-to-get-help")
    if section is not None and _slots(page):
        names = {block.name for block in page.within(section, page.placeholders)}
        if "when-to-get-help" not in names:
            yield Hit(
                page.path,
                section.line,
                "the shared text on getting help is missing here",
                "Add the line {{ when-to-get-help }}.",
            )


@rule(
    "SHA204",
    "block-not-alone",
    Scope.PAGE,
    needs=is_handbook,
    en=Text(
        "A building block that must stand alone on its line stands in a sentence.",
        "Only alone is it filled in; in a sentence readers see its braces.",
        "So: {{ certainty }} as we know.",
        "{{ certainty }}",
    ),
    nl=Text(
        "Een bouwsteen die alleen op een regel moet staan, staat in een zin.",
        "Alleen dan wordt die ingevuld; in een zin zien lezers de accolades.",
        "Dus: {{ certainty }} zoals we weten.",
        "{{ certainty }}",
    ),
)
def block_not_alone(page: Page, _project: Project) -> Iterator[Hit]:
    """Look at every building block but those for sentences."""
    for block in page.placeholders:
        if not block.alone and block.name not in INLINE_BLOCKS:
            message = f"{block.raw} does not stand alone on its line"
            yield Hit(page.path, block.line, message, "Put it on a line of its own, with a blank line around it.")


@rule(
    "SHA205",
    "text-shown-as-code",
    Scope.PAGE,
    needs=is_handbook,
    en=Text(
        "A text is indented by four spaces outside a box or list, so it is shown as code.",
        "Readers see a grey box in the letters of a typewriter, and the lines do not wrap.",
        "    You can rest now.",
        "You can rest now.",
    ),
    nl=Text(
        "Een tekst is vier spaties ingesprongen buiten een kader of lijst, en wordt dus als code getoond.",
        "Lezers zien een grijs vak met typemachineletters, en de regels breken niet af.",
        "    Je mag nu rusten.",
        "Je mag nu rusten.",
    ),
)
def text_shown_as_code(page: Page, _project: Project) -> Iterator[Hit]:
    """Report code that no fence marks as such."""
    for block in page.blocks:
        if isinstance(block, Code) and not block.fenced:
            message = "this text is indented by four spaces, so it is shown as code"
            yield Hit(page.path, block.line, message, "Take the spaces away, or put it into a box with !!!.")


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
    helped = any(block.name in ("when-to-get-help", "helplines", "phone") for block in page.placeholders)
    helped = helped or any(link.target.split("#")[0].endswith("help-now.md") for link in page.links)
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


@rule(
    "SHA501",
    "claim-not-carried",
    Scope.PROJECT,
    needs=is_handbook,
    en=Text(
        "A page that must carry a claim does not name it, or no page names it at all.",
        "What the handbook set out to say must be said, in every language.",
        "claims: [] on the page that data/claims.yml names",
        "claims: [C4, C9]",
    ),
    nl=Text(
        "Een pagina die een bewering moet bevatten, noemt haar niet, of geen enkele pagina doet dat.",
        "Wat het handboek wil zeggen, moet er staan, in elke taal.",
        "claims: [] op de pagina die data/claims.yml noemt",
        "claims: [C4, C9]",
    ),
)
def claim_not_carried(_project: Project, project: Project) -> Iterator[Hit]:
    """Compare the claims of each page with those that data/claims.yml asks of it."""
    claims = data_of(project).claims
    if claims is None:
        return
    for claim in claims.entries:
        for key in claim.pages:
            for language in project.languages:
                page = project.by_key.get(key, {}).get(language.locale)
                if page is None:
                    message = f"claim {claim.id} belongs on docs/{language.locale}/{key}, which does not exist"
                    yield Hit("data/claims.yml", claim.line, message, "Write the page, or name another one.")
                elif not page.front_matter.error and claim.id not in page.front_matter.texts("claims"):
                    line = page.front_matter.line_of("claims")
                    message = (
                        f'this page must carry claim {claim.id} ("{claim.text[language.locale]}") and does not name it'
                    )
                    yield Hit(page.path, line, message, "Say it in the text and add the id to claims.")


@rule(
    "SHA502",
    "claim-unknown",
    Scope.PAGE,
    needs=is_handbook,
    en=Text(
        "A page names a claim that does not exist.",
        "The table of what is said where would lie.",
        "claims: [C99]",
        "claims: [C9]",
    ),
    nl=Text(
        "Een pagina noemt een bewering die niet bestaat.",
        "Het overzicht van wat waar staat, klopt dan niet.",
        "claims: [C99]",
        "claims: [C9]",
    ),
)
def claim_unknown(page: Page, project: Project) -> Iterator[Hit]:
    """Look up each id."""
    claims = data_of(project).claims
    value = page.front_matter.get("claims")
    for id_ in value if claims is not None and isinstance(value, list) else ():
        if claims is not None and (not isinstance(id_, str) or id_ not in claims.ids):
            yield Hit(
                page.path, page.front_matter.line_of("claims"), f'there is no claim "{id_}"', "See data/claims.yml."
            )


@rule(
    "SHA503",
    "claim-without-section",
    Scope.PROJECT,
    needs=need("claims"),
    en=Text(
        "A claim is said to stand in a section that is not there or says nothing, or in no section of a page at all.",
        "Whoever wants to see whether the handbook truly says it must be led to the words.",
        "places: [needs/rest.md#four-lesons]",
        "places: [needs/rest.md#four-lessons]",
    ),
    nl=Text(
        "Een bewering zou in een stuk staan dat er niet is of niets zegt, of in geen enkel stuk van een pagina.",
        "Wie wil zien of het handboek het echt zegt, moet bij de woorden uitkomen.",
        "places: [needs/rest.md#vier-lesen]",
        "places: [needs/rest.md#four-lessons]",
    ),
)
def claim_without_section(_project: Project, project: Project) -> Iterator[Hit]:
    """Look for the section of each place in each language, and for the place of each claim that a page names."""
    claims = data_of(project).claims
    if claims is None:
        return
    for claim in claims.entries:
        for place in claim.places:
            for page in project.by_key.get(place.page, {}).values():
                section = page.section(place.section)
                if section is None:
                    close = difflib.get_close_matches(place.section, [one.id for one in page.all_sections if one.id], 1)
                    hint = f"Did you mean {close[0]}?" if close else "Name a section of the page by its id."
                    message = f'claim {claim.id} should stand in "{place.section}", which {page.path} does not have'
                    yield Hit("data/claims.yml", place.line, message, hint)
                elif not says_something(section):
                    message = f'claim {claim.id} should stand in "{place.section}", which says nothing in {page.path}'
                    yield Hit("data/claims.yml", place.line, message, "Say it there, or name another section.")
    for page in project.pages:
        for id_ in page.front_matter.texts("claims"):
            found = claims.find(id_)
            if found is not None and page.key not in found.pages:
                message = f"data/claims.yml names no section of this page for claim {id_}"
                hint = f"Add the section to the places of {id_}, or take the claim away here."
                yield Hit(page.path, page.front_matter.line_of("claims"), message, hint)

"""Rules about words: those that do harm (from `data/wording.yml`), and figures that few people can picture."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from handbook.editorial.entries import texts_of
from handbook.editorial.handbook_data import data_of, is_handbook, need
from handbook.editorial.prose import prose_of
from handbook.editorial.readability import CLIENT_LAYER_ENDS
from handbook.editorial.telltales import may_match
from handbook.model.finding import Severity
from handbook.model.page import Item, Paragraph, walk
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.editorial.wording import Wording
    from handbook.model.page import Block, Page
    from handbook.model.project import Project

# What cannot rightly follow itself; "that that", "had had", "dat dat", "die die" and "je je" can.
_ONCE: Final = {
    "en": "a an and as at be because but by for from his if into my of or our the their we with your",
    "nl": "als de een en geen jouw maar met mijn naar of omdat onze ook te van wanneer want",
}
_TWICE: Final = {
    language: re.compile(rf"(?<![\w'’-])({'|'.join(words.split())})\s+(\1)(?![\w'’-])", re.IGNORECASE)
    for language, words in _ONCE.items()
}
_READ: Final = ("helplines", "glossary", "figures", "changes")
"""Data files whose words readers see as ours. The claims are not shown, and the debates say what others say."""
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])[\"\u201d\u2019']?\s")
_PERCENTAGE: Final = re.compile(r"\d+(?:[.,]\d+)?\s?%|\d+\s(?:per\s?cent|procent)\b")
_LICENSED: Final = re.compile(
    r"\b(?:ORS|SRS|IMI-?C?|BBB-?C|YSQ|SMI|OQ-45|WAI|Outcome Rating Scale|Session Rating Scale)\b"
)
_OUT_OF: Final = re.compile(r"\b(out of|op de|van de|in)\s(\w+)\b", re.IGNORECASE)


@rule(
    "WOR101",
    "wording-harmful",
    Scope.PAGE,
    needs=need("wordings"),
    en=Text(
        "A word or phrase that hurts, promises or names a way to do harm.",
        "Readers here may be at their lowest. The list with reasons stands in data/wording.yml.",
        "committed suicide; suffers from; always works",
        "died by suicide; lives with; can help",
    ),
    nl=Text(
        "Een woord of zin die kwetst, iets belooft of een manier noemt om zich iets aan te doen.",
        "Lezers kunnen hier op hun dieptepunt zijn. De lijst met redenen staat in data/wording.yml.",
        "zelfmoord plegen; lijdt aan; werkt altijd",
        "een einde aan je leven maken; leeft met; kan helpen",
    ),
)
def wording_harmful(page: Page, project: Project) -> Iterator[Hit]:
    """Look for each pattern in each sentence; one finding a sentence and pattern."""
    audience = page.front_matter.get("audience")
    wordings = [
        wording
        for wording in data_of(project).wordings or ()
        if page.language in wording.languages and (not wording.audiences or audience in wording.audiences)
    ]
    pieces = prose_of(page)
    whole = "\n".join(text for text, _ in pieces)
    lower = whole.lower()
    wordings = [wording for wording in wordings if may_match(wording.telltales, whole, lower)]
    for text, line in pieces:
        for wording in wordings:
            yield from _matches(page, wording, text, line)


def _matches(page: Page, wording: Wording, text: str, line: int) -> Iterator[Hit]:
    for match in wording.pattern.finditer(text):
        if wording.unless and wording.unless.search(_sentence(text, match)):
            continue
        yield Hit(
            page.path,
            line + text.count("\n", 0, match.start()),
            f'"{" ".join(match[0].split())}" ({wording.id}): {wording.why[page.language]}',
            f"Instead: {wording.instead[page.language]}.",
            severity=Severity(wording.severity),
        )


def _sentence(text: str, match: re.Match[str]) -> str:
    starts = [0, *(end.end() for end in _SENTENCE_END.finditer(text)), len(text)]
    begin = max(start for start in starts if start <= match.start())
    return text[begin : min(start for start in starts if start >= match.end())]


@rule(
    "WOR102",
    "wording-harmful-in-data",
    Scope.PROJECT,
    around=False,
    needs=need("wordings"),
    en=Text(
        "Words in a data file or of the interface hurt, promise too much, or name a way to harm oneself.",
        "Readers see them like all other words, and those of the helplines stand on the page for people in danger.",
        "purpose: {en: For you if you want to commit suicide.}",
        "purpose: {en: For you if you think about suicide.}",
    ),
    nl=Text(
        "Woorden in gegevens of van de bediening kwetsen, beloven te veel of noemen een manier om jezelf pijn te doen.",
        "Lezers zien ze net als alle andere woorden, ook die van de hulplijnen op de pagina voor mensen in gevaar.",
        "purpose: {nl: Voor jou als je zelfmoord wilt plegen.}",
        "purpose: {nl: Voor jou als je aan zelfdoding denkt.}",
    ),
)
def wording_harmful_in_data(_project: Project, project: Project) -> Iterator[Hit]:
    """Look for the patterns of each language in the words of that language, but for those that go for some readers."""
    wordings = [wording for wording in data_of(project).wordings or () if not wording.audiences]
    for language in project.languages:
        own = [wording for wording in wordings if language.locale in wording.languages]
        for path, line, text in _words(project, language.locale):
            for wording in own:
                match = wording.pattern.search(text)
                if match and not (wording.unless and wording.unless.search(text)):
                    message = f'"{match[0]}" ({wording.id}): {wording.why[language.locale]}'
                    hint = f"Instead: {wording.instead[language.locale]}."
                    yield Hit(
                        path.relative_to(project.root).as_posix(),
                        line,
                        message,
                        hint,
                        severity=Severity(wording.severity),
                    )


def _words(project: Project, language: str) -> Iterator[tuple[Path, int, str]]:
    """Yield file, line and words of everything that readers of a language see and that stands on no page."""
    for name in _READ:
        path = Path(project.root) / "data" / f"{name}.yml"
        yield from ((path, line, text) for line, key, text in texts_of(path) if key == language)
    path = Path(project.root) / "overrides" / "strings" / f"{language}.yml"
    yield from ((path, line, text) for line, _, text in texts_of(path))


@rule(
    "WOR401",
    "word-twice",
    Scope.PAGE,
    severity=Severity.WARNING,
    needs=is_handbook,
    bad="It is the the start. / Het is de de start.",
    good="It is the start. / Het is de start.",
    en=Text("A small word stands twice in a row.", "A screen reader says it twice, and readers stumble."),
    nl=Text("Een klein woord staat twee keer achter elkaar.", "Een schermlezer zegt het twee keer, en lezers haperen."),
)
def word_twice(page: Page, _project: Project) -> Iterator[Hit]:
    """Look for words that cannot rightly follow themselves, over the end of a line as well."""
    for text, line in prose_of(page):
        for match in _doubled(text, page.language):
            at = line + text.count("\n", 0, match.start(2))
            yield Hit(page.path, at, f'"{match[1]}" stands here twice', "Take one of the two away.")


@rule(
    "WOR402",
    "word-twice-in-data",
    Scope.PROJECT,
    around=False,
    severity=Severity.WARNING,
    needs=is_handbook,
    bad="purpose: {en: For the the young.}",
    good="purpose: {en: For the young.}",
    en=Text(
        "A small word stands twice in a row in a data file or in the words of the interface.",
        "It is shown on pages like any other word.",
    ),
    nl=Text(
        "Een klein woord staat twee keer achter elkaar in een gegevensbestand of bij de woorden van de bediening.",
        "Het staat op pagina's als elk ander woord.",
    ),
)
def word_twice_in_data(_project: Project, project: Project) -> Iterator[Hit]:
    """Look for the same in the words of each language."""
    for language in project.languages:
        for path, line, text in _words(project, language.locale):
            for match in _doubled(text, language.locale):
                message = f'"{match[1]}" stands here twice: "{" ".join(match[0].split())}"'
                yield Hit(path.relative_to(project.root).as_posix(), line, message, "Take one of the two away.")


def _doubled(text: str, language: str) -> Iterator[re.Match[str]]:
    """Yield the words that stand twice; with a capital the second one may be a name."""
    if pattern := _TWICE.get(language):
        yield from (match for match in pattern.finditer(text) if match[2].islower())


@rule(
    "WOR201",
    "percentage-alone",
    Scope.PAGE,
    severity=Severity.WARNING,
    needs=need("limits"),
    en=Text(
        "A client page gives a percentage and does not say it as people out of ten.",
        "Six in ten adults find figures about health hard to picture.",
        "5 % of people feel worse.",
        "5 % of people feel worse: about 1 out of 20.",
    ),
    nl=Text(
        "Een pagina voor cliënten noemt een percentage en zegt niet hoeveel op de tien dat zijn.",
        "Voor zes van de tien volwassenen zijn cijfers over gezondheid lastig.",
        "5 % van de mensen voelt zich slechter.",
        "5 % van de mensen voelt zich slechter: ongeveer 1 op de 20.",
    ),
)
def percentage_alone(page: Page, _project: Project) -> Iterator[Hit]:
    """Look for percentages in the client layer whose paragraph has no "out of"."""
    if page.front_matter.get("audience") != "client":
        return
    knowledge = page.section(CLIENT_LAYER_ENDS)
    for text, line in prose_of(page):
        if knowledge is not None and line >= knowledge.line:
            return
        match = _PERCENTAGE.search(text)
        if match and not _OUT_OF.search(text):
            at = line + text.count("\n", 0, match.start())
            yield Hit(
                page.path, at, f"{match[0]} stands alone", "Add how many out of ten (or twenty, or a hundred) that is."
            )


@rule(
    "WOR301",
    "licensed-test-copied",
    Scope.PAGE,
    needs=need("wordings"),
    en=Text(
        "A section names a licensed test and has a scale, lines to tick or lines to write on.",
        "The items of such tests belong to their makers, and this handbook gives no scores. The name alone is fine.",
        'Outcome Rating Scale (ORS): {{ scale 0 10 "How have you been?" }}',
        "Some therapists use a short form, such as the ORS.",
    ),
    nl=Text(
        "Een stuk noemt een test met een licentie en heeft een schaal, vakjes of schrijflijnen.",
        "De vragen van zulke tests zijn van hun makers, en dit handboek geeft geen scores. De naam alleen mag wel.",
        'Outcome Rating Scale (ORS): {{ scale 0 10 "Hoe ging het met je?" }}',
        "Sommige therapeuten gebruiken een korte vragenlijst, zoals de ORS.",
    ),
)
def licensed_test_copied(page: Page, _project: Project) -> Iterator[Hit]:
    """Look for fields in the sections that name a licensed test."""
    for section in page.all_sections:
        name = next((match[0] for block in walk(section.blocks) if (match := _names_test(block))), "")
        if not name:
            continue
        fields = [block.line for block in page.within(section, page.placeholders) if block.name in ("scale", "write")]
        fields += [
            block.line for block in walk(section.blocks) if isinstance(block, Item) and block.checked is not None
        ]
        if fields:
            message = f'this stands in a section that names the licensed test "{name}"'
            yield Hit(page.path, min(fields), message, "Name the test elsewhere, and use questions of your own.")


def _names_test(block: Block) -> re.Match[str] | None:
    return _LICENSED.search(block.text) if isinstance(block, Paragraph) else None

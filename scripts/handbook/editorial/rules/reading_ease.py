"""Rules about how hard a client page is to read, by the bands of `data/readability.yml`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from handbook.editorial.handbook_data import data_of, need
from handbook.editorial.readability import Limits, Measure, measure
from handbook.model.finding import Severity
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Page
    from handbook.model.project import Project

MOST_REMEMBERED: Final = 300
"""So many pages' figures are remembered at a time."""
_SEVERITY: Final = {"warn": Severity.WARNING, "fail": Severity.ERROR}
_WHOLE_PAGE: Final = {
    "mean_sentence": (
        "sentences have {value:.1f} words on average; aim for {target:g}",
        "Make two sentences out of long ones.",
    ),
    "long_share": ("{value:.0f} % of the sentences are long", "Make two sentences out of long ones."),
    "ease": ("reading ease is {value:.0f}; aim for {target:g} or more", "Use shorter words and sentences."),
    "smog": ("the SMOG score is {value:.1f}; aim for {target:g}", "Use fewer words of three syllables and more."),
}


def _measured(page: Page, project: Project) -> tuple[Measure, Limits] | None:
    data = data_of(project)
    limits = (data.limits or {}).get(page.language)
    if limits is None or page.front_matter.get("audience") != "client":
        return None
    key = (page.path, page.text)
    if key not in data.measures:
        if len(data.measures) >= MOST_REMEMBERED:
            data.measures.clear()
        data.measures[key] = measure(page, limits)
    return data.measures[key], limits


@rule(
    "REA101",
    "sentence-too-long",
    Scope.PAGE,
    needs=need("limits"),
    en=Text(
        "A sentence on a client page is too long.",
        "Who is upset loses the beginning before the end. English: up to 20 words; Dutch: up to 15.",
        "one sentence with three commas and two thoughts",
        "two sentences with one thought each",
    ),
    nl=Text(
        "Een zin op een pagina voor cliënten is te lang.",
        "Wie van streek is, is het begin kwijt voor het einde komt. Nederlands: hoogstens 15 woorden; Engels: 20.",
        "één zin met drie komma's en twee gedachten",
        "twee zinnen met elk één gedachte",
    ),
)
def sentence_too_long(page: Page, project: Project) -> Iterator[Hit]:
    """Count the words of each sentence."""
    if found := _measured(page, project):
        measured, limits = found
        band = limits.bands["longest_sentence"]
        for sentence in measured.sentences:
            verdict = band.verdict(len(sentence.words))
            if verdict != "good":
                message = f'this sentence has {len(sentence.words)} words: "{sentence.text[:60]}…"'
                yield Hit(
                    page.path, sentence.line, message, f"At most {band.target:g} words.", severity=_SEVERITY[verdict]
                )


@rule(
    "REA102",
    "page-too-hard",
    Scope.PAGE,
    needs=need("limits"),
    en=Text(
        "A client page is harder to read than agreed.",
        "The bands stand in data/readability.yml; a good figure proves nothing, a bad one is worth a look.",
        "mostly long sentences and words of four syllables",
        "short sentences, everyday words",
    ),
    nl=Text(
        "Een pagina voor cliënten leest moeilijker dan afgesproken.",
        "De grenzen staan in data/readability.yml; een goed cijfer bewijst niets, een slecht is het bekijken waard.",
        "vooral lange zinnen en woorden van vier lettergrepen",
        "korte zinnen, gewone woorden",
    ),
)
def page_too_hard(page: Page, project: Project) -> Iterator[Hit]:
    """Compare the figures of the whole page with their bands."""
    if found := _measured(page, project):
        measured, limits = found
        for name, value in measured.figures().items():
            if name in _WHOLE_PAGE and (verdict := limits.bands[name].verdict(value)) != "good":
                said, hint = _WHOLE_PAGE[name]
                message = said.format(value=value, target=limits.bands[name].target)
                yield Hit(page.path, 0, message, hint, severity=_SEVERITY[verdict])


@rule(
    "REA103",
    "paragraph-too-long",
    Scope.PAGE,
    needs=need("limits"),
    en=Text(
        "A paragraph on a client page is too long.",
        "A block of text on a phone looks like work. Up to 60 words and three sentences.",
        "nine sentences in a row",
        "a blank line where the thought turns",
    ),
    nl=Text(
        "Een alinea op een pagina voor cliënten is te lang.",
        "Een blok tekst op een telefoon oogt als werk. Hoogstens 60 woorden en drie zinnen.",
        "negen zinnen achter elkaar",
        "een lege regel waar de gedachte draait",
    ),
)
def paragraph_too_long(page: Page, project: Project) -> Iterator[Hit]:
    """Count the words of each paragraph, and its sentences unless it is in a list; one paragraph is one finding."""
    if found := _measured(page, project):
        measured, limits = found
        told = set()
        for name, counts in (("words", measured.paragraphs), ("sentences", measured.paragraph_sentences)):
            if (band := limits.bands.get(f"paragraph_{name}")) is None:
                continue
            for count, line in counts:
                if line not in told and (verdict := band.verdict(count)) != "good":
                    told.add(line)
                    message, hint = f"this paragraph has {count} {name}", "Put a blank line where the thought turns."
                    yield Hit(page.path, line, message, hint, severity=_SEVERITY[verdict])


@rule(
    "REA104",
    "page-length-unusual",
    Scope.PAGE,
    severity=Severity.WARNING,
    needs=need("limits"),
    en=Text(
        "A client page is much longer than agreed.",
        "400 to 900 words are what a tired reader can take in; over 1,300 is too much.",
        "a page of 1,500 words",
        "two pages",
    ),
    nl=Text(
        "Een pagina voor cliënten is veel langer dan afgesproken.",
        "Een vermoeide lezer kan 400 tot 900 woorden aan; meer dan 1300 is te veel.",
        "een pagina van 1500 woorden",
        "twee pagina's",
    ),
)
def page_length_unusual(page: Page, project: Project) -> Iterator[Hit]:
    """Count the words of the client layer; a page under the lower figure may simply be short."""
    if found := _measured(page, project):
        measured, limits = found
        verdict = limits.words_verdict(page.key, measured.words)
        if verdict != "good":
            message = f"this page has {measured.words} words; aim for at most {limits.page_words[1]}"
            hint = "Shorten it, or make two pages of it."
            yield Hit(page.path, 0, message, hint, severity=_SEVERITY[verdict])

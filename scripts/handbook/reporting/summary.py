"""A summary for the author of a change, in plain words and in both languages of those who write here.

Shown below a pull request. It names what stops the change, place by place, with the reason from the rule itself; what
is only worth a look is counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from handbook.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from handbook.model.finding import Finding
    from handbook.reporting.formats import Outcome
    from handbook.rules.registry import RuleDefinition

MOST: Final = 30
WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "title": "What the checks say",
        "fine": "Nothing stops this change. Thank you.",
        "stops": "To mend before this can be published: {count}. You can do it in the browser, in the same change.",
        "look": "Worth a look, and stopping nothing: {count}.",
        "more": "… and {count} more.",
        "ask": "Is something unclear, or does it say to run a command that you do not have? Ask below the change; "
        "somebody does it with you. Nobody has to know how this works.",
        "place": "`{path}`, line {line}:",
        "exactly": "{finding}",
    },
    "nl": {
        "title": "Wat de controles zeggen",
        "fine": "Niets houdt deze wijziging tegen. Dank je wel.",
        "stops": "Te verbeteren voor dit online kan: {count}. Dat kan in je browser, in dezelfde wijziging.",
        "look": "Het bekijken waard, en geen reden om te wachten: {count}.",
        "more": "… en nog {count}.",
        "ask": "Is iets niet duidelijk, of moet je een opdracht geven die je niet hebt? Vraag het onder de "
        "wijziging; dan doet iemand het samen met je. Niemand hoeft te weten hoe dit werkt.",
        "place": "`{path}`, regel {line}:",
        "exactly": "Precies, in het Engels: {finding}",
    },
}


def summary(outcome: Outcome, rules: Mapping[str, RuleDefinition]) -> str:
    """Return the summary as Markdown. `rules` gives each finding's rule by its code."""
    return "\n".join(line for language in WORDS for line in _summary(outcome, rules, language)) + "\n"


def _summary(outcome: Outcome, rules: Mapping[str, RuleDefinition], language: str) -> Iterator[str]:
    words = WORDS[language]
    errors = [finding for finding in outcome.findings if finding.severity is Severity.ERROR]
    others = len(outcome.findings) - len(errors)
    yield f"## {words['title']}\n"
    yield words["stops"].format(count=len(errors)) + "\n" if errors else words["fine"] + "\n"
    for finding in errors[:MOST]:
        yield _line(finding, rules.get(finding.code), language)
    if len(errors) > MOST:
        yield words["more"].format(count=len(errors) - MOST)
    if others:
        yield "\n" + words["look"].format(count=others)
    if errors:
        yield f"\n{words['ask']}"
    yield ""


def _line(finding: Finding, rule: RuleDefinition | None, language: str) -> str:
    """Say where, what kind of thing it is in the reader's language, and exactly what; that is known in English only."""
    words = WORDS[language]
    where = words["place"].format(path=finding.path, line=finding.line) if finding.line else f"`{finding.path}`:"
    what = f" {_plain(rule.texts[language].what)}." if rule and language in rule.texts else ""
    exact = f"{_sentence(finding.message)} {_sentence(finding.hint)} ({finding.code})"
    return f"- {where}{what} {words['exactly'].format(finding=exact)}"


def _sentence(text: str) -> str:
    plain = _plain(text)
    end = "" if plain.endswith(("?", "!", ":")) or not plain else "."
    return plain[:1].upper() + plain[1:] + end


def _plain(text: str) -> str:
    """Keep what a page says from becoming Markdown or HTML of the summary."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#|" else sign for sign in " ".join(text.split()).rstrip("."))

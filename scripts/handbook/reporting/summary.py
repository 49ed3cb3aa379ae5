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
        "ask": "Is something unclear? Ask below; nobody has to know how this works.",
    },
    "nl": {
        "title": "Wat de controles zeggen",
        "fine": "Niets houdt deze wijziging tegen. Dank je wel.",
        "stops": "Te verbeteren voor dit online kan: {count}. Dat kan in je browser, in dezelfde wijziging.",
        "look": "Het bekijken waard, en geen reden om te wachten: {count}.",
        "more": "… en nog {count}.",
        "ask": "Is iets niet duidelijk? Vraag het hieronder; niemand hoeft te weten hoe dit werkt.",
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
    where = f"{finding.path}:{finding.line}" if finding.line else finding.path
    what = f" {rule.texts[language].what}" if rule and language in rule.texts else ""
    return f"- `{where}`{what} {_plain(finding.message)}. {_plain(finding.hint)} ({finding.code})"


def _plain(text: str) -> str:
    """Keep what a page says from becoming Markdown or HTML of the summary."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#|" else sign for sign in " ".join(text.split()).rstrip("."))

"""What the author of a change reads below it."""

from __future__ import annotations

from handbook.commands.layers import load_rules
from handbook.model.finding import Finding, Severity
from handbook.reporting import Outcome
from handbook.reporting.summary import summary
from handbook.rules.registry import REGISTRY

load_rules()
ERROR = Finding(
    "docs/nl/a.md", 3, "DAT301", "number-outside-data", Severity.ERROR, 'typed: "<b>113</b>"', "Write it *so*."
)
WARNING = Finding("docs/nl/a.md", 4, "DAT201", "helpline-outdated", Severity.WARNING, "old", "Look.")


def said(*findings: Finding) -> str:
    return summary(Outcome(findings=findings), REGISTRY.rules)


def test_both_languages_speak() -> None:
    text = said(ERROR)
    assert "## What the checks say" in text
    assert "## Wat de controles zeggen" in text
    assert REGISTRY.rules["DAT301"].texts["nl"].what in text


def test_a_clean_change_is_thanked() -> None:
    assert "Nothing stops this change" in said()
    assert "Niets houdt deze wijziging tegen" in said(WARNING)


def test_an_error_is_named_with_place_reason_and_mend() -> None:
    text = said(ERROR, WARNING)
    assert "`docs/nl/a.md`, line 3:" in text
    assert "`docs/nl/a.md`, regel 3:" in text
    assert "Precies, in het Engels: Typed" in text
    assert "Write it \\*so\\*" in text
    assert "stopping nothing: 1" in text


def test_what_a_page_says_never_becomes_markup() -> None:
    assert "<b>" not in said(ERROR)


def test_a_long_list_is_cut_and_counted() -> None:
    assert "… and 10 more." in said(*[ERROR] * 40)

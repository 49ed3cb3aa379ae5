"""The four ways to print findings. Each is a pure function from an `Outcome` to text.

The text form is for somebody who may never have used a terminal: where, what, and what to do, one finding a line, and
a last line that counts. The other three are for editors, scripts and code hosts.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handbook.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from handbook.model.finding import Finding
    from handbook.rules.registry import RuleDefinition

TOOL = "handbook"
SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
SARIF_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
GITHUB_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """A finished check: its findings, how much was looked at, the rules that ran and why others did not."""

    findings: Sequence[Finding]
    pages: int = 0
    languages: int = 0
    built_pages: int = 0
    rules: Sequence[RuleDefinition] = ()
    off: Sequence[tuple[RuleDefinition, str]] = ()
    notes: Sequence[str] = ()


def report(outcome: Outcome, form: str) -> str:
    """Print an outcome in one of `FORMATS`."""
    return FORMATS[form](outcome)


def as_text(outcome: Outcome) -> str:
    """One finding a line, for people."""
    lines = [text_line(finding) for finding in outcome.findings]
    lines.extend(f"Note: {note}" for note in outcome.notes)
    lines.append(_summary(outcome))
    return "\n".join(lines)


def text_line(finding: Finding) -> str:
    """Say one finding in one line."""
    where = f"{finding.path}:{finding.line}" if finding.line else finding.path
    severity = "" if finding.severity is Severity.ERROR else f"{finding.severity.value}: "
    other = f" ({finding.other})" if finding.other else ""
    hint = f" Fix: {finding.hint}" if finding.hint else ""
    end = "" if not hint or (finding.message.endswith((".", "!", "?")) and not other) else "."
    return _flat(f"{where}: {finding.code} {severity}{finding.message}{other}{end}{hint}")


def _flat(text: str) -> str:
    """Keep a message on one line, and terminal control characters out of it."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else " " for character in text)


def _summary(outcome: Outcome) -> str:
    looked = f"{_count(outcome.pages, 'page')} in {_count(outcome.languages, 'language')}"
    if outcome.built_pages:
        looked += f" and {_count(outcome.built_pages, 'published page')}"
    if not outcome.findings:
        return f"Nothing found. Checked {looked}."
    by = Counter(finding.severity for finding in outcome.findings)
    parts = [_count(by[severity], severity.value) for severity in Severity if by[severity]]
    files = len({finding.path for finding in outcome.findings})
    return (
        f"{_count(len(outcome.findings), 'finding')} ({', '.join(parts)}) in {_count(files, 'file')}. "
        f"Checked {looked}. More about a code: handbook explain {outcome.findings[0].code}"
    )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def as_dictionary(finding: Finding) -> dict[str, Any]:
    """Give a finding the shape other programs rely on."""
    return {
        "path": finding.path,
        "line": finding.line,
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
        "other": {"path": finding.other.path, "line": finding.other.line} if finding.other else None,
    }


def as_json(outcome: Outcome) -> str:
    """Print everything as one JSON object."""
    by = Counter(finding.severity for finding in outcome.findings)
    document = {
        "findings": [as_dictionary(finding) for finding in outcome.findings],
        "summary": {severity.value: by[severity] for severity in Severity},
        "checked": {"pages": outcome.pages, "languages": outcome.languages, "published": outcome.built_pages},
        "off": {rule.code: reason for rule, reason in outcome.off},
        "notes": list(outcome.notes),
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def as_github(outcome: Outcome) -> str:
    """Print workflow commands that become annotations in a pull request."""
    lines = []
    for finding in outcome.findings:
        place = f"file={_property(finding.path)},line={max(finding.line, 1)}"
        title = _property(f"{finding.code} {finding.name}")
        other = f" ({finding.other})" if finding.other else ""
        message = _data(f"{finding.message}{other}. {finding.hint}".strip())
        lines.append(f"::{GITHUB_LEVELS[finding.severity]} {place},title={title}::{message}")
    lines.append(_data(_summary(outcome)))
    return "\n".join(lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_sarif(outcome: Outcome) -> str:
    """Print SARIF 2.1.0, for code hosts and editors."""
    rules = sorted(outcome.rules, key=lambda rule: rule.code)
    used = [rule for rule in rules if any(finding.code == rule.code for finding in outcome.findings)]
    position = {rule.code: index for index, rule in enumerate(used)}
    document = {
        "$schema": SARIF_SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": TOOL, "rules": [_sarif_rule(rule) for rule in used]}},
                "results": [_sarif_result(finding, position) for finding in outcome.findings],
            }
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _sarif_rule(rule: RuleDefinition) -> dict[str, Any]:
    text = rule.texts["en"]
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": text.what},
        "fullDescription": {"text": text.why},
        "help": {"text": f"{text.what} {text.why}\n\nNot: {text.bad}\n\nInstead: {text.good}"},
        "defaultConfiguration": {"level": SARIF_LEVELS[rule.severity]},
    }


def _sarif_result(finding: Finding, position: dict[str, int]) -> dict[str, Any]:
    message = finding.message + (f" {finding.hint}" if finding.hint else "")
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "level": SARIF_LEVELS[finding.severity],
        "message": {"text": message},
        "locations": [_sarif_location(finding.path, finding.line)],
    }
    if finding.code in position:
        result["ruleIndex"] = position[finding.code]
    if finding.other:
        result["relatedLocations"] = [_sarif_location(finding.other.path, finding.other.line)]
    return result


def _sarif_location(path: str, line: int) -> dict[str, Any]:
    from urllib.parse import quote  # noqa: PLC0415

    location: dict[str, Any] = {"artifactLocation": {"uri": quote(path)}}
    if line:
        location["region"] = {"startLine": line}
    return {"physicalLocation": location}


FORMATS: dict[str, Callable[[Outcome], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}

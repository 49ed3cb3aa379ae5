"""Runs rules over a project, one kind of thing after the other, and sorts what they find.

The order of the findings does not depend on the order of the rules, and each rule sees each thing once.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.model.finding import Finding, Severity
from handbook.model.project import Excerpt
from handbook.rules.registry import REGISTRY, Scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from handbook.model.page import Page
    from handbook.model.project import Project
    from handbook.rules.memory import Memory
    from handbook.rules.registry import RuleDefinition

RULE_FAILED = "FIL113"
CORE = (
    "handbook.rules.files",
    "handbook.rules.text",
    "handbook.rules.structure",
    "handbook.rules.links",
    "handbook.rules.parity",
    "handbook.rules.disagreement",
    "handbook.rules.safety",
    "handbook.rules.published",
)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which rules run, and why the others do not."""

    on: tuple[RuleDefinition, ...]
    off: tuple[tuple[RuleDefinition, str], ...]


def load(modules: Sequence[str] = CORE) -> None:
    """Import the modules that register rules, and every module of a family that is a package."""
    for name in modules:
        module = importlib.import_module(name)
        for inside in pkgutil.iter_modules(getattr(module, "__path__", ()), f"{name}."):
            importlib.import_module(inside.name)


def matches(rule: RuleDefinition, patterns: Iterable[str]) -> bool:
    """Tell whether a rule is meant by one of some codes, beginnings of codes, or names."""
    return any(rule.code.startswith(pattern.upper()) or rule.name == pattern.lower() for pattern in patterns)


def choose(project: Project, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> Choice:
    """Choose rules: all that apply, or those selected, without those ignored."""
    on: list[RuleDefinition] = []
    off: list[tuple[RuleDefinition, str]] = []
    for rule in REGISTRY.all():
        if select and not matches(rule, select):
            off.append((rule, "not selected"))
        elif matches(rule, ignore):
            off.append((rule, "ignored"))
        elif reason := rule.why_off(project):
            off.append((rule, reason))
        else:
            on.append(rule)
    return Choice(tuple(on), tuple(off))


def run(project: Project, rules: Iterable[RuleDefinition], memory: Memory | None = None) -> list[Finding]:
    """Run rules and give their findings in order. With a memory, rules skip what they found clean before."""
    by_scope: dict[Scope, list[RuleDefinition]] = {}
    for rule in rules:
        by_scope.setdefault(rule.scope, []).append(rule)
    return sorted(_run(project, by_scope, memory), key=Finding.sort_key)


def _run(project: Project, by_scope: Mapping[Scope, list[RuleDefinition]], memory: Memory | None) -> Iterator[Finding]:
    of_page, of_fragment = by_scope.get(Scope.PAGE, []), by_scope.get(Scope.FRAGMENT, [])
    if of_page or of_fragment:
        for page in project.pages:
            rules = [*of_page, *(of_fragment if page.path in project.fragments else ())]
            yield from _look(rules, page, (page,), project, memory)
    if of_pair := by_scope.get(Scope.PAIR):
        for pair in project.pairs():
            yield from _look(of_pair, pair, (pair.first, pair.second), project, memory)
    if of_project := by_scope.get(Scope.PROJECT):
        yield from _look(of_project, project, (), project, memory)
    for scope, things in (
        (Scope.FILE, project.problems),
        (Scope.BUILT_PAGE, project.site.pages if project.site else ()),
        (Scope.SITE, (project.site,) if project.site else ()),
    ):
        for thing in things:
            for rule in by_scope.get(scope, ()):
                if not rule.problem or rule.problem == getattr(thing, "kind", ""):
                    yield from _apply(rule, thing, project)


def _look(
    rules: Sequence[RuleDefinition], thing: object, pages: Sequence[Page], project: Project, memory: Memory | None
) -> Iterator[Finding]:
    """Run rules on one thing, those that do not look around on an excerpt, where they may find anything."""
    known = memory.recall(pages) if memory else None
    excerpt = Excerpt(project, pages) if known is None or known else project
    found: set[str] = set()
    for rule in rules:
        if rule.around:
            yield from _apply(rule, thing, project)
        elif known is None or rule.code in known:
            findings = list(_apply(rule, excerpt if thing is project else thing, excerpt))
            if findings:
                found.add(rule.code)
            yield from findings
    if memory and known is None:
        memory.keep(pages, found)


def _apply(rule: RuleDefinition, thing: object, project: Project) -> Iterator[Finding]:
    try:
        yield from _found(rule, thing, project)
    except Exception as error:  # noqa: BLE001 - a defect of one rule must not keep all other findings from an author
        path = getattr(thing, "path", "") or getattr(getattr(thing, "second", None), "path", "")
        message = f"the rule {rule.code} could not look at this ({type(error).__name__}: {error})"
        hint = "This is a defect of the check itself: please report it, with this page."
        place = path or project.configuration.path
        yield Finding(place, 0, RULE_FAILED, "rule-failed", Severity.ERROR, " ".join(message.split()), hint)


def _found(rule: RuleDefinition, thing: object, project: Project) -> Iterator[Finding]:
    for hit in rule.check(thing, project):
        yield Finding(
            path=hit.path,
            line=hit.line,
            code=rule.code,
            name=rule.name,
            severity=hit.severity or rule.severity,
            message=hit.message,
            hint=hit.hint,
            other=hit.other,
            mend=hit.mend,
            needle=hit.needle,
        )

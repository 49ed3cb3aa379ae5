"""The registry: every rule with its code, its name, its texts and the function that looks.

A code is a family and a number and never changes its meaning; a name says what is wrong, so that "allow NAME" reads as
an exception. A rule may say what it needs of a project; where that is missing it is off, and `--list` says why. The
registry is the only mutable global of the program, filled while modules are imported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, TypeVar

from handbook.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handbook.model.finding import Mend, Place
    from handbook.model.project import Project

Check = Callable[[Any, "Project"], Iterable["Hit"]]
Need = Callable[["Project"], str]
C = TypeVar("C", bound=Callable[..., Iterable["Hit"]])


class Scope(StrEnum):
    """What a rule looks at. Its function gets one such thing, and the project."""

    FILE = "file problem"
    PAGE = "page"
    FRAGMENT = "rendered page"
    PAIR = "pair of pages"
    PROJECT = "project"
    BUILT_PAGE = "published page"
    SITE = "published site"


BY_ITSELF: Final = frozenset({Scope.PAGE, Scope.FRAGMENT, Scope.PAIR})
"""What a rule judges by itself unless it says that it looks around."""


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule found; the engine adds code, name and severity and makes it a finding."""

    path: str
    line: int
    message: str
    hint: str = ""
    other: Place | None = None
    mend: Mend | None = None
    severity: Severity | None = None
    needle: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """An explanation in one language: what is wrong, why it matters, and an example of wrong and right."""

    what: str
    why: str
    bad: str = ""
    good: str = ""


@dataclass(frozen=True, slots=True)
class RuleDefinition:
    """A rule."""

    code: str
    name: str
    severity: Severity
    scope: Scope
    texts: Mapping[str, Text]
    check: Check
    needs: Need | None = None
    mends: bool = False
    problem: str = ""
    """For file problems: the kind of `FileProblem` it reports."""
    around: bool = True
    """Whether it asks the project for other pages and files than the one it looks at."""

    def why_off(self, project: Project) -> str:
        """Say why the rule has nothing to go by in a project; empty when it is on."""
        return self.needs(project) if self.needs else ""


@dataclass
class Registry:
    """Rules by code."""

    rules: dict[str, RuleDefinition] = field(default_factory=dict)

    def add(self, definition: RuleDefinition) -> None:
        """Add a rule; a code or a name that is taken is a mistake of the programmer."""
        names = {rule.name for rule in self.rules.values()}
        if definition.code in self.rules or definition.name in names:
            message = f"rule {definition.code} ({definition.name}) is registered twice"
            raise ValueError(message)
        self.rules[definition.code] = definition

    def all(self) -> list[RuleDefinition]:
        """Give every rule, by code."""
        return [self.rules[code] for code in sorted(self.rules)]

    def find(self, wanted: str) -> RuleDefinition | None:
        """Find a rule by its code or its name."""
        code = wanted.upper()
        if code in self.rules:
            return self.rules[code]
        return next((rule for rule in self.rules.values() if rule.name == wanted.lower()), None)


REGISTRY = Registry()


def rule(  # noqa: PLR0913 - what a rule consists of
    code: str,
    name: str,
    scope: Scope,
    *,
    en: Text,
    nl: Text,
    severity: Severity = Severity.ERROR,
    bad: str = "",
    good: str = "",
    needs: Need | None = None,
    mends: bool = False,
    problem: str = "",
    around: bool | None = None,
) -> Callable[[C], C]:
    """Register a rule. `bad` and `good` are examples for both languages, where the texts have none of their own.

    With `around`, the rule may ask the project for other pages and files; where it does not say, rules about a page or
    a pair may not, and all others may. A rule that may not gets an `Excerpt`, and is remembered (`rules.memory`).
    """

    def register(check: C) -> C:
        texts = {
            language: Text(text.what, text.why, text.bad or bad, text.good or good)
            for language, text in (("en", en), ("nl", nl))
        }
        wide = around if around is not None else scope not in BY_ITSELF
        REGISTRY.add(RuleDefinition(code, name, severity, scope, texts, check, needs, mends, problem, wide))
        return check

    return register

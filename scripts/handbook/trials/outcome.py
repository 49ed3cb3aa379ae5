"""What came of trying a kind of change: found or missed, on the right line or not, and what else was said."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handbook.model.finding import Finding
    from handbook.trials.bench import Bench
    from handbook.trials.edit import Edit, Kind
    from handbook.trials.world import World


@dataclass(frozen=True, slots=True)
class Outcome:
    """A kind, the edit that was tried (None where the handbook has no place for it), and what was newly found."""

    kind: Kind
    edit: Edit | None
    findings: tuple[Finding, ...] = ()

    @property
    def tried(self) -> bool:
        """Whether there was a place to try it."""
        return self.edit is not None

    @property
    def due(self) -> tuple[Finding, ...]:
        """The findings with a code that was expected."""
        return tuple(finding for finding in self.findings if finding.code in self.kind.codes)

    @property
    def found(self) -> bool:
        """Whether an expected code was found, wherever."""
        return bool(self.due)

    @property
    def on_line(self) -> bool:
        """Whether an expected code was found at a place that the edit names, on this or the other language's page."""
        places = self.edit.at if self.edit else frozenset()
        return any(finding.place in places or finding.other in places for finding in self.due)

    @property
    def as_expected(self) -> bool:
        """Whether everything is as it must be: found and on the line, or, for a harmless change, nothing at all."""
        return self.tried and (not self.findings if self.kind.harmless else self.on_line)


def draw_apart(world: World, kinds: Iterable[Kind], seed: int, tries: int = 24) -> list[list[tuple[Kind, Edit]]]:
    """Draw an edit of pages for each kind so that many touch different pages, and give those that can stand together.

    A kind draws again until its pages, in whatever language, are free in one of the first groups. Kinds that edit other
    files than pages are left out.
    """
    groups: list[tuple[set[str], list[tuple[Kind, Edit]]]] = []
    for kind in kinds:
        chosen: tuple[set[str], list[tuple[Kind, Edit]]] | None = None
        first: Edit | None = None
        for number in range(tries):
            edit = kind.make(world, Random(f"{seed}:{kind.name}:{number}"))  # noqa: S311 - draws a page, no secret
            if edit is None or not all(path.startswith("docs/") for path in edit.files):
                break
            first = first or edit
            chosen = next((group for group in groups if not group[0] & names(edit)), None)
            if chosen is not None:
                break
        if first is None:
            continue
        if chosen is None:
            edit, chosen = first, (set(), [])
            groups.append(chosen)
        assert edit is not None  # noqa: S101
        chosen[0].update(names(edit))
        chosen[1].append((kind, edit))
    return [members for _, members in groups]


def names(edit: Edit) -> frozenset[str]:
    """Name the pages of an edit without their language."""
    return frozenset("/".join(PurePosixPath(path).parts[2:]) for path in edit.files)


def try_edit(bench: Bench, kind: Kind, edit: Edit) -> Outcome:
    """Try one edit of a kind."""
    findings = (finding for finding in bench.new_findings(edit) if finding.code not in kind.ignored)
    return Outcome(kind, edit, tuple(findings))


def try_kinds(bench: Bench, world: World, kinds: Iterable[Kind], seed: int) -> Iterator[Outcome]:
    """Try kinds one after the other. What is drawn depends on the seed and the kind's name, not on the other kinds."""
    for kind in kinds:
        edit = kind.make(world, Random(f"{seed}:{kind.name}"))  # noqa: S311 - draws a page, no secret
        yield Outcome(kind, None) if edit is None else try_edit(bench, kind, edit)

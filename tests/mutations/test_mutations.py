"""Every kind of mistake on the real pages is found on its line, and no harmless change is reported.

`handbook mutations` prints the same as a table, for any seed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from handbook.reading.site import read_site
from handbook.rules import engine
from handbook.rules.registry import REGISTRY
from handbook.trials.bench import Bench
from handbook.trials.harmless import HARMLESS
from handbook.trials.mutations import MUTATIONS, published
from handbook.trials.table import as_markdown, as_text
from handbook.trials.world import World
from tests.conftest import ROOT
from tests.mutations.conftest import Trials

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from handbook.model.finding import Finding
    from handbook.trials.edit import Kind
    from handbook.trials.outcome import Outcome

ON_SITE = tuple(published.shelf.kinds)
IN_SOURCES = tuple(kind for kind in MUTATIONS if kind not in ON_SITE)


def _named(kind: Kind) -> str:
    return kind.name


def _say(outcome: Outcome) -> str:
    return "\n".join(as_text([outcome], all_rows=True))


@pytest.mark.parametrize("kind", IN_SOURCES, ids=_named)
def test_a_mistake_is_found_on_its_line(trials: Trials, kind: Kind) -> None:
    outcome = trials.outcome(kind)
    assert outcome.tried, "no page of the handbook has a place for this kind"
    assert outcome.on_line, _say(outcome)


@pytest.mark.parametrize("kind", HARMLESS, ids=_named)
def test_a_harmless_change_is_not_reported(trials: Trials, kind: Kind) -> None:
    outcome = trials.outcome(kind)
    assert outcome.tried, "no page of the handbook has a place for this kind"
    assert outcome.findings == (), _say(outcome)


@pytest.fixture(scope="session")
def site_trials(trials: Trials, handbook_site: Path) -> Iterator[Trials]:
    """The published handbook on a bench of its own."""
    project = replace(trials.bench.project, root=str(ROOT), site=read_site(ROOT, handbook_site))
    with Bench(project) as bench:
        yield Trials(bench, World(bench.project, bench.real))


@pytest.mark.parametrize("kind", ON_SITE, ids=_named)
def test_a_mistake_on_the_site_is_found_on_its_page(site_trials: Trials, kind: Kind) -> None:
    outcome = site_trials.outcome(kind)
    assert outcome.tried, "no page of the site has a place for this kind"
    assert outcome.on_line, _say(outcome)


def test_there_are_enough_kinds_and_each_has_its_own_name() -> None:
    assert len(MUTATIONS) >= 120
    assert len(HARMLESS) >= 60
    names = [kind.name for kind in (*MUTATIONS, *HARMLESS)]
    assert sorted(set(names)) == sorted(names)


def test_every_expected_code_is_that_of_a_rule(trials: Trials) -> None:
    codes = {rule.code for rule in REGISTRY.all()}
    named = {code for kind in (*MUTATIONS, *HARMLESS) for code in (*kind.codes, *kind.ignored)}
    assert named - codes == set()


def test_the_same_seed_makes_the_same_edit(trials: Trials) -> None:
    kind = next(kind for kind in MUTATIONS if kind.name == "link-to-no-page")
    first, second, other = (trials.outcome(kind, seed) for seed in (7, 7, 8))
    assert first.edit == second.edit
    assert first.edit != other.edit


SAMPLE = ("page-removed", "section-missing", "number-typed", "english-paragraph-in-dutch", "slug-twice", "script")


@pytest.mark.parametrize("name", SAMPLE)
def test_the_bench_finds_what_a_whole_run_finds(trials: Trials, name: str) -> None:
    """The bench runs rules on what an edit touches; that must not hide anything."""
    kind = next(kind for kind in MUTATIONS if kind.name == name)
    outcome = trials.outcome(kind, seed=3)
    assert outcome.edit is not None
    after = engine.run(trials.bench.edited(outcome.edit), trials.bench.rules)
    new = [finding for finding in after if _key(finding) not in trials.bench.before]
    assert {_key(finding) for finding in outcome.findings} == {_key(finding) for finding in new}


def _key(finding: Finding) -> tuple[str, str, str]:
    return finding.path, finding.code, finding.message


def test_the_table_names_every_kind(trials: Trials) -> None:
    outcomes = [trials.outcome(kind) for kind in (MUTATIONS[0], HARMLESS[0])]
    markdown = "\n".join(as_markdown(outcomes))
    assert f"| {MUTATIONS[0].name} |" in markdown
    assert f"| {HARMLESS[0].name} |" in markdown
    assert "1 of 1 kinds of mistakes were found, 1 of them on the right line." in markdown

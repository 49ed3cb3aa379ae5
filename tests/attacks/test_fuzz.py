"""Inputs that nobody would write: a few of them on every run, the long run being `handbook fuzz`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handbook.commands.layers import load_rules, settings_for
from handbook.reading.project import read_project
from handbook.trials.fuzz.harm import harms
from handbook.trials.fuzz.inputs import KINDS, PIECES, Input, Maker
from handbook.trials.fuzz.running import maker
from handbook.trials.fuzz.table import Table, few_pages
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = 7
FEW = 120
PAGE = "docs/en/needs/safety.md"


@pytest.fixture(scope="module")
def table() -> Iterator[Table]:
    load_rules()
    with Table(few_pages(read_project(ROOT, settings_for, site=False)), ROOT) as laid:
        yield laid


@pytest.fixture(scope="module")
def inputs(table: Table) -> Maker:
    return maker(ROOT, SEED, {page.path: page.text for page in table.project.pages if "/_" not in page.path})


def test_nothing_goes_wrong_with_hostile_inputs(table: Table, inputs: Maker) -> None:
    made = [inputs.make(number) for number in range(FEW)]
    assert {one.kind for one in made} == set(KINDS)
    assert [(one.number, said) for one in made if (said := table.try_input(one))] == []
    assert table.accepted > FEW // 5


@settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=30)), max_size=8).map(" ".join))
def test_nothing_goes_wrong_with_any_text(table: Table, text: str) -> None:
    data = f"---\ntitle: Safety\n---\n\n# Safety\n\n{text}\n".encode("utf-8", "surrogatepass")
    assert table.try_input(Input(0, "page", PAGE, data)) == ""


def test_a_seed_gives_the_same_inputs(table: Table, inputs: Maker) -> None:
    again = maker(ROOT, SEED, {page.path: page.text for page in table.project.pages if "/_" not in page.path})
    assert [inputs.make(number) for number in (0, 5, 99)] == [again.make(number) for number in (0, 5, 99)]


def test_a_mistake_is_seen(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    page = Input(0, "page", PAGE, b"# Safety\n\n<script>alert(1)</script>\n")
    assert table.try_input(page) == ""  # a guard stops the build
    monkeypatch.setattr(table, "_stopped", lambda *_: False)
    assert table.try_input(page) == "would publish an element <script>"

    def writes(*_: object) -> bool:
        (ROOT / ".cache").mkdir(exist_ok=True)
        (ROOT / ".cache/fuzz-was-here").write_text("", encoding="utf-8")
        (ROOT / ".cache/fuzz-was-here").unlink()
        return True

    monkeypatch.setattr(table, "_stopped", writes)
    assert table.try_input(page).startswith("touched ")

    def hangs(*_: object) -> bool:
        while True:
            pass

    monkeypatch.setattr("handbook.trials.fuzz.table.LONGEST", 0.05)
    monkeypatch.setattr(table, "_stopped", hangs)
    assert table.try_input(page).startswith("took more than")


@pytest.mark.parametrize(
    "html",
    [
        "<script>1</script>",
        "<img src=//evil.example>",
        "<img srcset=https://evil.example/x>",
        "<p onclick=x>",
        "<p style='x'>",
        "<a href='java\nscript:x'>",
        "<iframe>",
        "<svg><use href=//evil.example#x /></svg>",
        "<form action=/x>",
    ],
)
def test_what_harms_is_seen(html: str) -> None:
    assert list(harms(html))


@pytest.mark.parametrize(
    "html", ["<p>x</p>", "<a href='https://a.example'>x</a>", "<a href='tel:112'>", "<img src=x.png>"]
)
def test_what_does_no_harm_is_not(html: str) -> None:
    assert list(harms(html)) == []

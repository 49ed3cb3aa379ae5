"""The table that says of each group of rules how many kinds of mistakes try it."""

from __future__ import annotations

from handbook.commands.layers import load_rules
from handbook.model.finding import Finding, Place, Severity
from handbook.rules.registry import REGISTRY
from handbook.trials.edit import Edit, Kind
from handbook.trials.outcome import Outcome
from handbook.trials.tally import as_markdown, as_text, in_words, tallies


def _outcome(expected: str, found: str = "", line: int = 3, *, tried: bool = True) -> Outcome:
    edit = Edit({"a.md": b""}, frozenset({Place("a.md", 3)})) if tried else None
    kind = Kind("name", "Family", "what", tuple(expected.split()), lambda _world, _chance: None)
    return Outcome(kind, edit, tuple(Finding("a.md", line, code, "x", Severity.ERROR, "x") for code in found.split()))


def test_rules_of_one_module_are_counted_together() -> None:
    load_rules()
    outcomes = [
        _outcome("PAR123", "PAR123"),
        _outcome("PAR123 PAR124", "PAR124", line=9),
        _outcome("PAR123", "LNK101"),
        _outcome("PAR128", tried=False),
        _outcome(""),
    ]
    counted = list(tallies(outcomes, REGISTRY.all()))
    by_code = {code: one for one in counted for code in one.codes}
    assert len(by_code) == len(REGISTRY.all())
    assert by_code["PAR123"] is by_code["PAR128"]
    assert by_code["PAR123"].cells == (
        "PAR123 128", "1 of 2", "3", "2", "1", "Lists and lines to tick: as many in every language",
    )  # fmt: skip
    assert by_code["PAR124"].cells[:5] == ("PAR124", "1 of 1", "1", "1", "0")
    assert by_code["LNK101"].cells[:5] == ("LNK101-102", "0 of 2", "0", "0", "0")
    assert in_words(counted).startswith(f"2 of {len(REGISTRY.all())} rules ")
    assert len(list(as_text(counted))) == len(counted) + 1
    assert len(list(as_markdown(counted))) == len(counted) + 2


def test_every_group_of_rules_says_what_it_is_about() -> None:
    load_rules()
    ideas = [one.idea for one in tallies([], REGISTRY.all())]
    assert all(ideas)
    assert len(ideas) == len(set(ideas))

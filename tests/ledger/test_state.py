"""How two languages stand to each other, section by section."""

from __future__ import annotations

import pytest

from handbook.ledger.record import Confirmed, Record
from handbook.ledger.state import SectionState, State, confirm, section_states

OLD, NEW = "0" * 16, "1" * 16
CONFIRMED = Record({"a": Confirmed({"en": OLD, "nl": OLD}, "why")})


def state(en: str | None, nl: str | None, record: Record = CONFIRMED) -> SectionState:
    digests = {"en": {"a": en} if en else {}, "nl": {"a": nl} if nl else {}}
    (found,) = section_states(record, digests, ("en", "nl"), ("a",))
    return found


def test_nothing_moved() -> None:
    assert state(OLD, OLD) == SectionState("a", State.IN_STEP, reason="why")


@pytest.mark.parametrize(("en", "nl", "moved", "behind"), [(NEW, OLD, "en", "nl"), (OLD, NEW, "nl", "en")])
def test_either_language_may_lead(en: str, nl: str, moved: str, behind: str) -> None:
    assert state(en, nl) == SectionState("a", State.BEHIND, moved=(moved,), behind=(behind,))


def test_both_moved() -> None:
    assert state(NEW, NEW).state is State.ALL_MOVED


def test_nobody_has_declared_anything_yet() -> None:
    assert state(OLD, OLD, Record()).state is State.UNCONFIRMED


def test_a_language_added_later_is_unconfirmed() -> None:
    assert state(OLD, OLD, Record({"a": Confirmed({"en": OLD})})).state is State.UNCONFIRMED


def test_a_section_one_language_lacks_is_missing_there() -> None:
    found = state(OLD, None)
    assert (found.state, found.missing) == (State.MISSING, ("nl",))


def test_confirming_puts_sections_in_step_and_forgets_removed_ones() -> None:
    digests = {"en": {"a": NEW, "b": NEW}, "nl": {"a": OLD, "b": NEW}}
    before = Record({"gone": Confirmed({"en": OLD, "nl": OLD})})
    after = confirm(before, digests, ["a"], "only a typo")
    assert after.sections == {"a": Confirmed({"en": NEW, "nl": OLD}, "only a typo")}


def test_what_one_language_lacks_cannot_be_confirmed() -> None:
    with pytest.raises(ValueError, match="missing"):
        confirm(Record(), {"en": {"a": NEW}, "nl": {}}, ["a"])

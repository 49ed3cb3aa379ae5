"""The ledger's files: the same record gives the same bytes, and a broken file is named by its line."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.ledger.record import Confirmed, LedgerError, Record, format_record, merge_records, parse_record

digests = st.text("0123456789abcdef", min_size=16, max_size=16)
reasons = st.text(st.characters(categories=("L", "N", "Zs")), max_size=20).map(lambda text: " ".join(text.split()))
records = st.dictionaries(
    st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True),
    st.builds(Confirmed, st.fixed_dictionaries({"en": digests, "nl": digests}), reasons),
    max_size=5,
).map(Record)


@given(records)
def test_what_is_written_is_read_back(record: Record) -> None:
    assert parse_record(format_record(record)) == record


@given(records)
def test_sections_stand_in_order_one_a_line(record: Record) -> None:
    lines = format_record(record).splitlines()[1:]
    assert [line.split()[0] for line in lines] == sorted(record.sections)


@given(records, records)
def test_a_change_on_one_side_alone_is_taken_over(base: Record, changed: Record) -> None:
    assert merge_records(base, changed, base) == changed
    assert merge_records(base, base, changed) == changed
    assert merge_records(base, changed, changed) == changed


@given(records, records, records)
def test_merging_never_depends_on_whose_side_is_whose(base: Record, ours: Record, theirs: Record) -> None:
    assert merge_records(base, ours, theirs) == merge_records(base, theirs, ours)


@given(records, records, records)
def test_a_merge_confirms_nothing_that_neither_side_confirmed(base: Record, ours: Record, theirs: Record) -> None:
    for id_, confirmed in merge_records(base, ours, theirs).sections.items():
        assert confirmed in (ours.sections.get(id_), theirs.sections.get(id_))


def test_two_different_confirmations_of_one_section_leave_it_unconfirmed() -> None:
    one, other = ({"en": digit * 16, "nl": digit * 16} for digit in "12")
    merged = merge_records(Record(), Record({"a": Confirmed(one)}), Record({"a": Confirmed(other)}))
    assert merged.sections == {}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("# x\n<<<<<<< HEAD\n", 2, "not merged"),
        ("a en:0123456789abcdef\na en:0123456789abcdef\n", 2, "twice"),
        ("a en:nonsense\n", 1, "no ledger entry"),
        ("a\n", 1, "no ledger entry"),
        ("\x00\n", 1, "no ledger entry"),
    ],
)
def test_a_broken_file_is_named_by_its_line(text: str, line: int, said: str) -> None:
    with pytest.raises(LedgerError) as raised:
        parse_record(text)
    assert raised.value.line == line
    assert said in raised.value.message


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(LedgerError):
        assert parse_record(format_record(parse_record(text))) == parse_record(text)

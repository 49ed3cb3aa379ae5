"""The ledger's files: the same record gives the same bytes, and a broken file is named by its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.ledger.record import (
    Confirmed,
    LedgerError,
    Record,
    UnmergedError,
    format_record,
    merge_records,
    parse_record,
    parse_unmerged,
    tidy_reason,
)

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
def test_any_text_is_read_or_refused_with_a_hint(text: str) -> None:
    refused = []
    for read in (parse_record, parse_unmerged):
        try:
            read(text)
        except LedgerError as error:
            refused.append(error)
    assert all(error.hint and error.line > 0 for error in refused)


@given(st.text(), records)
def test_a_reason_never_breaks_a_file(reason: str, record: Record) -> None:
    given_reason = Record({id_: Confirmed(one.digests, reason) for id_, one in record.sections.items()})
    read_back = parse_record(format_record(given_reason))
    assert {one.reason for one in read_back.sections.values()} <= {tidy_reason(reason)}
    assert read_back.sections.keys() == record.sections.keys()


@given(records)
def test_windows_line_ends_do_not_count(record: Record) -> None:
    assert parse_record(format_record(record).replace("\n", "\r\n")) == record


def conflict(ours: str, theirs: str, base: str | None = None) -> str:
    middle = "" if base is None else f"||||||| base\n{base}"
    return f"<<<<<<< ours\n{ours}{middle}=======\n{theirs}>>>>>>> theirs\n"


ONE, TWO, OLD = ("a en:" + sign * 16 + " nl:" + sign * 16 + "\n" for sign in "12f")
OTHER = "b en:0123456789abcdef nl:0123456789abcdef\n"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (conflict(ONE, TWO) + OTHER, {"b"}),
        (conflict(ONE, ONE + OTHER), {"a", "b"}),
        (conflict(ONE + OTHER, ONE, ONE), {"a", "b"}),
        (conflict(ONE, TWO, OLD) + OTHER, {"b"}),
        (conflict(ONE, OLD, OLD) + OTHER, {"a", "b"}),
        (conflict("", OLD, OLD), set()),
    ],
)
def test_of_an_unmerged_file_everything_is_kept_that_both_sides_agree_on(text: str, kept: set[str]) -> None:
    with pytest.raises(UnmergedError):
        parse_record(text)
    assert parse_unmerged(text).sections.keys() == kept


def test_an_unmerged_file_that_is_broken_besides_is_refused() -> None:
    with pytest.raises(LedgerError, match="no ledger entry"):
        parse_unmerged(conflict(ONE, "nonsense\n"))

"""Two languages side by side on a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.ledger.beside import CAME, SAME, WENT, Line, compare, section_lines, side_by_side
from handbook.reading.markdown import read_page

texts = st.lists(st.text(max_size=120), max_size=12)


@given(texts, texts)
def test_what_is_new_is_what_came_and_what_stayed(old: list[str], new: list[str]) -> None:
    assert [line.text for line in compare(old, new) if line.sign != WENT] == new


@given(texts)
def test_where_nothing_changed_nothing_is_marked(lines: list[str]) -> None:
    assert {line.sign for line in compare(lines, lines)} <= {SAME}
    assert {line.sign for line in compare(None, lines)} <= {SAME}


def test_a_changed_line_went_and_came() -> None:
    lines = compare(["Stay.", "Call tomorrow."], ["Stay.", "Call at once."])
    assert lines == [Line(SAME, "Stay."), Line(WENT, "Call tomorrow."), Line(CAME, "Call at once.")]


@given(texts, texts, st.integers(60, 120))
def test_no_line_is_wider_than_the_terminal(left: list[str], right: list[str], width: int) -> None:
    page = [read_page("x.md", "\n".join(side)) for side in (left, right)]
    sides = [compare(None, section_lines(one)["top"]) for one in page]
    for row in side_by_side(sides[0], sides[1], ("English", "Dutch"), width):
        assert len(row) <= width
        assert "\n" not in row


@given(st.lists(st.sampled_from(["word", "longer word", "", "x" * 90]), max_size=20))
def test_no_word_gets_lost(lines: list[str]) -> None:
    rows = list(side_by_side(compare(None, lines), [], ("a", "b")))[2:]
    shown = "".join(row.split("|")[0].replace(" ", "") for row in rows)
    assert shown == "".join(lines).replace(" ", "")


def test_paragraphs_stand_beside_each_other_where_both_sides_have_as_many() -> None:
    left = compare(None, ["One " * 30, "", "Two"])
    right = compare(None, ["Een", "", "Twee"])
    (row,) = [row for row in side_by_side(left, right, ("English", "Dutch")) if "Two" in row]
    assert "Twee" in row


@pytest.mark.parametrize("sign", ["\x1b[31m", "\x07", "\u202e", "\x00"])
def test_what_would_steer_a_terminal_is_not_printed(sign: str) -> None:
    lines = section_lines(read_page("x.md", f"## A {{#a}}\n\nRed{sign}dy.\n"))["a"]
    assert not any(sign in line for line in lines)


def test_title_and_description_stand_at_the_top() -> None:
    page = read_page(
        "x.md", "---\ntitle: Rest\ndescription: What it is.\nslug: rust\n---\n\n# Rest\n\nHello.\n\n## A {#a}\n\nB.\n"
    )
    assert section_lines(page) == {
        "top": ["title: Rest", "description: What it is.", "", "# Rest", "", "Hello."],
        "a": ["## A {#a}", "", "B."],
    }

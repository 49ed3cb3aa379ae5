"""What cannot match is seen without searching, and nothing that matches is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.editorial.telltales import may_match, telltales
from handbook.editorial.wording import load_wordings

ROOT = Path(__file__).resolve().parents[2]
LIST = load_wordings(ROOT / "data" / "wording.yml")


@pytest.mark.parametrize(
    ("pattern", "tales"),
    [
        (r"\bcommit(s|ted|ting)?\s+suicide\b", {"suicide"}),
        (r"\bsuffers?\s+from\b", {"suffer"}),
        (r"\binsane\b|\blunatic", {"insane", "lunatic"}),
        (r"(?:always ){2,}works", {"always "}),
        (r"\d+%?", set()),
        (r"a?b*|c", set()),
        (r"cura\u0131", set()),
    ],
)
def test_telltales_are_what_every_match_holds(pattern: str, tales: set[str]) -> None:
    assert telltales(pattern) == tales


def test_most_wordings_have_telltales() -> None:
    assert sum(bool(wording.telltales) for wording in LIST) == len(LIST)


@given(st.sampled_from(LIST), st.data())
def test_no_match_is_lost(wording: object, data: st.DataObject) -> None:
    assert isinstance(wording, type(LIST[0]))
    text = data.draw(st.from_regex(wording.pattern))
    for shown in (text, text.upper(), text.lower().replace("s", "\u017f"), text.title()):
        if wording.pattern.search(shown):
            assert may_match(wording.telltales, shown, shown.lower())


@given(st.text(alphabet="ksi\u0130\u0131\u017f\u212aKSI ", max_size=12))
def test_letters_with_more_than_two_forms_are_searched_for(text: str) -> None:
    tales = telltales("kiss")
    if re.search("kiss", text, re.IGNORECASE):
        assert may_match(tales, text, text.lower())

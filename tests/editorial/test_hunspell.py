"""Our word list answers as spylls' own, which keeps every word as an object."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from spylls.hunspell import Dictionary  # type: ignore[import-untyped]

from handbook.editorial.hunspell import read_dictionary
from handbook.editorial.spelling import DICTIONARIES

if TYPE_CHECKING:
    from pathlib import Path

RULES = """\
SET UTF-8
FORBIDDENWORD F
NOSUGGEST N
KEEPCASE K
COMPOUNDFLAG C
COMPOUNDMIN 2
NEEDAFFIX A
IGNORE \u00b7
SFX S Y 2
SFX S 0 s [^s]
SFX S 0 es s
PFX R Y 1
PFX R 0 re .
"""
WORDS = """\
14

rust/SC
rust/R
huis/SC\tremark behind a tab
open/RS po:verb
McDonald/S
Anna
wrong/F
km\\/h
a/b/c
/of
kan/A
kanS/C
Kg/K
be\u00b7ter
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A dictionary with every kind of line."""
    (tmp_path / "xx.aff").write_text(RULES, encoding="utf-8")
    (tmp_path / "xx.dic").write_text(WORDS, encoding="utf-8")
    return tmp_path / "xx"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
def test_it_answers_as_spylls_does(small: Path) -> None:
    """But for one letter: spylls takes each letter of a word for that word, where it looks without capitals."""
    theirs = Dictionary.from_files(str(small))
    is_word = read_dictionary(small)
    stems = ["rust", "huis", "open", "McDonald", "Anna", "wrong", "km/h", "a/b/c", "/of", "kan", "Kg", "beter"]
    forms = [f"{before}{stem}{behind}" for stem in stems for before in ("", "re") for behind in ("", "s", "es")]
    forms += ["".join(both) for both in itertools.product(stems, repeat=2)] + ["remark", "verb", "14", ""]
    forms += [change(form) for form in forms for change in (str.upper, str.lower, str.capitalize)]
    said = {form: bool(theirs.lookup(form)) for form in forms}
    assert {form: bool(is_word(form)) for form in forms} == said
    assert 20 < sum(said.values()) < len(said) / 2


@pytest.mark.parametrize(
    ("language", "right", "wrong"),
    [
        ("en", ["behaviour", "London's", "can't", "NASA", "USA"], ["behavior", "becuase", "london", "QS"]),
        ("nl", ["gevoel", "keukentafel", "therapeuten", "km/h", "Anna"], ["gevoeel", "gebuert", "anna"]),
    ],
)
def test_the_dictionaries_know_their_words(language: str, right: list[str], wrong: list[str]) -> None:
    is_word = read_dictionary(DICTIONARIES / language)
    assert [word for word in right if not is_word(word)] == []
    assert [word for word in wrong if is_word(word)] == []

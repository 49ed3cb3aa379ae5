"""The glossary: enough terms, short sentences, both languages, a page for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.editorial.glossary import load_glossary
from tests.editorial.data_files import DATA, DOCS, mistake, written

if TYPE_CHECKING:
    from pathlib import Path

GLOSSARY = load_glossary(DATA / "glossary.yml")
GOOD = """
- id: co-regulation
  term: {en: co-regulation, nl: co-regulatie}
  plain: {en: becoming calm together, nl: samen rustig worden}
  definition:
    en: Becoming calmer with someone.
    nl: Rustiger worden bij iemand.
  inflections: {en: [co-regulate], nl: [co-reguleren]}
  flemish: [samen kalmeren]
  page: feelings/index.md
"""


def test_there_are_at_least_a_hundred_and_fifteen_terms() -> None:
    assert len(GLOSSARY) >= 115


def test_every_term_has_a_page_that_exists_in_both_languages() -> None:
    missing = [
        (term.id, language, term.page)
        for term in GLOSSARY
        for language in ("en", "nl")
        if not (DOCS / language / term.page).is_file()
    ]
    assert missing == []


def test_no_definition_is_the_same_in_two_terms() -> None:
    for language in ("en", "nl"):
        sentences = [term.definition[language] for term in GLOSSARY]
        assert len(set(sentences)) == len(sentences)


def test_dutch_definitions_say_je_and_never_u() -> None:
    for term in GLOSSARY:
        assert not {"u", "uw"} & set(term.definition["nl"].casefold().split()), term.id


def test_an_id_is_the_english_term_with_hyphens() -> None:
    for term in GLOSSARY:
        assert term.id == term.term["en"].casefold().replace(",", "").replace(" ", "-")


def test_the_forms_of_a_term_begin_with_the_term_and_hold_the_flemish_word_in_dutch_only(tmp_path: Path) -> None:
    (term,) = load_glossary(written(tmp_path, GOOD))
    assert term.forms("en") == ("co-regulation", "co-regulate")
    assert term.forms("nl") == ("co-regulatie", "co-reguleren", "samen kalmeren")


@pytest.mark.parametrize(
    ("before", "after", "line", "said"),
    [
        ("Becoming calmer with someone.", "word " * 20 + "word.", 5, "its definition (en) has 21 words"),
        ("Rustiger worden bij iemand.", "woord " * 15 + "woord.", 5, "its definition (nl) has 16 words"),
        ("Rustiger worden bij iemand.", "Rustiger worden", 5, "its definition (nl) is no sentence"),
        ("id: co-regulation", "id: Co Regulation", 1, '"id" is "Co Regulation"'),
        ("page: feelings/index.md", "page: feelings", 9, "is not the path of a page"),
        ("  page: feelings/index.md\n", "", 1, '"page" is missing'),
    ],
)
def test_a_mistake_in_a_term_is_told_with_its_line(
    tmp_path: Path, before: str, after: str, line: int, said: str
) -> None:
    assert before in GOOD
    error = mistake(load_glossary, written(tmp_path, GOOD.replace(before, after, 1)))
    assert (said in error.message, error.line) == (True, line), error


def test_one_word_for_two_terms_is_a_mistake(tmp_path: Path) -> None:
    second = GOOD.replace("id: co-regulation", "id: other").replace("{en: co-regulation,", "{en: other,")
    assert "the word (nl)" in mistake(load_glossary, written(tmp_path, GOOD + second.lstrip("\n"))).message

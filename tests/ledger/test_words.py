"""What counts as a change of words, and what is only form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.ledger.words import TOP, digest, normalised, page_digests
from handbook.reading.project import read_project

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.model.page import Page

CONFIG = """site_name: Small
plugins:
  - i18n:
      docs_structure: folder
      languages:
        - {locale: en, name: English, default: true, build: true}
markdown_extensions: [admonition, attr_list, tables]
"""
PAGE = """---
title: Safety
description: What safety is.
---

# Safety

## In short {#in-short}

- You are *safe* here.
- Call {{ phone nl-113 }} in need.

## What is it? {#what-is-it}

It isn't far.
Research says so [@E01].

!!! example "Samira"
    She has 3 cats.

1. Sit down.
2. Breathe out.

### More {#more}

| A | B |
|---|---|
| one | two |
"""


def page(folder: Path, text: str) -> Page:
    (folder / "docs/en").mkdir(parents=True, exist_ok=True)
    (folder / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    (folder / "docs/en/index.md").write_text(text, encoding="utf-8")
    return read_project(folder, render=False, site=False).pages[0]


HARMLESS = {
    "a line broken elsewhere": ("It isn't far.\nResearch", "It\nisn't far. Research"),
    "other emphasis": ("*safe*", "**safe**"),
    "no emphasis": ("*safe*", "safe"),
    "another list marker": ("- You are *safe* here.\n- Call", "* You are *safe* here.\n* Call"),
    "a curly apostrophe": ("isn't", "isn\u2019t"),
    "a soft hyphen": ("Research", "Re\u00adsearch"),
    "decomposed accents": ("Samira", "Samira"),
    "capitals": ("You are", "you are"),
    "punctuation": ("far.", "far!"),
    "another key in the front matter": ("description:", "audience: client\ndescription:"),
    "more blank lines": ("## What", "\n\n## What"),
    "wider table rules": ("|---|---|", "|-----|:---|"),
}
MOVED = {
    "a word": ("far", "near", "what-is-it"),
    "a negation": ("isn't", "is", "what-is-it"),
    "a number": ("3 cats", "4 cats", "what-is-it"),
    "the name of a callout": ("Samira", "Amira", "what-is-it"),
    "a citation": ("E01", "E02", "what-is-it"),
    "a phone number": ("nl-113", "be-1813", "in-short"),
    "a cell": ("two", "three", "more"),
    "a heading": ("### More", "### Less", "more"),
    "the order of the steps": ("1. Sit down.\n2. Breathe out.", "1. Breathe out.\n2. Sit down.", "what-is-it"),
    "the title": ("title: Safety", "title: Danger", TOP),
    "the description": ("What safety is.", "What danger is.", TOP),
}


@pytest.mark.parametrize("change", HARMLESS)
def test_form_does_not_count(tmp_path: Path, change: str) -> None:
    old, new = HARMLESS[change][:2]
    assert old in PAGE
    assert page_digests(page(tmp_path, PAGE.replace(old, new))) == page_digests(page(tmp_path, PAGE))


@pytest.mark.parametrize("change", MOVED)
def test_words_count_in_their_own_section_and_nowhere_else(tmp_path: Path, change: str) -> None:
    old, new, section = MOVED[change]
    assert old in PAGE
    before, after = page_digests(page(tmp_path, PAGE)), page_digests(page(tmp_path, PAGE.replace(old, new)))
    assert {id_ for id_ in before if before[id_] != after.get(id_)} == {section}


@given(st.text())
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = list(normalised(text))
    assert list(normalised(" ".join(once))) == [part for word in once for part in normalised(word)]


@given(st.lists(st.text(min_size=1)), st.lists(st.text(min_size=1)))
def test_other_words_give_another_digest(first: list[str], second: list[str]) -> None:
    one, other = tuple(w.replace("\n", "") for w in first), tuple(w.replace("\n", "") for w in second)
    assert (digest(one) == digest(other)) == ("\n".join(one) == "\n".join(other))

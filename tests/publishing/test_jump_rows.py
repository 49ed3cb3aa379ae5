"""Long lists get a row of jumps: a link for each letter that has entries, and a way back at the end of each part."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from handbook.editorial.glossary import load_glossary
from handbook.publishing.glossary_text import glossary_markdown
from handbook.publishing.jump_rows import MANY, add_jump_row, part_of
from tests.browser.browsing import ROOT


def box_of(*entries: str) -> ET.Element:
    box = ET.Element("div")
    for number, entry in enumerate(entries):
        ET.SubElement(box, "h3", {"id": f"entry-{number}"}).text = entry
        ET.SubElement(box, "p").text = "What it means."
    return box


@pytest.mark.parametrize(
    ("entry", "part"),
    [("anger", "A"), ("Anger", "A"), ("één", "E"), ("DAT201 helpline-age", "DAT"), ("POH-ggz", "P"), ("112", "1")],
)
def test_entries_stand_under_their_letter_or_the_letters_of_their_code(entry: str, part: str) -> None:
    assert part_of(entry) == part


def test_each_letter_with_entries_leads_to_its_first_one_and_each_part_ends_with_a_way_back() -> None:
    box = box_of(*["anger"] * MANY, "écho", "empathy", "zest")
    add_jump_row(box, "glossary", "In this list", "Back to top")
    row, *rest = box
    assert (row.tag, row.get("aria-label"), row.get("id")) == ("nav", "In this list", "jump-glossary")
    assert [(one.text, one.get("href")) for one in row.iter("a")] == [
        ("A", "#entry-0"),
        ("E", f"#entry-{MANY}"),
        ("Z", f"#entry-{MANY + 2}"),
    ]
    ends = [place for place, one in enumerate(rest) if one.get("class") == "jump"]
    assert [rest[place + 1].get("id") for place in ends[:-1]] == [f"entry-{MANY}", f"entry-{MANY + 2}"]
    assert rest[ends[-1]] is rest[-1]
    assert {one.get("href") for place in ends for one in rest[place]} == {"#jump-glossary"}


def test_a_short_list_stays_as_it_is() -> None:
    box = box_of(*["anger"] * (MANY - 1))
    before = ET.tostring(box)
    add_jump_row(box, "glossary", "In this list", "Back to top")
    assert ET.tostring(box) == before


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_words_of_the_glossary_stand_together_by_letter(language: str) -> None:
    blocks = glossary_markdown(load_glossary(ROOT / "data" / "glossary.yml"), language, [])
    letters = [part_of(block.removeprefix("### ")) for block in blocks if block.startswith("### ")]
    assert letters == sorted(letters)
    assert len(set(letters)) > 15

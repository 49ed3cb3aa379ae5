"""The debates: thirty anchors, each standing on the page in both languages under its own title."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from handbook.editorial.debates import load_debates
from handbook.editorial.references import load_references
from tests.editorial.data_files import DATA, DOCS, mistake, written

if TYPE_CHECKING:
    from pathlib import Path

DEBATES = load_debates(DATA / "debates.yml")
LABELS = {
    "en": {
        "well-supported": "Well supported",
        "some-support": "Some support",
        "debated": "Debated",
        "practice-wisdom": "Practice wisdom",
    },
    "nl": {
        "well-supported": "goed onderbouwd",
        "some-support": "Deels onderbouwd",
        "debated": "Omstreden",
        "practice-wisdom": "Praktijkkennis",
    },
}
GOOD = """
- id: early-lack
  flag: X04
  certainty: debated
  title: {en: A question?, nl: Een vraag?}
  claim:
    en: A claim.
    nl: Een bewering.
  evidence: [E25]
"""


def passages(language: str) -> dict[str, str]:
    """Return the text below each heading of the third level on the page, by the heading as it is written."""
    text = (DOCS / language / "about/evidence-and-debates.md").read_text(encoding="utf-8").split("\n---\n", 1)[1]
    lines = text.splitlines()
    tokens = MarkdownIt().parse(text)
    starts = [token.map[0] for token in tokens if token.type == "heading_open" and token.map]
    found = {}
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        if lines[start].startswith("### "):
            found[lines[start].removeprefix("### ")] = "\n".join(lines[start + 1 : end])
    return found


def test_every_flag_of_the_register_has_one_debate() -> None:
    assert {debate.flag for debate in DEBATES.entries} == {f"X{number:02}" for number in range(1, 31)}


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_page_asks_every_question_in_the_order_of_the_data(language: str) -> None:
    asked = [heading for heading in passages(language) if "?" in heading]
    assert asked == [f"{debate.title[language]} {{#{debate.id}}}" for debate in DEBATES.entries]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_page_gives_every_question_its_label_and_its_sources(language: str) -> None:
    found = passages(language)
    for debate in DEBATES.entries:
        text = found[f"{debate.title[language]} {{#{debate.id}}}"]
        assert LABELS[language][debate.certainty].casefold() in text.casefold(), debate.id
        for source in debate.evidence:
            assert f"@{source}" in text, (debate.id, source)


def test_a_debate_leans_on_references_that_exist() -> None:
    references = load_references(DATA / "references.json")
    assert all(source in references for debate in DEBATES.entries for source in debate.evidence)


@pytest.mark.parametrize(
    ("before", "after", "line", "said"),
    [
        ("certainty: debated", "certainty: sure", 3, '"certainty" is "sure"'),
        ("flag: X04", "flag: Y04", 2, '"flag" is "Y04"'),
        ("evidence: [E25]", "evidence: [twenty]", 8, '"evidence" names "twenty"'),
        ("id: early-lack", "id: early--lack", 1, '"id" is "early--lack"'),
    ],
)
def test_a_mistake_in_a_debate_is_told_with_its_line(
    tmp_path: Path, before: str, after: str, line: int, said: str
) -> None:
    assert before in GOOD
    error = mistake(load_debates, written(tmp_path, GOOD.replace(before, after, 1)))
    assert (said in error.message, error.line) == (True, line), error


def test_two_debates_cannot_share_a_flag(tmp_path: Path) -> None:
    second = GOOD.replace("id: early-lack", "id: other")
    assert "the flag" in mistake(load_debates, written(tmp_path, GOOD + second.lstrip("\n"))).message

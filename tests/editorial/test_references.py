"""The references: nothing invented, everything escaped, the same words every time."""

from __future__ import annotations

import json
import warnings
from dataclasses import replace
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from citeproc import CitationStylesStyle  # type: ignore[import-untyped]  # has no types
from selectolax.lexbor import LexborHTMLParser

from handbook.editorial.references import Reference, citation_label, format_reference, load_references
from tests.editorial.data_files import DATA, mistake, written

if TYPE_CHECKING:
    from pathlib import Path

REFERENCES = load_references(DATA / "references.json")
WORK: dict[str, Any] = {
    "id": "E01",
    "type": "article-journal",
    "author": [{"family": "Doe", "given": "Ann B."}],
    "issued": {"date-parts": [[2018]]},
    "title": "A title",
    "container-title": "A Journal",
    "custom": {"mark": "verified", "checked_at": "somewhere"},
}


def written_works(folder: Path, *works: dict[str, Any]) -> Path:
    return written(folder, json.dumps(works, indent=1), "references.json")


def formatted(folder: Path, page_language: str = "en", **changes: Any) -> str:
    (reference,) = load_references(written_works(folder, {**WORK, **changes})).values()
    return format_reference(reference, page_language)


def test_every_number_of_the_evidence_list_can_be_cited() -> None:
    wanted = {f"E{number:02}" for number in range(1, 78) if number != 68} | {"S01"}
    assert wanted <= set(REFERENCES)


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("name", sorted(REFERENCES))
def test_every_reference_is_well_formed(name: str, language: str) -> None:
    text = format_reference(REFERENCES[name], language)
    tree = LexborHTMLParser(text)
    assert {node.tag for node in tree.css("body *")} <= {"a", "br", "em", "i", "span"}
    assert all((link.attributes.get("href") or "").startswith("https://") for link in tree.css("a"))
    shown = tree.body.text() if tree.body else ""
    assert "  " not in shown
    assert ".." not in shown.replace("...", "")
    assert "?." not in shown
    assert not any("\ue000" <= sign <= "\uf8ff" for sign in shown)
    for work in REFERENCES[name].works:
        assert work.authors[0].family in shown
        assert f"({work.year})" in shown


def test_a_doi_becomes_a_link(tmp_path: Path) -> None:
    assert formatted(tmp_path, DOI="10.1037/pst0000172", volume="55", issue="4", page="316-340") == (
        "Doe, A. B. (2018). A title. <i>A Journal</i> 55(4), 316–340. "
        '<a href="https://doi.org/10.1037/pst0000172">https://doi.org/10.1037/pst0000172</a>'
    )


def test_signs_of_html_are_escaped_wherever_they_stand(tmp_path: Path) -> None:
    hostile = "<b>Q & A</b>"
    text = formatted(
        tmp_path,
        title=hostile,
        author=[{"family": hostile}],
        **{"container-title": hostile},
        URL="https://example.org/?a='b'&c",
    )
    assert "<b>" not in text
    assert text.count("&lt;b&gt;Q &amp; A&lt;/b&gt;") == 3
    assert 'href="https://example.org/?a=&#x27;b&#x27;&amp;c"' in text


def test_a_title_in_the_other_language_is_marked_so(tmp_path: Path) -> None:
    assert formatted(tmp_path, "nl").startswith('<span lang="en">')
    assert not formatted(tmp_path, "en").startswith("<span")
    assert not formatted(tmp_path, "nl", language="nl").startswith("<span")


def test_what_we_did_not_see_ourselves_says_so(tmp_path: Path) -> None:
    assert "Niet bij de bron nagekeken." in formatted(tmp_path, "nl", custom={"mark": "unverified"})
    assert "through others only" in formatted(tmp_path, custom={"mark": "second-hand"})
    assert "<em>" not in formatted(tmp_path)


@pytest.mark.parametrize(
    ("name", "english", "dutch"),
    [
        ("E34", "Gross, 2015", "Gross, 2015"),
        ("E10", "Peluso & Freund, 2018", "Peluso & Freund, 2018"),
        ("E03", "Elliott et al., 2018", "Elliott e.a., 2018"),
        ("E29", "Beckes & Coan, 2011; Coan et al., 2017", "Beckes & Coan, 2011; Coan e.a., 2017"),
        ("E29b", "Coan et al., 2017", "Coan e.a., 2017"),
        ("E37", "Grossman et al., 2026; Porges, 2026", "Grossman e.a., 2026; Porges, 2026"),
    ],
)
def test_a_citation_names_two_authors_at_most(name: str, english: str, dutch: str) -> None:
    assert (citation_label(REFERENCES[name], "en"), citation_label(REFERENCES[name], "nl")) == (english, dutch)


def test_a_two_part_reference_is_as_weak_as_its_weakest_part() -> None:
    seen, other = REFERENCES["E69"].works
    assert (seen.mark, other.mark, REFERENCES["E69"].mark) == ("verified", "verified", "verified")
    assert Reference("E69", (seen, replace(other, mark="unverified"))).mark == "unverified"
    assert Reference("E69", (replace(seen, mark="second-hand"), other)).mark == "second-hand"


def test_formatting_a_reference_again_gives_the_same() -> None:
    format_reference.cache_clear()
    first = [format_reference(one, language) for one in REFERENCES.values() for language in ("en", "nl")]
    again = [format_reference(one, language) for one in REFERENCES.values() for language in ("en", "nl")]
    assert first == again
    assert format_reference.cache_info().hits >= len(again)


def test_the_style_is_valid_csl() -> None:
    path = files("handbook.editorial") / "reference-style.csl"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        CitationStylesStyle(str(path), locale="en-GB", validate=True)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"DOI": "https://doi.org/10.1037/x"}, "is no DOI"),
        ({"DOI": "10.1037"}, "is no DOI"),
        ({"type": "webpage"}, '"type" is "webpage"'),
        ({"author": []}, "there is no author"),
        ({"author": [{"given": "Ann"}]}, '"family" is missing'),
        ({"issued": {"date-parts": [["soon"]]}}, "whole numbers"),
        ({"issued": {"raw": "2018"}}, "list of lists"),
        ({"custom": {"mark": "sure"}}, '"mark" is "sure"'),
        ({"custom": {"mark": "verified"}}, "without saying where"),
        ({"id": "X01"}, '"id" is "X01"'),
        ({"note": "hello"}, '"note" is not a key that is known here'),
    ],
)
def test_a_mistake_in_a_reference_is_told(tmp_path: Path, changes: dict[str, Any], said: str) -> None:
    error = mistake(load_references, written_works(tmp_path, {**WORK, **changes}))
    assert said in error.message, error
    assert error.line > 1


def test_a_reference_is_whole_or_in_parts(tmp_path: Path) -> None:
    path = written_works(tmp_path, WORK, {**WORK, "id": "E01a"})
    assert "as a whole and in parts" in mistake(load_references, path).message


def test_the_same_id_twice_is_a_mistake(tmp_path: Path) -> None:
    assert "for the second time" in mistake(load_references, written_works(tmp_path, WORK, WORK)).message

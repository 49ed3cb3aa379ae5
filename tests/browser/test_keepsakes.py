"""Code of others unchanged, equal words in each language, drawings that say what they show."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
import yaml

from handbook.publishing.figures import FIGURES, figure_svg
from tests.browser.browsing import HERE, ROOT

if TYPE_CHECKING:
    from pathlib import Path

OVERRIDES = ROOT / "overrides"


@pytest.mark.parametrize("folder", [OVERRIDES / "assets" / "vendored", HERE / "vendored"], ids=["site", "tests"])
def test_code_of_others_is_what_its_notice_says(folder: Path) -> None:
    notice = (folder / "README.md").read_text(encoding="utf-8")
    files = list(folder.glob("*.js"))
    assert files
    for file in files:
        assert f"`{file.name}`" in notice
        assert hashlib.sha256(file.read_bytes()).hexdigest() in notice


def test_code_of_others_needs_no_eval_and_no_web_assembly() -> None:
    for file in (OVERRIDES / "assets").rglob("*.js"):
        text = file.read_text(encoding="utf-8")
        assert "eval(" not in text
        assert "new Function" not in text
        assert "WebAssembly" not in text


def test_each_language_has_the_same_words_of_the_interface_and_of_the_drawings() -> None:
    words = {
        path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in (OVERRIDES / "strings").glob("*.yml")
    }
    assert len({frozenset(one) for one in words.values()}) == 1
    drawings = yaml.safe_load((ROOT / "data" / "figures.yml").read_text(encoding="utf-8"))
    assert set(drawings) == set(FIGURES)
    for one in drawings.values():
        assert len({frozenset(texts) for texts in one.values()}) == 1
        assert set(one) == set(words)


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("name", FIGURES)
def test_a_drawing_has_a_title_a_description_and_a_caption(name: str, language: str) -> None:
    svg, _, caption = figure_svg(name, language).partition("<figcaption>")
    drawing = ElementTree.fromstring(svg)
    assert drawing.get("role") == "img"
    named = (drawing.get("aria-labelledby") or "").split()
    texts = {one.get("id"): one.text for one in drawing if one.tag in ("title", "desc")}
    assert [bool(texts[one]) for one in named] == [True, True]
    assert caption.removesuffix("</figcaption>").strip()
    assert not [one for one in drawing.iter() if {"style", "fill", "stroke"} & set(one.attrib)], (
        "colours come from the style sheet"
    )


def test_a_drawing_in_a_language_without_words_falls_back() -> None:
    assert figure_svg("three-steps", "ar") == figure_svg("three-steps", "en")

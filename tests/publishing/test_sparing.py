"""Passing patterns by changes nothing but the time it takes."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import markdown
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handbook.publishing.building_blocks import BuildingBlocks
from handbook.publishing.sparing import SIGNS, Sparing

EXTENSIONS = ("admonition", "attr_list", "tables", "toc", "fenced_code", "footnotes")
PIECES = st.sampled_from(
    [
        "word", " ", "\n", "  \n", "\n\n", "*", "**", "_", "__", "`", "``", "\\", "[", "]", "(a.md)", "[x]", "![",
        "[@E1]", "{{ phone x }}", "&amp;", "&", "<b>", "</b>", "<a@b.nl>", "<http://a.nl>", "{#id}", "- ", "# ",
        "[x]: a.md\n", "é",
    ]
)  # fmt: skip


def both(text: str) -> tuple[str, str]:
    plain = markdown.Markdown(extensions=[*EXTENSIONS, BuildingBlocks()])
    sparing = markdown.Markdown(extensions=[*EXTENSIONS, BuildingBlocks(), Sparing()])
    return plain.convert(text), sparing.convert(text)


@given(st.lists(PIECES, max_size=40).map("".join))
@example("_word_ and __words__")
@example("*word* and **words**")
def test_any_text_comes_out_the_same(text: str) -> None:
    plain, sparing = both(text)
    assert plain == sparing


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_handbook_s_pages_come_out_the_same(language: str) -> None:
    for path in sorted(Path("docs", language, "needs").glob("*.md")):
        plain, sparing = both(path.read_text(encoding="utf-8"))
        assert plain == sparing


def test_only_patterns_whose_sign_is_there_are_looked_for() -> None:
    sparing = markdown.Markdown(extensions=[Sparing()])
    inline = sparing.treeprocessors["inline"]
    name = "_InlineProcessor__applyPattern"
    with patch.object(type(inline), name, autospec=True, side_effect=getattr(type(inline), name)) as looked:
        assert sparing.convert("plain words") == "<p>plain words</p>"
        plain = looked.call_count
        assert sparing.convert("words and `code`") == "<p>words and <code>code</code></p>"
    listed = sum(name in SIGNS or name == "em_strong" for name, _ in sparing.inlinePatterns._priority)  # type: ignore[attr-defined]
    assert plain == len(sparing.inlinePatterns) - listed
    assert looked.call_count > 2 * plain

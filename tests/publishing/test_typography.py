"""The quotes that readers see: right in both languages, and untouched in code."""

from __future__ import annotations

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.publishing.typography import Typography, typeset


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("'s Avonds zo'n pagina's en foto's", "’s Avonds zo’n pagina’s en foto’s"),
        ("I don't, and it isn't the parents' fault", "I don’t, and it isn’t the parents’ fault"),
        ('Zij zegt: "\'s Nachts niet."', "Zij zegt: “’s Nachts niet.”"),
        ('"Doe het dan zelf", zegt hij, "dat doe je toch."', "“Doe het dan zelf”, zegt hij, “dat doe je toch.”"),
        ('(een "issue")', "(een “issue”)"),
        ('"When you …, I …"', "“When you …, I …”"),
        ("no quotes at all", "no quotes at all"),
    ],
)
def test_quotes_open_and_close_and_a_single_one_is_an_apostrophe(typed: str, shown: str) -> None:
    assert typeset(typed) == shown


@given(st.text(alphabet="ab \"'.,(\n"))
def test_nothing_but_quotes_changes(text: str) -> None:
    shown = typeset(text)
    assert len(shown) == len(text)
    assert all(new == old or old in "\"'" for old, new in zip(text, shown, strict=True))
    assert not set(shown) & set("\"'")


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ('He says "**no**".', "<p>He says “<strong>no</strong>”.</p>"),
        ('**"No"**, he says.', "<p><strong>“No”</strong>, he says.</p>"),
        ('See ["Help"](a.md) and "`b"c\'`".', '<p>See <a href="a.md">“Help”</a> and “<code>b"c\'</code>”.</p>'),
        ('- "one"\n- it\'s', "<ul>\n<li>“one”</li>\n<li>it’s</li>\n</ul>"),
        ('<span lang="nl">zo\'n</span> "dag"', '<p><span lang="nl">zo’n</span> “dag”</p>'),
    ],
)
def test_a_quotation_may_run_over_markup_and_code_stays_as_it_is(source: str, html: str) -> None:
    assert markdown.markdown(source, extensions=[Typography()]) == html

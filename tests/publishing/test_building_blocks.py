"""What the building blocks become in Python-Markdown, with the extensions the site uses."""

from __future__ import annotations

from html import escape

import pytest
from markdown import Markdown

from handbook.publishing.building_blocks import BuildingBlocks, split_arguments


class FakeFiller:
    """Fills blocks in with something easy to see."""

    def __init__(self, key: str = "needs/safety.md") -> None:
        self.key = key
        self.problems: list[str] = []

    def block_html(self, name: str, arguments: list[str]) -> str | None:
        return f'<div class="{name}">{escape(" ".join(arguments))}</div>' if name in ("write", "helplines") else None

    def block_markdown(self, name: str, arguments: list[str]) -> str | None:
        return (
            "- Call *now*.\n- [All numbers](help-now.md)\n\nSecond paragraph." if name == "when-to-get-help" else None
        )

    def inline_html(self, name: str, arguments: list[str]) -> str | None:
        return f'<a href="tel:113">{arguments[0]}</a>' if name == "phone" and arguments == ["nl-113"] else None

    def citation_html(self, ids: list[str]) -> str | None:
        return f"<cite>{' '.join(ids)}</cite>" if all(one.startswith("E") for one in ids) else None

    def term_link(self, term: str) -> tuple[str, str] | None:
        return ("about/glossary.md#coping", "A way to cope") if term == "coping" else None

    def word(self, key: str) -> str:
        return key

    def problem(self, message: str) -> None:
        self.problems.append(message)


def render(text: str, filler: FakeFiller | None = None) -> tuple[str, list[str]]:
    extension = BuildingBlocks()
    extension.filler = filler = filler or FakeFiller()
    markdown = Markdown(extensions=["admonition", "attr_list", "tables", "toc", extension])
    return markdown.convert(text), filler.problems


def test_a_block_alone_on_its_line_is_filled_in() -> None:
    html, problems = render('Before.\n\n{{ write 3 "My early signs" }}\n\nAfter.')
    assert '<div class="write">3 My early signs</div>' in html
    assert "<p><div" not in html
    assert problems == []


def test_a_block_is_filled_in_inside_a_callout() -> None:
    html, _ = render('!!! exercise "Try"\n\n    {{ write 1 "Here" }}\n')
    assert '<div class="write">1 Here</div>' in html


def test_an_unknown_block_stays_visible_and_is_reported() -> None:
    html, problems = render("{{ wirte 3 }}")
    assert "{{ wirte 3 }}" in html
    assert len(problems) == 1
    assert "wirte" in problems[0]


def test_a_phone_number_stands_in_a_sentence() -> None:
    html, _ = render("Call {{ phone nl-113 }} now.")
    assert html == '<p>Call <a href="tel:113">nl-113</a> now.</p>'


def test_an_unknown_phone_number_is_reported() -> None:
    _, problems = render("Call {{ phone nl-999 }} now.")
    assert len(problems) == 1


@pytest.mark.parametrize(
    "text",
    ["## Word {#a{{ phone nl-113 }}b}", "[word]({{ phone nl-113 }})", '[word](x.md "{{ phone nl-113 }}")'],
)
def test_a_block_within_an_attribute_is_reported_and_breaks_nothing(text: str) -> None:
    html, problems = render(text)
    assert "tel:" not in html
    assert len(problems) == 1


def test_a_passage_stands_on_a_page_once() -> None:
    html, problems = render("{{ when-to-get-help }}\n\nAgain:\n\n{{ when-to-get-help }}\n\n{{ when-to-get-help }}")
    assert html.count("Second paragraph") == 1
    assert len(problems) == 2


def test_a_citation_before_a_bracket_hides_no_link_from_the_checks() -> None:
    text = "[@E54](see [this](javascript:x) )"
    assert render(text)[0] == Markdown().convert(text)


@pytest.mark.parametrize("text", ["`{{ phone nl-113 }}`", "    {{ phone nl-113 }}", "`[@E54]`"])
def test_code_is_left_alone(text: str) -> None:
    html, problems = render(text)
    assert "<code>" in html
    assert "tel:" not in html
    assert "<cite>" not in html
    assert problems == []


def test_citations_take_one_or_more_references() -> None:
    assert "<cite>E54</cite>" in render("Known [@E54].")[0]
    assert "<cite>E54 E53</cite>" in render("Known [@E54; @E53].")[0]


def test_an_unknown_citation_is_reported() -> None:
    assert len(render("Known [@X1].")[1]) == 1


def test_shared_text_is_markdown_whose_links_start_at_the_language_folder() -> None:
    html, _ = render("{{ when-to-get-help }}")
    assert '<div class="when-to-get-help">' in html
    assert "<em>now</em>" in html
    assert 'href="../help-now.md"' in html
    assert "<p>Second paragraph.</p>" in html
    assert "data-from-root" not in html


def test_shared_text_on_a_page_at_the_top_keeps_its_links() -> None:
    assert 'href="help-now.md"' in render("{{ when-to-get-help }}", FakeFiller("reading-safely.md"))[0]


def test_a_glossary_term_links_to_the_glossary_and_carries_its_definition() -> None:
    html, _ = render("Your [coping](term:coping) helps.")
    assert 'href="../about/glossary.md#coping"' in html
    assert 'data-definition="A way to cope"' in html


def test_an_unknown_glossary_term_is_reported_and_leads_nowhere() -> None:
    html, problems = render("Your [coping](term:copping) helps.")
    assert "href" not in html
    assert len(problems) == 1


def test_a_line_to_tick_has_its_words_as_label() -> None:
    html, _ = render("- [ ] I can say *no*.\n- plain\n")
    assert '<li class="tick"><label><input type="checkbox" /> <span>I can say <em>no</em>.</span>' in html
    assert "<li>plain</li>" in html


def test_loose_lines_to_tick_work_too() -> None:
    html, _ = render("- [ ] One.\n\n- [ ] Two.\n")
    assert html.count("<label>") == 2


TABLE = "## Rows {#rows}\n\n| A | B | C |\n|---|---|---|\n| 1 | 2 | 3 |\n"


def test_a_table_becomes_a_named_region_with_labelled_cells() -> None:
    html, _ = render(TABLE)
    assert 'role="region"' in html
    assert 'aria-labelledby="rows"' in html
    assert '<th scope="col">A</th>' in html
    assert '<td data-label="B">2</td>' in html


def test_the_first_of_three_columns_heads_its_row() -> None:
    assert '<th data-label="A" scope="row">1</th>' in render(TABLE)[0]


def test_a_table_of_two_columns_has_no_row_headings() -> None:
    assert 'scope="row"' not in render("| A | B |\n|---|---|\n| 1 | 2 |\n")[0]


def test_arguments_in_quotes_stay_together() -> None:
    assert split_arguments(' 3 "My early signs"') == ["3", "My early signs"]

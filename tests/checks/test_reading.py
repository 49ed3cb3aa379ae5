"""The page model: exact lines, sections, and nothing lost or invented, whatever the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbook.model.page import Callout, Code, Item, ListBlock, Paragraph, Table
from handbook.reading.configuration import NotAProjectError, read_configuration
from handbook.reading.dialect import Dialect
from handbook.reading.markdown import read_page
from handbook.reading.project import identify
from handbook.reading.sources import decode
from handbook.rules.numbers import canonical, quantities

from .projects import FOLDERS, SUFFIXES, write

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """\
---
title: Boundaries
claims: [C4]
nested:
  key: value
---
# Boundaries

First line with **bold
over** and `code
multi` and [link
text](a.md "t") then ![alt
img](pic.png){ width=300 } after.
New [@E54; @E53] and {{ phone nl-113 }} \\[x\\]\\[y\\] [ok][def].

[def]: http://x.org

## In short {#in-short}

!!! warning "Careful"
    Text **stop** here [a](tel:113).

    - [ ] one
    - [x] two

{{ write 3 "My early signs" }}

| a | b |
|---|---|
| 1 | 2 [l](q.md) |

<div><a href="z.md">zz
top</a>
<img src="i.png"></div>

### Deeper {#deeper}

```py
[no](x)
```
"""


def test_every_piece_has_its_exact_line() -> None:
    page = read_page("x.md", PAGE)
    assert [(entry.key, entry.line) for entry in page.front_matter.entries] == [
        ("title", 2),
        ("claims", 3),
        ("nested", 4),
    ]
    assert [(heading.level, heading.id, heading.line) for heading in page.headings] == [
        (1, "", 7),
        (2, "in-short", 18),
        (3, "deeper", 36),
    ]
    assert [(link.target, link.text, link.line) for link in page.links] == [
        ("a.md", "link text", 11),
        ("http://x.org", "ok", 14),
        ("tel:113", "a", 21),
        ("q.md", "l", 30),
        ("z.md", "zz top", 32),
    ]
    assert [(image.target, image.alt, image.line) for image in page.images] == [
        ("pic.png", "alt img", 12),
        ("i.png", None, 34),
    ]
    assert [(mark.text, mark.line, mark.callout) for mark in page.emphases] == [
        ("bold over", 9, ""),
        ("stop", 21, "warning"),
    ]
    assert [(block.name, block.arguments, block.line, block.alone) for block in page.placeholders] == [
        ("phone", ("nl-113",), 14, False),
        ("write", ("3", "My early signs"), 26, True),
    ]
    assert [(citation.key, citation.line) for citation in page.citations] == [("E54", 14), ("E53", 14)]
    assert page.undefined == ()


def test_sections_nest_and_know_their_blocks() -> None:
    page = read_page("x.md", PAGE)
    (top,) = page.sections
    assert [section.id for section in page.all_sections] == ["", "in-short", "deeper"]
    short = top.children[0]
    assert [type(block) for block in short.blocks][:3] == [Callout, Paragraph, Table]
    assert (short.line, short.end, short.last_line) == (18, 35, 40)
    assert [link.target for link in page.within(short, page.links)] == ["tel:113", "q.md", "z.md"]
    boxes = [block.checked for block in page.blocks if isinstance(block, Item)]
    assert boxes == [False, True]


def test_code_is_no_prose() -> None:
    page = read_page("x.md", "# A\n\nuse `[x](y.md)` and\n\n    [x](y.md)\n\n~~~\n[x](y.md)\n~~~\n")
    assert page.links == ()
    assert sum(isinstance(block, Code) for block in page.blocks) == 2
    assert [block.text for block in page.blocks if isinstance(block, Paragraph)] == ["use \ufffc and"]


def test_a_box_ends_where_python_markdown_ends_it() -> None:
    page = read_page("x.md", '!!! note "A"\n    in\n\n    - in\n\n        in\n\nout\n')
    box, out = page.sections[0].blocks
    assert isinstance(box, Callout)
    assert [type(block) for block in box.children] == [Paragraph, ListBlock]
    assert isinstance(out, Paragraph)
    assert out.text == "out"


def test_a_foreign_template_makes_a_page_opaque_and_a_building_block_does_not() -> None:
    assert read_page("x.md", "{{ anything }}\n").opaque
    assert not read_page("x.md", "{{ anything }}\n", dialect=Dialect(building_blocks=True)).opaque
    assert read_page("x.md", '--8<-- "other.md"\n', dialect=Dialect(building_blocks=True)).opaque


@pytest.mark.parametrize(
    ("structure", "path", "expected"),
    [
        (FOLDERS, "en/a/b.md", ("en", "a/b.md", True)),
        (FOLDERS, "nl/a.md", ("nl", "a.md", True)),
        (FOLDERS, "a.md", ("en", "a.md", False)),
        (FOLDERS, "fr/a.md", None),
        (SUFFIXES, "a/b.md", ("en", "a/b.md", True)),
        (SUFFIXES, "a/b.nl.md", ("nl", "a/b.md", True)),
        (SUFFIXES, "b.en.md", ("en", "b.md", True)),
        (SUFFIXES, "b.fr.md", None),
        (SUFFIXES, "v1.2.md", ("en", "v1.2.md", True)),
    ],
)
def test_language_and_key_are_those_of_the_plugin(structure: str, path: str, expected: object, tmp_path: Path) -> None:
    identity = identify(path, read_configuration(write(tmp_path, {"mkdocs.yml": structure})))
    assert (identity and (identity.language, identity.key, identity.localized)) == expected


def test_configuration_reads_tags_without_running_them(tmp_path: Path) -> None:
    text = (
        "site_name: !ENV [NOT_SET_ANYWHERE, Fallback]\ntheme: material\n"
        "plugins: {i18n: {languages: [{locale: en, name: E, default: true}]}}\n"
        "markdown_extensions:\n  - pymdownx.emoji: {emoji_index: !!python/name:os.system }\n"
        "  - toc: {slugify: !!python/object/apply:os.system {kwds: {command: 'touch hacked'}}}\nother: !made:up [1]\n"
    )
    configuration = read_configuration(write(tmp_path, {"mkdocs.yml": text}))
    assert configuration.site_name == "Fallback"
    assert configuration.theme == "material"
    assert configuration.structure == "suffix"
    assert not (tmp_path / "hacked").exists()


MERGED = "a0: &a0 {x: 1}\n" + "".join(
    f"a{level}: &a{level} {{<<: [{', '.join([f'*a{level - 1}'] * 9)}]}}\n" for level in range(1, 9)
)


@pytest.mark.parametrize("text", ["a: [", "- a\n", "\t", "a: *b", "&a [*a]", "a: " + "[" * 100_000, MERGED])
def test_a_broken_configuration_is_one_sentence(text: str, tmp_path: Path) -> None:
    with pytest.raises(NotAProjectError) as caught:
        read_configuration(write(tmp_path, {"mkdocs.yml": text}))
    assert "\n" not in str(caught.value)


PIECES = [
    '# A', '## B {#b}', 'text', '- item', '  - nested', '1. one', '> quote', '```', '~~~', '    code',
    '| a | b |', '|---|---|', '| 1 |', '!!! note "T"', '    inside', '??? x', '=== "Tab"', '/// a', '///',
    '[x](y.md)', '[x][y]', '[y]: z.md', '[^1]', '[^1]: note', '![a](b.png)', '<div>', '</div>', "<a href='x'>",
    '**b', 'b**', '*[A]: B', '{{ x }}', '{#id}', '{: .c }', '---', '===', '<!--', '-->', '`', '$x$',
    '[@E1; @E2]', '\\[', '&amp;', '', '',
]  # fmt: skip
MARKDOWN = st.lists(st.sampled_from(PIECES), max_size=25)


@settings(max_examples=150, deadline=None)
@given(MARKDOWN)
def test_any_markdown_gives_lines_inside_the_page(lines: list[str]) -> None:
    text = "\n".join(lines)
    dialect = Dialect(blocks=True, definitions=True, abbreviations=True, math=True, emoji=True)
    page = read_page("x.md", text, dialect=dialect)
    last = len(lines) or 1
    lines_of_things = [
        *(link.line for link in page.links),
        *(image.line for image in page.images),
        *(mark.line for mark in page.emphases),
        *(heading.line for heading in page.headings),
        *(reference.line for reference in page.undefined),
        *(element.line for element in page.html),
    ]
    assert all(1 <= line <= last for line in lines_of_things)
    assert all(1 <= block.line <= last for block in page.blocks)
    for section in page.all_sections:
        assert 1 <= section.line <= section.end <= last


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    decoded, _ = decode(text.encode("utf-8", "surrogatepass"), "x.md")
    assert decoded is not None
    assert "\r" not in decoded
    assert "\x00" not in decoded
    read_page("x.md", decoded)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_can_be_read(data: bytes) -> None:
    text, problems = decode(data, "x.md")
    assert text is not None
    assert all(problem.path == "x.md" for problem in problems)


@given(st.integers(1_000, 999_999_999))
def test_thousands_mean_the_same_in_every_language(number: int) -> None:
    english, dutch = f"{number:,}", f"{number:,}".replace(",", ".")
    assert canonical(english, "en") == canonical(dutch, "nl") == str(number)


@given(st.decimals(min_value=0, max_value=99, places=1, allow_nan=False))
def test_decimals_mean_the_same_in_every_language(number: object) -> None:
    assert canonical(str(number), "en") == canonical(str(number).replace(".", ","), "nl")


@given(st.text(alphabet="0123456789 .,%:-+()abuurpm\n", max_size=80), st.sampled_from(["en", "nl", "de", "fr", "ja"]))
def test_quantities_stand_on_lines_of_their_text(text: str, language: str) -> None:
    for quantity in quantities(text, 5, language):
        assert 5 <= quantity.line <= 5 + text.count("\n")
        assert re.search(r"\d", quantity.written)

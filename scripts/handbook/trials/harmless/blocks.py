"""Other ways to write a paragraph, a list, a box, a quotation or a table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from handbook.model.page import Callout, ListBlock, Paragraph, Quote, Table
from handbook.trials.edit import Draft, Edit
from handbook.trials.shelf import Shelf
from handbook.trials.world import last_line

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from handbook.model.page import Page
    from handbook.trials.world import World

    Change = Callable[[Draft, Any, Page], None]

shelf: Final = Shelf("Harmless")


def _at_block(  # noqa: PLR0913
    name: str,
    what: str,
    kind: type[Any],
    change: Change,
    keep: Callable[[Any], bool] = lambda _: True,
    *,
    nested: bool = False,
) -> None:
    """Put a kind on the shelf that changes how a block of one page is written, one within another where `nested`."""

    @shelf.make(name, what)
    def _make(world: World, chance: Random) -> Edit | None:
        chosen = world.draw(
            chance, [place for place in world.blocks(kind, world.client, nested=nested) if keep(place[2])]
        )
        if chosen is None:
            return None
        page, _section, block = chosen
        draft = Draft.of(page)
        change(draft, block, page)
        return draft.edit()


def _each_line(change: Callable[[str], str]) -> Change:
    """Change every line of a block."""

    def apply(draft: Draft, block: Any, page: Page) -> None:
        for number in range(block.line, last_line(block, page) + 1):
            draft.put(number, change(draft.line(number)))

    return apply


def _joined(draft: Draft, block: Any, page: Page) -> None:
    lines = draft.cut(block.line, last_line(block, page))
    draft.after(block.line - 1, " ".join(lines))


def _split_at_commas(draft: Draft, block: Any, page: Page) -> None:
    lines = draft.cut(block.line, last_line(block, page))
    draft.after(block.line - 1, *"\n".join(lines).replace(", ", ",\n").split("\n"))


def _several_lines(block: Any) -> bool:
    return bool("\n" in block.text and not block.placeholder_only)


def _blank_inside(draft: Draft, block: Any, _page: Page) -> None:
    draft.after(block.line, "")


def _blank_after(draft: Draft, block: Any, page: Page) -> None:
    draft.after(last_line(block, page), "", "")


def _plain(block: Any) -> bool:
    return (
        not block.placeholder_only
        and bool(re.fullmatch(r"[\w ,.;:'\"!?()\u2019\n-]+", block.text))
        and not re.search(r"^\d", block.text, re.MULTILINE)
    )


def _loosen(draft: Draft, block: Any, _page: Page) -> None:
    for item in reversed(block.items[1:]):
        draft.after(item.line - 1, "")


_at_block("reflow-joined", "the sentences of a paragraph on one line", Paragraph, _joined, _several_lines)
_at_block("reflow-split", "a paragraph broken at its commas", Paragraph, _split_at_commas, _plain)
_at_block("blank-lines-after-paragraph", "three blank lines below a paragraph", Paragraph, _blank_after)
_at_block("spaces-at-line-ends", "a space at the end of lines", Paragraph, _each_line(lambda line: line + " "), _plain)
_at_block(
    "stars-for-dashes",
    "* in place of - in a list",
    ListBlock,
    _each_line(lambda line: re.sub(r"^- ", "* ", line)),
    lambda block: not block.ordered,
)
_at_block(
    "plus-for-dashes",
    "+ in place of - in a list",
    ListBlock,
    _each_line(lambda line: re.sub(r"^- ", "+ ", line)),
    lambda block: not block.ordered,
)
_at_block(
    "list-with-blank-lines",
    "blank lines between the points of a list",
    ListBlock,
    _loosen,
    lambda block: not block.ordered,
)
_at_block(
    "list-with-wide-indent",
    "three spaces behind the dash of a list",
    ListBlock,
    _each_line(lambda line: re.sub(r"^- (?!\[)", "-   ", line)),
    lambda block: not block.ordered,
)
_at_block("blank-lines-after-list", "blank lines below a list", ListBlock, _blank_after)
_at_block("blank-lines-after-box", "blank lines below a box", Callout, _blank_after)
_at_block(
    "blank-line-in-box",
    "a blank line at the top of a box",
    Callout,
    _blank_inside,
)
_at_block(
    "quotation-without-space",
    "a quotation without a space behind its >",
    Quote,
    _each_line(lambda line: re.sub(r"^> ", ">", line)),
)
_at_block(
    "quotation-marks-curly",
    "curly quotation marks in a sentence to say aloud",
    Quote,
    _each_line(lambda line: re.sub(r'"([^"]*)"', "\u201c\\1\u201d", line)),
)
_at_block(
    "table-lined-up",
    "the columns of a table lined up with spaces",
    Table,
    _each_line(lambda line: re.sub(r" \| ", "   |   ", line)),
)
_at_block(
    "table-with-short-rule",
    "a shorter rule below the header of a table",
    Table,
    _each_line(lambda line: re.sub(r"-{3,}", "---", line)),
)
_at_block(
    "table-without-outer-bars",
    "a table without bars at the right",
    Table,
    _each_line(lambda line: re.sub(r" \|$", "", line)),
)


def _numbers(draft: Draft, block: Any, _page: Page) -> None:
    for item in block.items:
        draft.put(item.line, re.sub(r"^(\s*)\d+\.", r"\g<1>1.", draft.line(item.line)))


_at_block(
    "steps-all-one",
    "every step numbered 1., which Markdown counts by itself",
    ListBlock,
    _numbers,
    lambda block: block.ordered,
    nested=True,
)

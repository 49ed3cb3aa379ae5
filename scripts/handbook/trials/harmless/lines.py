"""Other ways to write a sentence, a heading, a link or a line at the top of a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from handbook.trials.edit import Draft, Edit
from handbook.trials.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from handbook.trials.world import World

shelf: Final = Shelf("Harmless")


def _at_line(name: str, what: str, pattern: str, new: str | Callable[[re.Match[str]], str], part: str = "body") -> None:
    shelf.swap(name, what, "", pattern, new, pages=lambda world: list(world.client), part=part)


WORDS: Final = r"(?<=[a-z] )([a-z]{4,})(?= [a-z])"


def _in_sentence(name: str, what: str, new: str) -> None:
    """Put a kind on the shelf that marks up one word of a sentence, or writes it otherwise."""

    @shelf.make(name, what)
    def _make(world: World, chance: Random) -> Edit | None:
        chosen = world.draw(chance, [place for place in world.plain_lines if re.search(WORDS, place[3])])
        if chosen is None:
            return None
        page, _section, number, line = chosen
        return Draft.of(page).put(number, re.sub(WORDS, new, line, count=1)).edit()


_in_sentence("word-in-italics", "a word in italics", r"*\1*")
_in_sentence("word-in-bold", "a word in bold", r"**\1**")
_in_sentence("word-in-underscores", "a word in italics with underscores", r"_\1_")
_in_sentence("word-in-bold-italics", "a word in bold italics", r"***\1***")
_in_sentence("two-spaces", "two spaces between words", r"\1 ")
_in_sentence("no-break-space", "a no-break space between words", "\\1\u00a0")


def _sentence(name: str, what: str, change: Callable[[str], str], needs: str) -> None:
    """Put a kind on the shelf that writes a sentence otherwise without touching its words."""

    @shelf.make(name, what)
    def _make(world: World, chance: Random) -> Edit | None:
        chosen = world.draw(chance, [place for place in world.plain_lines if re.search(needs, place[3])])
        if chosen is None:
            return None
        page, _section, number, line = chosen
        return Draft.of(page).put(number, change(line)).edit()


_sentence("apostrophe-curly", "a curly apostrophe", lambda line: line.replace("'", "\u2019"), r"\w'\w")
_sentence("apostrophe-entity", "an apostrophe as an entity", lambda line: line.replace("'", "&#39;"), r"\w'\w")
_sentence(
    "quotes-curly", "curly quotation marks", lambda line: re.sub(r'"([^"]*)"', "\u201c\\1\u201d", line), r'"[^"]+"'
)
_sentence(
    "sentence-to-colon", "a semicolon in place of a comma", lambda line: line.replace(", and ", "; and ", 1), ", and "
)
_sentence("comma-removed", "a comma left out", lambda line: line.replace(", ", " ", 1), r"\w, \w")
_sentence(
    "full-stop-to-exclamation", "an exclamation mark in place of a full stop", lambda line: line[:-1] + "!", r"\w\.$"
)
_sentence(
    "sentence-in-two-lines", "a sentence over two lines", lambda line: line.replace(", ", ",\n", 1), r"[a-z], [a-z]"
)
_at_line("heading-id-closer", "one more space before an id", r"^(##+ .*) (\{#[\w-]+\})$", r"\1  \2")
_at_line("heading-id-spaced", "spaces within the braces of an id", r"^(##+ .*) \{#([\w-]+)\}$", r"\1 { #\2 }")
_at_line("heading-closed", "# signs at the end of the title", r"^# (.*)$", r"# \1 #")
_at_line(
    "block-tight", "a building block without spaces in its braces", r"^\{\{ (references|certainty) \}\}$", r"{{\1}}"
)
_at_line("block-wide", "a building block with more spaces", r"^\{\{ (references|certainty) \}\}$", r"{{  \1  }}")
_at_line("phone-tight", "a helpline without spaces in its braces", r"\{\{ phone ([\w-]+) \}\}", r"{{phone \1}}")
_at_line("link-with-title", "a link with a title", r"\]\((\.\./help-now\.md)\)", r'](\1 "Help")')
_at_line("link-from-here", "a link that begins with ./", r"\]\(([a-z][\w-]*\.md)\)", r"](./\1)")
_at_line("link-way-round", "a link that takes a way round", r"\]\(\.\./help-now\.md\)", "](../needs/../help-now.md)")
_at_line("link-in-angle-brackets", "a link in angle brackets", r"\]\((\.\./[\w/-]+\.md)\)", r"](<\1>)")
_at_line("box-tick-indented", "a line to tick with more space", r"^- \[ \] ", "- [ ]  ")
_at_line(
    "description-quoted",
    "a description between quotation marks",
    r"^description: ([^\"']*)$",
    r'description: "\1"',
    "top",
)
_at_line("title-quoted", "a title between quotation marks", r"^title: ([^\"']*)$", r'title: "\1"', "top")
_at_line("list-of-top-without-spaces", "a list at the top without spaces", r"^(related: .*), ", r"\1,", "top")
_at_line("comment-at-top", "a comment at the top of a page", r"^(audience: \w+)$", r"\1  # who it is for", "top")

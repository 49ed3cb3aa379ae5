"""Blocks that Python-Markdown knows and CommonMark does not: callouts, details, content tabs, `///` blocks.

One rule for markdown-it-py: a marker line, then content indented by four spaces. The indentation is measured as
Python-Markdown does, from the marker, so that text which is not indented enough falls outside the box here just as it
does on the site; `meta["indented"]` tells when that happened right under the marker.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mdit_py_plugins.utils import is_code_block

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

CALLOUT = re.compile(r'(?P<marker>!!!|\?\?\?\+?)[ ]?(?P<kind>[\w-]+(?: +[\w-]+)*)?(?: +(?P<title>"[^\n]*"))?[ \t]*$')
TAB = re.compile(r'(?P<marker>===)(?P<kind>[!+]{0,2}) +(?P<title>"[^\n]*")[ \t]*$')
BLOCK = re.compile(r"(?P<marker>/{3,})[ ]*(?P<kind>[\w-]+(?: *[+-])?)[ ]*(?:\|[ ]*(?P<title>[^\n]*))?$")
INDENT = 4


def container_plugin(md: MarkdownIt, *, callouts: bool, details: bool, tabs: bool, blocks: bool) -> None:
    """Switch on those containers that the project's Markdown extensions give it."""

    def container(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:  # noqa: FBT001 - upstream's signature
        start = state.bMarks[start_line] + state.tShift[start_line]
        maximum = state.eMarks[start_line]
        first = state.src[start : start + 3]
        if not (
            (first == "!!!" and callouts)
            or (first == "???" and details)
            or (first == "===" and tabs)
            or (first == "///" and blocks)
        ):
            return False
        if is_code_block(state, start_line):
            return False
        line = state.src[start:maximum].rstrip()
        match = {"!": CALLOUT, "?": CALLOUT, "=": TAB, "/": BLOCK}[first[0]].match(line)
        if match is None:
            return False
        if silent:
            return True
        if first == "///":
            _fenced(state, start_line, end_line, match)
        else:
            _indented(state, start_line, end_line, match)
        return True

    md.block.ruler.before("fence", "container", container, {"alt": ["paragraph", "reference", "blockquote", "list"]})


def _open(state: StateBlock, match: re.Match[str], start: int, end: int) -> None:
    token = state.push("container_open", "div", 1)
    token.block = True
    token.map = [start, end]
    title = match["title"]
    if title is not None and match["marker"][0] != "/":
        title = title[1:-1]
    token.meta = {"kind": (match["kind"] or "").strip(), "title": title, "marker": match["marker"], "indented": True}


def _indented(state: StateBlock, start_line: int, end_line: int, match: re.Match[str]) -> None:
    needed = state.sCount[start_line] + INDENT
    next_line = start_line + 1
    while next_line < end_line and (state.isEmpty(next_line) or state.sCount[next_line] >= needed):
        next_line += 1
    stopped = next_line
    last = next_line
    while last > start_line + 1 and state.isEmpty(last - 1):
        last -= 1
    _open(state, match, start_line, last)
    if last == start_line + 1 and stopped < end_line:
        gap = stopped - start_line - 1
        extra = state.sCount[stopped] - state.sCount[start_line]
        state.tokens[-1].meta["indented"] = not (gap == 0 or extra > 0)
    old = state.parentType, state.lineMax, state.blkIndent
    state.parentType, state.lineMax, state.blkIndent = "container", last, needed
    state.md.block.tokenize(state, start_line + 1, last)
    state.parentType, state.lineMax, state.blkIndent = old
    state.push("container_close", "div", -1).block = True
    state.line = max(last, start_line + 1)


def _fenced(state: StateBlock, start_line: int, end_line: int, match: re.Match[str]) -> None:
    fence = match["marker"]
    next_line = start_line + 1
    while next_line < end_line:
        begin = state.bMarks[next_line] + state.tShift[next_line]
        if state.src[begin : state.eMarks[next_line]].strip() == fence:
            break
        next_line += 1
    _open(state, match, start_line, min(next_line + 1, end_line))
    old = state.parentType, state.lineMax
    state.parentType, state.lineMax = "container", next_line
    state.md.block.tokenize(state, start_line + 1, next_line)
    state.parentType, state.lineMax = old
    state.push("container_close", "div", -1).block = True
    state.line = min(next_line + 1, end_line)

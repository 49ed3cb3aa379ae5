"""A markdown-it-py parser for the Markdown that a project's extensions give it, with positions on inline tokens.

markdown-it-py says on which lines a block stands, but not where in it a link is. Each inline rule that makes tokens is
wrapped so that it notes the offset at which it began; the reader turns offsets into lines.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from markdown.extensions.attr_list import AttrListTreeprocessor, get_attrs_and_remainder
from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from handbook.reading.containers import container_plugin

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline

    from handbook.reading.dialect import Dialect

WRAPPED = (
    "newline",
    "backticks",
    "emphasis",
    "link",
    "image",
    "autolink",
    "html_inline",
    "footnote_ref",
    "math_inline",
)


def _noting_position(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    def noting(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - upstream's signature
        start, before = state.pos, len(state.tokens)
        done = rule(state, silent)
        if done and not silent:
            for token in state.tokens[before:]:
                token.meta.setdefault("pos", start)
        return done

    return noting


def _take_attributes(state: StateCore) -> None:
    """Take `{#id .class}` off the ends of headings and paragraphs, as Python-Markdown's attr_list does."""
    for index, token in enumerate(state.tokens):
        if token.type != "inline" or not token.content.rstrip().endswith("}"):
            continue
        opener = state.tokens[index - 1]
        if opener.type == "heading_open":
            match = AttrListTreeprocessor.HEADER_RE.search(token.content)
        else:
            match = AttrListTreeprocessor.BLOCK_RE.search("\n" + token.content)
        if match is None or match.group(1).startswith(("{", "%")):
            continue
        attributes, remainder = get_attrs_and_remainder(match.group(1))
        if remainder:
            continue
        if opener.type == "heading_open":
            token.content = token.content[: match.start()]
        else:
            token.content = ("\n" + token.content)[: match.start()][1:]
        opener.meta["attributes"] = dict(attributes)


@lru_cache(maxsize=8)
def parser(dialect: Dialect) -> MarkdownIt:
    """Make the parser for a dialect."""
    md = MarkdownIt("commonmark", {"store_labels": True, "maxNesting": 60})
    if dialect.tables:
        md.enable("table")
    if dialect.footnotes:
        md.use(footnote_plugin, inline=False, move_to_end=False)
    if dialect.definitions:
        md.use(deflist_plugin)
    if dialect.math:
        md.use(dollarmath_plugin, allow_space=False, allow_digits=False)
    md.use(
        container_plugin,
        callouts=dialect.callouts,
        details=dialect.details,
        tabs=dialect.tabs,
        blocks=dialect.blocks,
    )
    md.core.ruler.disable("text_join")  # keeps an escaped `\[` apart from one that means something
    if dialect.attributes:
        md.core.ruler.before("inline", "attributes", _take_attributes)
    active = set(md.inline.ruler.get_active_rules())
    functions = {rule.name: rule.fn for rule in md.inline.ruler.__rules__}
    for name in WRAPPED:
        if name in active:
            md.inline.ruler.at(name, _noting_position(functions[name]))
    md.normalizeLink = lambda url: url  # type: ignore[method-assign]
    md.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    return md

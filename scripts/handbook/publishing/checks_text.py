"""Every check explained, as Markdown for the page for contributors: from the same texts as `handbook explain`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from handbook.rules.registry import RuleDefinition

_MARKDOWN_SIGNS = re.compile(r"([\\`*_{}\[\]<>#!|])")


def checks_markdown(rules: Iterable[RuleDefinition], language: str, words: Mapping[str, str]) -> Iterator[str]:
    """Yield a block of Markdown for each heading, paragraph and example, by code.

    A language without texts of its own gets the English ones, marked as such.
    """
    for rule in sorted(rules, key=lambda one: one.code):
        text = rule.texts.get(language) or rule.texts["en"]
        yield f"### {rule.code} {rule.name} {{#{rule.code.lower()}}}"
        yield f"{_plain(text.what)} {_plain(text.why)}"
        for label, example in ((words["check_bad"], text.bad), (words["check_good"], text.good)):
            if example:
                yield f"{label}:"
                yield "\n".join(f"    {line}" for line in example.splitlines() if line.strip())


def _plain(text: str) -> str:
    return _MARKDOWN_SIGNS.sub(r"\\\1", text)

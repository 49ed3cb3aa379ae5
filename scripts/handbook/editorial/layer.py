"""What this handbook tells the checks about itself, and the rules it adds to the core's.

A project with neither `data/claims.yml` nor our hooks is none of this handbook's kind: its settings stay as they are.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import yaml

from handbook.editorial.handbook_data import SIGNS
from handbook.editorial.rules import MODULES
from handbook.model.settings import HtmlPolicy, Settings, Vocabulary
from handbook.reading.plain_yaml import Loader, refuse_elaborate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from handbook.model.project import Configuration

RULES: Final = MODULES
READS: Final = (*SIGNS, "data/**/*.yml", "data/*.json", "data/*.txt", "data/spelling/*", "overrides/strings/*")
"""What rules that do not look around read from the disk."""

CALLOUTS: Final = frozenset({"content-note", "example", "exercise", "note", "warning"})
BLOCKS: Final = {
    "when-to-get-help": frozenset({0}),
    "certainty": frozenset({0}),
    "references": frozenset({0}),
    "glossary": frozenset({0}),
    "checks": frozenset({0}),
    "translation-status": frozenset({0}),
    "breathing-pacer": frozenset({0}),
    "contact": frozenset({0}),
    "downloads": frozenset({0}),
    "helplines": frozenset({0, 1}),
    "phone": frozenset({1}),
    "figure": frozenset({1}),
    "write": frozenset({2}),
    "scale": frozenset({3}),
}
VOCABULARY: Final = Vocabulary(
    placeholders=BLOCKS,
    citations=True,
    callouts=CALLOUTS,
    titled_callouts=True,
    warning_callouts=frozenset({"warning", "content-note"}),
    schemes=frozenset({"term"}),
    field_placeholders=frozenset({"write", "scale"}),
    partials=("*/_shared/*.md",),
)

_PLAIN: Final = frozenset[str]()
# fmt: off
ELEMENTS: Final = frozenset({
    "h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "strong", "em", "a", "blockquote", "table", "thead", "tbody", "tr",
    "th", "td", "div", "span", "code", "pre", "br", "hr",
})
# fmt: on
HTML: Final = HtmlPolicy(
    elements=ELEMENTS,
    attributes={
        "*": frozenset({"id"}),
        "a": frozenset({"href", "title"}),
        "div": frozenset({"class"}),
        "p": frozenset({"class"}),
        "span": frozenset({"lang"}),
        "ol": frozenset({"start"}),
        "code": _PLAIN,
    },
    schemes=frozenset({"http", "https", "mailto", "term"}),
    classes=CALLOUTS | {"admonition", "admonition-title"},
)

# fmt: off
SHARED_KEYS: Final = frozenset({
    "audience", "claims", "evidence", "certainty", "debates", "sensitive", "next", "related", "beside", "checked",
    "check_again", "clinical_review",
})
# fmt: on
UNORDERED_KEYS: Final = frozenset({"claims", "evidence"})
"""Readers see the other lists in their order, and the first of the debates is the one that the certainty leads to."""


def settings(root: Path, configuration: Configuration, given: Settings) -> Settings:
    """Add what this handbook says about itself to what was known."""
    if not any((root / path).is_file() for path in SIGNS):
        return given
    default = configuration.default_language.locale
    return replace(
        given,
        vocabulary=VOCABULARY,
        html=HTML,
        self_contained=True,
        explicit_ids=True,
        heading_required=True,
        regions=("NL", "BE", "GB", "IE", "US"),
        shared_keys=SHARED_KEYS,
        unordered_keys=UNORDERED_KEYS,
        optional_keys={one.locale: frozenset({"slug"}) for one in configuration.languages if one.locale != default},
        strict_parity=True,
        interface_words=dict(_interface_words(root / "overrides" / "strings")),
    )


def _interface_words(folder: Path) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the words of the interface by language, from the files that the build takes them from."""
    for path in sorted(folder.glob("*.yml")):
        try:
            text = path.read_text(encoding="utf-8")
            refuse_elaborate(text)
            loaded = yaml.load(text, Loader=Loader)  # noqa: S506 - the safe loader, in C
        except (yaml.YAMLError, UnicodeDecodeError):
            continue
        if isinstance(loaded, dict):
            yield path.stem, frozenset(value for value in loaded.values() if isinstance(value, str))

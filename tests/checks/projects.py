"""Makes small projects on disk for tests, and says what a project could say about itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.editorial.spelling import carry_over
from handbook.model.settings import HtmlPolicy, Settings, Vocabulary
from handbook.reading.project import read_project
from handbook.rules import engine
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from handbook.model.finding import Finding
    from handbook.model.project import Project

FOLDERS = """\
site_name: Test
site_url: https://test.example/sub/
theme: {name: material}
plugins:
  - i18n:
      docs_structure: folder
      fallback_to_default: false
      languages:
        - {locale: en, name: English, default: true}
        - {locale: nl, name: Nederlands}
markdown_extensions: [admonition, attr_list, footnotes, md_in_html, pymdownx.details, pymdownx.superfences]
"""
SUFFIXES = FOLDERS.replace("folder", "suffix")

ELEMENTS = frozenset({
    "a", "blockquote", "br", "code", "del", "details", "div", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "img",
    "li", "ol", "p", "pre", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "th", "thead", "tr",
    "ul",
})  # fmt: skip

EXACTING = Settings(
    vocabulary=Vocabulary(
        placeholders={
            "write": frozenset({2}),
            "scale": frozenset({3}),
            "phone": frozenset({1}),
            "figure": frozenset({1}),
            "references": frozenset({0}),
        },
        citations=True,
        callouts=frozenset({"note", "warning", "exercise", "example"}),
        titled_callouts=True,
        schemes=frozenset({"term"}),
        field_placeholders=frozenset({"write", "scale"}),
        partials=("*/_shared/*.md",),
    ),
    html=HtmlPolicy(
        elements=ELEMENTS,
        attributes={
            "*": frozenset({"id", "class", "lang", "title"}),
            "a": frozenset({"href", "rel", "role"}),
            "img": frozenset({"src", "alt"}),
        },
    ),
    self_contained=True,
    explicit_ids=True,
    heading_required=True,
    regions=("NL", "GB"),
    shared_keys=frozenset({"sensitive", "claims", "related"}),
    unordered_keys=frozenset({"claims"}),
    optional_keys={"nl": frozenset({"slug"})},
    strict_parity=True,
)
"""A project that says everything about itself and keeps its languages in step."""


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files; `en/x.md` is short for `docs/en/x.md`, and mkdocs.yml is there unless given."""
    for name, content in {"mkdocs.yml": FOLDERS, **files}.items():
        path = root / (f"docs/{name}" if name.startswith(("en/", "nl/", "assets/")) else name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    (root / "docs").mkdir(exist_ok=True)
    return root


def read(root: Path, files: Mapping[str, str | bytes], settings: Settings = EXACTING) -> Project:
    """Write a project and read it back."""
    return read_project(write(root, files), lambda _root, _configuration: settings)


def check(
    root: Path,
    files: Mapping[str, str | bytes],
    select: Sequence[str] = (),
    settings: Settings = EXACTING,
) -> list[Finding]:
    """Check a project with the rules of the core."""
    engine.load()
    project = read(root, files, settings)
    chosen = [rule for rule in engine.choose(project, select).on if rule.check.__module__.startswith("handbook.rules")]
    return engine.run(project, chosen)


def with_known_words(root: Path) -> Path:
    """Let a copy of the project know what the dictionaries said before, where they did; opening them takes seconds."""
    carry_over(ROOT, root)
    return root

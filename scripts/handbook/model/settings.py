"""What a project tells the checks about itself.

The core knows Markdown, MkDocs and languages, and nothing of any one handbook. What only a project knows (its
placeholders, its callouts, which HTML it allows, where its helplines stand) comes in through these values. Every field
has a neutral default, `None` meaning "this project does not say", and a rule that needs the answer then stays silent.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class HtmlPolicy:
    """Which elements, attributes and address schemes the rendered text of a page may hold."""

    elements: frozenset[str]
    attributes: Mapping[str, frozenset[str]]
    """Allowed attributes by element; the element "*" is for all."""
    schemes: frozenset[str] = frozenset({"http", "https", "mailto", "tel", "sms"})
    classes: frozenset[str] | None = None
    """Allowed names in `class`; None: any, where the attribute is allowed."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a project's own markup."""

    placeholders: Mapping[str, frozenset[int] | None] | None = None
    """Names of `{{ name … }}` building blocks, with the numbers of arguments each takes (None: any number).
    None: `{{ … }}` belongs to a template language that is not ours to judge."""
    citations: bool = False
    """Whether `[@key]` is a citation."""
    callouts: frozenset[str] | None = None
    """The kinds of callout; None means those of Material for MkDocs."""
    titled_callouts: bool = False
    """Whether every callout must have a title."""
    warning_callouts: frozenset[str] = frozenset({"warning", "danger", "caution", "attention"})
    """The kinds whose emphasis must be the same in every language."""
    schemes: frozenset[str] = frozenset()
    """Own link schemes, such as `term` for `[word](term:id)`: legitimate, and resolved by somebody else."""
    field_placeholders: frozenset[str] = frozenset()
    """Placeholders that are fields of a worksheet: their order must be the same in every language."""
    partials: tuple[str, ...] = ()
    """Sources (patterns as in .gitignore, below docs_dir) that are left out as pages but put into other pages."""
    generated: tuple[str, ...] = ()
    """Pages and files (patterns as in .gitignore, below docs_dir) that the build makes."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a project says about itself."""

    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    html: HtmlPolicy | None = None
    """None: any HTML is the project's own business."""
    self_contained: bool | None = None
    """Whether the published site must do without third parties and inline script, style and handlers."""
    explicit_ids: bool | None = None
    """Whether every heading below the first must have an explicit id; None: judged from what the project does."""
    heading_required: bool | None = None
    """Whether a page needs a level-1 heading of its own; None: unless its theme supplies one."""
    regions: tuple[str, ...] = ()
    """Countries whose way of writing phone numbers counts, most likely first (ISO 3166)."""
    shared_keys: frozenset[str] = frozenset()
    """Front matter keys whose values must be the same in every language."""
    unordered_keys: frozenset[str] = frozenset()
    """Those of them that hold a list whose order means nothing."""
    optional_keys: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Front matter keys that only one language has, by locale (such as the address of a translated page)."""
    strict_parity: bool = False
    """Whether the languages are kept in step sentence by sentence, so that every number and link counts. Where they
    are not, a small number may be a word in the other language, and a link may stand in another section."""
    interface_words: Mapping[str, frozenset[str]] | None = None
    """Words of the interface by language; None: those of the theme, where it is installed."""

"""The data at the top of a page: the same keys, and the same values where languages share them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.model.finding import Place, Severity
from handbook.rules.parity.phrases import page_name
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.project import Pair, Project

LANGUAGE_KEYS = frozenset({
    "author", "authors", "contributors", "created", "date", "hash", "lang", "language", "last_update", "locale",
    "original", "permalink", "revision", "slug", "source", "source_hash", "translated", "translation", "translator",
    "translators", "updated", "url",
})  # fmt: skip
"""Keys that naturally belong to one language version only."""


@rule(
    "PAR102",
    "front-matter-key-differs",
    Scope.PAIR,
    severity=Severity.WARNING,
    en=Text(
        "A key stands in the data at the top of one language version and not of the other.",
        "The two pages then behave differently: one is dated, warned about or found, and the other is not.",
        "docs/nl/x.md has no sensitive: abuse",
        "sensitive: abuse on both pages",
    ),
    nl=Text(
        "Een sleutel staat in de gegevens bovenaan de ene taalversie en niet in de andere.",
        "De twee pagina's gedragen zich dan verschillend: de ene heeft een datum of waarschuwing en de andere niet.",
        "docs/nl/x.md heeft geen sensitive: abuse",
        "sensitive: abuse op beide pagina's",
    ),
)
def front_matter_key_differs(pair: Pair, project: Project) -> Iterator[Hit]:
    """Compare the keys, without those that belong to one language."""
    if pair.first.front_matter.error or pair.second.front_matter.error:
        return
    optional = project.settings.optional_keys
    strict = project.settings.strict_parity
    for here, there in ((pair.second, pair.first), (pair.first, pair.second)):
        own = optional.get(there.language, frozenset())
        for entry in there.front_matter.entries:
            if entry.key in here.front_matter.keys or entry.key in own:
                continue
            if not strict and (entry.key in LANGUAGE_KEYS or there is pair.second):
                continue  # a translation may say more about itself
            message = f'the key "{entry.key}" is missing here; {page_name(there)} has it'
            hint = f"Add it here, or remove it from {there.path}."
            yield Hit(here.path, max(here.front_matter.line, 1), message, hint, Place(there.path, entry.line))


@rule(
    "PAR103",
    "front-matter-value-differs",
    Scope.PAIR,
    needs=lambda project: "" if project.settings.shared_keys else "this project names no keys that all languages share",
    bad="sensitive: abuse / sensitive: none",
    good="sensitive: abuse / sensitive: abuse",
    en=Text("A value that all languages share differs between them.", "One of the two pages is wrong about itself."),
    nl=Text("Een waarde die alle talen delen, verschilt.", "Een van de twee pagina's klopt niet over zichzelf."),
)
def front_matter_value_differs(pair: Pair, project: Project) -> Iterator[Hit]:
    """Compare the values of the keys that the project names."""
    for entry in pair.second.front_matter.entries:
        other = pair.first.front_matter.entry(entry.key)
        if entry.key not in project.settings.shared_keys or other is None:
            continue
        unordered = entry.key in project.settings.unordered_keys
        if _compared(entry.value, unordered=unordered) != _compared(other.value, unordered=unordered):
            message = (
                f'"{entry.key}" is {_value(entry.value)} here and {_value(other.value)} on {page_name(pair.first)}'
            )
            place = Place(pair.first.path, other.line)
            yield Hit(pair.second.path, entry.line, message, "Make the two equal.", place)


def _compared(value: object, *, unordered: bool) -> object:
    return sorted(map(str, value)) if unordered and isinstance(value, list) else value


def _value(value: object) -> str:
    text = ", ".join(str(item) for item in value) if isinstance(value, list) else str(value)
    return f'"{text}"'

"""What the site's own Markdown renderer makes of a page: Python-Markdown with the extensions of mkdocs.yml.

The second of the two parsers: it is the truth about what readers get, but cannot say on which line anything stands.
Extensions are used as the project configures them, with three exceptions: none is loaded from outside a list of known
packages (a foreign mkdocs.yml must not run code here), snippets stay inside the project and off the network, and code
is not coloured, because colours take half the time and hide nothing.

Colours are taken out where a block of code is cut into words, and not with `use_pygments: false`: without Pygments
pymdownx reads `title="…"` or `hl_lines="2"` behind the fence as attributes, and takes many a fence for plain text.
"""

from __future__ import annotations

import importlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handbook.reading.configuration import PythonName
from handbook.reading.installed import version_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import markdown
    from markdown.extensions import Extension

    from handbook.model.project import Configuration
    from handbook.reading.cache import RenderCache

BUILT_IN = frozenset({
    "abbr", "admonition", "attr_list", "codehilite", "def_list", "fenced_code", "footnotes", "legacy_attrs",
    "legacy_em", "md_in_html", "nl2br", "sane_lists", "smarty", "tables", "toc", "wikilinks",
})  # fmt: skip
TRUSTED_NAMES = ("pymdownx.", "material.extensions.")
LEFT_OUT = {
    "pymdownx.emoji": "only puts pictures in place of names, and takes long to load",
    "material.extensions.preview": "only adds previews of links",
    "pymdownx.b64": "would read image files",
    "meta": "front matter is read before",
}
OVERRIDES: Mapping[str, Mapping[str, Any]] = {
    "pymdownx.highlight": {"linenums": False, "linenums_style": "pymdownx-inline"},
    "codehilite": {"use_pygments": False},
    "pymdownx.snippets": {"url_download": False, "check_paths": False, "restrict_base_path": True},
}
MOST_HEADINGS = 1_000
"""Python-Markdown looks through the rest of a block anew for each heading in it."""
INCLUDED = re.compile(r"-{1,}8<-{1,}|\{!")
HEADING = re.compile(r"<h([1-6])\b([^>]*)>", re.IGNORECASE)
ID = re.compile(r"""<[a-z][^>]*?\s(?:id|name)=(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""", re.IGNORECASE)
ID_ATTRIBUTE = re.compile(r"""\sid=(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""", re.IGNORECASE)


class _UnresolvedError(Exception):
    """A Python name in the options is not one we may look up."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A rendered page: its HTML, its ids, and level and id of each heading."""

    html: str
    ids: frozenset[str]
    headings: tuple[tuple[int, str], ...]


class Renderer:
    """Renders pages of one project. `missing` names extensions the site uses that cannot be used here."""

    def __init__(self, root: Path, configuration: Configuration, cache: RenderCache | None = None) -> None:
        names: list[str] = []
        options: dict[str, dict[str, Any]] = {}
        self.missing: list[str] = []
        for name in configuration.markdown_extensions:
            if name in LEFT_OUT:
                continue
            full = self._full_name(name)
            if full is None:
                self.missing.append(name)
                continue
            names.append(full)
            given = dict(_resolve(configuration.extension_options.get(name, {})))
            given.update(OVERRIDES.get(name, {}))
            if name == "pymdownx.snippets":
                given["base_path"] = _inside(root, given.get("base_path", ["."]))
            options[full] = given
        self.markdown: markdown.Markdown = self._make(names, options)
        self.cache = cache
        versions = version_of("Markdown"), version_of("pymdown-extensions")
        self.recipe = repr((versions, names, sorted(configuration.extension_options.items(), key=repr)))

    @staticmethod
    def _full_name(name: str) -> str | None:
        if name in BUILT_IN:
            return f"markdown.extensions.{name}"
        if name.startswith("pymdownx."):
            try:
                importlib.import_module(name)
            except ImportError:
                return None
            return name
        return None

    def _make(self, names: list[str], options: dict[str, dict[str, Any]]) -> markdown.Markdown:
        """Load the extensions, dropping options and then extensions that do not work here."""
        import markdown  # noqa: PLC0415 - half of the program's start, and not every command renders

        working: list[str | Extension] = []
        configs: dict[str, dict[str, Any]] = {}
        for name in names:
            for candidate in (options.get(name, {}), {}):
                try:
                    extension = _uncoloured(candidate) if name == "pymdownx.highlight" else name
                    markdown.Markdown(extensions=[extension], extension_configs={name: candidate})
                except Exception:  # noqa: BLE001, S112 - an extension may raise anything about its options
                    continue
                working.append(extension)
                configs[name] = candidate
                break
            else:
                self.missing.append(name)
        return markdown.Markdown(extensions=working, extension_configs=configs)

    @staticmethod
    def takes_from_elsewhere(text: str) -> bool:
        """Tell whether a page may change without a change of its text."""
        return INCLUDED.search(text) is not None

    def render(self, body: str) -> Rendered | str:
        """Render Markdown without front matter; a string says why that was not possible."""
        if body.count("\n#") > MOST_HEADINGS:
            return f"it has more than {MOST_HEADINGS:,} headings"
        cache = None if self.takes_from_elsewhere(body) else self.cache
        html = cache.get(self.recipe, body) if cache else None
        if html is None:
            try:
                html = self.markdown.reset().convert(body)
            except RecursionError:
                return "it is nested too deeply"
            except Exception as error:  # noqa: BLE001 - extensions may raise anything, and a page is no reason to stop
                return f"{type(error).__name__}: {error}"[:200]
            if cache:
                cache.put(self.recipe, body, html)
        return Rendered(html, _ids(html), tuple(_headings(html)))


def _uncoloured(options: Mapping[str, Any]) -> Extension:
    """Make the extension that sets code, with a highlighter that takes every language for plain text."""
    highlight = importlib.import_module("pymdownx.highlight")
    uncoloured = type("Uncoloured", (highlight.Highlight,), {"get_lexer": _plain_lexer})
    extension: Any = highlight.makeExtension(**options)
    extension.get_pymdownx_highlighter = lambda: uncoloured
    made: Extension = extension
    return made


def _plain_lexer(_highlight: Any, _source: str, language: str, _inline: Any, stripnl: Any) -> tuple[Any, str]:
    return importlib.import_module("pygments.lexers").TextLexer(stripnl=stripnl), language or "text"


def _ids(html: str) -> frozenset[str]:
    return frozenset(a or b or c for a, b, c in ID.findall(html))


def _headings(html: str) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for level, attributes in HEADING.findall(html):
        match = ID_ATTRIBUTE.search(attributes)
        found.append((int(level), next((group for group in match.groups() if group), "") if match else ""))
    return found


def _resolve(value: Any) -> Any:
    """Look up the Python names in options, leaving out entries whose name is not to be trusted."""
    if isinstance(value, PythonName):
        return _look_up(value)
    if isinstance(value, dict):
        resolved: dict[Any, Any] = {}
        for key, item in value.items():
            try:
                resolved[key] = _resolve(item)
            except _UnresolvedError:
                continue
        return resolved
    if isinstance(value, list):
        items: list[Any] = []
        for item in value:
            try:
                items.append(_resolve(item))
            except _UnresolvedError:
                continue
        return items
    return value


def _look_up(name: PythonName) -> Any:
    if not name.name.startswith(TRUSTED_NAMES):
        raise _UnresolvedError(name.name)
    module, _, attribute = name.name.rpartition(".")
    try:
        thing = getattr(importlib.import_module(module), attribute)
        return thing if name.arguments is None else thing(**name.arguments)
    except (ImportError, AttributeError, TypeError) as error:
        raise _UnresolvedError(name.name) from error


def _inside(root: Path, paths: Any) -> list[str]:
    """Keep the folders that lie inside the project."""
    real = root.resolve()
    wanted = paths if isinstance(paths, list) else [paths]
    folders = [(real / path).resolve() for path in wanted if isinstance(path, str)]
    return [str(folder) for folder in folders if folder.is_relative_to(real)] or [str(real)]

"""`mkdocs.yml` as the checks need it, without MkDocs.

MkDocs would import every theme, plugin and hook a project names, so a foreign checkout could not be read without
installing (and trusting) all of it. Here the file is only parsed. Tags that make Python objects become plain values:
`!ENV` gives its default (or what the environment says), `!relative` its text, and `!!python/name:` a `PythonName`,
which the renderer resolves for well-known packages alone. `INHERIT` is followed.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from handbook.model.project import Configuration, Language, NavEntry
from handbook.reading.plain_yaml import MOST_NAMES, refuse_elaborate
from handbook.reading.symbolic_links import no_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

try:
    from yaml import CSafeLoader as BaseLoader
except ImportError:  # pragma: no cover - PyYAML without libyaml
    from yaml import SafeLoader as BaseLoader  # type: ignore[assignment]

I18N = "i18n"
CONFIG_NAMES = ("mkdocs.yml", "mkdocs.yaml")
DEFAULT_EXTENSIONS = ("toc", "tables", "fenced_code")
EXTRA = ("fenced_code", "footnotes", "attr_list", "def_list", "tables", "abbr", "md_in_html")
PYMDOWN_EXTRA = (
    "pymdownx.betterem",
    "pymdownx.superfences",
    "footnotes",
    "attr_list",
    "def_list",
    "tables",
    "abbr",
    "md_in_html",
)


class NotAProjectError(Exception):
    """There is no usable mkdocs.yml; the message says in one sentence what to do."""


@dataclass(frozen=True, slots=True)
class PythonName:
    """The name after `!!python/name:` or `!!python/object/apply:`, not yet looked up."""

    name: str
    arguments: Mapping[str, Any] | None = None
    """Keyword arguments for a call; None means the thing itself."""


class _Loader(BaseLoader):
    """A safe loader that reads MkDocs' own tags as plain values."""


def _env(loader: yaml.SafeLoader, node: yaml.Node) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return os.environ.get(str(node.value))
    if isinstance(node, yaml.SequenceNode) and node.value:
        *names, default = node.value
        for name in names:
            if (value := os.environ.get(str(name.value))) is not None:
                return yaml.safe_load(value)
        return loader.construct_object(default, deep=True)
    return None


def _python_name(_loader: yaml.SafeLoader, suffix: str, _node: yaml.Node) -> PythonName:
    return PythonName(suffix)


def _python_call(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> PythonName:
    value = loader.construct_mapping(node, deep=True) if isinstance(node, yaml.MappingNode) else {}
    keywords = value.get("kwds")
    return PythonName(suffix, keywords if isinstance(keywords, dict) else {})


def _unknown(loader: yaml.SafeLoader, _suffix: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_scalar(node)  # type: ignore[arg-type]


_Loader.add_constructor("!ENV", _env)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/name:", _python_name)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/object/apply:", _python_call)
_Loader.add_multi_constructor("!", _unknown)
_Loader.add_multi_constructor("tag:", _unknown)


def _load(path: Path, seen: tuple[Path, ...] = ()) -> tuple[dict[str, Any], yaml.Node | None]:
    """Parse one configuration file and the one it inherits from."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        refuse_elaborate(text, names=MOST_NAMES)
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            data = loader.construct_document(node) if node is not None else {}
        finally:
            loader.dispose()
    except FileNotFoundError as error:
        message = f"{path} does not exist."
        raise NotAProjectError(message) from error
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path} cannot be read: {error}."
        raise NotAProjectError(message) from error
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        message = f"{path} is not valid YAML: {' '.join(str(error).split())}."
        raise NotAProjectError(message) from error
    if not isinstance(data, dict):
        message = f"{path} does not hold settings (a YAML mapping)."
        raise NotAProjectError(message)
    parent_name = data.pop("INHERIT", None)
    if isinstance(parent_name, str):
        parent = (path.parent / parent_name).resolve()
        if parent not in seen and parent.is_file():
            inherited, _ = _load(parent, (*seen, path.resolve()))
            data = _merge(inherited, data)
    return data, node


def _merge(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in over.items():
        old = merged.get(key)
        merged[key] = _merge(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return merged


def _named(entries: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Plugins and extensions are lists of names and one-key mappings, or one mapping."""
    if isinstance(entries, dict):
        entries = [{name: options} for name, options in entries.items()]
    if isinstance(entries, str):
        entries = [entries]
    for entry in entries if isinstance(entries, list) else []:
        if isinstance(entry, str):
            yield entry, {}
        elif isinstance(entry, dict):
            for name, options in entry.items():
                if isinstance(name, str):
                    yield name, options if isinstance(options, dict) else {}


def _plugins(data: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Name plugins without the `material/` prefix and the `#2` some projects give a second instance."""
    named = _named(data.get("plugins"))
    return {name.split("#")[0].strip().removeprefix("material/"): options for name, options in named}


def _extensions(data: Mapping[str, Any]) -> tuple[tuple[str, ...], dict[str, dict[str, Any]]]:
    """Markdown extensions in MkDocs' own order, bundles opened up so that `has_extension` tells the truth."""
    names: list[str] = list(DEFAULT_EXTENSIONS)
    options: dict[str, dict[str, Any]] = {}
    for name, given in _named(data.get("markdown_extensions")):
        short = name.removeprefix("markdown.extensions.")
        if given:
            options[short] = given
        bundle = EXTRA if short == "extra" else PYMDOWN_EXTRA if short == "pymdownx.extra" else (short,)
        for part in bundle:
            if part not in names:
                names.append(part)
            if part in given and isinstance(given[part], dict):
                options.setdefault(part, given[part])
    return tuple(names), options


def _languages(plugins: Mapping[str, Mapping[str, Any]], theme_language: str, site_name: str) -> tuple[Language, ...]:
    entries = plugins.get(I18N, {}).get("languages")
    languages: list[Language] = []
    if isinstance(entries, dict):  # before version 1 of the plugin: a mapping of locale to name
        default = plugins[I18N].get("default_language")
        entries = [{"locale": key, "name": value, "default": key == default} for key, value in entries.items()]
    for entry in entries if isinstance(entries, list) else []:
        if not isinstance(entry, dict) or not isinstance(entry.get("locale"), str) or entry["locale"] == "null":
            continue
        languages.append(
            Language(
                locale=entry["locale"],
                name=str(entry.get("name") or entry["locale"]),
                default=bool(entry.get("default")),
                built=entry.get("build", True) is not False,
                site_name=str(entry.get("site_name") or site_name),
            )
        )
    return tuple(languages) or (Language(theme_language, theme_language, default=True, site_name=site_name),)


def _lines_of_nav(node: yaml.Node | None) -> dict[str, list[int]]:
    """Find the lines of each nav target in the file, in order, so that a finding can point at its own."""
    lines: dict[str, list[int]] = {}
    if not isinstance(node, yaml.MappingNode):
        return lines
    stack: list[yaml.Node] = [value for key, value in node.value if key.value in ("nav", "plugins")]
    seen: set[int] = set()
    while stack:
        current = stack.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        if isinstance(current, yaml.ScalarNode):
            lines.setdefault(str(current.value), []).append(current.start_mark.line + 1)
        elif isinstance(current, yaml.SequenceNode):
            stack.extend(current.value)
        elif isinstance(current, yaml.MappingNode):
            stack.extend(value for _, value in current.value)
    return {target: sorted(found) for target, found in lines.items()}


def _nav(entries: Any, lines: Mapping[str, list[int]], language: str = "", title: str = "") -> Iterator[NavEntry]:
    if isinstance(entries, str):
        found = lines.get(entries, [0])
        yield NavEntry(entries, title, found.pop(0) if len(found) > 1 else found[0], language)
    elif isinstance(entries, list):
        for entry in entries:
            yield from _nav(entry, lines, language, title)
    elif isinstance(entries, dict):
        for name, value in entries.items():
            yield from _nav(value, lines, language, str(name))


def _strings(value: Any) -> tuple[str, ...]:
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def find_configuration(root: Path) -> Path:
    """Where the project's configuration lies; NotAProjectError also where a file beside it would be read for ever."""
    for name in CONFIG_NAMES:
        if (root / name).is_file():
            if strange := next(no_files(root), None):
                message = f"{strange} is no ordinary file and is not read. Put a file in its place."
                raise NotAProjectError(message)
            return root / name
    message = f"There is no mkdocs.yml in {root}. Go to the folder of the project first."
    raise NotAProjectError(message)


def read_configuration(root: Path, config: Path | None = None) -> Configuration:
    """Read mkdocs.yml."""
    path = config or find_configuration(root)
    data, node = _load(path)
    theme = data.get("theme")
    if not isinstance(theme, dict):
        theme = {"name": theme or ""}
    theme_language = str(theme.get("language") or "en")
    plugins = _plugins(data)
    names, options = _extensions(data)
    lines = _lines_of_nav(node)
    nav = [*_nav(data.get("nav"), lines)]
    for entry in plugins.get(I18N, {}).get("languages") or []:
        if isinstance(entry, dict) and entry.get("nav"):
            nav.extend(_nav(entry["nav"], lines, str(entry.get("locale") or "")))
    excluded = data.get("exclude_docs")
    base = path.parent
    return Configuration(
        path=_below(root, path),
        site_name=str(data.get("site_name") or ""),
        site_url=str(data.get("site_url") or ""),
        docs_dir=_below(root, base / str(data.get("docs_dir") or "docs")),
        site_dir=_below(root, base / str(data.get("site_dir") or "site")),
        structure=str(plugins.get(I18N, {}).get("docs_structure") or "suffix"),
        languages=_languages(plugins, theme_language, str(data.get("site_name") or "")),
        fallback=plugins.get(I18N, {}).get("fallback_to_default", True) is not False,
        theme=str(theme.get("name") or ""),
        use_directory_urls=data.get("use_directory_urls", True) is not False,
        plugins=plugins,
        markdown_extensions=names,
        extension_options=options,
        nav=tuple(nav),
        excluded=(*(str(excluded).splitlines() if excluded else ()), *_menu_files(plugins)),
        assets=tuple(_asset_names(data)),
        hooks=_strings(data.get("hooks")),
        extra=data["extra"] if isinstance(data.get("extra"), dict) else {},
    )


def _menu_files(plugins: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Name the files in which the literate-nav plugin finds the menu: lists in Markdown that are no pages."""
    if "literate-nav" in plugins:
        yield str(plugins["literate-nav"].get("nav_file") or "SUMMARY.md")


def _asset_names(data: Mapping[str, Any]) -> Iterator[str]:
    """Files below docs_dir that the configuration itself uses."""
    yield from _strings(data.get("extra_css"))
    for entry in data.get("extra_javascript") or []:
        if isinstance(entry, str):
            yield entry
        elif isinstance(entry, dict) and isinstance(entry.get("path"), str):
            yield entry["path"]
    theme = data.get("theme")
    if isinstance(theme, dict):
        for key in ("logo", "favicon", "logo_dark_mode", "logo_light_mode"):
            if isinstance(theme.get(key), str):
                yield theme[key]


def _below(root: Path, path: Path) -> str:
    """Give a path as text below the root; one that lies elsewhere stays absolute."""
    absolute = os.path.normpath(path if path.is_absolute() else root / path)
    try:
        relative = os.path.relpath(absolute, root)
    except ValueError:  # another drive
        return str(absolute)
    return str(absolute) if relative.startswith("..") else relative.replace(os.sep, "/")

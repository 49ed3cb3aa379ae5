"""A checkout as a `Project`: every page read once, by both parsers, and every other file by name.

Which language a file belongs to is decided as mkdocs-static-i18n 1.3.1 decides it: by the first folder below docs_dir
(structure `folder`) or by the last suffix before the ending (structure `suffix`).
"""

from __future__ import annotations

import gc
import re
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from pathspec import GitIgnoreSpec

from handbook.model.page import Page
from handbook.model.project import FileProblem, Project
from handbook.model.settings import Settings
from handbook.reading.configuration import NotAProjectError, read_configuration
from handbook.reading.dialect import Dialect
from handbook.reading.front_matter import split_front_matter
from handbook.reading.render import Rendered, Renderer
from handbook.reading.shelf import Fragments, compressed, shelve, stow, take
from handbook.reading.site import read_site
from handbook.reading.sources import MARKDOWN_ENDINGS, read_source, walk_files

if TYPE_CHECKING:
    from collections.abc import Callable

    from handbook.model.project import Configuration
    from handbook.model.site import BuiltSite
    from handbook.reading.cache import RenderCache

LOCALE = re.compile(r"(^[a-z]{2}(-[A-Za-z]{4})?(-[A-Z]{2})?$)|(^[a-z]{2}_[A-Z]{2}$)")
"""What the plugin takes for a language, configured or not (mkdocs_static_i18n.config.RE_LOCALE)."""
SWEEP_EVERY = 100
"""Pages after which memory is swept while reading; what was read before is not looked at again."""
ALWAYS_EXCLUDED = (".*", "/templates/")
"""What MkDocs leaves out of docs_dir by itself."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose language version a file is."""

    language: str
    key: str
    localized: bool = True


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a source stands among the others."""

    path: str
    identity: Identity
    partial: bool = False


@dataclass
class _Gathered:
    pages: list[Page] = field(default_factory=list)
    files: set[str] = field(default_factory=set)
    fragments: Fragments = field(default_factory=Fragments)
    unrendered: dict[str, str] = field(default_factory=dict)
    problems: list[FileProblem] = field(default_factory=list)


def identify(below_docs: str, configuration: Configuration) -> Identity | None:
    """Tell language and key of a file below docs_dir; None when it belongs to a language that is not built."""
    locales = {language.locale: language.built for language in configuration.languages}
    default = configuration.default_language.locale
    if "i18n" not in configuration.plugins:
        return Identity(default, below_docs)
    path = PurePosixPath(below_docs)
    if configuration.structure == "folder":
        first = path.parts[0]
        if len(path.parts) > 1 and (first in locales or LOCALE.match(first)):
            return Identity(first, "/".join(path.parts[1:])) if locales.get(first) else None
        return Identity(default, below_docs, localized=False)
    suffixes = path.suffixes
    if len(suffixes) >= 2:
        locale = suffixes[-2][1:]
        if locale in locales or LOCALE.match(locale):
            key = str(path.with_name(path.name.removesuffix("".join(suffixes[-2:])) + suffixes[-1]))
            return Identity(locale, key) if locales.get(locale) else None
    return Identity(default, below_docs)


def read_project(
    root: Path,
    settings_for: Callable[[Path, Configuration], Settings] | None = None,
    *,
    render: bool = True,
    site: bool = True,
    cache: RenderCache | None = None,
) -> Project:
    """Read a whole checkout. `settings_for` lets a layer above say what the project says about itself."""
    root = Path(root).resolve()
    configuration = read_configuration(root)
    settings = settings_for(root, configuration) if settings_for else Settings()
    docs = root / configuration.docs_dir
    if not docs.is_dir():
        message = f"The folder {configuration.docs_dir} that {configuration.path} names as docs_dir does not exist."
        raise NotAProjectError(message)
    collecting = gc.isenabled()
    gc.disable()  # thousands of small objects that stay: looking at all of them over and over is a third of the time
    try:
        gathered = _gather(
            root, docs, configuration, settings, Renderer(root, configuration, cache) if render else None
        )
        built = _built(root, configuration, cache) if site else None
    finally:
        if cache is not None:
            cache.close()
        gc.unfreeze()
        if collecting:
            gc.enable()
    return Project(
        root=str(root),
        configuration=configuration,
        settings=settings,
        pages=tuple(gathered.pages),
        files=frozenset(gathered.files),
        fragments=gathered.fragments,
        unrendered=gathered.unrendered,
        problems=tuple(gathered.problems),
        site=built,
    )


def _built(root: Path, configuration: Configuration, cache: RenderCache | None) -> BuiltSite | None:
    directory = root / configuration.site_dir
    languages = [language.locale for language in configuration.languages]
    return read_site(root, directory, configuration.theme, languages, cache) if directory.is_dir() else None


def _gather(
    root: Path, docs: Path, configuration: Configuration, settings: Settings, renderer: Renderer | None
) -> _Gathered:
    gathered = _Gathered()
    excluded = GitIgnoreSpec.from_lines([*ALWAYS_EXCLUDED, *configuration.excluded])
    partials = GitIgnoreSpec.from_lines((*settings.vocabulary.partials, *_included(configuration)))
    prefix = "" if configuration.docs_dir == "." else configuration.docs_dir + "/"
    dialect = Dialect.of(configuration, building_blocks=settings.vocabulary.placeholders is not None)
    if renderer and renderer.missing:
        gathered.unrendered[""] = "these Markdown extensions are not known here: " + ", ".join(renderer.missing)
    for path, found in walk_files(root, docs):
        below = path.removeprefix(prefix)
        if path.startswith(configuration.site_dir + "/"):
            continue
        partial = partials.match_file(below)
        if not partial and excluded.match_file(below):
            continue
        if isinstance(found, FileProblem):
            gathered.problems.append(found)
            continue
        if not path.lower().endswith(MARKDOWN_ENDINGS):
            gathered.files.add(path)
            continue
        identity = identify(below, configuration)
        if identity is None:
            gathered.files.add(path)
            continue
        _add_page(gathered, found, Spot(path, identity, partial), dialect, renderer)
        if len(gathered.pages) % SWEEP_EVERY == 0:
            gc.collect()  # the parsers leave cycles behind
            gc.freeze()
    return gathered


def _included(configuration: Configuration) -> list[str]:
    """Name the folder from which the macros plugin puts pieces into pages."""
    folder = configuration.plugins.get("macros", {}).get("include_dir")
    prefix = configuration.docs_dir.rstrip("/") + "/"
    return [f"/{folder.removeprefix(prefix)}/"] if isinstance(folder, str) and folder.startswith(prefix) else []


def _add_page(gathered: _Gathered, file: Path, spot: Spot, dialect: Dialect, renderer: Renderer | None) -> None:
    path, identity = spot.path, spot.identity
    text, problems = read_source(file, path)
    gathered.problems.extend(problems)
    if text is None:
        gathered.files.add(path)
        return
    cache = renderer.cache if renderer and not renderer.takes_from_elsewhere(text) else None
    recipe = f"{renderer.recipe if renderer else ''}\x00{dialect}\x00{spot}"
    known = cache.get_value(recipe, text) if cache else None
    if known is not None:
        stowed, html = known
        gathered.fragments.add(path, html)
        gathered.pages.append(take(Page, stowed, len(gathered.pages)))
        return
    split = split_front_matter(text)
    rendered = renderer.render(split[1]) if renderer else None
    if isinstance(rendered, str):
        gathered.unrendered[path] = rendered
        gathered.problems.append(FileProblem(path, "not-renderable", detail=rendered))
    elif rendered is not None:
        gathered.fragments.add(path, rendered.html)
    usable = rendered if isinstance(rendered, Rendered) else None
    from handbook.reading.markdown import read_page  # noqa: PLC0415 - heavy, and not needed for pages that are remembered

    try:
        page = read_page(
            path,
            text,
            key=identity.key,
            language=identity.language,
            dialect=dialect,
            rendered_headings=usable.headings if usable else None,
            anchors=usable.ids if usable else frozenset(),
            localized=identity.localized,
            partial=spot.partial,
            split=split,
        )
    except RecursionError:
        gathered.problems.append(FileProblem(path, "not-readable", detail="it is nested too deeply"))
        gathered.files.add(path)
        return
    stowed = stow(page) if cache and usable else None
    if cache and usable and stowed:
        cache.put_value(recipe, text, (stowed, compressed(usable.html)))
    gathered.pages.append(shelve(page, len(gathered.pages), stowed))

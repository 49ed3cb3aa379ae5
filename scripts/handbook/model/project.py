"""A project: its languages, its pages and files, and which pages are versions of each other.

`Configuration` is what `mkdocs.yml` says; `Project` is that with everything that was read. A rule asks the project
where a link leads (`resolve` in the rules), never the disk.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from handbook.model.finding import Mend
    from handbook.model.page import Page
    from handbook.model.settings import Settings
    from handbook.model.site import BuiltSite


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the site, as the i18n plugin has it; `site_name` is what the site is called in it."""

    locale: str
    name: str
    default: bool = False
    built: bool = True
    site_name: str = ""

    @property
    def short(self) -> str:
        """The primary language subtag: `pt` for `pt-BR`."""
        return self.locale.replace("_", "-").split("-")[0].lower()


@dataclass(frozen=True, slots=True)
class NavEntry:
    """A page or address in the navigation, with its line in mkdocs.yml."""

    target: str
    title: str
    line: int
    language: str = ""


@dataclass(frozen=True, slots=True)
class Configuration:
    """What mkdocs.yml says that the checks need."""

    path: str
    site_name: str
    site_url: str
    docs_dir: str
    site_dir: str
    structure: str
    languages: tuple[Language, ...]
    fallback: bool
    theme: str
    use_directory_urls: bool
    plugins: Mapping[str, Mapping[str, Any]]
    markdown_extensions: tuple[str, ...]
    extension_options: Mapping[str, Mapping[str, Any]]
    nav: tuple[NavEntry, ...] = ()
    excluded: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()
    hooks: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def default_language(self) -> Language:
        """The language the plugin calls the default one."""
        return next((language for language in self.languages if language.default), self.languages[0])

    def language(self, locale: str) -> Language | None:
        """Find the language with this locale."""
        return next((language for language in self.languages if language.locale == locale), None)

    def has_extension(self, *names: str) -> bool:
        """Whether one of these Markdown extensions is on."""
        return any(name in self.markdown_extensions for name in names)


@dataclass(frozen=True, slots=True)
class FileProblem:
    """Something wrong with a file as such, found while reading it; the rules turn it into a finding by its kind."""

    path: str
    kind: str
    line: int = 0
    detail: str = ""
    mend: Mend | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """Two language versions of one page. `first` is the default language's where that is one of the two."""

    key: str
    first: Page
    second: Page


@dataclass(frozen=True, eq=False)
class Project:
    """Everything that was read of a project."""

    root: str
    configuration: Configuration
    settings: Settings
    pages: tuple[Page, ...]
    files: frozenset[str]
    """Every file below docs_dir that is no page, as a path below the root."""
    fragments: Mapping[str, str] = field(default_factory=dict)
    """What Python-Markdown made of each page, by path; absent where it could not be rendered."""
    unrendered: Mapping[str, str] = field(default_factory=dict)
    """Why a page could not be rendered; with the key "": why none is rendered exactly as its own build would."""
    problems: tuple[FileProblem, ...] = ()
    """What was found wrong while reading: files that cannot be read, are no UTF-8, and so on."""
    site: BuiltSite | None = None
    by_key: Mapping[str, Mapping[str, Page]] = field(init=False)
    by_path: Mapping[str, Page] = field(init=False)

    def __post_init__(self) -> None:
        by_key: dict[str, dict[str, Page]] = {}
        for page in self.pages:
            versions = by_key.setdefault(page.key, {})
            if page.language not in versions or len(page.path) > len(versions[page.language].path):
                versions[page.language] = page  # of x.md and x.en.md the one that names its language
        object.__setattr__(self, "by_key", by_key)
        object.__setattr__(self, "by_path", {page.path: page for page in self.pages})

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages that are built."""
        return tuple(language for language in self.configuration.languages if language.built)

    def pairs(self) -> Iterator[Pair]:
        """Put every page in the default language beside each of its other versions."""
        default = self.configuration.default_language.locale
        for key in sorted(self.by_key):
            versions = self.by_key[key]
            base = versions.get(default)
            if base is None:
                continue
            for locale in sorted(versions):
                if locale != default:
                    yield Pair(key, base, versions[locale])


class Excerpt(Project):
    """A project of which nothing is shown but some pages' renderings, the settings and the root.

    A rule that judges a page by itself gets this one, so that what it finds cannot depend on any other page or file.
    """

    def __init__(self, project: Project, pages: Sequence[Page] = ()) -> None:
        paths = {page.path for page in pages}
        shown = {
            "root": project.root,
            "configuration": project.configuration,
            "settings": project.settings,
            "fragments": {path: project.fragments[path] for path in paths if path in project.fragments},
            "unrendered": {path: project.unrendered[path] for path in ("", *paths) if path in project.unrendered},
        }
        for name, value in shown.items():
            object.__setattr__(self, name, value)

    def __getattribute__(self, name: str) -> Any:
        if name in _NOT_SHOWN:
            message = f"a rule that does not say that it looks around asked for the project's {name}"
            raise AttributeError(message)
        return super().__getattribute__(name)


_NOT_SHOWN = frozenset({"pages", "files", "problems", "site", "by_key", "by_path", "pairs"})

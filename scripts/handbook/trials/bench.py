"""The bench: applies an edit to the handbook in memory, runs the rules on what it touches, and keeps what is new.

Every page is read once. An edited page is read again by both parsers; rules about a page run on the edited pages and on
those that link to them, rules about a pair on the edited pairs, rules about the project on the project. Edited data,
and files put among the pages, stand in a temporary folder beside what else rules read from the disk. The ledger on the
bench is a fresh one in which every section was just declared equivalent, so that trials do not depend on what is open
today.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING, Final

from handbook.editorial.spelling import carry_over
from handbook.ledger.overview import make_overview
from handbook.ledger.record import Record
from handbook.ledger.store import FOLDER as LEDGER
from handbook.ledger.store import write_record
from handbook.ledger.sync import Answer, settle
from handbook.ledger.versions import languages_of, version_of_page
from handbook.model.finding import Finding
from handbook.model.project import Project
from handbook.reading.configuration import read_configuration
from handbook.reading.dialect import Dialect
from handbook.reading.front_matter import split_front_matter
from handbook.reading.markdown import read_page
from handbook.reading.project import identify
from handbook.reading.render import Rendered, Renderer
from handbook.reading.site import addresses_in_style, read_built_page, read_sitemap
from handbook.reading.sources import MARKDOWN_ENDINGS, read_source
from handbook.rules import engine
from handbook.rules.registry import Scope
from handbook.rules.resolving import resolver

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from handbook.model.page import Page
    from handbook.model.project import FileProblem
    from handbook.model.site import BuiltSite
    from handbook.rules.registry import Hit, RuleDefinition
    from handbook.trials.edit import Edit

CONFIGURATION: Final = "mkdocs.yml"
DATA: Final = "data/"
WORDS: Final = "overrides/strings"
"""The folder with the words of the interface."""
BY_PAGE: Final = ("LED101", "LED102", "LED103")
"""Rules about the project that look at each page by itself, and take their time over all of them."""
OF_DATA: Final = "DAT"
"""The rules about the project with this code only look at data files."""
OF_OUTLINE: Final = ("ADR", "DAT105", "DAT107", "DAT111", "LED104", "LED105", "LNK117", "LNK121")
"""Rules that only look at files beside the pages, at which pages there are, and at their ids and front matter."""
OF_THE_WHOLE: Final = ("PAR208", "PAR209", "PAR210", "PAR211")
"""Rules that learn from all pages what is usual, and are told what was usual before the edit."""
ONLY_OF: Final = {"REA": "data/readability.yml", "WOR": "data/wording.yml", "SPE": "data/spelling/"}
"""Rules about pages that take their time and know one data file only, by the beginning of their code."""

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class _Read:
    """What reading a source again gave."""

    page: Page | None
    fragment: str | None
    problems: tuple[FileProblem, ...]


class Bench:
    """A project laid out for trials. Use it as a context: its temporary folder goes when it is done."""

    def __init__(self, project: Project) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="handbook-trials-")
        self.real = Path(project.root)
        root = Path(self.folder.name) / "base"
        self._lay_out(root)
        _declare_in_step(root, project)
        self.project = replace(project, root=str(root))
        self.renderer = Renderer(self.real, project.configuration)
        named = project.settings.vocabulary.placeholders is not None
        self.dialect = Dialect.of(project.configuration, building_blocks=named)
        self.rules = engine.choose(self.project).on
        self.count = 0

    def __enter__(self) -> Bench:
        return self

    def __exit__(self, *_: object) -> None:
        self.folder.cleanup()

    def _lay_out(self, root: Path) -> None:
        """Copy what rules read from the disk themselves."""
        root.mkdir(parents=True)
        (root / CONFIGURATION).write_bytes((self.real / CONFIGURATION).read_bytes())
        if (self.real / DATA).is_dir():
            copytree(self.real / DATA, root / DATA, ignore=lambda *_: [LEDGER.name])
        if (self.real / WORDS).is_dir():
            copytree(self.real / WORDS, root / WORDS)
        carry_over(self.real, root)

    @cached_property
    def before(self) -> Counter[Key]:
        """What is found before anything is edited."""
        return Counter(_key(finding) for finding in engine.run(self.project, self.rules))

    @cached_property
    def linking(self) -> Mapping[str, frozenset[str]]:
        """The paths of the pages that link to a page or name it at their top, by its path."""
        found: dict[str, set[str]] = {}
        for page in self.project.pages:
            for _, where in resolver(self.project).of(page):
                if where.page is not None:
                    found.setdefault(where.page.path, set()).add(page.path)
            for key in (page.front_matter.get("next"), *(page.front_matter.get("related") or ())):
                named = self.project.by_key.get(key, {}).get(page.language)
                if named is not None:
                    found.setdefault(named.path, set()).add(page.path)
        return {path: frozenset(others) for path, others in found.items()}

    def new_findings(self, edit: Edit) -> list[Finding]:
        """Apply an edit and give what is found now and was not found before."""
        sources = {path: data for path, data in edit.files.items() if self._is_source(path)}
        project = self.edited(edit)
        findings = sorted(self._run(project, sources, set(edit.files) - set(sources)), key=Finding.sort_key)
        seen: Counter[Key] = Counter()
        new = []
        for finding in findings:
            key = _key(finding)
            seen[key] += 1
            if seen[key] > self.before[key]:
                new.append(finding)
        return new

    # --- Reading -----------------------------------------------------------------------------------------------------

    def _is_source(self, path: str) -> bool:
        docs = self.project.configuration.docs_dir + "/"
        return path.startswith(docs) and path.lower().endswith(MARKDOWN_ENDINGS)

    def _read(self, path: str, data: bytes) -> _Read:
        configuration = self.project.configuration
        file = Path(self.folder.name) / "page.md"
        file.write_bytes(data)
        text, problems = read_source(file, path)
        below = path.removeprefix(configuration.docs_dir + "/")
        identity = identify(below, configuration)
        if text is None or identity is None:
            return _Read(None, None, tuple(problems))
        rendered = self.renderer.render(split_front_matter(text)[1])
        usable = rendered if isinstance(rendered, Rendered) else None
        page = read_page(
            path,
            text,
            key=identity.key,
            language=identity.language,
            dialect=self.dialect,
            rendered_headings=usable.headings if usable else None,
            anchors=usable.ids if usable else frozenset(),
            localized=identity.localized,
            partial="/_" in path,
        )
        return _Read(page, usable.html if usable else None, tuple(problems))

    def edited(self, edit: Edit) -> Project:
        """Give the project as it is after an edit."""
        old = self.project
        sources = {path: data for path, data in edit.files.items() if self._is_source(path)}
        read = {path: self._read(path, data) for path, data in sources.items() if data is not None}
        pages = {page.path: page for page in old.pages if page.path not in sources}
        pages.update({path: one.page for path, one in read.items() if one.page is not None})
        fragments = {path: html for path, html in old.fragments.items() if path not in sources}
        fragments.update({path: one.fragment for path, one in read.items() if one.fragment is not None})
        problems = [problem for problem in old.problems if problem.path not in sources]
        problems += [problem for one in read.values() for problem in one.problems]
        others = {path: data for path, data in edit.files.items() if path not in sources}
        root = self._root_with(others)
        docs = old.configuration.docs_dir + "/"
        files = set(old.files)
        for path, data in others.items():
            if path.startswith(docs):
                (files.discard if data is None else files.add)(path)
        return Project(
            root=str(root),
            configuration=read_configuration(root) if CONFIGURATION in others else old.configuration,
            settings=old.settings,
            pages=tuple(pages[path] for path in sorted(pages)),
            files=frozenset(files),
            fragments=fragments,
            unrendered=old.unrendered,
            problems=tuple(problems),
            site=_edited_site(old.site, {path: data for path, data in others.items() if _of_site(path, old.site)}),
        )

    def _root_with(self, files: Mapping[str, bytes | None]) -> Path:
        """Give a root in which some data files, or files among the pages, differ."""
        base = Path(self.project.root)
        docs = self.project.configuration.docs_dir + "/"
        changed = {path: data for path, data in files.items() if path.startswith((DATA, CONFIGURATION, docs))}
        if not changed:
            return base
        self.count += 1
        root = Path(self.folder.name) / str(self.count)
        copytree(base, root, copy_function=os.link)
        for path, data in changed.items():
            target = root / path
            target.unlink(missing_ok=True)
            if data is not None:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
        return root

    # --- Running -----------------------------------------------------------------------------------------------------

    def _run(self, project: Project, sources: Mapping[str, bytes | None], others: set[str]) -> Iterator[Finding]:
        reach = _Reach(
            project,
            pages=self._touched(project, sources),
            others=frozenset(others),
            sources=frozenset(sources),
            outline=any(self._outline(project, path) != self._outline(self.project, path) for path in sources),
        )
        for rule in self.rules:
            for thing in reach.things(rule):
                if not rule.problem or rule.problem == getattr(thing, "kind", ""):
                    around = self.project if rule.code in OF_THE_WHOLE else project
                    hits = rule.check(thing, thing if isinstance(thing, Project) else around)
                    yield from (_finding(rule, hit) for hit in hits)

    def _touched(self, project: Project, sources: Mapping[str, bytes | None]) -> frozenset[str]:
        """Name the pages on which something may be found: the edited ones, and those that link to what is no more."""
        touched = {path for path in sources if path in project.by_path}
        for path in sources:
            old, new = self.project.by_path.get(path), project.by_path.get(path)
            if old is not None and (new is None or old.anchors - new.anchors):
                touched |= self.linking.get(path, frozenset())
            if new is None and old is not None:
                touched |= {page.path for page in project.by_key.get(old.key, {}).values()}
        return frozenset(path for path in touched if path in project.by_path)

    @staticmethod
    def _outline(project: Project, path: str) -> object:
        page = project.by_path.get(path)
        return page and (page.anchors, [(entry.key, entry.value) for entry in page.front_matter.entries])


class _Reach:
    """How far an edit reaches: on which things each rule has to run.

    `outline` says whether there are other pages than before, or pages with other ids or another front matter.
    """

    def __init__(
        self, project: Project, *, pages: frozenset[str], sources: frozenset[str], others: frozenset[str], outline: bool
    ) -> None:
        self.project = project
        self.others = others
        self.data = any(path.startswith(DATA) for path in others)
        self.beside = outline or bool(others)
        self.pages = [project.by_path[path] for path in sorted(pages)]
        keys = {page.key for page in self.pages}
        versions = [page for page in project.pages if page.key in keys]
        few = replace(project, pages=tuple(versions))
        site = project.site if any(_of_site(path, project.site) for path in others) else None
        self.by_page = project if self.beside else few
        self.by_scope: dict[Scope, Sequence[object]] = {
            Scope.FILE: [problem for problem in project.problems if problem.path in sources],
            Scope.PAGE: self.pages,
            Scope.FRAGMENT: [page for page in self.pages if page.path in project.fragments],
            Scope.PAIR: list(few.pairs()),
            Scope.PROJECT: [project],
            Scope.BUILT_PAGE: site.pages if site else (),
            Scope.SITE: [site] if site else (),
        }

    def things(self, rule: RuleDefinition) -> Sequence[object]:
        """Give the things a rule has to look at."""
        if rule.code.startswith(OF_OUTLINE):
            return [self.project] if self.beside else ()
        if rule.scope is Scope.PROJECT and rule.code.startswith(OF_DATA):
            return [self.project] if self.data else ()
        if rule.code in BY_PAGE:
            return [self.by_page]
        if rule.scope is Scope.PAGE and self._knows_data(rule):
            return self.project.pages
        return self.by_scope[rule.scope]

    def _knows_data(self, rule: RuleDefinition) -> bool:
        """Tell whether edited data reaches every page through a rule."""
        if not self.data or not rule.check.__module__.startswith("handbook.editorial"):
            return False
        file = ONLY_OF.get(rule.code[:3])
        return file is None or any(path.startswith(file) for path in self.others)


def _key(finding: Finding) -> Key:
    return finding.path, finding.code, finding.message


def _finding(rule: RuleDefinition, hit: Hit) -> Finding:
    severity = hit.severity or rule.severity
    return Finding(hit.path, hit.line, rule.code, rule.name, severity, hit.message, hit.hint, hit.other)


def _declare_in_step(root: Path, project: Project) -> None:
    """Write a ledger in which every section of every page is equivalent as it stands."""
    versions = [version_of_page(page) for page in project.pages if page.localized]
    for page in make_overview(versions, languages_of(project.configuration), {}).pages:
        if len(page.versions) > 1:
            answers = [Answer(section.id) for section in page.sections]
            write_record(root, page.key, settle(Record(), page, answers))


def _of_site(path: str, site: BuiltSite | None) -> bool:
    return site is not None and path.startswith(site.directory + "/")


def _edited_site(site: BuiltSite | None, files: Mapping[str, bytes | None]) -> BuiltSite | None:
    """Put edited files into the published site."""
    if site is None or not files:
        return site
    prefix = site.directory + "/"
    pages = {page.path: page for page in site.pages}
    known = set(site.files)
    sitemap, sheets = site.sitemap, dict(site.stylesheets)
    for path, data in files.items():
        below = path.removeprefix(prefix)
        (known.discard if data is None else known.add)(below)
        if data is None:
            pages.pop(path, None)
        elif below.endswith(".html"):
            pages[path] = read_built_page(data.decode(), path, below)
        elif below.endswith(".css"):
            sheets[path] = addresses_in_style(data.decode())
        elif below == "sitemap.xml":
            sitemap = read_sitemap(data.decode())
    return replace(
        site,
        pages=tuple(pages.values()),
        files=frozenset(known),
        sitemap=sitemap,
        stylesheets=tuple(sorted(sheets.items())),
    )

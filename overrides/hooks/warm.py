"""A builder that stays: it renders a page again only when something that the page depends on has changed.

The preview (`handbook serve`) starts this file as a process of its own and writes one JSON object a line to it; each is
answered by one line. MkDocs offers no way to pass a page by, so this module puts itself between MkDocs's build and its
pages; what it builds is byte for byte what `mkdocs build` builds. No hook: `mkdocs.yml` does not name it.

- `{"do": "build", "site_dir": …}` builds everything. A line that arrives meanwhile interrupts it.
- `{"do": "show", "site": …, "changed": […], "addresses": […]}` renders changed pages, and those at the addresses, into
  a finished site, by what the last build knew of everything else.
"""

from __future__ import annotations

import json
import logging
import os
import select
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mkdocs import utils
from mkdocs.commands import build as building
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.pages import Page

from handbook.editorial.errors import DataError
from handbook.publishing import catalogue, search_index
from handbook.publishing.refreshing import pages_changed, refreshed
from handbook.publishing.reuse import Digests
from handbook.reading.processes import PROCESSES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.nav import Navigation

    from handbook.publishing.catalogue import PageSource

KEPT: Final = 16_384
"""Of so many pages it is remembered what was read from them, the latest ones."""
_render = Page.render
_build_page = building._build_page


class InterruptedByNews(BaseException):
    """Something changed while everything was being built, and comes first; no mistake that MkDocs should report."""


@dataclass(frozen=True)
class _Text:
    """What rendering a page gave."""

    digest: bytes
    content: str
    toc: Any
    title: str | None
    anchors: set[str]


@dataclass(frozen=True)
class _Stage:
    """All that MkDocs passes when it builds a page."""

    page: Page
    config: MkDocsConfig
    pages: Sequence[File]
    nav: Navigation
    env: Environment
    files: Files


class Workshop:
    """Remembers what was rendered, by what it depends on, and how the last finished build saw each page."""

    def __init__(self) -> None:
        self.texts: dict[str, _Text] = {}
        self.finished: dict[str, tuple[bytes, bytes]] = {}
        self.stages: dict[str, _Stage] = {}
        self.rendered = 0
        """How many pages the last command rendered anew."""
        self._new_stages: dict[str, _Stage] = {}
        self._files: dict[str, Files] = {}
        self._digests: tuple[Any, Digests] | None = None
        self._interruptible = False

    def build(self, site_dir: str) -> None:
        """Build everything into a folder."""
        self._interruptible = bool(self.stages)
        self._new_stages, self._digests, self.rendered = {}, None, 0
        config = load_config(site_dir=site_dir)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            building.build(config)
        finally:
            config.plugins.on_shutdown()
            self._interruptible = False
        self.stages = self._new_stages
        for memory in (self.texts, self.finished):
            for gone in memory.keys() - self.stages.keys():
                del memory[gone]

    def show(self, site_dir: Path, changed: Sequence[str], addresses: Sequence[str]) -> int:
        """Render changed pages and those at some addresses into a finished site; return how many."""
        if not self.stages:
            return 0
        self.rendered = 0
        config = next(iter(self.stages.values())).config
        root = Path(config.config_file_path).parent
        docs = Path(config.docs_dir).relative_to(root).as_posix()
        last = config.extra["handbook"]
        site = refreshed(last, root, docs, changed)
        if site is None:
            return 0
        wanted = {f"{entry.language}/{entry.key}" for entry in pages_changed(site, docs, changed)}
        wanted |= {source for source, stage in self.stages.items() if stage.page.file.url in addresses}
        config.extra["handbook"] = site
        try:
            if any(path.endswith(".html") for path in changed):
                for stage in self.stages.values():
                    stage.env.cache.clear()  # type: ignore[union-attr]
            for source in sorted(wanted & self.stages.keys()):
                self._show(self.stages[source], site_dir)
        finally:
            config.extra["handbook"] = last
        return len(wanted & self.stages.keys())

    def _show(self, stage: _Stage, site_dir: Path) -> None:
        page, file = stage.page, stage.page.file
        building._populate_page(page, stage.config, stage.files)
        target = site_dir / file.dest_uri
        file.abs_dest_path = f"{target}.new"
        try:
            _build_page(page, stage.config, stage.pages, stage.nav, stage.env)
            os.replace(file.abs_dest_path, target)  # noqa: PTH105 - a string of MkDocs's
        finally:
            file.abs_dest_path = str(target)

    # --- In MkDocs's place ---------------------------------------------------------------------------------------

    def render_text(self, page: Page, config: MkDocsConfig, files: Files) -> None:
        """Render a page's Markdown, or take what was rendered from the same before."""
        self.stop_for_news()
        self._files[page.file.src_uri] = files
        entry, digests = self._entry(page, config), self._digests_of(config)
        if entry is None:
            _render(page, config, files)
            return
        digest = digests.of_text(entry, f"{page.meta!r}\n{page.markdown}")
        known = self.texts.get(page.file.src_uri)
        if known is None or known.digest != digest:
            _render(page, config, files)
            self.rendered += 1
            known = _Text(
                digest, page.content or "", page.toc, page._title_from_render, page.present_anchor_ids or set()
            )
            self.texts[page.file.src_uri] = known
        page.content, page.toc, page._title_from_render = known.content, known.toc, known.title
        page.present_anchor_ids = known.anchors
        page.links_to_anchors = None  # they name files of the build in which they were found

    def build_page(  # noqa: PLR0913, PLR0917 - what MkDocs passes
        self,
        page: Page,
        config: MkDocsConfig,
        doc_files: Sequence[File],
        nav: Navigation,
        env: Environment,
        dirty: bool = False,  # noqa: FBT002 - MkDocs's signature
        excluded: bool = False,  # noqa: FBT002
    ) -> None:
        """Put a page into its template, or take what came of the same before."""
        self.stop_for_news()
        source = page.file.src_uri
        self._new_stages[source] = _Stage(page, config, doc_files, nav, env, self._files[source])
        entry, text = self._entry(page, config), self.texts.get(source)
        if entry is None or text is None or excluded:
            _build_page(page, config, doc_files, nav, env, dirty, excluded)
            return
        digests = self._digests_of(config)
        digest = digests.of_page(entry, text.digest, str(page.meta.get("template")))
        known = self.finished.get(source)
        if known is None or known[0] != digest:
            _build_page(page, config, doc_files, nav, env, dirty, excluded)
            self.finished[source] = digest, Path(page.file.abs_dest_path).read_bytes()
        else:
            utils.write_file(known[1], page.file.abs_dest_path)

    def _entry(self, page: Page, config: MkDocsConfig) -> Any:
        language, _, key = page.file.src_uri.partition("/")
        return config.extra["handbook"].catalogue.get(language, key)

    def _digests_of(self, config: MkDocsConfig) -> Digests:
        """Digest what all pages depend on, once for each reading of the site."""
        site = config.extra["handbook"]
        if self._digests is None or self._digests[0] is not site:
            sources = sorted(str(path.relative_to(config.docs_dir)) for path in Path(config.docs_dir).rglob("*"))
            self._digests = site, Digests(site, sources)
        return self._digests[1]

    def stop_for_news(self) -> None:
        """Raise InterruptedByNews where everything is being built and another line has arrived."""
        if self._interruptible and select.select([sys.stdin], [], [], 0)[0]:
            raise InterruptedByNews


@contextmanager
def in_place(workshop: Workshop) -> Iterator[None]:
    """Let MkDocs ask a workshop for its pages, and build in this process alone, where they are remembered."""
    read, readable, page_source = search_index.sections_of, search_index.readable, catalogue.page_source
    allowed = os.environ.get(PROCESSES)
    remembering = lru_cache(maxsize=KEPT)(lambda content: tuple(read(content)))
    remembered_source = lru_cache(maxsize=KEPT)(page_source)

    def read_source(text: str) -> PageSource:
        workshop.stop_for_news()
        return remembered_source(text)

    def search_text(text: str, listed: set[str]) -> str:
        workshop.stop_for_news()
        return readable(text, listed)

    def render(page: Page, config: MkDocsConfig, files: Files) -> None:
        workshop.render_text(page, config, files)

    Page.render = render  # type: ignore[assignment,method-assign]
    building._build_page = workshop.build_page
    search_index.sections_of = remembering  # type: ignore[assignment]
    search_index.readable, catalogue.page_source = search_text, read_source
    os.environ[PROCESSES] = "1"
    try:
        yield
    finally:
        Page.render, building._build_page = _render, _build_page  # type: ignore[method-assign]
        search_index.sections_of, search_index.readable, catalogue.page_source = read, readable, page_source
        os.environ.pop(PROCESSES)
        if allowed is not None:
            os.environ[PROCESSES] = allowed


def main() -> None:
    """Do what each line asks until there are no more."""
    answers, sys.stdout = sys.stdout, sys.stderr
    logger = logging.getLogger("mkdocs")
    logger.addHandler(logging.StreamHandler())
    logger.setLevel(logging.ERROR)
    workshop = Workshop()
    with in_place(workshop):
        while line := _next_line():
            answer = _answer(workshop, json.loads(line))
            if answer is not None:
                print(json.dumps(answer), file=answers, flush=True)


def _answer(workshop: Workshop, asked: dict[str, Any]) -> dict[str, Any] | None:
    try:
        match asked["do"]:
            case "build":
                workshop.build(asked["site_dir"])
                return {"built": True, "rendered": workshop.rendered}
            case "show":
                shown = workshop.show(Path(asked["site"]), asked["changed"], asked["addresses"])
                return {"shown": shown}
            case _:
                return None
    except InterruptedByNews:
        return {"interrupted": True}
    except (MkDocsException, SystemExit, DataError, OSError) as error:
        if not isinstance(error, SystemExit) and str(error):
            print(error, file=sys.stderr)  # noqa: T201 - what is wrong with a page is for whoever writes it
        return {"built": False, "shown": 0}
    except Exception as error:  # noqa: BLE001 - a mistake in a page must not end the preview
        print(f"{type(error).__name__}: {error}", file=sys.stderr)  # noqa: T201
        return {"built": False, "shown": 0}


def _next_line() -> bytes:
    """Read one line without reading ahead, so that what waits can be seen on the pipe."""
    line = b""
    while not line.endswith(b"\n"):
        sign = os.read(0, 1)
        if not sign:
            return b""
        line += sign
    return line


if __name__ == "__main__":
    main()

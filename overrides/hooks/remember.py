"""Remember what each page became, so that a page that would come out the same is not rendered again.

MkDocs renders a page by calling `page.render`; a page given another `render` of its own looks in the store first. A
page about which something was said is rendered anew each time, so that it is said each time. The store lies in the
user's own cache folder; without one, every page is rendered. The preview's builder, which stays, remembers pages by
itself (`warm.py`) and is left alone.
"""

from __future__ import annotations

import json
import logging
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.plugins import event_priority
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from handbook.publishing.recall import key_of, recipe, shows_all
from handbook.publishing.section_marks import marks_for
from handbook.reading.cache import RenderCache, cache_folder

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

_store: RenderCache | None = None
_recipe = ""


class _Listener(logging.Handler):
    """Counts what is said while a page is rendered."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.said = 0

    def emit(self, _: logging.LogRecord) -> None:
        self.said += 1


@event_priority(-300)
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Take the digest of all that pages share, when every file has its address; once for each language."""
    global _store, _recipe  # noqa: PLW0603  (MkDocs keeps hooks as modules)
    if _somebody_else_remembers():
        return files
    if _store is None:
        _store = RenderCache(cache_folder() / "pages.sqlite3")
    root = Path(config.config_file_path).parent
    _recipe = recipe(config.extra["handbook"], root, ((file.src_uri, file.url) for file in files))
    return files


@event_priority(-300)
def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Give the page its own way of being rendered, now that its text is final."""
    language, _, key = page.file.src_uri.partition("/")
    site = config.extra["handbook"]
    entry = site.catalogue.get(language, key)
    if entry is not None and not _somebody_else_remembers() and not shows_all(markdown, site):
        page.render = partial(_render, page, key_of(entry, marks_for(site, entry), markdown))  # type: ignore[method-assign]
    return markdown


def _somebody_else_remembers() -> bool:
    return Page.render.__module__ != Page.__module__


def _render(page: Page, key: str, config: MkDocsConfig, files: Files) -> None:
    assert _store is not None  # noqa: S101
    known = _store.get(_recipe, key)
    if known is not None:
        _restore(page, json.loads(known), files)
        return
    listener, log = _Listener(), logging.getLogger("mkdocs")
    log.addHandler(listener)
    try:
        type(page).render(page, config, files)
    finally:
        log.removeHandler(listener)
    if not listener.said:
        _store.put(_recipe, key, json.dumps(_saved(page)))


def _saved(page: Page) -> dict[str, Any]:
    """Return everything that rendering sets on a page."""
    return {
        "content": page.content,
        "toc": [_link_saved(link) for link in page.toc],
        "title": page._title_from_render,
        "anchors": sorted(page.present_anchor_ids or ()),
        "links": {file.src_uri: links for file, links in (page.links_to_anchors or {}).items()},
    }


def _restore(page: Page, saved: dict[str, Any], files: Files) -> None:
    page.content = saved["content"]
    page.toc = TableOfContents([_link_restored(link) for link in saved["toc"]])
    page._title_from_render = saved["title"]
    page.present_anchor_ids = set(saved["anchors"])
    page.links_to_anchors = {
        file: links for uri, links in saved["links"].items() if (file := files.get_file_from_path(uri)) is not None
    }


def _link_saved(link: AnchorLink) -> list[Any]:
    return [link.title, link.id, link.level, [_link_saved(child) for child in link.children]]


def _link_restored(saved: list[Any]) -> AnchorLink:
    title, identifier, level, children = saved
    link = AnchorLink(title, identifier, level)
    link.children = [_link_restored(child) for child in children]
    return link


@event_priority(-300)
def on_post_build(config: MkDocsConfig) -> None:
    """Write down what is new."""
    _close()


def on_build_error(error: Exception) -> None:
    """Keep what was rendered before a mistake on another page."""
    _close()


def _close() -> None:
    global _store  # noqa: PLW0603
    if _store is not None:
        _store.close()
        _store = None

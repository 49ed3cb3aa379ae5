"""Give the templates a plain view of the page in place of MkDocs's own objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from handbook.publishing.compiled import CompiledTemplates
from handbook.publishing.linked_data import linked_data
from handbook.publishing.long_words import with_soft_hyphens
from handbook.publishing.page_view import READING_LIST
from handbook.publishing.reading_list import shelves
from handbook.publishing.security import content_security_policy

if TYPE_CHECKING:
    from typing import Literal

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page


TEMPLATES: Final = {"index.md": "home.html", READING_LIST: "reading-list.html"}
_serving = False


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Remember whether pages are served while they are written: live reload adds a script that the policy forbids."""
    global _serving  # noqa: PLW0603  (MkDocs calls this once, before it builds for the first time)
    _serving = command == "serve"


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Escape everything that templates print, and let them write the content security policy into the page."""
    env.autoescape = True
    env.bytecode_cache = CompiledTemplates("page")
    site = config.extra["handbook"]
    env.filters["with_soft_hyphens"] = with_soft_hyphens
    env.globals["linked_data"] = lambda view: linked_data(view, site.changes)
    env.globals["card"] = site.site_url + site.assets.get("assets/card.png", "")
    env.globals["content_security_policy"] = None if _serving else content_security_policy()
    return env


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Choose the template of pages with one of their own; MkDocs looks for it before it asks for the context."""
    if page.file.src_uri.partition("/")[2] in TEMPLATES:
        page.meta.setdefault("template", TEMPLATES[page.file.src_uri.partition("/")[2]])
    return markdown


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    """Add `view` to what the template sees, and to the page for reading lists everything that can be on one."""
    language, _, key = page.file.src_uri.partition("/")
    site = config.extra["handbook"]
    context["view"] = site.view(language, key)
    if key == READING_LIST:
        context["shelves"] = shelves(site, language)
    return context


def on_template_context(context: dict[str, Any], template_name: str, config: MkDocsConfig) -> dict[str, Any]:
    """Serve the two templates that belong to no page: 404.html, which is shown at any depth, and the sitemap.

    What is written with each language is the same each time: the sitemap, too, holds all pages.
    """
    site = config.extra["handbook"]
    context["languages"] = site.doors(f"{site.base_path}/")
    context["sitemap"] = site.sitemap() if template_name == "sitemap.xml" else ()
    return context

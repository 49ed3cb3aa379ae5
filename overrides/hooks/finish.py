"""Write what belongs to no page: each language's search index and feed, the language choice at the root, redirects."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority

from handbook.editorial.errors import DataError
from handbook.handouts.making import handouts_left_out, handouts_wanted
from handbook.publishing import search_index
from handbook.publishing.compiled import CompiledTemplates
from handbook.publishing.security import content_security_policy
from handbook.publishing.site import language_files, root_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

_sections: dict[tuple[str, str], Sequence[search_index.Section]] = {}


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Keep what each page says, for the search indexes."""
    language, _, key = page.file.src_uri.partition("/")
    _sections[language, key] = tuple(search_index.sections_of(html))
    return html


@event_priority(100)
def on_post_build(config: MkDocsConfig) -> None:
    """Write the files of the language that has just been built and, with the first one, those of the whole site.

    Before mkdocs-static-i18n, which builds the next language within its own `on_post_build`.
    """
    i18n: Any = config.plugins["i18n"]
    site = config.extra["handbook"]
    try:
        _write(config, language_files(site, i18n.current_language, _sections))
    except DataError as error:
        raise PluginError(str(error)) from None
    _sections.clear()
    if i18n.building:
        return
    env = config.theme.get_env()
    env.autoescape = True
    env.bytecode_cache = CompiledTemplates("page")
    env.globals["content_security_policy"] = content_security_policy()
    _write(config, root_files(site, env, printed=bool(handouts_wanted()), left_out=handouts_left_out()))


def _write(config: MkDocsConfig, files: Iterable[tuple[str, str]]) -> None:
    for path, content in files:
        target = Path(config.site_dir, path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8", newline="\n")

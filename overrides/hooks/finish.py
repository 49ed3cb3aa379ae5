"""Write what belongs to no page: the language choice at the root, the search indexes, robots.txt."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority

from handbook.editorial.errors import DataError
from handbook.publishing import search_index
from handbook.publishing.compiled import CompiledTemplates
from handbook.publishing.security import content_security_policy
from handbook.publishing.site import root_files

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

_sections: dict[tuple[str, str], Sequence[search_index.Section]] = {}


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Keep what each page says, for the search indexes."""
    language, _, key = page.file.src_uri.partition("/")
    _sections[language, key] = tuple(search_index.sections_of(html))
    return html


@event_priority(-200)
def on_post_build(config: MkDocsConfig) -> None:
    """Run once, after mkdocs-static-i18n has built the last language within its own `on_post_build`."""
    i18n: Any = config.plugins["i18n"]
    if i18n.building:
        return
    env = config.theme.get_env()
    env.autoescape = True
    env.bytecode_cache = CompiledTemplates("page")
    env.globals["content_security_policy"] = content_security_policy()
    try:
        files = list(root_files(config.extra["handbook"], env, _sections))
    except DataError as error:
        raise PluginError(str(error)) from None
    for path, content in files:
        target = Path(config.site_dir, path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8", newline="\n")

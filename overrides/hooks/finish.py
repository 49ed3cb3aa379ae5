"""Write what belongs to no page: the language choice at the root, the search indexes, robots.txt."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.plugins import event_priority

from handbook.publishing.site import root_files

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


@event_priority(-200)
def on_post_build(config: MkDocsConfig) -> None:
    """Run once, after mkdocs-static-i18n has built the last language within its own `on_post_build`."""
    if config.plugins["i18n"].building:
        return
    env = config.theme.get_env()
    for path, content in root_files(config.extra["handbook"], env):
        target = Path(config.site_dir, path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8", newline="\n")

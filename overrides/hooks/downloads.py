"""Make the copy of each language that needs no network, when every page and everything else to download is there.

It is made where handouts are (`handbook handouts`, `handbook publish`), since it is one of them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority

from handbook.handouts.downloads import make_copies
from handbook.handouts.making import handouts_wanted
from handbook.handouts.plain_scripts import PlainScriptError

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


@event_priority(-400)
def on_post_build(config: MkDocsConfig) -> None:
    """Run once, when the last language and what belongs to no page have been written."""
    i18n: Any = config.plugins["i18n"]
    if i18n.building or not handouts_wanted():
        return
    try:
        make_copies(config.extra["handbook"], Path(config.site_dir))
    except PlainScriptError as error:
        raise PluginError(f"{error}.") from None

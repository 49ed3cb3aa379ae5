"""Print the handouts of a language once its pages have been rendered, before they are written.

So each page can say how large its own handout is. They take a minute, so they are made only where somebody asks for
them (`handbook handouts`, `handbook publish`).
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority

from handbook.handouts.making import Made, handouts_wanted, make_handouts
from handbook.handouts.papers import FOLDER
from handbook.handouts.press import PressError, warm_up

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

_contents: dict[tuple[str, str], str] = {}
_made: dict[str, Made] = {}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Wake those who print while the pages of the first language are being rendered."""
    if handouts_wanted() and not _made:
        warm_up(config.extra["handbook"].overrides / FOLDER)
    return files


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Keep what each page says."""
    if handouts_wanted():
        language, _, key = page.file.src_uri.partition("/")
        _contents[language, key] = html
    return html


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Print what has been rendered and not printed yet: MkDocs builds one language after the other."""
    wanted = handouts_wanted()
    site = config.extra["handbook"]
    for language in sorted({language for language, _ in _contents} - set(_made)) if wanted else ():
        try:
            _made[language] = make_handouts(site, _contents, language, Path(config.site_dir), wanted)
        except PressError as error:
            raise PluginError(f"{error}.") from None
    return env


@event_priority(-100)
def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    """Tell each page of its handouts."""
    language, _, key = page.file.src_uri.partition("/")
    entry = config.extra["handbook"].catalogue.get(language, key)
    if language in _made and entry is not None:
        handout, sheets = _made[language].of_page(entry)
        context["view"] = replace(context["view"], handout=handout, sheets=sheets)
    return context

"""Publish our own assets alone, each under a name that changes with its content.

A server can then tell browsers to keep them for ever. Style sheets leave their comments and spaces behind, scripts the
comments that fill a line or follow a statement; those of others stay as they are. Whatever else a theme or a plugin
brings stays out of the site.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from jinja2 import pass_context
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from rcssmin import cssmin  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.runtime import Context
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

VENDORED: Final = "assets/vendored/"
_COMMENT: Final = re.compile(r"^[ \t]*//.*\n|(?<=;) //.*$", re.MULTILINE)


@event_priority(-200)
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Drop every file of a theme that is not one of our assets, and give ours their published names."""
    published = config.extra["handbook"].assets
    kept = []
    for file in files:
        if file.is_documentation_page() or str(file.abs_src_path).startswith(config.docs_dir):
            kept.append(file)
        elif file.src_uri in published and str(file.src_dir) == str(config.theme.custom_dir):
            file.dest_uri = published[file.src_uri]
            file.url = file.dest_uri
            if file.src_uri.endswith(".css"):
                file.content_string = cssmin(file.content_string)
            elif file.src_uri.endswith(".js") and not file.src_uri.startswith(VENDORED):
                file.content_string = _COMMENT.sub("", file.content_string)
            kept.append(file)
    for file in list(files):
        files.remove(file)
    for file in kept:
        files.append(file)
    return files


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Let templates write `asset('site.css')`."""
    published = config.extra["handbook"].assets

    @pass_context
    def asset(context: Context, name: str) -> str:
        if f"assets/{name}" not in published:
            raise PluginError(f"a template asks for overrides/assets/{name}, which does not exist")
        return f"{context['base_url'].rstrip('/')}/{published[f'assets/{name}']}"

    env.globals["asset"] = asset
    return env

"""Give every page its address: a prefix for each language, and that language's own words after it.

mkdocs-static-i18n 1.3.1 decides addresses in its own `on_files` (priority -100), so this one runs after it. That plugin
passes a file's path where MkDocs expects the folder to write to, and stores the path to write; unless both are set
right, the page lands at its old place or in the working directory.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.plugins import event_priority

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files


@event_priority(-200)
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Move each page, and each of its counterparts in other languages, to the address the catalogue names."""
    catalogue = config.extra["handbook"].catalogue
    for file in files.documentation_pages():
        for counterpart in {id(one): one for one in (file, *getattr(file, "alternates", {}).values())}.values():
            language, _, key = counterpart.src_uri.partition("/")
            entry = catalogue.get(language, key)
            if entry is not None:
                _move(counterpart, f"{entry.address}index.html", config)
    for file in files.media_files():
        language = getattr(file, "localization", None)
        if language and not file.dest_uri.startswith(f"{language}/"):
            _move(file, f"{language}/{file.dest_uri}", config)
    return files


def _move(file: File, destination: str, config: MkDocsConfig) -> None:
    file.dest_dir = config.site_dir
    file.dest_uri = destination
    file.abs_dest_path = str(Path(config.site_dir, destination))
    file.url = file._get_url(config.use_directory_urls)  # MkDocs offers no public way

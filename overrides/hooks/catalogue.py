"""Read the pages' front matter, the editorial data and the interface words once, before MkDocs looks at any file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority

from handbook.editorial.errors import DataError
from handbook.publishing.catalogue import Language
from handbook.publishing.contact import contact_of
from handbook.publishing.site import load_site

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


@event_priority(100)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the site into `config.extra.handbook`, where the other hooks and the templates find it.

    mkdocs-static-i18n builds each further language by building again within the first build; what was read then
    still holds.
    """
    i18n: Any = config.plugins["i18n"]
    if i18n.building:
        return config
    config.theme.dirs = [str(config.theme.custom_dir)]  # Material's 14,000 icons are looked through and never used
    languages = [
        Language.of(language.locale, language.name, language.site_name or config.site_name)
        for language in i18n.config.languages
        if language.build
    ]
    try:
        config.extra["handbook"] = load_site(
            root=Path(config.config_file_path).parent,
            docs=Path(config.docs_dir),
            languages=languages,
            default_language=i18n.default_language,
            nav=config.nav,
            site_url=config.site_url or "/",
            contact=contact_of(config.extra.get("contact")),
        )
    except DataError as error:
        raise PluginError(str(error)) from None
    except ValueError as error:
        raise PluginError(f"mkdocs.yml, extra: contact: {error}") from None
    return config

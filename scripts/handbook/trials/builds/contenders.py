"""Who builds in comparison: how each is installed, how a handbook is laid out for it, and how it is started.

Each gets the same Markdown with the same front matter and menu. The others print our building blocks as they stand in
the text, so they do less; none of them is given checks. Python builders live in environments of their own below the
folder of tools, never in the project's own lock.
"""

from __future__ import annotations

import compileall
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml

import handbook
from handbook.publishing.addresses import address_of
from handbook.reading.front_matter import split_front_matter
from handbook.trials.builds.pages import keys_of, with_menu

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from handbook.trials.builds.pages import Pages

ARTICLES: Final = 5
EXTENSIONS: Final = ("admonition", "attr_list", "tables", "toc")
NAMES: Final = {"en": "English", "nl": "Nederlands"}


@dataclass(frozen=True, slots=True)
class Laid:
    """A handbook laid out for a builder: where each command runs, where the site comes, where its articles are.

    `search` are patterns below the site for what a reader who searches in the first language loads. `leftovers` are
    folders that must go before a first build is a first build.
    """

    commands: Sequence[tuple[Path, Sequence[str]]]
    site: Path
    articles: Sequence[str]
    search: Sequence[str]
    environment: Mapping[str, str]
    leftovers: Sequence[Path] = ()


@dataclass(frozen=True, slots=True)
class Contender:
    """A builder. `missing(tools)` says what is not installed, or nothing; `again` builds what was built just before."""

    name: str
    missing: Callable[[Path], str]
    lay_out: Callable[[Path, Pages, Path, Path], Laid]
    requirements: Sequence[str] = ()
    program: str = ""
    again: bool = False


def articles_of(pages: Pages) -> list[str]:
    """Return a few pages that are articles, spread over the reading order."""
    keys = [key for key in keys_of(list(pages.nav)) if "/" in key and not key.endswith("index.md")]
    return keys[:: max(1, len(keys) // ARTICLES)][:ARTICLES]


def _write(folder: Path, texts: Mapping[str, str], rename: Callable[[str], str] = str) -> None:
    for key, text in texts.items():
        path = folder / rename(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _plain_address(key: str) -> str:
    return key.removesuffix(".md").removesuffix("index").rstrip("/")


# --- Ours ------------------------------------------------------------------------------------------------------------


def slugs_of(texts: Mapping[str, str]) -> dict[str, str]:
    """Return the slugs that pages of a language name in their front matter, by path."""
    found = {key: split_front_matter(text)[0].get("slug") for key, text in texts.items()}
    return {key: slug for key, slug in found.items() if slug}


def lay_out_ours(root: Path, pages: Pages, folder: Path, _tools: Path) -> Laid:
    """Lay out a handbook with our own configuration, templates and data; the program stays where it is.

    Installing a package compiles it, so ours is compiled here, too: no build of others is measured with that.
    """
    for name in ("overrides", "data"):
        shutil.copytree(root / name, folder / name)
    (folder / "scripts/handbook").mkdir(parents=True)
    config = (root / "mkdocs.yml").read_text(encoding="utf-8")
    (folder / "mkdocs.yml").write_text(with_menu(config, pages.nav), encoding="utf-8")
    for language, texts in pages.texts.items():
        _write(folder / "docs" / language, texts)
        shared = root / "docs" / language / "_shared"
        if shared.is_dir():
            shutil.copytree(shared, folder / "docs" / language / "_shared")
    for place in (Path(handbook.__file__).parent, folder / "overrides/hooks"):
        compileall.compile_dir(place, quiet=2)
    first = next(iter(pages.texts))
    slugs = slugs_of(pages.texts[first])
    return Laid(
        commands=[(folder, [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder / "site")])],
        site=folder / "site",
        articles=[address_of(first, key, slugs).rstrip("/") for key in articles_of(pages)],
        search=[f"{first}/search*.json"],
        environment={"NO_MKDOCS_2_WARNING": "1", "XDG_CACHE_HOME": str(folder / ".cache")},
        leftovers=[folder / ".cache"],
    )


# --- MkDocs with Material, and ProperDocs ----------------------------------------------------------------------------


def _stock_configuration(pages: Pages) -> dict[str, Any]:
    languages = [
        {"locale": locale, "name": NAMES.get(locale, locale), "build": True, "default": place == 0}
        for place, locale in enumerate(pages.texts)
    ]
    return {
        "site_name": "Stock",
        "site_url": "https://stock.example/",
        "theme": {"name": "material"},
        "nav": list(pages.nav),
        "plugins": ["search", {"i18n": {"docs_structure": "folder", "languages": languages}}],
        "markdown_extensions": list(EXTENSIONS),
    }


def _stock(program: str) -> Callable[[Path, Pages, Path, Path], Laid]:
    def lay_out(_root: Path, pages: Pages, folder: Path, tools: Path) -> Laid:
        for language, texts in pages.texts.items():
            _write(folder / "docs" / language, texts)
        config = yaml.safe_dump(_stock_configuration(pages), sort_keys=False, allow_unicode=True)
        (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
        name = "stock" if program == "mkdocs" else program
        command = [str(_python(tools, name)), "-m", program, "build", "--quiet", "--config-file", "mkdocs.yml"]
        return Laid(
            commands=[(folder, [*command, "--site-dir", str(folder / "site")])],
            site=folder / "site",
            articles=[_plain_address(key) for key in articles_of(pages)],
            search=["search/search_index.json"],
            environment={"NO_MKDOCS_2_WARNING": "1"},
        )

    return lay_out


# --- Zensical: no languages of its own, so each is a project ---------------------------------------------------------


def lay_out_zensical(_root: Path, pages: Pages, folder: Path, tools: Path) -> Laid:
    """Lay out each language as a project of its own; what is weighed is the first."""
    commands = []
    for language, texts in pages.texts.items():
        place = folder / language
        _write(place / "docs", texts)
        config = {
            "site_name": "Zensical",
            "site_url": f"https://zensical.example/{language}/",
            "theme": {"name": "material", "language": language},
            "nav": list(pages.nav),
            "plugins": ["search"],
            "markdown_extensions": list(EXTENSIONS),
        }
        text = yaml.safe_dump(config, sort_keys=False, allow_unicode=True)
        (place / "mkdocs.yml").write_text(text, encoding="utf-8")
        commands.append((place, [str(_python(tools, "zensical").with_name("zensical")), "build"]))
    first = next(iter(pages.texts))
    return Laid(
        commands=commands,
        site=folder / first / "site",
        articles=[_plain_address(key) for key in articles_of(pages)],
        search=["search*.json", "search/**/*"],
        environment={},
        leftovers=[folder / language / ".cache" for language in pages.texts],
    )


# --- Hugo ------------------------------------------------------------------------------------------------------------

_HUGO_PAGE: Final = """<!doctype html>
<html lang="{{ .Site.Language.Lang }}"><head><meta charset="utf-8"><title>{{ .Title }} · {{ .Site.Title }}</title>
<meta name="description" content="{{ .Description }}"><link rel="canonical" href="{{ .Permalink }}"></head><body>
<nav>{{ range .Translations }}<a href="{{ .RelPermalink }}">{{ .Language.LanguageName }}</a>{{ end }}
<ul>{{ range .Site.Home.Sections }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>
<ul>{{ with .CurrentSection }}{{ range .RegularPages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}
{{ end }}</ul></nav><main>{{ .TableOfContents }}{{ .Content }}</main>
{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</body></html>
"""


def _lay_out_hugo(_root: Path, pages: Pages, folder: Path, _tools: Path) -> Laid:
    for language, texts in pages.texts.items():
        _write(folder / "content" / language, texts, lambda key: key.replace("index.md", "_index.md"))
    languages = {
        locale: {"languageName": NAMES.get(locale, locale), "contentDir": f"content/{locale}", "weight": place}
        for place, locale in enumerate(pages.texts, 1)
    }
    first = next(iter(pages.texts))
    config = {
        "baseURL": "https://hugo.example/",
        "title": "Hugo",
        "defaultContentLanguage": first,
        "defaultContentLanguageInSubdir": True,
        "disableKinds": ["taxonomy", "term", "RSS"],
        "languages": languages,
    }
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    (folder / "layouts/_default").mkdir(parents=True)
    for name in ("single", "list"):
        (folder / f"layouts/_default/{name}.html").write_text(_HUGO_PAGE, encoding="utf-8")
    return Laid(
        commands=[(folder, ["hugo", "--quiet", "--destination", str(folder / "site")])],
        site=folder / "site",
        articles=[f"{first}/{_plain_address(key)}" for key in articles_of(pages)],
        search=[],
        environment={},
        leftovers=[folder / "resources"],
    )


# --- Starlight -------------------------------------------------------------------------------------------------------

_STARLIGHT: Final = """import { defineConfig } from 'astro/config';
import starlight from '@astrojs/starlight';
export default defineConfig({
  site: 'https://starlight.example', outDir: './site', telemetry: false,
  integrations: [starlight({ title: 'Starlight', defaultLocale: 'FIRST', locales: LOCALES })],
});
"""
_STARLIGHT_CONTENT: Final = """import { defineCollection } from 'astro:content';
import { docsLoader } from '@astrojs/starlight/loaders';
import { docsSchema } from '@astrojs/starlight/schema';
export const collections = { docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }) };
"""


def _lay_out_starlight(_root: Path, pages: Pages, folder: Path, tools: Path) -> Laid:
    for language, texts in pages.texts.items():
        plain = {key: _title_only(text) for key, text in texts.items()}
        _write(folder / "src/content/docs" / language, plain)
    first = next(iter(pages.texts))
    locales = {locale: {"label": NAMES.get(locale, locale), "lang": locale} for locale in pages.texts}
    text = _STARLIGHT.replace("FIRST", first).replace("LOCALES", json.dumps(locales))
    (folder / "astro.config.mjs").write_text(text, encoding="utf-8")
    (folder / "src/content.config.mjs").write_text(_STARLIGHT_CONTENT, encoding="utf-8")
    (folder / "package.json").write_text('{"name": "starlight-trial", "type": "module"}', encoding="utf-8")
    (folder / "node_modules").symlink_to((tools / "starlight/node_modules").resolve())
    return Laid(
        commands=[(folder, ["node", "node_modules/astro/astro.js", "build", "--silent"])],
        site=folder / "site",
        articles=[f"{first}/{_plain_address(key)}" for key in articles_of(pages)],
        search=["pagefind/*.js", "pagefind/*.json", "pagefind/wasm.en.pagefind", f"pagefind/index/{first}*"],
        environment={"ASTRO_TELEMETRY_DISABLED": "1"},
        leftovers=[folder / ".astro", folder / "site"],
    )


def _title_only(text: str) -> str:
    """Keep what Starlight's front matter knows: it takes some of our keys for its own, of another kind."""
    matter, body = split_front_matter(text)
    front = {key: str(matter.get(key)) for key in ("title", "description") if matter.get(key)}
    return f"---\n{yaml.safe_dump(front, allow_unicode=True)}---\n\n{body.lstrip()}"


# --- Who there is ----------------------------------------------------------------------------------------------------


def _python(tools: Path, name: str) -> Path:
    return (tools / name / "bin/python").absolute()


def _environment(name: str) -> Callable[[Path], str]:
    return lambda tools: "" if _python(tools, name).exists() else f"{name} is not installed (--install does it)"


def _on_path(program: str) -> Callable[[Path], str]:
    return lambda _tools: "" if shutil.which(program) else f"there is no program {program} on this machine"


def _no_starlight(tools: Path) -> str:
    if not (tools / "starlight/node_modules/@astrojs/starlight").is_dir():
        return "Starlight is not installed (--install does it, with npm)"
    return _on_path("node")(tools)


def _nothing(_tools: Path) -> str:
    return ""


_MATERIAL: Final = ("mkdocs==1.6.1", "mkdocs-material==9.8.1", "mkdocs-static-i18n==1.3.1")
OURS: Final = "ours"
CONTENDERS: Final = (
    Contender(OURS, _nothing, lay_out_ours),
    Contender("ours again", _nothing, lay_out_ours, again=True),
    Contender("stock", _environment("stock"), _stock("mkdocs"), _MATERIAL),
    Contender("properdocs", _environment("properdocs"), _stock("properdocs"), ("properdocs==1.6.7", *_MATERIAL)),
    Contender("zensical", _environment("zensical"), lay_out_zensical, ("zensical==0.0.73",)),
    Contender("hugo", _on_path("hugo"), _lay_out_hugo, program="hugo"),
    Contender("starlight", _no_starlight, _lay_out_starlight, program="npm"),
)
STARLIGHT: Final = ("astro@5.14.1", "@astrojs/starlight@0.36.0")


def install(tools: Path, chosen: Sequence[Contender]) -> Iterator[str]:
    """Install what is missing below the folder of tools; yield a sentence for each that could not be."""
    tools.mkdir(parents=True, exist_ok=True)
    for one in chosen:
        if not one.missing(tools):
            continue
        if one.requirements:
            commands = [
                [sys.executable, "-m", "venv", str(tools / one.name)],
                [str(_python(tools, one.name)), "-m", "pip", "install", "--quiet", *one.requirements],
            ]
        elif one.program == "npm" and shutil.which("npm"):
            (tools / "starlight").mkdir(exist_ok=True)
            commands = [["npm", "install", "--silent", "--prefix", str(tools / "starlight"), *STARLIGHT]]
        else:
            yield one.missing(tools)
            continue
        for command in commands:
            if subprocess.run(command, check=False, env=os.environ).returncode:  # noqa: S603
                yield f"{one.name} could not be installed"
                break

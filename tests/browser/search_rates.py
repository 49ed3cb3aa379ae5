"""How often search puts the right page first, and among the first three.

    .venv/bin/python -m tests.browser.search_rates SITE

asks the built site in the folder SITE everything that stands in `queries/`, in a real browser, and prints what went
wrong and the rates. Queries that stand word for word among the editors' phrases are counted apart: they prove less.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from playwright.sync_api import sync_playwright

from tests.browser.browsing import HERE, find_chromium, read_pages, serving

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Page

ASK = """async ([queries, texts]) => {
  const { search, engine, index } = JSON.parse(document.documentElement.dataset.parts);
  const [{ createIndex }, { default: MiniSearch }, data] =
    await Promise.all([import(search), import(engine), fetch(index).then((answer) => answer.json())]);
  const all = texts ? await (await fetch(index.replace('search.json', 'search-text.json'))).json() : null;
  const searching = await createIndex(MiniSearch, data, all);
  return queries.map((query) => searching.search(query).map(({ page }) => page.url));
}"""
# The button takes the link's place and keeps the addresses to itself, so they are read before any script runs.
REMEMBER = """addEventListener('readystatechange', () => {
  const link = document.querySelector('a[data-search]');
  if (!link || document.documentElement.dataset.parts) return;
  const address = (path) => new URL(path, document.baseURI).href;
  const { search, engine, index } = link.dataset;
  document.documentElement.dataset.parts =
    JSON.stringify({ search: address(search), engine: address(engine), index: address(index) });
}, true);"""


@dataclass(frozen=True)
class Answer:
    """What search answered to one query."""

    query: str
    wanted: tuple[str, ...]
    found: tuple[str, ...]
    listed: bool

    @property
    def first(self) -> bool:
        """Tell whether the first result is right."""
        return bool(self.found) and self.found[0] in self.wanted

    @property
    def among_three(self) -> bool:
        """Tell whether one of the first three results is right."""
        return any(one in self.wanted for one in self.found[:3])


def read_queries(language: str) -> dict[str, tuple[str, ...]]:
    """Return each query with the pages that answer it."""
    loaded = yaml.safe_load((HERE / "queries" / f"{language}.yml").read_text(encoding="utf-8"))
    return {str(query): (wanted,) if isinstance(wanted, str) else tuple(wanted) for query, wanted in loaded.items()}


def ask(page: Page, site: str, folder: Path, language: str, *, texts: bool = True) -> list[Answer]:
    """Ask a site's search every query of a language; without `texts` as in the first moments after loading."""
    queries = read_queries(language)
    keys = {
        entry.address.removeprefix(f"{language}/"): entry.key
        for entry in read_pages().entries.values()
        if entry.language == language
    }
    page.add_init_script(REMEMBER)
    page.goto(f"{site}{language}/")
    results = page.evaluate(ASK, [list(queries), texts])
    index = json.loads((folder / language / "search.json").read_text(encoding="utf-8"))
    listed = {phrase.lower() for one in index["pages"] for phrase in one["phrases"]}
    return [
        Answer(query, wanted, tuple(keys[url] for url in found), query.lower() in listed)
        for (query, wanted), found in zip(queries.items(), results, strict=True)
    ]


def rates(answers: Sequence[Answer]) -> tuple[float, float]:
    """Return the shares of queries with the right page first, and among the first three."""
    total = len(answers)
    return sum(one.first for one in answers) / total, sum(one.among_three for one in answers) / total


def main(folder: Path) -> None:
    """Print the rates of the site in a folder."""
    with sync_playwright() as playwright, serving(folder) as site:
        browser = playwright.chromium.launch(executable_path=find_chromium(playwright), chromium_sandbox=False)
        for language in ("en", "nl"):
            answers = ask(browser.new_page(), site, folder, language)
            for one in answers:
                if not one.first:
                    verdict = "third" if one.among_three else "missed"
                    sys.stdout.write(f"{language} {verdict}: {one.query} -> {', '.join(one.found[:3])}\n")
            for name, some in (("all", answers), ("not listed by editors", [one for one in answers if not one.listed])):
                first, three = rates(some)
                sys.stdout.write(f"{language} {name}: {len(some)} queries, first {first:.1%}, three {three:.1%}\n")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))

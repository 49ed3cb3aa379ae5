"""How often search puts the right page first, and among the first three.

    .venv/bin/python -m tests.browser.search_rates SITE

asks the built site in the folder SITE everything that stands in `queries/`, in a real browser, and prints the rates of
each set: `own`, which search was made with; `learned`, whose misses its words and weights were widened for; and `held`,
looked at as a number only, which is the one to believe. What went wrong is listed for the first two. Queries that stand
word for word among the editors' phrases are counted apart: they prove less. All are asked once more with a slip in the
longest word.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import yaml
from playwright.sync_api import sync_playwright

from handbook.editorial.search_words import load_search_words
from tests.browser.browsing import HERE, ROOT, built_site, find_chromium, read_pages, serving

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from playwright.sync_api import Page

KINDS = ("own", "learned", "held")
SHORTEST_WITH_A_SLIP = 6
ASK = """async ([queries, texts]) => {
  const { search, engine, index } = JSON.parse(document.documentElement.dataset.parts);
  const [{ createIndex }, { default: MiniSearch }, data] =
    await Promise.all([import(search), import(engine), fetch(index).then((answer) => answer.json())]);
  const searching = createIndex(data);
  if (texts) {
    const all = await (await fetch(index.replace('search.json', 'search-text.json'))).json();
    await searching.read(MiniSearch, all);
    await searching.learn();
  }
  return queries.map((query) => searching.search(query).map(({ page }) => page.url));
}"""
CRISIS = """async (queries) => {
  const { search, index } = JSON.parse(document.documentElement.dataset.parts);
  const [{ createIndex }, data] = await Promise.all([import(search), fetch(index).then((answer) => answer.json())]);
  const searching = createIndex(data);
  return queries.filter((query) => searching.isCrisis(query));
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


def read_queries(language: str, kind: str = "own") -> dict[str, tuple[str, ...]]:
    """Return each query of a set with the pages that answer it."""
    loaded = yaml.safe_load((HERE / "queries" / kind / f"{language}.yml").read_text(encoding="utf-8"))
    return {str(query): (wanted,) if isinstance(wanted, str) else tuple(wanted) for query, wanted in loaded.items()}


def with_a_slip(queries: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return those queries that have a long word, with two letters in the midst of the longest one swapped."""
    slips = {}
    for query, wanted in queries.items():
        longest = max(query.split(), key=len)
        at = len(longest) // 2
        slip = longest[: at - 1] + longest[at] + longest[at - 1] + longest[at + 1 :]
        if len(longest) >= SHORTEST_WITH_A_SLIP and slip != longest:
            slips[query.replace(longest, slip)] = wanted
    return slips


def ask(
    page: Page, site: str, language: str, kind: str = "own", *, texts: bool = True, slips: bool = False
) -> list[Answer]:
    """Ask a site's search every query of a set; without `texts` as in the first moments after loading.

    With `slips` it is asked those that have a long word, misspelt.
    """
    queries = read_queries(language, kind)
    if slips:
        queries = with_a_slip(queries)
    keys = {
        entry.address.removeprefix(f"{language}/") or "./": entry.key
        for entry in read_pages().entries.values()
        if entry.language == language
    }
    page.add_init_script(REMEMBER)
    page.goto(f"{site}{language}/")
    results = page.evaluate(ASK, [list(queries), texts])
    editorial = load_search_words(ROOT / "data" / "search" / f"{language}.yml")
    listed = {phrase.lower() for phrases in editorial.phrases.values() for phrase in phrases}
    return [
        Answer(query, wanted, tuple(keys[url] for url in found), query.lower() in listed)
        for (query, wanted), found in zip(queries.items(), results, strict=True)
    ]


def crises_among(page: Page, site: str, language: str, queries: Sequence[str]) -> set[str]:
    """Return those queries at which a site's search shows the card with help."""
    page.add_init_script(REMEMBER)
    page.goto(f"{site}{language}/")
    return set(page.evaluate(CRISIS, list(queries)))


def rates(answers: Sequence[Answer]) -> tuple[float, float]:
    """Return the shares of queries with the right page first, and among the first three."""
    total = len(answers)
    return sum(one.first for one in answers) / total, sum(one.among_three for one in answers) / total


def main(folder: Path) -> None:
    """Print the rates of the site in a folder."""
    lines = [f"{'':2} {'queries':20} {'':>5} {'first':>7} {'three':>7}"]
    with sync_playwright() as playwright, serving(folder) as site:
        browser = playwright.chromium.launch(executable_path=find_chromium(playwright), chromium_sandbox=False)
        for language, kind in product(("en", "nl"), KINDS):
            answers = ask(browser.new_page(), site, language, kind)
            for one in answers:
                if not one.first and kind != "held":
                    verdict = "third" if one.among_three else "missed"
                    sys.stdout.write(f"{language} {kind} {verdict}: {one.query} -> {', '.join(one.found[:3])}\n")
            own = [one for one in answers if not one.listed]
            slips = ask(browser.new_page(), site, language, kind, slips=True)
            lines += [_line(language, kind, answers), _line(language, f"{kind}, not listed", own)]
            lines.append(_line(language, f"{kind}, with a slip", slips))
        browser.close()
    sys.stdout.write("\n".join(lines) + "\n")


def _line(language: str, name: str, answers: Sequence[Answer]) -> str:
    first, three = rates(answers)
    return f"{language} {name:20} {len(answers):5} {first:7.1%} {three:7.1%}"


if __name__ == "__main__":
    main(built_site(sys.argv[1:]))

"""What a first visit costs, beside the same texts in stock Material for MkDocs.

    .venv/bin/python -m tests.browser.weights

takes the built site in `site/` (or the folder named behind it), builds `docs/` once more in a temporary
folder with the stock theme and mkdocs-static-i18n alone, visits a page of each kind in both with a cold cache, and
prints bytes (as sent, with gzip) and requests. What a page asks of other servers is counted as requests and blocked.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from playwright.sync_api import sync_playwright

from tests.browser.browsing import DESK, ROOT, built_site, find_chromium, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Request, Route

KINDS: Final = {
    "home": "index.md", "help": "help-now.md", "section": "needs/index.md", "article": "needs/boundaries.md",
    "worksheet": "coping/inventory.md", "for therapists": "therapists/interpersonal-messages.md",
    "list": "about/glossary.md",
}  # fmt: skip
STOCK: Final = """site_name: Secure Base
site_url: https://secure-base.example/
theme: {name: material}
markdown_extensions: [admonition, attr_list, tables, pymdownx.tasklist]
plugins:
  - search
  - i18n:
      docs_structure: folder
      languages:
        - {locale: en, name: English, default: true, build: true}
        - {locale: nl, name: Nederlands, build: true}
"""


@dataclass(frozen=True, slots=True)
class Visit:
    """What one first visit asked: bytes and requests here, requests elsewhere."""

    bytes: int
    requests: int
    elsewhere: int


def build_stock(folder: Path) -> Path:
    """Build the texts with the stock theme; return the site."""
    shutil.copytree(ROOT / "docs", folder / "docs", ignore=shutil.ignore_patterns("_shared"))
    (folder / "mkdocs.yml").write_text(STOCK, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet"],
        cwd=folder,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"weights: the stock theme does not build: {done.stderr[-500:]}")
    return folder / "site"


def visit(browser: Browser, site: Path, addresses: dict[str, str], policy: str) -> Iterator[tuple[str, Visit]]:
    """Visit pages of a site, each with a cache of its own."""
    sent: list[int] = []
    with serving(site, policy=policy, sent=sent) as server:
        for kind, address in addresses.items():
            sent.clear()
            elsewhere: list[str] = []

            def block(route: Route, request: Request, home: str = server, noted: list[str] = elsewhere) -> None:
                if request.url.startswith((home, "data:", "blob:")):
                    route.continue_()
                else:
                    noted.append(request.url)
                    route.abort()

            context = browser.new_context(viewport=DESK)  # type: ignore[arg-type]
            context.route("**/*", block)
            page = context.new_page()
            page.goto(server + address)
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(500)
            context.close()
            yield kind, Visit(sum(sent), len(sent), len(elsewhere))


def main(site: Path) -> None:
    """Print the table."""
    ours = {kind: "en/" + key.removesuffix("index.md").removesuffix(".md") for kind, key in KINDS.items()}
    ours = {kind: address if address.endswith("/") else address + "/" for kind, address in ours.items()}
    stock = {kind: address.removeprefix("en/") for kind, address in ours.items()}
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as scratch:
        other = build_stock(Path(scratch))
        browser = playwright.chromium.launch(executable_path=find_chromium(playwright), chromium_sandbox=False)
        here = dict(visit(browser, site, ours, "default-src 'self'; style-src 'self'; script-src 'self'"))
        there = dict(visit(browser, other, stock, ""))
        browser.close()
    sys.stdout.write(f"{'':15} {'here':>18} {'stock Material':>32}\n{'page':15} {'KB':>7} {'requests':>10}")
    sys.stdout.write(f" {'KB':>9} {'requests':>10} {'elsewhere':>11}\n")
    for kind, one in here.items():
        two = there[kind]
        sys.stdout.write(f"{kind:15} {one.bytes / 1000:7.1f} {one.requests:10} {two.bytes / 1000:9.1f}")
        sys.stdout.write(f" {two.requests:10} {two.elsewhere:11}\n")


if __name__ == "__main__":
    main(built_site(sys.argv[1:]))

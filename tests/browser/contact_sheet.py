"""One page with a picture of each kind of page, so that a person can look at all of them at once.

    .venv/bin/python -m tests.browser.contact_sheet

photographs the built site in `site/` (or the folder named behind it, into a second one): chosen pages, in both
languages, on a phone and on a desk, by day and by night, and writes the pictures and an `index.html` that shows them
into `.cache/pictures`.
"""

from __future__ import annotations

import sys
from html import escape
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Final

from playwright.sync_api import sync_playwright

from tests.browser.browsing import DESK, PHONE, ROOT, built_site, find_chromium, read_pages, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

KEYS: Final = (
    "index.md", "help-now.md", "needs/index.md", "needs/boundaries.md", "feelings/grounding-and-breathing.md",
    "coping/inventory.md", "therapists/interpersonal-messages.md", "worksheets/index.md", "about/glossary.md",
    "about/evidence-and-debates.md", "about/translation-status.md",
)  # fmt: skip
SIZES: Final = {"phone": PHONE, "desk": DESK}
SCHEMES: Final = ("light", "dark")
WHOLE: Final = 2600  # pixels: what lies below shows nothing new
STYLE: Final = (
    "body{font:1rem sans-serif;margin:2rem}figure{display:inline-block;margin:0 1rem 1rem 0;vertical-align:top}"
)


def addresses() -> Iterator[str]:
    """Yield the address of each chosen page, both languages beside each other."""
    pages = {(entry.key, entry.language): entry.address for entry in read_pages().entries.values()}
    yield ""
    for key, language in product(KEYS, ("en", "nl")):
        yield pages[key, language]
    yield "no/such/page/"


def photograph(browser: Browser, site: str, folder: Path) -> Iterator[tuple[str, str]]:
    """Write a picture of each page in each mode; yield what it shows and the name of its file."""
    for (size, viewport), scheme in product(SIZES.items(), SCHEMES):
        context = browser.new_context(viewport=viewport, color_scheme=scheme, locale="fr")  # type: ignore[arg-type]
        page = context.new_page()
        for address in addresses():
            page.goto(site + address)
            height = min(page.evaluate("document.documentElement.scrollHeight"), WHOLE)
            page.set_viewport_size({"width": viewport["width"], "height": height})
            name = f"{address.strip('/').replace('/', '-') or 'root'}-{size}-{scheme}.png"
            page.screenshot(path=folder / name)
            page.set_viewport_size(viewport)  # type: ignore[arg-type]
            yield f"/{address} · {size} · {scheme}", name
        context.close()


def main(site: Path, folder: Path) -> None:
    """Photograph a built site into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, serving(site) as address:
        path = find_chromium(playwright)
        if path is None:
            sys.exit("pictures: there is no Chromium; install one or name it in $CHROMIUM")
        browser = playwright.chromium.launch(executable_path=path, chromium_sandbox=False)
        figures = [
            f'<figure><a href="{name}"><img src="{name}" width="{180 if "phone" in name else 360}" alt=""></a>'
            f"<figcaption>{escape(shown)}</figcaption></figure>"
            for shown, name in photograph(browser, address, folder)
        ]
        browser.close()
    head = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Pictures</title><style>{STYLE}</style>'
    (folder / "index.html").write_text(head + "\n".join(figures), encoding="utf-8")
    sys.stdout.write(f"{len(figures)} pictures: {folder / 'index.html'}\n")


if __name__ == "__main__":
    main(built_site(sys.argv[1:]), Path(sys.argv[2]) if sys.argv[2:] else ROOT / ".cache" / "pictures")

"""What Lighthouse says about the site on a phone with a slow line, served as in production.

    .venv/bin/python -m tests.browser.lighthouse

builds nothing: it asks the built site in `site/` (or the folder named behind it), behind nginx with the
configuration that `handbook configure` prints and the files compressed beforehand, and prints a table. It needs nginx,
a Chromium, and Node's `npx`, which fetches Lighthouse itself; so no test depends on it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from playwright.sync_api import sync_playwright

from handbook.publishing.releases import publish
from tests.browser.browsing import built_site, find_chromium
from tests.servers.conftest import encoders, running

if TYPE_CHECKING:
    from collections.abc import Iterator

LIGHTHOUSE: Final = "lighthouse@13.5.0"
PAGES: Final = (
    "en/", "nl/",
    "en/needs/boundaries/", "nl/basisbehoeften/grenzen/",
    "en/help-now/", "nl/direct-hulp/",
    "en/coping/inventory/", "nl/coping/copingkaart/",
)  # fmt: skip
CATEGORIES: Final = ("performance", "accessibility", "best-practices", "seo")
PASSED: Final = 0.9
LONGEST: Final = 300  # seconds a page may take


@dataclass(frozen=True, slots=True)
class Verdict:
    """What Lighthouse found on one page; times in milliseconds, scores from 0 to 100."""

    address: str
    scores: tuple[int, ...]
    largest_paint: float
    blocking: float
    shift: float
    complaints: tuple[str, ...]


def judge(address: str, report: dict[str, Any]) -> Verdict:
    """Read Lighthouse's report of a page."""
    audits = report["audits"]
    asked = {one["id"] for name in CATEGORIES for one in report["categories"][name]["auditRefs"] if one["weight"]}
    return Verdict(
        address,
        tuple(round(100 * (report["categories"][name]["score"] or 0)) for name in CATEGORIES),
        audits["largest-contentful-paint"]["numericValue"],
        audits["total-blocking-time"]["numericValue"],
        audits["cumulative-layout-shift"]["numericValue"],
        tuple(name for name in sorted(asked) if (score := audits[name]["score"]) is not None and score < PASSED),
    )


def ask(site: str, browser: str) -> Iterator[Verdict]:
    """Let Lighthouse look at each page as a phone would."""
    npx = shutil.which("npx")
    if npx is None:
        sys.exit("lighthouse: there is no npx on this machine; install Node (on Debian: sudo apt install npm)")
    for address in PAGES:
        command = [npx, "--yes", LIGHTHOUSE, site + address, "--quiet", "--output=json", "--output-path=stdout"]
        command += [f"--only-categories={','.join(CATEGORIES)}"]
        command += ["--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-background-networking"]
        done = subprocess.run(
            command,
            env={**os.environ, "CHROME_PATH": browser},
            capture_output=True,
            text=True,
            timeout=LONGEST,
            check=False,
        )
        if done.returncode:
            sys.exit(f"lighthouse: {address}: {done.stderr.strip()[-500:]}")
        yield judge(address, json.loads(done.stdout))


def main(site: Path) -> None:
    """Print the table of a built site."""
    with sync_playwright() as playwright:
        browser = find_chromium(playwright)
    if browser is None:
        sys.exit("lighthouse: there is no Chromium; install one or name it in $CHROMIUM")
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if nginx is None:
        sys.exit("lighthouse: there is no nginx to serve the site as in production (on Debian: sudo apt install nginx)")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "srv"
        publish(site, folder, encoders())
        with running("nginx", nginx, folder, site) as server:
            sys.stdout.write(f"{'page':30} perf  a11y  best   seo   LCP s  TBT ms   CLS\n")
            for one in ask(f"http://127.0.0.1:{server.port}/", browser):
                scores = " ".join(f"{score:5}" for score in one.scores)
                times = f"{one.largest_paint / 1000:7.2f} {one.blocking:7.0f} {one.shift:5.3f}"
                sys.stdout.write(f"{one.address:29} {scores} {times}  {' '.join(one.complaints)}\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main(built_site(sys.argv[1:]))

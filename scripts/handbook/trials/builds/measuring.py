"""Runs a builder as a process of its own and weighs what it made."""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborHTMLParser

from handbook.trials.starting import bound

if TYPE_CHECKING:
    import resource
    from collections.abc import Iterator, Mapping, Sequence

MIB: Final = 1024  # ru_maxrss counts KiB on Linux
LOOK_EVERY: Final = 0.1
"""Seconds between two looks at the memory of a build's processes together; that of the largest one counts by itself."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one build took: seconds on the clock and of the processor, and the most MiB held by all its processes.

    `load` is the machine's load average when it began: how many processes wanted a processor in the minute before.
    """

    wall: float
    cpu: float
    memory: float
    load: float = 0.0


@dataclass(frozen=True, slots=True)
class Weight:
    """Bytes: of an article's HTML (the median), of that with its styles and scripts, and of what search loads."""

    page: int
    page_with_assets: int
    search: int


class BuildFailedError(Exception):
    """A builder gave up; the words are the last it said."""


def build(command: Sequence[str], folder: Path, environment: Mapping[str, str], longest: float) -> Run:
    """Run a builder to its end; BuildFailedError where it fails or takes more than `longest` seconds."""
    log = folder.with_name(f"{folder.name}.log")
    load = os.getloadavg()[0]
    with log.open("wb") as output:
        begun = time.monotonic()
        process = subprocess.Popen(  # noqa: S603  (commands that `contenders` names)
            bound(command),
            cwd=folder,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        status, usage, held = _wait(process.pid, begun + longest)
        wall = time.monotonic() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        lines = log.read_text(encoding="utf-8", errors="replace").split("\n")
        said = next((line.strip() for line in reversed(lines) if line.strip()), "nothing")
        raise BuildFailedError(said if process.returncode > 0 else f"stopped after {longest:.0f} s; it said: {said}")
    return Run(wall, usage.ru_utime + usage.ru_stime, max(held, usage.ru_maxrss) / MIB, load)


def _wait(pid: int, until: float) -> tuple[int, resource.struct_rusage, int]:
    """Wait for a process and all it started; end it where the time is over. Return the most KiB they were seen with."""
    held, next_look = 0, 0.0
    while True:
        done, status, usage = os.wait4(pid, os.WNOHANG)
        if done:
            return status, usage, held
        now = time.monotonic()
        if now > until:
            os.killpg(pid, 9)
            _, status, usage = os.wait4(pid, 0)
            return status, usage, held
        if now > next_look:
            held, next_look = max(held, memory_of_family(pid)), now + LOOK_EVERY
        time.sleep(0.005)


def memory_of_family(pid: int) -> int:
    """Return the KiB that a process and all below it hold; what several share counts once (PSS). 0 without /proc."""
    own = Path("/proc", str(pid))
    try:
        lines = (own / "smaps_rollup").read_text(encoding="ascii").splitlines()
        below = {child for task in (own / "task").iterdir() for child in (task / "children").read_text().split()}
    except (OSError, UnicodeDecodeError):  # it has ended meanwhile, or this is no Linux
        return 0
    held = next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
    return held + sum(memory_of_family(int(child)) for child in below)


def weigh(site: Path, articles: Sequence[str], search: Sequence[str]) -> Weight:
    """Weigh a built site: the articles at these addresses, and what fits these patterns below the site."""
    pages = [path for address in articles if (path := site / address / "index.html").is_file()]
    if not pages:
        message = f"none of the articles is where it should be, such as {articles[0]}"
        raise BuildFailedError(message)
    found = {path for pattern in search for path in site.glob(pattern) if path.is_file()}
    return Weight(
        page=round(median(path.stat().st_size for path in pages)),
        page_with_assets=round(median(path.stat().st_size + sum(_assets(path, site)) for path in pages)),
        search=sum(path.stat().st_size for path in found),
    )


def _assets(page: Path, site: Path) -> Iterator[int]:
    """Yield the bytes of each style sheet and script of the site itself that a page names."""
    html = LexborHTMLParser(page.read_text(encoding="utf-8"))
    named = {node.attributes.get("src") for node in html.css("script[src]")}
    named |= {node.attributes.get("href") for node in html.css("link[rel=stylesheet]")}
    for name in named:
        address = (name or "").partition("?")[0]
        path = site / address.lstrip("/") if address.startswith("/") else page.parent / address
        if address and "//" not in address and path.is_file():
            yield path.stat().st_size

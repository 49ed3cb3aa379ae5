"""Prints papers: HTML in, tagged PDF out (PDF/UA-1), the same bytes for the same HTML on every machine.

WeasyPrint does the work, with the fonts that stand beside the templates and no others. It needs Pango, which is a
library of the machine and no Python package; where that is missing, everything else of the handbook works.
"""

from __future__ import annotations

import gc
import hashlib
import logging
import os
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from handbook.handouts.papers import Paper

CACHE: Final = Path(".cache/handouts")
PACKAGES: Final = ("weasyprint", "pydyf", "fonttools", "tinyhtml5")
"""Whose version decides what comes out."""
OPTIONS: Final[Mapping[str, Any]] = {"pdf_variant": "pdf/ua-1", "pdf_tags": True, "pdf_forms": True}
LOOSE: Final = 'class="sheet '
TIGHT: Final = 'class="sheet tight '
"""A worksheet has one sheet of paper; one that needs more is set a second time, closer."""
LIBRARIES: Final = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
"""What Debian calls the libraries that WeasyPrint needs."""


class PressError(Exception):
    """Papers cannot be printed on this machine, or one of them is broken; the message says why, in a sentence."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper as a PDF, and how many sheets it has."""

    pdf: bytes
    sheets: int


def missing() -> str:
    """Return a sentence that says what printing lacks on this machine; empty where nothing is missing."""
    try:
        import weasyprint  # noqa: F401, PLC0415  (half a second, and only for those who print)
    except OSError:
        return f"Pango is missing, which PDFs are made with; on Debian or Ubuntu: sudo apt install {LIBRARIES}"
    except ImportError as error:
        return f"the package {error.name} is missing; `make setup` installs it"
    return ""


def print_all(
    papers: Sequence[Paper], folder: Path, cache_folder: Path | None, workers: int | None = None
) -> Iterator[tuple[Paper, Printed]]:
    """Yield each paper with its PDF, the longest first; PressError where one cannot be printed.

    `folder` holds the style sheet and the fonts. What was printed before from the same HTML, style and fonts is taken
    from `cache_folder`, if there is one.
    """
    edition = _edition(folder)
    keys = {paper.path: hashlib.sha256(edition + paper.html.encode()).hexdigest() for paper in papers}
    open_ones = []
    for paper in papers:
        found = _kept(cache_folder, keys[paper.path])
        if found is None:
            open_ones.append(paper)
        else:
            yield paper, found
    open_ones.sort(key=lambda paper: len(paper.html), reverse=True)
    for paper, made in zip(open_ones, _print(open_ones, folder, workers), strict=True):
        if cache_folder is not None:
            _keep(cache_folder, keys[paper.path], made)
        yield paper, made


def _print(papers: Sequence[Paper], folder: Path, workers: int | None) -> Iterator[Printed]:
    if not papers:
        return
    if sentence := missing():
        raise PressError(sentence)
    count = min(workers or os.cpu_count() or 1, len(papers))
    if count == 1:
        yield from (_take(paper, print_one(paper, folder)) for paper in papers)
        return
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
        answers: Iterable[tuple[Printed, list[str]]] = pool.map(print_one, papers, [folder] * len(papers))
        for paper, answer in zip(papers, answers, strict=True):
            yield _take(paper, answer)


def _take(paper: Paper, answer: tuple[Printed, list[str]]) -> Printed:
    printed, complaints = answer
    if complaints:
        message = f"{paper.path}: {complaints[0].rstrip('.')}"
        raise PressError(message)
    return printed


def print_one(paper: Paper, folder: Path) -> tuple[Printed, list[str]]:
    """Print a paper; return it and what WeasyPrint had to complain of."""
    # A book is a million small things that all stay alive; looking through them for litter takes a fifth of the time.
    gc.disable()
    log = logging.getLogger("weasyprint")
    heard = _Heard(logging.WARNING)
    log.addHandler(heard)
    log.propagate = False
    try:
        document = _set(paper.html, folder)
        if paper.section and len(document.pages) > 1:
            document = _set(paper.html.replace(LOOSE, TIGHT, 1), folder)
            if len(document.pages) > 1:
                heard.complaints.append("this worksheet does not fit on one sheet of paper")
        pdf = document.write_pdf(pdf_identifier=paper.identifier, **OPTIONS)
        return Printed(pdf, len(document.pages)), heard.complaints
    finally:
        log.removeHandler(heard)
        gc.enable()


def _set(html: str, folder: Path) -> Any:
    """Set a paper's pages."""
    import weasyprint  # noqa: PLC0415

    style, fonts = _style(folder)
    source = weasyprint.HTML(string=html, base_url=f"{folder.as_uri()}/", url_fetcher=_only_below(folder))
    return source.render(font_config=fonts, stylesheets=[style], **OPTIONS)


@cache
def _style(folder: Path) -> tuple[Any, Any]:
    """Read the style sheet and its fonts once a process."""
    import weasyprint  # noqa: PLC0415
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    fonts = FontConfiguration()
    return weasyprint.CSS(filename=folder / "print.css", font_config=fonts), fonts


def _only_below(folder: Path) -> Any:
    """Return what fetches files for WeasyPrint: those of the folder, and nothing from anywhere else."""
    from weasyprint import URLFetcher  # noqa: PLC0415

    below = f"{folder.as_uri()}/"

    class Fetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if not url.startswith(below):
                message = f"a paper asks for {url}"
                raise PressError(message)
            return super().fetch(url, headers)

    return Fetcher()


class _Heard(logging.Handler):
    """Remembers what WeasyPrint said; it never stops by itself."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.complaints: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.complaints.append(record.getMessage())


def _edition(folder: Path) -> bytes:
    """Return what tells one way of printing from another: the style, the fonts and the programs."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".css", ".woff2"}:
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    for name in PACKAGES:
        digest.update(f"{name} {metadata.version(name)}\n".encode())
    return digest.digest()


def _kept(folder: Path | None, key: str) -> Printed | None:
    if folder is None:
        return None
    try:
        sheets, pdf = (folder / key).read_bytes().split(b"\n", 1)
        return Printed(pdf, int(sheets))
    except (OSError, ValueError):
        return None


def _keep(folder: Path, key: str, printed: Printed) -> None:
    """Keep a PDF for the next time; whole or not at all, and a disk that does not let it is no reason to stop."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
            file.write(b"%d\n" % printed.sheets + printed.pdf)
        Path(file.name).replace(folder / key)
    except OSError:
        return

"""Prints papers: HTML in, tagged PDF out (PDF/UA-1), the same bytes for the same HTML on every machine.

WeasyPrint does the work, with the fonts that stand beside the templates and no others. It needs Pango, which is a
library of the machine and no Python package; where that is missing, everything else of the handbook works. Each paper
is read again as soon as it is printed (`proof.py`), and one with a fault is not handed out.
"""

from __future__ import annotations

import gc
import hashlib
import logging
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from handbook.handouts.proof import faults
from handbook.reading.processes import end_with_starter, processes_allowed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from handbook.handouts.papers import Paper

CACHE: Final = Path(".cache/handouts")
PACKAGES: Final = ("weasyprint", "pydyf", "fonttools", "tinyhtml5", "tinycss2", "cssselect2", "pyphen")
"""Whose version decides what comes out; so does that of Pango."""
PROGRAMS: Final = ("press.py", "proof.py")
"""Our own part in it. What else we do to a paper stands in its HTML."""
OPTIONS: Final[Mapping[str, Any]] = {"pdf_variant": "pdf/ua-1", "pdf_tags": True, "pdf_forms": True}
SHEET: Final = 'class="sheet '
SETTINGS: Final = ("roomy ", "", "tight ")
"""A worksheet has one sheet of paper: it is set as roomy as that sheet lets it be."""
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


def print_all(papers: Sequence[Paper], folder: Path, cache_folder: Path | None) -> Iterator[tuple[Paper, Printed]]:
    """Yield each paper with its PDF, the longest first; PressError where one cannot be printed.

    As many processes print as a build may use. `folder` holds the style sheet and the fonts. What was printed before
    from the same HTML, style and fonts is taken from `cache_folder`, if there is one; what is kept there for papers
    that are no more is thrown away.
    """
    if sentence := missing():
        raise PressError(sentence)
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
    for paper, made in zip(open_ones, _print(open_ones, folder), strict=True):
        if cache_folder is not None:
            _keep(cache_folder, keys[paper.path], made)
        yield paper, made
    if cache_folder is not None:
        _forget_others(cache_folder, frozenset(keys.values()))


def warm_up(folder: Path) -> None:
    """Let the processes that will print get ready while there is something else to do, unless only one is allowed."""
    count = processes_allowed()
    if count > 1 and not missing():
        for _ in range(count):
            _press(count).submit(_style, folder)


@cache
def _press(count: int) -> ProcessPoolExecutor:
    """Return the processes that print. They last as long as ours: a second language finds them warm."""
    return ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=end_with_starter)


def _print(papers: Sequence[Paper], folder: Path) -> Iterator[Printed]:
    count = processes_allowed()
    if min(count, len(papers)) <= 1:
        yield from (_take(paper, print_one(paper, folder)) for paper in papers)
        return
    answers: Iterable[tuple[Printed, list[str]]] = _press(count).map(print_one, papers, [folder] * len(papers))
    for paper, answer in zip(papers, answers, strict=True):
        yield _take(paper, answer)


def _take(paper: Paper, answer: tuple[Printed, list[str]]) -> Printed:
    printed, complaints = answer
    if complaints:
        message = f"{paper.path}: {complaints[0].rstrip('.')}"
        raise PressError(message)
    return printed


def print_one(paper: Paper, folder: Path) -> tuple[Printed, list[str]]:
    """Print a paper and read it again; return it, and what WeasyPrint or the proof had to complain of."""
    # A book is a million small things that all stay alive; looking through them for litter takes a fifth of the time.
    gc.disable()
    log = logging.getLogger("weasyprint")
    heard = _Heard(logging.WARNING)
    log.addHandler(heard)
    log.propagate = False
    try:
        for setting in SETTINGS if paper.section else ("",):
            document = _set(paper.html.replace(SHEET, SHEET + setting, 1), folder)
            if len(document.pages) == 1:
                break
        # Without an identifier: no reader needs one, and it has every object written, and every stream packed, twice.
        printed = Printed(document.write_pdf(**OPTIONS), len(document.pages))
        return printed, heard.complaints or list(faults(printed.pdf, paper))
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

    _look_up_pages_once()
    fonts = FontConfiguration()
    return weasyprint.CSS(filename=folder / "print.css", font_config=fonts), fonts


def _look_up_pages_once() -> None:
    """Let pydyf remember which object is which page.

    It makes the list of all pages anew for each of the elements in the structure of a PDF that say on which page they
    stand: seven million times in a book of 250 pages, a tenth of its printing. The list only ever grows.
    """
    from weasyprint import pdf as writer  # noqa: PLC0415

    def page_references(pdf: Any) -> tuple[bytes, ...]:
        numbers = pdf.pages["Kids"][::3] if len(getattr(pdf, "known", ())) != pdf.pages["Count"] else ()
        if numbers:
            pdf.known = tuple(b"%d 0 R" % number for number in numbers)
        known: tuple[bytes, ...] = getattr(pdf, "known", ())
        return known

    writer.pydyf.PDF.page_references = property(page_references)


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
    from weasyprint.text.ffi import pango  # noqa: PLC0415

    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".css", ".woff2"}:
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    for name in PACKAGES:
        digest.update(f"{name} {metadata.version(name)}\n".encode())
    for name in PROGRAMS:
        digest.update(Path(__file__).with_name(name).read_bytes())
    digest.update(f"pango {pango.pango_version()}".encode())
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


def _forget_others(folder: Path, keys: frozenset[str]) -> None:
    """Throw away what is kept for papers that no longer are what they were."""
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name not in keys:
            path.unlink(missing_ok=True)

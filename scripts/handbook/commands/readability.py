"""`handbook readability`: how hard each client page is to read, as a table, the hardest figures marked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from handbook.commands.refusal import refuse

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from handbook.editorial.readability import Limits, Measure
    from handbook.model.page import Page

TITLES: Final = (
    "Words", "Mean sentence", "Longest", "Long, %", "Ease", "Ease, all words", "SMOG", "Longest paragraph, words",
    "Sentences",
)  # fmt: skip
MARKS: Final = {"good": " ", "warn": "?", "fail": "!"}


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "readability",
        help="measure how hard client pages are to read",
        description="Prints the figures of every client page; ? is beyond the warning, ! beyond the limit.",
        epilog="Exit code: 0 all pages within the limits, 1 one beyond, 2 no readable project.",
    )
    parser.add_argument("--format", choices=("text", "markdown"), default="text", help="how to print (default: text)")
    parser.add_argument("--root", type=Path, default=Path(), metavar="DIR", help="the folder with mkdocs.yml")


def run(args: argparse.Namespace) -> int:
    """Measure and print."""
    from handbook.commands.layers import settings_for  # noqa: PLC0415  (heavy, see handbook.cli)
    from handbook.editorial.handbook_data import load_handbook_data  # noqa: PLC0415
    from handbook.editorial.readability import measure  # noqa: PLC0415
    from handbook.reading.configuration import NotAProjectError  # noqa: PLC0415
    from handbook.reading.project import read_project  # noqa: PLC0415

    try:
        project = read_project(args.root, settings_for, render=False, site=False)
    except NotAProjectError as error:
        return refuse(str(error))
    limits = load_handbook_data(project.root).limits
    if limits is None:
        return refuse("this project has no data/readability.yml that can be read.")
    pages = [
        page for page in project.pages if page.front_matter.get("audience") == "client" and page.language in limits
    ]
    rows = [(page, list(_cells(page, measure(page, limits[page.language]), limits[page.language]))) for page in pages]
    for line in _markdown(rows) if args.format == "markdown" else _text(rows):
        print(line)
    marks = [cell[-1] for _, cells in rows for cell in cells]
    warned, beyond = (
        sum(any(cell.endswith(mark) for cell in cells) for _, cells in rows) for mark in (MARKS["warn"], MARKS["fail"])
    )
    print(f"{len(rows)} pages: {warned} with a figure beyond the warning, {beyond} beyond the limit.")
    print("ease* counts the words that every page needs (data/readability.yml, `allowed`) as well.")
    for page, reason in next(iter(limits.values())).longer.items():
        print(f"{page} may be longer: {reason}.")
    return int(MARKS["fail"] in marks)


def _text(rows: Sequence[tuple[Page, list[str]]]) -> Iterator[str]:
    width = max((len(page.path) for page, _ in rows), default=0)
    yield f"{'page':<{width}}  words  mean  longest  long %   ease  ease*   SMOG  paragraph  sentences"
    for page, cells in rows:
        yield f"{page.path:<{width}} {' '.join(cells)}"


def _markdown(rows: Sequence[tuple[Page, list[str]]]) -> Iterator[str]:
    yield f"| Page | {' | '.join(TITLES)} |"
    yield "| --- " * (len(TITLES) + 1) + "|"
    for page, cells in rows:
        yield f"| {page.path} | {' | '.join(cell.strip() for cell in cells)} |"
    yield ""


def _cells(page: Page, measured: Measure, limits: Limits) -> Iterator[str]:
    """Yield each figure with the mark of its band behind it."""
    from handbook.editorial.readability import BANDS  # noqa: PLC0415  (heavy, see handbook.cli)

    figures = measured.figures()
    yield f"{measured.words:>5}{MARKS[limits.words_verdict(page.key, measured.words)]}"
    for name in BANDS:
        if name in figures and name in limits.bands:
            yield f"{figures[name]:>6.1f}{MARKS[limits.bands[name].verdict(figures[name])]}"
        else:
            yield f"{'-':>6} "
        if name == "ease":
            yield f"{measured.ease_all:>6.1f} "

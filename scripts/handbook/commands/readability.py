"""`handbook readability`: how hard each client page is to read, as a table, the hardest figures marked."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from handbook.editorial.readability import Limits, Measure

COLUMNS: Final = ("mean_sentence", "longest_sentence", "long_share", "ease", "smog", "paragraph_words")
MARKS: Final = {"good": " ", "warn": "?", "fail": "!"}


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "readability",
        help="measure how hard client pages are to read",
        description="Prints the figures of every client page; ? is beyond the warning, ! beyond the limit.",
        epilog="Exit code: 0 all pages within the limits, 1 one beyond, 2 no readable project.",
    )
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
        print(f"handbook: {error}", file=sys.stderr)
        return 2
    limits = load_handbook_data(project.root).limits
    if limits is None:
        print("handbook: this project has no data/readability.yml that can be read.", file=sys.stderr)
        return 2
    width = max((len(page.path) for page in project.pages), default=0)
    print(f"{'page':<{width}} words  mean  longest  long %   ease  ease*   SMOG  paragraph")
    beyond = 0
    for page in project.pages:
        if page.front_matter.get("audience") == "client" and page.language in limits:
            measured = measure(page, limits[page.language])
            cells = list(_cells(measured, limits[page.language]))
            beyond += any(cell.endswith("!") for cell in cells)
            print(f"{page.path:<{width}} {measured.words:>5} {' '.join(cells)}")
    print("ease* counts the words that every page needs (data/readability.yml, `allowed`) as well.")
    return int(beyond > 0)


def _cells(measured: Measure, limits: Limits) -> Iterator[str]:
    figures = measured.figures()
    for name in COLUMNS:
        if name in figures:
            yield f"{figures[name]:>6.1f}{MARKS[limits.bands[name].verdict(figures[name])]}"
        else:
            yield f"{'-':>6} "
        if name == "ease":
            yield f"{measured.ease_all:>6.1f} "

"""`handbook handouts`: builds the site with everything to take away: handouts, worksheets and books.

It is `handbook build` with one thing more. What did not change since the last time is not printed again.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.commands.refusal import refuse

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "handouts",
        help="build the site with PDFs of its pages and worksheets, books, and copies without network",
        description="Builds and checks the site as `handbook build` does, with a PDF of every page and worksheet, and "
        "in each language a book and a copy that opens without a network.",
        epilog="Exit code: 0 built, 1 something to mend, 2 the machine does not let it.",
    )
    parser.add_argument("--site-dir", type=Path, default=Path("site"), metavar="DIR", help="where to (default: site)")
    parser.add_argument("--fresh", action="store_true", help="print everything anew")


def run(args: argparse.Namespace) -> int:
    """Build the project in the current folder with its handouts."""
    from handbook.commands import build  # noqa: PLC0415 - heavy, see handbook.cli
    from handbook.handouts.press import missing  # noqa: PLC0415

    if sentence := missing():
        return refuse(f"{sentence}.")
    started = time.monotonic()
    args.check_only, args.format, args.summary, args.fail_on = False, "text", None, "error"
    with asking_for_handouts(fresh=args.fresh):
        code = build.run(args)
    if code == 0:
        files = [path for path in args.site_dir.rglob("*.pdf") if path.is_file()]
        size = sum(path.stat().st_size for path in files) / 1_000_000
        print(f"{len(files)} PDFs, {size:.1f} MB, in {time.monotonic() - started:.0f} s.", file=sys.stderr)
    return code


@contextmanager
def asking_for_handouts(*, fresh: bool = False) -> Iterator[None]:
    """Let builds within this block print handouts."""
    from handbook.handouts.making import FRESH, KEPT  # noqa: PLC0415

    with _asking(FRESH if fresh else KEPT):
        yield


@contextmanager
def leaving_handouts_out() -> Iterator[None]:
    """Let builds within this block be for readers and without handouts: their addresses lead to the pages."""
    from handbook.handouts.making import LEFT_OUT  # noqa: PLC0415

    with _asking(LEFT_OUT):
        yield


@contextmanager
def _asking(how: str) -> Iterator[None]:
    from handbook.handouts.making import ASKING  # noqa: PLC0415

    before = os.environ.get(ASKING)
    os.environ[ASKING] = how
    try:
        yield
    finally:
        if before is None:
            del os.environ[ASKING]
        else:
            os.environ[ASKING] = before

"""`handbook news`: which pages changed since readers were last told, so that no change of meaning goes unannounced.

Before a release: each page that it names gets a sentence in `data/changes.yml`, which the feeds carry, or is called
nothing to tell; then `--told` remembers that readers have heard of everything.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.commands.refusal import refuse

if TYPE_CHECKING:
    import argparse


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "news",
        help="name the pages that changed since readers were last told",
        description="Compares the ledger with what it said when the news were last complete.",
        epilog="Exit code: 0 readers have heard of everything, 1 there is something to tell, 2 a file cannot be read.",
    )
    parser.add_argument("--told", action="store_true", help="remember that readers have heard of everything")
    parser.add_argument(
        "--nothing-to-tell",
        nargs="+",
        default=(),
        metavar="PAGE",
        help="with --told: pages whose changes matter to nobody, such as a mended typo; `all` for every one",
    )
    parser.add_argument("--root", type=Path, default=Path(), metavar="DIR", help="the folder with mkdocs.yml")


def run(args: argparse.Namespace) -> int:
    """Compare, print, and remember where asked to."""
    from handbook.editorial import told  # noqa: PLC0415  (heavy, see handbook.cli)
    from handbook.editorial.changes import load_changes  # noqa: PLC0415
    from handbook.editorial.errors import DataError  # noqa: PLC0415
    from handbook.editorial.handbook_data import today  # noqa: PLC0415
    from handbook.ledger.record import LedgerError  # noqa: PLC0415
    from handbook.ledger.store import replace_file  # noqa: PLC0415
    from handbook.reading.configuration import NotAProjectError, find_configuration  # noqa: PLC0415

    root: Path = args.root
    try:
        find_configuration(root.resolve())
        records = told.records_now(root)
        found = list(told.untold(records, told.load_told(root), load_changes(root / "data/changes.yml")))
    except NotAProjectError as error:
        return refuse(str(error))
    except DataError as error:
        return refuse(str(error))
    except LedgerError as error:
        return refuse(f"a file of the ledger cannot be read: {error.message}. Fix: {error.hint}")
    silent = told.still_silent(
        found, [one.key for one in found] if "all" in args.nothing_to_tell else args.nothing_to_tell
    )
    for one in found:
        news = f"told on {max(one.news).isoformat()}" if one.news else "" if one.key in silent else "nothing to tell"
        print(f"{one.key}: {news or 'not told yet'}")
        for id_, reason in one.sections:
            print(f"  {id_}" + (f": {reason}" if reason else ""))
    if args.told and not silent:
        replace_file(root / told.FILE, told.format_told(told.told_now(records, today())))
        print("Readers have heard of everything.", file=sys.stderr)
        return 0
    if silent:
        print(
            f"{len(silent)} pages changed without a word to readers. Fix: say in data/changes.yml what matters to "
            "them, or name the pages after --nothing-to-tell; then run: handbook news --told",
            file=sys.stderr,
        )
    elif found:
        print("There is news of every page that changed. To remember it: handbook news --told", file=sys.stderr)
    else:
        print("Readers have heard of everything.", file=sys.stderr)
    return int(bool(found))

"""`handbook mutations`: spoils the real pages in every known way, and prints which mistakes the checks find."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "mutations",
        help="try the checks: spoil the pages on purpose, in memory",
        description="Makes every known kind of mistake on the real pages, one after the other and in memory, and every "
        "known kind of harmless change; prints what the checks said. Nothing on disk is touched.",
        epilog="Exit code: 0 every mistake found on its line and no harmless change reported, 1 otherwise, 2 wrong "
        "use or no readable project. Mistakes on the published site are tried where there is a built one.",
    )
    parser.add_argument("names", nargs="*", metavar="KIND", help="try only these kinds (beginnings of names)")
    parser.add_argument("--format", choices=("text", "markdown"), default="text", help="how to print the table")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="what decides which pages and lines are taken")
    parser.add_argument("--failures", action="store_true", help="print only what did not go as expected")
    parser.add_argument(
        "--root", type=Path, default=Path(), metavar="DIR", help="the folder with mkdocs.yml (default: here)"
    )


def run(args: argparse.Namespace) -> int:
    """Try every kind."""
    from handbook.commands.layers import load_rules, settings_for  # noqa: PLC0415 - heavy, see handbook.cli
    from handbook.reading.configuration import NotAProjectError  # noqa: PLC0415
    from handbook.reading.project import read_project  # noqa: PLC0415
    from handbook.trials.bench import Bench  # noqa: PLC0415
    from handbook.trials.harmless import HARMLESS  # noqa: PLC0415
    from handbook.trials.mutations import MUTATIONS  # noqa: PLC0415
    from handbook.trials.outcome import try_kinds  # noqa: PLC0415
    from handbook.trials.table import as_markdown, as_text  # noqa: PLC0415
    from handbook.trials.world import World  # noqa: PLC0415

    kinds = [kind for kind in (*MUTATIONS, *HARMLESS) if not args.names or kind.name.startswith(tuple(args.names))]
    if not kinds:
        return _refuse(f"No kind begins with {' or '.join(args.names)}.")
    if not args.root.is_dir():
        return _refuse(f"There is no folder {args.root}.")
    load_rules()
    try:
        project = read_project(args.root, settings_for)
    except NotAProjectError as error:
        return _refuse(str(error))
    with Bench(project) as bench:
        outcomes = list(try_kinds(bench, World(bench.project, bench.real), kinds, args.seed))
    lines = as_markdown(outcomes) if args.format == "markdown" else as_text(outcomes, all_rows=not args.failures)
    print("\n".join(lines))
    return int(any(outcome.tried and not outcome.as_expected for outcome in outcomes))


def _refuse(message: str) -> int:
    print(f"handbook: {message}", file=sys.stderr)
    return 2

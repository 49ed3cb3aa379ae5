"""`handbook mutations`: spoils the real pages in every known way, and prints which mistakes the checks find."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.commands.refusal import refuse

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from handbook.trials.bench import Bench
    from handbook.trials.edit import Kind
    from handbook.trials.outcome import Outcome
    from handbook.trials.world import World


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "mutations",
        help="try the checks: spoil the pages on purpose, in memory",
        description="Makes every known kind of mistake on the real pages, one after the other and in memory, and every "
        "known kind of harmless change; prints what the checks said, and how many kinds try each group of rules. "
        "Nothing on disk is touched.",
        epilog="Exit code: 0 every mistake found on its line and no harmless change reported, 1 otherwise, 2 wrong "
        "use or no readable project. Mistakes on the published site are tried where there is a built one.",
    )
    parser.add_argument("names", nargs="*", metavar="KIND", help="try only these kinds (beginnings of names)")
    parser.add_argument("--format", choices=("text", "markdown"), default="text", help="how to print the table")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="what decides which pages and lines are taken")
    parser.add_argument(
        "--compare",
        type=Path,
        metavar="FILE",
        help="let other tools look at the same mistakes, and write the table to a Markdown file (takes long)",
    )
    parser.add_argument("--lychee", default="lychee", metavar="PROGRAM", help="where lychee is")
    parser.add_argument(
        "--markdownlint", default="markdownlint-cli2", metavar="PROGRAM", help="where markdownlint-cli2 is"
    )
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
        return refuse(f"No kind begins with {' or '.join(args.names)}.")
    if not args.root.is_dir():
        return refuse(f"There is no folder {args.root}.")
    load_rules()
    try:
        project = read_project(args.root, settings_for)
    except NotAProjectError as error:
        return refuse(str(error))
    with Bench(project) as bench:
        world = World(bench.project, bench.real)
        if args.compare is not None:
            return _compare(args, bench, world, kinds)
        outcomes = list(try_kinds(bench, world, kinds, args.seed))
    lines = as_markdown(outcomes) if args.format == "markdown" else as_text(outcomes, all_rows=not args.failures)
    print("\n".join(lines))
    if not args.failures and not args.names:
        print("\n".join(_by_rules(outcomes, markdown=args.format == "markdown")))
    return int(any(outcome.tried and not outcome.as_expected for outcome in outcomes))


def _by_rules(outcomes: Sequence[Outcome], *, markdown: bool) -> Iterator[str]:
    from handbook.rules.registry import REGISTRY  # noqa: PLC0415
    from handbook.trials import tally  # noqa: PLC0415

    counted = list(tally.tallies(outcomes, REGISTRY.all()))
    yield from ("", "## By rule", "") if markdown else ("",)
    yield from tally.as_markdown(counted) if markdown else tally.as_text(counted)
    yield from ("", tally.in_words(counted))


def _compare(args: argparse.Namespace, bench: Bench, world: World, kinds: Sequence[Kind]) -> int:
    from handbook.ledger.store import replace_file  # noqa: PLC0415
    from handbook.trials.compared import as_page, compare  # noqa: PLC0415
    from handbook.trials.others import tools  # noqa: PLC0415
    from handbook.trials.outcome import draw_apart, try_edit  # noqa: PLC0415

    groups = draw_apart(world, kinds, args.seed)
    found = list(tools(args.lychee, args.markdownlint))
    print(f"Letting {', '.join(tool.name for tool in found)} look at the same mistakes.", file=sys.stderr)
    batches = [[try_edit(bench, kind, edit) for kind, edit in group] for group in groups]
    compared = compare(bench.real, batches, found, len(kinds) - sum(map(len, groups)))
    replace_file(args.compare, "\n".join(as_page(compared, args.seed)) + "\n")
    print(f"The table is in {args.compare}.", file=sys.stderr)
    return int(any(not outcome.as_expected for outcome in compared.outcomes))

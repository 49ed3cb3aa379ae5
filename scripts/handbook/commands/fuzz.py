"""`handbook fuzz`: puts hostile pages, data, file names and images through the checks and the renderer."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from handbook.commands.refusal import refuse

if TYPE_CHECKING:
    import argparse

INPUTS: Final = 100_000
KEPT: Final = Path(".cache/fuzz")


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "fuzz",
        help="try hostile pages, data, file names and images by the thousand",
        description="Makes hostile inputs out of the real pages and data, and puts each through the checks and the "
        "renderer, in memory. A mistake is an exception, more than 5 seconds of the processor, more than 2 GiB, a file "
        "touched elsewhere, or script or anything foreign in a text that no rule of safety stops. Takes minutes to an "
        "hour, as the gentlest process there is.",
        epilog="Exit code: 0 nothing went wrong, 1 something did; those inputs are kept. 2 no readable project.",
    )
    parser.add_argument(
        "--inputs", type=int, default=INPUTS, metavar="N", help=f"how many inputs (default: {INPUTS:,})"
    )
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="what decides the inputs (default: 0)")
    parser.add_argument("--first", type=int, default=0, metavar="N", help="begin with this input (default: 0)")
    parser.add_argument(
        "--keep", type=Path, default=KEPT, metavar="DIR", help=f"where inputs that went wrong are kept ({KEPT})"
    )


def run(args: argparse.Namespace) -> int:
    """Put the inputs through and print what came of them."""
    from handbook.reading.configuration import NotAProjectError, read_configuration  # noqa: PLC0415 - see handbook.cli
    from handbook.trials.fuzz.running import Tally  # noqa: PLC0415
    from handbook.trials.fuzz.running import run as run_inputs  # noqa: PLC0415

    root = Path.cwd()
    if args.inputs < 1 or args.first < 0:
        return refuse("--inputs must be 1 or more, and --first 0 or more.")
    try:
        read_configuration(root)
    except NotAProjectError as error:
        return refuse(str(error))
    if hasattr(os, "nice"):
        os.nice(10)
    whole = Tally()
    for done, tally in run_inputs(root, args.seed, args.inputs, args.first):
        whole.add(tally)
        for mistake in tally.mistakes:
            args.keep.mkdir(parents=True, exist_ok=True)
            (args.keep / f"{args.seed}-{mistake.input.number}").write_bytes(mistake.input.data)
            print(f"input {mistake.input.number} ({mistake.input.kind}, {mistake.input.path!r}): {mistake.said}")
        print(f"handbook: {done:,} inputs, {len(whole.mistakes)} went wrong.", file=sys.stderr, flush=True)
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in whole.kinds.most_common())
    print(f"{whole.kinds.total():,} inputs of seed {args.seed}: {kinds}.")
    print(f"{whole.accepted:,} were stopped by no guard, and nothing harmful may come of them.")
    print(f"{whole.cpu:.0f} s of the processor, the slowest input {whole.slowest:.2f} s; {whole.memory} MiB at most.")
    print(f"{len(whole.mistakes)} went wrong." + (f" They are kept in {args.keep}/." if whole.mistakes else ""))
    return int(bool(whole.mistakes))

"""The command `handbook`: finds the command asked for and runs it.

A command is a module in `handbook.commands` with `register(subparsers)`, which adds its parser, and `run(args)`, which
does the work and gives the exit code: 0 clean, 1 findings, 2 wrong use or a project that cannot be read. To add one,
write the module and name it in `COMMANDS`. Modules import what is heavy inside `run`, so every command starts fast.
"""

from __future__ import annotations

import argparse
import difflib
import importlib
import sys
from importlib.util import find_spec
from io import TextIOWrapper
from typing import TYPE_CHECKING

from handbook.commands.refusal import REFUSED, refuse

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = (
    "check",
    "explain",
    "sync",
    "status",
    "addresses",
    "readability",
    "coverage",
    "news",
    "build",
    "serve",
    "handouts",
    "publish",
    "configure",
    "new",
    "doctor",
    "notices",
    "links",
    "mutations",
    "benchmark",
    "fuzz",
    "way-out",
)
"""In the order in which `handbook --help` lists them."""


def make_parser(commands: Sequence[str] = COMMANDS) -> argparse.ArgumentParser:
    """Return the parser of some commands; each sets `run` to what does its work."""
    parser = argparse.ArgumentParser(
        prog="handbook",
        description="Checks and builds a handbook in several languages.",
        epilog="handbook COMMAND --help says more about a command.",
    )
    subparsers = parser.add_subparsers(title="commands", dest="command", metavar="COMMAND", required=True)
    for name in commands:
        module_name = f"handbook.commands.{name.replace('-', '_')}"
        if find_spec(module_name) is not None:
            module = importlib.import_module(module_name)
            module.register(subparsers)
            subparsers.choices[name].set_defaults(run=module.run)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; without one, say which there are."""
    try:
        return _run(arguments)
    except BrokenPipeError:  # `handbook check | head`
        sys.stderr.close()
        return 1
    except KeyboardInterrupt:
        return 130


def _run(arguments: Sequence[str] | None) -> int:
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal may not know every letter of every language
    given = list(sys.argv[1:] if arguments is None else arguments)
    asked = given[:1] if given and given[0] in COMMANDS else COMMANDS
    parser = make_parser(asked)
    if not given:
        parser.print_help(sys.stderr)
        return REFUSED
    if not given[0].startswith("-") and given[0] not in COMMANDS:
        close = difflib.get_close_matches(given[0], COMMANDS, n=1)
        meant = f" Did you mean {close[0]}?" if close else ""
        return refuse(f'there is no command "{given[0]}".{meant} handbook --help lists them all.')
    options = parser.parse_args(given)
    return int(options.run(options))


if __name__ == "__main__":
    sys.exit(main())

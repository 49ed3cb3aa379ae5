"""`handbook notices`: lists the licences of all locked packages, and writes the notice and the bill of materials."""

from __future__ import annotations

import sys
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Final

from handbook.commands.refusal import refuse

if TYPE_CHECKING:
    import argparse

PROJECT: Final = "secure-base-handbook"


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "notices",
        help="list the licences of everything the handbook is made with",
        description="Lists every package of requirements.lock with its licence. With --write: writes the notice with "
        "all licences in full, and a bill of materials (CycloneDX).",
        epilog="Exit code: 0 listed or written, 1 a licence is not known or the files are out of date, 2 not set up.",
    )
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--write", action="store_true", help="write the notice and the bill of materials")
    way.add_argument("--check", action="store_true", help="say whether both list what is locked now")


def run(args: argparse.Namespace) -> int:
    """List, write or compare."""
    from handbook.ledger.store import replace_file  # noqa: PLC0415 - heavy, see handbook.cli
    from handbook.publishing import supply  # noqa: PLC0415

    root = Path.cwd()
    try:
        found = list(supply.packages(supply.read_lock(root / "requirements.lock")))
        texts = {
            supply.NOTICE: supply.notice(found),
            supply.BILL: supply.bill_of_materials(found, PROJECT, metadata.version(PROJECT)),
        }
        if args.write:
            for name, text in texts.items():
                replace_file(root / name, text)
                print(name, file=sys.stderr)
        elif args.check:
            old = [name for name, text in texts.items() if _text(root / name) != text]
            for name in old:
                print(f"{name} does not fit requirements.lock any more. Fix: make notices")
            if not old:
                print(f"{' and '.join(texts)} list what is locked.")
            return int(bool(old))
        else:
            for one in found:
                print(f"{one.locked.name} {one.locked.version}: {one.licence or 'not known'}")
    except supply.SupplyError as error:
        return refuse(str(error))
    except OSError as error:
        return refuse(f"{error.filename}: {error.strerror}.")
    unknown = [one.locked.name for one in found if not one.licence]
    if unknown:
        print(f"The licence of {', '.join(unknown)} is not known.", file=sys.stderr)
    return int(bool(unknown))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""

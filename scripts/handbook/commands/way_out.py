"""`handbook way-out`: builds the handbook with MkDocs's successors and says where the outcome differs."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from handbook.commands.refusal import refuse

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from handbook.trials.way_out import Difference

TOOLS: Final = Path(".cache/way-out")
TRIALS: Final = ("properdocs", "zensical")
SHOWN: Final = 20


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "way-out",
        help="try the builders that could take MkDocs's place",
        description="Builds the handbook with MkDocs, then with ProperDocs, which must give every address with the "
        "same text, and each language with Zensical, which must give every address. Both are installed apart from "
        "this project, which needs the Python package index. Nothing of the project is changed.",
        epilog="Exit code: 0 no difference, 1 differences, 2 a trial could not be made.",
    )
    parser.add_argument("trials", nargs="*", metavar="TRIAL", help=f"which: {' '.join(TRIALS)} (default: both)")
    parser.add_argument(
        "--tools", type=Path, default=TOOLS, metavar="DIR", help=f"where they are installed (default: {TOOLS})"
    )


def run(args: argparse.Namespace) -> int:
    """Make the trials and print what differs."""
    from handbook.reading.configuration import NotAProjectError, find_configuration, read_configuration  # noqa: PLC0415
    from handbook.trials import way_out  # noqa: PLC0415 - heavy, see handbook.cli

    root = Path.cwd()
    if unknown := [name for name in args.trials if name not in TRIALS]:
        return refuse(f"there is no trial {unknown[0]}; there are: {', '.join(TRIALS)}.")
    codes = []
    try:
        find_configuration(root)
        languages = [one.locale for one in read_configuration(root).languages if one.built]
        args.tools.mkdir(parents=True, exist_ok=True)
        tools = args.tools.absolute()
        with tempfile.TemporaryDirectory(prefix="handbook-way-out-") as place:
            site = Path(place) / "mkdocs"
            way_out.run([sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(site)], root)
            if "properdocs" in (args.trials or TRIALS):
                python = way_out.environment_with(way_out.PROPERDOCS, tools / "properdocs", beside_ours=True)
                theirs = Path(place) / "properdocs"
                command = [str(python), "-m", "properdocs", "build", "--quiet", "--config-file", "mkdocs.yml"]
                way_out.run([*command, "--site-dir", str(theirs)], root)
                ours = way_out.pages_of(site)
                found = list(way_out.compare(ours, way_out.pages_of(theirs), texts=True))
                codes.append(_say("ProperDocs", f"{len(ours)} addresses with their texts", found))
            if "zensical" in (args.trials or TRIALS):
                python = way_out.environment_with(way_out.ZENSICAL, tools / "zensical", beside_ours=False)
                for language in languages:
                    staged = Path(place) / "zensical" / language
                    way_out.stage(site, language, staged)
                    way_out.run([str(python.with_name("zensical")), "build"], staged)
                    ours = way_out.addresses_of(site, language)
                    found = list(way_out.compare(ours, way_out.addresses_of(staged / "site"), texts=False))
                    codes.append(_say(f"Zensical, {language}", f"{len(ours)} addresses", found))
    except (NotAProjectError, way_out.TrialFailedError, OSError) as error:
        return refuse(str(error))
    return max(codes)


def _say(builder: str, what: str, found: Sequence[Difference]) -> int:
    print(f"{builder}: {what} compared, {len(found) or 'none'} differ{'s' if len(found) == 1 else ''}.")
    for one in found[:SHOWN]:
        print(f"  {one.address} {one.how}")
    if len(found) > SHOWN:
        print(f"  and {len(found) - SHOWN} more")
    return int(bool(found))

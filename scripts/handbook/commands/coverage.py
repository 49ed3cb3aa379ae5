"""`handbook coverage`: which page carries which claim, in every language, as a table."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "coverage",
        help="show which page carries which claim",
        description="Prints a line for each claim and language: the pages that carry it, and those that should.",
        epilog="Exit code: 0 every claim is carried in every language, 1 one is not, 2 no readable project.",
    )
    parser.add_argument("--root", type=Path, default=Path(), metavar="DIR", help="the folder with mkdocs.yml")


def run(args: argparse.Namespace) -> int:
    """Count and print."""
    from handbook.commands.layers import settings_for  # noqa: PLC0415  (heavy, see handbook.cli)
    from handbook.editorial.handbook_data import load_handbook_data  # noqa: PLC0415
    from handbook.reading.configuration import NotAProjectError  # noqa: PLC0415
    from handbook.reading.project import read_project  # noqa: PLC0415

    try:
        project = read_project(args.root, settings_for, render=False, site=False)
    except NotAProjectError as error:
        print(f"handbook: {error}", file=sys.stderr)
        return 2
    claims = load_handbook_data(project.root).claims
    if claims is None:
        print("handbook: this project has no data/claims.yml that can be read.", file=sys.stderr)
        return 2
    carried = 0
    lines = 0
    for claim in claims.entries:
        for language in project.languages:
            pages = sorted(
                page.key
                for page in project.pages
                if page.language == language.locale and claim.id in (page.front_matter.get("claims") or ())
            )
            missing = sorted(set(claim.pages) - set(pages))
            lines += 1
            carried += not missing and bool(pages)
            gap = f"  MISSING ON {', '.join(missing)}" if missing else ""
            print(f"{claim.id:<4} {language.locale:<3} {claim.standing:<10} {', '.join(pages) or 'nowhere'}{gap}")
    print(f"{carried} of {lines} claims and languages are carried where they must be.")
    return int(carried < lines)

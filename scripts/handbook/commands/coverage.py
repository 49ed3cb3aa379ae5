"""`handbook coverage`: which section of which page says which claim, in every language, as a table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from handbook.commands.refusal import refuse

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from handbook.editorial.coverage import Row, Said


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "coverage",
        help="show which section of which page says which claim",
        description="Prints a line for each claim, language and section that says it: page § id (heading there). "
        "The sections stand in data/claims.yml.",
        epilog="Exit code: 0 every claim stands where it must, 1 one does not, 2 no readable project.",
    )
    parser.add_argument("--format", choices=("text", "markdown"), default="text", help="how to print (default: text)")
    parser.add_argument("--root", type=Path, default=Path(), metavar="DIR", help="the folder with mkdocs.yml")


def run(args: argparse.Namespace) -> int:
    """Count and print."""
    from handbook.commands.layers import settings_for  # noqa: PLC0415  (heavy, see handbook.cli)
    from handbook.editorial.coverage import coverage  # noqa: PLC0415
    from handbook.editorial.handbook_data import load_handbook_data  # noqa: PLC0415
    from handbook.reading.configuration import NotAProjectError  # noqa: PLC0415
    from handbook.reading.project import read_project  # noqa: PLC0415

    try:
        project = read_project(args.root, settings_for, render=False, site=False)
    except NotAProjectError as error:
        return refuse(str(error))
    claims = load_handbook_data(project.root).claims
    if claims is None:
        return refuse("this project has no data/claims.yml that can be read.")
    rows = list(coverage(claims, project))
    for line in _markdown(rows) if args.format == "markdown" else _text(rows):
        print(line)
    carried = sum(row.carried for row in rows)
    sections = len({(row.language, one.place.page, one.place.section) for row in rows for one in row.said})
    print(f"{carried} of {len(rows)} claims and languages are carried where they must be, in {sections} sections.")
    return int(carried < len(rows))


def _text(rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        for one in row.said:
            yield f"{row.claim.id:<4} {row.language:<3} {row.claim.standing:<10} {_place(one)}"


def _markdown(rows: Sequence[Row]) -> Iterator[str]:
    yield "| Claim | Language | Standing | What it says | Where: page § section |"
    yield "| --- | --- | --- | --- | --- |"
    for row in rows:
        places = "<br>".join(map(_place, row.said))
        yield f"| {row.claim.id} | {row.language} | {row.claim.standing} | {row.claim.text[row.language]} | {places} |"
    yield ""


def _place(one: Said) -> str:
    end = f"MISSING: {one.missing}" if one.missing else f"({one.heading})"
    return f"{one.place.page} § {one.place.section} {end}"

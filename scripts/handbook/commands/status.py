"""`handbook status`: the table of pages and sections, which are in step, and which language moved."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handbook.commands.refusal import refuse

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from handbook.ledger.overview import Overview, PageState
    from handbook.ledger.state import SectionState

FORMATS = ("text", "json", "markdown")


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "status",
        help="say which sections of the languages are in step",
        description="Prints for each page which sections are in step, and which language moved.",
        epilog="Exit code: 0 all in step, 1 something is not, 2 wrong use, no readable project or no ledger.",
    )
    parser.add_argument("--format", choices=FORMATS, default="text", help="how to print the table")
    parser.add_argument("--sections", action="store_true", help="list every section, also those in step")
    parser.add_argument(
        "--root", type=Path, default=Path(), metavar="DIR", help="the folder with mkdocs.yml (default: here)"
    )


def run(args: argparse.Namespace) -> int:
    """Print the table."""
    from handbook.ledger.overview import read_overview  # noqa: PLC0415 - heavy, see handbook.cli
    from handbook.ledger.state import State  # noqa: PLC0415
    from handbook.reading.configuration import NotAProjectError  # noqa: PLC0415

    root = args.root.resolve()
    try:
        overview = read_overview(root)
    except NotAProjectError as error:
        return refuse(str(error))
    if overview is None:
        return refuse(f"There is no ledger in {root}. The first `handbook sync PAGE` begins one.")
    match args.format:
        case "json":
            lines: Iterator[str] = iter([json.dumps(as_data(overview), ensure_ascii=False, indent=2)])
        case "markdown":
            lines = as_markdown(overview)
        case _:
            lines = as_text(overview, every_section=args.sections)
    for line in lines:
        print(line)
    counts = overview.counts()
    return int(sum(counts.values()) > counts[State.IN_STEP] or any(page.error for page in overview.pages))


def as_data(overview: Overview) -> dict[str, Any]:
    """Give everything that is known, for other programs."""
    return {
        "languages": list(overview.languages),
        "counts": {state.value: count for state, count in overview.counts().items()},
        "pages": [
            {
                "page": page.key,
                "paths": {language: version.path for language, version in page.versions.items()},
                "error": f"line {page.error.line}: {page.error.message}" if page.error else None,
                "sections": [
                    {
                        "id": section.id,
                        "state": section.state.value,
                        "moved": list(section.moved),
                        "behind": list(section.behind),
                        "missing": list(section.missing),
                        "reason": section.reason,
                    }
                    for section in page.sections
                ],
            }
            for page in overview.pages
        ],
    }


def as_text(overview: Overview, *, every_section: bool = False) -> Iterator[str]:
    """Yield a table for a terminal: a line a page, and under it a line for each section that is not in step."""
    from handbook.ledger.state import State  # noqa: PLC0415

    width = max((len(page.key) for page in overview.pages), default=0)
    for page in overview.pages:
        in_step, total = page.count(State.IN_STEP), len(page.sections)
        yield f"{page.key:<{width}}  {in_step:>2} of {total:>2} in step"
        if page.error:
            yield f"  ! {_ledger_of(page)}:{page.error.line}: {page.error.message}"
        if page.fresh and not every_section:
            yield "  ! nobody has compared this page yet"
            continue
        for section in page.sections:
            if every_section or section.state is not State.IN_STEP:
                yield f"  {' ' if section.state is State.IN_STEP else '!'} {section.id}: {describe(section)}"
    yield ""
    counts = overview.counts()
    said = ", ".join(f"{counts[state]} {LABELS[state.value]}" for state in State if counts[state])
    yield f"{len(overview.pages)} pages, {sum(counts.values())} sections: {said or 'none'}."


def as_markdown(overview: Overview) -> Iterator[str]:
    """Yield a table in Markdown: a row a page, with the sections that are not in step named in the last cell."""
    from handbook.ledger.state import State  # noqa: PLC0415

    yield "| Page | In step | Behind | All moved | Unconfirmed | Missing | Sections to look at |"
    yield "|---|---|---|---|---|---|---|"
    for page in overview.pages:
        counts = " | ".join(str(page.count(state)) for state in State)
        others = (f"`{one.id}`: {describe(one)}" for one in page.sections if one.state is not State.IN_STEP)
        cell = "nobody has compared this page yet" if page.fresh else "; ".join(others)
        yield f"| {page.key} | {counts} | {cell} |"


LABELS = {
    "in-step": "in step",
    "behind": "behind",
    "all-moved": "changed in every language",
    "unconfirmed": "not compared yet",
    "missing": "missing in a language",
}


def describe(section: SectionState) -> str:
    """Say how a section stands, naming languages by their codes."""
    label = LABELS[section.state.value]
    if section.behind:
        return f"{' '.join(section.behind)} behind, {' '.join(section.moved)} changed"
    if section.missing:
        return f"missing in {' '.join(section.missing)}"
    return f"{label} ({section.reason})" if section.reason else label


def _ledger_of(page: PageState) -> str:
    from handbook.ledger.store import ledger_path  # noqa: PLC0415

    return ledger_path(page.key)

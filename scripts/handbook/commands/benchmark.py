"""`handbook benchmark`: measures this program beside others that do the same work, and prints a table of ratios."""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from handbook.commands.refusal import refuse

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from handbook.trials.builds.figures import Series
    from handbook.trials.builds.pages import Pages

TOOLS: Final = Path(".cache/benchmark")
SIZES: Final = (100, 500, 2000)
CHECKED: Final = (100, 1000, 4000)
EDITED: Final = (500,)
LARGE: Final = 600
"""Handbooks of more pages a language are built in one round: there the differences are larger than the noise."""
LONGEST: Final = 900


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "benchmark",
        help="measure this program beside others",
        description="Measures this program beside others that do the same work, in turn on this machine.",
    )
    kinds = parser.add_subparsers(title="what to measure", dest="kind", metavar="WHAT", required=True)
    builds = kinds.add_parser(
        "builds",
        help="building the site, beside stock MkDocs, ProperDocs, Zensical, Hugo and Starlight",
        description="Builds this handbook, and larger ones made of its pages, with each builder in turn, and prints "
        "seconds, memory and bytes, each beside ours of the same round. A builder that is not there is named. "
        "Everything is laid out in a temporary folder; the others are installed apart from this project.",
        epilog="Exit code: 0 measured, 2 no readable project. For quiet figures, leave the machine alone meanwhile.",
    )
    builds.add_argument(
        "--sizes",
        type=int,
        nargs="*",
        default=SIZES,
        metavar="N",
        help="pages a language of the made handbooks, besides the real one (default: 100 500 2000)",
    )
    builds.add_argument("--rounds", type=int, default=3, metavar="N", help="how often each builds (default: 3)")
    builds.add_argument("--only", nargs="*", default=[], metavar="NAME", help="only these builders, beside ours")
    builds.add_argument("--install", action="store_true", help="install the builders that are missing")
    builds.add_argument(
        "--tools", type=Path, default=TOOLS, metavar="DIR", help=f"where the builders are installed (default: {TOOLS})"
    )
    builds.add_argument("--longest", type=float, default=LONGEST, metavar="S", help="end a build after so many seconds")
    builds.add_argument("--write", type=Path, metavar="FILE", help="write the table into a document, after each size")
    builds.set_defaults(measure=run_builds)
    checks = kinds.add_parser(
        "checks",
        help="checking handbooks of several sizes",
        description="Makes handbooks of several sizes out of this one in a temporary folder, checks each twice in a "
        "process of its own (the first time nothing is remembered), and prints seconds of the processor, the most "
        "memory held, and by which power of the pages the seconds grow.",
        epilog="Exit code: 0 measured, 2 no readable project. For quiet figures, leave the machine alone meanwhile.",
    )
    checks.add_argument(
        "--pages",
        type=int,
        nargs="+",
        default=CHECKED,
        metavar="N",
        help="pages in all languages together (default: 100 1000 4000)",
    )
    checks.add_argument("--site", action="store_true", help="build each before, unmeasured, and check the site, too")
    checks.add_argument("--longest", type=float, default=LONGEST, metavar="S", help="end a check after so many seconds")
    checks.set_defaults(measure=run_checks)
    server = kinds.add_parser(
        "server",
        help="serving the site with the shipped nginx, also while it is replaced",
        description="Publishes the built site into a temporary folder, serves it with nginx on this machine's own "
        "address, lets wrk ask for all pages in turn, and once more while the site is replaced.",
        epilog="Exit code: 0 no request was lost, 1 some were, 2 nginx, wrk or the built site is missing.",
    )
    server.add_argument("--site", type=Path, default=Path("site"), metavar="DIR", help="the built site (default: site)")
    server.add_argument("--seconds", type=int, default=10, metavar="N", help="how long each time (default: 10)")
    server.add_argument("--replacements", type=int, default=10, metavar="N", help="how often replaced (default: 10)")
    server.set_defaults(measure=run_server)
    preview = kinds.add_parser(
        "preview",
        help="how soon an edit is on screen",
        description="Serves this handbook, and larger ones made of its pages, from a temporary folder, as `handbook "
        "serve` does, shows a page in a real browser, edits files, and measures the seconds until the browser shows "
        "the edit by itself.",
        epilog="Exit code: 0 measured, 2 no browser or no readable project. For quiet figures, leave the machine alone "
        "meanwhile.",
    )
    preview.add_argument(
        "--sizes",
        type=int,
        nargs="*",
        default=EDITED,
        metavar="N",
        help="pages a language of the made handbooks, besides the real one (default: 500)",
    )
    preview.add_argument("--edits", type=int, default=5, metavar="N", help="how many of each kind (default: 5)")
    preview.add_argument("--longest", type=float, default=60, metavar="S", help="give up on an edit after so long")
    preview.set_defaults(measure=run_preview)


def run(args: argparse.Namespace) -> int:
    """Measure what was asked for."""
    from handbook.reading.configuration import NotAProjectError  # noqa: PLC0415 - see handbook.cli

    try:
        return int(args.measure(args))
    except NotAProjectError as error:
        return refuse(str(error))


def run_builds(args: argparse.Namespace) -> int:
    """Build with each builder in turn and print the table."""
    from handbook.trials.builds.contenders import CONTENDERS, OURS, install  # noqa: PLC0415
    from handbook.trials.builds.contest import Contest  # noqa: PLC0415
    from handbook.trials.builds.document import Circumstances, as_page  # noqa: PLC0415
    from handbook.trials.builds.figures import as_markdown, growth, rows  # noqa: PLC0415
    from handbook.trials.builds.pages import grown  # noqa: PLC0415

    root = Path.cwd()
    real = _real_pages(root)
    tools = args.tools.absolute()
    chosen = [one for one in CONTENDERS if not args.only or one.name in (OURS, *args.only)]
    if args.install:
        for sentence in install(tools, chosen):
            print(f"handbook: {sentence}.", file=sys.stderr)
    measured: list[Series] = []
    for size in _sizes(real, args.sizes):
        rounds = args.rounds if size <= LARGE else 1
        with tempfile.TemporaryDirectory(prefix="handbook-benchmark-") as place:
            contest = Contest(chosen, root, tools, Path(place), args.longest)
            measured += contest.measure(grown(real, size), rounds)
        if args.write:
            when = Circumstances(dt.datetime.now(dt.UTC).date(), args.rounds, LARGE * len(real.texts))
            args.write.write_text("\n".join(as_page(measured, OURS, when)) + "\n", encoding="utf-8")
        print(f"handbook: {size} pages a language: done.", file=sys.stderr)
    print(as_markdown(list(rows(measured, OURS))))
    print()
    for sentence in growth(measured):
        print(sentence)
    return 0


def run_checks(args: argparse.Namespace) -> int:
    """Check handbooks of several sizes and print the table."""
    from handbook.trials.checks import as_text, measure, of_size  # noqa: PLC0415

    root = Path.cwd()
    real = _real_pages(root)
    measured = []
    for count in args.pages:
        with tempfile.TemporaryDirectory(prefix="handbook-benchmark-") as place:
            folder = Path(place) / "handbook"
            folder.mkdir()
            size = max(1, count // len(real.texts))
            measured.append(measure(of_size(real, size), root, folder, args.longest, site=args.site))
        print(f"handbook: {count} pages: done.", file=sys.stderr)
    print("\n".join(as_text(measured)))
    return 0


def run_server(args: argparse.Namespace) -> int:
    """Serve the built site under load and print what came of it."""
    from handbook.trials.serving import NoServerError, try_serving  # noqa: PLC0415

    if not (args.site / "index.html").is_file():
        return refuse(f"there is no built site in {args.site}/; run `handbook build` first.")
    try:
        loads = try_serving(args.site, args.seconds, args.replacements)
    except NoServerError as error:
        return refuse(str(error))
    for when, one in zip(("in quiet", f"replaced {args.replacements} times"), loads, strict=True):
        print(
            f"{when:<20} {one.per_second:>8.0f} requests a second, 99th percentile {one.p99:.1f} ms, "
            f"{one.errors} errors in {one.requests} requests"
        )
    return int(any(one.errors for one in loads))


def run_preview(args: argparse.Namespace) -> int:
    """Edit served handbooks and print how soon each edit was on screen."""
    from statistics import median  # noqa: PLC0415

    from handbook.trials.builds.pages import grown  # noqa: PLC0415
    from handbook.trials.previewing import NoPreviewError, measure  # noqa: PLC0415

    root = Path.cwd()
    real = _real_pages(root)
    try:
        for size in _sizes(real, args.sizes):
            pages = grown(real, size)
            with tempfile.TemporaryDirectory(prefix="handbook-benchmark-") as place:
                for one in measure(root, pages, Path(place), args.edits, args.longest):
                    print(
                        f"{pages.count:>5} pages, {one.kind:<36} on screen after {median(one.seconds):.2f} s, "
                        f"{max(one.seconds):.2f} s at most",
                        flush=True,
                    )
    except NoPreviewError as error:
        return refuse(str(error))
    return 0


def _real_pages(root: Path) -> Pages:
    """Read the handbook's own pages; raise NotAProjectError where there is none."""
    from handbook.reading.configuration import find_configuration, read_configuration  # noqa: PLC0415
    from handbook.trials.builds.pages import menu_of, real_pages  # noqa: PLC0415

    find_configuration(root)
    configuration = read_configuration(root)
    nav = menu_of((root / configuration.path).read_text(encoding="utf-8"))
    return real_pages(root / configuration.docs_dir, [one.locale for one in configuration.languages], nav)


def _sizes(real: Pages, asked: Sequence[int]) -> list[int]:
    """Return pages a language: those the handbook has, then what was asked for beyond."""
    smallest = real.count // len(real.texts)
    return [smallest, *(size for size in asked if size > smallest)]

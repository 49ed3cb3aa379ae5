"""`handbook links`: asks the sites that pages and data link to whether they are still there.

The only command that talks to other sites. It runs on a schedule or when somebody asks, never as part of a check: a
page of somebody else that goes away must not keep a mend of ours from being published.
"""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.commands.refusal import refuse

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence

    from handbook.external.answers import Answer
    from handbook.external.asking import Manners
    from handbook.model.finding import Finding, Place
    from handbook.model.project import Project

FAIL_ON = {"error": {"error"}, "warning": {"error", "warning"}, "note": {"error", "warning", "note"}}


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "links",
        help="ask other sites whether what is linked to is still there (needs a network)",
        description="Asks every other site that pages and data link to, politely: a few hosts at a time, each host "
        "one request after the other with a pause, following robots.txt and requests to come back later.",
        epilog="Exit code: 0 all there, 1 something found, 2 wrong use, no readable project, or no network.",
    )
    parser.add_argument("only", nargs="*", metavar="ADDRESS", help="ask only these addresses (* for any letters)")
    parser.add_argument("--root", type=Path, default=Path(), metavar="DIR", help="the folder with mkdocs.yml")
    parser.add_argument("--format", choices=("text", "json", "github", "sarif"), default="text", help="how to print")
    parser.add_argument(
        "--fail-on", choices=tuple(FAIL_ON), default="error", help="the least that counts as a failure (default: error)"
    )
    parser.add_argument("--list", action="store_true", help="print the addresses and where they stand, and ask nobody")
    parser.add_argument("--timeout", type=float, default=15.0, metavar="S", help="seconds for an answer (default: 15)")
    parser.add_argument(
        "--pause", type=float, default=1.0, metavar="S", help="seconds between two requests to a host (default: 1)"
    )
    parser.add_argument("--tries", type=int, default=3, metavar="N", help="how often to ask at most (default: 3)")
    parser.add_argument("--hosts", type=int, default=4, metavar="N", help="hosts asked at a time (default: 4)")
    parser.add_argument("--minutes", type=float, default=20.0, metavar="M", help="when to stop (default: 20)")
    parser.add_argument("--at-home", action="store_true", help="ask this machine and its network, too")


def run(args: argparse.Namespace) -> int:
    """Ask, and say what is wrong."""
    from handbook.commands.layers import load_rules, settings_for  # noqa: PLC0415 - heavy, see handbook.cli
    from handbook.external.gathering import gather  # noqa: PLC0415
    from handbook.external.rules import findings  # noqa: PLC0415
    from handbook.external.visiting import visit  # noqa: PLC0415
    from handbook.model.finding import Finding  # noqa: PLC0415
    from handbook.reading.cache import RenderCache  # noqa: PLC0415
    from handbook.reading.configuration import NotAProjectError  # noqa: PLC0415
    from handbook.reading.project import read_project  # noqa: PLC0415

    if min(args.timeout, args.tries, args.hosts, args.minutes) <= 0 or args.pause < 0:
        return refuse("--timeout, --tries, --hosts and --minutes must be more than 0, and --pause not less than 0.")
    if not args.root.is_dir():
        return refuse(f"There is no folder {args.root}.")
    load_rules()
    try:
        project = read_project(args.root, settings_for, site=False, cache=RenderCache.usual())
    except NotAProjectError as error:
        return refuse(str(error))
    places = _wanted(gather(project, args.root), args.only)
    if args.list:
        for address, where in places.items():
            print(f"{address}  {', '.join(map(str, where))}")
        return 0
    answers = visit(places, _manners(args, project), hosts_at_once=args.hosts, seconds=args.minutes * 60)
    if _is_offline(answers):
        return refuse(f"None of {len(answers)} addresses could be reached: there seems to be no network.")
    found = sorted(findings(answers, places), key=Finding.sort_key)
    print(_report(args.format, found, answers, places, project))
    return int(any(finding.severity.value in FAIL_ON[args.fail_on] for finding in found))


def _wanted(places: Mapping[str, tuple[Place, ...]], only: Sequence[str]) -> dict[str, tuple[Place, ...]]:
    return {
        address: where
        for address, where in places.items()
        if not only or any(fnmatch(address, pattern) for pattern in only)
    }


def _manners(args: argparse.Namespace, project: Project) -> Manners:
    from handbook.external.asking import Manners  # noqa: PLC0415

    site = project.configuration.site_url
    return Manners(
        agent=f"handbook-links/1 (+{site})" if site else "handbook-links/1",
        timeout=args.timeout,
        pause=args.pause,
        tries=args.tries,
        at_home=args.at_home,
    )


def _is_offline(answers: Sequence[Answer]) -> bool:
    """Tell whether so many addresses without any answer mean that this machine has no network."""
    return len(answers) >= 3 and all(not answer.status and answer.kind.name in {"SILENT", "GONE"} for answer in answers)


def _report(
    form: str,
    found: Sequence[Finding],
    answers: Sequence[Answer],
    places: Mapping[str, tuple[Place, ...]],
    project: Project,
) -> str:
    from handbook.external.answers import Kind  # noqa: PLC0415
    from handbook.reporting import Outcome, report  # noqa: PLC0415
    from handbook.rules.registry import REGISTRY  # noqa: PLC0415

    asked = [answer for answer in answers if answer.kind is not Kind.UNASKED]
    late = len(answers) - len(asked)
    note = f"{len(asked)} addresses were asked, which stand in {sum(map(len, places.values()))} places."
    notes = [note, *([f"There was no time left for {late} more."] if late else [])]
    rules = [rule for rule in REGISTRY.all() if rule.code.startswith("EXT")]
    pages, languages = len(project.pages), len({page.language for page in project.pages})
    return report(Outcome(findings=found, pages=pages, languages=languages, rules=rules, notes=notes), form)

"""`handbook check`: runs the rules over a checkout and prints what they find."""

from __future__ import annotations

import gc
import sys
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.commands.refusal import refuse

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence

    from handbook.model.finding import Finding, Mend
    from handbook.model.project import Project
    from handbook.rules.engine import Choice

FAIL_ON = {"error": ("error",), "warning": ("error", "warning"), "note": ("error", "warning", "note")}


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "check",
        help="find what is wrong with the pages",
        description="Checks the sources of a site in several languages, and the built site where there is one.",
        epilog="Exit code: 0 nothing found, 1 something found, 2 wrong use or no readable project.",
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="report on these files or folders only")
    parser.add_argument(
        "--root", type=Path, default=Path(), metavar="DIR", help="the folder with mkdocs.yml (default: here)"
    )
    parser.add_argument(
        "--format", choices=("text", "json", "github", "sarif"), default="text", help="how to print findings"
    )
    parser.add_argument(
        "--select",
        action="append",
        default=[],
        metavar="CODES",
        help="run only these codes, beginnings of codes or names",
    )
    parser.add_argument("--ignore", action="append", default=[], metavar="CODES", help="leave these out")
    parser.add_argument(
        "--fail-on",
        choices=tuple(FAIL_ON),
        default="warning",
        help="the least that counts as a failure (default: warning)",
    )
    parser.add_argument("--no-site", action="store_true", help="look at the sources only")
    parser.add_argument("--list", action="store_true", help="list the rules, and why some are off, and check nothing")
    parser.add_argument("--fresh", action="store_true", help="look at everything anew, as if never checked before")
    parser.add_argument("--fix", action="store_true", help="mend what can be mended with certainty")


def run(args: argparse.Namespace) -> int:
    """Check a project."""
    from handbook.commands.layers import load_rules, memory_of, settings_for  # noqa: PLC0415 - heavy, see handbook.cli
    from handbook.reading.cache import RenderCache  # noqa: PLC0415
    from handbook.reading.configuration import NotAProjectError  # noqa: PLC0415
    from handbook.reading.project import read_project  # noqa: PLC0415
    from handbook.rules.engine import choose  # noqa: PLC0415
    from handbook.rules.engine import run as run_rules  # noqa: PLC0415

    load_rules()
    select, ignore = _split(args.select), _split(args.ignore)
    if unknown := _unknown([*select, *ignore]):
        return refuse(f"No rule is called {unknown}. handbook check --list names them all.")
    if not args.root.is_dir():
        return refuse(f"There is no folder {args.root}.")
    try:
        wanted = _wanted(args.paths, args.root)
        cache = None if args.fresh else RenderCache.usual()
        project = read_project(args.root, settings_for, site=not args.no_site, cache=cache)
    except (NotAProjectError, FileNotFoundError) as error:
        return refuse(str(error))
    choice = choose(project, select, ignore)
    if args.list:
        print(_listing(choice))
        return 0
    gc.freeze()  # the project stays until the end, so nobody needs to look through it for what can go
    memory = None if args.fresh else memory_of(project, choice.on, RenderCache.usual())
    findings = [finding for finding in run_rules(project, choice.on, memory) if _asked(finding, wanted)]
    if memory:
        memory.close()
    gc.unfreeze()
    if args.fix and (mended := apply_mends(findings, args.root)):
        print(f"Mended {mended} place{'' if mended == 1 else 's'}.", file=sys.stderr)
        project = read_project(args.root, settings_for, site=not args.no_site, cache=cache and RenderCache.usual())
        findings = [finding for finding in run_rules(project, choice.on) if _asked(finding, wanted)]
    print(_report(args.format, findings, project, choice, args.root))
    return int(any(finding.severity.value in FAIL_ON[args.fail_on] for finding in findings))


def _report(form: str, findings: Sequence[Finding], project: Project, choice: Choice, root: Path) -> str:
    from handbook.model.finding import Finding  # noqa: PLC0415
    from handbook.reporting import Outcome, report  # noqa: PLC0415 - heavy, see handbook.cli
    from handbook.reporting.locating import locate  # noqa: PLC0415
    from handbook.reporting.tracing import trace  # noqa: PLC0415

    outcome = Outcome(
        findings=sorted(trace(locate(findings, root), project), key=Finding.sort_key),
        pages=len(project.pages),
        languages=len({page.language for page in project.pages}),
        built_pages=len(project.site.pages) if project.site else 0,
        rules=choice.on,
        off=choice.off,
        notes=_notes(project),
    )
    return report(outcome, form)


def _notes(project: Project) -> list[str]:
    notes: list[str] = []
    if project.unrendered.get(""):
        notes.append(f"{project.unrendered['']}; rules that need the rendered page know less.")
    if "i18n" not in project.configuration.plugins:
        notes.append("mkdocs.yml does not use mkdocs-static-i18n, so there are no languages to compare.")
    return notes


def _split(values: Iterable[str]) -> list[str]:
    return [part.strip() for value in values for part in value.split(",") if part.strip()]


def _unknown(patterns: Iterable[str]) -> str:
    from handbook.rules.engine import matches  # noqa: PLC0415
    from handbook.rules.registry import REGISTRY  # noqa: PLC0415

    return ", ".join(pattern for pattern in patterns if not any(matches(rule, [pattern]) for rule in REGISTRY.all()))


def _wanted(paths: Sequence[str], root: Path) -> list[str]:
    """Turn what the user named into paths below the root; a name that fits nothing is a mistake."""
    base = root.resolve()
    wanted: list[str] = []
    for given in paths:
        if any(sign in given for sign in "*?["):
            wanted.append(given)
            continue
        candidates = [Path(given).resolve(), (base / given).resolve()]
        found = next((path for path in candidates if path.exists() and path.is_relative_to(base)), None)
        if found is None:
            message = f"There is no file or folder {given} in the project."
            raise FileNotFoundError(message)
        wanted.append(found.relative_to(base).as_posix())
    return wanted


def _asked(finding: Finding, wanted: Sequence[str]) -> bool:
    if not wanted:
        return True
    paths = [finding.path, finding.other.path] if finding.other else [finding.path]
    return any(
        pattern in (".", path) or path.startswith(pattern + "/") or fnmatch(path, pattern)
        for pattern in wanted
        for path in paths
    )


def _listing(choice: Choice) -> str:
    reasons = {rule.code: reason for rule, reason in choice.off}
    rules = sorted((*choice.on, *(rule for rule, _ in choice.off)), key=lambda rule: rule.code)
    width = max(len(rule.name) for rule in rules)
    lines = []
    for rule in rules:
        state = f"off: {reasons[rule.code]}" if rule.code in reasons else rule.severity.value
        mends = " (can be mended)" if rule.mends and rule.code not in reasons else ""
        lines.append(f"{rule.code}  {rule.name:<{width}}  {state}{mends}")
    lines.append(f"{len(choice.on)} of {len(rules)} rules are on.")
    return "\n".join(lines)


def apply_mends(findings: Iterable[Finding], root: Path) -> int:
    """Repair what is certain; gives the number of repairs."""
    by_path: dict[str, list[Mend]] = {}
    for finding in findings:
        if finding.mend is not None:
            by_path.setdefault(finding.path, []).append(finding.mend)
    done = 0
    for path, mends in by_path.items():
        file = root / path
        text = file.read_bytes().decode("utf-8", errors="surrogateescape")
        mended = text
        for mend in mends:
            before, mended = mended, mend_text(mended, mend)
            done += before != mended
        if mended != text:
            file.write_bytes(mended.encode("utf-8", errors="surrogateescape"))
    return done


def mend_text(text: str, mend: Mend) -> str:
    """Apply one repair to a text."""
    if mend.line == 0:
        return text.replace(mend.old, mend.new)
    lines = text.split("\n")
    if mend.line <= len(lines):
        lines[mend.line - 1] = lines[mend.line - 1].replace(mend.old, mend.new)
    return "\n".join(lines)

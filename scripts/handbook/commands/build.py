"""`handbook build`: checks the sources, builds the site out of sight, checks what came out, and swaps it in whole.

MkDocs runs as a process of its own while the sources are checked. Nothing of `site/` changes before everything has
passed, so a reader of the old site never meets half of a new one, and a failed build leaves the old one standing.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from handbook.commands.refusal import refuse
from handbook.publishing.swapping import replace_folder

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from handbook.model.finding import Finding
    from handbook.model.project import Project

WORKSHOP: Final = Path(".cache/build")
PUBLISHED: Final = "site"
_FRAME: Final = re.compile(r'  File "(?P<file>[^"]+)", line (?P<line>\d+), in .*')
_SAID_BY_MKDOCS: Final = ("WARNING", "ERROR", "Aborted", "Error:")


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "build",
        help="check the pages and build the site",
        description="Checks the sources, builds the site, checks it, and puts it in its place only if all is well.",
        epilog="Exit code: 0 built, 1 something to mend, 2 the machine does not let it.",
    )
    parser.add_argument(
        "--site-dir", type=Path, default=Path(PUBLISHED), metavar="DIR", help="where to (default: site)"
    )
    parser.add_argument("--check-only", action="store_true", help="build and check, and leave the site as it is")
    parser.add_argument("--format", choices=("text", "json", "github", "sarif"), default="text", help="how to print")
    parser.add_argument("--summary", type=Path, metavar="FILE", help="add a summary for the author to a Markdown file")
    parser.add_argument(
        "--fail-on",
        choices=("error", "warning"),
        default="error",
        help="the least that stops a build (default: error); before a release: warning",
    )


def run(args: argparse.Namespace) -> int:
    """Build the project in the current folder."""
    from handbook.reading.configuration import NotAProjectError, find_configuration  # noqa: PLC0415

    root = Path.cwd()
    try:
        find_configuration(root)
        with workshop(root) as staging:
            findings, built = check_and_build(root, staging, args.format, args.summary)
            failed = not built or any(stops(finding, args.fail_on) for finding in findings)
            if not failed and not args.check_only:
                replace_folder(staging, args.site_dir.resolve())
                print(f"The site is in {args.site_dir}/.", file=sys.stderr)
            return int(failed)
    except NotAProjectError as error:
        return refuse(str(error))
    except OSError as error:
        return refuse(f"{error.filename or root}: {error.strerror or error}.")


def check_and_build(
    root: Path, staging: Path, form: str, summary_file: Path | None = None
) -> tuple[list[Finding], bool]:
    """Build into `staging` while checking; print what was found and return it, and whether MkDocs succeeded.

    With `summary_file`, a summary for the author of a change is added to that file.
    """
    from handbook.commands.layers import load_rules, memory_of, settings_for  # noqa: PLC0415
    from handbook.model.finding import Finding  # noqa: PLC0415
    from handbook.reading.cache import RenderCache  # noqa: PLC0415
    from handbook.reading.project import read_project  # noqa: PLC0415
    from handbook.reading.site import read_site  # noqa: PLC0415
    from handbook.reading.symbolic_links import symbolic_links  # noqa: PLC0415
    from handbook.reporting import Outcome, report  # noqa: PLC0415
    from handbook.reporting.locating import locate  # noqa: PLC0415
    from handbook.reporting.summary import summary  # noqa: PLC0415
    from handbook.reporting.tracing import trace  # noqa: PLC0415
    from handbook.rules import engine  # noqa: PLC0415
    from handbook.rules.registry import REGISTRY, Scope  # noqa: PLC0415

    if link := next(symbolic_links(root), None):
        print(
            f"handbook: {link} is a symbolic link, and MkDocs would follow it. Put the file itself there.",
            file=sys.stderr,
        )
        return [], False
    log = staging.with_name("mkdocs.log")
    with log.open("wb") as output, _mkdocs(root, staging, output) as process:
        load_rules()
        project = read_project(root, settings_for, site=False, cache=RenderCache.usual())
        on_sources = engine.choose(project)
        memory = memory_of(project, on_sources.on, RenderCache.usual())
        findings = engine.run(project, on_sources.on, memory)
        memory.close()
        built = process.wait() == 0
    if built:
        remembered = RenderCache.usual()
        project = replace(project, site=read_site(root, staging, cache=remembered))
        remembered.close()
        on_site = [rule for rule in engine.choose(project).on if rule.scope in (Scope.BUILT_PAGE, Scope.SITE)]
        findings += engine.run(project, on_site)
    traced = (_as_published(finding, staging.relative_to(root)) for finding in trace(locate(findings, root), project))
    outcome = Outcome(
        findings=sorted(traced, key=Finding.sort_key),
        pages=len(project.pages),
        languages=len(project.languages),
        built_pages=len(project.site.pages) if project.site else 0,
        rules=engine.choose(project).on,
    )
    print(report(outcome, form))
    if summary_file is not None:
        with summary_file.open("a", encoding="utf-8") as stream:
            stream.write(summary(outcome, REGISTRY.rules))
    if not built:
        _blame_the_machine(log)
        _print_what_mkdocs_said(project, findings, log)
    return findings, built


def _as_published(finding: Finding, staging: Path) -> Finding:
    """Name built files as they are to be called in the end: nobody finds them where they were built."""

    def named(path: str) -> str:
        return PUBLISHED + path.removeprefix(staging.as_posix()) if path.startswith(f"{staging.as_posix()}/") else path

    other = finding.other and replace(finding.other, path=named(finding.other.path))
    return replace(finding, path=named(finding.path), other=other)


@contextmanager
def _mkdocs(root: Path, staging: Path, output: object) -> Iterator[subprocess.Popen[bytes]]:
    """Run MkDocs, strictly; it does not outlive this block."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(staging)]
    process = subprocess.Popen(command, cwd=root, env=environment, stdout=output, stderr=subprocess.STDOUT)  # type: ignore[call-overload]  # noqa: S603
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def _blame_the_machine(log: Path) -> None:
    """Raise OSError where MkDocs stopped because of the disk and not of a page; then its log may be empty, too."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    for line in reversed(lines):
        kind, found, rest = line.partition("Error: [Errno ")
        number = rest.partition("]")[0]
        if found and kind.isidentifier() and number.isdecimal():
            raise OSError(int(number), os.strerror(int(number)), str(log.parent))
    if not lines:
        log.with_name("room").write_bytes(bytes(1 << 16))


def _print_what_mkdocs_said(project: Project, findings: Sequence[Finding], log: Path) -> None:
    """Say why MkDocs stopped, unless our own findings of the same pages have said it better."""
    named = {finding.path.removeprefix(project.configuration.docs_dir + "/") for finding in findings}
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    said = [line for line in lines if line.startswith(_SAID_BY_MKDOCS) and not any(path in line for path in named)]
    for line in said or lines[-1:]:
        print(f"mkdocs: {line}")
    if lines and lines[-1].startswith("ModuleNotFoundError"):
        print("The packages of this environment are older than requirements.lock. Fix: make setup")
    elif place := _hook_that_stopped(project, lines):
        print(f"It stopped in {place}. Fix: See in mkdocs.yml whether a plugin or a hook went, or changed its place.")


def _hook_that_stopped(project: Project, log: Sequence[str]) -> str:
    """Return file and line of the last of the project's hooks in a traceback; nothing where there is none."""
    hooks = {str(Path(project.root, hook).resolve()): hook for hook in project.configuration.hooks}
    frames = [frame for line in log if (frame := _FRAME.fullmatch(line)) and frame["file"] in hooks]
    return f"{hooks[frames[-1]['file']]}, line {frames[-1]['line']}" if frames else ""


def stops(finding: Finding, fail_on: str) -> bool:
    """Tell whether a finding stops a build."""
    return finding.severity.value in {"error", fail_on}


@contextmanager
def workshop(root: Path) -> Iterator[Path]:
    """Make a folder to build in and remove it again, also when the process is asked to end."""
    (root / WORKSHOP).mkdir(parents=True, exist_ok=True)
    _remove_left_behind(root / WORKSHOP)
    folder = Path(tempfile.mkdtemp(dir=root / WORKSHOP, prefix=f"{os.getpid()}-"))
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        yield folder / "site"
    finally:
        signal.signal(signal.SIGTERM, before)
        shutil.rmtree(folder, ignore_errors=True)
        _remove_left_behind(root / WORKSHOP)  # again: the MkDocs of a killed build may have gone on writing meanwhile


def _remove_left_behind(workshops: Path) -> None:
    """Remove what builds left that were killed; the name begins with the number of their process."""
    for folder in workshops.iterdir():
        number = folder.name.partition("-")[0]
        if number.isdecimal() and not _is_running(int(number)):
            shutil.rmtree(folder, ignore_errors=True)


def _is_running(process: int) -> bool:
    if os.name == "nt":  # asking about a process would end it there
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True

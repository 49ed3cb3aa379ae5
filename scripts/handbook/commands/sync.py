"""`handbook sync PAGE`: shows what moved beside the other language, and records that both say the same."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.commands.refusal import refuse

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Sequence

    from handbook.ledger.overview import Overview, PageState
    from handbook.ledger.record import Record
    from handbook.ledger.state import SectionState
    from handbook.ledger.sync import Answer
    from handbook.ledger.wording import Wording

NARROWEST, WIDEST = 60, 120


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "sync",
        help="compare the languages of a page and record that they say the same",
        description="Shows every section that is not in step, side by side, and asks whether both say the same.",
        epilog="Exit code: 0 all in step now, 1 something is left or must be mended first, 2 wrong use or no access.",
    )
    parser.add_argument("pages", nargs="*", metavar="PAGE", help="a page: its path in any language, or needs/safety.md")
    parser.add_argument("--all", action="store_true", help="every page of the handbook")
    parser.add_argument(
        "--section", action="append", default=[], metavar="ID", help="only this section; may be repeated"
    )
    parser.add_argument("--yes", action="store_true", help="do not ask: I have read both, and they say the same")
    parser.add_argument("--reason", default="", metavar="TEXT", help="why a side that did not change can stay as it is")
    parser.add_argument(
        "--root", type=Path, default=Path(), metavar="DIR", help="the folder with mkdocs.yml (default: here)"
    )


def run(args: argparse.Namespace) -> int:
    """Bring pages in step."""
    from handbook.reading.configuration import NotAProjectError  # noqa: PLC0415 - heavy, see handbook.cli

    if args.all == bool(args.pages):
        return refuse(
            "Name the pages to compare, or say --all." if not args.all else "Name pages or say --all, not both."
        )
    if not args.root.is_dir():
        return refuse(f"There is no folder {args.root}.")
    try:
        return _Session(args).run()
    except (NotAProjectError, WrongUseError) as error:
        return refuse(str(error))
    except OSError as error:
        return refuse(f"{error.filename} cannot be written ({error.strerror}).")


class WrongUseError(Exception):
    """The command was used wrongly; the message says how to use it."""


class StoppedError(Exception):
    """The person who was asked wants to stop."""


@dataclass(frozen=True, slots=True)
class _Work:
    """A page with sections to settle, and the record they are to be written to."""

    page: PageState
    record: Record
    open: tuple[SectionState, ...]


class _Session:
    """One run of the command."""

    def __init__(self, args: argparse.Namespace) -> None:
        from handbook.ledger.wording import Wording  # noqa: PLC0415
        from handbook.reading.configuration import read_configuration  # noqa: PLC0415

        self.root: Path = args.root.resolve()
        self.args = args
        self.configuration = read_configuration(self.root)
        self.wording: Wording = Wording.of(self.root, self.configuration)
        self.asking = not args.yes and sys.stdin.isatty() and sys.stdout.isatty()
        self.left = 0
        self.refused = 0

    def run(self) -> int:
        overview = self._overview()
        pages = list(self._chosen(overview))
        work = list(self._work(pages, overview.languages))
        if self.args.yes:
            self._check_reasons(work)
        try:
            for item in work:
                self._page(item)
        except StoppedError:
            print("Stopped. What you had already answered is recorded.")
            return 1
        if not work and not self.refused:
            print("Everything is in step; there is nothing to record.")
        return int(bool(self.left or self.refused))

    def _overview(self) -> Overview:
        from handbook.ledger.overview import make_overview, read_records  # noqa: PLC0415
        from handbook.ledger.record import UnmergedError  # noqa: PLC0415
        from handbook.ledger.store import read_unmerged_record  # noqa: PLC0415
        from handbook.ledger.versions import languages_of, read_versions  # noqa: PLC0415

        versions = read_versions(self.root, self.configuration)
        self.records = read_records(self.root, {version.key for version in versions})
        for key, record in self.records.items():
            if isinstance(record, UnmergedError):
                self.records[key] = read_unmerged_record(self.root, key)
        return make_overview(versions, languages_of(self.configuration), self.records)

    def _chosen(self, overview: Overview) -> Iterator[PageState]:
        """Yield the pages that were named, each once."""
        if self.args.all:
            yield from overview.pages
            return
        from handbook.ledger.store import ledger_path  # noqa: PLC0415

        names: dict[str, PageState] = {}
        for page in overview.pages:
            versions = (version.path for version in page.versions.values())
            names |= dict.fromkeys((page.key, page.key.rsplit(".", 1)[0], ledger_path(page.key), *versions), page)
        chosen: dict[str, PageState] = {}
        for given in self.args.pages:
            page_ = names.get(given) or names.get(self._below_root(given))
            if page_ is None:
                message = f"There is no page {given}. Name it as docs/nl/needs/safety.md or as needs/safety.md."
                raise WrongUseError(message)
            chosen[page_.key] = page_
        wanted = set(self.args.section)
        for page_ in chosen.values():
            wanted -= {section.id for section in page_.sections}
        if wanted:
            message = f"There is no section {{#{min(wanted)}}} on {', '.join(chosen)}."
            raise WrongUseError(message)
        yield from chosen.values()

    def _below_root(self, given: str) -> str:
        path = Path(given).resolve()
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else given

    def _work(self, pages: Sequence[PageState], languages: Sequence[str]) -> Iterator[_Work]:
        """Yield what can be settled; say of every other page what must be mended first."""
        from handbook.ledger.record import LedgerError  # noqa: PLC0415
        from handbook.ledger.store import ledger_path  # noqa: PLC0415
        from handbook.ledger.sync import OPEN, obstacles  # noqa: PLC0415

        wanted = set(self.args.section)
        todo: list[_Work] = []
        for page in pages:
            record = self.records[page.key]
            if isinstance(record, LedgerError):
                self._refuse_page(f"{ledger_path(page.key)}:{record.line}: {record.message}. Fix: {record.hint}")
                continue
            if in_the_way := list(obstacles(page, languages, self._paths(page.key, languages))):
                self._refuse_page(*(f"{one.place}: {one.message}" for one in in_the_way))
                continue
            sections = tuple(one for one in page.of(*OPEN) if not wanted or one.id in wanted)
            if sections:
                todo.append(_Work(page, record, sections))
        in_the_way_of = self._parity_errors({item.page.key for item in todo})
        for item in todo:
            if errors := in_the_way_of.get(item.page.key):
                self._refuse_page(*errors)
            else:
                yield item

    def _paths(self, key: str, languages: Sequence[str]) -> dict[str, str]:
        docs = self.configuration.docs_dir
        return {language: f"{docs}/{language}/{key}" for language in languages}

    def _refuse_page(self, *messages: str) -> None:
        self.refused += 1
        for message in messages:
            print(message, file=sys.stderr)
        print("Mend this first; nothing was recorded for the page.", file=sys.stderr)

    def _parity_errors(self, keys: set[str]) -> dict[str, list[str]]:
        """Ask the check engine what differs between the languages of some pages."""
        from handbook.commands.layers import load_rules, settings_for  # noqa: PLC0415
        from handbook.model.finding import Severity  # noqa: PLC0415
        from handbook.reading.project import read_project  # noqa: PLC0415
        from handbook.rules.engine import choose  # noqa: PLC0415
        from handbook.rules.engine import run as run_rules  # noqa: PLC0415
        from handbook.rules.registry import REGISTRY, Scope  # noqa: PLC0415

        load_rules()
        codes = [rule.code for rule in REGISTRY.all() if rule.code.startswith("PAR") and rule.scope is Scope.PAIR]
        if not keys or not codes:
            return {}
        project = read_project(self.root, settings_for, render=False, site=False)
        errors: dict[str, list[str]] = {}
        for finding in run_rules(project, choose(project, codes).on):
            page = project.by_path.get(finding.path)
            if finding.severity is Severity.ERROR and page is not None and page.key in keys:
                errors.setdefault(page.key, []).append(f"{finding.place}: {finding.code} {finding.message}")
        return errors

    def _check_reasons(self, work: Iterable[_Work]) -> None:
        from handbook.ledger.record import tidy_reason  # noqa: PLC0415
        from handbook.ledger.sync import needs_reason  # noqa: PLC0415

        if tidy_reason(self.args.reason):
            return
        for item in work:
            for section in filter(needs_reason, item.open):
                message = (
                    f"{item.page.key}: {self.wording.state(section)} {{#{section.id}}} "
                    "Say with --reason TEXT why it can stay as it is; nothing was recorded."
                )
                raise WrongUseError(message)

    def _page(self, item: _Work) -> None:
        """Ask about the sections of one page, or take them as settled, and write its record."""
        from handbook.ledger.sync import Answer  # noqa: PLC0415

        total = len(item.page.sections)
        if self.args.yes:
            self._write(item, [Answer(section.id, self.args.reason) for section in item.open])
            return
        print(f"{item.page.key}: {len(item.open)} of {total} sections to compare.\n")
        answers: list[Answer] = []
        try:
            for number, section in enumerate(item.open, start=1):
                print(f"{number} of {len(item.open)}")
                self._show(item.page, section)
                if self.asking and (answer := self._ask(section)) is not None:
                    answers.append(answer)
        finally:
            self._write(item, answers)
        if not self.asking:
            reason = " --reason TEXT" if any(section.behind for section in item.open) else ""
            print(f"Nothing was recorded. If both say the same:\n  handbook sync {item.page.key} --yes{reason}\n")

    def _show(self, page: PageState, section: SectionState) -> None:
        width = min(max(shutil.get_terminal_size().columns, NARROWEST), WIDEST)
        for line in self.wording.section(page, section, width):
            print(line)

    def _ask(self, section: SectionState) -> Answer | None:
        from handbook.ledger.record import tidy_reason  # noqa: PLC0415
        from handbook.ledger.sync import Answer, needs_reason  # noqa: PLC0415

        while True:
            match _prompt("Do both say the same now? [y/n/q] ").strip().casefold():
                case "y" | "yes" | "j" | "ja":
                    break
                case "n" | "no" | "nee":
                    return None
                case "q" | "quit":
                    raise StoppedError
        reason = ""
        if needs_reason(section):
            stays = self.wording.names(section.behind)
            reason = tidy_reason(_prompt(f"Why can {stays} stay as it is? (is recorded; empty: leave it open) "))
            if not reason:
                return None
        return Answer(section.id, reason)

    def _write(self, item: _Work, answers: Sequence[Answer]) -> None:
        from handbook.ledger.record import LedgerError, merge_records  # noqa: PLC0415
        from handbook.ledger.store import read_record, write_record  # noqa: PLC0415
        from handbook.ledger.sync import settle  # noqa: PLC0415

        self.left += len(item.open) - len(answers)
        if not answers:
            return
        settled = settle(item.record, item.page, answers)
        try:
            meanwhile = read_record(self.root, item.page.key)
        except LedgerError:  # the merge markers that were resolved
            meanwhile = item.record
        write_record(self.root, item.page.key, merge_records(item.record, settled, meanwhile))
        print(f"{item.page.key}: recorded {', '.join(answer.id for answer in answers)}")


def _prompt(question: str) -> str:
    sys.stdout.write(question)
    sys.stdout.flush()
    line = sys.stdin.readline()
    if not line:
        raise StoppedError
    return line

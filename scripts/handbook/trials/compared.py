"""The same mistakes, and what other tools say about them: made side by side, and printed as a page of Markdown.

Edits that touch different pages are tried together, because a build takes long; what a tool says about a page is
counted for the edit of that page, and what it says elsewhere for the edit whose page it names. A tool has found a
mistake when it says anything that it did not say about the unspoilt sources, whatever its words: that is generous to
it, for our own checks must say the right thing on the right line. Where a tool stops half-way, the edits are tried in
halves until it is known which one stopped it, and that one counts as found.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from handbook.trials.others import Said, ToolCrashedError
from handbook.trials.outcome import names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from handbook.trials.others import Tool
    from handbook.trials.outcome import Outcome

COPIED: Final = ("docs", "mkdocs.yml")


@dataclass
class Compared:
    """What each tool said about each kind of change, by tool and by the name of the kind."""

    outcomes: Sequence[Outcome]
    left_out: int
    versions: dict[str, str] = field(default_factory=dict)
    said: dict[str, dict[str, list[Said]]] = field(default_factory=dict)

    def found(self, tool: str, outcome: Outcome) -> bool:
        """Whether a tool said anything about a change."""
        return bool(self.said[tool].get(outcome.kind.name))

    def on_line(self, tool: str, outcome: Outcome) -> bool:
        """Whether it named the line."""
        places = {(place.path, place.line) for place in (outcome.edit.at if outcome.edit else ())}
        return any((said.path, said.line) in places for said in self.said[tool].get(outcome.kind.name, ()))


def compare(real: Path, batches: Sequence[Sequence[Outcome]], tools: Sequence[Tool], left_out: int = 0) -> Compared:
    """Let every tool look at every edit; those of one batch touch different pages and are looked at together."""
    outcomes = [outcome for batch in batches for outcome in batch]
    compared = Compared(outcomes, left_out)
    with tempfile.TemporaryDirectory(prefix="handbook-compared-") as folder:
        for tool in tools:
            bench = _Bench(real, Path(folder), tool)
            compared.versions[tool.name] = tool.version
            compared.said[tool.name] = {
                name: said for batch in batches for name, said in bench.try_together(batch).items()
            }
    return compared


class _Bench:
    """A copy of the sources that one tool looks at, unspoilt and spoilt."""

    def __init__(self, real: Path, folder: Path, tool: Tool) -> None:
        self.real = real
        self.folder = folder
        self.tool = tool
        self.before = Counter(said.kind for said in self._look([]))

    def _look(self, batch: Sequence[Outcome]) -> list[Said]:
        root = self.folder / "project"
        root.mkdir()
        try:
            for name in COPIED:
                source = self.real / name
                (shutil.copytree if source.is_dir() else shutil.copyfile)(source, root / name)
            for outcome in batch:
                _write(root, outcome.edit.files if outcome.edit else {})
            return self.tool.look(root)
        finally:
            shutil.rmtree(root)

    def try_together(self, batch: Sequence[Outcome]) -> Mapping[str, list[Said]]:
        """Give what the tool newly says about each edit of a batch."""
        try:
            said = self._look(batch)
        except ToolCrashedError as error:
            if len(batch) == 1:
                return {batch[0].kind.name: [Said("", 0, str(error))]}
            half = len(batch) // 2
            return {**self.try_together(batch[:half]), **self.try_together(batch[half:])}
        found: dict[str, list[Said]] = {}
        seen: Counter[tuple[str, str]] = Counter()
        for one in said:
            seen[one.kind] += 1
            if seen[one.kind] > self.before[one.kind]:
                for outcome in _meant(one, batch):
                    found.setdefault(outcome.kind.name, []).append(one)
        return found


def _meant(said: Said, batch: Sequence[Outcome]) -> list[Outcome]:
    """Find the edit of the file a tool speaks of, else those whose pages it names."""
    own = [one for one in batch if one.edit and said.path in one.edit.files]
    return own or [one for one in batch if one.edit and any(_last(name) in said.text for name in names(one.edit))]


def _last(name: str) -> str:
    return PurePosixPath(name).name


def _write(root: Path, files: Mapping[str, bytes | None]) -> None:
    for path, data in files.items():
        target = root / path
        target.unlink(missing_ok=True)
        if data is not None:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)


# --- The page --------------------------------------------------------------------------------------------------------

INTRODUCTION: Final = """\
# The same mistakes, several tools

<!-- Made by `handbook mutations --compare`; not written by hand. -->

Each row is one kind of mistake, made once on a real page of this handbook by a program (seed {seed}). `line` means
found on the right line, `found` that something was said, `missed` that nothing was. The tools read the same sources:

{tools}

What this table can say, and what it cannot:

- Another tool counts as having found a mistake when it says **anything** that it does not say about the unspoilt pages,
  whatever its words. For our own checks only the expected code on the expected line counts.
- None of the other tools was made for this: they do not know that two pages are meant to say the same, which numbers
  are those of helplines, or what the keys at the top of a page mean. lychee and markdownlint do well what they are for,
  and lychee's main strength, asking other sites, is switched off here.
- The kinds were thought up by the authors of these checks. Somebody else would have thought of others.
- {left_out} kinds that touch data files, the configuration or the published site are left out, because no other tool
  here reads those.
- Rules of markdownlint about looks (such as the length of lines) speak up about many edits without meaning the mistake;
  they are counted all the same. The harmless changes at the end show how often a tool speaks up for nothing.
"""


def as_page(compared: Compared, seed: int) -> Iterator[str]:
    """Yield the lines of the page."""
    tools = list(compared.versions)
    listed = "\n".join(f"- `{name}` {version}" for name, version in compared.versions.items())
    yield from INTRODUCTION.format(seed=seed, tools=f"- `handbook check`\n{listed}", left_out=compared.left_out).split(
        "\n"
    )
    mistakes = [one for one in compared.outcomes if not one.kind.harmless]
    harmless = [one for one in compared.outcomes if one.kind.harmless]
    yield from ("## All in all", "")
    yield "| Tool | Mistakes found | On the line | Harmless changes reported |"
    yield "| --- | ---: | ---: | ---: |"
    ours = (sum(one.found for one in mistakes), sum(one.on_line for one in mistakes))
    yield f"| handbook check | {_of(ours[0], mistakes)} | {_of(ours[1], mistakes)} | {_of(sum(bool(one.findings) for one in harmless), harmless)} |"  # noqa: E501
    for name in tools:
        counts = (
            sum(compared.found(name, one) for one in mistakes),
            sum(compared.on_line(name, one) for one in mistakes),
            sum(compared.found(name, one) for one in harmless),
        )
        yield f"| {name} | {_of(counts[0], mistakes)} | {_of(counts[1], mistakes)} | {_of(counts[2], harmless)} |"
    order = {
        family: number for number, family in enumerate(dict.fromkeys(one.kind.family for one in compared.outcomes))
    }
    in_order = sorted(compared.outcomes, key=lambda one: (one.kind.harmless, order[one.kind.family], one.kind.name))
    for family, group in groupby(in_order, key=lambda one: one.kind.family):
        yield from ("", f"## {family}", "")
        yield "| " + " | ".join(("Kind", "What was done", "handbook check", *tools)) + " |"
        yield "|" + " --- |" * (3 + len(tools))
        for one in group:
            cells = [one.kind.name, one.kind.what, _ours(one), *(_theirs(compared, name, one) for name in tools)]
            yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _of(count: int, many: Sequence[object]) -> str:
    return f"{count} of {len(many)}"


def _ours(outcome: Outcome) -> str:
    if outcome.kind.harmless:
        return "reported" if outcome.findings else "silent"
    return "line" if outcome.on_line else "found" if outcome.found else "missed"


def _theirs(compared: Compared, name: str, outcome: Outcome) -> str:
    found = compared.found(name, outcome)
    if outcome.kind.harmless:
        return "reported" if found else "silent"
    return "line" if compared.on_line(name, outcome) else "found" if found else "missed"

"""How the check grows with the handbook: handbooks of several sizes made of the real one, each checked twice.

The first check of each finds nothing remembered, the second one what the first remembered. Both run as processes of
their own, and what is measured is theirs alone: seconds of the processor, and the most memory they held.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Final

from handbook.editorial.spelling import carry_over
from handbook.trials.builds.figures import Series, exponent
from handbook.trials.builds.measuring import build
from handbook.trials.builds.pages import Pages, grown, keys_of, with_menu

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_LINK: Final = re.compile(r"\[([^\]]*)\]\(([^()\s:#]+\.md)(?:#[^)]*)?\)")
_BESIDE: Final = ("data", "overrides")
_CHECK: Final = "import sys; from handbook.cli import main; main(['check', *sys.argv[1:]])"


@dataclass(frozen=True, slots=True)
class Sizes:
    """What one size took: the check without and with something remembered."""

    cold: Series
    warm: Series


def of_size(real: Pages, size: int) -> Pages:
    """Return a handbook of `size` pages a language; a smaller one has the first pages, and no links to the others."""
    keys = list(keys_of(real.nav))
    if size >= len(keys):
        return grown(real, size)
    chosen = keys[:size]

    def cut(key: str, text: str) -> str:
        def kept(match: re.Match[str]) -> str:
            return match[0] if normpath(join(dirname(key), match[2])) in chosen else match[1]

        return _LINK.sub(kept, text)

    texts = {
        language: {key: cut(key, pages[key]) for key in chosen if key in pages}
        for language, pages in real.texts.items()
    }
    return Pages(texts, chosen)


def lay_out(pages: Pages, root: Path, folder: Path) -> None:
    """Write a handbook into a folder, with the real one's data beside it."""
    for name in _BESIDE:
        if (root / name).is_dir():
            shutil.copytree(root / name, folder / name)
    carry_over(root, folder)
    configuration = (root / "mkdocs.yml").read_text(encoding="utf-8")
    (folder / "mkdocs.yml").write_text(with_menu(configuration, pages.nav), encoding="utf-8")
    for language, texts in pages.texts.items():
        shutil.copytree(root / "docs" / language / "_shared", folder / "docs" / language / "_shared")
        for key, text in texts.items():
            target = folder / "docs" / language / key
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")


def measure(pages: Pages, root: Path, folder: Path, longest: float, *, site: bool) -> Sizes:
    """Check a handbook twice; with `site` it is built before, which is not measured."""
    lay_out(pages, root, folder)
    if site:
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder / "site")]
        subprocess.run(command, cwd=folder, check=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})  # noqa: S603
    environment = {"XDG_CACHE_HOME": str(folder / "remembered")}
    command = [sys.executable, "-c", _CHECK, *([] if site else ["--no-site"])]
    series = [Series(name, pages.count) for name in ("cold", "warm")]
    for one in series:
        one.runs.append(build(command, folder, environment, longest))
    return Sizes(*series)


def as_text(measured: Sequence[Sizes]) -> Iterator[str]:
    """Yield the lines of the table, and by which power of the pages the seconds grow."""
    yield "  Pages    CPU s     MiB   again: CPU s     MiB"
    for one in measured:
        cold, warm = one.cold.runs[0], one.warm.runs[0]
        yield f"{one.cold.pages:7}  {cold.cpu:7.2f}  {cold.memory:6.0f}  {warm.cpu:13.2f}  {warm.memory:6.0f}"
    for name, series in (("first", [one.cold for one in measured]), ("second", [one.warm for one in measured])):
        power, last = exponent(series), exponent(series[-2:])
        if power is not None and last is not None:
            stretch = f"from {series[-2].pages} to {series[-1].pages} pages {last:.2f}"
            yield f"The {name} check grows with the number of pages to the power of {power:.2f}; {stretch}."

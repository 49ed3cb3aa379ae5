"""Which rules found nothing on a page that has not changed since, so that they need not look again.

Only rules that judge a page, or the versions of one, by itself are remembered: the engine shows them nothing else of
the project (`handbook.model.project.Excerpt`), so what they find depends on what `Memory` takes a digest of and on
nothing besides. What is kept is the codes of the rules that found something; those run again and say it anew. A damaged
store therefore never makes a finding, and what cannot be understood in it counts as not there.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from handbook.reading.installed import installed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence, Set

    from handbook.model.page import Page
    from handbook.model.project import Project
    from handbook.reading.cache import RenderCache
    from handbook.rules.registry import RuleDefinition

NOTHING: Final = "-"
_PROGRAM: Final = Path(__file__).parents[1]


class Memory:
    """What was found before. `reads` names the files, as patterns below the root, that rules read from the disk."""

    def __init__(
        self, store: RenderCache, project: Project, rules: Iterable[RuleDefinition], reads: Sequence[str]
    ) -> None:
        self.store = store
        self.project = project
        self.codes = frozenset(rule.code for rule in rules if not rule.around)
        self.circumstances = _circumstances(project, self.codes, reads)
        self.digests: dict[str, bytes] = {}

    def recall(self, pages: Sequence[Page]) -> Set[str] | None:
        """Return the codes of the rules that found something on these pages; None where that is not known."""
        said = self.store.get(self.circumstances, self._key(pages))
        if said is None:
            return None
        codes = frozenset() if said == NOTHING else frozenset(said.split(" "))
        return codes if codes <= self.codes else None

    def keep(self, pages: Sequence[Page], codes: Iterable[str]) -> None:
        """Remember the codes of the rules that found something."""
        self.store.put(self.circumstances, self._key(pages), " ".join(sorted(codes)) or NOTHING)

    def close(self) -> None:
        """Write down what is new."""
        self.store.close()

    def _key(self, pages: Sequence[Page]) -> str:
        return " ".join(self._digest(page).hex() for page in pages)

    def _digest(self, page: Page) -> bytes:
        """Return a digest of everything that a page was made from."""
        if page.path not in self.digests:
            place = (page.path, page.key, page.language, page.localized, page.partial)
            rendered = self.project.fragments.get(page.path), self.project.unrendered.get(page.path)
            made = blake2b(repr((place, rendered[1], rendered[0] is None)).encode(), digest_size=16)
            for text in (page.text, rendered[0] or ""):
                data = text.encode("utf-8", "surrogatepass")
                made.update(len(data).to_bytes(8, "big"))
                made.update(data)
            self.digests[page.path] = made.digest()
        return self.digests[page.path]


def _circumstances(project: Project, codes: Iterable[str], reads: Sequence[str]) -> str:
    """Return a digest of everything but the pages: program, packages, day, settings, and the files rules read."""
    known = (
        _program(),
        dt.datetime.now(tz=dt.UTC).date().isoformat(),
        os.environ.get("SOURCE_DATE_EPOCH", ""),
        project.root,
        project.unrendered.get("", ""),
        sorted(codes),
        _plain(project.configuration),
        _plain(project.settings),
    )
    made = blake2b(repr(known).encode("utf-8", "surrogatepass"), digest_size=16)
    root = Path(project.root)
    for file in sorted({file for pattern in reads for file in root.glob(pattern)}):
        _add(made, file, root)
    return made.hexdigest()


@cache
def _program() -> str:
    """Return a digest of this program, of Python, and of the names and versions of everything installed beside it."""
    made = blake2b(sys.version.encode(), digest_size=16)
    made.update(repr(sorted(installed().items())).encode())
    for folder, folders, names in os.walk(_PROGRAM):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            _add(made, Path(folder, name), _PROGRAM)
    return made.hexdigest()


def _add(made: blake2b, file: Path, root: Path) -> None:
    try:
        data = file.read_bytes()
    except OSError as problem:
        data = repr(problem.errno).encode()
    made.update(f"{file.relative_to(root).as_posix()}\x00{len(data)}\x00".encode("utf-8", "surrogateescape"))
    made.update(data)


def _plain(value: Any) -> Any:
    """Write a value so that equal ones look equal: mappings and sets in order, values of the model by their fields."""
    if isinstance(value, Mapping):
        return sorted(((repr(key), _plain(item)) for key, item in value.items()), key=lambda pair: pair[0])
    if isinstance(value, (set, frozenset)):
        return sorted(repr(_plain(item)) for item in value)
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return [type(value).__name__, *(_plain(getattr(value, field.name)) for field in fields(value))]
    return value

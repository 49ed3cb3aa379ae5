"""Puts one input through everything that would meet it: reading, rules, rendering, data files, addresses.

All in memory beside a few real pages, so that thousands go through in a minute. A mistake is an exception, an input
that takes longer than `LONGEST` seconds of the processor, a file that is touched outside the temporary folders of the
trial, or a text that would be published with something harmful in it although no rule of safety stops the build.
"""

from __future__ import annotations

import signal
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import markdown

from handbook.editorial.errors import DataError
from handbook.editorial.handbook_data import load_handbook_data
from handbook.editorial.search_words import load_search_words
from handbook.model.finding import Severity
from handbook.publishing.address_file import load_registry
from handbook.publishing.addresses import address_of
from handbook.publishing.building_blocks import BuildingBlocks
from handbook.publishing.catalogue import Language
from handbook.publishing.filler import PageFiller
from handbook.publishing.search_index import sections_of
from handbook.publishing.site import load_site
from handbook.publishing.words import load_words
from handbook.reading.cache import cache_folder
from handbook.reading.front_matter import split_front_matter
from handbook.reading.symbolic_links import symbolic_links
from handbook.rules.languages import written_in
from handbook.rules.registry import Scope
from handbook.trials.bench import Bench
from handbook.trials.edit import Edit
from handbook.trials.fuzz.harm import harms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from handbook.model.project import Project
    from handbook.trials.fuzz.inputs import Input

LONGEST: Final = 5.0
GUARDS: Final = ("SAF", "FIL", "TXT102")
"""Rules that stop a build because of what a reader could meet, by the beginning of their codes."""
LEFT_OUT: Final = ("SPE",)
"""Rules about spelling: they look words up and do nothing else, and their dictionaries take seconds to load."""
_TOUCHES: Final = frozenset({"os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.symlink", "os.link", "os.truncate"})
_WRITING: Final = frozenset("wax+")


class TooLongError(BaseException):
    """An input kept the processor busy for too long."""


class Table:
    """A few real pages laid out for inputs. Use it as a context; `accepted` counts inputs no guard stopped."""

    def __init__(self, project: Project, root: Path) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="handbook-fuzz-")
        self.bench = Bench(project)
        self.project = self.bench.project
        self.accepted = 0
        self.touched: list[str] = []
        self.watching = False
        self.allowed = self.folder.name, self.bench.folder.name, str(cache_folder())
        self.rules = [rule for rule in self.bench.rules if not rule.code.startswith(LEFT_OUT)]
        configuration = project.configuration
        self.blocks = BuildingBlocks()
        self.markdown = markdown.Markdown(
            extensions=[*configuration.markdown_extensions, self.blocks],
            extension_configs={name: dict(options) for name, options in configuration.extension_options.items()},
        )
        self.site = load_site(
            root=root,
            docs=root / configuration.docs_dir,
            languages=[Language.of(one.locale, one.name, one.locale) for one in configuration.languages],
            default_language=configuration.default_language.locale,
            nav=None,
            site_url="https://fuzz.example/",
        )
        # The language model is unpacked into a temporary file when it is first asked; that is no input's doing.
        written_in("words", tuple(one.locale for one in configuration.languages))
        sys.addaudithook(self._watch)

    def __enter__(self) -> Table:
        return self

    def __exit__(self, *_: object) -> None:
        self.watching = False
        self.bench.__exit__()
        self.folder.cleanup()

    def _watch(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Note every touch of a file that is neither in a folder of these trials nor in the user's cache."""
        if not self.watching:
            return
        if event == "open":
            path, mode = arguments[0], arguments[1]
            if not isinstance(path, str | bytes) or not _WRITING & set(mode or ""):
                return
        elif event not in _TOUCHES:
            return
        name = str(arguments[0])
        if not name.startswith(self.allowed) and "__pycache__" not in name:
            self.touched.append(f"{event} {name}")

    def try_input(self, one: Input) -> str:
        """Return what went wrong with an input, or nothing."""
        self.touched.clear()
        self.watching = True
        try:
            with _within(LONGEST):
                said = getattr(self, "_" + one.kind.replace(" ", "_"))(one)
        except TooLongError:
            said = f"took more than {LONGEST:.0f} s"
        except MemoryError:
            said = "took more memory than there may be"
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what we look for
            said = f"{type(error).__name__}: {error}{_where(error)}"
        finally:
            self.watching = False
        return f"touched {self.touched[0]}" if self.touched and not said else str(said)

    def _page(self, one: Input) -> str:
        edited = self.bench.edited(Edit({one.path: one.data}))
        stopped = self._stopped(edited, one)
        page = edited.by_path.get(one.path)
        if page is None or stopped:
            return ""
        self.accepted += 1
        html = self._published(page.language, page.key, page.text)
        return next((f"would publish {harm}" for harm in harms(html)), "")

    _front_matter = _page

    def _stopped(self, edited: Project, one: Input) -> bool:
        """Run the rules on what an input touches; tell whether a guard stops the build."""
        page = edited.by_path.get(one.path)
        key = page.key if page else ""
        few = replace(edited, pages=tuple(other for other in edited.pages if other.key == key))
        things: dict[Scope, Any] = {
            Scope.FILE: edited.problems,
            Scope.PAGE: [page] if page else (),
            Scope.FRAGMENT: [page] if page and page.path in edited.fragments else (),
            Scope.PAIR: list(few.pairs()) if page else (),
        }
        stopped = False
        for rule in self.rules:
            for thing in things.get(rule.scope, ()):
                if rule.problem and rule.problem != getattr(thing, "kind", ""):
                    continue
                for hit in rule.check(thing, edited):
                    severity = hit.severity or rule.severity
                    stopped = stopped or (severity is Severity.ERROR and rule.code.startswith(GUARDS))
        return stopped

    def _published(self, language: str, key: str, text: str) -> str:
        """Render a page as the build does; what it cannot fill in, it says, and that fails a build."""
        entry = self.site.catalogue.get(language, key)
        assert entry is not None  # noqa: S101
        said: list[str] = []
        self.blocks.filler = PageFiller(self.site, entry, report=said.append)
        html = str(self.markdown.reset().convert(split_front_matter(text)[1]))
        list(sections_of(html))
        return "" if said else html

    def _data(self, one: Input) -> str:
        root = Path(self.folder.name) / str(one.number)
        path = root / one.path
        path.parent.mkdir(parents=True)
        path.write_bytes(one.data)
        loaders: dict[str, Callable[[Path], object]] = {
            "addresses.txt": load_registry,
            "search": load_search_words,
            "strings": lambda _: load_words(path.parent, path.stem, path.stem),
        }
        loader = loaders.get(path.name) or loaders.get(path.parent.name)
        try:
            if loader is None:
                load_handbook_data.__wrapped__(str(root))
            else:
                loader(path)
            self.accepted += 1
        except DataError:
            pass
        return ""

    def _file_name(self, one: Input) -> str:
        docs = self.project.configuration.docs_dir + "/"
        edited = self.bench.edited(Edit({one.path: one.data}))
        language, _, key = one.path.removeprefix(docs).partition("/")
        hidden = any(part.startswith(("_", ".")) for part in key.split("/"))  # no page of its own
        if self._stopped(edited, one) or one.path not in edited.by_path or hidden:
            return ""
        self.accepted += 1
        address = address_of(language, key, {})
        below = Path("/site", address).parts
        return f"would write to {address!r}" if ".." in below or address.startswith("/") else ""

    def _image(self, one: Input) -> str:
        """Lay a file down and let whatever looks at files look at it."""
        root = Path(self.folder.name) / str(one.number)
        path = root / one.path
        try:
            path.parent.mkdir(parents=True)
            path.write_bytes(one.data)
        except OSError:
            return ""  # no file system has such a name
        list(symbolic_links(root))
        edited = self.bench.edited(Edit({one.path: one.data}))
        for rule in self.rules:
            if rule.scope is Scope.PROJECT and rule.code.startswith(("FIL", "LNK117", "SAF")):
                list(rule.check(edited, edited))
        return ""


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    """Raise TooLongError inside the block when the processor has worked on it for so long."""

    def stop(*_: object) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _where(error: BaseException) -> str:
    """Return the last place of our own in a traceback."""
    place, trace = "", error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if "/handbook/" in code.co_filename and "/trials/" not in code.co_filename:
            place = f" at {code.co_filename.rpartition('/handbook/')[2]}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def few_pages(project: Project) -> Project:
    """Keep some pages of a project, of every shape, so that an input meets few others."""
    kept = {"index.md", "help-now.md", "needs/safety.md", "therapists/index.md", "about/glossary.md"}
    return replace(project, pages=tuple(page for page in project.pages if page.key in kept), site=None)

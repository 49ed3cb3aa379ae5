"""The handbook as kinds of changes see it: its pages by what stands on them, and a way to draw one of many places."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from handbook.model.finding import Place
from handbook.model.page import Block, Code, Page, Paragraph, Section, walk
from handbook.trials.edit import Draft, Edit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from random import Random

    from handbook.model.project import Pair, Project

T = TypeVar("T")
PLAIN = re.compile(r"[\w ,.;:'\"!?()\u2019-]+[.!?]")
"""A line of prose without any markup."""


class World:
    """The pages of one project, and the places on them."""

    def __init__(self, project: Project, real: Path | None = None) -> None:
        self.project = project
        self.real = real or Path(project.root)
        """Where the project really stands, while `project.root` may be a copy for trials."""

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """Every whole page in a language, in order."""
        whole = [page for page in self.project.pages if page.localized and not page.partial]
        return tuple(sorted(whole, key=lambda page: page.path))

    @cached_property
    def client(self) -> tuple[Page, ...]:
        """The pages for clients that have the agreed sections."""
        return tuple(
            page
            for page in self.pages
            if page.front_matter.get("audience") == "client" and page.section("what-is-it") is not None
        )

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Every page beside its version in the other language."""
        whole = {page.path for page in self.pages}
        return tuple(pair for pair in self.project.pairs() if pair.first.path in whole)

    def twin(self, page: Page) -> Page:
        """Give a page in another language."""
        versions = self.project.by_key[page.key]
        return next(other for language, other in sorted(versions.items()) if language != page.language)

    def page(self, path: str) -> Page:
        """Give a page by its path."""
        return self.project.by_path[path]

    def in_language(self, language: str, pages: Iterable[Page] | None = None) -> list[Page]:
        """Give the pages in one language."""
        return [page for page in (self.pages if pages is None else pages) if page.language == language]

    @staticmethod
    def draw(chance: Random, things: Iterable[T]) -> T | None:
        """Draw one of many things; None where there is none."""
        many = list(things)
        return chance.choice(many) if many else None

    # --- Lines -------------------------------------------------------------------------------------------------------

    @staticmethod
    def lines(page: Page, part: str = "body") -> Iterator[tuple[int, str]]:
        """Yield number and text of the lines below the front matter (`body`, without code) or in it (`top`)."""
        code = [block for block in page.blocks if isinstance(block, Code)]
        for number, line in enumerate(page.text.split("\n"), 1):
            if (number > page.front_matter.end) is not (part == "body"):
                continue
            if "`" not in line and not any(block.line <= number <= block.end for block in code):
                yield number, line

    def swap(  # noqa: PLR0913, PLR0917 - what a replacement consists of
        self,
        chance: Random,
        pattern: str,
        replacement: str | Callable[[re.Match[str]], str],
        pages: Iterable[Page] | None = None,
        part: str = "body",
        where: Callable[[Page, int], bool] = lambda _page, _line: True,
    ) -> Edit | None:
        """Replace the first match of a pattern in one line that has it."""
        wanted = re.compile(pattern)
        places = [
            (page, number)
            for page in (self.pages if pages is None else pages)
            for number, line in self.lines(page, part)
            if wanted.search(line) and where(page, number)
        ]
        chosen = self.draw(chance, places)
        if chosen is None:
            return None
        page, number = chosen
        draft = Draft.of(page)
        return draft.put(number, wanted.sub(replacement, draft.line(number), count=1)).edit(number)

    # --- Blocks ------------------------------------------------------------------------------------------------------

    def blocks(
        self, kind: type[Any], pages: Iterable[Page] | None = None, *, nested: bool = True
    ) -> Iterator[tuple[Page, Section, Any]]:
        """Yield every block of a kind with its section and page."""
        for page in self.pages if pages is None else pages:
            for section in page.all_sections:
                for block in walk(section.blocks) if nested else section.blocks:
                    if isinstance(block, kind):
                        yield page, section, block

    def paragraphs(self, pages: Iterable[Page] | None = None) -> Iterator[tuple[Page, Section, Paragraph]]:
        """Yield every paragraph that stands by itself: in no box, list or quotation."""
        for page, section, block in self.blocks(Paragraph, self.client if pages is None else pages, nested=False):
            if not block.placeholder_only:
                yield page, section, block

    @cached_property
    def plain_lines(self) -> tuple[tuple[Page, Section, int, str], ...]:
        """Every line of such paragraphs that is one sentence without markup."""
        return tuple(self._plain_lines())

    def _plain_lines(self) -> Iterator[tuple[Page, Section, int, str]]:
        for page, section, block in self.paragraphs():
            lines = page.text.split("\n")
            for number in range(block.line, block.end + 1):
                if PLAIN.fullmatch(lines[number - 1]):
                    yield page, section, number, lines[number - 1]

    def insert(
        self, chance: Random, text: str | Mapping[str, str], at: int = 0, pages: Iterable[Page] | None = None
    ) -> Edit | None:
        """Put a block below some paragraph of the client layer; the finding is due `at` lines below its first."""
        wanted = [
            place
            for place in self.paragraphs(pages)
            if place[1].id != "what-we-know" and (isinstance(text, str) or place[0].language in text)
        ]
        chosen = self.draw(chance, wanted)
        if chosen is None:
            return None
        page, _section, block = chosen
        added = (text if isinstance(text, str) else text[page.language]).split("\n")
        draft = Draft.of(page).after(block.end, "", *added)
        return draft.edit(block.end + 2 + at)

    @staticmethod
    def at(page: Page, line: int) -> Place:
        """Name a line of a page."""
        return Place(page.path, line)

    def built(self, file: str) -> str:
        """Read a file of the published site."""
        site = self.project.site
        return (self.real / (site.directory if site else "") / file).read_text(encoding="utf-8")

    def read(self, path: str) -> str:
        """Read a file of the project that is no page."""
        return (Path(self.project.root) / path).read_text(encoding="utf-8")


def last_line(block: Block, page: Page) -> int:
    """Give the last line of a block that is not empty."""
    lines = page.text.split("\n")
    end = min(block.end, len(lines))
    while end > block.line and not lines[end - 1].strip():
        end -= 1
    return end

"""A file as text, and what is wrong with it as a file.

Read as bytes, decoded as UTF-8, line ends made equal; whatever had to be done for that is reported. A file that is too
large, or a line too long for a person to have typed, is set aside rather than handed to a parser: Markdown parsers take
quadratic time on some of them, and nobody wrote them by hand.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from handbook.model.finding import Mend
from handbook.model.project import FileProblem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST_FILE = 2_000_000
LONGEST_LINE = 20_000
MOST_BRACKETS = 1_000
"""On one line. Parsers look for the end of each bracket anew."""
SKIPPED_FOLDERS = frozenset({".git", ".hg", ".svn", "node_modules", "__pycache__"})
MARKDOWN_ENDINGS = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")


def read_source(file: Path, path: str) -> tuple[str | None, list[FileProblem]]:
    """Give the text of a file (None where it cannot be used) and its problems."""
    try:
        with file.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        return None, [FileProblem(path, "unreadable", detail=error.strerror or str(error))]
    if len(data) > LARGEST_FILE:
        return None, [FileProblem(path, "too-large", detail=f"{LARGEST_FILE // 1_000_000} MB")]
    return decode(data, path)


def decode(data: bytes, path: str) -> tuple[str | None, list[FileProblem]]:
    r"""Turn bytes into text with `\n` line ends, and say what was unusual about them."""
    problems: list[FileProblem] = []
    text = _as_text(data, path, problems)
    if "\x00" in text:
        problems.append(FileProblem(path, "null-byte", _line(text, text.index("\x00")), str(text.count("\x00"))))
        text = text.replace("\x00", "\ufffd")
    if "\r" in text:
        problems.append(_line_end_problem(text, path))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > MOST_BRACKETS:
        lines = text.split("\n")
        for number, content in enumerate(lines, 1):
            if len(content) > LONGEST_LINE or max(map(content.count, "[<")) > MOST_BRACKETS:
                problems.append(FileProblem(path, "line-too-long", number, f"{len(content):,}"))
                lines[number - 1] = ""
        text = "\n".join(lines)
    return text, problems


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _as_text(data: bytes, path: str, problems: list[FileProblem]) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        problems.append(FileProblem(path, "not-utf-8", 1, "UTF-16"))
        return data.decode("utf-16", errors="replace")
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
        problems.append(FileProblem(path, "byte-order-mark", 1, mend=Mend(1, "\ufeff", "")))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problems.append(FileProblem(path, "not-utf-8", line, f"byte 0x{data[error.start]:02x}"))
        return data.decode("utf-8", errors="replace")


def _line_end_problem(text: str, path: str) -> FileProblem:
    windows = text.count("\r\n")
    line = _line(text, text.index("\r"))
    if text.count("\r") > windows:
        return FileProblem(path, "line-ends", line, "carriage return", Mend(0, "\r", "\n"))
    if windows < text.count("\n"):
        return FileProblem(path, "line-ends", line, "mixed", Mend(0, "\r\n", "\n"))
    return FileProblem(path, "windows-line-ends", line, "", Mend(0, "\r\n", "\n"))


def walk_files(root: Path, top: Path) -> Iterator[tuple[str, Path | FileProblem]]:
    """Walk every file below a folder, as a path below the root.

    Symbolic links are followed inside the project (MkDocs does), each folder once; a link that leads out of it, or
    anything that is no ordinary file, comes as a problem instead.
    """
    real_root = os.path.realpath(root)
    seen: set[str] = set()
    stack = [str(top)]
    while stack:
        folder = stack.pop()
        real = os.path.realpath(folder)
        if real in seen:
            continue
        seen.add(real)
        try:
            with os.scandir(folder) as scan:
                entries = sorted(scan, key=lambda entry: entry.name)
        except OSError as error:
            path = os.path.relpath(folder, root).replace(os.sep, "/")
            yield path, FileProblem(path, "unreadable", detail=error.strerror or str(error))
            continue
        folders: list[str] = []
        for entry in entries:
            path = os.path.relpath(entry.path, root).replace(os.sep, "/")
            found = _classify(entry, path, real_root)
            if found is None:
                folders.append(entry.path)
            elif found != "skip":
                yield path, found if isinstance(found, FileProblem) else type(root)(entry.path)
        stack.extend(reversed(folders))


def _classify(entry: os.DirEntry[str], path: str, real_root: str) -> FileProblem | str | None:
    """Tell a folder (None) from an ordinary file ("file"), one to pass by ("skip"), and a problem."""
    if entry.is_symlink():
        target = os.path.realpath(entry.path)
        if target != real_root and not target.startswith(real_root + os.sep):
            return FileProblem(path, "link-out-of-project", detail=target)
    try:
        mode = entry.stat().st_mode
    except OSError as error:
        return FileProblem(path, "unreadable", detail=error.strerror or str(error))
    if stat.S_ISDIR(mode):
        return "skip" if entry.name in SKIPPED_FOLDERS else None
    return "file" if stat.S_ISREG(mode) else FileProblem(path, "not-a-file")

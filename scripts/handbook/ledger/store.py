"""The ledger's files: `data/ledger/<page>.txt` for the page `<page>.md`.

A file is replaced whole or not at all, so that a full disk or a stopped machine leaves the old one.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from handbook.ledger.record import LedgerError, Record, format_record, parse_record, parse_unmerged

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER: Final = Path("data/ledger")


def ledger_path(key: str) -> str:
    """Return the path of a page's ledger file below the root of the project."""
    return (FOLDER / key).with_suffix(".txt").as_posix()


def has_ledger(root: Path) -> bool:
    """Tell whether a project keeps a ledger at all."""
    return (root / FOLDER).is_dir()


def read_record(root: Path, key: str) -> Record:
    """Read the record of a page; an empty one where there is none yet. LedgerError where the file is broken."""
    text = _read(root / ledger_path(key))
    return parse_record(text) if text is not None else Record()


def read_unmerged_record(root: Path, key: str) -> Record:
    """Read the record of a page whose file holds merge markers; LedgerError where it is broken beyond that."""
    return parse_unmerged(_read(root / ledger_path(key)) or "")


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        hint = "take an older version of the file, or remove it and run `handbook sync` for this page."
        raise LedgerError(1, "this file is not written in UTF-8", hint) from None
    except OSError as error:
        raise LedgerError(1, f"this file cannot be read ({error.strerror})", "look at its permissions.") from None


def write_record(root: Path, key: str, record: Record) -> None:
    """Write the record of a page, whole or not at all; OSError if the disk does not let it."""
    replace_file(root / ledger_path(key), format_record(record))


def recorded_paths(root: Path) -> Iterator[str]:
    """Yield the paths of all ledger files below the root of the project, in order."""
    for path in sorted((root / FOLDER).rglob("*.txt")):
        yield path.relative_to(root).as_posix()


def replace_file(path: Path, text: str) -> None:
    """Put text into a file by renaming a finished one over it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise

"""The ledger's files: `data/ledger/<page>.txt` for the page `<page>.md`.

A file is replaced whole or not at all, so that a full disk or a stopped machine leaves the old one.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from handbook.ledger.record import LedgerError, Record, format_record, parse_record

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
    try:
        return parse_record((root / ledger_path(key)).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Record()
    except UnicodeDecodeError:
        raise LedgerError(1, "this file is not written in UTF-8", "run `handbook sync` for this page.") from None
    except OSError as error:
        raise LedgerError(1, f"this file cannot be read ({error.strerror})", "look at its permissions.") from None


def write_record(root: Path, key: str, record: Record) -> None:
    """Write the record of a page, whole or not at all; OSError if the disk does not let it."""
    replace_file(root / ledger_path(key), format_record(record))


def recorded_keys(root: Path) -> Iterator[str]:
    """Yield the keys of all pages the ledger knows, in order."""
    folder = root / FOLDER
    for path in sorted(folder.rglob("*.txt")):
        yield path.relative_to(folder).with_suffix(".md").as_posix()


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

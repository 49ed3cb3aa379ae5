"""Remembers what parsers and Python-Markdown made of a page, so that only changed pages are read again.

Reading is the slowest step of a check and depends on nothing but the text, the extensions and the versions of all that
reads, which together are the key. The store lies in the user's own cache folder and never in a checkout, because a
checkout may be anybody's; and what comes out of it can only become values of the model (`handbook.reading.packing`).
Whatever is wrong with the store, the answer is to read the page.
"""

from __future__ import annotations

import os
import pickle
import sqlite3
import zlib
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, Self

from handbook.reading.packing import UnpackingError, fingerprint, pack, unpack

MOST = 20_000
"""So many pages are kept, the latest ones."""
AT_ONCE = 200
"""So many are kept in memory before they are written."""


def cache_folder() -> Path:
    """Find the user's cache folder."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(given) if given else Path.home() / ".cache") / "handbook"


class RenderCache:
    """A store of rendered pages."""

    def __init__(self, file: Path) -> None:
        self.new: dict[bytes, bytes] = {}
        self.connection: sqlite3.Connection | None = None
        with suppress(OSError, sqlite3.Error):
            file.parent.mkdir(parents=True, exist_ok=True)
            self.connection = sqlite3.connect(file, timeout=1)
            self.connection.execute("CREATE TABLE IF NOT EXISTS rendered (key BLOB PRIMARY KEY, html BLOB NOT NULL)")

    @classmethod
    def usual(cls) -> Self:
        """Open the user's store."""
        return cls(cache_folder() / "rendered.sqlite3")

    @staticmethod
    def _key(recipe: str, body: str) -> bytes:
        return blake2b(f"{recipe}\x00{body}".encode("utf-8", "surrogatepass"), digest_size=16).digest()

    def get(self, recipe: str, body: str) -> str | None:
        """Give the HTML of a page, if it is there."""
        if self.connection is None:
            return None
        with suppress(sqlite3.Error, zlib.error, UnicodeDecodeError):
            found = self.connection.execute(
                "SELECT html FROM rendered WHERE key = ?", (self._key(recipe, body),)
            ).fetchone()
            if found is not None:
                return zlib.decompress(found[0]).decode("utf-8", "surrogatepass")
        return None

    def put(self, recipe: str, body: str, html: str) -> None:
        """Remember a page until `close`."""
        self._keep(self._key(recipe, body), zlib.compress(html.encode("utf-8", "surrogatepass"), 1))

    def get_value(self, recipe: str, text: str) -> Any:
        """Give what was read from a text, if it is there."""
        if self.connection is None:
            return None
        key = self._key(f"{fingerprint()}\x00{recipe}", text)
        with suppress(sqlite3.Error, UnpackingError):
            found = self.connection.execute("SELECT html FROM rendered WHERE key = ?", (key,)).fetchone()
            if found is not None:
                return unpack(found[0])
        return None

    def put_value(self, recipe: str, text: str, value: object) -> None:
        """Remember what was read from a text; what cannot be packed is not remembered."""
        if self.connection is None:
            return
        with suppress(pickle.PicklingError, TypeError, RecursionError):
            self._keep(self._key(f"{fingerprint()}\x00{recipe}", text), pack(value))

    def _keep(self, key: bytes, data: bytes) -> None:
        self.new[key] = data
        if len(self.new) >= AT_ONCE:
            self._write()

    def close(self) -> None:
        """Write what is new, and let go of what is oldest."""
        if self.connection is None:
            return
        self._write()
        with suppress(sqlite3.Error):
            self.connection.close()
        self.connection = None

    def _write(self) -> None:
        if self.connection is not None and self.new:
            with suppress(sqlite3.Error), self.connection:
                self.connection.executemany("INSERT OR REPLACE INTO rendered VALUES (?, ?)", self.new.items())
                self.connection.execute(
                    "DELETE FROM rendered WHERE rowid <= (SELECT MAX(rowid) FROM rendered) - ?", (MOST,)
                )
        self.new = {}

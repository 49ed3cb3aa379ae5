"""Remembers what Python-Markdown made of a page, so that only changed pages are rendered again.

Rendering is the slowest step of a check and depends on nothing but the text, the extensions and their versions, which
together are the key. The store lies in the user's own cache folder and never in a checkout, because a checkout may be
anybody's. Whatever is wrong with the store, the answer is to render.
"""

from __future__ import annotations

import os
import sqlite3
import zlib
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Self

MOST = 20_000
"""So many pages are kept, the latest ones."""


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
        self.new[self._key(recipe, body)] = zlib.compress(html.encode("utf-8", "surrogatepass"), 1)

    def close(self) -> None:
        """Write what is new, and let go of what is oldest."""
        if self.connection is None:
            return
        with suppress(sqlite3.Error):
            if self.new:
                with self.connection:
                    self.connection.executemany("INSERT OR REPLACE INTO rendered VALUES (?, ?)", self.new.items())
                    self.connection.execute(
                        "DELETE FROM rendered WHERE rowid <= (SELECT MAX(rowid) FROM rendered) - ?", (MOST,)
                    )
            self.connection.close()
        self.connection = None

"""Remembers compiled templates between builds, in the user's own cache folder.

Jinja finds a compiled template by its path and takes it only if the text of the template and the versions of Jinja and
Python are the same. What it does not look at is how an environment is set up, so each has files of its own name. A
folder that cannot be written to, or a full disk, only costs the time to compile.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from jinja2 import FileSystemBytecodeCache

from handbook.reading.cache import cache_folder

if TYPE_CHECKING:
    from jinja2.bccache import Bucket


class CompiledTemplates(FileSystemBytecodeCache):
    """A store of compiled templates for environments that are set up alike, which `kind` names."""

    def __init__(self, kind: str) -> None:
        folder = cache_folder() / "templates"
        with suppress(OSError):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        super().__init__(str(folder), f"{kind}-%s.cache")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read a compiled template, if it is there and can be read."""
        with suppress(OSError, EOFError, ValueError, TypeError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write a compiled template, if that can be done."""
        with suppress(OSError):
            super().dump_bytecode(bucket)

"""Puts a compressed copy beside every text of a site, so that no server has to compress while a reader waits.

gzip comes from Python itself and gives the same bytes for the same content on one version of it. Brotli makes pages
about a fifth smaller again; it comes from the Python package `brotli` or, where that is not installed, from the program
of that name, and is left out, with a word, where there is neither.
"""

from __future__ import annotations

import gzip
import importlib
import shutil
import subprocess
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

ENDINGS: Final = frozenset({".html", ".css", ".js", ".json", ".svg", ".xml", ".txt"})
COMPRESSED: Final = (".gz", ".br")
SMALLEST: Final = 256
"""Below so many bytes a file fits into one packet anyway."""

BROTLI_QUALITY: Final = 11


def brotli_encoder() -> Callable[[bytes], bytes] | None:
    """Return what makes Brotli on this machine, or None."""
    if find_spec("brotli") is not None:
        module = importlib.import_module("brotli")
        return lambda data: bytes(module.compress(data, quality=BROTLI_QUALITY))
    program = shutil.which("brotli")
    if program is None:
        return None

    def run(data: bytes) -> bytes:
        command = [program, "--stdout", f"--quality={BROTLI_QUALITY}", "-"]
        return subprocess.run(command, input=data, capture_output=True, check=True).stdout  # noqa: S603

    return run


def gzip_encoder(data: bytes) -> bytes:
    """Return gzip without a time and a name in it."""
    return gzip.compress(data, compresslevel=9, mtime=0)


def precompress(files: Iterable[Path], encoders: Iterable[tuple[str, Callable[[bytes], bytes]]]) -> list[Path]:
    """Write compressed copies of the texts among some files, where they save bytes; return what was written."""
    written = []
    chosen = list(encoders)
    for path in files:
        if path.suffix not in ENDINGS or path.stat().st_size < SMALLEST:
            continue
        data = path.read_bytes()
        for ending, encode in chosen:
            packed = encode(data)
            if len(packed) < len(data):
                beside = path.with_name(path.name + ending)
                beside.write_bytes(packed)
                written.append(beside)
    return written

"""What a file said before, as far as git still knows: to show it, and to notice what was taken out.

In a zip file, a shallow clone or after a squash there may be no older version, or none that was confirmed. Then there
is none to show, and nothing to notice.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

MOST_VERSIONS: Final = 200
_SECONDS: Final = 20


def older_versions(root: Path, path: str) -> Iterator[bytes]:
    """Yield what a file has said in earlier commits, newest first, also under earlier names."""
    git = shutil.which("git")
    if git is None:
        return
    base = [git, "-C", str(root), "--no-optional-locks", "-c", "core.fsmonitor=false"]
    wanted = ["log", "--follow", "--raw", "--no-abbrev", "--no-ext-diff", "--format=", f"--max-count={MOST_VERSIONS}"]
    log = _run([*base, *wanted, "--", path], b"")
    blobs = list(_blobs(log.decode("utf-8", errors="replace")))
    if blobs:
        yield from _contents(_run([*base, "cat-file", "--batch"], "\n".join(blobs).encode() + b"\n"))


def _run(command: Sequence[str], given: bytes) -> bytes:
    """Run git, shielded from a hook's environment; nothing where it fails for whatever reason."""
    shield = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    shield |= {"GIT_LITERAL_PATHSPECS": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1"}
    try:
        done = subprocess.run(  # noqa: S603  (a fixed command; the path stands after `--`)
            command, input=given, capture_output=True, env=shield, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return b""
    return done.stdout if done.returncode == 0 else b""


def _blobs(log: str) -> Iterator[str]:
    """Yield the ids of a file's contents from `git log --raw`, each once."""
    seen = set()
    for line in log.splitlines():
        if line.startswith(":"):
            _, _, before, after, *_ = line.split()
            for blob in (after, before):
                if blob.strip("0") and blob not in seen:
                    seen.add(blob)
                    yield blob


def _contents(batch: bytes) -> Iterator[bytes]:
    """Take apart what `git cat-file --batch` prints: a line with the size, the content, a line break."""
    position = 0
    while (end := batch.find(b"\n", position)) >= 0:
        words = batch[position:end].split()
        position = end + 1
        if len(words) == 3 and words[1] == b"blob":
            size = int(words[2])
            yield batch[position : position + size]
            position += size + 1

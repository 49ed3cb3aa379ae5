"""A folder of releases that a web server serves through one link, so that a reader never meets half of a site.

    /srv/handbook/current            -> releases/0007-3f9c2ab41d7e
    /srv/handbook/releases/0007-3f9c2ab41d7e/       the site, with .gz and .br beside its texts
    /srv/handbook/releases/0007-3f9c2ab41d7e.json   what belongs to it, with SHA-256

A release is made out of sight and the link is exchanged in one step. A page that a reader opened before still asks for
the assets of its own release, so those of the releases that are kept stand in the new one as well. Files that did not
change keep their time, and those that did get a later one than any before, whatever the clock says: servers make their
answers to "did it change?" from it.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from handbook.ledger.store import replace_file
from handbook.publishing.caching import is_hashed_asset
from handbook.publishing.precompress import COMPRESSED, precompress
from handbook.publishing.servers import CURRENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

RELEASES: Final = "releases"
KEEP: Final = 5
UNFINISHED: Final = ".new-"
LOCK: Final = ".lock"


class PublishError(Exception):
    """Something a publisher has to mend; the message says what, in a sentence."""


@dataclass(frozen=True, slots=True)
class Release:
    """A finished release: its folder, the SHA-256 of each of its own files, and how they are compressed."""

    folder: Path
    files: Mapping[str, str]
    compressed: tuple[str, ...]

    @property
    def number(self) -> int:
        """The place of this release among all there were."""
        return int(self.folder.name.partition("-")[0])


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did: `changed` counts the files that are new or different."""

    release: Release
    changed: int
    carried: int
    fresh: bool


def publish(
    site: Path, place: Path, encoders: Sequence[tuple[str, Callable[[bytes], bytes]]], keep: int = KEEP
) -> Published:
    """Make a release of a built site and let the link lead to it; PublishError or OSError, and then nothing changed."""
    with _alone(place):
        _check_link(place)
        _remove_unfinished(place)
        releases = list(_releases(place))
        before = next((one for one in releases if one.folder == _current(place)), None)
        files = dict(_digests(site))
        compressed = tuple(ending for ending, _ in encoders)
        if before is not None and before.files == files and before.compressed == compressed:
            return Published(before, 0, 0, fresh=False)
        folder = Path(tempfile.mkdtemp(dir=place / RELEASES, prefix=UNFINISHED))
        try:
            changed = _fill(folder, site, files, before, encoders)
            carried = _carry(folder, releases[-(keep - 1) :] if keep > 1 else [])
            number = max((one.number for one in releases), default=0) + 1
            digest = hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()[:12]
            release = Release(place / RELEASES / f"{number:04}-{digest}", files, compressed)
            listed = {"compressed": compressed, "files": files}
            replace_file(_manifest(release.folder), json.dumps(listed, indent=0, sort_keys=True) + "\n")
            folder.chmod(0o755)
            os.sync()
            folder.replace(release.folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        _lead_to(place, release.folder)
        _prune(place, keep)
        return Published(release, changed, carried, fresh=True)


def step_back(place: Path) -> Release:
    """Let the link lead to the release before the one it leads to now; PublishError where there is none."""
    message = f"{place} holds no earlier release to go back to"
    if not (place / RELEASES).is_dir():
        raise PublishError(message)
    with _alone(place):
        now = _current(place)
        earlier = [one for one in _releases(place) if now is not None and one.folder.name < now.name]
        if not earlier:
            raise PublishError(message)
        _lead_to(place, earlier[-1].folder)
        return earlier[-1]


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    """Keep everybody else from publishing to the same place; the lock goes with the process that holds it."""
    (place / RELEASES).mkdir(parents=True, exist_ok=True)
    with (place / LOCK).open("w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            message = f"somebody else is publishing to {place} at this moment"
            raise PublishError(message) from None
        yield


def _remove_unfinished(place: Path) -> None:
    for path in (place / RELEASES).glob(f"{UNFINISHED}*"):
        shutil.rmtree(path, ignore_errors=True)


def _releases(place: Path) -> Iterator[Release]:
    """Yield the finished releases, oldest first. A release whose list is missing or broken is not one."""
    for path in sorted((place / RELEASES).glob("[0-9]*-*")):
        if path.is_dir():
            try:
                listed = json.loads(_manifest(path).read_text(encoding="utf-8"))
                yield Release(path, dict(listed["files"]), tuple(listed["compressed"]))
            except (OSError, ValueError, KeyError, TypeError):
                continue


def _manifest(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.json")


def _current(place: Path) -> Path | None:
    link = place / CURRENT
    return place / link.readlink() if link.is_symlink() else None


def _digests(site: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(site.rglob("*")):
        if path.is_symlink():
            message = f"{path.relative_to(site)} is a link; a site is made of files alone"
            raise PublishError(message)
        if path.is_file() and not _is_compressed_copy(path):
            yield path.relative_to(site).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()


def _is_compressed_copy(path: Path) -> bool:
    """Tell whether a file is what MkDocs made of its neighbour (`sitemap.xml.gz`); ours has no time in it."""
    return path.suffix in COMPRESSED and path.with_suffix("").is_file()


def _fill(
    folder: Path,
    site: Path,
    files: Mapping[str, str],
    before: Release | None,
    encoders: Sequence[tuple[str, Callable[[bytes], bytes]]],
) -> int:
    """Put the site's files into a new release, taking what did not change from the one before; return the others."""
    same_way = before is not None and before.compressed == tuple(ending for ending, _ in encoders)
    usable = before if same_way else None
    fresh = []
    for name, digest in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if usable is not None and usable.files.get(name) == digest:
            for ending in ("", *COMPRESSED):
                _take(usable.folder / (name + ending), folder / (name + ending))
        else:
            shutil.copyfile(site / name, target)
            fresh.append(target)
    moment = max(int(time.time()), _latest(before) + 1)
    for path in (*fresh, *precompress(fresh, encoders)):
        path.chmod(0o644)
        os.utime(path, (moment, moment))
    for path in folder.rglob("*"):
        if path.is_dir():
            path.chmod(0o755)
    return len(fresh)


def _latest(before: Release | None) -> int:
    if before is None:
        return 0
    times = ((before.folder / name).stat().st_mtime for name in before.files if (before.folder / name).exists())
    return int(max(times, default=0))


def _carry(folder: Path, releases: Sequence[Release]) -> int:
    """Put the assets of earlier releases into a new one, for pages that are still open somewhere."""
    carried = 0
    for release in releases:
        for name in filter(is_hashed_asset, release.files):
            if not (folder / name).exists() and (release.folder / name).exists():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                for ending in ("", *COMPRESSED):
                    _take(release.folder / (name + ending), folder / (name + ending))
                carried += 1
    return carried


def _take(old: Path, new: Path) -> None:
    """Let a file be in two releases at once, or copy it with its time where the disk cannot do that."""
    if not old.exists():
        return
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)


def _check_link(place: Path) -> None:
    link = place / CURRENT
    if link.exists() and not link.is_symlink():
        message = f"{link} is not a link; publish to an empty folder, or move this away first"
        raise PublishError(message)


def _lead_to(place: Path, folder: Path) -> None:
    """Let the link lead to a release, in one step."""
    link = place / CURRENT
    fresh = place / f".{CURRENT}-new"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(folder.relative_to(place), target_is_directory=True)
    fresh.replace(link)


def _prune(place: Path, keep: int) -> None:
    """Remove all but the latest releases, and never the one that is served."""
    current = _current(place)
    folders = sorted(path for path in (place / RELEASES).glob("[0-9]*-*") if path.is_dir())
    for folder in folders[: -max(keep, 1)]:
        if folder != current:
            _manifest(folder).unlink(missing_ok=True)
            shutil.rmtree(folder, ignore_errors=True)

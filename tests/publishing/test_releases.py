"""Releases: made out of sight, swapped in one step, and never half of one."""

from __future__ import annotations

import fcntl
import gzip
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from handbook.publishing.precompress import gzip_encoder
from handbook.publishing.releases import PublishError, publish, step_back
from handbook.publishing.swapping import replace_folder
from tests.faults.conftest import SITE_BEFORE, contents

if TYPE_CHECKING:
    from collections.abc import Callable

GZIP = [(".gz", gzip_encoder)]
TEXT = "word " * 200


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A built site of two pages and an asset."""
    folder = tmp_path / "site"
    write(folder, {"index.html": TEXT, "en/index.html": TEXT + "en", "assets/site.0000000000.css": TEXT + "css"})
    return folder


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def served(place: Path) -> dict[str, str]:
    current = place / "current"
    return {
        path.relative_to(current).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(current.rglob("*"))
        if path.is_file() and path.suffix != ".gz"
    }


def releases(place: Path) -> list[str]:
    return sorted(path.name for path in (place / "releases").iterdir() if path.is_dir())


def test_a_release_holds_the_site_and_its_compressed_copies(site: Path, tmp_path: Path) -> None:
    done = publish(site, tmp_path / "srv", GZIP)
    assert (done.fresh, done.changed, len(served(tmp_path / "srv"))) == (True, 3, 3)
    packed = (tmp_path / "srv/current/en/index.html.gz").read_bytes()
    assert gzip.decompress(packed).decode() == TEXT + "en"
    assert packed == gzip_encoder((TEXT + "en").encode())
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "srv/current").rglob("*")} == {0o755, 0o644}


def test_the_same_site_is_not_published_twice(site: Path, tmp_path: Path) -> None:
    publish(site, tmp_path / "srv", GZIP)
    assert not publish(site, tmp_path / "srv", GZIP).fresh
    assert len(releases(tmp_path / "srv")) == 1


def test_a_new_way_to_compress_makes_a_release(site: Path, tmp_path: Path) -> None:
    publish(site, tmp_path / "srv", [])
    assert not (tmp_path / "srv/current/index.html.gz").exists()
    assert publish(site, tmp_path / "srv", GZIP).fresh
    assert (tmp_path / "srv/current/index.html.gz").exists()


@pytest.mark.parametrize("now", [0.0, 1.0, 4e9])
def test_what_changed_is_newer_than_all_before_whatever_the_clock_says(
    site: Path, tmp_path: Path, now: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(site, tmp_path / "srv", GZIP)
    before = (tmp_path / "srv/current/index.html").stat().st_mtime
    write(site, {"en/index.html": TEXT + "nl"})  # as long as before
    monkeypatch.setattr("time.time", lambda: now)
    publish(site, tmp_path / "srv", GZIP)
    current = tmp_path / "srv/current"
    assert (current / "index.html").stat().st_mtime == before
    assert (current / "en/index.html").stat().st_mtime > before
    assert (current / "en/index.html.gz").stat().st_mtime > before


def test_a_page_that_is_still_open_finds_its_assets(site: Path, tmp_path: Path) -> None:
    place = tmp_path / "srv"
    publish(site, place, GZIP, keep=2)
    (site / "assets/site.0000000000.css").rename(site / "assets/site.1111111111.css")
    assert publish(site, place, GZIP, keep=2).carried == 1
    assert {"assets/site.0000000000.css", "assets/site.1111111111.css"} < set(served(place))
    write(site, {"index.html": TEXT + "2"})
    publish(site, place, GZIP, keep=2)
    assert "assets/site.0000000000.css" not in served(place)
    assert len(releases(place)) == 2


def test_a_page_that_is_gone_is_gone(site: Path, tmp_path: Path) -> None:
    publish(site, tmp_path / "srv", GZIP)
    shutil.rmtree(site / "en")
    publish(site, tmp_path / "srv", GZIP)
    assert "en/index.html" not in served(tmp_path / "srv")


def test_one_can_step_back_and_forth(site: Path, tmp_path: Path) -> None:
    place = tmp_path / "srv"
    publish(site, place, GZIP)
    first = served(place)
    write(site, {"index.html": "other"})
    publish(site, place, GZIP)
    step_back(place)
    assert served(place) == first
    with pytest.raises(PublishError, match="no earlier release"):
        step_back(place)
    assert publish(site, place, GZIP).fresh
    assert served(place)["index.html"] == "other"


@pytest.mark.parametrize("broken", ["os.sync", "os.link", "pathlib.Path.replace"])
def test_publishing_that_fails_changes_nothing_and_leaves_nothing(
    site: Path, tmp_path: Path, broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "srv"
    publish(site, place, GZIP)
    before, names = served(place), releases(place)
    write(site, {"index.html": "other"})

    def fail(*_: object, **__: object) -> NoReturn:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(broken, fail)
        patched.setattr("shutil.copy2", fail)
        with pytest.raises(OSError, match="No space left"):
            publish(site, place, GZIP)
    assert (served(place), releases(place)) == (before, names)
    assert publish(site, place, GZIP).fresh


def test_what_a_killed_publication_left_is_cleared_away(site: Path, tmp_path: Path) -> None:
    place = tmp_path / "srv"
    publish(site, place, GZIP)
    write(place, {"releases/.new-x/index.html": "half", "releases/0002-aaaaaaaaaaaa/index.html": "unlisted"})
    write(site, {"index.html": "other"})
    assert publish(site, place, GZIP, keep=2).release.number == 2
    assert served(place)["index.html"] == "other"
    assert not (place / "releases/.new-x").exists()


def test_two_cannot_publish_to_one_place_at_once(site: Path, tmp_path: Path) -> None:
    place = tmp_path / "srv"
    publish(site, place, GZIP)
    with (place / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(PublishError, match="somebody else is publishing"):
            publish(site, place, GZIP)


def test_a_link_in_a_site_is_refused(site: Path, tmp_path: Path) -> None:
    (site / "en/passwords.html").symlink_to("/etc/passwd")
    with pytest.raises(PublishError, match="is a link"):
        publish(site, tmp_path / "srv", GZIP)


def test_a_folder_in_the_place_of_the_link_is_never_replaced(site: Path, tmp_path: Path) -> None:
    write(tmp_path / "srv", {"current/mine.txt": "mine"})
    with pytest.raises(PublishError, match="is not a link"):
        publish(site, tmp_path / "srv", GZIP)
    assert (tmp_path / "srv/current/mine.txt").read_text() == "mine"


@pytest.mark.parametrize("exchange", [True, False])
def test_a_folder_takes_the_place_of_another_whole(
    site: Path, tmp_path: Path, exchange: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not exchange:
        monkeypatch.setattr("handbook.publishing.swapping._exchange", lambda *_: False)
    write(tmp_path / "out", {**SITE_BEFORE, "old.html": "old"})
    replace_folder(site, tmp_path / "out")
    assert (tmp_path / "out/index.html").is_file()
    assert not (tmp_path / "out/old.html").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_that_cannot_be_replaced_stands_as_before(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "out", {**SITE_BEFORE, "old.html": "old"})
    monkeypatch.setattr("handbook.publishing.swapping._exchange", lambda *_: False)
    real: Callable[[Path, Path], Path] = Path.replace

    def fail(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise OSError(5, "Input/output error")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="Input/output"):
        replace_folder(site, tmp_path / "out")
    assert (tmp_path / "out/old.html").read_text() == "old"


@pytest.mark.parametrize("files", [{"page.md": "mine"}, {"index.html": "mine"}, {"assets/x": "", "404.html": ""}])
def test_a_folder_that_is_no_site_is_never_replaced(site: Path, tmp_path: Path, files: dict[str, str]) -> None:
    write(tmp_path / "out", files)
    with pytest.raises(FileExistsError, match="something else than a built site"):
        replace_folder(site, tmp_path / "out")
    assert contents(tmp_path / "out").keys() == files.keys()
    assert (site / "index.html").is_file()


def test_an_empty_folder_takes_a_site(site: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    replace_folder(site, tmp_path / "out")
    assert (tmp_path / "out/index.html").is_file()

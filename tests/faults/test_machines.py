"""Machines that are full, closed, set to another language or lack something: it works, or one sentence says why not."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from handbook.cli import main
from tests.conftest import made_once
from tests.faults.conftest import SITE_BEFORE, contents, handbook, make, make_small, run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DROP_FROM_BOUNDS = 24  # PR_CAPBSET_DROP
MAY_WRITE_ANYWHERE = 1  # CAP_DAC_OVERRIDE
CANNOT_DROP = 77
WRITING = (
    ("build",),
    ("publish", "--to", "public", "--plain"),
    ("publish", "--to", "srv"),
    ("addresses", "--write"),
    ("sync", "--all", "--yes"),
    ("new", "trust.md", "--title", "nl=Vertrouwen"),
    ("configure", "--write"),
)


@pytest.fixture(scope="session")
def usual(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the small handbook becomes on a machine where nothing is odd."""

    def make(root: Path) -> None:
        said = handbook(make_small(root), "build")
        assert said.code == 0, said.output

    return contents(made_once(tmp_path_factory, "usual", make) / "site")


@pytest.fixture
def closed(small: Path) -> Iterator[Path]:
    """The small handbook in a folder that cannot be written to."""
    folders = [small, *(path for path in small.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    yield small
    for folder in folders:
        folder.chmod(0o755)


def as_anybody() -> None:
    """Take from a process what root may do anywhere, so that a closed folder is closed to it too."""
    if os.geteuid() == 0 and ctypes.CDLL(None).prctl(DROP_FROM_BOUNDS, MAY_WRITE_ANYWHERE, 0, 0, 0):
        os._exit(CANNOT_DROP)


@pytest.mark.fault("folder cannot be written to")
@pytest.mark.parametrize("command", WRITING, ids=" ".join)
def test_a_folder_that_cannot_be_written_to_is_named(closed: Path, command: tuple[str, ...]) -> None:
    files = contents(closed)
    said = run(closed, command, {"HOME": "/nonexistent"}, before=as_anybody)
    if said.code == CANNOT_DROP:
        pytest.skip("root may write anywhere here, and cannot be kept from it")
    assert said.code == 2, said.output
    assert said.is_a_sentence, said.output
    assert any(word in said.output for word in ("Permission denied", "cannot be written", "Read-only")), said.output
    assert contents(closed) == files


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Path]:
    """The small handbook on a disk of its own that is full."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("only root can make a small disk to fill, and not in every container")
    try:
        root = make_small(disk / "small")
        make(root / "site", SITE_BEFORE)
        yield root
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


@pytest.mark.fault("disk full")
@pytest.mark.parametrize(
    ("room", "command"), [*((0, command) for command in WRITING), (40_000, WRITING[0]), (400_000, WRITING[2])]
)
def test_a_full_disk_is_named_and_nothing_is_half_written(full: Path, room: int, command: tuple[str, ...]) -> None:
    before = contents(full)
    with (full.parent / "filling").open("wb") as filling:
        free = shutil.disk_usage(full).free
        filling.write(b"x" * max(free - room, 0))
    said = handbook(full, *command, HOME=str(full.parent), PYTHONDONTWRITEBYTECODE="1")
    assert said.is_a_sentence or said.code == 0, said.output
    assert said.code in ({2} if room == 0 else {0, 1, 2}), said.output
    if said.code:
        left = {name: digest for name, digest in contents(full).items() if not name.startswith((".cache", "srv/.lock"))}
        assert left == before


@pytest.mark.fault("other locale, other time zone")
@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati"},
        {"TZ": "nonsense/nowhere", "LC_ALL": "nonsense"},
    ],
    ids=["C and ascii", "Turkish and far ahead", "nonsense"],
)
def test_the_language_and_the_time_zone_of_a_machine_change_nothing(
    small: Path, usual: dict[str, str], environment: dict[str, str]
) -> None:
    said = handbook(small, "build", **environment)
    assert said.code == 0, said.output
    assert contents(small / "site") == usual


@pytest.mark.fault("path with spaces and other letters")
def test_a_path_with_spaces_and_other_letters_changes_nothing(tmp_path: Path, usual: dict[str, str]) -> None:
    root = make_small(tmp_path / "my hándbook №1 [new] 100%")
    assert handbook(root, "build").code == 0
    assert contents(root / "site") == usual
    assert handbook(root, "publish", "--from", "site", "--to", "söme where").code == 0
    assert (root / "söme where/current/index.html").is_file()


@pytest.mark.fault("line ends and byte order marks of Windows")
def test_windows_line_ends_change_nothing(small: Path) -> None:
    assert handbook(small, "addresses", "--write").code == 0
    assert handbook(small, "sync", "--all", "--yes").code == 0
    assert handbook(small, "build").code == 0
    usual = contents(small / "site")
    changed = [*small.glob("docs/**/*.md"), *small.glob("data/**/*.txt"), small / "mkdocs.yml"]
    assert len(changed) >= 8
    for path in changed:
        path.write_bytes(b"\xef\xbb\xbf" * (path.suffix == ".md") + path.read_bytes().replace(b"\n", b"\r\n"))
    said = handbook(small, "build")
    assert said.code == 0, said.output
    assert contents(small / "site") == usual
    assert handbook(small, "addresses").code == 0
    assert handbook(small, "status").code == 0


@pytest.mark.fault("no git")
def test_without_git_everything_but_history_is_there(small: Path, usual: dict[str, str], tmp_path: Path) -> None:
    bare = tmp_path / "bin"
    bare.mkdir()
    for command in (("build",), ("addresses", "--write"), ("sync", "--all", "--yes"), ("status",), ("check",)):
        said = handbook(small, *command, PATH=str(bare))
        assert said.code == 0, said.output
    assert contents(small / "site") == usual
    text = small / "docs/en/rest.md"
    text.write_text(text.read_text("utf-8").replace("breathe out", "breathe in"), encoding="utf-8")
    said = handbook(small, "sync", "rest.md", PATH=str(bare))
    assert said.code == 1
    assert said.is_a_sentence or "handbook sync" in said.output


NO_NETWORK = """
import os, sys

def refuse(event, _):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname"}:
        open(os.environ["ASKED"], "a").write(event)
        raise OSError(101, "Network is unreachable")

sys.addaudithook(refuse)
"""


@pytest.mark.fault("no network")
def test_without_a_network_nothing_is_missing_because_nothing_asks(
    small: Path, usual: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
    asked = tmp_path / "asked"
    environment = {"PYTHONPATH": str(tmp_path), "ASKED": str(asked)}
    said = handbook(small, "build", **environment)
    assert said.code == 0, said.output
    assert contents(small / "site") == usual
    assert handbook(small, "publish", "--from", "site", "--to", "srv", **environment).code == 0
    assert not asked.exists()
    probe = "import socket; socket.create_connection(('127.0.0.1', 9))"
    subprocess.run([sys.executable, "-c", probe], env={**os.environ, **environment}, check=False, capture_output=True)
    assert asked.exists()


NO_ROOM = """
import errno, os, sys

def refuse(event, _):
    if event == "os.fork":
        open(os.environ["ASKED"], "a").write(event)
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

sys.addaudithook(refuse)
"""


@pytest.mark.fault("no room for another process")
def test_without_room_for_another_process_a_build_takes_longer(
    small: Path, usual: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "sitecustomize.py").write_text(NO_ROOM, encoding="utf-8")
    asked = tmp_path / "asked"
    said = handbook(small, "build", PYTHONPATH=str(tmp_path), ASKED=str(asked), HANDBOOK_PROCESSES="2")
    assert said.code == 0, said.output
    assert contents(small / "site") == usual
    assert asked.exists() == (sys.platform == "linux")


@pytest.mark.fault("clock wrong")
@pytest.mark.parametrize("moment", ["4102444800", "soon"])
def test_a_wrong_clock_changes_dates_alone_or_is_named(small: Path, usual: dict[str, str], moment: str) -> None:
    said = handbook(small, "build", SOURCE_DATE_EPOCH=moment)
    assert "Traceback" not in said.output
    if said.code == 0:
        now = contents(small / "site")
        assert {name for name in usual if now[name] != usual[name]} <= {"sitemap.xml", "sitemap.xml.gz"}
    else:
        assert not (small / "site").exists()


OF_A_PROJECT = (
    *WRITING,
    ("check",),
    ("status",),
    ("sync", "rest.md"),
    ("addresses",),
    ("readability",),
    ("coverage",),
    ("news",),
    ("handouts",),
    ("publish", "--to", "srv", "--without-handouts"),
    ("links", "--list"),
    ("mutations",),
    ("benchmark", "builds"),
    ("benchmark", "preview"),
    ("fuzz",),
    ("way-out",),
    ("configure", "redirects"),
    ("serve",),
)


NEVER_READ_IT = {("status",), ("news",), ("configure", "--write"), ("serve",)}
"""Of the last, the builder that it starts reads it, and says what to mend while it waits."""


@pytest.mark.fault("no project here")
@pytest.mark.parametrize("command", OF_A_PROJECT, ids=" ".join)
def test_a_command_outside_a_project_says_where_to_go(
    tmp_path: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(command) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert "There is no mkdocs.yml" in said.err or "There is no ledger" in said.err
    assert "--root" not in said.err, "not every command has it"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.fault("configuration of the project is broken")
@pytest.mark.parametrize("command", [one for one in OF_A_PROJECT if one not in NEVER_READ_IT], ids=" ".join)
def test_a_broken_configuration_is_named(
    tmp_path: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: [x\nplugins: {\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(command) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert "mkdocs.yml is not valid YAML" in said.err
    assert [path.name for path in tmp_path.iterdir() if path.name != ".cache"] == ["mkdocs.yml"]


@pytest.mark.fault("a device in place of a file")
@pytest.mark.parametrize("command", [one for one in OF_A_PROJECT if one not in NEVER_READ_IT], ids=" ".join)
def test_a_link_to_a_device_is_named_and_not_read(
    tmp_path: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data/told.txt").symlink_to("/dev/null")  # were it read, it would end, unlike others
    monkeypatch.chdir(tmp_path)
    assert main(command) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert "data/told.txt is no ordinary file and is not read." in said.err


@pytest.mark.fault("wrong values")
@pytest.mark.parametrize(
    ("command", "word"),
    [
        (("serve", "--port", "99999999"), "99999999 is no port"),
        (("serve", "--port", "-1"), "-1 is no port"),
        (("fuzz", "--inputs", "0"), "--inputs must be 1 or more"),
        (("fuzz", "--first", "-1"), "--first 0 or more"),
        (("publish", "--to", "srv", "--keep", "1"), "--keep must be 2 or more"),
        (("publish", "--to", "srv", "--back"), "no earlier release"),
        (("configure", "nginx", "--path", "handbook"), "no path such as"),
        (("sync", "gone.md"), "There is no page gone.md"),
        (("explain", "XYZ999"), "no rule is called XYZ999"),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else "",
)
def test_a_wrong_value_is_one_sentence_and_changes_nothing(
    small: Path,
    command: tuple[str, ...],
    word: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = contents(small)
    monkeypatch.chdir(small)
    assert main(command) == 2
    said = capsys.readouterr().err
    assert word in said
    assert said.count("\n") == 1
    assert said.endswith(".\n")
    assert {name: digest for name, digest in contents(small).items() if not name.startswith(".cache/")} == before
    assert not (small / "srv").exists()


@pytest.mark.fault("the folder of something else is named")
@pytest.mark.parametrize(
    "command",
    [
        ("build", "--site-dir", "docs"),
        ("publish", "--plain", "--to", "docs"),
        ("publish", "--plain", "--to", "."),
        ("publish", "--plain", "--to", "mkdocs.yml"),
        ("publish", "--to", "data"),
        ("publish", "--to", "."),
    ],
    ids=" ".join,
)
def test_no_folder_of_something_else_is_replaced(small: Path, command: tuple[str, ...]) -> None:
    (small / "data/more.txt").write_text("kept", encoding="utf-8")
    before = contents(small)
    said = handbook(small, *command)
    assert said.code == 2, said.output
    assert "something else than" in said.output or "this is not a folder" in said.output
    assert {name: digest for name, digest in contents(small).items() if not name.startswith(".cache/")} == before


@pytest.mark.fault("whoever reads the output is gone")
@pytest.mark.parametrize(
    "command", [("check", "--list"), ("explain", "PAR201"), ("configure", "nginx"), ("addresses",)], ids=" ".join
)
def test_a_closed_pipe_ends_a_command_without_a_word(small: Path, command: tuple[str, ...]) -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "handbook.cli", *command], cwd=small, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.close()
    said = running.stderr.read()
    running.stderr.close()
    assert (running.wait(60), said) == (1, b"")


def test_what_is_wrong_on_a_built_page_is_told_by_the_name_the_page_will_have(small: Path) -> None:
    template = small / "overrides" / "base.html"
    text = template.read_text(encoding="utf-8")
    template.write_text(text.replace("</body>", '<a href="gone.html">Gone</a></body>'), encoding="utf-8")
    said = handbook(small, "build")
    assert said.code == 1, said.output
    assert "\nsite/nl/rest/index.html:" in said.output
    assert ".cache" not in said.output

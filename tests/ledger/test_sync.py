"""`handbook sync`: what it shows, what it asks, what it refuses, and what stands in the ledger afterwards."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest

from handbook.cli import main
from handbook.ledger.store import ledger_path, read_record
from handbook.ledger.words import TOP
from tests.ledger.small import PAGES, make_project, replace
from tests.ledger.test_history import git

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KEY = "rest.md"
LEDGER = "data/ledger/rest.txt"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_project(tmp_path / "project")
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def synced(root: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(["sync", "--all", "--yes"]) == 0
    capsys.readouterr()
    return root


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    def give(text: str) -> None:
        monkeypatch.setattr(sys, "stdin", Terminal(text))
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)

    return give


def lines(root: Path) -> dict[str, str]:
    text = (root / LEDGER).read_text(encoding="utf-8")
    return {line.split()[0]: line for line in text.splitlines() if not line.startswith("#")}


@pytest.mark.parametrize(
    "name", [KEY, "rest", "docs/nl/rest.md", "docs/en/rest.md", "./docs/../docs/nl/rest.md", LEDGER]
)
def test_a_page_is_named_by_its_key_or_by_either_side(root: Path, name: str) -> None:
    assert main(["sync", name, "--yes"]) == 0
    assert set(lines(root)) == {TOP, "in-short", "recognise"}
    assert not (root / ledger_path("help.md")).exists()


def test_a_page_may_be_named_from_elsewhere(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["sync", "project/docs/nl/rest.md", "--root", "project", "--yes"]) == 0
    assert (root / LEDGER).exists()


def test_without_yes_and_without_a_terminal_it_only_shows(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sync", KEY]) == 1
    out = capsys.readouterr().out
    assert "In short {#in-short}" in out
    assert "Nobody has compared this section yet." in out
    assert "Nothing was recorded. If both say the same:\n  handbook sync rest.md --yes" in out
    assert not (root / LEDGER).exists()


def test_what_is_in_step_asks_nothing(synced: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (synced / LEDGER).stat()
    assert main(["sync", "--all", "--yes", "--reason", "no reason at all"]) == 0
    assert capsys.readouterr().out == "Everything is in step; there is nothing to record.\n"
    assert (synced / LEDGER).stat() == before


def test_the_side_that_moved_stands_beside_the_other_with_old_and_new_words(
    synced: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(synced, "init", "-q")
    git(synced, "add", "-A")
    git(synced, "commit", "-q", "-m", "all")
    replace(synced, "docs/nl/rest.md", "Adem uit.", "Adem rustig uit.")
    git(synced, "commit", "-q", "-a", "-m", "another")
    assert main(["sync", KEY]) == 1
    out = capsys.readouterr().out
    assert "Dutch changed, English did not." in out
    assert "docs/nl/rest.md:8" in out
    assert "Dutch, new" in out
    assert "English, as it was" in out
    assert "- - Adem uit." in out
    assert "+ - Adem rustig uit." in out
    assert "not known" not in out
    assert "recognise" not in out
    assert all(len(line) <= 80 for line in out.splitlines())


@pytest.mark.parametrize("kind", ["no git", "squashed", "shallow"])
def test_without_an_old_version_the_new_words_are_shown_alone(
    synced: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    replace(synced, "docs/en/rest.md", "tired", "very tired")
    if kind != "no git":
        git(synced, "init", "-q")
        git(synced, "add", "-A")
        git(synced, "commit", "-q", "-m", "all at once")
    assert main(["sync", KEY]) == 1
    out = capsys.readouterr().out
    assert "I am very tired." in out
    assert "The old words are not known for English" in out


def test_a_zip_file_of_the_project_has_the_same_states(synced: Path, tmp_path: Path) -> None:
    replace(synced, "docs/en/rest.md", "tired", "very tired")
    elsewhere = make_project(tmp_path / "unpacked")
    for path in synced.rglob("*"):
        if path.is_file() and ".cache" not in path.parts:
            target = elsewhere / path.relative_to(synced)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert main(["sync", KEY, "--root", str(elsewhere), "--yes", "--reason", "why"]) == 0
    assert {id_ for id_, line in lines(elsewhere).items() if line.endswith("# why")} == {"recognise"}


def test_a_side_that_stays_needs_a_reason(synced: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replace(synced, "docs/en/rest.md", "tired", "very tired")
    before = (synced / LEDGER).read_bytes()
    assert main(["sync", KEY, "--yes"]) == 2
    assert "English changed, Dutch did not. {#recognise} Say with --reason TEXT" in capsys.readouterr().err
    assert main(["sync", KEY, "--yes", "--reason", " \n "]) == 2
    assert (synced / LEDGER).read_bytes() == before
    assert main(["sync", KEY, "--yes", "--reason", "moe says\nit, too"]) == 0
    assert lines(synced)["recognise"].endswith(" # moe says it, too")
    assert "#" not in lines(synced)["in-short"].partition(" ")[2]


def test_where_both_moved_no_reason_is_needed(synced: Path) -> None:
    replace(synced, "docs/en/rest.md", "tired", "very tired")
    replace(synced, "docs/nl/rest.md", "moe", "heel moe")
    assert main(["sync", KEY, "--yes"]) == 0
    assert main(["status"]) == 0


def test_one_section_may_be_settled_alone(synced: Path) -> None:
    for path, old in (("docs/en/rest.md", "tired"), ("docs/en/rest.md", "Sit down")):
        replace(synced, path, old, f"{old} now")
    before = lines(synced)
    assert main(["sync", KEY, "--section", "recognise", "--yes", "--reason", "why"]) == 0
    after = lines(synced)
    assert {id_ for id_ in before if before[id_] != after[id_]} == {"recognise"}
    assert main(["sync", KEY]) == 1


def test_a_section_that_is_gone_on_both_sides_leaves_the_ledger_with_the_next_answer(synced: Path) -> None:
    for language, title in (("en", "Recognise"), ("nl", "Herken je dit?")):
        path = synced / f"docs/{language}/rest.md"
        path.write_text(path.read_text().split(f"## {title}")[0])
        replace(synced, f"docs/{language}/rest.md", "- ", "- Ja: ")
    assert main(["sync", KEY, "--yes"]) == 0
    assert set(lines(synced)) == {TOP, "in-short"}


STRUCTURE = {
    "a page that one side lacks": (
        ("docs/nl/rest.md", None, ""),
        "docs/nl/rest.md: this page does not exist yet; docs/en/rest.md does",
    ),
    "a section that one side lacks": (
        ("docs/nl/rest.md", "## Herken je dit? {#recognise}\n\nIk ben moe.\n", ""),
        "docs/nl/rest.md: the section {#recognise} is missing here; it stands in docs/en/rest.md:13",
    ),
    "a section with another id": (
        ("docs/nl/rest.md", "{#recognise}", "{#herken}"),
        "docs/en/rest.md: the section {#herken} is missing here; it stands in docs/nl/rest.md:13",
    ),
    "another order": (
        (
            "docs/nl/rest.md",
            "## In het kort {#in-short}",
            "## Eerst {#recognise}\n\nIk ben moe.\n\n## In het kort {#in-short}",
        ),
        "docs/nl/rest.md:8: here stands {#recognise}, where docs/en/rest.md:8 has {#in-short}",
    ),
}


@pytest.mark.parametrize("kind", STRUCTURE)
def test_it_refuses_while_the_structure_differs(root: Path, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    (path, old, new), said = STRUCTURE[kind]
    if old is None:
        (root / path).unlink()
    else:
        if kind == "another order":
            replace(root, path, "## Herken je dit? {#recognise}\n\nIk ben moe.\n", "")
        replace(root, path, old, new)
    assert main(["sync", "--all", "--yes"]) == 1
    printed = capsys.readouterr()
    assert said in printed.err
    assert not (root / LEDGER).exists()
    assert (root / ledger_path("help.md")).exists(), "other pages are settled all the same"


def test_it_refuses_while_the_checks_find_an_error_of_parity(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replace(root, "docs/en/rest.md", "I am tired.", 'I am tired.\n\n!!! warning "Stop"\n    Stop here.')
    assert main(["sync", "--all", "--yes"]) == 1
    err = capsys.readouterr().err
    assert err.startswith("docs/")
    assert ": PAR121 " in err
    assert err.endswith("Mend this first; nothing was recorded for the page.\n")
    assert [path.name for path in (root / "data/ledger").iterdir()] == ["help.txt"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Name the pages to compare, or say --all."),
        (["rest.md", "--all"], "not both"),
        (["nothing.md"], "There is no page nothing.md."),
        (["../../etc/passwd"], "There is no page ../../etc/passwd."),
        (["rest.md", "--section", "nothing"], "There is no section {#nothing} on rest.md."),
        (["rest.md", "--root", "nowhere"], "There is no folder nowhere."),
        (["rest.md", "--root", "docs"], "There is no mkdocs.yml"),
    ],
)
def test_wrong_use_is_said_in_a_sentence(
    root: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main(["sync", *arguments]) == 2
    err = capsys.readouterr().err
    assert err.startswith("handbook: ")
    assert said in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        (b"in-short en:xyz\n", 1, "this line is no ledger entry"),
        (b"# x\na en:0123456789abcdef\na en:0123456789abcdef\n", 3, "stands here twice"),
        (b"\xff\xfe\n", 1, "not written in UTF-8"),
    ],
)
def test_a_broken_ledger_is_a_sentence_with_file_and_line(
    synced: Path, capsys: pytest.CaptureFixture[str], content: bytes, line: int, said: str
) -> None:
    (synced / LEDGER).write_bytes(content)
    assert main(["sync", KEY, "--yes"]) == 1
    err = capsys.readouterr().err
    assert err.startswith(f"{LEDGER}:{line}: ")
    assert said in err
    assert (synced / LEDGER).read_bytes() == content


def test_an_unmerged_ledger_is_merged_and_only_the_rest_is_asked(
    synced: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entries = lines(synced)
    other = entries["recognise"].replace("nl:", "nl:" + "0" * 16 + "-").split("-")[0]
    text = f"{entries[TOP]}\n{entries['in-short']}\n<<<<<<< a\n{entries['recognise']}\n=======\n{other}\n>>>>>>> b\n"
    (synced / LEDGER).write_text(text)
    assert main(["sync", KEY, "--yes"]) == 0
    assert capsys.readouterr().out == "rest.md: recorded recognise\n"
    assert lines(synced) == entries


def test_a_change_of_the_ledger_meanwhile_is_kept(
    synced: Path, monkeypatch: pytest.MonkeyPatch, answer: Callable[[str], None]
) -> None:
    from handbook.ledger import store  # noqa: PLC0415

    replace(synced, "docs/en/rest.md", "tired", "very tired")
    original = store.read_record
    calls = []

    def read(root: Path, key: str) -> object:
        calls.append(key)
        if len(calls) == 3:  # the states, the old words to show, and now the answer is to be written
            replace(synced, LEDGER, lines(synced)["in-short"], lines(synced)["in-short"] + " # by somebody else")
        return original(root, key)

    for module in ("store", "overview", "wording"):
        monkeypatch.setattr(f"handbook.ledger.{module}.read_record", read)
    answer("y\nit says so\n")
    assert main(["sync", KEY]) == 0
    assert lines(synced)["in-short"].endswith("# by somebody else")
    assert lines(synced)["recognise"].endswith("# it says so")


def test_where_nothing_can_be_written_the_old_ledger_stays(
    synced: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(synced, "docs/en/rest.md", "tired", "very tired")
    before = (synced / LEDGER).read_bytes()

    def full(_self: Path, _target: object) -> None:
        raise OSError(28, "No space left on device", str(synced / LEDGER))

    monkeypatch.setattr("pathlib.Path.replace", full)
    assert main(["sync", KEY, "--yes", "--reason", "why"]) == 2
    assert "cannot be written (No space left on device)" in capsys.readouterr().err
    assert (synced / LEDGER).read_bytes() == before
    assert [path.name for path in (synced / LEDGER).parent.iterdir() if path.name.startswith(".")] == []


def test_on_a_terminal_each_section_is_asked_about(
    root: Path, answer: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    answer("y\nwhat?\nn\nj\n")
    assert main(["sync", KEY]) == 1
    assert set(lines(root)) == {TOP, "recognise"}
    assert capsys.readouterr().out.count("Do both say the same now? [y/n/q]") == 4


@pytest.mark.parametrize("end", ["q\n", ""])
def test_who_stops_keeps_what_was_answered(root: Path, answer: Callable[[str], None], end: str) -> None:
    answer("y\n" + end)
    assert main(["sync", "--all"]) == 1
    written = [path.name for path in (root / "data/ledger").iterdir()]
    assert written == ["help.txt"]
    assert len(read_record(root, "help.md").sections) == 1


def test_on_a_terminal_a_side_that_stays_is_asked_for_its_reason(
    synced: Path, answer: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    replace(synced, "docs/en/rest.md", "tired", "very tired")
    answer("y\n\n")
    assert main(["sync", KEY]) == 1
    assert "Why can Dutch stay as it is?" in capsys.readouterr().out
    assert lines(synced)["recognise"].count("#") == 0
    answer("y\nmoe says it\n")
    assert main(["sync", KEY]) == 0
    assert lines(synced)["recognise"].endswith("# moe says it")


def test_the_same_answers_give_the_same_bytes(root: Path, tmp_path: Path) -> None:
    other = make_project(tmp_path / "other", dict(reversed(PAGES.items())))
    assert main(["sync", "--all", "--yes"]) == 0
    assert main(["sync", "--all", "--yes", "--root", str(other)]) == 0
    assert (root / LEDGER).read_bytes() == (other / LEDGER).read_bytes()
    assert b"\r" not in (root / LEDGER).read_bytes()

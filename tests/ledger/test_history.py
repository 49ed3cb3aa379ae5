"""What git still knows of a page, and that nothing goes wrong where it knows nothing."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from handbook.ledger.history import older_versions

if TYPE_CHECKING:
    from pathlib import Path


def git(root: Path, *arguments: str) -> None:
    identity = {f"GIT_{who}_{what}": "x@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    env = {**os.environ, **identity, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True, env=env)


def commit(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(text.encode())
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", text[:20] or "empty")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    root.mkdir()
    git(root, "init", "-q", "-b", "main")
    for text in ("one\n", "two\n", "three\n"):
        commit(root, "docs/en/page.md", text)
    return root


def test_older_versions_come_newest_first(repository: Path) -> None:
    (repository / "docs/en/page.md").write_text("not committed\n")
    assert list(older_versions(repository, "docs/en/page.md")) == [b"three\n", b"two\n", b"one\n"]


def test_a_page_is_followed_to_its_earlier_name(repository: Path) -> None:
    commit(repository, "docs/en/page.md", "a longer text that git knows again\n" * 5)
    git(repository, "mv", "docs/en/page.md", "docs/en/renamed.md")
    git(repository, "commit", "-q", "-m", "rename")
    assert b"one\n" in list(older_versions(repository, "docs/en/renamed.md"))


def test_a_version_that_came_back_is_given_once(repository: Path) -> None:
    commit(repository, "docs/en/page.md", "one\n")
    assert list(older_versions(repository, "docs/en/page.md")).count(b"one\n") == 1


def test_the_project_may_stand_in_a_folder_of_the_repository(repository: Path) -> None:
    assert b"one\n" in list(older_versions(repository / "docs", "en/page.md"))


def test_a_shallow_clone_knows_what_it_has(repository: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth", "1", repository.as_uri(), "shallow")
    assert list(older_versions(tmp_path / "shallow", "docs/en/page.md")) == [b"three\n"]


def test_after_a_squash_only_the_last_version_is_known(repository: Path) -> None:
    git(repository, "checkout", "-q", "--orphan", "squashed")
    git(repository, "commit", "-q", "-m", "all at once")
    assert list(older_versions(repository, "docs/en/page.md")) == [b"three\n"]


def test_without_a_repository_there_is_nothing(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("one\n")
    assert list(older_versions(tmp_path, "page.md")) == []


def test_without_git_there_is_nothing(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert list(older_versions(repository, "docs/en/page.md")) == []


def test_a_repository_without_commits_has_no_versions(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    assert list(older_versions(tmp_path, "page.md")) == []


def test_a_path_that_git_does_not_know_has_no_versions(repository: Path) -> None:
    assert list(older_versions(repository, "docs/en/other.md")) == []


@pytest.mark.parametrize("name", ["-n.md", "*.md", ":(top)x.md", "é ü.md", "a b.md"])
def test_a_path_is_only_ever_a_path(repository: Path, name: str) -> None:
    commit(repository, name, "strange\n")
    commit(repository, name, "stranger\n")
    assert list(older_versions(repository, name)) == [b"stranger\n", b"strange\n"]


def test_the_environment_of_a_hook_does_not_mislead(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere/index")
    assert b"one\n" in list(older_versions(repository, "docs/en/page.md"))

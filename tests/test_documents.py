"""What the documents tell people to type exists: every `make` target, every command and every option."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from handbook.cli import COMMANDS
from tests.conftest import ROOT

DOCUMENTS = ("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "deploy/README.md")
TYPED = re.compile(r"\b((?:make|handbook|\.venv/bin/handbook) [^`\n]+)")


def typed() -> list[tuple[str, str]]:
    """Yield (document, command) of everything in code marks or code blocks that begins with make or handbook."""
    found = []
    for name in DOCUMENTS:
        text = (ROOT / name).read_text(encoding="utf-8")
        code = re.findall(r"`([^`\n]+)`", text)
        code += [line for block in re.findall(r"```\w*\n(.*?)```", text, re.DOTALL) for line in block.splitlines()]
        found += [(name, match[1].strip()) for one in code if (match := TYPED.match(one.strip()))]
    return sorted(set(found))


@cache
def help_of(command: str) -> str:
    done = subprocess.run(
        [Path(sys.executable).with_name("handbook"), command, "--help"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_there_is_something_to_look_at() -> None:
    commands = {command.split()[1] for _, command in typed()}
    assert {"serve", "test", "build", "check", "publish", "configure", "doctor"} <= commands


@pytest.mark.parametrize(("document", "command"), typed())
def test_what_a_document_says_to_type_exists(document: str, command: str) -> None:
    program, what, *rest = shlex.split(command, comments=True)
    if program == "make":
        targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
        assert what in targets
        given = [shlex.split(one.removeprefix("ARGS=")) for one in rest if one.startswith("ARGS=")]
        rest = given[0] if given and what != "test" else []
        what = {"lock": "", "test": "", "setup": "", "audit": "", "check": "build"}.get(what, what)
    if what:
        assert what in COMMANDS
        known = help_of(what)
        assert [option for option in rest if option.startswith("--") and option not in known] == []


def test_every_command_has_a_line_that_says_what_it_does() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("handbook"), "--help"], capture_output=True, text=True, check=True
    )
    assert [name for name in ("publish", "configure", "new", "doctor", "notices") if name not in done.stdout] == []


def test_every_local_link_of_a_document_leads_somewhere() -> None:
    for name in DOCUMENTS:
        text = (ROOT / name).read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
            assert ((ROOT / name).parent / target).exists(), f"{name}: {target}"

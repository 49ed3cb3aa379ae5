"""The documents are true: what they tell people to type works, what they link to is there, and both languages agree.

What is typed is found in code marks and code blocks. Each command goes through the real parser with its options; those
that only look are run; those that change things are run in their order on a small handbook.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pytest
import yaml
from markdown_it import MarkdownIt

from handbook.cli import COMMANDS, main, make_parser
from handbook.editorial.layer import BLOCKS, CALLOUTS
from handbook.reading.front_matter import split_front_matter
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GUIDES: Final = {"en": "docs/en/about/contribute.md", "nl": "docs/nl/about/contribute.md"}
CONTRIBUTING: Final = {"en": "CONTRIBUTING.md", "nl": "CONTRIBUTING.nl.md"}
DOCUMENTS: Final = (
    "README.md",
    *CONTRIBUTING.values(),
    "ARCHITECTURE.md",
    "deploy/README.md",
    "CHANGELOG.md",
    *GUIDES.values(),
)
TYPED: Final = re.compile(r"(?:make|handbook|\.venv/bin/(?:handbook|python)) [^`\n]+")
LOOKS_ONLY: Final = {"doctor", "explain", "notices", "configure", "coverage", "status", "readability", "links"}
"""The sub-commands that change nothing (except with --write) and ask no other machine (links: only with --list)."""


class Typed(NamedTuple):
    """Something to type, and the document that says so."""

    document: str
    text: str

    def __str__(self) -> str:
        return f"{self.document}: {self.text}"

    @property
    def words(self) -> list[str]:
        """The program and what it is given."""
        program, *rest = shlex.split(re.split(" [>|&]", self.text)[0], comments=True)
        return [program.removeprefix(".venv/bin/"), *rest]


@cache
def text_of(document: str) -> str:
    """Return a document without the block at its top."""
    return split_front_matter((ROOT / document).read_text(encoding="utf-8"))[1]


def code_of(document: str) -> Iterator[str]:
    """Yield everything in code marks, and every line of a code block."""
    for token in MarkdownIt("commonmark").enable("table").parse(text_of(document)):
        if token.type == "fence":
            yield from token.content.splitlines()
        for child in token.children or ():
            if child.type == "code_inline":
                yield child.content


def typed(*documents: str) -> list[Typed]:
    """Return what documents say to type, each once."""
    found = (Typed(name, code.strip()) for name in documents or DOCUMENTS for code in code_of(name))
    return list(dict.fromkeys(one for one in found if TYPED.fullmatch(one.text)))


def handbook_arguments(one: Typed) -> list[str] | None:
    """Return what `handbook` is given, also where `make` gives it; None where it is another program."""
    program, *rest = one.words
    if program == "handbook":
        return rest
    what, *rest = rest
    recipes = re.search(rf"^{what}: setup.*\n\t@\$\(VENV_BIN\)/handbook (.*)$", makefile(), re.MULTILINE)
    if program != "make" or recipes is None:
        return None
    given = [shlex.split(word.removeprefix("ARGS=")) for word in rest if word.startswith("ARGS=")]
    return [*recipes[1].replace("$(ARGS)", "").split(), *(given[0] if given else [])]


@cache
def makefile() -> str:
    """Return the Makefile."""
    return (ROOT / "Makefile").read_text(encoding="utf-8")


def targets() -> set[str]:
    """Return the targets that people can ask for."""
    return set(re.findall(r"^([a-z-]+):.*## ", makefile(), re.MULTILINE))


# --- What people type ---


def test_there_is_something_to_look_at() -> None:
    assert len(typed()) > 60
    assert {one.document for one in typed()} >= {
        *CONTRIBUTING.values(),
        *GUIDES.values(),
        "README.md",
        "deploy/README.md",
    }


@pytest.mark.parametrize("one", typed(), ids=str)
def test_what_a_document_says_to_type_is_understood(one: Typed) -> None:
    program, what, *rest = one.words
    if program == "make":
        assert what in targets()
    elif program == "python":
        assert what == "-m"
        assert (ROOT / f"{rest[0].replace('.', '/')}.py").is_file()
    given = handbook_arguments(one)
    if given is not None and len(one.words) == 2:  # only the name of a command
        assert given[0] in COMMANDS
    elif given is not None:
        try:
            make_parser().parse_args(given)
        except SystemExit:
            pytest.fail(f"handbook {shlex.join(given)} is not understood")


@pytest.mark.parametrize("one", typed("README.md", "CONTRIBUTING.md", *GUIDES.values(), "deploy/README.md"), ids=str)
def test_what_only_looks_runs(one: Typed, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    given = handbook_arguments(one) or [""]
    asks = given[0] == "links" and "--list" not in given
    if given[0] not in LOOKS_ONLY or "--write" in given or asks:
        return
    monkeypatch.chdir(ROOT)
    assert main(given) in (0, 1)
    assert capsys.readouterr().out.strip()


@pytest.mark.parametrize("one", [one for one in typed() if one.text.startswith("make test ARGS")], ids=str)
def test_tests_that_a_document_names_are_there(one: Typed) -> None:
    given = shlex.split(one.words[2].removeprefix("ARGS="))
    assert [path for path in given if path.startswith("tests/") and not (ROOT / path).exists()] == []


def test_every_command_and_target_stands_in_the_readme() -> None:
    said = [one.words for one in typed("README.md")]
    present = {name for name in COMMANDS if (ROOT / f"scripts/handbook/commands/{name.replace('-', '_')}.py").is_file()}
    assert {words[1] for words in said if words[0] == "handbook"} == present
    assert {words[1] for words in said if words[0] == "make"} == targets()


def test_every_measuring_program_stands_in_the_readme() -> None:
    said = {one.words[2] for one in typed("README.md") if one.words[:2] == ["python", "-m"]}
    programs = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in (ROOT / "tests").rglob("*.py")
        if '\nif __name__ == "__main__":' in path.read_text(encoding="utf-8")
    }
    assert said == programs


def test_make_lists_every_target_with_a_line() -> None:
    declared = re.search(r"^\.PHONY: (.*)$", makefile(), re.MULTILINE)
    assert declared is not None
    assert set(declared[1].split()) == targets()
    # The tests run under `make test` themselves, perhaps under another make: this one must not speak as its child.
    outside = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
    done = subprocess.run(["make", "help"], cwd=ROOT, env=outside, capture_output=True, text=True, check=True)
    assert {line.split("\t")[0] for line in done.stdout.splitlines()} == {f"make {target}" for target in targets()}


@pytest.mark.parametrize("document", CONTRIBUTING.values())
def test_the_steps_for_adding_moving_and_removing_a_page_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, document: str
) -> None:
    """They are run as they stand, in their order, on a small handbook; files are moved where the text says so."""
    root = tmp_path / "handbook"
    shutil.copytree(ROOT / "tests/editorial/rules/handbook", root)
    (root / "data/ledger").mkdir()
    (root / "data/addresses.txt").write_text("# Addresses.\n", encoding="utf-8")
    monkeypatch.chdir(root)
    for page in ("needs/index.md", "healing/index.md", "needs/safety.md"):
        assert main(["new", page, "--title", f"nl={page[:6]}{len(page)}"]) == 0
    assert main(["addresses", "--write"]) == 0
    steps = [one.words[1:] for one in typed(document) if "needs/trust.md" in one.text or one.text.endswith("--write")]
    assert [step[0] for step in steps] == ["new", "check", "addresses", "sync", "addresses", "addresses"]
    sides = ("docs/en", "docs/nl", "data/ledger")
    for step in steps:
        name = {side: "trust.txt" if side == "data/ledger" else "trust.md" for side in sides}
        if "--moved" in step:
            for side in sides:
                (root / side / "healing").mkdir(exist_ok=True)
                (root / side / "needs" / name[side]).rename(root / side / "healing" / name[side])
        if "--gone" in step:
            for side in sides:
                (root / side / "healing" / name[side]).unlink()
        assert main(step) in ((0, 1) if step[0] in ("check", "sync") else (0,)), step


def test_somebody_who_names_no_command_sees_them_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "make a new page in every language" in capsys.readouterr().err


def test_somebody_who_misspells_a_command_is_told_the_right_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["chekc"]) == 2
    assert capsys.readouterr().err == (
        'handbook: there is no command "chekc". Did you mean check? handbook --help lists them all.\n'
    )


# --- What they link to ---


@cache
def places(document: str) -> frozenset[str]:
    """Return the fragments of a document: ids that are given, and those a code host makes from its headings."""
    headings = re.findall(r"^#+ (.*)$", text_of(document), re.MULTILINE)
    made = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    return frozenset(made | set(re.findall(r"\{#([\w-]+)\}", text_of(document))))


def links(document: str) -> Iterator[str]:
    """Yield the targets of all links."""
    for token in MarkdownIt("commonmark").enable("table").parse(text_of(document)):
        yield from (str(child.attrs["href"]) for child in token.children or () if child.type == "link_open")


@pytest.mark.parametrize("document", [*DOCUMENTS, "LICENSE-CONTENT.md"])
def test_every_local_link_of_a_document_leads_somewhere(document: str) -> None:
    for target in links(document):
        path, _, fragment = target.partition("#")
        if ":" in target:
            continue
        file = (ROOT / document).parent / path if path else ROOT / document
        assert file.exists(), target
        if fragment:
            assert fragment in places(file.resolve().relative_to(ROOT).as_posix()), target


@pytest.mark.parametrize("document", DOCUMENTS)
def test_files_that_a_document_names_in_code_marks_are_there(document: str) -> None:
    kept = re.compile(r"(?:data|docs|overrides|scripts|tests|deploy|\.github)/[\w./-]+|[\w.-]+\.(?:yml|toml|lock|md)")
    made = {"site/", "needs/trust.md", "healing/trust.md", "docs/en/needs/trust.md", "docs/nl/needs/trust.md"}
    for code in code_of(document):
        if kept.fullmatch(code) and code not in made:
            base = (ROOT, (ROOT / document).parent)
            assert any((one / code).exists() for one in base) or list(ROOT.glob(f"*/**/{code}")), code


def test_the_map_names_every_folder_of_the_program_and_every_hook() -> None:
    text = text_of("ARCHITECTURE.md")
    packages = {path.parent.name for path in (ROOT / "scripts/handbook").glob("*/__init__.py")}
    assert {name for name in packages if f"\n  {name}/" not in text} == set()
    assert {path.name for path in (ROOT / "overrides/hooks").glob("*.py") if f"hooks/{path.name}" not in text} == set()


# --- Both languages ---


def skeleton(document: str) -> list[str]:
    """Return what a document is built of, without its words."""
    kept = re.compile(r"heading_open|list_item_open|tr_open|t[hd]_open|fence|blockquote_open|paragraph_open")
    tokens = MarkdownIt("commonmark").enable("table").parse(text_of(document))
    return [f"{token.type} {token.tag}" for token in tokens if kept.fullmatch(token.type)]


@pytest.mark.parametrize("pair", [CONTRIBUTING, GUIDES], ids=["contributing", "guide"])
def test_both_languages_are_built_alike(pair: dict[str, str]) -> None:
    assert skeleton(pair["en"]) == skeleton(pair["nl"])


def test_both_languages_link_to_the_same_and_say_to_type_the_same() -> None:
    def neutral(target: str) -> str:
        return target.replace("docs/nl/", "docs/en/").replace("CONTRIBUTING.nl.md", "CONTRIBUTING.md")

    assert [neutral(one) for one in links(CONTRIBUTING["nl"])] == [neutral(one) for one in links(CONTRIBUTING["en"])]
    english, dutch = (
        [re.sub(r'"[^"]*"$', '"…"', neutral(one.text)) for one in typed(CONTRIBUTING[language])]
        for language in ("en", "nl")
    )
    assert dutch == english


FORMS: Final = sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("[0-9]*.yml"))


@pytest.mark.parametrize("form", FORMS, ids=lambda path: path.stem)
def test_every_form_begins_with_the_warning_and_the_way_to_help_in_both_languages(form: Path) -> None:
    loaded: dict[str, Any] = yaml.safe_load(form.read_text(encoding="utf-8"))
    first, *others = loaded["body"]
    for words in ("Everybody can read this", "Get help now", "Iedereen kan dit lezen", "Direct hulp", "112"):
        assert words in first["attributes"]["value"]
    labels = [loaded["name"], loaded["description"]]
    labels += [
        other["attributes"][key] for other in others for key in ("label", "description") if key in other["attributes"]
    ]
    assert [label for label in labels if " · " not in label] == []
    assert others[-1]["attributes"]["options"][0]["required"] is True


def test_the_pull_request_asks_in_both_languages() -> None:
    text = (ROOT / ".github/pull_request_template.md").read_text(encoding="utf-8")
    asked = [line for line in text.splitlines() if line.startswith(("**", "- [ ]"))]
    assert len(asked) == 6
    assert [line for line in asked if " · " not in line] == []


# --- What the style guide says ---


@pytest.mark.parametrize("language", GUIDES)
def test_the_style_guide_names_every_building_block_and_box(language: str) -> None:
    codes = list(code_of(GUIDES[language]))
    named = {match[1] for code in codes if (match := re.match(r"\{\{ ([\w-]+)", code))}
    assert named == set(BLOCKS)
    boxes = {match[1] for code in codes if (match := re.match(r"!!! ([\w-]+)", code))}
    assert boxes == CALLOUTS


@pytest.mark.parametrize("language", GUIDES)
def test_the_style_guide_names_the_limits_that_count(language: str) -> None:
    limits = yaml.safe_load((ROOT / "data/readability.yml").read_text(encoding="utf-8"))
    section = text_of(GUIDES[language]).partition("{#how-hard}")[2].partition("\n### ")[0]
    rows = [re.findall(r"\d[\d.,]*", line) for line in section.splitlines() if line.startswith("|")][2:]
    said = [[int(re.sub(r"\D", "", number)) for number in row] for row in rows]
    for column, one in enumerate((limits["en"], limits["nl"])):
        pairs = [
            (one[key]["target"], one[key]["fail"])
            for key in ("mean_sentence", "longest_sentence", "ease", "paragraph_words", "paragraph_sentences")
        ]
        assert [tuple(row[2 * column : 2 * column + 2]) for row in said[:5]] == pairs
        assert tuple(said[5][3 * column : 3 * column + 3]) == tuple(
            one["page_words"][key] for key in ("low", "high", "fail")
        )


# --- Releases and editors ---


def test_the_list_of_changes_is_in_the_form_that_releases_need() -> None:
    heads = re.findall(r"^## (.*)$", text_of("CHANGELOG.md"), re.MULTILINE)
    assert heads[0] == "Unreleased"
    releases = [re.fullmatch(r"(\d+)\.(\d+)\.(\d+) \((\d{4}-\d\d-\d\d)\)", head) for head in heads[1:]]
    assert None not in releases, "write ## 0.2.0 (2026-12-01)"
    numbers = [tuple(int(part) for part in one.groups()[:3]) for one in releases if one]
    assert numbers == sorted(numbers, reverse=True)


def test_the_hooks_before_a_commit_run_programs_of_the_project() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    for hook in (hook for repository in config["repos"] for hook in repository["hooks"]):
        program, *rest = hook["entry"].split()
        assert program.startswith(".venv/bin/")
        if program.endswith("/handbook"):
            make_parser().parse_args(rest)
        else:
            assert (ROOT / program).exists()


def test_files_are_as_the_editor_is_told_to_write_them() -> None:
    """No editor of a contributor makes a change that nobody meant."""
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    others = re.compile(r"(.*/)?vendored/|scripts/handbook/editorial/dictionaries/|THIRD-PARTY-NOTICES")
    wrong = []
    for name in filter(None, tracked.split("\0")):
        path = ROOT / name
        if (
            others.match(name)
            or not re.search(r"\.(py|md|yml|yaml|toml|css|js|html|json|txt|lock)$", name)
            or not path.is_file()
        ):
            continue
        data = path.read_bytes()
        if b"\r" in data or (data and not data.endswith(b"\n")) or re.search(rb"[ \t]\n", data):
            wrong.append(name)
    assert wrong == []

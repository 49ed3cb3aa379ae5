"""The registry of addresses: nothing gets lost, nothing is used twice, and a broken promise is named."""

from __future__ import annotations

import shutil
import string
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.cli import main
from handbook.commands.layers import load_rules
from handbook.editorial.errors import DataError
from handbook.model.finding import Severity
from handbook.publishing.address_adding import PATTERN, ClashError, short_id, with_gone, with_moved_section, with_pages
from handbook.publishing.address_file import (
    HEADER,
    format_registry,
    lost_lines,
    parse_registry,
    retired,
    stated_retired,
)
from handbook.publishing.address_promises import problems
from handbook.publishing.address_registry import Address, Gone, Published, Registry, SectionId
from handbook.reading.project import read_project
from handbook.rules.engine import choose, run
from handbook.rules.registry import REGISTRY
from tests.checks.projects import read
from tests.conftest import ROOT
from tests.ledger.small import PAGES, make_project, replace

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = Path("data/addresses.txt")
keys = st.text(min_size=1, max_size=12).map(lambda text: text + ".md")
sections = st.text(string.ascii_lowercase + "-", min_size=1, max_size=8)


def published(key: str, en: str = "", nl: str = "", ids: Mapping[str, str] | str = "in-short recognise") -> Published:
    stem = key.removesuffix(".md")
    of = ids if not isinstance(ids, str) else {"en": ids, "nl": ids}
    return Published(
        key,
        {"en": en or f"en/{stem}/", "nl": nl or f"nl/{stem}/"},
        {language: frozenset(names.split()) for language, names in of.items()},
    )


def kinds(registry: Registry, *pages: Published) -> list[str]:
    return [problem.kind for problem in problems(registry, pages)]


REST, HELP = published("rest.md"), published("help.md")
BOTH = with_pages(Registry(), [REST, HELP])


def address_of(key: str) -> str:
    """Make an address of a key of any letters, as a browser would write it."""
    return f"en/{quote(key, safe='')}/"


# --- The file ---


@given(st.lists(st.tuples(keys, st.sets(sections)), max_size=5, unique_by=lambda pair: pair[0]))
def test_what_is_written_is_read_back(pages: list[tuple[str, set[str]]]) -> None:
    registry = with_pages(
        Registry(),
        [Published(key, {"en": f"en/{number}/"}, {"en": frozenset(ids)}) for number, (key, ids) in enumerate(pages)],
    )
    text = format_registry(registry)
    assert parse_registry(text, FILE) == registry
    assert parse_registry(text.replace("\n", "\r\n"), FILE) == registry
    assert format_registry(parse_registry(text, FILE)) == text


@given(st.lists(keys, max_size=6, unique=True), st.lists(keys, max_size=6, unique=True))
def test_what_was_registered_stays_to_the_letter(first: list[str], second: list[str]) -> None:
    def pages(of: list[str]) -> list[Published]:
        return [Published(key, {"en": address_of(key)}, {"en": frozenset({"a"})}) for key in of]

    before = with_pages(Registry(), pages(first))
    after = with_pages(before, pages(second))
    assert set(format_registry(before).splitlines()) <= set(format_registry(after).splitlines())


@given(st.lists(keys, max_size=5, unique=True), st.lists(keys, max_size=5, unique=True))
def test_two_people_who_add_pages_may_both_keep_their_lines(one: list[str], other: list[str]) -> None:
    def text(of: list[str]) -> str:
        return format_registry(with_pages(Registry(), [Published(key, {"en": address_of(key)}, {}) for key in of]))

    union = sorted(set(text(one).splitlines()) | set(text(other).splitlines()))
    merged = parse_registry("\n".join(union), FILE)
    assert merged == parse_registry(text(list(dict.fromkeys(one + other))), FILE)


@given(st.text())
def test_any_text_is_read_or_refused_by_its_line(text: str) -> None:
    refused = []
    try:
        parse_registry(text, FILE)
    except DataError as error:
        refused.append(error)
    assert all(error.line > 0 and error.hint for error in refused)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("rest.md b2c3 en", "no entry"),
        ("rest.md b2c3 en en/rest", "no entry"),
        ("rest.md b2c3 gone -> help.md", "no entry"),
        ("rest.md b2c3 #a -> #b", "no entry"),
        ("<<<<<<< HEAD", "no entry"),
        ("rest.md b2c3 en en/rest/rest.exe", "no entry"),
        ("rest.md b2c3 en nl/rest/rest.pdf", "no entry"),
        ("rest.md b2c3 en en/../rest.pdf", "no entry"),
        ("rest.md b2c3 en en/*/", "no entry"),
        ("rest.md b2c3 en en/x%0Areturn%20301%20/", "no entry"),
        ("rest.md b2c3 en en/x%22%3B/", "no entry"),
        ("rest.md b2c3 en en/:x/", "no entry"),
        ("rest.md b2c3 en en/r.pdf\nhelp.md d4f5 en en/r.pdf", "belongs to two pages"),
        ("rest.md b2c3 en en/rest/\nrest.md d4f5 #a", "two short ids"),
        ("rest.md b2c3 en en/rest/\nhelp.md d4f5 en en/rest/", "belongs to two pages"),
    ],
)
def test_a_broken_file_is_named_by_its_line(line: str, said: str) -> None:
    with pytest.raises(DataError, match=r"data/addresses\.txt:") as raised:
        parse_registry(f"{HEADER}{line}\n", FILE)
    assert raised.value.line == 3 + line.count("\n")
    assert said in raised.value.message


def paper(key: str, *paths: str) -> Published:
    page = published(key)
    return Published(key, page.addresses, page.sections, files={"en": frozenset(paths)})


def test_a_file_to_take_away_is_registered_with_its_page_and_read_back() -> None:
    registry = with_pages(BOTH, [paper("rest.md", "en/rest/rest.pdf", "en/rest/worksheet-a.pdf")])
    rest = registry.ids["rest.md"]
    lines = format_registry(registry).splitlines()
    assert f"rest.md {rest} en en/rest/rest.pdf" in lines
    assert f"rest.md {rest} en en/rest/worksheet-a.pdf" in lines
    assert parse_registry("\n".join(lines), FILE) == registry


def test_a_file_whose_path_changed_is_kept_and_counted() -> None:
    before = with_pages(BOTH, [paper("rest.md", "en/rest/rest.pdf", "en/rest/worksheet-a.pdf")])
    after = with_pages(before, [paper("rest.md", "en/calm/calm.pdf", "en/calm/worksheet-a.pdf")])
    assert before.files < after.files
    assert (retired(before), retired(after)) == (0, 2)
    assert stated_retired(format_registry(after)) == 2


def test_a_file_that_is_not_registered_is_named_and_none_is_used_twice() -> None:
    page = paper("rest.md", "en/rest/rest.pdf")
    assert [one.message for one in problems(BOTH, [page, HELP])] == [
        "the address en/rest/rest.pdf is not registered yet"
    ]
    registry = with_pages(BOTH, [page])
    assert kinds(registry, page, HELP) == []
    assert "reused" in kinds(registry, page, paper("help.md", "en/rest/rest.pdf"))
    with pytest.raises(ClashError, match=r"was the address of rest\.md"):
        with_pages(registry, [paper("help.md", "en/rest/rest.pdf")])


def test_people_can_read_the_file() -> None:
    registry = with_gone(
        with_moved_section(BOTH, "help.md", "recognise", "in-short", "taken up"), "rest.md", "help.md", "one"
    )
    rest, help_ = registry.ids["rest.md"], registry.ids["help.md"]
    assert format_registry(registry).removeprefix(HEADER).splitlines() == [
        "# Kept for ever though no longer in use: 2 lines.",
        f"help.md {help_} en en/help/",
        f"help.md {help_} nl nl/help/",
        f"help.md {help_} #in-short",
        f"help.md {help_} #recognise",
        f"help.md {help_} #recognise -> #in-short taken up",
        f"rest.md {rest} en en/rest/",
        f"rest.md {rest} nl nl/rest/",
        f"rest.md {rest} #in-short",
        f"rest.md {rest} #recognise",
        f"rest.md {rest} gone -> help.md one",
    ]


# --- Short ids ---


@given(keys)
def test_a_short_id_is_a_letter_a_digit_a_letter_a_digit(key: str) -> None:
    assert [sign in alphabet for sign, alphabet in zip(short_id(key, ()), PATTERN, strict=True)] == [True] * 4


def test_no_sign_of_a_short_id_looks_like_another() -> None:
    assert not set("".join(PATTERN)) & set("0o1il" + "aeiouy" + string.ascii_uppercase)


def test_no_short_id_is_used_twice() -> None:
    taken: set[str] = set()
    for number in range(3000):
        made = short_id(f"{number}.md", taken)
        assert made not in taken
        taken.add(made)


def test_the_short_id_of_a_page_that_is_gone_stays_taken() -> None:
    registry = with_gone(BOTH, "rest.md", "help.md", "merged")
    ids = {page: with_pages(registry, [HELP, published(page)]).ids[page] for page in ("a.md", "b.md")}
    assert registry.ids["rest.md"] not in ids.values()


# --- Judging ---


def test_pages_as_registered_are_silent() -> None:
    assert kinds(BOTH, REST, HELP) == []


def test_a_page_that_is_new_is_said_once() -> None:
    assert kinds(BOTH, REST, HELP, published("new.md")) == ["new"]


def test_sections_that_are_new_are_said_once_a_page() -> None:
    assert kinds(BOTH, published("rest.md", ids="in-short recognise one two"), HELP) == ["new"]


def test_a_section_that_one_side_has_alone_is_no_promise() -> None:
    page = published("rest.md", ids={"en": "in-short recognise typo", "nl": "in-short recognise"})
    assert kinds(BOTH, page, HELP) == []
    assert with_pages(BOTH, [page, HELP]) == BOTH


def test_an_address_whose_page_vanished_is_dead_once_a_language() -> None:
    assert kinds(BOTH, HELP) == ["dead", "dead"]


def test_an_address_whose_language_version_vanished_is_dead() -> None:
    page = Published("rest.md", {"en": "en/rest/"}, {"en": frozenset({"in-short", "recognise"})})
    assert kinds(BOTH, page, HELP) == ["dead"]


def test_a_page_with_a_new_address_keeps_its_old_one() -> None:
    page = published("rest.md", nl="nl/rust/")
    assert kinds(BOTH, page, HELP) == ["new"]
    registry = with_pages(BOTH, [page, HELP])
    assert kinds(registry, page, HELP) == []
    assert {one.address for one in registry.addresses if one.key == "rest.md"} == {"en/rest/", "nl/rest/", "nl/rust/"}


def test_a_renamed_page_keeps_its_short_id() -> None:
    page = published("ease.md")
    assert kinds(BOTH, page, HELP) == ["dead", "dead", "new"]
    registry = with_pages(BOTH, [page, HELP], {"rest.md": "ease.md"})
    assert kinds(registry, page, HELP) == []
    assert registry.ids["ease.md"] == registry.ids["rest.md"]


def test_a_renamed_page_may_be_renamed_back() -> None:
    moved = with_pages(BOTH, [published("ease.md"), HELP], {"rest.md": "ease.md"})
    assert kinds(moved, REST, HELP) == []


@pytest.mark.parametrize("address", ["nl/rest/", "nl/help/"])
def test_an_address_is_never_given_to_another_page(address: str) -> None:
    page = published("new.md", nl=address)
    registry = with_gone(BOTH, "rest.md", "help.md", "merged")
    assert "reused" in kinds(registry, published("help.md", nl="nl/hulp/"), page)
    with pytest.raises(ClashError, match="cannot become that of"):
        with_pages(registry, [page])


def test_the_old_name_of_a_renamed_page_is_never_given_to_another() -> None:
    moved = with_pages(BOTH, [published("ease.md"), HELP], {"rest.md": "ease.md"})
    assert "reused" in kinds(moved, published("ease.md"), published("rest.md", "en/x/", "nl/x/"), HELP)


def test_a_page_that_is_gone_needs_a_page_to_go_to() -> None:
    registry = with_gone(BOTH, "rest.md", "help.md", "merged")
    assert kinds(registry, HELP) == []
    assert kinds(registry) == ["dead", "dead", "gone-target"]


def test_pages_may_be_gone_one_after_the_other() -> None:
    registry = with_pages(BOTH, [published("new.md")])
    registry = with_gone(with_gone(registry, "rest.md", "help.md", "merged"), "help.md", "new.md", "merged")
    assert kinds(registry, published("new.md")) == []
    circle = Registry(
        registry.addresses, registry.sections, registry.gone | {Gone("new.md", registry.ids["new.md"], "rest.md", "x")}
    )
    assert set(kinds(circle)) == {"gone-target"}


def test_a_section_that_vanished_is_said_in_each_language() -> None:
    page = published("rest.md", ids="in-short")
    found = list(problems(BOTH, [page, HELP]))
    assert [(one.kind, one.key, one.language) for one in found] == [
        ("section-vanished", "rest.md", "en"),
        ("section-vanished", "rest.md", "nl"),
    ]


@pytest.mark.parametrize("to", ["in-short", ""])
def test_a_section_may_be_taken_up_by_another_or_by_the_page(to: str) -> None:
    registry = with_moved_section(BOTH, "rest.md", "recognise", to, "it was short")
    assert kinds(registry, published("rest.md", ids="in-short"), HELP) == []


def test_the_section_to_go_to_must_be_there() -> None:
    registry = with_moved_section(BOTH, "rest.md", "recognise", "in-short", "it was short")
    assert set(kinds(registry, published("rest.md", ids=""), HELP)) == {"section-vanished", "section-target"}


def test_the_ids_a_section_had_before_lead_to_it() -> None:
    page = published("rest.md", ids="a b c")
    registry = with_pages(Registry(), [page])
    registry = with_moved_section(with_moved_section(registry, "rest.md", "a", "b", "x"), "rest.md", "b", "c", "x")
    assert registry.former_ids("rest.md") == {"c": ("a", "b")}
    assert registry.former_ids("other.md") == {}


CLASHES = {
    "a page that never was": lambda: with_gone(BOTH, "never.md", "help.md", "x"),
    "nowhere to go": lambda: with_gone(BOTH, "rest.md", "never.md", "x"),
    "itself to go to": lambda: with_gone(BOTH, "rest.md", "rest.md", "x"),
    "no reason": lambda: with_gone(BOTH, "rest.md", "help.md", " \n"),
    "a section that never was": lambda: with_moved_section(BOTH, "rest.md", "never", "in-short", "x"),
    "no section to go to": lambda: with_moved_section(BOTH, "rest.md", "recognise", "never", "x"),
    "no reason for a section": lambda: with_moved_section(BOTH, "rest.md", "recognise", "in-short", ""),
    "a move of a page that never was": lambda: with_pages(BOTH, [], {"never.md": "new.md"}),
    "a move to a page that has an id": lambda: with_pages(BOTH, [], {"rest.md": "help.md"}),
}


@pytest.mark.parametrize("kind", CLASHES)
def test_what_cannot_be_promised_is_refused(kind: str) -> None:
    with pytest.raises(ClashError):
        CLASHES[kind]()


def test_a_section_belongs_to_its_page_under_every_name() -> None:
    assert SectionId("rest.md", BOTH.ids["rest.md"], "in-short") in BOTH.sections
    assert Address("rest.md", BOTH.ids["rest.md"], "nl", "nl/rest/") in BOTH.addresses
    moved = with_pages(BOTH, [published("ease.md", ids=""), HELP], {"rest.md": "ease.md"})
    assert [one.kind for one in problems(moved, [published("ease.md", ids=""), HELP])] == ["section-vanished"] * 4


# --- The command and the rules ---


def found_by_rules(root: Path) -> list[tuple[str, str, int, Severity]]:
    load_rules()
    project = read_project(root, render=False, site=False)
    return [(one.code, one.path, one.line, one.severity) for one in run(project, choose(project, ["ADR"]).on)]


@pytest.fixture
def root(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    root = make_project(tmp_path)
    assert main(["addresses", "--write", "--root", str(root)]) == 0
    assert capsys.readouterr().out == (
        "Added 4 addresses and 3 section ids.\n4 addresses and 3 section ids are registered.\n"
    )
    return root


def test_writing_twice_changes_nothing(root: Path) -> None:
    before = (root / FILE).read_bytes()
    assert main(["addresses", "--write", "--root", str(root)]) == 0
    assert (root / FILE).read_bytes() == before
    assert found_by_rules(root) == []


def test_a_renamed_page_is_dead_until_it_is_registered(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for language in ("en", "nl"):
        (root / f"docs/{language}/rest.md").rename(root / f"docs/{language}/ease.md")
    assert [one[0] for one in found_by_rules(root)] == ["ADR101", "ADR101", "ADR106"]
    assert found_by_rules(root)[0] == ("ADR101", str(FILE), 6, Severity.ERROR)
    assert main(["addresses", "--write", "--moved", "rest.md", "ease.md", "--root", str(root)]) == 0
    assert found_by_rules(root) == []
    capsys.readouterr()
    assert main(["addresses", "--redirects", "--root", str(root)]) == 0
    assert capsys.readouterr().out.startswith("/en/rest/ /en/ease/\n/nl/rest/ /nl/ease/\n/go/")


def test_a_reused_address_is_an_error_at_the_line_of_its_slug(root: Path) -> None:
    help_page = "---\nslug: hulp\n---\n\n# Hulp\n\n## Nu {#now}\n\nBel iemand.\n"
    new_page = PAGES["docs/nl/rest.md"].replace("title: Rust\n", "title: Rust\nslug: help\n")
    make_project(
        root, {"docs/nl/help.md": help_page, "docs/nl/new.md": new_page, "docs/en/new.md": PAGES["docs/en/rest.md"]}
    )
    assert [one for one in found_by_rules(root) if one[0] != "ADR106"] == [
        ("ADR102", "docs/nl/new.md", 3, Severity.ERROR)
    ]


def test_a_vanished_section_is_an_error_at_its_page(root: Path) -> None:
    for language in ("en", "nl"):
        replace(root, f"docs/{language}/rest.md", "{#recognise}", "{#know}")
    assert [one[:2] for one in found_by_rules(root)] == [
        ("ADR103", "docs/en/rest.md"), ("ADR106", "docs/en/rest.md"), ("ADR103", "docs/nl/rest.md"),
    ]  # fmt: skip
    arguments = ["--gone", "rest.md#recognise", "--to", "#know", "--reason", "a better name", "--root", str(root)]
    assert main(["addresses", "--write", *arguments]) == 0
    assert found_by_rules(root) == []


def test_a_removed_page_needs_a_reason_and_a_page_to_go_to(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for language in ("en", "nl"):
        (root / f"docs/{language}/rest.md").unlink()
    gone = ["addresses", "--write", "--root", str(root), "--gone", "rest.md"]
    assert main(gone) == 2
    assert main([*gone, "--to", "help.md"]) == 2
    assert main([*gone, "--to", "rest.md", "--reason", "x"]) == 2
    assert main([*gone, "--to", "help.md", "--reason", "merged"]) == 0
    assert found_by_rules(root) == []
    capsys.readouterr()
    assert main(["addresses", "--redirects", "--format", "json", "--root", str(root)]) == 0
    assert '"from": "/nl/rest/",\n    "to": "/nl/help/"' in capsys.readouterr().out


def test_a_broken_registry_is_one_error_and_is_not_overwritten(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / FILE).write_text("nonsense\n")
    assert found_by_rules(root) == [("ADR105", str(FILE), 1, Severity.ERROR)]
    assert main(["addresses", "--write", "--root", str(root)]) == 2
    assert capsys.readouterr().err.startswith("handbook: data/addresses.txt:1: this line is no entry")
    assert (root / FILE).read_text() == "nonsense\n"


def test_a_new_page_is_a_warning(root: Path) -> None:
    make_project(root, {"docs/en/new.md": PAGES["docs/en/rest.md"], "docs/nl/new.md": PAGES["docs/nl/rest.md"]})
    assert found_by_rules(root) == [("ADR106", "docs/en/new.md", 1, Severity.WARNING)]


def test_a_page_that_does_not_know_its_address_promises_none(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its slug cannot be read, so its name would become an address for ever."""
    before = (root / FILE).read_bytes()
    make_project(root, {"docs/nl/new.md": "---\nslug nieuw\ntitle: A\n---\n\n# A\n"})
    assert found_by_rules(root) == []
    assert main(["addresses", "--write", "--root", str(root)]) == 2
    assert "docs/nl/new.md:3: the data at the top cannot be read" in capsys.readouterr().err
    assert (root / FILE).read_bytes() == before


def test_the_terms_of_the_glossary_are_addresses_too(tmp_path: Path) -> None:
    words = "# Words\n\n{{ glossary }}\n"
    root = make_project(tmp_path, {"docs/en/words.md": words, "docs/nl/words.md": words})
    (root / "data").mkdir()
    shutil.copy(ROOT / "data/glossary.yml", root / "data/glossary.yml")
    main(["addresses", "--write", "--root", str(root)])
    assert " #psychotherapy\n" in (root / FILE).read_text()


def test_a_project_without_a_registry_has_these_rules_off(tmp_path: Path) -> None:
    load_rules()
    project = read_project(make_project(tmp_path), render=False, site=False)
    assert choose(project, ["ADR"]).on == ()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--moved", "a.md", "b.md"], "say --write, too"),
        (["--gone", "rest.md", "--to", "help.md"], "say --write, too"),
        (["--write", "--to", "help.md"], "belong together"),
        (["--write", "--gone", "rest.md#recognise", "--to", "help.md", "--reason", "x"], "another section of rest.md"),
    ],
)
def test_wrong_use_is_said_in_a_sentence(
    root: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main(["addresses", *arguments, "--root", str(root)]) == 2
    assert said in capsys.readouterr().err


def test_an_entry_that_nothing_else_would_miss_is_counted() -> None:
    registry = parse_registry(
        "a.md b2c3 en en/a/\na.md b2c3 nl nl/a/\nb.md b2c3 en en/b/\na.md b2c3 #x\na.md b2c3 #y -> #x moved\n"
        "c.md d4f5 en en/c/\nc.md d4f5 gone -> a.md merged\n",
        FILE,
    )
    assert retired(registry) == 3
    text = format_registry(registry)
    assert stated_retired(text) == 3
    assert parse_registry(text, FILE) == registry
    assert stated_retired(format_registry(Registry())) == 0
    assert format_registry(Registry()) == HEADER


def test_a_line_that_an_older_version_had_is_missed() -> None:
    before = "# a remark\na.md b2c3 en en/a/\na.md b2c3 #x\n"
    assert lost_lines("a.md b2c3 #x\r\n  a.md b2c3 en en/a/\n", [before, ""]) == []
    assert lost_lines("a.md b2c3 #x\n", ["", before]) == ["a.md b2c3 en en/a/"]


def test_a_deleted_line_is_found_with_git_and_without(tmp_path: Path) -> None:
    pages = "---\nslug: a\n---\n# A\n"
    registry = format_registry(parse_registry("x.md d4f5 gone -> index.md merged\nx.md d4f5 en en/x/\n", FILE))
    files = {"en/index.md": pages, "nl/index.md": pages, "data/addresses.txt": registry}
    load_rules()
    rule = REGISTRY.rules["ADR107"]

    def said() -> list[str]:
        project = read(tmp_path, files)
        return [hit.message for hit in rule.check(project, project)]

    assert said() == []
    files["data/addresses.txt"] = registry.replace("x.md d4f5 gone -> index.md merged\n", "")
    assert said() == ["1 of the 1 lines that are no longer in use, and kept for ever, are missing"]

    def git(*arguments: str) -> None:
        who = ("-c", "user.name=n", "-c", "user.email=n@a.example", "-c", "commit.gpgsign=false")
        subprocess.run(["git", "-C", tmp_path, *who, *arguments], check=True, capture_output=True)

    (tmp_path / "data/addresses.txt").write_text(registry)
    git("init", "-q")
    git("add", "data")
    git("commit", "-qm", "x")
    assert said() == ['the line "x.md d4f5 gone -> index.md merged" was taken out']
    files["data/addresses.txt"] = registry
    assert said() == []

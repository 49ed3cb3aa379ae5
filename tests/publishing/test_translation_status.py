"""What readers see of the ledger: the page about it, and the note at a section that is behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from markdown import Markdown
from selectolax.lexbor import LexborHTMLParser

from handbook.cli import main
from handbook.ledger.overview import read_overview
from handbook.publishing.catalogue import Catalogue, Language, PageEntry, read_catalogue
from handbook.publishing.section_marks import Marks, SectionMarks
from handbook.publishing.translation_status import Door, Note, Status, name_in, notes_for, translation_status
from tests.conftest import ROOT, run_mkdocs
from tests.ledger.small import make_project, replace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LANGUAGES = (Language.of("en", "English", "Small"), Language.of("nl", "Nederlands", "Klein"))
WORDS = {
    one.locale: yaml.safe_load((ROOT / f"overrides/strings/{one.locale}.yml").read_text(encoding="utf-8"))
    for one in LANGUAGES
}
NAV = ["help.md", {"needs": ["needs/index.md", "needs/rest.md"]}]
TEXTS = {
    "docs/en/needs/index.md": "---\ntitle: Needs\nsection: Basic needs\n---\n\n# Needs\n",
    "docs/nl/needs/index.md": "---\ntitle: Behoeften\nsection: Basis\nslug: behoeften\n---\n\n# Behoeften\n",
    "docs/en/needs/rest.md": "---\ntitle: Rest\n---\n\n# Rest\n\n## Why {#why}\n\nWhy.\n\n## How {#how}\n\nSo.\n",
    "docs/nl/needs/rest.md": (
        "---\ntitle: Rust\nslug: rust\n---\n\n# Rust\n\n## Waarom {#why}\n\nDaarom.\n\n## Hoe {#how}\n\nZo.\n"
    ),
    "docs/en/_shared/call.md": "- Call.\n",
    "docs/nl/_shared/call.md": "- Bel.\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_project(tmp_path / "small", TEXTS)
    for language in ("en", "nl"):
        (root / f"docs/{language}/rest.md").unlink()
    assert main(["sync", "--all", "--yes", "--root", str(root)]) == 0
    return root


def at(root: Path, language: str, key: str) -> tuple[Catalogue, PageEntry]:
    catalogue = read_catalogue(root / "docs", LANGUAGES, NAV)
    return catalogue, catalogue.entries[language, key]


def table(root: Path, language: str = "nl") -> Status:
    catalogue, entry = at(root, language, "help.md")
    found = translation_status(read_overview(root), catalogue, entry, WORDS[language])
    assert found is not None
    return found


def notes(root: Path, language: str, key: str = "needs/rest.md") -> dict[str, Note]:
    return dict(notes_for(read_overview(root), *at(root, language, key), WORDS[language]))


def test_each_part_of_the_handbook_has_its_pages_in_reading_order(root: Path) -> None:
    found = table(root)
    assert [(part.id, part.title, [row.page.title for row in part.rows]) for part in found.parts] == [
        ("status-single-pages", "Losse pagina’s", ["help"]),
        ("status-in-needs", "Basis", ["Behoeften", "Rust"]),
        ("shared-passages", "Stukken die op meer pagina’s staan", ["call"]),
    ]
    assert (found.in_step, found.behind, found.open, found.total) == (7, 0, 0, 7)


def test_a_row_links_both_pages(root: Path) -> None:
    row = table(root).parts[1].rows[1]
    assert row.page == Door("Rust", "../behoeften/rust/", "nl")
    assert row.others == (Door("Rest", "../../en/needs/rest/", "en"),)


def test_a_passage_that_pages_share_has_no_address(root: Path) -> None:
    (row,) = table(root).parts[2].rows
    assert (row.page.url, row.others[0].url) == ("", "")


@pytest.mark.parametrize(
    ("language", "title", "said"),
    [("nl", "Waarom", "Engels is veranderd, Nederlands nog niet."), ("en", "Why", "English changed, Dutch did not.")],
)
def test_a_section_behind_says_which_side_moved(root: Path, language: str, title: str, said: str) -> None:
    replace(root, "docs/en/needs/rest.md", "Why.", "Because.")
    found = table(root, language)
    (item,) = found.parts[1].rows[1].behind
    assert (item.section.title, item.said) == (title, said)
    assert item.section.url.endswith("#why")
    assert (found.in_step, found.behind, found.open) == (6, 1, 0)


def test_other_states_are_still_to_compare(root: Path) -> None:
    replace(root, "docs/en/needs/rest.md", "Why.", "Because.")
    replace(root, "docs/nl/needs/rest.md", "Daarom.", "Omdat.")
    replace(root, "docs/nl/help.md", "Bel iemand.", "Bel iemand.\n\n## Later {#later}\n\nx")
    parts = table(root).parts
    assert [item.said for item in parts[1].rows[1].open] == ["allebei veranderd: Engels, Nederlands."]
    assert [item.said for item in parts[0].rows[0].open] == ["ontbreekt in het Engels."]


def test_a_page_that_nobody_compared_is_open_as_a_whole(root: Path) -> None:
    (root / "data/ledger/needs/rest.txt").unlink()
    row = table(root).parts[1].rows[1]
    assert (row.fresh, row.open, row.in_step) == (True, (), 0)


def test_without_a_ledger_there_is_no_table(tmp_path: Path) -> None:
    root = make_project(tmp_path, TEXTS)
    catalogue, entry = at(root, "en", "help.md")
    assert translation_status(read_overview(root), catalogue, entry, WORDS["en"]) is None
    assert notes(root, "en") == {}


def test_only_readers_of_the_language_that_is_behind_see_a_note(root: Path) -> None:
    replace(root, "docs/en/needs/rest.md", "So.", "So it is.")
    assert notes(root, "en") == {}
    assert notes(root, "nl") == {
        "how": Note(
            "De tekst in het Engels is hier veranderd. De tekst hieronder zegt misschien nog niet hetzelfde.",
            Door("Lees dit stuk in het Engels", "../../../en/needs/rest/#how", "en"),
        )
    }


def test_a_title_behind_leads_to_the_top_of_the_other_page(root: Path) -> None:
    replace(root, "docs/nl/needs/rest.md", "title: Rust", "title: Kalmte")
    assert notes(root, "en")["top"].door.url == "../../../nl/behoeften/rust/"


def test_where_both_moved_or_nobody_compared_no_reader_is_told(root: Path) -> None:
    replace(root, "docs/en/needs/rest.md", "So.", "So it is.")
    replace(root, "docs/nl/needs/rest.md", "Zo.", "Zo is het.")
    (root / "data/ledger/help.txt").unlink()
    assert {**notes(root, "en"), **notes(root, "nl"), **notes(root, "en", "help.md")} == {}


@pytest.mark.parametrize(
    ("language", "reader", "name"),
    [("en", "nl", "Engels"), ("nl", "en", "Dutch"), ("zz-zz", "en", "zz-zz"), ("nl", "zz", "nl")],
)
def test_languages_are_named_in_the_readers_language(language: str, reader: str, name: str) -> None:
    assert name_in(language, reader) == name


# --- In the text ---

TEXT = "# Rest\n\nHello.\n\n## Why {#why}\n\nWhy.\n\n### More {#more}\n\nMore.\n"


def render(marks: Marks, text: str = TEXT) -> LexborHTMLParser:
    extension = SectionMarks()
    extension.marks = marks
    return LexborHTMLParser(Markdown(extensions=["attr_list", "toc", extension]).convert(text))


@pytest.mark.parametrize(("id_", "heading"), [("why", "h2"), ("more", "h3"), ("top", "h1")])
def test_a_note_stands_right_after_its_heading(id_: str, heading: str) -> None:
    note = Note("It <moved>.", Door("Read & see", '../nl/#"x', "nl"))
    html = render(Marks({id_: note}))
    (found,) = html.css(f"{heading} + p.behind")
    assert found.text() == "It <moved>. Read & see"
    (link,) = found.css("a")
    assert (link.attributes["href"], link.attributes["hreflang"]) == ('../nl/#"x', "nl")


def test_a_page_without_marks_is_as_it_was() -> None:
    assert render(Marks()).html == LexborHTMLParser(Markdown(extensions=["attr_list", "toc"]).convert(TEXT)).html


def test_an_id_a_section_had_before_still_leads_there() -> None:
    html = render(Marks(former_ids={"why": ("reason", "cause")}))
    assert [span.attributes["id"] for span in html.css("h2#why > span")] == ["cause", "reason"]
    assert [heading.text() for heading in html.css("h2")] == ["Why"]


def test_an_id_that_is_there_is_not_made_twice() -> None:
    assert render(Marks(former_ids={"why": ("more",)})).css("span") == []


# --- In the whole site ---


def test_the_built_site_says_what_is_behind(project: Callable[..., Path], tmp_path: Path) -> None:
    head = "---\ntitle: {}\n---\n\n# {}\n\n"
    status = "{{ translation-status }}\n\n## Why {#why}\n\nWhy.\n"
    root = project(
        {
            "docs/en/index.md": head.format("Home", "Home") + status,
            "docs/nl/index.md": head.format("Thuis", "Thuis") + status.replace("Why", "Waarom"),
        }
    )
    for old in ("data/ledger", "data/addresses.txt"):
        remove(root / old)
    assert main(["sync", "--all", "--yes", "--root", str(root)]) == 0
    replace(root, "docs/en/index.md", "Why.", "Because.")
    build = run_mkdocs(root, tmp_path / "site")
    assert build.code == 0, build.output
    english, dutch = (LexborHTMLParser((build.site / one / "index.html").read_text()) for one in ("en", "nl"))
    assert (len(english.css("p.behind")), len(dutch.css("p.behind"))) == (0, 1)
    assert [link.attributes["href"] for link in dutch.css("p.behind a")] == ["../en/#why"]
    for page in (english, dutch):
        (found,) = page.css("table")
        assert [cell.attributes.get("scope") for cell in found.css("th")] == ["col"] * 5 + ["row"]
        region = found.parent
        assert region is not None
        assert page.css_first(f"#{region.attributes['aria-labelledby']}") is not None
    assert [item.text() for item in english.css("td ul li")] == ["Why: English changed, Dutch did not."]


def remove(path: Path) -> None:
    for one in sorted(path.rglob("*"), reverse=True):
        one.unlink() if one.is_file() else one.rmdir()
    if path.exists():
        path.unlink() if path.is_file() else path.rmdir()

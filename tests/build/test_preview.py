"""What the preview builds after edits is, byte for byte, what a build from scratch makes of the same files."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from handbook.publishing import catalogue, search_index
from handbook.publishing.preview import FOLDER, Builder, Preview, same_folders
from tests.build.test_other_sites import NAV, page
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ADDRESS = "http://127.0.0.1:9/"
LANGUAGES = """        - {locale: en, name: English, default: true, build: true, site_name: Small}
        - {locale: nl, name: Nederlands, build: true, site_name: Klein}

"""
EDITS: dict[str, tuple[str, str, str]] = {
    "text": ("docs/en/needs/safety.md", "Safe first.", "Safe comes first, [home](../index.md#one)."),
    "title": ("docs/nl/needs/safety.md", "title: Safety nl", "title: Veiligheid"),
    "description and order": ("docs/en/needs/safety.md", "title: Safety en", "title: Safety en\ndescription: Calm."),
    "address": ("docs/nl/needs/safety.md", "---\n\n", "slug: veilig\n---\n\n"),
    "word of the interface": ("overrides/strings/nl.yml", "skip: ", "skip: Kijk, "),
    "shared passage": ("docs/en/_shared/help.md", "Ask", "Ask [somebody](index.md)"),
    "number in the data": ("data/helplines.yml", 'number: "0800-0113"', 'number: "0800 0113"'),
    "glossary": ("data/glossary.yml", "en: ", "en: A "),
    "template": ("overrides/main.html", "<article>", '<article class="new">'),
    "fragment": ("overrides/fragments/helplines.html", "<", "<!-- new --><"),
    "style": ("overrides/assets/site.css", "{", "{ --new: 1;"),
    "order of pages": ("mkdocs.yml", "needs/index.md, needs/safety.md", "needs/safety.md, needs/index.md"),
    "ledger": ("data/ledger/needs/safety.txt", "", ""),
}


def pages() -> dict[str, str]:
    found = {}
    for language in ("en", "nl"):
        found[f"docs/{language}/index.md"] = page(f"Home {language}", "## One {#one}\n\n[on](needs/safety.md#one)")
        found[f"docs/{language}/needs/index.md"] = page(f"Needs {language}", "{{ help }}", section=f"Part {language}")
        found[f"docs/{language}/needs/safety.md"] = page(
            f"Safety {language}", "## One {#one}\n\nSafe first.\n\n{{ helplines nl }}\n\nA [word](term:schema)."
        )
        found[f"docs/{language}/about/glossary.md"] = page(f"Words {language}", "{{ glossary }}")
        found[f"docs/{language}/about/status.md"] = page(f"Status {language}", "{{ translation-status }}")
        found[f"docs/{language}/_shared/help.md"] = "Ask.\n"
    return found


@pytest.fixture
def root(project: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SITE_URL", ADDRESS)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    return project(pages(), languages=LANGUAGES, nav=NAV)


@pytest.fixture
def builder(root: Path) -> Iterator[Builder]:
    made = Builder(root, ADDRESS)
    yield made
    made.close()


def is_as_from_scratch(root: Path, site: Path) -> bool:
    fresh = root.parent / "fresh"
    shutil.rmtree(fresh, ignore_errors=True)
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(fresh)]
    subprocess.run(command, cwd=root, check=True, timeout=300)
    assert (fresh / "sitemap.xml").is_file()
    differing = [
        path.relative_to(site)
        for path in site.rglob("*")
        if path.is_file() and path.read_bytes() != (fresh / path.relative_to(site)).read_bytes()
    ]
    assert not differing
    return same_folders(site, fresh)


def test_after_every_kind_of_edit_the_preview_is_what_a_build_from_scratch_makes(root: Path, builder: Builder) -> None:
    site = root.parent / "site"
    assert builder.ask(do="build", site_dir=str(site))["rendered"] == 10
    for name, (path, old, new) in EDITS.items():
        file = root / path
        if old:
            text = file.read_text(encoding="utf-8")
            assert old in text, name
            file.write_text(text.replace(old, new, 1), encoding="utf-8")
        else:
            shutil.rmtree(root / "data/ledger")
        assert builder.ask(do="build", site_dir=str(site))["built"], name
        assert is_as_from_scratch(root, site), name


def test_pages_that_come_and_go_leave_nothing_behind(root: Path, builder: Builder) -> None:
    site = root.parent / "site"
    builder.ask(do="build", site_dir=str(site))
    (root / "docs/en/needs/play.md").write_text(page("Play", "[safe](safety.md)"), encoding="utf-8")
    builder.ask(do="build", site_dir=str(site))
    assert is_as_from_scratch(root, site)
    (root / "docs/en/needs/play.md").rename(root / "docs/en/needs/rest.md")
    builder.ask(do="build", site_dir=str(site))
    assert is_as_from_scratch(root, site)
    (root / "docs/en/needs/rest.md").unlink()
    (root / "docs/nl/needs/safety.md").unlink()
    builder.ask(do="build", site_dir=str(site))
    assert is_as_from_scratch(root, site)


def test_only_what_changed_is_rendered_again(root: Path, builder: Builder) -> None:
    site = root.parent / "site"
    builder.ask(do="build", site_dir=str(site))
    assert builder.ask(do="build", site_dir=str(site)) == {"built": True, "rendered": 0}
    file = root / "docs/en/needs/index.md"
    file.write_text(file.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    assert builder.ask(do="build", site_dir=str(site))["rendered"] <= 4  # the page and what shows how all pages stand


def test_an_edited_page_is_shown_before_everything_is_built(root: Path, builder: Builder) -> None:
    site = root.parent / "site"
    builder.ask(do="build", site_dir=str(site))
    file = root / "docs/en/needs/safety.md"
    file.write_text(file.read_text(encoding="utf-8").replace("Safe first.", "Rest first."), encoding="utf-8")
    asked = {"site": str(site), "changed": ["docs/en/needs/safety.md", "docs/en/needs/.safety.md.swp"], "addresses": []}
    assert builder.ask(do="show", **asked) == {"shown": 1}
    shown = (site / "en/needs/safety/index.html").read_bytes()
    assert b"Rest first." in shown
    builder.ask(do="build", site_dir=str(site))
    assert (site / "en/needs/safety/index.html").read_bytes() == shown


def test_whoever_looks_at_a_page_sees_changed_data_and_templates_first(root: Path, builder: Builder) -> None:
    site = root.parent / "site"
    builder.ask(do="build", site_dir=str(site))
    for path, old, new in (EDITS["number in the data"], EDITS["template"], EDITS["word of the interface"]):
        text = (root / path).read_text(encoding="utf-8")
        (root / path).write_text(text.replace(old, new, 1), encoding="utf-8")
    changed = [path for path, _, _ in (EDITS["number in the data"], EDITS["template"], EDITS["word of the interface"])]
    looking = ["nl/needs/safety/"]
    assert builder.ask(do="show", site=str(site), changed=changed, addresses=looking) == {"shown": 1}
    shown = (site / "nl/needs/safety/index.html").read_text(encoding="utf-8")
    assert "0800 0113" in shown
    assert '<article class="new">' in shown
    assert "Kijk, " in shown


@pytest.mark.parametrize("path", ["docs/nl/needs/new.md", "mkdocs.yml", "docs/nl/needs/picture.png", "data/x.yml"])
def test_what_changes_the_site_as_a_whole_is_not_shown_early(root: Path, builder: Builder, path: str) -> None:
    site = root.parent / "site"
    builder.ask(do="build", site_dir=str(site))
    (root / path).touch()
    assert builder.ask(do="show", site=str(site), changed=[path], addresses=["nl/"]) == {"shown": 0}


def test_a_mistake_in_the_data_keeps_what_was_and_the_builder_goes_on(root: Path, builder: Builder) -> None:
    site = root.parent / "site"
    builder.ask(do="build", site_dir=str(site))
    words = (root / "data/glossary.yml").read_text(encoding="utf-8")
    (root / "data/glossary.yml").write_text("- [", encoding="utf-8")
    assert builder.ask(do="build", site_dir=str(root.parent / "next")) == {"built": False, "shown": 0}
    asked = {"site": str(site), "changed": ["data/glossary.yml"], "addresses": ["nl/needs/safety/"]}
    assert builder.ask(do="show", **asked)["shown"] == 0
    (root / "data/glossary.yml").write_text(words, encoding="utf-8")
    assert builder.ask(do="build", site_dir=str(site))["built"]
    assert is_as_from_scratch(root, site)


def test_a_change_interrupts_a_build_and_the_next_one_is_whole(root: Path, builder: Builder) -> None:
    site = root.parent / "site"
    builder.ask(do="build", site_dir=str(site))
    builder.interrupt()  # read as a line of its own: nothing is being built
    assert builder.ask(do="build", site_dir=str(site))["built"]
    assert builder._process.stdin is not None
    builder._process.stdin.write(b'{"do": "build", "site_dir": "%s"}\n{"do": "nothing"}\n' % os.fsencode(site))
    builder._process.stdin.flush()
    assert builder._process.stdout is not None
    assert b"interrupted" in builder._process.stdout.readline()
    assert (site / "index.html").is_file()  # so soon that the folder had not been emptied yet
    assert builder.ask(do="build", site_dir=str(site))["built"]
    assert is_as_from_scratch(root, site)


@pytest.mark.parametrize("place", ["reading a page", "making a page ready for search"])
def test_news_are_heard_while_no_page_is_rendered(monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    spec = importlib.util.spec_from_file_location("warm", ROOT / "overrides/hooks/warm.py")
    assert spec is not None
    assert spec.loader is not None
    warm: Any = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "warm", warm)
    spec.loader.exec_module(warm)
    steps: dict[str, Callable[[], object]] = {
        "reading a page": lambda: catalogue.page_source("# One"),
        "making a page ready for search": lambda: search_index.readable("One.", set()),
    }
    workshop = warm.Workshop()
    with warm.in_place(workshop):
        before = steps[place]()
        workshop._interruptible = True
        monkeypatch.setattr(warm.select, "select", lambda *_: ([sys.stdin], [], []))
        with pytest.raises(warm.InterruptedByNews):
            steps[place]()
    assert steps[place]() == before


def test_a_builder_that_died_is_replaced(root: Path) -> None:
    preview = Preview(root, ADDRESS)
    assert preview.update()
    assert preview._builder is not None
    preview._builder._process.kill()
    assert not preview.update()
    assert preview.update()
    preview.close()
    assert is_as_from_scratch(root, root / FOLDER / "site")


def test_the_builder_names_no_place_but_this_project(root: Path) -> None:
    source = (ROOT / "overrides/hooks/warm.py").read_text(encoding="utf-8")
    assert "overrides/hooks/warm.py" not in (root / "mkdocs.yml").read_text(encoding="utf-8")
    assert "socket" not in source

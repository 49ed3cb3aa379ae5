"""A check that remembers finds what a fresh one finds, whatever was edited in between."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbook.commands.layers import load_rules, memory_of, settings_for
from handbook.editorial.layer import READS
from handbook.model.finding import Finding, Severity
from handbook.model.project import Excerpt
from handbook.reading.cache import RenderCache
from handbook.reading.project import read_project
from handbook.rules import engine, memory
from handbook.rules.registry import Hit, RuleDefinition, Scope

from .projects import EXACTING, read, with_known_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from handbook.model.page import Page
    from handbook.model.project import Project

ROOT = Path(__file__).resolve().parents[2]
LINES = (
    "Call 0800-0113.", "Call 0800-0114.", "There are 12 of them.", "There are 13 of them.", "## More {#more}",
    "## Other {#other}", "#### Deep {#deep}", "[a](b.md)", "[a](c.md#more)", "![](x.png)", "- one\n- two",
    "Text:\n- one", '!!! warning "Stop"\n\n    **Stop.**', "!!! warnung", "<script>x</script>", "[^1]", "**bold**",
    "{{ write 3 }}", "[here](javascript:x)", "a\u200bb", "| a | b |\n|---|---|\n| 1 |", "<b", "",
)  # fmt: skip
"""Some right, most wrong, and right or wrong by what stands on the other pages."""
PAGES = ("en/a.md", "nl/a.md", "en/b.md", "nl/b.md")
Texts = st.fixed_dictionaries(
    {
        page: st.lists(st.sampled_from(LINES), max_size=4).map(lambda lines: "\n\n".join(["# A", *lines]) + "\n")
        for page in PAGES
    }
)


def same(project: Project, store: Path) -> list[Finding]:
    """Check with and without what is remembered; give the findings, which are the same."""
    chosen = engine.choose(project).on
    remembered = memory_of(project, chosen, RenderCache(store))
    found = engine.run(project, chosen, remembered)
    remembered.close()
    assert found == engine.run(project, chosen)
    return found


@settings(max_examples=25)
@given(st.lists(Texts, min_size=2, max_size=3))
def test_edits_are_seen(tmp_path_factory: pytest.TempPathFactory, versions: list[dict[str, str]]) -> None:
    load_rules()
    root = tmp_path_factory.mktemp("edited")
    for texts in (*versions, versions[0]):
        same(read(root, texts), root / "store.sqlite3")


def test_edits_of_the_handbook_are_seen(project: Callable[..., Path], tmp_path: Path) -> None:
    load_rules()
    names = ("en/help-now.md", "nl/help-now.md")
    before = {f"docs/{name}": (ROOT / "docs" / name).read_text(encoding="utf-8") for name in names}
    edits = {
        "docs/en/help-now.md": "\nCall 0800-0113 now.\n",
        "docs/nl/help-now.md": "\n!!! warnung\n\n    Bel 0800-0114 nu.\n\nDit staat er, en [dit](weg.md) ook niet.\n",
    }
    root = with_known_words(project(before))
    counts = [len(same(read_project(root, settings_for), tmp_path / "store"))]
    for path, added in edits.items():
        (root / path).write_text(before[path] + added, encoding="utf-8")
        counts.append(len(same(read_project(root, settings_for), tmp_path / "store")))
    assert counts == sorted(set(counts))


def test_a_page_that_did_not_change_is_not_looked_at_again(tmp_path: Path) -> None:
    looked: list[str] = []

    def check(page: Page, _project: Project) -> Iterator[Hit]:
        looked.append(page.path)
        if "wrong" in page.text:
            yield Hit(page.path, 1, "wrong")

    rule = RuleDefinition("TST101", "test", Severity.ERROR, Scope.PAGE, {}, check, around=False)

    def run(texts: dict[str, str]) -> list[str]:
        looked.clear()
        project = read(tmp_path, texts)
        remembered = memory.Memory(RenderCache(tmp_path / "store"), project, [rule], ())
        findings = engine.run(project, [rule], remembered)
        remembered.close()
        return [finding.path for finding in findings]

    texts = {"en/a.md": "# A\n", "en/b.md": "# wrong\n"}
    for expected in (["docs/en/a.md", "docs/en/b.md"], ["docs/en/b.md"]):
        assert run(texts) == ["docs/en/b.md"]
        assert looked == expected
    assert run({**texts, "en/a.md": "# A, changed\n"}) == ["docs/en/b.md"]
    assert looked == ["docs/en/a.md", "docs/en/b.md"]


def test_whatever_else_decides_makes_the_memory_another_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_rules()
    project = read(tmp_path, {"en/a.md": "# A\n", "data/glossary.yml": "[]\n"})
    rules = engine.choose(project).on

    def circumstances(project: Project, rules: tuple[RuleDefinition, ...] = rules) -> str:
        return memory.Memory(RenderCache(tmp_path / "store"), project, rules, READS).circumstances

    seen = {circumstances(project)}
    assert circumstances(project) in seen
    seen.add(circumstances(project, rules[:-1] if not rules[-1].around else rules[:1]))
    seen.add(circumstances(replace(project, settings=replace(EXACTING, regions=("BE",)))))
    seen.add(circumstances(replace(project, configuration=replace(project.configuration, site_url=""))))
    seen.add(circumstances(replace(project, root=str(tmp_path / "docs"))))
    (tmp_path / "data/glossary.yml").write_text("[ ]\n", encoding="utf-8")
    seen.add(circumstances(project))
    (tmp_path / "data/more.yml").mkdir()
    seen.add(circumstances(project))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    seen.add(circumstances(project))
    monkeypatch.setattr(memory, "_program", lambda: "another")
    seen.add(circumstances(project))
    assert len(seen) == 9


def test_a_damaged_memory_is_none(tmp_path: Path) -> None:
    load_rules()
    project = read(tmp_path, {"en/a.md": "# A\n\n### B\n"})
    rules = engine.choose(project).on
    expected = engine.run(project, rules)
    kept = memory_of(project, rules, RenderCache(tmp_path / "store"))
    for said in ("", "STR999", "STR101 nonsense", "\x00", "- -"):
        kept.store.put(kept.circumstances, kept._key(project.pages), said)
        kept.store._write()
        assert kept.recall(project.pages) is None
        assert engine.run(project, rules, kept) == expected
    kept.close()
    (tmp_path / "store").write_bytes(b"no store")
    assert same(project, tmp_path / "store") == expected


def test_a_rule_that_looks_around_without_saying_so_is_told(tmp_path: Path) -> None:
    project = read(tmp_path, {"en/a.md": "# A\n", "nl/a.md": "# A\n"})
    page = project.pages[0]
    excerpt = Excerpt(project, [page])
    assert excerpt.fragments == {page.path: project.fragments[page.path]}
    assert excerpt.languages == project.languages
    for name in ("pages", "files", "problems", "site", "by_key", "by_path", "pairs"):
        with pytest.raises(AttributeError, match="looks around"):
            getattr(excerpt, name)


OPENED = """
import sys
from fnmatch import fnmatch
from pathlib import Path
opened = set()
sys.addaudithook(lambda name, args: opened.add(args[0]) if name in ("open", "os.listdir", "os.scandir") else None)
from handbook.commands.layers import load_rules, settings_for
from handbook.editorial.layer import READS
from handbook.model.project import Excerpt
from handbook.reading.project import read_project
from handbook.rules import engine
load_rules()
root = Path(sys.argv[1]).resolve()
project = read_project(root, settings_for)
rules = [rule for rule in engine.choose(project).on if not rule.around]
from handbook.editorial.handbook_data import load_handbook_data
load_handbook_data.cache_clear()
opened.clear()
assert len(rules) > 100
engine.run(project, rules)
below = {Path(one).relative_to(root) for one in map(str, opened) if one.startswith(str(root))}
files = {file.relative_to(root) for pattern in READS for file in root.glob(pattern)}
others = {one.as_posix() for one in below - files if not (root / one).is_dir()}
assert len(below & files) >= 8, below
print(sorted(one for one in others if not one.startswith(".cache/")))
"""


def test_rules_that_do_not_look_around_read_only_what_the_memory_knows_of(project: Callable[..., Path]) -> None:
    names = [f"docs/{language}/help-now.md" for language in ("en", "nl")]
    root = with_known_words(project({name: (ROOT / name).read_text(encoding="utf-8") for name in names}))
    run = subprocess.run(
        [sys.executable, "-c", OPENED, str(root)], capture_output=True, text=True, check=False, env=dict(os.environ)
    )
    assert (run.stdout, run.returncode) == ("[]\n", 0), run.stderr

"""Between being rendered and being written, no page holds its text, and none does when all have been written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from handbook.reading.processes import PROCESSES
from tests.build.test_other_sites import NAV, THREE_LANGUAGES, three_languages
from tests.build.test_side_by_side import with_hook
from tests.conftest import run_mkdocs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ASKS = """
import json
from pathlib import Path

_held = []

def _note(files):
    pages = [file.page for file in files.documentation_pages()]
    _held.append([len(pages), sum(bool(page.markdown or page.content) for page in pages)])

def on_env(env, config, files):
    _note(files)
    on_env.files = files

def on_post_build(config):
    _note(on_env.files)
    Path(config.site_dir).with_name("held.json").write_text(json.dumps(_held))
"""


def test_few_texts_are_held_at_a_time_and_all_are_published(project: Callable[..., Path], tmp_path: Path) -> None:
    root = with_hook(project(three_languages(), languages=THREE_LANGUAGES, nav=NAV), ASKS)
    built = run_mkdocs(root, tmp_path / "site", env={PROCESSES: "1"})
    assert built.code == 0, built.output
    held = json.loads((tmp_path / "held.json").read_text(encoding="utf-8"))
    assert held == [[3, 0]] * 6
    page = (built.site / "nl/needs/veilig/index.html").read_text(encoding="utf-8")
    assert '<h2 id="one">One</h2>' in page

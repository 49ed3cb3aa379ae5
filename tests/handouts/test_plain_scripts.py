"""Modules as plain scripts: what they export is handed over, and a way of writing that is not known is an error."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from handbook.handouts.plain_scripts import PlainScriptError, plain, plain_data
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

MODULES = {
    "export const a = 1;\nexport function b() {}\n": "{ a: a, b: b }",
    "export async function load() {}\n": "{ load: load }",
    "export class One {}\nexport function* two() {}\n": "{ One: One, two: two }",
    "var x=1,y=2;export{x as default,y};": "{ default: x, y: y }",
}


@pytest.mark.parametrize("script", MODULES)
def test_a_module_hands_over_what_it_exports(script: str) -> None:
    made = plain(script)
    assert made.startswith("offline.give(() => {")
    assert f"return {MODULES[script]};" in made
    assert "export" not in made


def test_what_a_script_loads_is_asked_of_the_loader() -> None:
    made = plain("const one = import(address);\nobject.import(two);\n")
    assert made == "const one = offline.load(address);\nobject.import(two);\n"


def test_data_is_handed_over_as_it_is() -> None:
    assert plain_data('{"a":"</script>"}\n') == 'offline.give(() => ({"a":"</script>"}));\n'


@pytest.mark.parametrize(
    "script",
    ["export default function () {}", "export * from './other.js';", "import one from './one.js';", "export let a, b;"],
)
def test_a_way_of_writing_that_is_not_known_is_an_error(script: str) -> None:
    with pytest.raises(PlainScriptError):
        plain(script)


def test_every_script_of_the_site_can_be_carried_over() -> None:
    scripts = sorted((ROOT / "overrides/assets").rglob("*.js"))
    assert len(scripts) >= 9
    for path in scripts:
        plain(path.read_text(encoding="utf-8"))


def test_a_build_with_handouts_makes_the_copies_too(handouts: Path) -> None:
    for name in ("en/secure-base", "nl/veilige-basis"):
        with zipfile.ZipFile(handouts / f"{name}.zip") as copy:
            top = name.partition("/")[2]
            assert {f"{top}/index.html", f"{top}/search.json.js", f"{top}/assets/site.js"} <= set(copy.namelist())
            assert copy.testzip() is None

"""Small sites that show what the build does with other languages, gaps and mistakes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.conftest import run_mkdocs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

THREE_LANGUAGES = """        - {locale: en, name: English, default: true, build: true, site_name: Small}
        - {locale: nl, name: Nederlands, build: true, site_name: Klein}
        - {locale: ar, name: العربية, build: true, site_name: صغير}

"""
NAV = "nav: [index.md, {needs: [needs/index.md, needs/safety.md]}]\n"


def page(title: str, body: str = "", **front: str) -> str:
    lines = "".join(f"{key}: {value}\n" for key, value in front.items())
    return f"---\ntitle: {title}\n{lines}---\n\n# {title}\n\n{body}\n"


def three_languages() -> dict[str, str]:
    files = {}
    for language, slug in (("en", ""), ("nl", "veilig"), ("ar", "أمان")):
        front = {"slug": slug} if slug else {}
        files[f"docs/{language}/index.md"] = page(f"Home {language}", "[on](needs/safety.md#one)")
        files[f"docs/{language}/needs/index.md"] = page(f"Needs {language}", "", section=f"Part {language}")
        files[f"docs/{language}/needs/safety.md"] = page(
            f"Safety {language}", "## One {#one}\n\n[back](../index.md)", **front
        )
    return files


def test_a_third_right_to_left_language_needs_no_code(project: Callable[..., Path], tmp_path: Path) -> None:
    build = run_mkdocs(project(three_languages(), languages=THREE_LANGUAGES, nav=NAV), tmp_path / "site")
    assert build.code == 0, build.output
    arabic = build.site / "ar/needs/أمان/index.html"
    html = LexborHTMLParser(arabic.read_text(encoding="utf-8"))
    (top,) = html.css("html")
    assert (top.attributes["lang"], top.attributes["dir"]) == ("ar", "rtl")
    assert {a.attributes["hreflang"]: a.attributes["href"] for a in html.css("a[data-language]")} == {
        "en": "../../../en/needs/safety/",
        "nl": "../../../nl/needs/veilig/",
    }
    root = LexborHTMLParser((build.site / "index.html").read_text(encoding="utf-8"))
    assert [a.attributes["href"] for a in root.css("a[data-choice]")] == ["en/", "nl/", "ar/"]
    assert (build.site / "sitemap.xml").read_text(encoding="utf-8").count('hreflang="ar"') == 9


def test_a_page_missing_in_one_language_is_never_shown_in_another(project: Callable[..., Path], tmp_path: Path) -> None:
    files = three_languages()
    del files["docs/nl/needs/safety.md"]
    root = project(files, languages=THREE_LANGUAGES, nav=NAV)
    strict = run_mkdocs(root, tmp_path / "strict")
    assert strict.code == 1
    assert "needs/safety.md" in strict.output
    assert not list((tmp_path / "strict" / "nl").rglob("*safety*"))


@pytest.mark.parametrize(
    "body",
    [
        "[gone](gone.md)",
        "[gone](needs/safety.md#gone)",
        "[absolute](/en/needs/)",
        "[unrecognised](needs/)",
        "{{ no-such-block }}",
        "[@E999]",
        "[word](term:no-such-term)",
    ],
)
def test_a_strict_build_fails_on_every_kind_of_warning(project: Callable[..., Path], tmp_path: Path, body: str) -> None:
    files = three_languages()
    files["docs/en/index.md"] = page("Home", body)
    build = run_mkdocs(project(files, languages=THREE_LANGUAGES, nav=NAV), tmp_path / "site")
    assert build.code == 1, build.output
    assert "en/index.md" in build.output
    assert "Traceback" not in build.output


def test_a_broken_data_file_is_one_sentence_with_its_line(project: Callable[..., Path], tmp_path: Path) -> None:
    root = project(three_languages(), languages=THREE_LANGUAGES, nav=NAV)
    (root / "data/helplines.yml").write_text("countries: [\n  oops\n", encoding="utf-8")
    build = run_mkdocs(root, tmp_path / "site")
    assert build.code == 1
    assert "helplines.yml:" in build.output
    assert "Traceback" not in build.output

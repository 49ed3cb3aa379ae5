"""The handbook's own drawings: a template each in `overrides/figures/`, with the words of `data/figures.yml`.

A drawing is inline SVG without colours of its own: the style sheet gives them, so that it follows light, dark and
paper. It names itself and describes itself to screen readers, and its caption stands below it for everyone.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

import jinja2
import yaml
from markupsafe import escape

from handbook.reading.plain_yaml import Loader

FIGURES: Final = (
    "window-of-tolerance",
    "three-steps",
    "three-needs",
    "coping-cycle",
    "stages-of-change",
    "interpersonal-circle",
)

_ROOT: Final = Path(__file__).resolve().parents[3]
_FALLBACK: Final = "en"


def figure_svg(name: str, language: str) -> str:
    """Return the drawing as inline SVG followed by its caption; KeyError for a drawing that does not exist.

    A language without words of its own gets the English ones.
    """
    words = _words()[name]
    figure = words.get(language, words[_FALLBACK])
    svg = " ".join(_templates().get_template(f"{name}.svg").render(figure=figure).split())
    return f"{svg}<figcaption>{escape(figure['caption'])}</figcaption>"


@cache
def _words() -> dict[str, dict[str, Any]]:
    text = (_ROOT / "data" / "figures.yml").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, Any]] = yaml.load(text, Loader=Loader)  # noqa: S506 (a safe one)
    return loaded


@cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_ROOT / "overrides" / "figures"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

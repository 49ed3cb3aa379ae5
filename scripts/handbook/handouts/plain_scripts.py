"""The site's scripts as browsers take them from a folder: there, pages may load neither modules nor data.

A module becomes a plain script that hands over what the module exports, data a script that hands over the data;
`overrides/handouts/offline.js` fetches both. Our own scripts and two vendored ones are all that is read
here, so a few ways of writing are enough; another one is an error and never a script that fails in a reader's hands.
"""

from __future__ import annotations

import re
from typing import Final

_DECLARED: Final = re.compile(r"^export (?=(?:async )?(?:function\*?|const|class) (\w+))", re.MULTILINE)
_LISTED: Final = re.compile(r"\bexport\s*\{([^}]*)\};?\s*\Z")
_NAME: Final = re.compile(r"(\w+)(?:\s+as\s+(\w+))?")
_LOADED: Final = re.compile(r"(?<![\w.$])import(?=\()")
_LEFT: Final = re.compile(r"^\s*(?:import|export)\b.*$", re.MULTILINE)


class PlainScriptError(Exception):
    """A script is written in a way that cannot be carried over."""


def plain(script: str) -> str:
    """Return a script or a module as a plain script; PlainScriptError where a way of writing is not known."""
    names = {name: name for name in _DECLARED.findall(script)}
    if listed := _LISTED.search(script):
        names.update({outside or inside: inside for inside, outside in _NAME.findall(listed[1])})
    body = _LISTED.sub("", _DECLARED.sub("", script))
    body = _LOADED.sub("offline.load", body)
    if left := _LEFT.search(body):
        raise PlainScriptError(f"cannot be made into a plain script: {left[0].strip()}")
    if not names:
        return body
    handed = ", ".join(f"{outside}: {inside}" for outside, inside in names.items())
    return f"offline.give(() => {{\n'use strict';\n{body}\nreturn {{ {handed} }};\n}});\n"


def plain_data(json: str) -> str:
    """Return JSON as a plain script."""
    return f"offline.give(() => ({json.strip()}));\n"

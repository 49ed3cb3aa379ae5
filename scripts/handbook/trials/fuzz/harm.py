"""What must never stand in a published text: script, code in attributes, frames, forms, anything from elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborHTMLParser

if TYPE_CHECKING:
    from collections.abc import Iterator

ELEMENTS: Final = frozenset({
    "applet", "audio", "base", "embed", "foreignobject", "form", "frame", "frameset", "iframe", "link", "math", "meta",
    "object", "portal", "script", "source", "style", "track", "video",
})  # fmt: skip
LOADS: Final = frozenset({
    "action", "archive", "background", "classid", "codebase", "data", "formaction", "imagesrcset", "longdesc",
    "manifest", "ping", "poster", "profile", "src", "srcdoc", "srcset", "usemap", "xlink:href",
})  # fmt: skip
LEADS: Final = frozenset({"", "http", "https", "mailto", "tel", "sms"})
"""Schemes a link may have."""
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_IGNORED: Final = re.compile(r"[\x00-\x20]+")
_OWN: Final = frozenset({"svg"})


def harms(html: str, *, whole: bool = False) -> Iterator[str]:
    """Yield what is dangerous in HTML: a text, or with `whole` a page with the head that our templates give it."""
    tree = LexborHTMLParser(html)
    root = tree.css_first("main, body") if whole else tree.root
    for node in root.traverse() if root is not None else ():
        tag = (node.tag or "").lower()
        if tag in ELEMENTS and not (tag == "meta" and not node.attributes):
            yield f"an element <{tag}>"
        for name, value in node.attributes.items():
            lowered, text = name.lower(), _IGNORED.sub("", value or "")
            if lowered.startswith("on"):
                yield f"code in an attribute {lowered}"
            elif lowered == "style":
                yield "style in an attribute"
            elif lowered in LOADS and _elsewhere(text):
                yield f"something loaded from elsewhere, {lowered}={text[:60]!r}"
            elif lowered == "href" and tag == "a" and _scheme(text) not in LEADS:
                yield f"a link with the scheme {_scheme(text)!r}"
            elif lowered == "href" and tag not in {"a", "area"} and tag not in _OWN and _elsewhere(text):
                yield f"something loaded from elsewhere, href={text[:60]!r}"


def _scheme(address: str) -> str:
    found = _SCHEME.match(address)
    return found[1].lower() if found else ""


def _elsewhere(address: str) -> bool:
    return bool(_scheme(address)) or address.startswith(("//", "/\\", "\\\\", "\\/"))

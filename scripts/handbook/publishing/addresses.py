"""Where a page lives on the site: `<language>/<folder>/<page>/`, in the words of that language.

Sources are mirrored (`docs/en/needs/safety.md`, `docs/nl/needs/safety.md`), addresses are not: the last part of an
address is the page's `slug`, a folder's part is the slug of its `index.md`, and where there is no slug the name of the
file or folder stands. So one language can keep the file names and another can have its own words.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


PERMANENT: Final = "go"
"""The folder of links that name a page and no language; no language has a code like it."""


def permanent_address(id_: str, language: str = "") -> str:
    """Return the address of a neutral link, or of the one that forces a language, below the root of the site."""
    return f"{PERMANENT}/{id_}/{language}/" if language else f"{PERMANENT}/{id_}/"


def address_of(language: str, key: str, slugs: Mapping[str, str]) -> str:
    """Return the address of a page below the root of the site, ending in a slash.

    `key` is the path below `docs/<language>/` (`needs/safety.md`); `slugs` maps such keys to the slugs of that
    language. `address_of("nl", "needs/safety.md", {"needs/index.md": "basisbehoeften", "needs/safety.md":
    "veiligheid"})` is `"nl/basisbehoeften/veiligheid/"`.
    """
    path = PurePosixPath(key)
    parts = [language]
    parts += [slugs.get(f"{folder}/index.md", folder.name) for folder in reversed(path.parents[:-1])]
    if path.name != "index.md":
        parts.append(slugs.get(key, path.stem))
    return "/".join(parts) + "/"


def relative_address(target: str, base: str) -> str:
    """Return `target` as seen from the page at `base`; both are addresses below the root of the site.

    A target that is a folder keeps its final slash, so that no server has to redirect.
    """
    target_parts = target.split("/")
    base_parts = base.split("/")[:-1]
    shared = 0
    for ours, theirs in zip(target_parts[:-1], base_parts, strict=False):
        if ours != theirs:
            break
        shared += 1
    steps = [".."] * (len(base_parts) - shared) + target_parts[shared:]
    return "/".join(steps) or "./"

"""Where old addresses lead: a small page at each of them, and the same list for a server that can redirect by itself.

The page needs no script: it names the new page with a plain link, sends the browser on, and tells search engines which
address counts. A script of the site takes the `#section` of the old address along, which sending on alone would lose.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from handbook.publishing.address_registry import Registry, follow, live_key
from handbook.publishing.addresses import relative_address
from handbook.publishing.handed_out import (
    HOME,
    book_path,
    form_of,
    is_handed_out,
    paper_path,
    section_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import jinja2

    from handbook.publishing.address_registry import File
    from handbook.publishing.catalogue import Catalogue, PageEntry
    from handbook.publishing.site import Site

TEMPLATE: Final = "moved.html"
LONGEST_NAME: Final = 255


@dataclass(frozen=True, slots=True)
class Redirect:
    """An address and the page to go to, in the language of the address where the page has it.

    `moved` where the address was a page's own once; else it is a link that was made to lead there. Where `file` is
    named, that is where to go: the path of a file of that page, below the root of the site.
    """

    address: str
    language: str
    target: PageEntry
    moved: bool = True
    file: str = ""

    @property
    def goal(self) -> str:
        """Where it leads, below the root of the site."""
        return self.file or self.target.address


def redirects(registry: Registry, catalogue: Catalogue) -> Iterator[Redirect]:
    """Yield every address that was published once and is no page's now, with the page that took its place."""
    keys = {key for _, key in catalogue.entries}
    taken = {entry.address for entry in catalogue.entries.values()}
    steps = {entry.key: entry.to for entry in registry.gone}
    seen: set[str] = set()
    for old in sorted(registry.addresses, key=lambda one: (one.address, one.key)):
        if old.address in taken or old.address in seen or not _is_safe(old.address):
            continue
        key = live_key(registry, old.key, keys) or _successor(registry, old.id, steps, keys)
        target = in_language(catalogue, old.language, key) if key else None
        if target is not None:
            seen.add(old.address)
            yield Redirect(old.address, old.language, target)


def file_redirects(registry: Registry, catalogue: Catalogue, *, printed: bool) -> Iterator[Redirect]:
    """Yield every path of a file that was published once and is no file's now, with what took its place.

    Where nothing is `printed`, and where that page is not handed out any more, it is the page itself. The address is
    that of a folder of the file's name: a host that cannot redirect finds a page in it.
    """
    keys = {key for _, key in catalogue.entries}
    steps = {entry.key: entry.to for entry in registry.gone}
    now = [(old, *_now(registry, catalogue, old, keys, steps)) for old in sorted(registry.files)]
    taken = {f"{path}/" for _, path, _ in now} | {entry.address for entry in catalogue.entries.values()}
    seen: set[str] = set()
    for old, path, target in now:
        address = f"{old.path}/"
        if target is not None and address not in taken | seen and _is_safe(address):
            seen.add(address)
            yield Redirect(address, old.language, target, file=path if printed else "")


def left_out_files(registry: Registry, catalogue: Catalogue) -> Iterator[Redirect]:
    """Yield, for a site that is published without files to take away, the path of each and the page to go to."""
    keys = {key for _, key in catalogue.entries}
    steps = {entry.key: entry.to for entry in registry.gone}
    for old in sorted(registry.files):
        path, target = _now(registry, catalogue, old, keys, steps)
        if target is not None and path == old.path:
            yield Redirect(f"{path}/", old.language, target)


def _now(
    registry: Registry, catalogue: Catalogue, old: File, keys: set[str], steps: dict[str, str]
) -> tuple[str, PageEntry | None]:
    """Return which file took the place of one, or "" for none, and its page."""
    own = live_key(registry, old.key, keys)
    key = own or _successor(registry, old.id, steps, keys)
    target = in_language(catalogue, old.language, key) if key else None
    if target is None:
        return "", None
    if target.key == HOME:
        site_name = catalogue.language(target.language).site_name
        return book_path(target.language, site_name, form_of(old.path)), target
    if not is_handed_out(target.key, target.metadata.audience):
        return "", target
    moved = {one: entry.to or "" for one, entry in registry.moved_sections(old.id).items()}
    section = follow(moved, section_of(old.path)) if own else ""
    return paper_path(target.address, section if section in dict(target.worksheets) else ""), target


def _is_safe(address: str) -> bool:
    """Tell whether an address is one below the root of the site, and a name that every disk can hold."""
    parts = address.removesuffix("/").split("/")
    return "\0" not in address and all(
        part not in ("", ".", "..") and len(part.encode("utf-8")) <= LONGEST_NAME for part in parts
    )


def current_key(registry: Registry, id_: str, keys: set[str]) -> str | None:
    """Return which page a short id leads to, given the pages there are: the page itself, or what took its place."""
    own = next((key for key in registry.keys_of(id_) if key in keys), None)
    return own or _successor(registry, id_, {entry.key: entry.to for entry in registry.gone}, keys)


def _successor(registry: Registry, id_: str, steps: dict[str, str], keys: set[str]) -> str | None:
    """Return the page to go to instead of one that is gone under whatever name."""
    for key in registry.keys_of(id_):
        if key in steps:
            here = key
            for _ in range(len(steps) + 1):
                here = follow(steps, here)
                found = live_key(registry, here, keys) if here else None
                if found or not here:
                    return found
                here = next((one for one in registry.keys_of(registry.ids.get(here, "")) if one in steps), "")
    return None


def in_language(catalogue: Catalogue, language: str, key: str) -> PageEntry | None:
    """Return a page in a language, or else in the first that has it."""
    wanted = [language, *(one.locale for one in catalogue.languages)]
    return next((entry for locale in wanted if (entry := catalogue.get(locale, key))), None)


def redirect_files(site: Site, env: jinja2.Environment, chosen: Iterable[Redirect]) -> Iterator[tuple[str, str]]:
    """Yield (path below the site, HTML) of a page for each redirect."""
    template = env.get_template(TEMPLATE)
    for redirect in chosen:
        base = redirect.address

        def asset(name: str, base: str = base) -> str:
            return relative_address(site.assets["assets/" + name], base)

        view = site.view(redirect.target.language, redirect.target.key)
        url = relative_address(redirect.goal, base)
        words = site.words.get(redirect.language, view.words)
        html = template.render(view=view, url=url, words=words, asset=asset, moved=redirect.moved)
        yield f"{base}index.html", html + "\n"

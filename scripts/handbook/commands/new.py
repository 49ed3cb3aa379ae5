"""`handbook new`: makes a page in every language at once, with the front matter and the sections that were agreed.

It does all that a machine can do: every side, the menu, and a record that all sides say the same (nothing yet), so that
the ledger knows from the first sentence which side is behind. What it makes is right and empty; the checks then
say, section by section, what a person still has to write. It never touches a page that is there, and does everything or
nothing. It looks whether the addresses are free but does not register them: an address is a promise for ever, and until
the texts are done a section may still be taken out.
"""

from __future__ import annotations

import datetime
import os
import re
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from handbook.commands.refusal import refuse

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping, Sequence

    from handbook.editorial.page_shapes import Slot
    from handbook.model.project import Configuration, Language

KEY: Final = re.compile(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*/)?[a-z0-9]+(?:-[a-z0-9]+)*\.md")
BLOCKS: Final[Mapping[str, str]] = {
    "when-to-get-help": "{{ when-to-get-help }}",
    "what-we-know": "{{ certainty }}\n\n{{ references }}",
    "references": "{{ references }}",
}
LASTS: Final = datetime.timedelta(days=365)
RELATED: Final = 2
REASON: Final = "made empty in every language"


class NewPageError(Exception):
    """Why no page was made; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Wish:
    """The page somebody wants."""

    key: str
    titles: Mapping[str, str]
    audience: str
    related: Sequence[str]
    today: datetime.date


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "new",
        help="make a new page in every language",
        description="Makes a page with front matter and the agreed sections in every language, and names it in the "
        "menu and the ledger. A page that is there already is never touched.",
        epilog="Exit code: 0 made, 2 not made, and why.",
    )
    parser.add_argument("page", metavar="PAGE", help="its path in every language: needs/trust.md")
    parser.add_argument(
        "--title",
        action="append",
        default=[],
        metavar="LANGUAGE=TITLE",
        help="its title in a language: nl=Vertrouwen (may be repeated; the default language takes it from the path; "
        "any other is asked for)",
    )
    parser.add_argument("--audience", choices=("client", "therapist"), help="whom it is for (default: by its folder)")


def run(args: argparse.Namespace) -> int:
    """Make the page in the project in the current folder."""
    from handbook.reading.configuration import NotAProjectError, read_configuration  # noqa: PLC0415

    root = Path.cwd()
    try:
        configuration = read_configuration(root)
        wish = _wish(args, configuration)
        pages = _pages(root, configuration, wish)
        named = _make(root, configuration, wish, pages)
    except (NotAProjectError, NewPageError) as error:
        return refuse(str(error))
    except OSError as error:
        return refuse(f"{error.filename}: {error.strerror}; no page was made")
    for path in pages:
        print(path.relative_to(root).as_posix())
    if named:
        print(f"Named in {', '.join(named)}.")
    if configuration.path not in named and not any(one.target == wish.key for one in configuration.nav):
        folder, sign, _ = wish.key.rpartition("/")
        lines = [f"  - {folder}:", f"      - {wish.key}"] if sign else [f"  - {wish.key}"]
        print(f"Now put it into the menu, where it belongs below `nav` in {configuration.path}:", *lines, sep="\n")
    first = next(iter(pages)).relative_to(root).as_posix()
    print(f"Now write the texts. What is still to be done: handbook check {first}")
    print(f"When they are done: handbook addresses --write, and handbook sync {wish.key}")
    return 0


def _make(root: Path, configuration: Configuration, wish: Wish, pages: Mapping[Path, str]) -> list[str]:
    """Write the pages and name them where pages are named; return those places. Everything is done, or nothing."""
    from handbook.ledger.store import ledger_path  # noqa: PLC0415 - heavy, see handbook.cli

    touched = [root / configuration.path, root / ledger_path(wish.key)]
    before = {path: path.read_bytes() if path.is_file() else None for path in touched}
    made = _write_all(pages)
    try:
        _look_for_clash(root, wish.key)
        named = [configuration.path] if _list_in_navigation(root, configuration, wish.key) else []
        named += _record(root, wish.key)
    except BaseException:
        for path, content in before.items():
            if content is None:
                path.unlink(missing_ok=True)
            elif path.read_bytes() != content:
                path.write_bytes(content)
        _remove(made)
        raise
    return named


def _look_for_clash(root: Path, key: str) -> None:
    """Refuse a page whose address is, or once was, that of another."""
    from handbook.commands.layers import settings_for  # noqa: PLC0415 - heavy, see handbook.cli
    from handbook.editorial.errors import DataError  # noqa: PLC0415
    from handbook.publishing.address_adding import ClashError, with_pages  # noqa: PLC0415
    from handbook.publishing.address_file import load_registry  # noqa: PLC0415
    from handbook.publishing.address_rules import PATH, published_pages  # noqa: PLC0415
    from handbook.reading.project import read_project  # noqa: PLC0415

    path = root / PATH
    if not path.is_file():
        return
    pages = published_pages(read_project(root, settings_for, render=False, site=False))
    try:
        with_pages(load_registry(path), [one for one in pages if one.key == key])
    except ClashError as error:
        message = f"{error}; choose another title or path, and no page was made"
        raise NewPageError(message) from None
    except DataError as error:
        message = f"{str(error).replace(f'{root}/', '')}; no page was made"
        raise NewPageError(message) from None


def _record(root: Path, key: str) -> Iterator[str]:
    """Write into the ledger that all sides say the same, which is nothing yet; where the project keeps a ledger."""
    from handbook.ledger.overview import read_overview  # noqa: PLC0415 - heavy, see handbook.cli
    from handbook.ledger.record import Record  # noqa: PLC0415
    from handbook.ledger.store import ledger_path, write_record  # noqa: PLC0415
    from handbook.ledger.sync import Answer, settle  # noqa: PLC0415

    overview = read_overview(root)
    page = overview.page(key) if overview else None
    if page is not None:
        write_record(root, key, settle(Record(), page, [Answer(section.id, REASON) for section in page.sections]))
        yield ledger_path(key)


def _wish(args: argparse.Namespace, configuration: Configuration) -> Wish:
    key: str = args.page.removeprefix("./")
    for language in configuration.languages:
        key = key.removeprefix(f"{configuration.docs_dir}/{language.locale}/")
    if not KEY.fullmatch(key):
        message = (
            f"{args.page} is no path of a page; write it like needs/trust.md, in lower-case English with hyphens, "
            "in at most one folder"
        )
        raise NewPageError(message)
    known = {language.locale for language in configuration.languages}
    path = PurePosixPath(key)
    words = path.parent.name if path.name == "index.md" and path.parent.name else path.stem
    titles = {configuration.default_language.locale: words.replace("-", " ").capitalize()}
    for given in args.title:
        language, sign, title = given.partition("=")
        if not sign or language not in known or not title.strip() or not title.isprintable():
            message = f"--title {given!r} is not LANGUAGE=TITLE with one of these languages: {', '.join(sorted(known))}"
            raise NewPageError(message)
        titles[language] = title.strip()
    for one in configuration.languages:
        if one.locale not in titles:
            titles[one.locale] = _ask(one, key)
    audience = args.audience or ("therapist" if key.startswith("therapists/") else "client")
    related = _neighbours(configuration, path)
    return Wish(key, titles, audience, related, datetime.datetime.now(tz=datetime.UTC).date())


def _ask(language: Language, key: str) -> str:
    """Ask whoever sits at the terminal for a title: it becomes an address, so it is not guessed."""
    example = f'handbook new {key} --title "{language.locale}=…"'
    if not sys.stdin.isatty():
        message = f"the title in the language {language.name} is not known; say it: {example}"
        raise NewPageError(message)
    title = input(f"The title in the language {language.name}: ").strip()
    if not title or not title.isprintable():
        message = f"a page needs a title in the language {language.name}: {example}"
        raise NewPageError(message)
    return title


def _neighbours(configuration: Configuration, path: PurePosixPath) -> Sequence[str]:
    """Return the last pages of the folder, for a reader to go on to until somebody chooses better ones."""
    if path.name == "index.md":
        return ()
    folder = (one.target for one in configuration.nav if PurePosixPath(one.target).parent == path.parent)
    return [target for target in folder if PurePosixPath(target).name != "index.md" and target != str(path)][-RELATED:]


def _pages(root: Path, configuration: Configuration, wish: Wish) -> dict[Path, str]:
    """Return the path and the text of the page in each language; NewPageError where one cannot be made."""
    from handbook.editorial.page_shapes import CLIENT_SECTIONS, THERAPIST_SECTIONS  # noqa: PLC0415

    sections = THERAPIST_SECTIONS if wish.audience == "therapist" else CLIENT_SECTIONS
    folder = PurePosixPath(wish.key).parent.as_posix()
    pages = {}
    for language in configuration.languages:
        path = root / configuration.docs_dir / language.locale / wish.key
        if os.path.lexists(path):
            message = f"{path.relative_to(root).as_posix()} is there already; nothing was made"
            raise NewPageError(message)
        if path.name != "index.md" and folder != "." and not path.with_name("index.md").is_file():
            message = f"there is no part {folder}/ yet; begin with its first page: handbook new {folder}/index.md"
            raise NewPageError(message)
        pages[path] = _text(language.locale, wish, sections, is_default=language.default)
    return pages


def _text(language: str, wish: Wish, sections: Sequence[Slot], *, is_default: bool) -> str:
    title = wish.titles[language]
    path = PurePosixPath(wish.key)
    is_part = path.name == "index.md"
    lines = ["---", f"title: {_yaml(title)}"]
    if is_part:
        lines.append(f"section: {_yaml(title)}")
    lines.append('description: ""')
    if not is_default:
        lines.append(f"slug: {_slug(title) or path.stem}")
    lines += [f"audience: {wish.audience}", "claims: []", "evidence: []"]
    if wish.audience == "client":
        lines.append("certainty: practice-wisdom")
    lines += [
        "sensitive: none",
        f"next: {'index.md' if is_part else path.with_name('index.md').as_posix()}",
        f"related: [{', '.join(wish.related)}]",
        f"checked: {wish.today}",
        f"check_again: {wish.today + LASTS}",
        "clinical_review: none",
        "---",
        "",
        f"# {title}",
    ]
    for slot in sections:
        heading = slot.titles.get(language) or slot.titles["en"]
        lines += ["", f"## {heading} {{#{slot.id}}}"]
        if slot.id in BLOCKS:
            lines += ["", BLOCKS[slot.id]]
    return "\n".join(lines) + "\n"


def _yaml(text: str) -> str:
    """Write a title as YAML, in quotes where it needs them."""
    if re.fullmatch(r"\w[\w ,'’-]*", text) and text.casefold() not in {
        "yes",
        "no",
        "on",
        "off",
        "true",
        "false",
        "null",
    }:
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _slug(title: str) -> str:
    """Return a title as part of an address."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().casefold()
    return "-".join(re.findall(r"[a-z0-9]+", plain))


def _write_all(pages: Mapping[Path, str]) -> list[Path]:
    """Write all pages or none; a page that appeared meanwhile is left alone. Return what was made, in that order."""
    made: list[Path] = []
    try:
        for path, text in pages.items():
            if not path.parent.is_dir():
                path.parent.mkdir(parents=True)
                made.append(path.parent)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                made.append(path)
                file.write(text)
    except BaseException:
        _remove(made)
        raise
    return made


def _remove(made: Sequence[Path]) -> None:
    for path in reversed(made):
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink(missing_ok=True)


def _list_in_navigation(root: Path, configuration: Configuration, key: str) -> bool:
    """Name the page in the navigation after the last page of its folder; False where no such line is found."""
    from handbook.ledger.store import replace_file  # noqa: PLC0415

    if any(one.target == key for one in configuration.nav):
        return True
    folder = PurePosixPath(key).parent.as_posix()
    path = root / configuration.path
    lines = path.read_bytes().decode("utf-8").splitlines(keepends=True)
    near = (one.line - 1 for one in configuration.nav if one.target.startswith(f"{folder}/") and one.line)
    last = max((line for line in near if lines[line].strip().startswith("- ")), default=None)
    if last is None:
        return False
    before = lines[last]
    indent = before[: len(before) - len(before.lstrip())]
    ending = "\r\n" if before.endswith("\r\n") else "\n"
    lines[last] = before.rstrip("\r\n") + ending
    lines.insert(last + 1, f"{indent}- {key}{ending}")
    replace_file(path, "".join(lines))
    return True

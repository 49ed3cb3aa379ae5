"""`handbook addresses`: keeps the registry of every address and section id that was ever published."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.commands.refusal import refuse

if TYPE_CHECKING:
    import argparse

    from handbook.publishing.address_registry import Published, Registry


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "addresses",
        help="keep the registry of every address that was ever published",
        description="Compares the registry of addresses with the pages. With --write it adds what is new.",
        epilog="Exit code: 0 every address lives and is registered, 1 not so, 2 wrong use or no access.",
    )
    parser.add_argument("--write", action="store_true", help="add what is new to data/addresses.txt")
    parser.add_argument(
        "--moved",
        nargs=2,
        action="append",
        default=[],
        metavar=("OLD", "NEW"),
        help="a page that was renamed: needs/a.md needs/b.md",
    )
    parser.add_argument("--gone", metavar="PAGE[#ID]", help="a page or a section that was removed for good")
    parser.add_argument("--to", metavar="PAGE|#ID", help="with --gone: the page or section to go to instead")
    parser.add_argument("--reason", default="", metavar="TEXT", help="with --gone: why")
    parser.add_argument(
        "--redirects",
        action="store_true",
        help="print every old address and every link that forces a language, and where it leads",
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print")
    parser.add_argument(
        "--root", type=Path, default=Path(), metavar="DIR", help="the folder with mkdocs.yml (default: here)"
    )


def run(args: argparse.Namespace) -> int:  # noqa: PLR0911 - each thing that can be wrong has its own sentence
    """Compare, and write where that was asked for."""
    from handbook.commands.configure import leading_on  # noqa: PLC0415 - heavy, see handbook.cli
    from handbook.commands.layers import settings_for  # noqa: PLC0415
    from handbook.editorial.errors import DataError  # noqa: PLC0415
    from handbook.publishing.address_adding import ClashError  # noqa: PLC0415
    from handbook.publishing.address_file import load_registry, write_registry  # noqa: PLC0415
    from handbook.publishing.address_registry import Registry  # noqa: PLC0415
    from handbook.publishing.address_rules import PATH, published_pages  # noqa: PLC0415
    from handbook.publishing.servers import ROOT  # noqa: PLC0415
    from handbook.reading.configuration import NotAProjectError  # noqa: PLC0415
    from handbook.reading.project import read_project  # noqa: PLC0415

    root: Path = args.root.resolve()
    path = root / PATH
    if (args.gone is None) != (args.to is None):
        return refuse("--gone and --to belong together: what was removed, and where to go instead.")
    if (args.moved or args.gone) and not args.write:
        return refuse("--moved and --gone change the registry: say --write, too.")
    try:
        project = read_project(root, settings_for, render=False, site=False)
        broken = next((page for page in project.pages if page.front_matter.error), None)
        if args.write and broken:
            place = f"{broken.path}:{broken.front_matter.error_line}"
            return refuse(f"{place}: the data at the top cannot be read, so the address is not known. Mend this first.")
        pages = published_pages(project)
        known = load_registry(path) if path.is_file() else Registry()
        registry = _changed(known, pages, args) if args.write else known
        if registry != known:
            write_registry(path, registry)
        redirects = leading_on(root, registry, ROOT) if args.redirects else None
    except (NotAProjectError, ClashError) as error:
        return refuse(str(error))
    except DataError as error:
        return refuse(str(error).replace(f"{root}/", ""))
    except OSError as error:
        return refuse(f"{PATH} cannot be written ({error.strerror}).")
    if redirects is not None:
        return _print_redirects(redirects, args.format)
    return _report(registry, known, pages, args.format)


def _changed(known: Registry, pages: list[Published], args: argparse.Namespace) -> Registry:
    from handbook.publishing.address_adding import with_gone, with_moved_section, with_pages  # noqa: PLC0415

    registry = with_pages(known, pages, dict(args.moved))
    if args.gone is None:
        return registry
    key, sign, section = args.gone.partition("#")
    if not sign:
        return with_gone(registry, key, args.to, args.reason)
    target = args.to.removeprefix(key)
    if not target.startswith("#"):
        from handbook.publishing.address_adding import ClashError  # noqa: PLC0415

        message = f"a section can only go to another section of {key}: --to '#id', or --to '#' for the top of the page"
        raise ClashError(message)
    return with_moved_section(registry, key, section, target[1:], args.reason)


def _report(registry: Registry, known: Registry, pages: list[Published], form: str) -> int:
    from handbook.publishing.address_promises import problems  # noqa: PLC0415

    found = list(problems(registry, pages))
    fresh = len(registry.addresses - known.addresses) + len(registry.files - known.files)
    added = fresh, len(registry.sections - known.sections)
    addresses = len(registry.addresses) + len(registry.files)
    if form == "json":
        data = {
            "pages": {
                page.key: {"id": registry.ids.get(page.key), "addresses": dict(page.addresses)} for page in pages
            },
            "addresses": addresses,
            "sections": len(registry.sections),
            "added": {"addresses": added[0], "sections": added[1]},
            "problems": [{"kind": one.kind, "message": one.message, "line": one.line} for one in found],
        }
        print(json.dumps(data, ensure_ascii=False, indent=2))
        return int(bool(found))
    for problem in found:
        print(f"data/addresses.txt:{problem.line}: {problem.message}" if problem.line else problem.message)
    if any(added):
        print(f"Added {added[0]} addresses and {added[1]} section ids.")
    print(f"{addresses} addresses and {len(registry.sections)} section ids are registered.")
    if any(problem.kind == "new" for problem in found):
        print("To register what is new: handbook addresses --write")
    return int(bool(found))


def _print_redirects(pairs: list[tuple[str, str]], form: str) -> int:
    """Print where old addresses and links that force a language lead, as paths below the root of the site."""
    if form == "json":
        print(json.dumps([{"from": old, "to": new} for old, new in pairs], ensure_ascii=False, indent=2))
    else:
        for old, new in pairs:
            print(f"{old} {new}")
    return 0

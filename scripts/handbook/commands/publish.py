"""`handbook publish`: builds the site as `handbook build` does, compresses it, and lets a server serve it in one step.

Without `--plain` the folder holds releases and a link to the one that is served, for a web server of one's own. With it
the folder is the site itself and what static hosts read besides (`_headers`, `_redirects`).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.commands.refusal import refuse

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "publish",
        help="build the site and put it where a server or a static host takes it",
        description="Builds and checks the site, and replaces the published one in a single step if all is well.",
        epilog="Exit code: 0 published, 1 something to mend in the pages, 2 wrong use or the machine does not let it.",
    )
    parser.add_argument("--to", type=Path, required=True, metavar="DIR", help="the folder that is served from")
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--plain", action="store_true", help="make DIR the site itself, for a static host")
    way.add_argument("--back", action="store_true", help="build nothing; serve the release before this one again")
    parser.add_argument("--from", type=Path, dest="site", metavar="DIR", help="build nothing; publish this built site")
    parser.add_argument("--keep", type=int, default=5, metavar="N", help="how many releases to keep (default: 5)")
    parser.add_argument(
        "--without-handouts", action="store_true", help="leave out PDFs, books and copies without network"
    )
    parser.add_argument("--hsts", action="store_true", help="with --plain: tell browsers to use nothing but HTTPS")


def run(args: argparse.Namespace) -> int:
    """Publish the project in the current folder."""
    from handbook.publishing.releases import PublishError, step_back  # noqa: PLC0415 - heavy, see handbook.cli
    from handbook.reading.configuration import NotAProjectError  # noqa: PLC0415

    place: Path = args.to.resolve()
    try:
        if args.back:
            print(f"{args.to} serves release {step_back(place).folder.name} again.", file=sys.stderr)
            return 0
        if args.keep < 2:
            return refuse("--keep must be 2 or more: a reader may be in the middle of the release before")
        _refuse_other_folder(place, plain=args.plain)
        if args.site is not None:
            return _put(args, args.site.resolve(), place)
        return _build_and_put(args, place)
    except (NotAProjectError, PublishError) as error:
        return refuse(str(error))
    except OSError as error:
        return refuse(f"{error.filename or place}: {error.strerror or error}")


def _refuse_other_folder(place: Path, *, plain: bool) -> None:
    """Raise an OSError, before anything is built, where the folder holds what publishing did not put there."""
    from handbook.publishing.releases import RELEASES  # noqa: PLC0415
    from handbook.publishing.swapping import refuse_other_than_site  # noqa: PLC0415

    if plain:
        refuse_other_than_site(place)
    elif place.is_dir() and any(place.iterdir()) and not (place / RELEASES).is_dir():
        message = "this folder holds something else than published releases; name one of its own"
        raise FileExistsError(17, message, str(place))


def _build_and_put(args: argparse.Namespace, place: Path) -> int:
    from handbook.commands.build import check_and_build, stops, workshop  # noqa: PLC0415
    from handbook.commands.handouts import asking_for_handouts, leaving_handouts_out  # noqa: PLC0415
    from handbook.handouts.press import missing  # noqa: PLC0415
    from handbook.reading.configuration import find_configuration  # noqa: PLC0415

    root = Path.cwd()
    find_configuration(root)
    wanted = not args.without_handouts
    if wanted and (sentence := missing()):
        return refuse(f"{sentence}; or publish without PDFs: --without-handouts")
    with workshop(root) as staging, asking_for_handouts() if wanted else leaving_handouts_out():
        findings, built = check_and_build(root, staging, "text")
        if not built or any(stops(finding, "error") for finding in findings):
            print("Nothing was published; what is served stays as it is.", file=sys.stderr)
            return 1
        return _put(args, staging, place)


def _put(args: argparse.Namespace, site: Path, place: Path) -> int:
    from handbook.commands.configure import moved_addresses, site_path  # noqa: PLC0415
    from handbook.ledger.store import replace_file  # noqa: PLC0415
    from handbook.publishing import servers  # noqa: PLC0415
    from handbook.publishing.caddy import caddy_redirects  # noqa: PLC0415
    from handbook.publishing.nginx import nginx_redirects  # noqa: PLC0415
    from handbook.publishing.releases import publish  # noqa: PLC0415

    if not (site / "index.html").is_file():
        return refuse(f"{site} holds no built site")
    begins = site_path(Path.cwd())
    printed = any(path.is_file() for path in site.glob("*/*.pdf"))
    pairs = moved_addresses(Path.cwd(), begins, printed=printed)
    if args.plain:
        _put_plain(site, place, pairs, begins, hsts=args.hsts)
        print(f"The site is in {args.to}/, with {servers.HEADERS_FILE} and {servers.REDIRECTS_FILE}.", file=sys.stderr)
        if begins != servers.ROOT:
            print(
                f"Both speak of {begins}. A host reads them at its root alone: where it gives that path to a folder of "
                "another site, add their lines to the files at the root of that site.",
                file=sys.stderr,
            )
        return 0
    done = publish(site, place, encoders(), args.keep)
    for name, text in (
        (servers.NGINX_REDIRECTS, nginx_redirects(pairs)),
        (servers.CADDY_REDIRECTS, caddy_redirects(pairs)),
    ):
        path = place / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            replace_file(path, text)
    name, count = done.release.folder.name, len(done.release.files)
    if done.fresh:
        print(
            f"{args.to} serves release {name}: {count} files, {done.changed} of them new or changed.", file=sys.stderr
        )
    else:
        print(f"{args.to} serves release {name} already; nothing changed.", file=sys.stderr)
    return 0


def _put_plain(site: Path, place: Path, pairs: Sequence[tuple[str, str]], begins: str, *, hsts: bool) -> None:
    """Make a folder that a static host takes as it is."""
    import shutil  # noqa: PLC0415
    import tempfile  # noqa: PLC0415

    from handbook.publishing import servers  # noqa: PLC0415
    from handbook.publishing.swapping import replace_folder  # noqa: PLC0415

    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place.parent, prefix=f".{place.name}-") as folder:
        copy = Path(folder) / "site"
        shutil.copytree(site, copy)
        for name, text in (
            (servers.HEADERS_FILE, servers.headers_file(begins, hsts=hsts)),
            (servers.REDIRECTS_FILE, servers.redirects_file(pairs)),
            (".nojekyll", ""),
        ):
            (copy / name).write_text(text, encoding="utf-8", newline="\n")
        replace_folder(copy, place)


def encoders() -> list[tuple[str, Callable[[bytes], bytes]]]:
    """Return the ways to compress that this machine has, and say where Brotli is missing."""
    from handbook.publishing.precompress import brotli_encoder, gzip_encoder  # noqa: PLC0415

    found: list[tuple[str, Callable[[bytes], bytes]]] = [(".gz", gzip_encoder)]
    brotli = brotli_encoder()
    if brotli is None:
        print("Brotli is not installed, so pages are compressed with gzip alone.", file=sys.stderr)
    else:
        found.append((".br", brotli))
    return found

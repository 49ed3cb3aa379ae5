"""`handbook configure`: prints the configuration of a server, made from the one list of headers and redirects."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from handbook.commands.refusal import refuse
from handbook.publishing import servers
from handbook.publishing.caddy import caddy_part, caddy_site
from handbook.publishing.nginx import nginx_complete, nginx_maps, nginx_part, nginx_site

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping

    from handbook.publishing.address_registry import Registry

SERVERS: Final[Mapping[str, Callable[[servers.Place], str]]] = MappingProxyType(
    {
        "nginx": nginx_site,
        "nginx-complete": nginx_complete,
        "nginx-maps": nginx_maps,
        "nginx-part": nginx_part,
        "caddy": caddy_site,
        "caddy-part": caddy_part,
    }
)
KINDS: Final = (*SERVERS, "headers", "redirects")


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "configure",
        help="print the configuration of a web server or a static host",
        description="Prints configuration with the handbook's headers, caching and redirects. `nginx` and `caddy` are "
        "for a host name of its own, `nginx-complete` for an nginx that runs without root. Where the handbook lives "
        "below a path of another site, `nginx-maps` goes beside that site's configuration, and `nginx-part` or "
        "`caddy-part` into it.",
        epilog="Exit code: 0 printed or written, 2 wrong use or no access.",
    )
    parser.add_argument("kind", nargs="?", choices=KINDS, help="for which server or file")
    parser.add_argument(
        "--folder", default="/srv/handbook", metavar="DIR", help="what `handbook publish --to` was given"
    )
    parser.add_argument("--name", default="handbook.example", metavar="HOST", help="the host name readers type")
    parser.add_argument("--listen", default="80", metavar="PORT", help="the port, or address and port, to listen at")
    parser.add_argument(
        "--path", metavar="PATH", help="where the handbook begins on its host: /handbook/ (default: that of SITE_URL)"
    )
    parser.add_argument("--scratch", default="/tmp", metavar="DIR", help="where a rootless nginx may write")  # noqa: S108
    parser.add_argument("--hsts", action="store_true", help="tell browsers to use nothing but HTTPS for two years")
    parser.add_argument("--brotli", action="store_true", help="nginx has the module for compressed .br files")
    parser.add_argument("--write", action="store_true", help="write the examples below deploy/ anew")


def run(args: argparse.Namespace) -> int:
    """Print or write."""
    from handbook.publishing.releases import PublishError  # noqa: PLC0415
    from handbook.reading.configuration import NotAProjectError, find_configuration  # noqa: PLC0415

    if bool(args.kind) == args.write:
        return refuse(f"name one of {', '.join(KINDS)}, or say --write for the examples below deploy/")
    root = Path.cwd()
    try:
        if args.write or args.kind == "redirects":
            find_configuration(root)
        if args.write:
            return _write(root / "deploy")
        path = args.path or site_path(root)
        place = servers.Place(
            args.folder, args.name, args.listen, args.scratch, path, hsts=args.hsts, brotli=args.brotli
        )
        sys.stdout.write(_text(args.kind, place))
    except (servers.PlaceError, NotAProjectError, PublishError) as error:
        return refuse(str(error))
    except BrokenPipeError:
        raise
    except OSError as error:
        return refuse(f"{error.filename}: {error.strerror}")
    return 0


def _text(kind: str, place: servers.Place) -> str:
    if kind == "headers":
        return servers.headers_file(place.path, hsts=place.hsts)
    if kind == "redirects":
        return servers.redirects_file(moved_addresses(Path.cwd(), place.path))
    return SERVERS[kind](place)


def examples() -> Mapping[str, str]:
    """Return the files below `deploy/` that are made here, by their path there."""
    place = servers.Place()
    return {
        "nginx/handbook.conf": nginx_site(place),
        "caddy/Caddyfile": caddy_site(place),
        "static/_headers": servers.headers_file(),
    }


def _write(folder: Path) -> int:
    from handbook.ledger.store import replace_file  # noqa: PLC0415

    for name, text in examples().items():
        replace_file(folder / name, text)
        print(f"deploy/{name}", file=sys.stderr)
    return 0


def site_path(root: Path) -> str:
    """Return where the handbook begins on its host: what the project's `site_url` says; outside a project, SITE_URL.

    NotAProjectError where the project's configuration cannot be read.
    """
    from handbook.reading.configuration import CONFIG_NAMES, read_configuration  # noqa: PLC0415

    if any((root / name).is_file() for name in CONFIG_NAMES):
        return servers.path_of(read_configuration(root).site_url)
    return servers.path_of(os.environ.get("SITE_URL", ""))


def moved_addresses(root: Path, site: str, *, printed: bool = True) -> list[tuple[str, str]]:
    """Return where the addresses of the project's own registry lead, as `leading_on` does; PublishError if unreadable.

    Without a registry there are none.
    """
    from handbook.editorial.errors import DataError  # noqa: PLC0415
    from handbook.publishing.address_file import FILE, load_registry  # noqa: PLC0415
    from handbook.publishing.releases import PublishError  # noqa: PLC0415

    path = root / "data" / FILE
    if not path.is_file():
        return []
    try:
        return leading_on(root, load_registry(path), site, printed=printed)
    except DataError as error:
        raise PublishError(str(error)) from None


def leading_on(root: Path, registry: Registry, site: str, *, printed: bool = True) -> list[tuple[str, str]]:
    """Return (from, to) for old addresses and for links that force a language, as paths from the root of the host.

    The site begins at the path `site`, with a slash at both ends; `printed` tells whether it has its PDFs.
    """
    from handbook.publishing.catalogue import Language, read_catalogue  # noqa: PLC0415
    from handbook.publishing.permanent_links import every_redirect  # noqa: PLC0415
    from handbook.reading.configuration import read_configuration  # noqa: PLC0415

    configuration = read_configuration(root)
    languages = [Language.of(one.locale, one.name, one.site_name) for one in configuration.languages if one.built]
    catalogue = read_catalogue(root / configuration.docs_dir, languages, None)
    found = every_redirect(registry, catalogue, printed=printed)
    return [(f"{site}{one.address}", f"{site}{one.goal}") for one in found]

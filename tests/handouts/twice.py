"""Whether the whole handbook comes out the same twice: every page, PDF, e-book and copy for a computer without network.

    .venv/bin/python -m tests.handouts.twice

builds and prints everything anew two times, in two folders, with another time zone, locale and order of hashes, and
nothing remembered of the other time, and compares each file, byte by byte. It takes as long as two times `handbook
handouts --fresh`; the tests do the same with a few pages.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from handbook.handouts.making import ASKING, FRESH
from tests.conftest import ROOT, run_mkdocs

if TYPE_CHECKING:
    from collections.abc import Mapping

PARTS: Final = ("mkdocs.yml", "docs", "overrides", "data", "scripts")
PLACES: Final[Mapping[str, Mapping[str, str]]] = {
    "here": {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
    "élsewhere, with spaces": {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"},
}


def differences(one: Path, other: Path) -> list[str]:
    """Return the files that stand in one of two folders alone, or with other bytes, as sorted paths below them."""
    files = [{path.relative_to(top).as_posix() for path in top.rglob("*") if path.is_file()} for top in (one, other)]
    same = {name for name in files[0] & files[1] if (one / name).read_bytes() == (other / name).read_bytes()}
    return sorted((files[0] | files[1]) - same)


def main() -> int:
    """Build twice and print what was compared; return 1 where something differs."""
    with tempfile.TemporaryDirectory() as scratch:
        sites = []
        for place, environment in PLACES.items():
            root = Path(scratch) / place
            root.mkdir()
            for name in PARTS:
                (root / name).symlink_to(ROOT / name)
            own = {ASKING: FRESH, "XDG_CACHE_HOME": str(root / "remembered")}
            build = run_mkdocs(root, root / "site", env={**own, **environment})
            if build.code:
                sys.exit(f"twice: the handbook does not build: {build.output[-500:]}")
            sites.append(build.site)
        kinds = Counter(path.suffix.removeprefix(".") for path in sites[0].rglob("*") if path.is_file())
        differing = differences(*sites)
    for kind, count in kinds.most_common():
        sys.stdout.write(f"{count:5} {kind}\n")
    for name in differing:
        sys.stdout.write(f"differs: {name}\n")
    sys.stdout.write(f"{sum(kinds.values())} files, {len(differing)} of them differ.\n")
    return bool(differing)


if __name__ == "__main__":
    sys.exit(main())

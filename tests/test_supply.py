"""What comes from others: every file and package has an origin, a version, a licence and a checksum that fits."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from typing import TYPE_CHECKING, Final

import pytest

from handbook.publishing import supply
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS: Final = ("what", "version", "origin", "licence", "SHA-256")


def folders() -> list[Path]:
    """Every folder of files that others made: one called vendored, or the spelling dictionaries."""
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout.split("\0")
    parents = {(ROOT / name).parent for name in tracked if name}
    return sorted(path for path in parents if path.name in {"vendored", "dictionaries"})


def described(readme: Path) -> dict[str, dict[str, str]]:
    """Read the tables of a folder's README.md, whose first column names files: file name to what is said of it."""
    said: dict[str, dict[str, str]] = {}
    head: list[str] = []
    for line in readme.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|"):
            head = []
        elif not head:
            head = ["SHA-256" if cell.startswith("SHA-256") else cell for cell in cells]
        elif set(line) - set("|- "):
            for name in cells[0].replace("`", "").split(", "):
                said.setdefault(name, {}).update(zip(head, cells, strict=True))
    return said


def test_there_are_folders_to_look_at() -> None:
    names = [path.relative_to(ROOT).as_posix() for path in folders()]
    assert {"overrides/assets/vendored", "tests/browser/vendored"} <= set(names)


@pytest.mark.parametrize("folder", folders(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_file_of_others_has_its_origin_and_is_unchanged(folder: Path) -> None:
    said = described(folder / "README.md")
    readme = (folder / "README.md").read_text(encoding="utf-8")
    files = {path.name for path in folder.iterdir() if path.is_file()} - {"README.md"}
    licences = {name for name in files if "licen" in name.casefold() or "copying" in name.casefold()}
    assert files - licences == set(said)
    assert [name for name in licences if name not in readme] == []
    for name, columns in said.items():
        assert [column for column in COLUMNS if not columns.get(column)] == [], name
        digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        assert columns["SHA-256"].strip("`") == digest, name


def locked() -> list[supply.Locked]:
    return list(supply.read_lock(ROOT / "requirements.lock"))


def test_the_lock_pins_every_package_with_checksums() -> None:
    found = locked()
    assert len(found) > 50
    assert [one.name for one in found if not one.version or not one.hashes] == []
    assert {len(digest) for one in found for digest in one.hashes} == {64}


def test_the_licence_of_every_package_is_known_and_lets_us_use_it() -> None:
    allowed = re.compile(r"(MIT|BSD|0BSD|Apache|MPL|PSF|Zlib|CC0|ISC|Unlicense)")
    refused = {}
    for package in supply.packages(locked()):
        choices = package.licence.split(" OR ")
        if not any(all(allowed.match(one) for one in choice.split(" AND ")) for choice in choices):
            refused[package.locked.name] = package.licence
    assert refused == {}


def test_every_package_brings_the_text_of_its_licence() -> None:
    assert [one.locked.name for one in supply.packages(locked()) if not one.texts] == []


def test_the_notice_and_the_bill_list_what_is_locked() -> None:
    """Compared by name and version: the texts can differ from one version of Python to the next."""
    notice = (ROOT / supply.NOTICE).read_text(encoding="utf-8")
    bill = json.loads((ROOT / supply.BILL).read_text(encoding="utf-8"))
    listed = {(one["name"], one["version"]) for one in bill["components"]}
    everywhere = {(one.name, one.version) for one in locked() if not one.marker}
    assert everywhere <= listed <= {(one.name, one.version) for one in locked()}, "run: make notices"
    assert [name for name, version in everywhere if f"\n{name} {version} " not in notice] == [], "run: make notices"


def test_the_same_lock_gives_the_same_bill() -> None:
    found = list(supply.packages(locked()))
    first = supply.bill_of_materials(found, "handbook", "1")
    assert first == supply.bill_of_materials(list(supply.packages(locked())), "handbook", "1")
    bill = json.loads(first)
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert "timestamp" not in first
    assert len({one["bom-ref"] for one in bill["components"]}) == len(found)


def test_a_package_that_is_not_installed_is_named() -> None:
    wanted = supply.Locked("no-such-package-anywhere", "1", "", ("0" * 64,))
    with pytest.raises(supply.SupplyError, match="no-such-package-anywhere is locked and not installed"):
        list(supply.packages([wanted]))


def test_a_package_of_another_version_is_named() -> None:
    with pytest.raises(supply.SupplyError, match=r"is installed, 0\.0 is locked"):
        list(supply.packages([supply.Locked("mkdocs", "0.0", "", ())]))
    assert list(supply.packages([supply.Locked("mkdocs", "0.0", "python_version < '3'", ())])) == []

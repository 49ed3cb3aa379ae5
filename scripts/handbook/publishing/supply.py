"""What the handbook is made with: every package of the lock, its licence and its checksums.

The lock says which packages at which version; what is installed says under which licence. From both come a notice for
people, with each licence in full, and a bill of materials for programs (CycloneDX 1.6). The same lock gives the same
bytes: there is no date and no machine in them.
"""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING, Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from email.message import Message
    from pathlib import Path

NOTICE: Final = "THIRD-PARTY-NOTICES.txt"
BILL: Final = "deploy/sbom.cdx.json"
LICENCE_FILES: Final = ("licen", "copying", "notice", "copyright")
CLASSIFIED: Final[Mapping[str, str]] = {
    "MIT License": "MIT",
    "BSD License": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 1.1 (MPL 1.1)": "MPL-1.1",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.1-or-later",
}
WRITTEN: Final[Mapping[str, str]] = {
    "Apache Software License": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "BSD 2-Clause License": "BSD-2-Clause",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
}
"""Licences as some packages write them by hand, as SPDX writes them."""


@dataclass(frozen=True, slots=True)
class Locked:
    """A package as the lock names it: with the SHA-256 of each file it may be installed from, and where it is used."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Package:
    """A locked package and what is known of it; `licence` is an SPDX expression, or empty where it is not known."""

    locked: Locked
    licence: str
    summary: str
    texts: tuple[tuple[str, str], ...]


class SupplyError(Exception):
    """The lock and what is installed do not fit; the message says what to do."""


def read_lock(path: Path) -> Iterator[Locked]:
    """Yield the packages of a lock with hashes."""
    text = path.read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        requirement, *hashes = line.split("--hash=")
        if not requirement.strip() or requirement.lstrip().startswith("#"):
            continue
        wanted = Requirement(requirement.strip())
        version = str(wanted.specifier).removeprefix("==")
        found = sorted(one.strip().removeprefix("sha256:") for one in hashes)
        yield Locked(canonicalize_name(wanted.name), version, str(wanted.marker or ""), tuple(found))


def packages(lock: Iterable[Locked]) -> Iterator[Package]:
    """Yield every locked package that belongs on this machine; SupplyError where one is missing or another version."""
    for locked in lock:
        if locked.marker and not Requirement(f"x ; {locked.marker}").marker.evaluate():  # type: ignore[union-attr]
            continue
        try:
            found = metadata.distribution(locked.name)
        except metadata.PackageNotFoundError:
            message = f"{locked.name} is locked and not installed; run `make setup` first"
            raise SupplyError(message) from None
        if found.version != locked.version:
            message = f"{locked.name} {found.version} is installed, {locked.version} is locked; run `make setup` first"
            raise SupplyError(message)
        summary = str(found.metadata["Summary"] or "").strip()
        yield Package(locked, _licence(found), summary, tuple(_texts(found)))


def _licence(found: metadata.Distribution) -> str:
    """Return the licence as an SPDX expression, from the best source a package has."""
    values: Message = found.metadata  # type: ignore[assignment]  # what it is, though typed as less
    if expression := values.get("License-Expression"):
        return str(expression)
    written = str(values.get("License") or "").strip()
    if written in WRITTEN or re.fullmatch(r"[A-Za-z]+-[0-9.]+(-Clause)?|MIT", written):
        return WRITTEN.get(written, written)
    classifiers = (one.split(" :: ")[-1] for one in values.get_all("Classifier") or () if one.startswith("License ::"))
    return " OR ".join(CLASSIFIED[one] for one in classifiers if one in CLASSIFIED)


def _texts(found: metadata.Distribution) -> Iterator[tuple[str, str]]:
    """Yield (name, text) of each licence file that a package brings, each text once."""
    seen = set()
    for file in sorted(found.files or (), key=str):
        name = file.name.casefold()
        in_metadata = any(part.endswith(".dist-info") for part in file.parts)
        if in_metadata and (any(word in name for word in LICENCE_FILES) or "licenses" in file.parts):
            try:
                text = file.read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError):
                continue
            tidy = "\n".join(line.rstrip() for line in text.strip().splitlines())
            if tidy and tidy not in seen:
                seen.add(tidy)
                yield file.name, tidy


def notice(found: Iterable[Package]) -> str:
    """Write the notice: a line for each package, then every licence in full, each text once."""
    listed = list(found)
    owners: dict[str, list[str]] = {}
    for package in listed:
        for _, text in package.texts:
            owners.setdefault(text, []).append(f"{package.locked.name} {package.locked.version}")
    width = max(len(one.locked.name) + len(one.locked.version) for one in listed) + 3
    lines = [
        "The handbook is built and checked with these packages. None of their code is published with the site; what",
        "is, and what the tests bring along, stands beside it with its licence (overrides/assets/vendored/README.md,",
        "tests/browser/vendored/README.md). Made from requirements.lock by `make notices`.",
        "",
        *(
            f"{f'{one.locked.name} {one.locked.version}':<{width}}{one.licence or 'see its own files'}"
            for one in listed
        ),
    ]
    for text, names in owners.items():
        lines += ["", "=" * 80, ", ".join(names), "-" * 80, text]
    return "\n".join(lines) + "\n"


def bill_of_materials(found: Iterable[Package], name: str, version: str) -> str:
    """Write the bill of materials as CycloneDX 1.6 in JSON."""
    root = f"pkg:pypi/{name}@{version}"
    components = [
        {
            "type": "library",
            "bom-ref": _url(one.locked),
            "name": one.locked.name,
            "version": one.locked.version,
            **({"description": one.summary} if one.summary else {}),
            **({"licenses": [{"expression": one.licence}]} if one.licence else {}),
            "purl": _url(one.locked),
            "externalReferences": [
                {
                    "type": "distribution",
                    "url": _url(one.locked),
                    "hashes": [{"alg": "SHA-256", "content": digest} for digest in one.locked.hashes],
                }
            ],
        }
        for one in found
    ]
    content = {
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": root,
                "name": name,
                "version": version,
                "licenses": [{"expression": "MIT"}],
            }
        },
        "components": components,
    }
    serial = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(content, sort_keys=True))
    head = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
    }
    return json.dumps({**head, **content}, ensure_ascii=False, indent=1) + "\n"


def _url(locked: Locked) -> str:
    return f"pkg:pypi/{locked.name}@{locked.version}"

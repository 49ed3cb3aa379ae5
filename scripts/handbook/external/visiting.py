"""Asks many addresses: several hosts at a time, one host never twice at a time, and not for ever."""

from __future__ import annotations

import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from handbook.external.answers import Answer, Kind
from handbook.external.asking import Guest, host_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from handbook.external.asking import Manners


def visit(
    addresses: Iterable[str],
    manners: Manners,
    *,
    hosts_at_once: int = 4,
    seconds: float = 1200.0,
    sleep: Callable[[float], None] = time.sleep,
) -> list[Answer]:
    """Ask every address within a time, in seconds; what was not asked in time says so. In order of address."""
    by_host: defaultdict[str, list[str]] = defaultdict(list)
    for address in addresses:
        by_host[host_of(address)].append(address)
    end = time.monotonic() + seconds

    def visit_host(wanted: list[str]) -> list[Answer]:
        return list(_visit_host(Guest(manners, sleep), wanted, end))

    with ThreadPoolExecutor(max_workers=hosts_at_once) as pool:
        answers = [answer for some in pool.map(visit_host, by_host.values()) for answer in some]
    return sorted(answers, key=lambda answer: answer.address)


def _visit_host(guest: Guest, wanted: list[str], end: float) -> Iterator[Answer]:
    for number, address in enumerate(wanted):
        if time.monotonic() >= end:
            yield Answer(address, Kind.UNASKED)
            continue
        if number:
            guest.sleep(guest.manners.pause)
        try:
            yield guest.ask(address)
        except Exception as error:  # noqa: BLE001 - one odd address must not keep all other answers from an author
            yield Answer(address, Kind.SILENT, 0, f"{type(error).__name__}: {error}")

"""The trial of serving: the shipped nginx under a short load, in quiet and while the site is replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.trials.serving import paths_of, try_serving
from tests.servers.conftest import find

if TYPE_CHECKING:
    from pathlib import Path


def test_no_request_of_a_load_is_lost(built: Path) -> None:
    find("nginx")
    find("wrk")
    paths = paths_of(built)
    assert {"/", "/en/", "/en/rest/", "/en/search.json"} <= set(paths)
    for load in try_serving(built, 1, 2):
        assert load.errors == 0
        assert load.requests > 0
        assert load.p99 > 0

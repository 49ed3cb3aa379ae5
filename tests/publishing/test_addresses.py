"""Addresses: the prefix of the language, then that language's own words."""

from __future__ import annotations

import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.publishing.addresses import address_of, relative_address

SLUGS = {"needs/index.md": "basisbehoeften", "needs/safety.md": "veiligheid", "help-now.md": "direct-hulp"}


@pytest.mark.parametrize(
    ("key", "address"),
    [
        ("index.md", "nl/"),
        ("help-now.md", "nl/direct-hulp/"),
        ("needs/index.md", "nl/basisbehoeften/"),
        ("needs/safety.md", "nl/basisbehoeften/veiligheid/"),
        ("needs/love.md", "nl/basisbehoeften/love/"),
        ("other/deep/page.md", "nl/other/deep/page/"),
        ("other/index.md", "nl/other/"),
    ],
)
def test_an_address_is_made_of_slugs_and_of_file_names_where_there_are_none(key: str, address: str) -> None:
    assert address_of("nl", key, SLUGS) == address


@pytest.mark.parametrize(
    ("target", "base", "relative"),
    [
        ("en/needs/safety/", "en/needs/boundaries/", "../safety/"),
        ("en/", "en/needs/boundaries/", "../../"),
        ("en/needs/", "en/needs/", "./"),
        ("nl/basisbehoeften/", "en/needs/", "../../nl/basisbehoeften/"),
        ("", "en/needs/", "../../"),
        ("en/needs/", "", "en/needs/"),
    ],
)
def test_a_relative_address_leads_from_one_page_to_another(target: str, base: str, relative: str) -> None:
    assert relative_address(target, base) == relative


segments = st.lists(st.from_regex(r"[a-z]{1,3}", fullmatch=True), max_size=4)


@given(segments, segments)
def test_following_a_relative_address_always_arrives(target: list[str], base: list[str]) -> None:
    target_address = "".join(part + "/" for part in target)
    base_address = "".join(part + "/" for part in base)
    followed = posixpath.normpath(posixpath.join("/" + base_address, relative_address(target_address, base_address)))
    assert followed.rstrip("/") == ("/" + target_address).rstrip("/")

"""Where a reader can write in private: only what a publisher set, and an honest sentence where nobody did."""

from __future__ import annotations

import pytest

from handbook.publishing.contact import Contact, contact_of
from handbook.publishing.fragments import Fragments
from handbook.publishing.words import load_words
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("setting", "contact"),
    [
        ("", None),
        (None, None),
        ("  ", None),
        ("Words@Handbook.example", Contact("Words@Handbook.example", "mailto:Words@Handbook.example")),
        ("https://handbook.example/write/", Contact("handbook.example/write", "https://handbook.example/write/")),
    ],
)
def test_the_setting_is_a_mail_address_a_web_address_or_nothing(setting: object, contact: Contact | None) -> None:
    assert contact_of(setting) == contact


@pytest.mark.parametrize(
    "setting",
    ["words", "javascript:alert(1)", "http://handbook.example/", "a@b", "a@b.example?cc=c@d.example", ["a@b.example"]],
)
def test_anything_else_is_refused(setting: object) -> None:
    with pytest.raises(ValueError, match="neither a mail address nor a web address"):
        contact_of(setting)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_reader_is_told_where_to_write_or_that_there_is_no_such_place(language: str) -> None:
    words = load_words(ROOT / "overrides" / "strings", language, "en")
    fragments = Fragments(ROOT / "overrides")

    def said(contact: Contact | None) -> str:
        return fragments.render("contact", words=words, language=language, view=None, contact=contact)

    with_one = said(contact_of("words@handbook.example"))
    assert '<a href="mailto:words@handbook.example">words@handbook.example</a>' in with_one
    assert words["contact_none"] not in with_one
    without = said(None)
    assert words["contact_none"] in without
    assert "@" not in without

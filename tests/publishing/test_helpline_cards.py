"""The card of a helpline says what a caller needs to know, beside the number it is about."""

from __future__ import annotations

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from handbook.editorial.helplines import load_helplines
from handbook.publishing.fragments import Fragments
from tests.browser.browsing import ROOT

HELPLINES = load_helplines(ROOT / "data" / "helplines.yml")


def card(line: str, language: str) -> LexborHTMLParser:
    words = yaml.safe_load((ROOT / "overrides" / "strings" / f"{language}.yml").read_text(encoding="utf-8"))
    helpline = HELPLINES.find(line)
    assert helpline is not None
    countries = [(helpline.country, helpline.country, [helpline])]
    return LexborHTMLParser(
        Fragments(ROOT / "overrides").render("helplines", words=words, language=language, countries=countries)
    )


@pytest.mark.parametrize(
    ("language", "by_phone", "by_chat"),
    [("nl", "dag en nacht", "elke dag van 8.00 tot 22.00 uur"), ("en", "day and night", "every day, 8:00 to 22:00")],
)
def test_hours_stand_at_each_way_to_reach_a_service_where_they_differ(
    language: str, by_phone: str, by_chat: str
) -> None:
    shown = card("nl-luisterlijn", language)
    phone, chat = (" ".join(one.text().split()) for one in shown.css(".calls li"))
    assert phone.endswith(by_phone)
    assert chat.endswith(by_chat)
    assert shown.text().count(by_phone) == 1


def test_hours_that_hold_for_all_stand_once_below() -> None:
    shown = card("nl-113", "nl")
    assert "dag en nacht" in shown.css(".helpline > .small")[-1].text()
    assert shown.text().count("dag en nacht") == 1

"""The helplines: what may be said is what a source confirms, and the number shown is the number dialled."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import phonenumbers
import pytest

from handbook.editorial.helplines import COUNTRIES, KINDS, Helpline, Helplines, load_helplines
from tests.editorial.data_files import DATA, mistake, written

if TYPE_CHECKING:
    from pathlib import Path

HELPLINES = load_helplines(DATA / "helplines.yml")
NUMBERS = [
    pytest.param(line.country, contact.number, contact.dial, id=f"{line.id} {contact.number}")
    for line in HELPLINES.entries
    for contact in line.contacts
    if contact.number and contact.dial
]

HEAD = "countries:\n" + "".join(f"  - {{id: {one}, name: {{en: a, nl: b}}}}\n" for one in COUNTRIES)
HEAD += "kinds:\n" + "".join(f"  - {{id: {one}, name: {{en: a, nl: b}}}}\n" for one in KINDS)
GOOD = """
helplines:
  - id: nl-test
    country: nl
    kind: crisis
    order: 1
    name: {en: Test, nl: Test}
    purpose: {en: For anyone., nl: Voor iedereen.}
    contacts:
      - {type: phone, number: "0800-0113", dial: "+318000113", cost: free}
    languages: [nl]
    url: https://www.113.nl/
    checked: 2026-08
    source: {who: somebody, mark: V}
"""
FIRST = HEAD.count("\n") + 3  # the line of "- id: nl-test" is FIRST


def helpline(name: str) -> Helpline:
    found = HELPLINES.find(name)
    assert found is not None, name
    return found


def read(folder: Path, text: str) -> Helplines:
    return load_helplines(written(folder, HEAD + text))


@pytest.mark.parametrize(("country", "number", "dial"), NUMBERS)
def test_every_full_number_is_valid_in_its_country(country: str, number: str, dial: str) -> None:
    if dial.startswith("+"):
        parsed = phonenumbers.parse(dial)
        assert phonenumbers.is_valid_number(parsed)
        assert phonenumbers.region_code_for_number(parsed) == country.upper()
    else:
        assert dial.isdigit()
        assert 3 <= len(dial) <= 6


@pytest.mark.parametrize(("country", "number", "dial"), NUMBERS)
def test_what_is_shown_is_what_is_dialled(country: str, number: str, dial: str) -> None:
    shown = "".join(sign for sign in number if sign.isdigit())
    assert dial.removeprefix("+").endswith(shown.lstrip("0"))


def test_every_country_begins_with_its_emergency_number() -> None:
    for country in ("nl", "be", "gb", "ie", "us"):
        assert HELPLINES.of_country(country)[0].kind == "emergency", country


def test_every_entry_speaks_both_languages_in_one_sentence() -> None:
    for entry in HELPLINES.entries:
        for language in ("en", "nl"):
            assert entry.purpose[language].endswith("."), entry.id
            assert entry.purpose[language].count(".") == 1, entry.id
            assert len(entry.purpose[language].split()) <= 20, entry.id


def test_no_entry_is_newer_than_its_source() -> None:
    assert all(entry.checked.day <= dt.date(2026, 8, 8) for entry in HELPLINES.entries if entry.checked)


def test_what_was_only_recalled_has_no_number() -> None:
    recalled = [entry for entry in HELPLINES.entries if entry.source.mark == "R"]
    assert recalled
    assert all(not entry.contacts for entry in recalled)


def test_both_numbers_of_113_are_there_and_only_the_second_is_called_free() -> None:
    assert [(one.number, one.cost) for one in helpline("nl-113").phones] == [("113", "unknown"), ("0800-0113", "free")]
    assert helpline("nl-113").cost == "unknown"


@pytest.mark.parametrize(
    "name", ["nl-mind", "nl-centrum-seksueel-geweld", "nl-kindertelefoon", "be-awel", "gb-nhs-111-scotland", "ie-hse"]
)
def test_hours_that_no_source_confirms_are_left_out(name: str) -> None:
    assert helpline(name).hours is None


@pytest.mark.parametrize("name", ["nl-veilig-thuis", "be-1813"])
def test_the_phone_answers_day_and_night_and_the_chat_says_to_look(name: str) -> None:
    entry = helpline(name)
    assert entry.hours is not None
    assert entry.hours["en"] == "day and night"
    (chat,) = [contact for contact in entry.contacts if contact.type == "chat"]
    assert chat.hours is not None
    assert chat.hours["nl"] == "zie de site"


def test_the_belgian_line_in_english_shows_its_new_number_first() -> None:
    assert [one.dial for one in helpline("be-chs").phones] == ["+3226162626", "+3226484014"]


def test_a_tap_opens_the_telephone_or_a_message_with_its_word() -> None:
    assert helpline("be-1813").phones[0].href == "tel:1813"
    assert helpline("gb-shout").contacts[0].href == "sms:85258?body=SHOUT"
    assert helpline("us-988").contacts[1].href == "sms:988"


def test_old_and_undated_entries_are_found() -> None:
    old = {entry.id for entry in HELPLINES.checked_before(dt.date(2026, 1, 1))}
    assert {"nl-mind", "ie-hse", "gb-lifeline"} <= old
    assert "nl-113" not in old


def test_a_month_is_a_date_and_stands_for_its_first_day(tmp_path: Path) -> None:
    (entry,) = read(tmp_path, GOOD).entries
    assert entry.checked is not None
    assert (entry.checked.text, entry.checked.day, entry.checked.has_day) == ("2026-08", dt.date(2026, 8, 1), False)


@pytest.mark.parametrize(
    ("before", "after", "line", "said"),
    [
        ('"0800-0113"', "0800-0113", 7, "must stand in quotes"),
        ('"+318000113"', '"+318000114"', 7, '"0800-0113" is printed but "+318000114" is dialled'),
        ('"+318000113"', '"08000113"', 7, '"0800-0113" is printed but "08000113" is dialled'),
        ('"0800-0113", dial: "+318000113"', '"0800-01", dial: "+3180001"', 7, "is no telephone number in this country"),
        ("type: phone", "type: fax", 7, '"type" is "fax"'),
        ("cost: free", "cost: cheap", 7, '"cost" is "cheap"'),
        ("cost: free}", "cost: free, keyword: HELP}", 7, '"keyword" belongs to a text message'),
        ("country: nl", "country: fr", 1, '"country" is "fr"'),
        ("id: nl-test", "id: be-test", 0, "the id must begin with its country"),
        ("kind: crisis", "kind: crises", 2, '"kind" is "crises"'),
        ("checked: 2026-08", "checked: last year", 10, '"checked" is "last year"'),
        ("    checked: 2026-08\n", "", 0, '"checked" is missing'),
        ("mark: V}", "mark: X}", 11, '"mark" is "X"'),
        ("https://www.113.nl/", "www.113.nl", 9, "not a web address"),
        ("languages: [nl]", "languages: [Dutch]", 8, '"Dutch" is no language code'),
        ("    order: 1\n", "", 0, '"order" is missing'),
    ],
)
def test_a_mistake_in_an_entry_is_told_with_its_line(
    tmp_path: Path, before: str, after: str, line: int, said: str
) -> None:
    assert before in GOOD
    error = mistake(load_helplines, written(tmp_path, HEAD + GOOD.replace(before, after, 1)))
    assert said in error.message, error
    assert error.line == FIRST + line


def test_an_entry_that_nobody_can_reach_needs_a_note(tmp_path: Path) -> None:
    contacts = GOOD[GOOD.index("    contacts:") : GOOD.index("    languages:")]
    error = mistake(load_helplines, written(tmp_path, HEAD + GOOD.replace(contacts, "")))
    assert "nobody can be reached" in error.message


def test_two_entries_with_one_id_are_a_mistake(tmp_path: Path) -> None:
    twice = GOOD + GOOD.split("helplines:\n", 1)[1]
    assert "for the second time" in mistake(load_helplines, written(tmp_path, HEAD + twice)).message


def test_a_country_without_a_name_is_a_mistake(tmp_path: Path) -> None:
    text = (HEAD + GOOD).replace("  - {id: us, name: {en: a, nl: b}}\n", "", 1)
    assert '"countries" lacks us' in mistake(load_helplines, written(tmp_path, text)).message

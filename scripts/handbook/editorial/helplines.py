"""The helplines: who can be reached, in which country, how, when and at what cost.

`data/helplines.yml` is the only place where a telephone number may stand; pages name an entry and get its number from
here. What no source confirms is absent, never guessed: an entry without hours shows none, an entry without a number
shows none. Each entry keeps the date its source bears, and a printed number must be the one that is dialled.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import phonenumbers

from handbook.editorial.entries import Entry, Translated, read_mapping, without_doubles

if TYPE_CHECKING:
    from pathlib import Path

COUNTRIES: Final = ("nl", "be", "gb", "ie", "us", "world")
KINDS: Final = ("emergency", "crisis", "listening", "abuse", "young-people", "doctor", "drugs", "directory")
CONTACT_TYPES: Final = ("phone", "sms", "chat", "web")
COSTS: Final = ("free", "normal", "unknown")
MARKS: Final = ("V", "V2", "R", "?")
_LONGEST_SHORT_NUMBER: Final = 6
_PRINTED: Final = re.compile(r"(\+|\()?[0-9]+((\) |[ -])?\(?[0-9]+)*")
_NEVER_EXPENSIVE: Final = ("emergency", "crisis")


@dataclass(frozen=True, slots=True)
class NamedGroup:
    """A country or a kind of help, with the name a reader sees; groups are shown in the order of the file."""

    id: str
    name: Translated


@dataclass(frozen=True, slots=True)
class Contact:
    """One way to reach a helpline."""

    type: str
    number: str | None = None
    dial: str | None = None
    keyword: str | None = None
    url: str | None = None
    cost: str = "unknown"
    hours: Translated | None = None

    @property
    def href(self) -> str:
        """Return what a tap on this contact opens: `tel:`, `sms:` or a web address."""
        if self.type == "phone":
            return f"tel:{self.dial}"
        if self.type == "sms":
            return f"sms:{self.dial}" + (f"?body={quote(self.keyword)}" if self.keyword else "")
        return self.url or ""

    @property
    def is_premium(self) -> bool:
        """Tell whether the number is one at which callers pay for more than the call."""
        if self.dial is None or not self.dial.startswith("+"):
            return False
        kind: int = phonenumbers.number_type(phonenumbers.parse(self.dial))
        return kind == phonenumbers.PhoneNumberType.PREMIUM_RATE


@dataclass(frozen=True, slots=True)
class SourceDate:
    """The date a source bears: a day, or a month where the source names no day (then `day` is the first of it)."""

    text: str
    day: dt.date

    @property
    def has_day(self) -> bool:
        """Tell whether the source names the very day."""
        return len(self.text) > len("2026-08")


@dataclass(frozen=True, slots=True)
class Source:
    """Who stated the entry, and how it was seen: V at the source, V2 second-hand, R recalled, ? sources conflict."""

    who: str
    mark: str


@dataclass(frozen=True, slots=True)
class Helpline:
    """One service. `hours` and `checked` are `None` where no source confirms or dates them."""

    id: str
    line: int
    country: str
    kind: str
    order: int
    name: Translated
    purpose: Translated
    contacts: tuple[Contact, ...]
    hours: Translated | None
    languages: tuple[str, ...]
    url: str | None
    checked: SourceDate | None
    source: Source
    note: Translated | None

    @property
    def phones(self) -> tuple[Contact, ...]:
        """Return the numbers to call, the first one first."""
        return tuple(contact for contact in self.contacts if contact.type == "phone")

    @property
    def cost(self) -> str:
        """Return what calling or texting costs, if that is the same for every number; else "unknown"."""
        costs = {contact.cost for contact in self.contacts if contact.number}
        return costs.pop() if len(costs) == 1 else "unknown"


@dataclass(frozen=True, slots=True)
class Helplines:
    """All helplines in reading order, with the names of countries and kinds; `gone` are ids of those that ended."""

    countries: tuple[NamedGroup, ...]
    kinds: tuple[NamedGroup, ...]
    entries: tuple[Helpline, ...]
    gone: frozenset[str] = frozenset()

    def find(self, name: str) -> Helpline | None:
        """Return the helpline with this id, if there is one."""
        return next((entry for entry in self.entries if entry.id == name), None)

    def of_country(self, country: str) -> tuple[Helpline, ...]:
        """Return the helplines of one country in reading order."""
        return tuple(entry for entry in self.entries if entry.country == country)

    def country(self, name: str) -> NamedGroup:
        """Return a country by its id."""
        return next(group for group in self.countries if group.id == name)

    def kind(self, name: str) -> NamedGroup:
        """Return a kind of help by its id."""
        return next(group for group in self.kinds if group.id == name)

    def checked_before(self, day: dt.date) -> tuple[Helpline, ...]:
        """Return the helplines whose source is older than a day, or bears no date at all."""
        return tuple(entry for entry in self.entries if entry.checked is None or entry.checked.day < day)


def load_helplines(path: Path) -> Helplines:
    """Read `data/helplines.yml`; raise `DataError` at the first thing that is wrong."""
    file = read_mapping(path, "helplines")
    countries = tuple(_group(entry, COUNTRIES) for entry in file.entries("countries"))
    kinds = tuple(_group(entry, KINDS) for entry in file.entries("kinds"))
    for key, groups, wanted in (("countries", countries, COUNTRIES), ("kinds", kinds, KINDS)):
        if missing := set(wanted) - {group.id for group in groups}:
            file.fail(f'"{key}" lacks {", ".join(sorted(missing))}', "add an id and a name for each.", key=key)
    entries = [_helpline(entry) for entry in file.entries("helplines")]
    gone = frozenset(_gone(entry) for entry in file.entries("gone"))
    file.finish()
    if not entries:
        file.fail("there is no helpline", 'put the entries back under "helplines:".')
    without_doubles(path, [(entry.line, entry.id) for entry in entries], "the helpline")
    place = {group.id: number for number, group in enumerate(countries)}
    entries.sort(key=lambda entry: (place[entry.country], entry.order, entry.id))
    return Helplines(countries, kinds, tuple(entries), gone)


def _gone(entry: Entry) -> str:
    """Read which helpline ended; why is for people alone."""
    name = entry.identifier("id")
    entry.text("why")
    entry.finish()
    return name


def _group(entry: Entry, allowed: tuple[str, ...]) -> NamedGroup:
    group = NamedGroup(id=entry.choice("id", allowed), name=entry.translated("name"))
    entry.finish()
    return group


def _helpline(entry: Entry) -> Helpline:
    name = entry.text("id")
    entry.what = f"helpline {name}"
    country = entry.choice("country", COUNTRIES)
    if not name.startswith(f"{country}-"):
        rest = name.partition("-")[2] or name
        entry.fail("the id must begin with its country", f'write "{country}-{rest}".', key="id")
    contacts = tuple(_contact(part, country) for part in entry.entries("contacts"))
    helpline = Helpline(
        id=name,
        line=entry.line,
        country=country,
        kind=entry.choice("kind", KINDS),
        order=entry.integer("order"),
        name=entry.translated("name"),
        purpose=entry.translated("purpose"),
        contacts=contacts,
        hours=entry.optional_translated("hours"),
        languages=_spoken(entry),
        url=entry.optional_address("url"),
        checked=_source_date(entry),
        source=_source(entry.entry("source")),
        note=entry.optional_translated("note"),
    )
    entry.finish()
    if helpline.kind in _NEVER_EXPENSIVE and any(contact.is_premium for contact in contacts):
        entry.fail("a number costs the caller extra", "a line for a crisis has a free or a normal number.")
    if not contacts and helpline.note is None:
        entry.fail("nobody can be reached", "add a contact, or a note that says how to find the number.")
    return helpline


def _contact(entry: Entry, country: str) -> Contact:
    kind = entry.choice("type", CONTACT_TYPES)
    hours = entry.optional_translated("hours")
    if kind in ("chat", "web"):
        contact = Contact(kind, url=_address(entry), hours=hours, cost="free")
    else:
        number, dial = entry.quoted("number"), entry.quoted("dial")
        _same_number(entry, country, number, dial)
        keyword = entry.optional_text("keyword")
        if keyword and kind == "phone":
            entry.fail('"keyword" belongs to a text message', "remove it.", key="keyword")
        contact = Contact(kind, number, dial, keyword, cost=entry.choice("cost", COSTS), hours=hours)
        if contact.is_premium and contact.cost != "unknown":
            entry.fail(
                f'"{number}" costs the caller extra, and the entry says otherwise', "mend the number.", key="cost"
            )
    entry.finish()
    return contact


def _same_number(entry: Entry, country: str, number: str, dial: str) -> None:
    if not _PRINTED.fullmatch(number):
        hint = "write digits alone, in groups with a space or a hyphen between them."
        entry.fail(f'"{number}" is more than a telephone number', hint, key="number")
    digits = "".join(sign for sign in number if sign.isdigit())
    if not dial.startswith("+"):
        if dial != digits or len(dial) > _LONGEST_SHORT_NUMBER:
            hint = f'write dial: "{digits}" for a short number, or the full number with + and country code.'
            entry.fail(f'"{number}" is printed but "{dial}" is dialled', hint, key="dial")
        return
    try:
        parsed = phonenumbers.parse(number, country.upper())
    except phonenumbers.NumberParseException:
        parsed = None
    if parsed is None or not phonenumbers.is_valid_number(parsed):
        hint = "compare it with the service's own site."
        entry.fail(f'"{number}" is no telephone number in this country', hint, key="number")
    if country != "world" and phonenumbers.region_code_for_number(parsed) not in _regions(country):
        entry.fail(f'"{number}" is a number of another country', "name the country it belongs to.", key="number")
    meant = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    if meant != dial:
        entry.fail(f'"{number}" is printed but "{dial}" is dialled', f'write dial: "{meant}".', key="dial")


def _regions(country: str) -> tuple[str, ...]:
    code = phonenumbers.country_code_for_region(country.upper())
    return phonenumbers.region_codes_for_country_code(code)


def _address(entry: Entry) -> str:
    url = entry.optional_address("url")
    if url is None:
        entry.fail('"url" is missing', 'add "url: https://…".')
    return url


def _spoken(entry: Entry) -> tuple[str, ...]:
    codes = entry.texts("languages")
    for code in codes:
        if not (len(code) == 2 and code.isascii() and code.islower()):
            entry.fail(f'"{code}" is no language code', "write two small letters, for example nl.", key="languages")
    return codes


def _source_date(entry: Entry) -> SourceDate | None:
    text = entry.text("checked")
    if text == "undated":
        return None
    try:
        day = dt.date.fromisoformat(text if len(text) > len("2026-08") else f"{text}-01")
    except ValueError:
        hint = "write the day or the month that the source bears (2026-08-06 or 2026-08), or undated."
        entry.fail(f'"checked" is "{text}", which is no date', hint, key="checked")
    return SourceDate(text, day)


def _source(entry: Entry) -> Source:
    source = Source(who=entry.text("who"), mark=entry.choice("mark", MARKS))
    entry.finish()
    return source

"""Days and hours in data files: a day that has not come yet, and hours that differ between the languages."""

from __future__ import annotations

import datetime as dt
import re
from itertools import combinations
from typing import TYPE_CHECKING, Final

from handbook.editorial.handbook_data import data_of, is_handbook, need
from handbook.rules.numbers import quantities
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.editorial.entries import Translated
    from handbook.editorial.helplines import Helpline
    from handbook.model.project import Project

_AHEAD: Final = dt.timedelta(days=1)
"""In the east a day begins before it does at Greenwich, by whose clock dates are judged."""
_ALWAYS: Final = frozenset({"24", "7"})
"""One language may say 24 hours a day, the other day and night."""
_PART_OF_DAY: Final = re.compile(
    r"\b(morning|noon|afternoon|evening|night|ochtends|morgens|middags|avonds|nachts)\b", re.IGNORECASE
)
_MINUTES: Final = re.compile(r"(\d{1,2})[.:](\d\d)")


@rule(
    "DAT202",
    "date-in-future",
    Scope.PROJECT,
    around=False,
    needs=is_handbook,
    en=Text(
        "A helpline was checked, or a change published, on a day that has not come yet.",
        "A typing error in a year keeps an old number from ever being looked at again.",
        "checked: 2062-08-08",
        "checked: 2026-08-08",
    ),
    nl=Text(
        "Een hulplijn is nagekeken of een wijziging gepubliceerd op een dag die nog moet komen.",
        "Door een tikfout in een jaartal kijkt niemand een oud nummer ooit nog na.",
        "checked: 2062-08-08",
        "checked: 2026-08-08",
    ),
)
def date_in_future(_project: Project, project: Project) -> Iterator[Hit]:
    """Compare each date with today, with a day to spare."""
    data = data_of(project)
    last = data.today + _AHEAD
    for helpline in data.helplines.entries if data.helplines else ():
        if helpline.checked and helpline.checked.day > last:
            message = f"{helpline.checked.text} is in the future: nobody can have checked {helpline.id} then"
            yield Hit("data/helplines.yml", helpline.line, message, "Write the day that its source bears.")
    for change in data.changes.entries if data.changes else ():
        if change.date > last:
            message = f"{change.date} is in the future: readers cannot have been told then"
            yield Hit("data/changes.yml", change.line, message, "Write the day it is published.")


@rule(
    "DAT305",
    "hours-differ",
    Scope.PROJECT,
    around=False,
    needs=need("helplines"),
    en=Text(
        "The hours of a helpline differ between the languages.",
        "Somebody calls when nobody answers, or does not call while somebody would.",
        "hours: {en: 10:00 to 20:00, nl: van 10 tot 22 uur}",
        "hours: {en: 10:00 to 20:00, nl: van 10 tot 20 uur}",
    ),
    nl=Text(
        "De tijden van een hulplijn verschillen tussen de talen.",
        "Iemand belt wanneer niemand opneemt, of belt niet terwijl er iemand zit.",
        "hours: {en: 10:00 to 20:00, nl: van 10 tot 22 uur}",
        "hours: {en: 10:00 to 20:00, nl: van 10 tot 20 uur}",
    ),
)
def hours_differ(_project: Project, project: Project) -> Iterator[Hit]:
    """Compare the numbers in the hours of each helpline, however a language writes a time."""
    helplines = data_of(project).helplines
    for helpline in helplines.entries if helplines else ():
        for hours in _hours(helpline):
            for (one, here), (two, there) in combinations(sorted(hours.words.items()), 2):
                in_twelve = bool(_PART_OF_DAY.search(here) or _PART_OF_DAY.search(there))
                if _clock(here, one, in_twelve=in_twelve) != _clock(there, two, in_twelve=in_twelve):
                    message = f'the hours of {helpline.id} differ: "{here}" ({one}), "{there}" ({two})'
                    hint = "Find out at the service's own site which of the two is right."
                    yield Hit("data/helplines.yml", helpline.line, message, hint)


def _hours(helpline: Helpline) -> list[Translated]:
    return [hours for hours in (helpline.hours, *(one.hours for one in helpline.contacts)) if hours is not None]


def _clock(text: str, language: str, *, in_twelve: bool) -> list[str]:
    """Give the numbers of a text in order, whole hours without minutes: "10:00", "10.00" and "10 uur" are all 10."""
    found = []
    for quantity in quantities(text, 1, language):
        time = _MINUTES.fullmatch(quantity.value if quantity.kind == "time" else quantity.written)
        hour, minutes = (time[1], time[2]) if time else (quantity.value, "00")
        if hour.isdecimal():
            hour = str(int(hour) % 12 if in_twelve else int(hour))
        found.append(hour if minutes == "00" else f"{hour}:{minutes}")
    return sorted(one for one in found if one not in _ALWAYS)

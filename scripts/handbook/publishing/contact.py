"""The publisher's private address, for readers who would rather not write in public.

It is a setting of whoever publishes a copy (`extra.contact` in mkdocs.yml, from the variable CONTACT): a mail address,
or a web address with a form. A copy without one says so; no address is ever made up for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from handbook.editorial.entries import is_plain_address

_MAIL: Final = re.compile(r"[A-Za-z0-9.+_-]+@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}")


@dataclass(frozen=True, slots=True)
class Contact:
    """Where to write: what is shown, and what a tap on it opens."""

    shown: str
    href: str


def contact_of(setting: object) -> Contact | None:
    """Read the setting; None where it is empty, ValueError where it is neither a mail address nor one with https."""
    text = setting.strip() if isinstance(setting, str) else ""
    if not text and (setting is None or isinstance(setting, str)):
        return None
    if _MAIL.fullmatch(text):
        return Contact(text, f"mailto:{text}")
    if is_plain_address(text):
        return Contact(text.removeprefix("https://").rstrip("/"), text)
    raise ValueError(f'"{str(setting)[:80]}" is neither a mail address nor a web address that begins with https')

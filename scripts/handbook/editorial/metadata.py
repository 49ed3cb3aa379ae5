"""What the block of YAML at the top of a page says about it.

The build needs only some of it and takes sensible values for what is absent, so that a small site with bare pages
still builds; that a page of this handbook must carry every key is a rule of the checks, not of this reader.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import yaml

from handbook.reading.plain_yaml import Loader, refuse_elaborate

if TYPE_CHECKING:
    from collections.abc import Mapping

AUDIENCES: Final = ("client", "therapist", "contributor", "everyone")
CERTAINTIES: Final = ("well-supported", "some-support", "debated", "practice-wisdom")
MARKUP: Final = re.compile(r"</?[A-Za-z][^<>]*>|<!--")
"""HTML, which words that are no Markdown cannot hold."""
SENSITIVITIES: Final = ("none", "abuse", "suicide", "trauma")


@dataclass(frozen=True, slots=True)
class ClinicalReview:
    """A named person with a profession who reviewed the page, and when."""

    name: str
    profession: str
    date: dt.date
    interests: str


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """The front matter of one page in one language; `None` or empty where the page does not say."""

    title: str = ""
    section: str | None = None
    description: str = ""
    slug: str | None = None
    audience: str = "everyone"
    claims: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    certainty: str | None = None
    debates: tuple[str, ...] = ()
    sensitive: str = "none"
    next: str | None = None
    related: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    checked: dt.date | None = None
    check_again: dt.date | None = None
    clinical_review: ClinicalReview | None = field(default=None)


def split_front_matter(text: str) -> tuple[str, str]:
    """Return the YAML between the two `---` lines (empty if there is none) and the Markdown after it."""
    lines = text.removeprefix("\ufeff").splitlines(keepends=True)
    if not lines or lines[0].strip() != "---":
        return "", text
    for number, line in enumerate(lines[1:], start=1):
        if line.strip() in ("---", "..."):
            return "".join(lines[1:number]), "".join(lines[number + 1 :])
    return "", text


def parse_metadata(source: str) -> PageMetadata:
    """Read front matter from YAML text.

    Values of an unexpected type count as absent: naming them, with file and line, is the checks' work, and a build
    that stopped here would hide every other finding.
    """
    try:
        refuse_elaborate(source)
        loaded = yaml.load(source, Loader=Loader)  # noqa: S506 (a safe one)
    except (yaml.YAMLError, ValueError, RecursionError):
        loaded = None
    return metadata_from(loaded if isinstance(loaded, dict) else {})


def metadata_from(values: Mapping[str, Any]) -> PageMetadata:
    """Build front matter from a mapping of YAML values, ignoring what has the wrong type."""

    def text(key: str) -> str | None:
        value = values.get(key)
        return value.strip() if isinstance(value, str) and value.strip() else None

    def texts(key: str) -> tuple[str, ...]:
        value = values.get(key)
        return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()

    def date(key: str) -> dt.date | None:
        value = values.get(key)
        if isinstance(value, dt.datetime):
            return value.date()
        return value if isinstance(value, dt.date) else None

    return PageMetadata(
        title=text("title") or "",
        section=text("section"),
        description=text("description") or "",
        slug=text("slug"),
        audience=text("audience") or "everyone",
        claims=texts("claims"),
        evidence=texts("evidence"),
        certainty=text("certainty"),
        debates=texts("debates"),
        sensitive=text("sensitive") or "none",
        next=text("next"),
        related=texts("related"),
        beside=texts("beside"),
        checked=date("checked"),
        check_again=date("check_again"),
        clinical_review=_clinical_review(values.get("clinical_review")),
    )


def _clinical_review(value: object) -> ClinicalReview | None:
    if not isinstance(value, dict):
        return None
    name, profession, date, interests = (value.get(key) for key in ("name", "profession", "date", "interests"))
    if isinstance(name, str) and isinstance(profession, str) and isinstance(date, dt.date):
        return ClinicalReview(name, profession, date, interests if isinstance(interests, str) else "")
    return None

"""Rules about the front matter: its keys, their values, and the pages it names."""

from __future__ import annotations

import datetime as dt
import difflib
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from handbook.editorial.handbook_data import data_of, is_handbook
from handbook.editorial.metadata import AUDIENCES, CERTAINTIES, MARKUP, SENSITIVITIES
from handbook.model.finding import Mend, Severity
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from handbook.model.page import Page
    from handbook.model.project import Project

LONGEST_DESCRIPTION: Final = 160
LONGEST_SLUG: Final = 80
LONGEST_INTERVAL: Final = dt.timedelta(days=731)
LONGEST_INTERVAL_OF_NUMBERS: Final = dt.timedelta(days=184)
PAGES_OF_NUMBERS: Final = frozenset({"help-now.md"})
_SLUG: Final = re.compile(r"[^\W_A-Z]+(-[^\W_A-Z]+)*")


@dataclass(frozen=True, slots=True)
class Key:
    """What a key may hold: a test of the value, and the words that say what is expected."""

    fits: Callable[[Any], bool]
    expected: str


def _one_script(slug: str) -> bool:
    """Tell whether the letters are of one script, small, and written in the plain way."""
    scripts = {unicodedata.name(letter, "?").split()[0] for letter in slug if letter.isalpha()}
    return len(scripts) < 2 and unicodedata.normalize("NFKC", slug.lower()) == slug and "\u0131" not in slug


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_plain_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and not MARKUP.search(value)


def _is_list_of_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_date(value: object) -> bool:
    return isinstance(value, dt.date) and not isinstance(value, dt.datetime)


def _is_review(value: object) -> bool:
    return value == "none" or (
        isinstance(value, dict)
        and set(value) == {"name", "profession", "date", "interests"}
        and _is_date(value["date"])
        and all(_is_text(value[key]) for key in ("name", "profession", "interests"))
    )


def _one_of(values: tuple[str, ...]) -> Key:
    return Key(lambda value: value in values, "one of: " + ", ".join(values))


TEXT: Final = Key(_is_plain_text, "words on one line, without HTML")
LIST: Final = Key(_is_list_of_texts, "a list in square brackets, such as [C4, C9] or []")
DATE: Final = Key(_is_date, "a date written year-month-day, such as 2026-11-22")
REVIEW: Final = Key(_is_review, "none, or the name, profession, date and interests of whoever reviewed the page")
KEYS: Final[Mapping[str, Key]] = {
    "title": TEXT,
    "section": TEXT,
    "description": Key(_is_plain_text, f"one plain sentence of at most {LONGEST_DESCRIPTION} characters, without HTML"),
    "slug": TEXT,
    "audience": _one_of(AUDIENCES),
    "claims": LIST,
    "evidence": LIST,
    "certainty": _one_of(CERTAINTIES),
    "debates": LIST,
    "sensitive": _one_of(SENSITIVITIES),
    "next": TEXT,
    "related": LIST,
    "beside": LIST,
    "checked": DATE,
    "check_again": DATE,
    "clinical_review": REVIEW,
}
REQUIRED: Final = (
    "title", "description", "audience", "claims", "evidence", "sensitive", "next", "related", "checked", "check_again",
    "clinical_review",
)  # fmt: skip


@rule(
    "MET101",
    "front-matter-key-missing",
    Scope.PAGE,
    needs=is_handbook,
    en=Text(
        "The block at the top of the page lacks a key.",
        "Menus, search, dates and the note on review come from it.",
        "a page without description:",
        "description: What boundaries are, and how to say no in small steps.",
    ),
    nl=Text(
        "In het blok bovenaan de pagina ontbreekt een gegeven.",
        "Menu's, zoeken, datums en de regel over nakijken komen daaruit.",
        "een pagina zonder description:",
        "description: Wat grenzen zijn, en hoe je in kleine stappen nee leert zeggen.",
    ),
)
def key_missing(page: Page, _project: Project) -> Iterator[Hit]:
    """Name each key that must be there and is not."""
    if page.opaque or page.front_matter.error or _is_shared(page):
        return
    required = list(REQUIRED)
    if page.section("what-we-know"):
        required.append("certainty")
    if page.key.endswith("/index.md"):
        required.append("section")
    for key in required:
        if page.front_matter.entry(key) is None:
            expected = KEYS[key].expected
            yield Hit(
                page.path,
                max(page.front_matter.line, 1),
                f'"{key}" is missing at the top of the page',
                f"Add {key}: {expected}.",
            )


@rule(
    "MET102",
    "front-matter-key-unknown",
    Scope.PAGE,
    needs=is_handbook,
    mends=True,
    en=Text(
        "The block at the top of the page holds a key that nothing reads.",
        "A misspelt key is as good as a missing one.",
        "discription: What boundaries are.",
        "description: What boundaries are.",
    ),
    nl=Text(
        "In het blok bovenaan staat een gegeven dat nergens wordt gebruikt.",
        "Een verkeerd gespelde naam is zo goed als een ontbrekende.",
        "discription: Wat grenzen zijn.",
        "description: Wat grenzen zijn.",
    ),
)
def key_unknown(page: Page, _project: Project) -> Iterator[Hit]:
    """Name each key that is not known, and the one that was probably meant."""
    for entry in page.front_matter.entries:
        if entry.key not in KEYS:
            close = difflib.get_close_matches(entry.key, KEYS, n=1, cutoff=0.75)
            mend = (
                Mend(entry.line, f"{entry.key}:", f"{close[0]}:")
                if close and close[0] not in page.front_matter.keys
                else None
            )
            hint = f"Did you mean {close[0]}?" if close else "Remove it, or use one of: " + ", ".join(KEYS) + "."
            yield Hit(page.path, entry.line, f'"{entry.key}" is not a key that pages have', hint, mend=mend)


@rule(
    "MET103",
    "front-matter-value-wrong",
    Scope.PAGE,
    needs=is_handbook,
    en=Text(
        "A key at the top of the page has a value that it cannot have.",
        "The build would ignore it without a word.",
        "audience: clients",
        "audience: client",
    ),
    nl=Text(
        "Een gegeven bovenaan de pagina heeft een waarde die niet kan.",
        "De site zou het stilzwijgend overslaan.",
        "audience: cliënten",
        "audience: client",
    ),
)
def value_wrong(page: Page, _project: Project) -> Iterator[Hit]:
    """Test each value."""
    for entry in page.front_matter.entries:
        key = KEYS.get(entry.key)
        if key is not None and not key.fits(entry.value):
            shown = str(entry.value)[:60]
            is_empty = entry.value is None or not shown.strip()
            message = f'"{entry.key}" is empty' if is_empty else f'"{entry.key}" cannot be "{shown}"'
            yield Hit(page.path, entry.line, message, f"Write {key.expected}.")
    slug = page.front_matter.get("slug")
    if isinstance(slug, str) and not (_SLUG.fullmatch(slug) and len(slug) <= LONGEST_SLUG and _one_script(slug)):
        hint = "Use small letters and numbers with hyphens between them."
        yield Hit(page.path, page.front_matter.line_of("slug"), f'"slug" cannot be "{slug[:60]}"', hint)


@rule(
    "MET104",
    "description-too-long",
    Scope.PAGE,
    severity=Severity.WARNING,
    needs=is_handbook,
    en=Text(
        f"The description is longer than {LONGEST_DESCRIPTION} characters.",
        "Search results and link previews cut it off in the middle.",
        "description: (three sentences)",
        "description: One plain sentence.",
    ),
    nl=Text(
        f"De beschrijving is langer dan {LONGEST_DESCRIPTION} tekens.",
        "Zoekresultaten en voorbeelden van links breken haar halverwege af.",
        "description: (drie zinnen)",
        "description: Eén gewone zin.",
    ),
)
def description_too_long(page: Page, _project: Project) -> Iterator[Hit]:
    """Count its characters."""
    description = page.front_matter.get("description")
    if isinstance(description, str) and len(description) > LONGEST_DESCRIPTION:
        message = f"the description has {len(description)} characters; {LONGEST_DESCRIPTION} fit"
        yield Hit(page.path, page.front_matter.line_of("description"), message, "Make it one plain sentence.")


@rule(
    "MET105",
    "title-differs-from-heading",
    Scope.PAGE,
    needs=is_handbook,
    en=Text(
        "The title at the top and the first heading are not the same.",
        "Menus would name the page otherwise than the page names itself.",
        "title: Boundaries … # Limits",
        "title: Boundaries … # Boundaries",
    ),
    nl=Text(
        "De titel bovenaan en de eerste kop zijn niet gelijk.",
        "Menu's noemen de pagina dan anders dan de pagina zichzelf.",
        "title: Grenzen … # Begrenzen",
        "title: Grenzen … # Grenzen",
    ),
)
def title_differs(page: Page, _project: Project) -> Iterator[Hit]:
    """Compare them letter by letter; the home page greets instead of naming itself."""
    title = page.front_matter.get("title")
    heading = next((one for one in page.headings if one.level == 1), None)
    if (
        isinstance(title, str)
        and heading is not None
        and heading.text.strip() != title.strip()
        and page.key != "index.md"
    ):
        message = f'the title is "{title}" and the heading is "{heading.text}"'
        yield Hit(page.path, heading.line, message, "Make them the same.")


@rule(
    "MET106",
    "named-page-missing",
    Scope.PAGE,
    around=True,
    needs=is_handbook,
    en=Text(
        "`next`, `related` or `beside` names a page that does not exist.",
        "The reader would lose the way on.",
        "next: needs/saftey.md",
        "next: needs/safety.md",
    ),
    nl=Text(
        "`next`, `related` of `beside` noemt een pagina die niet bestaat.",
        "De lezer raakt dan de weg verder kwijt.",
        "next: needs/saftey.md",
        "next: needs/safety.md",
    ),
)
def named_page_missing(page: Page, project: Project) -> Iterator[Hit]:
    """Look up each named page in the page's own language."""
    for key in ("next", "related", "beside"):
        value = page.front_matter.get(key)
        for named in value if isinstance(value, list) else [value]:
            if isinstance(named, str) and page.language not in project.by_key.get(named, {}):
                hint = _other_name(named, page.language, project)
                yield Hit(
                    page.path, page.front_matter.line_of(key), f'"{key}" names {named}, which does not exist', hint
                )
            elif named == page.key:
                yield Hit(
                    page.path, page.front_matter.line_of(key), f'"{key}" names the page itself', "Name another page."
                )


def _other_name(named: str, language: str, project: Project) -> str:
    if elsewhere := project.by_key.get(named):
        names = [language.name for language in project.languages if language.locale in elsewhere]
        return f"The page exists in {' and '.join(names)} only: write it in this language, too, or name another."
    keys = sorted(one.key for one in project.pages if one.language == language)
    close = difflib.get_close_matches(named, keys, n=1, cutoff=0.8)
    return f"Did you mean {close[0]}?" if close else "Write a path below the folder of the language."


@rule(
    "MET107",
    "review-overdue",
    Scope.PAGE,
    needs=is_handbook,
    en=Text(
        "The page should have been checked again by now, or plans to be checked too late.",
        "Knowledge and numbers age; readers see the date. At most two years, for the page of numbers half a year.",
        "check_again: 2024-01-01",
        "check_again: a day at most two years after checked",
    ),
    nl=Text(
        "De pagina had al opnieuw nagekeken moeten zijn, of wordt dat pas te laat.",
        "Kennis en nummers verouderen; lezers zien de datum. Hoogstens twee jaar, voor de nummers een half jaar.",
        "check_again: 2024-01-01",
        "check_again: een dag hoogstens twee jaar na checked",
    ),
)
def review_overdue(page: Page, project: Project) -> Iterator[Hit]:
    """Compare the two dates with each other and with today."""
    checked, again = page.front_matter.get("checked"), page.front_matter.get("check_again")
    if not (_is_date(checked) and _is_date(again)):
        return
    line = page.front_matter.line_of("check_again")
    longest = LONGEST_INTERVAL_OF_NUMBERS if page.key in PAGES_OF_NUMBERS else LONGEST_INTERVAL
    today = data_of(project).today
    if again < today:
        yield Hit(
            page.path, line, f"this page should have been checked again on {again}", "Check it and set both dates."
        )
    elif again - checked > longest:
        message = f"there are {(again - checked).days} days between the two checks; at most {longest.days} are allowed"
        yield Hit(page.path, line, message, "Choose an earlier day.")
    elif checked > today:
        yield Hit(
            page.path,
            page.front_matter.line_of("checked"),
            f"{checked} is in the future",
            "Write the day it was checked.",
        )


@rule(
    "MET108",
    "slug-used-twice",
    Scope.PROJECT,
    needs=is_handbook,
    en=Text(
        "Two pages of one folder want the same address.",
        "One would overwrite the other.",
        "slug: grenzen (in two files of a folder)",
        "slug: grenzen-stellen (in one of them)",
    ),
    nl=Text(
        "Twee pagina's in één map willen hetzelfde adres.",
        "De ene overschrijft dan de andere.",
        "slug: grenzen (in twee bestanden van een map)",
        "slug: grenzen-stellen (in één ervan)",
    ),
)
def slug_used_twice(_project: Project, project: Project) -> Iterator[Hit]:
    """Collect the address each page of a folder asks for."""
    seen: dict[tuple[str, str, str], Page] = {}
    for page in project.pages:
        folder, _, name = page.key.rpartition("/")
        if name == "index.md":
            folder, _, name = folder.rpartition("/")
        part = page.front_matter.get("slug")
        place = (page.language, folder, part if isinstance(part, str) else name.removesuffix(".md"))
        if place in seen:
            message = f'this page wants the same address as {seen[place].path}: "{place[2]}"'
            yield Hit(page.path, page.front_matter.line_of("slug"), message, "Give one of them another slug.")
        seen[place] = page


def _has_menu(project: Project) -> str:
    return is_handbook(project) or ("" if project.configuration.nav else "mkdocs.yml has no menu")


@rule(
    "MET109",
    "page-not-in-menu",
    Scope.PROJECT,
    needs=_has_menu,
    en=Text(
        "A page stands in no place of the menu in mkdocs.yml, or in two.",
        "Readers only meet it by chance, and it has no page before and after it.",
        "docs/en/needs/rest.md, and no needs/rest.md below nav",
        "nav:\n  - needs:\n      - needs/rest.md",
    ),
    nl=Text(
        "Een pagina staat nergens in het menu in mkdocs.yml, of twee keer.",
        "Lezers vinden haar alleen bij toeval, en er komt geen pagina voor en na.",
        "docs/nl/needs/rest.md, en geen needs/rest.md onder nav",
        "nav:\n  - needs:\n      - needs/rest.md",
    ),
)
def page_not_in_menu(_project: Project, project: Project) -> Iterator[Hit]:
    """Compare the pages with the entries of the menu, once for all languages."""
    path = project.configuration.path
    seen: dict[str, int] = {}
    for entry in project.configuration.nav:
        if entry.target in seen:
            message = f"{entry.target} already stands in the menu on line {seen[entry.target]}"
            yield Hit(path, entry.line, message, "Keep one of the two.")
        seen.setdefault(entry.target, entry.line)
    for key in sorted(project.by_key):
        page = next(iter(project.by_key[key].values()))
        if key not in seen and page.localized and not page.partial:
            yield Hit(page.path, 1, "this page does not stand in the menu", f"Add {key} below nav in mkdocs.yml.")


@rule(
    "MET110",
    "page-beside-one-sided",
    Scope.PROJECT,
    needs=is_handbook,
    en=Text(
        "A page for therapists and its page for clients do not name each other.",
        "A therapist has half a minute to find what to give; a client may see what the therapist reads.",
        "beside: [change/ambivalence.md] on the page for therapists, and nothing on that page",
        "beside: [therapists/motivational-interviewing.md] on that page as well",
    ),
    nl=Text(
        "Een pagina voor therapeuten en de pagina voor cliënten erbij noemen elkaar niet.",
        "Een therapeut vindt zo snel wat mee te geven; een cliënt mag zien wat de therapeut leest.",
        "beside: [change/ambivalence.md] op de pagina voor therapeuten, en niets op die pagina zelf",
        "beside: [therapists/motivational-interviewing.md] ook op die pagina",
    ),
)
def page_beside_one_sided(_project: Project, project: Project) -> Iterator[Hit]:
    """Look from each page at those beside it, and for pages for therapists that stand alone."""
    for page in project.pages:
        audience, beside = page.front_matter.get("audience"), page.front_matter.texts("beside")
        if audience == "therapist" and not beside:
            hint = "Name under beside the page that a therapist would give."
            yield Hit(page.path, max(page.front_matter.line, 1), "no page for clients stands beside this one", hint)
        for key in beside:
            other = project.by_key.get(key, {}).get(page.language)
            if other is None:
                continue
            line = page.front_matter.line_of("beside")
            if sorted(map(str, (audience, other.front_matter.get("audience")))) != ["client", "therapist"]:
                message = f'"beside" names {key}, and the two are not a page for clients and one for therapists'
                yield Hit(page.path, line, message, "Pages for the same readers belong under related.")
            elif page.key not in other.front_matter.texts("beside"):
                message = f'"beside" names {key}, which does not name this page'
                yield Hit(page.path, line, message, f"Add {page.key} under beside in {other.path}.")


def _is_shared(page: Page) -> bool:
    return any(part.startswith("_") for part in page.key.split("/"))

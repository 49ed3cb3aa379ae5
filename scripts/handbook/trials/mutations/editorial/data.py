"""Data files: broken, wrong, out of date, or no longer what pages name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from handbook.model.finding import Place
from handbook.trials.edit import Draft, Edit
from handbook.trials.mutations.editorial.shelf import EditorialShelf

if TYPE_CHECKING:
    from random import Random

    from handbook.trials.world import World

shelf: Final = EditorialShelf()


def _data(  # noqa: PLR0913, PLR0917 - as in Shelf.swap
    name: str, what: str, codes: str, path: str, pattern: str, new: str, above: str = ""
) -> None:
    """Put a kind on the shelf that changes one line of a data file; the finding may stand where the data is used.

    `above` must stand in the few lines above that one.
    """

    @shelf.make(name, what, codes)
    def _make(world: World, chance: Random) -> Edit | None:
        draft = Draft(path, world.read(path))
        lines = [
            number
            for number, line in enumerate(draft.lines, 1)
            if re.search(pattern, line) and above in "".join(draft.lines[max(number - 7, 0) : number])
        ]
        number = world.draw(chance, lines)
        if number is None:
            return None
        return draft.put(
            number,
            re.sub(pattern, lambda match: match.expand(new) if "\\1" in new else new, draft.line(number), count=1),
        ).edit(*range(max(number - 30, 1), number + 13))


_data(
    "data-value-wrong",
    "a cost that does not exist in data/helplines.yml",
    "DAT101",
    "data/helplines.yml",
    r"cost: free",
    "cost: gratis",
)
_data(
    "words-that-harm-in-data",
    "words that do harm in data/helplines.yml",
    "WOR102",
    "data/helplines.yml",
    r"if you think about suicide",
    "if you want to commit suicide",
)
_data(
    "word-twice-in-data",
    "a small word twice in a row in data/helplines.yml",
    "WOR402",
    "data/helplines.yml",
    r"^(      en: .*) the ",
    r"\1 the the ",
)
_data(
    "data-yaml-broken",
    "a bracket not closed in data/helplines.yml",
    "DAT101",
    "data/helplines.yml",
    r"languages: \[nl, en\]",
    "languages: [nl, en",
)
_data(
    "data-key-misspelt",
    "a typing error in a key of data/glossary.yml",
    "DAT101",
    "data/glossary.yml",
    r"^  definition:",
    "  defintion:",
)
_data(
    "data-json-broken",
    "a comma missing in data/references.json",
    "DAT101",
    "data/references.json",
    r'^    "type": "article-journal",',
    '    "type": "article-journal"',
)
_data(
    "data-language-missing",
    "words in one language only in data/debates.yml",
    "DAT101 DAT102",
    "data/debates.yml",
    r'  title: \{en: (".*"), nl: .*\}',
    r"  title: {en: \1}",
)
_data(
    "figure-key-misspelt",
    "a typing error in a key of data/figures.yml, in one language",
    "DAT102",
    "data/figures.yml",
    r"^    caption:",
    "    capton:",
)
_data(
    "data-number-differs",
    "a number that is not what its dialling code dials",
    "DAT101",
    "data/helplines.yml",
    r'number: "0800-0113", dial: "\+318000113"',
    'number: "0800-0114", dial: "+318000113"',
)
_data(
    "data-number-impossible",
    "a number with a digit too few",
    "DAT101",
    "data/helplines.yml",
    r'number: "0800-0113", dial: "\+318000113"',
    'number: "0800-013", dial: "+31800013"',
)
_data(
    "data-check-outdated",
    "a helpline checked a year ago",
    "DAT201",
    "data/helplines.yml",
    r"checked: 2026-08-08",
    "checked: 2025-08-08",
    above="number:",  # a site without a number cannot mislead a caller
)
_data(
    "data-tab",
    "a tab in data/glossary.yml",
    "DAT101",
    "data/glossary.yml",
    r"^  inflections:",
    "\tinflections:",
)
_data(
    "data-pattern-broken",
    "a pattern that is none in data/wording.yml",
    "DAT101",
    "data/wording.yml",
    r"pattern: \\bsuffer.*$",
    "pattern: \\bsuffer(s",
)
_data(
    "data-band-broken",
    "a word where a figure belongs in data/readability.yml",
    "DAT101",
    "data/readability.yml",
    r"mean_sentence: \{target: \d+",
    "mean_sentence: {target: short",
)


_data(
    "data-checked-in-future",
    "a helpline checked in a year that has not come yet",
    "DAT202",
    "data/helplines.yml",
    r"checked: 2026-",
    "checked: 2062-",
)
_data(
    "data-hours-differ",
    "the hours of a helpline changed in one language",
    "DAT305",
    "data/helplines.yml",
    r"tot 20 uur|tot 22\.00 uur",
    "tot 21 uur",
)
_data(
    "news-of-no-day",
    "a change published on a day that does not exist",
    "DAT101",
    "data/changes.yml",
    r"date: 2026-",
    "date: 20266-",
)
_data(
    "data-page-renamed-in-search",
    "words of search for a page that does not exist",
    "DAT107",
    "data/search/en.yml",
    r"^  needs/safety\.md:",
    "  needs/saftey.md:",
)
_data(
    "data-page-renamed-in-glossary",
    "a term that leads to a page that does not exist",
    "DAT107",
    "data/glossary.yml",
    r"^  page: (.*)\.md",
    r"  page: \1-too.md",
)
_data(
    "data-with-html",
    "bold letters in HTML in data/glossary.yml",
    "DAT108",
    "data/glossary.yml",
    r"^(    en: \")(\w+)",
    r"\1<b>\2</b>",
)
_data(
    "search-key-misspelt",
    "a typing error in a key of data/search/nl.yml",
    "DAT101",
    "data/search/nl.yml",
    r"^crisis:",
    "crises:",
)
_data(
    "data-character-unseen",
    "a sign that cannot be seen in data/glossary.yml",
    "DAT103",
    "data/glossary.yml",
    r"^(  term: .*)(\w+)(.*)$",
    "\\1\u200b\\2\\3",
)
_data(
    "data-number-in-words",
    "a number to call in a sentence of data/debates.yml",
    "DAT304",
    "data/debates.yml",
    r'title: \{en: "',
    'title: {en: "Call 0800 1234567. ',
)
_data(
    "claim-place-unknown",
    "a claim said to stand in a section that is not there",
    "SHA503",
    "data/claims.yml",
    r"^(    - [\w/-]+\.md#[\w-]+)$",
    r"\1-too",
)


_data(
    "data-address-marked",
    "a mark of a campaign in an address of data/helplines.yml",
    "DAT109",
    "data/helplines.yml",
    r"(url: \"https://[^\"?]+)\"",
    r'\1?utm_source=newsletter"',
)


_data(
    "data-number-in-one-language",
    "a number that only one language of data/debates.yml has",
    "DAT110",
    "data/debates.yml",
    r'title: \{en: "',
    'title: {en: "In 7 of 10 people: ',
)


_data(
    "settings-run-code",
    "a program in place of a value in mkdocs.yml",
    "DAT111",
    "mkdocs.yml",
    r"^site_name: .*",
    "site_name: !!python/object/apply:os.getcwd []",
)


def _among_pages(name: str, what: str, path: str) -> None:
    """Put a kind on the shelf that puts a file beside the pages which must not be published."""

    @shelf.make(name, what, "DAT105")
    def _make(_world: World, _chance: Random) -> Edit | None:
        return Edit({path: b"x"}, frozenset([Place(path)]))


_among_pages("script-among-pages", "a script put beside the pages", "docs/en/needs/helper.js")
_among_pages("whole-page-among-pages", "a finished page in HTML put beside the pages", "docs/nl/needs/veilig.html")
_among_pages("host-file-among-pages", "a file that a static host would obey put beside the pages", "docs/_redirects")
_among_pages("drawing-among-pages", "a drawing that may hold a script put beside the pages", "docs/en/needs/circle.svg")


@shelf.make("source-removed", "a source removed while pages cite it", "EVI101")
def _source_removed(world: World, chance: Random) -> Edit | None:
    path = "data/references.json"
    cited = world.draw(chance, sorted({one.key for page in world.client for one in page.citations}))
    if cited is None:
        return None
    text = world.read(path).replace(f'"id": "{cited}"', '"id": "E990"')
    at = [
        Place(page.path, line)
        for page in world.pages
        for line in (*(one.line for one in page.citations if one.key == cited), page.front_matter.line_of("evidence"))
    ]
    return Edit({path: text.encode()}, frozenset(at))


@shelf.make("helpline-renamed", "a helpline renamed while pages name it", "DAT302")
def _helpline_renamed(world: World, chance: Random) -> Edit | None:
    path = "data/helplines.yml"
    used = [
        (page, block)
        for page in world.pages
        for block in page.placeholders
        if block.name == "phone" and block.arguments
    ]
    chosen = world.draw(chance, used)
    if chosen is None:
        return None
    _page, block = chosen
    id_ = block.arguments[0]
    text = re.sub(rf"^(\s+- id: ){id_}$", rf"\1{id_.partition('-')[0]}-renamed", world.read(path), flags=re.MULTILINE)
    at = [Place(page.path, one.line) for page, one in used if one.arguments[0] == id_]
    return Edit({path: text.encode()}, frozenset(at))


@shelf.make("term-removed", "a glossary entry renamed while pages link to it", "EVI301")
def _term_removed(world: World, chance: Random) -> Edit | None:
    path = "data/glossary.yml"
    used = [(page, link) for page in world.pages for link in page.links if link.target.startswith("term:")]
    chosen = world.draw(chance, used)
    if chosen is None:
        return None
    id_ = chosen[1].target
    text = re.sub(rf"^- id: {id_.removeprefix('term:')}$", "- id: renamed", world.read(path), flags=re.MULTILINE)
    return Edit(
        {path: text.encode()}, frozenset(Place(page.path, link.line) for page, link in used if link.target == id_)
    )

"""What the search in the browser knows: per language an index of titles and everyday words, and one of texts.

The first (`search.json`) is small, so that a reader on a slow line gets the first result soon; the second
(`search-text.json`) holds further everyday words and the sections of every page, as `[id, heading, text]`, and arrives
after it. Each brings the words that it is the first to say. Their lists run in step: the sections of page `p` are
`sections[p]`. Terms are made in the browser (`overrides/assets/search.js`), where queries are too; words come folded.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from itertools import chain, product, takewhile
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from selectolax.lexbor import LexborHTMLParser

from handbook.editorial.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from handbook.editorial.search_words import SearchWords

# Equal on every page, so they say nothing about a page; helpline cards answer to the names that editors list.
SILENT_SECTIONS: Final = frozenset({"when-to-get-help"})
SILENT_PARTS: Final = (
    "ol.references, h3#sources, .certainty, .calls, .helpline .small, textarea, svg, button, .cite, .behind, .jump"
)
SECTION_HEADINGS: Final = frozenset({"h2", "h3"})
HOME: Final = "index.md"
TITLES_ONLY: Final = frozenset({"about/contribute.md", "about/translation-status.md"})
READABLE_LENGTH: Final = 40
REST_MARK: Final = "|"
_WORD: Final = re.compile(r"(?:[^\W_]+|['’]+)+")
_NOT_ASCII_WORDS: Final = re.compile(r"[^0-9a-z]+")
SHORTEST_WORD: Final = 4
SHORTEST_FORM: Final = 4
LONGEST_FORM: Final = 6
# Found by their titles and everyday words like all others, but their texts stand back for pages that readers ask for.
QUIET_PLACES: Final = ("therapists/", "about/glossary", "about/evidence-and-debates", "about/contribute", "worksheets/")
WORDS_PREFIX: Final = "search_"
DIGITS: Final = "".join(chr(sign) for sign in range(35, 127) if chr(sign) != "\\")
"""One of them names a common word, two any other: shorter than numbers, and quicker to read than words."""
PHRASE_END: Final = "!"
FIRST_SHARE: Final = 0.42
"""Of each page's phrases so many come in the first part: editors put what is asked most on top."""
FIRST_LENGTH: Final = ord("A")
LONGEST_SHARED: Final = 25


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page as search sees it. `address` is relative to the language's home; `sections` come of its HTML."""

    key: str
    address: str
    title: str
    description: str
    sections: Sequence[Section]


@dataclass(frozen=True, slots=True)
class Call:
    """A number on the card that answers words of crisis, with the countries where it works."""

    label: str
    number: str
    href: str


@dataclass(frozen=True, slots=True)
class HelpCard:
    """What stands first when somebody types words of crisis: the page of numbers, and the first of them.

    `danger` holds the numbers for danger to life, `talk` a line to talk to in each country.
    """

    title: str
    address: str
    danger: tuple[Call, ...] = ()
    talk: tuple[Call, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page that a result can lead to."""

    id: str
    heading: str
    text: str


def search_index(
    language: str, pages: Sequence[SearchPage], editorial: SearchWords, words: Mapping[str, str], card: HelpCard
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the two parts of a language's index, ready for JSON: titles and everyday words, and all that comes second.

    `words` are the interface's words; those of search go along, so that no page has to carry them. The sections
    of the home page are left out, because they say what the others say.
    """
    pages = [replace(page, sections=()) if page.key == HOME else page for page in pages]
    typed = [[_folded(text).split() for text in (page.title, *editorial.phrases.get(page.key, ()))] for page in pages]
    counts = Counter(word for page in pages for word in {word for part in page.sections for word in _words(part.text)})
    shared = {word for word, count in counts.items() if count > 1}
    silent = shared.union(editorial.stop, *chain.from_iterable(typed))
    alike = [_each_folded(group) for group in editorial.alike]
    uses = Counter(chain.from_iterable(chain(alike, *typed)))
    cuts = [ceil(len(said) * FIRST_SHARE) for said in typed]
    common, rare = _vocabulary(uses)
    if len(rare) > (len(DIGITS) - len(common)) * len(DIGITS):
        file = Path("data/search", f"{language}.yml")
        raise DataError(file, 1, f"{len(uses)} different words are too many for search", "take some out")
    said_first = set(chain.from_iterable(chain(alike, *(said[:cut] for said, cut in zip(typed, cuts, strict=True)))))
    first, second = [word for word in rare if word in said_first], [word for word in rare if word not in said_first]
    codes = dict(zip([*common, *first, *second], _codes(len(common)), strict=False))
    index = {
        "language": language,
        "words": {
            **{key.removeprefix(WORDS_PREFIX): text for key, text in words.items() if key.startswith(WORDS_PREFIX)},
            "all_pages": words["all_pages"],
        },
        "help": {
            "title": card.title,
            "url": card.address,
            "danger": [asdict(call) for call in card.danger],
            "talk": [asdict(call) for call in card.talk],
        },
        "stop": _each_folded(editorial.stop),
        "crisis": [
            " ".join("|".join(_each_folded(place.split("|"))) for place in phrase.split())
            for phrase in editorial.crisis
        ],
        "harmless": _each_folded(editorial.harmless),
        "professional": _each_folded(editorial.professional),
        "alike": _coded(alike, codes),
        "common": list(common),
        "rare": _front_coded(first),
        "pages": [
            {
                "url": page.address,
                "title": page.title,
                "description": page.description,
                "quiet": page.key.startswith(QUIET_PLACES),
                "phrases": _coded(said[:cut], codes),
            }
            for page, said, cut in zip(pages, typed, cuts, strict=True)
        ],
    }
    listed = frozenset(map(_form, silent))
    texts = {
        "rare": _front_coded(second),
        "phrases": [_coded(said[cut:], codes) for said, cut in zip(typed, cuts, strict=True)],
        "sections": [
            [
                (part.id, part.heading, text)
                for part, text in _searchable(page.sections, listed, texts=page.key not in TITLES_ONLY)
            ]
            for page in pages
        ],
    }
    return index, texts


def _vocabulary(uses: Counter[str]) -> tuple[list[str], list[str]]:
    """Return the words that one sign names, most used first, and all others, from A to Z.

    The signs that are not needed to begin the name of another word are left for common words.
    """
    beginnings = max(0, -(-(len(uses) - len(DIGITS)) // (len(DIGITS) - 1)))
    by_use = sorted(uses, key=lambda word: (-uses[word], word))
    common = by_use[: max(0, len(DIGITS) - beginnings)]
    return common, sorted(by_use[len(common) :])


def _codes(common: int) -> Iterator[str]:
    """Yield the names of words: so many of one sign, then those of two, whose first sign is none of these."""
    yield from DIGITS[:common]
    for first, second in product(DIGITS[common:], DIGITS):
        yield first + second


def _coded(phrases: Sequence[Sequence[str]], codes: Mapping[str, str]) -> str:
    """Return phrases by the names of their words, each once, ordered by their ends, which compresses best."""
    return PHRASE_END.join(sorted({"".join(codes[word] for word in one) for one in phrases}, key=lambda one: one[::-1]))


def _front_coded(words: Sequence[str]) -> str:
    """Return sorted words in small letters without what each shares with the one before it: a capital says how much."""
    coded, before = [], ""
    for word in words:
        shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, word, strict=False)))
        shared = min(shared, LONGEST_SHARED)
        coded.append(chr(FIRST_LENGTH + shared) + word[shared:])
        before = word
    return "".join(coded)


def _searchable(parts: Sequence[Section], silent: frozenset[str], *, texts: bool) -> Iterator[tuple[Section, str]]:
    """Yield each section of a page with what search keeps of its text; `silent` are forms of words that say nothing."""
    listed = set(silent)
    for part in parts:
        yield part, readable(part.text, listed) if texts else ""


def sections_of(content: str) -> Iterator[Section]:
    """Yield the sections of a page's HTML: one for each `h2` or `h3` with an id, with all text up to the next.

    What stands on every page alike is left out, and so are sources and buttons.
    """
    tree = LexborHTMLParser(f"<body>{content}</body>")
    for node in tree.css(SILENT_PARTS):
        node.decompose()
    identifier, heading = "", ""
    lines: list[str] = []
    body = tree.body
    for node in body.iter() if body else ():
        if node.tag in SECTION_HEADINGS:
            if heading and identifier not in SILENT_SECTIONS:
                yield Section(identifier, heading, " ".join(filter(None, lines)))
            identifier, heading, lines = node.attributes.get("id") or "", _text(node), []
        elif node.tag != "h1":
            lines.append(_text(node))
    if heading and identifier not in SILENT_SECTIONS:
        yield Section(identifier, heading, " ".join(filter(None, lines)))


def readable(text: str, listed: set[str]) -> str:
    """Return a section's text: its beginning as it is, of the rest each further word once, after a bar.

    The beginning is what a result shows. Of the rest only those words are kept that nothing else would find: `listed`
    holds the forms of words that other pages say or people type, and of those that an earlier section has listed.
    """
    if len(text) <= READABLE_LENGTH:
        return text
    cut = text.find(". ", READABLE_LENGTH) + 1 or len(text)
    start, rest = text[:cut], text[cut:]
    seen = listed.union(map(_form, _words(start)))
    further = {_form(word): word for word in reversed(_words(rest)) if len(word) > SHORTEST_WORD}
    further = {form: word for form, word in reversed(further.items()) if form not in seen}
    listed.update(further)
    return f"{start} {REST_MARK} {' '.join(further.values())}" if further else start


def _folded(phrase: str) -> str:
    """Return a phrase as the browser folds a query: small letters, no accents, no apostrophes, single spaces."""
    if phrase.isascii():
        return _NOT_ASCII_WORDS.sub(" ", phrase.replace("'", "").lower()).strip()
    letters = unicodedata.normalize("NFD", phrase.replace("'", "").replace("’", "")).lower()
    plain = (sign for sign in letters if not unicodedata.combining(sign))
    return " ".join("".join(sign if sign.isalnum() else " " for sign in plain).split())


def _each_folded(phrases: Iterable[str]) -> list[str]:
    return list(map(_folded, phrases))


@lru_cache(maxsize=1 << 16)
def _form(word: str) -> str:
    """Return what the inflections of a word mostly share: search brings them together, so one of them is enough."""
    return word[: max(SHORTEST_FORM, min(LONGEST_FORM, len(word) - 2))]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _text(node: Any) -> str:
    return " ".join(node.text(separator=" ").split())

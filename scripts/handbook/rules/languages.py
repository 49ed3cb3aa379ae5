"""In which of the site's languages a piece of text is written.

A language model answers, but loading it takes longer than the whole rest of the check; so it is only asked when the
words of a text look more like another language of this very site than like its own. How words of a language look is
learned from the project's own pages: no lists, and no language is special.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from handbook.model.page import HOLE, Paragraph

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier  # type: ignore[import-untyped]

    from handbook.model.project import Project

WORD = re.compile(r"[^\W\d_]{2,}")
CYRILLIC, ARABIC = "\u0400-\u04ff", "\u0600-\u06ff"
OWN_SCRIPT = {
    "ar": ARABIC, "be": CYRILLIC, "bg": CYRILLIC, "bn": "\u0980-\u09ff", "el": "\u0370-\u03ff", "fa": ARABIC,
    "he": "\u0590-\u05ff", "hi": "\u0900-\u097f", "hy": "\u0530-\u058f", "ja": "\u3040-\u30ff\u4e00-\u9fff",
    "ka": "\u10a0-\u10ff", "ko": "\uac00-\ud7af", "ru": CYRILLIC, "ta": "\u0b80-\u0bff", "th": "\u0e00-\u0e7f",
    "uk": CYRILLIC, "ur": ARABIC, "zh": "\u4e00-\u9fff",
}  # fmt: skip
"""Languages that are written in a script of their own, by its ranges."""
MARGIN = 3.0
"""How many times more usual a word must be in one language than in another to speak for it."""
LEAST_WORDS = 6


def has_several_languages(project: Project) -> str:
    """Say so where a site has one language: what a rule that compares languages needs."""
    return "" if len(project.languages) > 1 else "the site has one language"


def short(language: str) -> str:
    """Give the primary subtag of a language code."""
    return language.replace("_", "-").split("-")[0].lower()


def words(text: str) -> list[str]:
    """Split a text into words, in lower case."""
    return WORD.findall(text.replace(HOLE, " ").lower())


@lru_cache(maxsize=2)
def _usual(project: Project) -> dict[str, dict[str, int]]:
    """Count the words of each language over all pages."""
    counts: dict[str, Counter[str]] = {}
    for page in project.pages:
        texts = [block.text for block in page.blocks if isinstance(block, Paragraph)]
        counts.setdefault(page.language, Counter()).update(words("\n".join(texts)))
    return {language: dict(counter) for language, counter in counts.items()}


@lru_cache(maxsize=2)
def _totals(project: Project) -> dict[str, int]:
    return {language: max(sum(counts.values()), 1) for language, counts in _usual(project).items()}


def suspicious(text: str, own: str, other: str, project: Project) -> bool:
    """Tell whether a text looks more like another language of the site than like its own."""
    letters = words(text)
    if len(letters) < LEAST_WORDS and not (short(own) in OWN_SCRIPT and len(letters) >= 4):
        return False
    script = OWN_SCRIPT.get(short(own))
    if script and short(other) not in OWN_SCRIPT:
        return not re.search(f"[{script}]", text)
    if short(other) in OWN_SCRIPT:
        return len(re.findall(f"[{OWN_SCRIPT[short(other)]}]", text)) * 2 > len(text)
    usual = _usual(project)
    mine, theirs = usual.get(own, {}), usual.get(other, {})
    scale = _totals(project).get(own, 1) / _totals(project).get(other, 1)
    here = Counter(letters)  # a text must not speak for itself
    for_own = for_other = 0
    for word, times in here.items():
        elsewhere, there = mine.get(word, 0) - times, theirs.get(word, 0) * scale
        if elsewhere > MARGIN * there:
            for_own += times
        elif there > MARGIN * elsewhere:
            for_other += times
    return for_other >= 3 and for_other > for_own


@lru_cache(maxsize=8)
def _identifier(languages: tuple[str, ...]) -> LanguageIdentifier | None:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - loads numpy and a model

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    try:
        identifier.set_languages(list(languages))
    except ValueError:
        return None
    return identifier


def written_in(text: str, candidates: tuple[str, ...]) -> tuple[str, float]:
    """Ask the language model which of some languages a text is written in, and how sure it is."""
    identifier = _identifier(tuple(sorted({short(candidate) for candidate in candidates})))
    if identifier is None:
        return "", 0.0
    language, probability = identifier.classify(text.replace(HOLE, " "))
    return str(language), float(probability)

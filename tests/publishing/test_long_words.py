"""A title's long words can break on a narrow screen, and nothing else of it changes."""

from __future__ import annotations

from handbook.publishing.long_words import SOFT_HYPHEN, with_soft_hyphens


def test_a_long_word_breaks_between_its_syllables() -> None:
    shown = with_soft_hyphens("<h1>Beïnvloedingsboodschappen", "nl")
    assert "vloe" + SOFT_HYPHEN + "dings" in shown
    assert shown.replace(SOFT_HYPHEN, "") == "<h1>Beïnvloedingsboodschappen"


def test_short_words_tags_and_languages_without_patterns_stay_as_they_are() -> None:
    for html, language in (
        ("<h1 id='beinvloedingsboodschappen'>Grenzen stellen &CounterClockwiseContourIntegral;", "nl"),
        ("<h1>Beïnvloedingsboodschappen", "tlh"),
    ):
        assert with_soft_hyphens(html, language) == html

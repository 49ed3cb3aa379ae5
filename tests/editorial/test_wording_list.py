"""The list of words that do harm, as it stands in data/wording.yml: what it finds, and what it leaves alone."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

from handbook.editorial.wording import Wording, load_wordings

LIST = Path(__file__).parents[2] / "data" / "wording.yml"

FOUND = [
    ("en", "committed-suicide", "They ask if you want to commit suicide."),
    ("en", "successful-suicide", "Some succeeded in taking their own life."),
    ("nl", "zelfmoord-plegen", "Iemand heeft zelfmoord gepleegd."),
    ("nl", "zelfmoord-plegen", "Iemand heeft zelfmoord willen\nplegen."),
    ("nl", "zelfmoord-plegen", "Wie suïcide pleegt, laat mensen achter."),
    ("en", "method", "He hanged himself."),
    ("en", "method", "She cut her wrists."),
    ("en", "method", "Twenty tablets of paracetamol are enough."),
    ("en", "method", "He jumped from a roof."),
    ("nl", "method", "Hij sprong voor een trein."),
    ("nl", "method", "Sommigen springen van een brug."),
    ("nl", "method", "Ze heeft haar polsen doorgesneden."),
    ("en", "cure", "This always helps."),
    ("en", "cure", "It will heal you."),
    ("en", "cure", "It works 100% of the time."),
    ("en", "cure", "This is scientifically proven."),
    ("nl", "geneest", "Dit helpt gegarandeerd."),
    ("nl", "geneest", "Dit helpt altijd."),
    ("en", "your-fault", "It is your own fault that you avoid things."),
    ("nl", "eigen-schuld", "Het is je eigen schuld."),
    ("nl", "eigen-schuld", "Stel je niet zo aan."),
]
LEFT_ALONE = [
    ("en", "What this person does to you is not your fault."),
    ("en", "You are told that it is all your fault."),
    ("en", "Do you think it is your own fault?"),
    ("en", "No exercise always helps everybody."),
    ("en", "Therapy nearly always helps, people say."),
    ("nl", "Wat die persoon jou aandoet, is niet jouw schuld."),
    ("nl", 'Een zin als "stel je niet aan" helpt niemand.'),
    ("nl", "Ze nam de trein en liep over de brug."),
    ("nl", "De kat sprong van de kast."),
    ("nl", "Geen oefening helpt altijd."),
]


@lru_cache(maxsize=1)
def _entries() -> tuple[Wording, ...]:
    return tuple(load_wordings(LIST))


def _found(language: str, sentence: str) -> set[str]:
    return {
        entry.id
        for entry in _entries()
        if language in entry.languages
        and entry.pattern.search(sentence)
        and not (entry.unless and entry.unless.search(sentence))
    }


@pytest.mark.parametrize(("language", "entry", "sentence"), FOUND, ids=[sentence for _, _, sentence in FOUND])
def test_it_finds(language: str, entry: str, sentence: str) -> None:
    assert entry in _found(language, sentence)


@pytest.mark.parametrize(("language", "sentence"), LEFT_ALONE, ids=[sentence for _, sentence in LEFT_ALONE])
def test_it_leaves_alone(language: str, sentence: str) -> None:
    assert _found(language, sentence) == set()

"""The glossary as Markdown: one heading a term, so that its anchors are checked like any other heading's."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handbook.editorial.glossary import Glossary

_MARKDOWN_SIGNS = re.compile(r"([\\`*_{}\[\]<>#])")


def glossary_markdown(glossary: Glossary, language: str, others: Sequence[str]) -> Iterator[str]:
    """Yield a block of Markdown for each heading and paragraph, in the alphabet of `language`.

    Links lead to pages below `docs/<language>/`. The word in each other language stands under the definition, marked
    as being in that language.
    """
    for term in sorted(glossary, key=lambda term: _by_letter(term.term[language])):
        yield f"### {_plain(term.term[language])} {{#{term.id}}}"
        yield _plain(term.definition[language])
        elsewhere = [f'<span lang="{other}">{_plain(term.term[other])}</span>' for other in others]
        read_on = f"[{_plain(term.term[language])}]({term.page})" if term.page else ""
        yield " · ".join(part for part in (*elsewhere, read_on) if part)


def _by_letter(word: str) -> str:
    """Sort as dictionaries do: an accent or a capital moves no word."""
    return unicodedata.normalize("NFKD", word).casefold()


def _plain(text: str) -> str:
    return _MARKDOWN_SIGNS.sub(r"\\\1", text)

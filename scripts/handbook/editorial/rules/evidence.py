"""Rules about sources, certainty and glossary terms: that they exist, are named, and are cited."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Final

from handbook.editorial.handbook_data import data_of, need
from handbook.editorial.prose import prose_of
from handbook.model.finding import Severity
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from handbook.model.page import Page
    from handbook.model.project import Project

FEWEST_SOURCES: Final = 2
DEBATES_PAGE: Final = "about/evidence-and-debates.md"
_MISSPELT: Final = re.compile(r"[\[(]@? ?(E\d{2,3})[\])]|@(E\d{2,3})\b")


def _listed(page: Page, key: str) -> tuple[str, ...]:
    value = page.front_matter.get(key)
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


@rule(
    "EVI101",
    "source-unknown",
    Scope.PAGE,
    needs=need("references"),
    en=Text(
        "A page names a source that is not in data/references.json.",
        "The reader would find no source where one is promised.",
        "[@E999]",
        "[@E54]",
    ),
    nl=Text(
        "Een pagina noemt een bron die niet in data/references.json staat.",
        "De lezer vindt dan geen bron waar er een beloofd is.",
        "[@E999]",
        "[@E54]",
    ),
)
def source_unknown(page: Page, project: Project) -> Iterator[Hit]:
    """Look up every citation and every id in the front matter."""
    references: Container[str] = data_of(project).references or ()
    named = [(citation.key, citation.line) for citation in page.citations]
    named += [(id_, page.front_matter.line_of("evidence")) for id_ in _listed(page, "evidence")]
    for id_, line in named:
        if id_ not in references:
            yield Hit(page.path, line, f'there is no source "{id_}"', "Use an id of data/references.json.")


@rule(
    "EVI102",
    "source-not-listed",
    Scope.PAGE,
    needs=need("references"),
    en=Text(
        "A page cites a source that its front matter does not list.",
        "The list at the foot of the page comes from there, so the citation would lead nowhere.",
        "[@E54] with evidence: []",
        "[@E54] with evidence: [E54]",
    ),
    nl=Text(
        "Een pagina noemt een bron die niet bovenaan bij evidence staat.",
        "De lijst onderaan komt daarvandaan, dus de verwijzing leidt nergens heen.",
        "[@E54] met evidence: []",
        "[@E54] met evidence: [E54]",
    ),
)
def source_not_listed(page: Page, _project: Project) -> Iterator[Hit]:
    """Compare citations with the list; the page on all debates lists them by itself."""
    if page.key.split("/")[0].startswith("_"):
        return
    listed = set(_listed(page, "evidence"))
    for citation in page.citations:
        if citation.key not in listed and not page.front_matter.error:
            yield Hit(
                page.path,
                citation.line,
                f"{citation.key} is cited and not listed",
                f"Add {citation.key} to evidence at the top.",
            )


@rule(
    "EVI103",
    "source-not-cited",
    Scope.PAGE,
    severity=Severity.WARNING,
    needs=need("references"),
    en=Text(
        "A page lists a source that no sentence cites.",
        "A source that stands behind nothing looks like more certainty than there is.",
        "evidence: [E54] and no [@E54]",
        "… it has been studied for many years [@E54].",
    ),
    nl=Text(
        "Een pagina somt een bron op die in geen enkele zin voorkomt.",
        "Een bron die nergens bij hoort, lijkt op meer zekerheid dan er is.",
        "evidence: [E54] en geen [@E54]",
        "… daar is jarenlang onderzoek naar gedaan [@E54].",
    ),
)
def source_not_cited(page: Page, _project: Project) -> Iterator[Hit]:
    """Compare the list with the citations."""
    cited = {citation.key for citation in page.citations}
    for id_ in _listed(page, "evidence"):
        if id_ not in cited and not page.doubtful:
            yield Hit(
                page.path,
                page.front_matter.line_of("evidence"),
                f"{id_} is listed and never cited",
                "Cite it where it counts, or remove it.",
            )


@rule(
    "EVI104",
    "sources-too-few",
    Scope.PAGE,
    severity=Severity.WARNING,
    needs=need("references"),
    en=Text(
        f"A client page names fewer than {FEWEST_SOURCES} sources and does not call itself practice wisdom.",
        "A label of certainty needs something to rest on.",
        "certainty: well-supported, evidence: []",
        "certainty: practice-wisdom",
    ),
    nl=Text(
        f"Een pagina voor cliënten noemt minder dan {FEWEST_SOURCES} bronnen en noemt zich geen praktijkwijsheid.",
        "Een label over zekerheid moet ergens op rusten.",
        "certainty: well-supported, evidence: []",
        "certainty: practice-wisdom",
    ),
)
def sources_too_few(page: Page, _project: Project) -> Iterator[Hit]:
    """Count the sources of a page with a label."""
    certainty = page.front_matter.get("certainty")
    client = page.front_matter.get("audience") == "client" and page.key != "index.md"
    if client and certainty and certainty != "practice-wisdom":
        count = len(_listed(page, "evidence"))
        if count < FEWEST_SOURCES:
            line = page.front_matter.line_of("evidence")
            yield Hit(
                page.path,
                line,
                f"the label is {certainty} and {count} sources are named",
                "Name at least two, or choose practice-wisdom.",
            )


@rule(
    "EVI105",
    "citation-misspelt",
    Scope.PAGE,
    needs=need("references"),
    en=Text(
        "The id of a source stands in the text, but not written as a citation.",
        "Readers see the bare id in place of a number that leads to the source.",
        "It has been studied for many years [E54].",
        "It has been studied for many years [@E54].",
    ),
    nl=Text(
        "De id van een bron staat in de tekst, maar niet als bronverwijzing geschreven.",
        "Lezers zien de kale id in plaats van een nummer dat naar de bron leidt.",
        "Daar is jarenlang onderzoek naar gedaan [E54].",
        "Daar is jarenlang onderzoek naar gedaan [@E54].",
    ),
)
def citation_misspelt(page: Page, project: Project) -> Iterator[Hit]:
    """Look in the prose for ids of sources that are there; what is a citation is no prose."""
    references: Container[str] = data_of(project).references or ()
    for text, line in prose_of(page):
        for match in _MISSPELT.finditer(text):
            id_ = match[1] or match[2]
            if id_ in references:
                at = line + text.count("\n", 0, match.start())
                yield Hit(page.path, at, f'"{match[0]}" is printed as it stands', f"Write [@{id_}].")


@rule(
    "EVI201",
    "debate-unknown",
    Scope.PAGE,
    needs=need("debates"),
    en=Text(
        "`debates` names something that the page on debates does not have.",
        "The label would lead to the top of a long page.",
        "debates: [needs]",
        "debates: [needs-models]",
    ),
    nl=Text(
        "`debates` noemt iets dat de pagina over debatten niet heeft.",
        "Het label leidt dan naar het begin van een lange pagina.",
        "debates: [needs]",
        "debates: [needs-models]",
    ),
)
def debate_unknown(page: Page, project: Project) -> Iterator[Hit]:
    """Look up each id."""
    debates = data_of(project).debates
    anchors = debates.anchors if debates else ()
    for id_ in _listed(page, "debates"):
        if id_ not in anchors:
            close = difflib.get_close_matches(id_, anchors, n=1)
            hint = f"Did you mean {close[0]}?" if close else "See data/debates.yml."
            yield Hit(page.path, page.front_matter.line_of("debates"), f'there is no debate "{id_}"', hint)


@rule(
    "EVI202",
    "debate-not-linked",
    Scope.PAGE,
    needs=need("debates"),
    en=Text(
        "A page that calls itself debated does not link to the debate.",
        "Who is told that experts disagree must be able to read about what.",
        "certainty: debated and no link to evidence-and-debates.md#…",
        "[Experts disagree](../about/evidence-and-debates.md#stages-of-change).",
    ),
    nl=Text(
        "Een pagina die zich omstreden noemt, linkt niet naar het debat.",
        "Wie hoort dat deskundigen het oneens zijn, moet kunnen lezen waarover.",
        "certainty: debated en geen link naar evidence-and-debates.md#…",
        "[Deskundigen zijn het oneens](../about/evidence-and-debates.md#stages-of-change).",
    ),
)
def debate_not_linked(page: Page, _project: Project) -> Iterator[Hit]:
    """Look for a link to an anchor of the page on debates."""
    if page.front_matter.get("certainty") == "debated" and not any(
        "evidence-and-debates.md#" in link.target for link in page.links
    ):
        yield Hit(
            page.path,
            page.front_matter.line_of("certainty"),
            "this page is called debated and links to no debate",
            "Link to its entry on evidence-and-debates.md.",
        )


@rule(
    "EVI301",
    "term-unknown",
    Scope.PAGE,
    needs=need("glossary"),
    en=Text(
        "A page links a word to a glossary entry that does not exist.",
        "The word would be explained nowhere.",
        "[coping](term:copping-strategy)",
        "[coping](term:coping-strategy)",
    ),
    nl=Text(
        "Een pagina verwijst bij een woord naar iets dat niet in de woordenlijst staat.",
        "Het woord wordt dan nergens uitgelegd.",
        "[coping](term:copping-strategy)",
        "[coping](term:coping-strategy)",
    ),
)
def term_unknown(page: Page, project: Project) -> Iterator[Hit]:
    """Look up each term."""
    glossary = data_of(project).glossary
    ids = [term.id for term in glossary] if glossary else []
    for link in page.links:
        if link.target.startswith("term:") and link.target.removeprefix("term:") not in ids:
            close = difflib.get_close_matches(link.target.removeprefix("term:"), ids, n=1)
            hint = f"Did you mean term:{close[0]}?" if close else "See data/glossary.yml."
            yield Hit(page.path, link.line, f'there is no glossary entry "{link.target.removeprefix("term:")}"', hint)

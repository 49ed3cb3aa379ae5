"""What is said about the answers of other sites. These rules never run in a check: only `handbook links` asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from handbook.external.answers import Answer, Kind
from handbook.model.finding import Finding, Severity
from handbook.rules.registry import REGISTRY, Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from handbook.model.finding import Place
    from handbook.model.project import Project

SAID: Final = {
    Kind.GONE: (
        "EXT101",
        "{address} is not there any more{because}",
        "Find out where it is now, or take the link out.",
    ),
    Kind.HOME: (
        "EXT101",
        "{address} is an address that only this machine or its network can reach",
        "Write an address that readers can reach.",
    ),
    Kind.MOVED: ("EXT102", "{address} has moved for good", "Write {leads_to}, if that is still what is meant."),
    Kind.SILENT: (
        "EXT103",
        "{address} could not be reached{because}",
        "Look again in a few days; if it is still so, link to another page.",
    ),
    Kind.LOOP: (
        "EXT103",
        "{address} sends its visitors round in circles{because}",
        "Follow it in a browser, and link to the page where it should lead.",
    ),
    Kind.UNSAFE: (
        "EXT104",
        "the connection to {address} is not safe{because}",
        "Follow it in a browser; link to an address with a safe connection.",
    ),
    Kind.CLOSED: ("EXT105", "{address} lets no programs in{because}", "Follow it in a browser now and then."),
}
"""Code, message and hint for each kind of answer about which there is something to say."""
ELSEWHERE: Final = "other sites are asked by `handbook links` alone"


def _elsewhere(_project: Project) -> str:
    return ELSEWHERE


@rule(
    "EXT101",
    "external-link-dead",
    Scope.PROJECT,
    needs=_elsewhere,
    bad="[the guideline](https://example.org/2014/guideline)",
    good="[the guideline](https://example.org/guideline)",
    en=Text(
        "A link to another site leads to a page, or a host, that is not there any more.",
        "Readers are sent nowhere, and cannot look up what a claim rests on.",
    ),
    nl=Text(
        "Een link naar een andere site leidt naar een pagina of host die er niet meer is.",
        "Lezers worden nergens heen gestuurd en kunnen niet nakijken waar een bewering op rust.",
    ),
)
def external_link_dead(_project: Project, _same: Project) -> Iterable[Hit]:
    """Find nothing without asking."""
    return ()


@rule(
    "EXT102",
    "external-link-moved",
    Scope.PROJECT,
    severity=Severity.WARNING,
    needs=_elsewhere,
    bad="[the helpline](http://example.org/)",
    good="[the helpline](https://www.example.org/)",
    en=Text(
        "Another site says that a page has moved for good.",
        "The way from the old address may end one day, and each visit takes longer.",
    ),
    nl=Text(
        "Een andere site zegt dat een pagina voorgoed verhuisd is.",
        "De weg vanaf het oude adres kan ooit ophouden, en elk bezoek duurt langer.",
    ),
)
def external_link_moved(_project: Project, _same: Project) -> Iterable[Hit]:
    """Find nothing without asking."""
    return ()


@rule(
    "EXT103",
    "external-link-unanswered",
    Scope.PROJECT,
    severity=Severity.WARNING,
    needs=_elsewhere,
    bad="a link to a site that answered none of three requests",
    good="a link to a site that answers, or the same link once the site is back",
    en=Text(
        "Another site did not answer, failed, or sent its visitors round in circles.",
        "It may be down for an hour or gone for good: look again in a few days.",
    ),
    nl=Text(
        "Een andere site antwoordde niet, faalde, of stuurde bezoekers in een kringetje rond.",
        "Ze kan een uur weg zijn of voorgoed: kijk over een paar dagen nog eens.",
    ),
)
def external_link_unanswered(_project: Project, _same: Project) -> Iterable[Hit]:
    """Find nothing without asking."""
    return ()


@rule(
    "EXT104",
    "external-link-unsafe",
    Scope.PROJECT,
    needs=_elsewhere,
    bad="[the helpline](https://expired.example.org/)",
    good="[the helpline](https://www.example.org/)",
    en=Text(
        "The connection to another site is not safe: its certificate has expired, or is that of another site.",
        "A browser frightens readers with a warning instead of showing the page.",
    ),
    nl=Text(
        "De verbinding met een andere site is niet veilig: het certificaat is verlopen of van een andere site.",
        "Een browser laat lezers schrikken met een waarschuwing in plaats van de pagina.",
    ),
)
def external_link_unsafe(_project: Project, _same: Project) -> Iterable[Hit]:
    """Find nothing without asking."""
    return ()


@rule(
    "EXT105",
    "external-link-not-for-programs",
    Scope.PROJECT,
    severity=Severity.NOTE,
    needs=_elsewhere,
    bad="a link to a site that lets no programs in",
    good="the same link, after somebody has followed it in a browser",
    en=Text(
        "Another site lets no programs in, so only a person can see whether the link is right.",
        "Nobody learns by itself when such a page goes.",
    ),
    nl=Text(
        "Een andere site laat geen programma's binnen, dus alleen een mens kan zien of de link klopt.",
        "Niemand merkt het vanzelf als zo'n pagina verdwijnt.",
    ),
)
def external_link_not_for_programs(_project: Project, _same: Project) -> Iterable[Hit]:
    """Find nothing without asking."""
    return ()


def findings(answers: Iterable[Answer], places: Mapping[str, tuple[Place, ...]]) -> Iterator[Finding]:
    """Say what is wrong, at every place where an address stands."""
    for answer in answers:
        said = _said(answer)
        if said is None:
            continue
        code, message, hint = said
        rule_ = REGISTRY.rules[code]
        for place in places[answer.address]:
            yield Finding(place.path, place.line, code, rule_.name, rule_.severity, message, hint)


def _said(answer: Answer) -> tuple[str, str, str] | None:
    """Give code, message and hint; nothing where all is well, or nobody was asked."""
    if answer.kind not in SAID:
        return None
    code, message, hint = SAID[answer.kind]
    why = answer.said or (f"it answers {answer.status}" if answer.status else "")
    because = f": {why}" if why and "{because}" in message else ""
    return code, message.format(address=answer.address, because=because), hint.format(leads_to=answer.leads_to)

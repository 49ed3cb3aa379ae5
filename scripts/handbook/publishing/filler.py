"""Fills the building blocks of one page from the editorial data and the fragment templates."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from markupsafe import Markup

from handbook.editorial.references import citation_label, format_reference
from handbook.publishing.addresses import relative_address
from handbook.publishing.checks_text import checks_markdown
from handbook.publishing.figures import FIGURES, figure_svg
from handbook.publishing.glossary_text import glossary_markdown
from handbook.publishing.translation_status import translation_status
from handbook.rules.registry import REGISTRY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from handbook.publishing.catalogue import PageEntry
    from handbook.publishing.page_view import PageView
    from handbook.publishing.site import Site
    from handbook.rules.registry import RuleDefinition

GLOSSARY_PAGE = "about/glossary.md"
DEBATES_PAGE = "about/evidence-and-debates.md"


FILLED_FROM_DATA = frozenset(
    {
        "breathing-pacer",
        "certainty",
        "contact",
        "downloads",
        "figure",
        "helplines",
        "references",
        "translation-status",
    }
)
"""No shared text stands in for these, whatever its file is called."""
MOST_LINES = 30
MOST_STEPS = 20


def _within(number: str, least: int, most: int) -> bool:
    """Tell whether an argument is a plain whole number within bounds: what it counts is drawn one by one."""
    return number.isascii() and number.isdecimal() and len(number) <= len(str(most)) and least <= int(number) <= most


class PageFiller:
    """Decides what the building blocks of one page become.

    `report` receives what could not be filled in; `rules` gives the rules of the checks to the page that explains them.
    """

    def __init__(
        self,
        site: Site,
        entry: PageEntry,
        report: Callable[[str], None],
        rules: Callable[[], Iterable[RuleDefinition]] = REGISTRY.all,
    ) -> None:
        self.key = entry.key
        self._site = site
        self._entry = entry
        self._language = entry.language
        self._report = report
        self._rules = rules
        self._fields = 0

    @cached_property
    def _view(self) -> PageView:
        """The page as fragments see it; most pages are remembered, and need none."""
        return self._site.view(self._language, self.key)

    def word(self, key: str) -> str:
        """Return words of the interface in the language of the page."""
        return self._view.words[key]

    def problem(self, message: str) -> None:
        """Report something that could not be filled in."""
        self._report(message)

    def block_markdown(self, name: str, arguments: list[str]) -> str | None:
        """Return a shared passage (`docs/<language>/_shared/<name>.md`), the glossary, or the explained checks."""
        if arguments:
            return None
        if name == "glossary" and self._site.glossary:
            return "\n\n".join(glossary_markdown(self._site.glossary, self._language, self._others()))
        if name == "checks":
            return "\n\n".join(checks_markdown(self._rules(), self._language, self._view.words))
        return None if name in FILLED_FROM_DATA else self._site.shared.get((self._language, name))

    def block_html(self, name: str, arguments: list[str]) -> str | None:  # noqa: C901, PLR0911  (one case a block)
        """Return the HTML of a block on a line of its own."""
        match name, arguments:
            case "helplines", []:
                return self._helplines(None)
            case "helplines", [country]:
                return self._helplines(country)
            case "certainty", []:
                return self._certainty()
            case "references", []:
                return self._references()
            case "figure", [figure] if figure in FIGURES:
                return self._render("figure", name=figure, svg=Markup(figure_svg(figure, self._language)))  # noqa: S704
            case "contact", []:
                return self._render("contact", contact=self._site.contact)
            case "downloads", []:
                return self._render("downloads", files=())
            case "breathing-pacer", []:
                return self._render("breathing-pacer")
            case "translation-status", []:
                status = translation_status(self._site.ledger, self._site.catalogue, self._entry, self._view.words)
                return self._render("translation-status", status=status)
            case "write", [lines, label] if _within(lines, 1, MOST_LINES):
                return self._render("write", lines=int(lines), label=label, field_id=self._field())
            case "scale", [low, high, label] if _within(low, 0, MOST_STEPS) and _within(high, int(low) + 1, MOST_STEPS):
                return self._render("scale", low=int(low), high=int(high), label=label, field_id=self._field())
        return None

    def inline_html(self, name: str, arguments: list[str]) -> str | None:
        """Return the HTML of a block inside a sentence: the phone numbers of one service."""
        if name != "phone" or len(arguments) != 1 or self._site.helplines is None:
            return None
        helpline = self._site.helplines.find(arguments[0])
        if helpline is None or not helpline.phones:
            return None
        country = self._site.helplines.country(helpline.country).name[self._language]
        return self._render("phone", helpline=helpline, country=country)

    def citation_html(self, ids: list[str]) -> str | None:
        """Return a citation such as `(Speed e.a., 2018)`, each part leading to its reference below."""
        references = self._site.references
        if references is None or any(one not in references for one in ids):
            return None
        return self._render(
            "citation",
            citations=[(one, citation_label(references[one], self._language)) for one in ids],
        )

    def term_link(self, term: str) -> tuple[str, str] | None:
        """Return the address of a glossary term below `docs/<language>/`, and its definition."""
        found = self._site.glossary.get(term) if self._site.glossary else None
        if found is None or self._site.catalogue.get(self._language, GLOSSARY_PAGE) is None:
            return None
        return f"{GLOSSARY_PAGE}#{found.id}", found.definition[self._language]

    def _render(self, fragment: str, **context: object) -> str:
        return self._site.fragments.render(
            fragment, words=self._view.words, language=self._language, view=self._view, **context
        )

    def _field(self) -> str:
        self._fields += 1
        return f"field-{self._fields}"

    def _helplines(self, country: str | None) -> str | None:
        helplines = self._site.helplines
        if helplines is None:
            return None
        chosen = [group for group in helplines.countries if country in (None, group.id)]
        if not chosen:
            return None
        return self._render(
            "helplines",
            countries=[(group.id, group.name[self._language], helplines.of_country(group.id)) for group in chosen],
        )

    def _certainty(self) -> str | None:
        if self._entry.metadata.certainty is None:
            self.problem("the page has no `certainty` in its front matter")
            return None
        debates = self._site.catalogue.get(self._language, DEBATES_PAGE)
        anchor = f"#{self._entry.metadata.debates[0]}" if self._entry.metadata.debates else ""
        url = relative_address(debates.address, self._entry.address) + anchor if debates else None
        return self._render("certainty", certainty=self._entry.metadata.certainty, debates_url=url)

    def _references(self) -> str | None:
        references = self._site.references
        if references is None:
            return None
        unknown = [one for one in self._entry.metadata.evidence if one not in references]
        for one in unknown:
            self.problem(f"no such reference: {one}")
        return self._render(
            "references",
            references=[
                (one, Markup(format_reference(references[one], self._language)), references[one].mark)  # noqa: S704
                for one in self._entry.metadata.evidence
                if one not in unknown
            ],
        )

    def _others(self) -> list[str]:
        return [one.locale for one in self._site.catalogue.languages if one.locale != self._language]

"""Search finds what people mean, starts only when asked, and tells nobody."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest

from tests.browser.browsing import HERE, read_pages
from tests.browser.search_rates import KINDS, ask, crises_among, rates, read_queries
from tests.browser.search_times import SLOWED, TYPE, thread_time, wait_until_all_is_learned

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

ENOUGH_QUERIES = 120
FIRST, AMONG_THREE, EARLY_AMONG_THREE = 0.90, 0.98, 0.98
# What was reached; they only rise.
HELD_FIRST, HELD_AMONG_THREE = 0.90, 0.99
SLIP_FIRST, SLIP_AMONG_THREE = 0.93, 0.98
KEY_TO_RESULT_MS = 50
# Slips, small words and words of the other language included; and words that only look like it.
CRISIS = {
    "en": """suicide; suiside; suicde; sucidal thoughts; kill myself; kil myself; want to kill my self; kms; end it all;
        i cant go on; i wanna die; my friend wants to die; better of dead; cuting myself; selfharming; overdosed;
        took to many pills; he's hitting me; he strangles me; raped; no point in living; zelfmoord;
        988; 999; call samaritans; i was raped; groped; kill myslef; he chkoed me; he threatned me; dad hits us;
        she hit my son; i am in danger; scared of my husband; he's outside my door; thinking of ending it; took tablets;
        wish i wasn't here; don't want to wake up; i can't cope anymore; my daughter cuts herself; goodbye note;
        i've got a rope; afraid i'll harm my baby; helpline; my uncle touched me; i'm being followed home;
        someone to talk to right now""",
    "nl": """zelfmoord; zelfmoort; zelf moord; suïcide; zuicide; ik wil dood; ik wil doot; ik trek het niet meer;
        wil er niet meer zijn; einde aan maken; ik ben het leven beu; mezelf van kant maken; ik snij mezelf; levensmoe;
        niet meer wakker worden; hij slaat me; hij slaagt mij; verkragt; mishandelt mij; kill myself;
        ik kan niet meer; 113; bel 112; zelfmoordlijn; ik ben aangerand; zlefmoord; zelfmoorf; ben ik in gevaar;
        papa sloeg mama; hij dreigt; bang voor mijn man; schrik van hem; hij staat voor de deur; ik heb een touw;
        leven heeft geen zin; iedereen tot last; ik zie geen uitweg; bang voor mijn eigen gedachten; luisterlijn;
        mijn broer wil zichzelf iets aandoen; bleekmiddel gedronken; gedwongen tot seks; blauwe plekken;
        iemand om nu mee te praten; ik kan ni meer""",
}
NO_CRISIS = {
    "en": """dead tired; dead inside; i could kill for a coffee; killing time; dying to know; cutting down on sugar;
        ending therapy; end it well; my father died; deadline; hit the gym; dye my hair; beat around the bush; shame;
        cut myself some slack; it hit me hard; alcohol abuse; midlife crisis; amused; violets; my inner voice is harsh;
        cold water on my wrists; fear of crossing a bridge; afraid of my feelings; don't want to hurt her feelings;
        have i taken my tablets; can't see a future with him; the heart beats faster; feel safe with my therapist;
        how do i talk to my dad""",
    "nl": """doodmoe; ik schaam me dood; ik lach me dood; mijn vader is dood; dood van mijn vader; tijd doden;
        zelfbeeld; snijden in kosten; eind van therapie; slaat de klok; ik kan niet meer slapen; rouw; verkocht;
        zelfmedelijden; ik kan niet meer met hem praten; mensen maken misbruik van mij; mijn man bedriegt me; ontroerd;
        gevoelens verwoorden; met stomheid geslagen; koud water op je polsen; paniek op het perron; bang voor gevoelens;
        hoef niet meer te roken; ik sluit me op; geen toekomst met hem; medicijnen genomen; het dreigt mis te gaan""",
}


def open_search(page: Page, address: str, words: str = "") -> None:
    page.goto(address)
    page.click(".find")
    page.wait_for_selector("dialog[open]")
    if words:
        page.keyboard.type(words)
        page.wait_for_selector(".found a, .crisis:not([hidden]), .none:not([hidden])")


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_right_page_comes_first_or_among_the_first_three(page: Page, site: str, language: str) -> None:
    answers = ask(page, site, language)
    own = [one for one in answers if not one.listed]
    assert len(own) >= ENOUGH_QUERIES, "queries that editors have not listed word for word"
    for some in (answers, own):
        first, three = rates(some)
        missed = [(one.query, one.found[:3]) for one in some if not one.among_three]
        assert first >= FIRST
        assert three >= AMONG_THREE, missed


@pytest.mark.parametrize("language", ["en", "nl"])
def test_questions_that_nothing_was_changed_for_are_answered_too(page: Page, site: str, language: str) -> None:
    first, three = rates(ask(page, site, language, "held"))
    assert first >= HELD_FIRST
    assert three >= HELD_AMONG_THREE


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_slip_in_the_longest_word_is_understood(page: Page, site: str, language: str) -> None:
    answers = ask(page, site, language, slips=True)
    assert len(answers) >= ENOUGH_QUERIES
    first, three = rates(answers)
    assert first >= SLIP_FIRST
    assert three >= SLIP_AMONG_THREE


@pytest.mark.parametrize("language", ["en", "nl"])
def test_titles_and_everyday_words_alone_answer_while_the_texts_are_on_their_way(
    page: Page, site: str, language: str
) -> None:
    first, three = rates(ask(page, site, language, texts=False))
    assert first >= FIRST
    assert three >= EARLY_AMONG_THREE


@pytest.mark.parametrize(("language", "kind"), list(product(("en", "nl"), KINDS)))
def test_each_query_has_a_right_page_that_exists_and_stands_in_one_set(language: str, kind: str) -> None:
    keys = {entry.key for entry in read_pages().entries.values()}
    queries = read_queries(language, kind)
    assert {key for wanted in queries.values() for key in wanted} <= keys
    others = {query for other in KINDS if other != kind for query in read_queries(language, other)}
    assert not {query for query in queries if kind == "held" and query in others}


def test_nothing_of_search_is_loaded_before_the_reader_turns_to_it(page: Page, site: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site + "en/needs/boundaries/")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "search" in url]
    page.click(".find")
    page.wait_for_selector("dialog[open]")
    page.wait_for_load_state("networkidle")
    assert len([url for url in asked if "search" in url]) == 5


def test_results_lead_to_the_best_section_with_its_words(page: Page, site: str) -> None:
    open_search(page, site + "nl/", "nee zeggen")
    page.wait_for_selector(".found mark")
    assert page.inner_text(".found li:first-child strong") == "Grenzen"
    assert page.locator(".found li:first-child mark").first.inner_text().lower() in ("nee", "zeggen")
    page.click(".found li:first-child a")
    page.wait_for_url(site + "nl/basisbehoeften/grenzen/**")


def test_results_are_of_this_language_alone(page: Page, site: str) -> None:
    open_search(page, site + "nl/", "therapie coping")
    links = page.locator(".found a").evaluate_all("links => links.map((one) => one.href)")
    assert links
    assert all(link.startswith(site + "nl/") for link in links)


@pytest.mark.parametrize(
    ("address", "words"), [("en/", "i want to die"), ("nl/", "ik wil dood"), ("nl/groeien/", "hij slaat me")]
)
def test_words_of_crisis_show_help_before_any_result(page: Page, site: str, address: str, words: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    open_search(page, site + address, words)
    for first, numbers in (("danger", {"tel:112", "tel:999", "tel:911"}), ("talk", {"tel:113", "tel:1813", "tel:988"})):
        dials = page.locator(f".crisis .{first}")
        assert numbers <= {one.get_attribute("href") for one in dials.all()}
        box = dials.first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 740, "without scrolling"
    # Who hears the page learns of the card before its number of results.
    assert page.inner_text("dialog [role=status]").startswith(page.inner_text(".crisis strong"))
    card, found = page.locator(".crisis").bounding_box(), page.locator(".found").bounding_box()
    assert card is not None
    assert found is None or card["y"] < found["y"]
    assert "help" in (page.get_attribute(".crisis a.help", "href") or "") or "hulp" in (
        page.get_attribute(".crisis a.help", "href") or ""
    )


@pytest.mark.parametrize("language", ["en", "nl"])
def test_misspelt_words_of_crisis_are_understood_and_ordinary_words_are_not_taken_for_them(
    page: Page, site: str, language: str
) -> None:
    meant, not_meant = ([" ".join(one.split()) for one in some[language].split(";")] for some in (CRISIS, NO_CRISIS))
    assert crises_among(page, site, language, [*meant, *not_meant]) == set(meant)


def test_no_result_leads_somewhere_kind(page: Page, site: str) -> None:
    open_search(page, site + "en/", "qqqxxz")
    assert page.is_visible("dialog a[href$='#all-pages']")
    assert page.is_visible("dialog .none a[href$='help-now/']")
    assert "Nothing found" in page.inner_text("dialog [role=status]")


def test_the_query_is_neither_in_the_address_nor_in_the_history_nor_kept(page: Page, site: str) -> None:
    open_search(page, site + "en/", "saying no to my mother")
    before = page.evaluate("history.length")
    page.keyboard.press("Enter")
    assert page.url == site + "en/"
    assert page.evaluate("history.length") == before
    page.keyboard.press("Enter")
    page.wait_for_url(site + "en/*/**")
    page.go_back()
    page.wait_for_selector(".find")
    assert not page.locator("dialog[open]").count()
    kept = page.locator("#search-words")
    assert not kept.count() or kept.input_value() == ""


def test_search_is_used_by_keyboard_alone(page: Page, site: str) -> None:
    page.goto(site + "en/needs/boundaries/")
    page.focus("button.find")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open]")
    assert page.evaluate("document.activeElement.id") == "search-words"
    page.keyboard.type("shame")
    page.wait_for_selector(".found a")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('.found') !== null")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "search-words"
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog[open]", state="detached")
    assert page.evaluate("document.activeElement.matches('button.find')")


@pytest.mark.parametrize(
    ("address", "words", "scheme"),
    [("en/", "panic", "light"), ("nl/", "ik wil dood", "dark"), ("en/", "qqqxxz", "dark")],
)
def test_the_search_dialog_keeps_nobody_out(page: Page, site: str, address: str, words: str, scheme: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    open_search(page, site + address, words)
    page.evaluate((HERE / "vendored" / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate(
        "() => axe.run(document.querySelector('dialog'), { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] })"
    )
    assert not [one["id"] for one in found["violations"]]
    assert page.evaluate("document.querySelector('dialog').scrollWidth") <= 320


def test_a_result_that_the_reader_stands_on_stays_when_more_is_known(page: Page, site: str) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/search-text.json", hold)
    open_search(page, site + "en/", "panic")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('.found') !== null")
    assert held
    held[0].continue_()
    wait_until_all_is_learned(page, thread_time(page))
    assert page.evaluate("document.activeElement.closest('.found') !== null")


def test_a_key_brings_results_within_fifty_milliseconds_on_a_slow_phone(page: Page, site: str) -> None:
    open_search(page, site + "nl/", "ne")
    spent = thread_time(page)
    wait_until_all_is_learned(page, spent)
    times = []
    for words in ("ne", "nee", "nee z", "nee ze", "nee zeg", "nee zeggen", "paniek", "bang"):
        before = spent()
        page.evaluate(TYPE, words)
        times.append(SLOWED * (spent() - before))
    assert 0 < sorted(times)[len(times) // 2] <= KEY_TO_RESULT_MS, times

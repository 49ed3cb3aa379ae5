"""Reading lists: made, ordered, opened elsewhere, printed; and no word of an address ever on the page."""

from __future__ import annotations

import json
import random
import re
import string
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import pytest

from handbook.publishing.address_file import load_registry
from tests.browser.browsing import DESK, PHONE, ROOT
from tests.browser.scanning import codes_in
from tests.browser.test_every_page import AXE, RULES, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import BrowserContext, Page

IDS: Final = load_registry(ROOT / "data/addresses.txt").ids
LIST: Final = IDS["reading-list.md"]
PUBLISHED: Final = f"https://secure-base.example/go/{LIST}/"
EN: Final = "en/reading-list/"
NL: Final = "nl/leeslijst/"
TEN: Final = (
    "Boundaries", "Shame", "Window of tolerance", "Worksheet: my tension map", "Safety", "The inner critic",
    "Worksheet: in two minds", "Avoiding", "Your first session", "Get help now",
)  # fmt: skip
NUMBER_OF_FRAGMENTS: Final = 10_000
SEED: Final = 20_261_122


def tick(page: Page, title: str) -> None:
    """Tick a page in the list of all pages, opening its folder first."""
    box = page.locator(".shelves label", has=page.get_by_text(title, exact=True)).locator("input")
    box.evaluate("one => { const folder = one.closest('details'); if (folder) folder.open = true; }")
    box.focus()
    page.keyboard.press("Space")
    assert box.is_checked()


def chosen(page: Page) -> list[str]:
    return page.locator(".chosen li > :first-child").all_inner_texts()


def here(page: Page, site: str) -> str:
    """The link of the list as it leads on the site under test."""
    link = page.get_attribute(".give .link", "href") or ""
    return link.replace("https://secure-base.example/", site)


def test_a_list_of_ten_is_made_by_keyboard_opened_elsewhere_and_printed(
    context: Callable[..., BrowserContext], site: str
) -> None:
    page = context(permissions=["clipboard-read", "clipboard-write"]).new_page()
    page.goto(site + EN)
    for title in TEN:
        tick(page, title)
    assert chosen(page) == list(TEN)
    page.get_by_role("button", name="Move down: Boundaries").focus()
    page.keyboard.press("Enter")
    assert page.inner_text("[role=status].hidden") == "Boundaries is now number 2 of 10."
    assert page.evaluate("document.activeElement.ariaLabel") == "Move down: Boundaries"
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Move up: Get help now").focus()
    for _ in range(9):
        page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.ariaLabel") == "Move down: Get help now", "the focus is not lost"
    order = chosen(page)
    assert order[0] == "Get help now"
    assert order[1:4] == ["Shame", "Window of tolerance", "Boundaries"]
    page.get_by_role("button", name="Copy: Link to this list").focus()
    page.keyboard.press("Enter")
    page.locator(".said", has_text="Copied.").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == page.get_attribute(".give .link", "href")
    assert re.fullmatch(re.escape(PUBLISHED) + r"#1-[a-z0-9.-]+", link)
    page.get_by_role("button", name="Copy message (Dutch)").click()
    page.locator(".said", has_text="Copied.").wait_for()

    other = context(locale="nl-BE", viewport=PHONE, color_scheme="dark").new_page()
    other.goto(here(page, site))
    other.wait_for_url(f"{site}{NL}#1-**")
    titles = other.locator(".pack a").all_inner_texts()
    assert len(titles) == 10
    assert titles[:4] == ["Direct hulp", "Schaamte", "Je spanningsraam", "Grenzen"]
    assert not other.is_visible(".making")
    assert re.search(r"Samen ongeveer \d+ minuten lezen", other.inner_text(".total"))
    assert other.locator(".pack .small").count() == 8, "a reading time at each page, none at a worksheet"

    other.emulate_media(media="print", color_scheme="light")
    other.set_viewport_size({"width": 794, "height": 1123})
    codes = codes_in(other.screenshot(full_page=True), other)
    assert len(codes) == 11
    assert f"https://secure-base.example/go/{IDS['needs/boundaries.md']}/" in codes
    assert f"https://secure-base.example/go/{IDS['change/ambivalence.md']}/#worksheet-w13" in codes
    assert link in codes, "the list itself"
    assert len(other.pdf()) > 1000
    other.emulate_media(media="screen")
    other.click(".pack a >> nth=3")
    other.wait_for_url(f"{site}nl/basisbehoeften/grenzen/")


def test_the_giver_may_choose_the_language(page: Page, site: str) -> None:
    page.goto(f"{site}{EN}#1-{IDS['feelings/shame.md']}")
    page.click("[data-do=change]")
    page.check("[name=language][value=nl]")
    assert page.get_attribute(".give .link", "href") == f"{PUBLISHED}nl/#1-{IDS['feelings/shame.md']}"
    page.goto(here(page, site))
    page.wait_for_url(f"{site}{NL}#1-{IDS['feelings/shame.md']}")
    assert page.locator(".pack a").all_inner_texts() == ["Schaamte"]


@pytest.mark.parametrize(("viewport", "scheme"), [(PHONE, "light"), (DESK, "dark")], ids=["phone", "desk"])
def test_the_code_of_a_list_can_be_scanned(
    context: Callable[..., BrowserContext], site: str, viewport: dict[str, int], scheme: str
) -> None:
    page = context(viewport=viewport, color_scheme=scheme).new_page()
    page.goto(site + NL)
    tick(page, "Schaamte")
    code = page.locator(".give .code svg")
    code.evaluate("one => one.scrollIntoView({ block: 'center', behavior: 'instant' })")
    assert codes_in(page.screenshot(), page) == [f"{PUBLISHED}#1-{IDS['feelings/shame.md']}"]


def test_a_list_can_be_changed_taken_apart_and_seen(page: Page, site: str) -> None:
    page.goto(f"{site}{EN}#1-{IDS['feelings/shame.md']}.{IDS['needs/safety.md']}")
    page.click("[data-do=change]")
    assert chosen(page) == ["Shame", "Safety"]
    page.get_by_role("button", name="Take off the list: Shame").click()
    assert chosen(page) == ["Safety"]
    assert page.evaluate("document.activeElement.ariaLabel") == "Take off the list: Safety"
    page.click("[data-do=see]")
    assert page.locator(".pack a").all_inner_texts() == ["Safety"]
    assert page.evaluate("document.activeElement.id") == "given"
    page.reload()
    assert page.locator(".pack a").all_inner_texts() == ["Safety"]


def test_a_list_holds_at_most_forty(page: Page, site: str) -> None:
    page.goto(site + EN)
    page.evaluate("document.querySelectorAll('.shelves input').forEach((one) => one.click())")
    assert len(chosen(page)) == 40
    assert page.inner_text("[role=status].hidden") == "A list holds at most 40 pages. Take one off first."
    page.reload()
    assert page.locator(".pack li").count() == 40


def test_what_is_gone_from_a_list_is_counted_and_a_lost_worksheet_leaves_its_page(page: Page, site: str) -> None:
    page.goto(f"{site}{EN}#1-{IDS['feelings/shame.md']}.b2b2.{IDS['needs/safety.md']}-w99.c3c3")
    assert page.locator(".pack a").all_inner_texts() == ["Shame", "Safety"]
    assert page.inner_text(".missing") == "2 pages of this list are not here any more."


def test_a_page_can_be_put_on_a_list_from_where_it_is_read(page: Page, site: str) -> None:
    page.goto(site + "en/feelings/shame/")
    page.click(".share summary")
    page.locator(".share li button").first.wait_for()
    page.click("text=Put it on a reading list")
    page.wait_for_url(f"{site}{EN}#1-{IDS['feelings/shame.md']}")
    assert page.locator(".pack a").all_inner_texts() == ["Shame"]


def test_without_script_every_page_is_there_with_a_link_that_keeps_working(
    context: Callable[..., BrowserContext], site: str
) -> None:
    page = context(java_script_enabled=False).new_page()
    page.goto(f"{site}{NL}#1-{IDS['feelings/shame.md']}")
    assert page.get_by_text("scripts staan hier uit").is_visible()
    assert page.locator("input").first.is_hidden()
    assert page.locator("button:visible").count() == 0
    page.locator(".shelves summary").nth(3).click()
    row = page.locator("[data-item]", has=page.get_by_role("link", name="Schaamte", exact=True))
    assert row.locator("a").evaluate_all("all => all.map((one) => one.href)") == [
        f"{site}nl/gevoel-en-lichaam/schaamte/",
        f"https://secure-base.example/go/{IDS['feelings/shame.md']}/",
    ]


def test_no_server_hears_of_a_list_and_nothing_is_kept(context: Callable[..., BrowserContext], site: str) -> None:
    reader = context()
    page = reader.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site}{EN}#1-{IDS['feelings/shame.md']}")
    page.click("[data-do=change]")
    tick(page, "Safety")
    page.wait_for_load_state("networkidle")
    assert all(url.startswith(site) for url in asked)
    assert not [url for url in asked if IDS["feelings/shame.md"] in url.partition("#")[0]]
    assert not reader.storage_state(indexed_db=True)["origins"]
    assert not reader.cookies()


HOSTILE: Final = (
    "Send money to", "<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "javascript:alert(1)",
    "1-", "1-k7b4.Ring 0900", "1-k7b4 ", "2-k7b4", "1-__proto__", "1-constructor", "1-k7b4.", "1-.k7b4", "1--w05",
    "1-%6b%37%62%34", "%E0%A4%A", "1-" + ".".join(["b2b2"] * 41), "1-" + "b2b2." * 9000, "1-b2b2", "1-k7b4-w05-w06",
    "main%20zwendel", "1-ＫＢ７４", "1-k7b4\u202emoc", "?q=zwendel", "/go/", "1-k7b4&x=zwendel", "1-k7b4#zwendel",
)  # fmt: skip


@pytest.mark.parametrize("fragment", HOSTILE)
@pytest.mark.parametrize("address", [EN, NL])
def test_an_address_that_holds_no_list_is_told_so_in_a_sentence(
    page: Page, site: str, address: str, fragment: str
) -> None:
    page.goto(f"{site}{address}#{fragment}")
    said = page.locator(".unknown")
    assert said.is_visible()
    assert said.inner_text() in {
        "This address holds no list that this site knows. You can choose pages yourself.",
        "In dit adres staat geen lijst die deze site kent. Je kunt zelf pagina’s kiezen.",
    }
    assert page.is_visible(".making")
    assert not page.is_visible(".given")


def fragments() -> Iterator[str]:
    """Make ten thousand fragments: true lists bent out of shape, texts, codes of all kinds. Always the same ones."""
    made = random.Random(SEED)
    ids = sorted(set(IDS.values()))
    odd = "zwendel ÅŁ 漢字 \u202e\u200b\ufeff <b>&\"'`{}[]()%#?/\\.,;:!-_~^$€\x7f\x01" + string.printable
    pieces = ["javascript:", "data:text/html,", "<img src=x onerror=alert(1)>", "__proto__", "constructor", "1-", "2-"]
    for number in range(NUMBER_OF_FRAGMENTS):
        true = "1-" + ".".join(made.choices(ids, k=made.randint(1, 12)))
        noise = "".join(made.choices(odd, k=made.randint(1, 60)))
        match number % 6:
            case 0:
                yield noise
            case 1:  # a true list with something put in
                at = made.randint(0, len(true))
                yield true[:at] + made.choice([*pieces, noise]) + true[at:]
            case 2:  # a true list with a sign changed
                at = made.randrange(len(true))
                yield true[:at] + made.choice(odd) + true[at + 1 :]
            case 3:
                yield quote(noise + made.choice(pieces), safe="")
            case 4:
                letters = string.ascii_lowercase + string.digits
                yield "1-" + ".".join("".join(made.choices(letters, k=4)) for _ in range(made.randint(1, 60)))
            case _:
                yield made.choice([*pieces, true]) * made.randint(1, 200)


# Goes to each fragment and compares every word that the page then holds, visible or not, with those it was built from.
FUZZ: Final = """async ({ fragments, words }) => {
  const known = new Set(words);
  const place = document.documentElement;
  place.style.display = 'none';  // only words are looked at: laying out ten thousand pages would take minutes
  const told = ['aria-label', 'title', 'alt', 'value', 'placeholder'];
  const telling = told.map((name) => `[${name}]`).join();
  const foreign = [];
  const seen = { list: 0, none: 0 };
  const plain = new Set();  // texts whose words are all known: most of the page stays what it was
  for (const fragment of fragments) {
    const before = location.href;
    const changed = new Promise((done) => addEventListener('hashchange', done, { once: true }));
    location.hash = fragment;
    if (location.href !== before) await changed;
    if (document.querySelector('.given').hidden) seen.none += 1;
    else seen.list += 1;
    const texts = [document.title];
    for (const one of place.querySelectorAll(telling)) texts.push(...told.map((name) => one.getAttribute(name) ?? ''));
    const walk = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) texts.push(walk.currentNode.data);
    for (const text of texts) {
      if (plain.has(text)) continue;
      const strange = (text.match(/[\\p{L}\\p{N}_]+/gu) ?? [])
        .filter((word) => !known.has(word) && !/^[0-9]{1,3}$/.test(word));
      if (strange.length) foreign.push([fragment, strange.slice(0, 3)]);
      else plain.add(text);
    }
  }
  return { foreign: foreign.slice(0, 5), seen, scripts: document.scripts.length, pictures: document.images.length };
}"""


@pytest.mark.parametrize("half", [0, 1])  # so that two processes can share the work
def test_ten_thousand_addresses_bring_no_foreign_word_onto_the_page(page: Page, site: str, half: int) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("dialog", lambda dialog: errors.append(dialog.message))
    source = page.request.get(site + EN).text()
    words = sorted({*re.findall(r"\w+", source), *re.findall(r"\w+", re.sub(r"&#\d+;|&\w+;", " ", source))})
    page.goto(site + EN)
    made = list(fragments())
    assert len(made) == NUMBER_OF_FRAGMENTS
    result: dict[str, Any] = page.evaluate(
        FUZZ, {"fragments": made[half * NUMBER_OF_FRAGMENTS // 2 :][: NUMBER_OF_FRAGMENTS // 2], "words": words}
    )
    assert not result["foreign"], json.dumps(result["foreign"])
    assert result["seen"]["list"] > 100, "true lists were among them, and were shown"
    assert result["seen"]["none"] > NUMBER_OF_FRAGMENTS // 4
    assert result["pictures"] == 0
    assert not errors


@pytest.mark.parametrize("address", [EN, NL])
@pytest.mark.parametrize(("viewport", "scheme"), [(PHONE, "light"), (PHONE, "dark"), (DESK, "light"), (DESK, "dark")])
def test_a_list_keeps_nobody_out(
    context: Callable[..., BrowserContext], site: str, address: str, viewport: dict[str, int], scheme: str
) -> None:
    page = context(viewport=viewport, color_scheme=scheme).new_page()
    page.goto(f"{site}{address}#1-{IDS['feelings/shame.md']}.{IDS['needs/safety.md']}.b2b2")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for press in ("", "[data-do=change]"):
        if press:
            page.click(press)
            page.locator(".give [data-message]").first.wait_for()
        result = page.evaluate("rules => axe.run(document, rules)", RULES)
        assert not [told(violation) for violation in result["violations"]]
        small = page.locator("main button:visible, main summary:visible, main label:visible").evaluate_all(
            "all => all.filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.textContent)"
        )
        assert not small
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.set_viewport_size(viewport)  # type: ignore[arg-type]


@pytest.mark.parametrize("address", ["en/needs/boundaries/", "nl/basisbehoeften/grenzen/"])
@pytest.mark.parametrize(("viewport", "scheme"), [(PHONE, "light"), (PHONE, "dark"), (DESK, "light"), (DESK, "dark")])
def test_sharing_keeps_nobody_out(
    context: Callable[..., BrowserContext], site: str, address: str, viewport: dict[str, int], scheme: str
) -> None:
    page = context(viewport=viewport, color_scheme=scheme).new_page()
    page.goto(site + address)
    page.click(".share summary")
    page.locator(".share li button").first.wait_for()
    page.evaluate("document.querySelector('.said').textContent = 'Copied.'")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate("rules => axe.run(document, rules)", RULES)
    assert not [told(violation) for violation in result["violations"]]
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320

"""What can do harm: code in a page, a wrong number, words that hurt, help that is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from handbook.model.page import Callout, Paragraph, walk
from handbook.trials.edit import Draft, Edit
from handbook.trials.shelf import Shelf

if TYPE_CHECKING:
    from random import Random

    from handbook.trials.world import World

shelf: Final = Shelf("Safety")

# --- HTML that may not stand in a page -------------------------------------------------------------------------------

HTML: Final = " ".join(f"SAF{number}" for number in range(101, 112))


def _html(name: str, what: str, text: str, at: int = 0) -> None:
    shelf.insert(name, what, HTML, text, at=at)


_html("script", "a script", '<script src="x.js"></script>')
_html("script-inline", "a script written in the page", "<script>alert(1)</script>")
_html("script-in-capitals", "a script in capitals", "<SCRIPT>alert(1)</SCRIPT>")
_html("script-in-sentence", "a script within a sentence", "You can <script>alert(1)</script> rest.")
_html("handler", "a handler", '<span onclick="alert(1)">Rest.</span>')
_html("handler-after-slash", "a handler hidden behind a slash", "You can <b/onmouseover=alert(1)>rest</b>.")
_html("handler-over-lines", "a handler on the next line", 'You can <b\nonmouseover="alert(1)">rest</b>.')
_html("handler-without-quotes", "a handler without quotation marks", "You can <b onclick=alert(1)>rest</b>.")
_html("handler-in-attribute-list", "a handler in an attribute list", 'See [In short](#in-short){ onclick="alert(1)" }.')
_html("style-attribute", "a style attribute", '<span style="position:fixed">Rest.</span>')
_html("style-in-attribute-list", "a style in an attribute list", 'See [In short](#in-short){ style="color:red" }.')
_html("style-element", "a style sheet in the page", "<style>body{display:none}</style>")
_html("frame", "a frame", '<iframe src="https://example.org"></iframe>')
_html("object", "an embedded object", '<object data="x.swf"></object>')
_html("form", "a form", '<form action="https://example.org"><input name="mail"></form>')
_html("input", "an input with a name, which could be stored or sent", '<input name="score" type="text">')
_html("base", "a <base> that turns every link", '<base href="https://example.org/">')
_html("refresh", "a redirect", '<meta http-equiv="refresh" content="0;url=https://example.org">')
_html("picture-with-handler", "a picture that runs code when it fails", '<img src="x" alt="x" onerror="alert(1)">')
_html("drawing-with-code", "a drawing that runs code", '<svg onload="alert(1)"></svg>')
_html("javascript-link", "a link that runs code", "See [this](javascript:alert(1)).")
_html("javascript-link-in-capitals", "the same in capitals", "See [this](JaVaScRiPt:alert(1)).")
_html("javascript-link-as-entity", "the same with an entity", "See [this](java&#115;cript:alert(1)).")
_html("javascript-link-with-tab", "the same with a tab", '<a href="java\tscript:alert(1)">this</a>')
_html("javascript-link-in-html", "the same in HTML", '<a href=" javascript:alert(1)">this</a>')
_html("data-link", "a link to a page written in the link", "See [this](data:text/html;base64,PHNjcmlwdD4=).")
_html("vbscript-link", "a link that runs a script of Windows", "See [this](vbscript:msgbox).")
_html("tracking-picture", "a picture of a third party", "![A circle](https://example.org/pixel.gif)")
_html("break-out", "end tags that break out of the article", "</div></article></main>")
_html("foreign-element", "an element that the handbook does not use", "<marquee>Rest.</marquee>")
_html(
    "class-in-html", "a class that looks like a part of the site", '<a class="exit-button" href="#in-short">Leave</a>'
)

# --- Telephone numbers -----------------------------------------------------------------------------------------------

NUMBER: Final = "DAT301"
shelf.insert(
    "digit-in-disguise",
    "a small L in place of a one",
    "DAT303",
    {"en": "Call l13 at any hour.", "nl": "Bel l13, dag en nacht."},
)
shelf.insert(
    "link-says-another-site",
    "a link that says one site and leads to another",
    "SAF112",
    {"en": "See [www.113.nl](https://help.example/).", "nl": "Kijk op [www.113.nl](https://help.example/)."},
)
shelf.insert(
    "number-typed",
    "a number of a helpline typed in a page",
    NUMBER,
    {"en": "Call 0800-0113 at any hour.", "nl": "Bel 0800-0113, dag en nacht."},
)
shelf.insert(
    "number-typed-wrong",
    "the same with a wrong digit",
    NUMBER,
    {"en": "Call 0800-0114 at any hour.", "nl": "Bel 0800-0114, dag en nacht."},
)
shelf.insert(
    "number-short",
    "a short number typed in a page",
    NUMBER,
    {"en": "Call 113 at any hour.", "nl": "Bel 113, dag en nacht."},
)
shelf.insert(
    "number-emergency",
    "an emergency number typed in a page",
    NUMBER,
    {"en": "Call 112 at any hour.", "nl": "Bel 112, dag en nacht."},
)
shelf.insert(
    "number-international",
    "an international number",
    NUMBER,
    {"en": "Call +31 20 311 3883.", "nl": "Bel +31 20 311 3883."},
)
shelf.insert(
    "number-british",
    "a British number",
    NUMBER,
    {"en": "Call 116 123, or 0300 123 3393.", "nl": "Bel 116 123, of 0300 123 3393."},
)
shelf.insert(
    "number-with-dots", "a number with dots", NUMBER, {"en": "Call 088.0205.205 today.", "nl": "Bel 088.0205.205."}
)
shelf.insert(
    "number-in-table", "a number in a table", NUMBER, "| Who | Number |\n| --- | --- |\n| 113 line | 0800-0113 |", at=2
)
shelf.insert("number-in-box", "a number in a box", NUMBER, '!!! note "Call"\n    0800-0113', at=1)
shelf.insert("number-in-list", "a number in a list", NUMBER, "- One\n- 0800-0113", at=1)
shelf.insert("number-as-link", "a telephone link", NUMBER, "[0800-0113](tel:08000113)")
shelf.insert("number-in-box-title", "a number in the title of a box", NUMBER, '!!! note "0800-0113"\n    Call.')
shelf.swap(
    "number-in-description",
    "a number in the description",
    NUMBER,
    r"^description: (.{10}).*$",
    r"description: \1 0800-0113",
    part="top",
)
shelf.swap(
    "helpline-unknown", "a helpline that does not exist", "DAT302", r"\{\{ phone [\w-]+ \}\}", "{{ phone nl-131 }}"
)
shelf.swap(
    "helpline-without-number",
    "a helpline that has no telephone",
    "DAT302",
    r"\{\{ phone [\w-]+ \}\}",
    "{{ phone us-nowhere }}",
)
shelf.insert("country-unknown", "helplines of a country that is not there", "DAT302 STR125", "{{ helplines xx }}")

# --- Words that do harm ----------------------------------------------------------------------------------------------

WORDS: Final = {
    "committed-suicide": {"en": "His uncle committed suicide last year."},
    "successful-suicide": {"en": "After a failed attempt she called us."},
    "zelfmoord-plegen": {"nl": "Zijn oom heeft zelfmoord gepleegd."},
    "mislukte-poging": {"nl": "Na een mislukte poging belde ze ons."},
    "method": {"en": "Some people think of an overdose.", "nl": "Sommige mensen denken aan een overdosis."},
    "suffers-from": {"en": "She suffers from fear."},
    "lijdt-aan": {"nl": "Ze lijdt aan angst."},
    "mentally-ill": {"en": "This is for the mentally ill."},
    "geestesziek": {"nl": "Dit is voor wie gestoord is."},
    "label": {"en": "He is a schizophrenic."},
    "etiket": {"nl": "Hij is een aandachtstrekker."},
    "victim-of": {"en": "Every victim of violence knows it."},
    "slachtoffer-van": {"nl": "Elk slachtoffer van geweld kent het."},
    "normal-people": {"en": "Normal people sleep at night.", "nl": "Normale mensen slapen dan."},
    "just-relax": {"en": "Just relax and it will pass.", "nl": "Gewoon ontspannen en het gaat over."},
    "cure": {"en": "This cures your fear."},
    "geneest": {"nl": "Dit geneest je angst."},
    "your-fault": {"en": "It is your own fault that you are tired."},
    "eigen-schuld": {"nl": "Dat is je eigen schuld."},
    "mother-alone": {"en": "Every mother knows this."},
    "moeder-alone": {"nl": "Elke moeder weet dit."},
    "formal-address": {"nl": "Neem gerust uw tijd."},
    "polyvagal-terms": {"en": "You are in dorsal vagal shutdown.", "nl": "Dan ben je in dorsale vagus."},
    "note-left": {"en": "Rest is good. [translate this]", "nl": "Rust is goed. TODO"},
    "body-remembers": {"en": "Your body remembers what you forgot.", "nl": "Je lichaam onthoudt wat jij vergat."},
}
"""A sentence for every entry of data/wording.yml."""
for _id, _sentences in WORDS.items():
    shelf.insert(f"words-{_id}", f"words that do harm ({_id})", "WOR101", _sentences)


shelf.insert(
    "words-with-person-between",
    "words that do harm with a person between them",
    "WOR101",
    {"nl": "Lijd je aan angst?"},
)


@shelf.make("words-in-title-of-box", "words that do harm in the title of a box", "WOR101")
def _in_title(world: World, chance: Random) -> Edit | None:
    return world.swap(chance, r'^!!! example ".*"$', '!!! example "She suffers from fear"', world.in_language("en"))


shelf.insert(
    "words-over-two-lines",
    "words that do harm over two lines",
    "WOR101",
    {"en": "His uncle committed\nsuicide last year."},
)
shelf.insert(
    "words-with-words-between",
    "words that do harm with others between them",
    "WOR101",
    {"nl": "Zijn oom heeft zelfmoord willen plegen."},
)
shelf.insert(
    "method-in-another-tense",
    "a method in the past, or by another name",
    "WOR101",
    {"en": "His uncle hanged himself.", "nl": "Zijn oom sprong van een brug."},
)
shelf.insert(
    "words-with-emphasis",
    "words that do harm with one in italics",
    "WOR101",
    {"en": "His uncle *committed* suicide last year."},
)
shelf.insert(
    "percentage-alone",
    "a percentage without “out of”",
    "WOR201",
    {"en": "It helps 40% at once.", "nl": "Het helpt 40% meteen."},
)


@shelf.make("crisis-words-without-help", "crisis words on a page that shows no help", "SHA302")
def _crisis(world: World, chance: Random) -> Edit | None:
    pages = [
        page
        for page in world.pages
        if page.front_matter.get("audience") != "client"
        and not any(block.name in ("when-to-get-help", "helplines", "phone") for block in page.placeholders)
        and "help-now.md" not in page.text
        and "suicid" not in page.text
        and "zelfdoding" not in page.text
    ]
    words = {"en": "Some people think of suicide.", "nl": "Sommige mensen denken aan zelfdoding."}
    return world.insert(chance, words, pages=pages)


@shelf.make("help-removed", "the help removed from a page with crisis words", "SHA102")
def _help_removed(world: World, chance: Random) -> Edit | None:
    page = world.draw(chance, [page for page in world.client if page.section("when-to-get-help")])
    section = page.section("when-to-get-help") if page else None
    if page is None or section is None:
        return None
    draft = Draft.of(page)
    draft.cut(section.line, section.last_line)
    return draft.edit(0)


@shelf.make("numbers-removed", "the helplines removed from the page of help in both languages", "SHA303")
def _numbers_removed(world: World, _chance: Random) -> Edit | None:
    pages = [page for page in world.pages if page.key == "help-now.md"]
    blocks = [(page, block) for page in pages for block in page.placeholders if block.name == "helplines"]
    if not blocks:
        return None
    drafts = [Draft.of(page).put(block.line, "") for page, block in blocks]
    return Edit.of(drafts, [world.at(page, 1) for page in pages])


@shelf.make("help-text-removed", "the shared text on getting help removed in every language", "SHA304")
def _help_text_removed(world: World, _chance: Random) -> Edit | None:
    texts = [page for page in world.project.pages if page.key == "_shared/when-to-get-help.md"]
    return Edit({page.path: None for page in texts}, frozenset(world.at(page, 0) for page in texts)) if texts else None


@shelf.make("content-note-removed", "the content note removed in both languages", "SHA301")
def _no_note(world: World, chance: Random) -> Edit | None:
    pair = world.draw(
        chance,
        [
            pair
            for pair in world.pairs
            if pair.first in world.client and pair.first.front_matter.get("sensitive") != "none"
        ],
    )
    if pair is None:
        return None
    drafts, at = [], []
    for page in (pair.first, pair.second):
        note = next(
            (block for block in page.blocks if isinstance(block, Callout) and block.kind == "content-note"), None
        )
        if note is None:
            return None
        draft = Draft.of(page)
        draft.cut(note.line, note.end)
        drafts.append(draft)
        at.append(world.at(page, page.front_matter.line_of("sensitive")))
    return Edit.of(drafts, at)


@shelf.make("content-note-without-way-past", "a content note without a link that leads past", "SHA301")
def _no_way_past(world: World, chance: Random) -> Edit | None:
    chosen = world.draw(
        chance, (place for place in world.blocks(Callout, world.client) if place[2].kind == "content-note")
    )
    if chosen is None:
        return None
    page, _section, note = chosen
    draft = Draft.of(page)
    for number in range(note.line + 1, note.end + 1):
        draft.put(number, draft.line(number).replace("](#what-you-can-do)", "]").replace("[", "").replace("]", ""))
    return draft.edit(note.line)


@shelf.make("exercise-without-stop", "an exercise that no longer says that one may stop", "SHA401")
def _no_stop(world: World, chance: Random) -> Edit | None:
    places = []
    for page, _section, block in world.blocks(Callout, world.client):
        lines = [
            number
            for number in range(block.line + 1, block.end + 1)
            if "stop" in page.text.split("\n")[number - 1].casefold()
        ]
        said = [
            inner for inner in walk(block.children) if isinstance(inner, Paragraph) and "stop" in inner.text.casefold()
        ]
        if block.kind == "exercise" and len(lines) == 1 and said:
            places.append((page, block, lines[0]))
    chosen = world.draw(chance, places)
    if chosen is None:
        return None
    page, block, line = chosen
    return Draft.of(page).put(line, "    " + {"en": "Go on.", "nl": "Ga door."}[page.language]).edit(block.line)


shelf.swap(
    "exercise-without-time",
    "an exercise that does not say how long it takes",
    "SHA401",
    r'^(!!! exercise ".*?) \(\d+.*\)"$',
    r'\1"',
)
shelf.insert(
    "test-copied",
    "a scale of a licensed test in a worksheet",
    "WOR301",
    {
        "en": 'Outcome Rating Scale (ORS):\n\n{{ scale 0 10 "How have you been?" }}',
        "nl": 'Outcome Rating Scale (ORS):\n\n{{ scale 0 10 "Hoe ging het met je?" }}',
    },
    at=2,
)

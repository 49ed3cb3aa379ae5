"""Safety of the HTML that readers get: an allow-list over the rendered text of each page.

The list is applied to what Python-Markdown made of the page, read by a parser that follows the HTML standard, so that a
script hidden in an attribute list, an entity or a broken tag is seen as a browser would see it. Which elements,
attributes and addresses are allowed is the project's choice; a project that makes none is not judged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from handbook.model.page import HOLE, Callout
from handbook.rules.links.schemes import MISSPELT_SCHEMES
from handbook.rules.registry import Hit, Scope, Text, rule
from handbook.rules.whereabouts import Whereabouts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from handbook.model.page import Page
    from handbook.model.project import Project

SCRIPTS = frozenset({"script", "noscript", "template"})
FRAMES = frozenset({"iframe", "frame", "frameset", "object", "embed", "applet", "portal", "fencedframe"})
FORMS = frozenset({"form", "input", "button", "select", "textarea", "option", "datalist", "output", "fieldset"})
STYLES = frozenset({"style"})
HEAD_ONLY = frozenset({"meta", "base", "link", "title", "html", "head", "body"})
ADDRESSES = frozenset({
    "href", "src", "srcset", "action", "formaction", "data", "poster", "cite", "background", "ping", "xlink:href", "to",
    "from", "values", "longdesc", "manifest",
})  # fmt: skip
HARMFUL = frozenset({"javascript", "vbscript", "data", "livescript", "mocha", "jar", "blob", "filesystem"})
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
PLAIN_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}", re.IGNORECASE)
SAID_HOST = re.compile(r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,})(?=[/?#:]|$)", re.IGNORECASE)
FRAME = "body|html|main|article|section|div|header|footer|nav|aside|template"
SEEN_ELSEWHERE = SCRIPTS | FRAMES | FORMS | STYLES | HEAD_ONLY


def _policy(project: Project) -> str:
    return "" if project.settings.html is not None else "this project does not say which HTML it allows"


@dataclass(frozen=True, slots=True)
class _Element:
    tag: str
    attributes: Mapping[str, str | None]


@lru_cache(maxsize=4)
def _elements(html: str) -> tuple[_Element, ...]:
    """Read every element of a fragment, those a browser would move to the head among them."""
    tree = LexborHTMLParser(f"<!doctype html><html><head></head><body><main>{html}</main></body></html>")
    found: list[_Element] = []
    root = tree.root
    for node in root.traverse() if root is not None else ():
        tag = node.tag or ""
        if tag.startswith("-") or (tag in {"html", "head", "body", "main"} and not node.attributes):
            continue
        found.append(_Element(tag, dict(node.attributes)))
    swallowed = re.findall(r"<\s*(html|head|body|frameset|frame)\b", html, re.IGNORECASE)
    found.extend(_Element(tag.lower(), {}) for tag in swallowed)
    return tuple(found)


def _of(page: Page, project: Project) -> tuple[_Element, ...]:
    html = project.fragments[page.path]
    return _elements(html) if "<" in html else ()


def _report(page: Page, project: Project, tags: frozenset[str], message: str, hint: str) -> Iterator[Hit]:
    policy = project.settings.html
    allowed = policy.elements if policy else frozenset()
    places = Whereabouts(page)
    for element in _of(page, project):
        if element.tag in tags and element.tag not in allowed and not (element.tag in FORMS and _task_box(element)):
            yield Hit(page.path, places.tag(element.tag), message.format(tag=element.tag), hint)


def _task_box(element: _Element) -> bool:
    """Tell whether a control is the check box that a task list makes."""
    return element.attributes.get("type") == "checkbox" and "disabled" in element.attributes


@rule(
    "SAF101",
    "script-in-page",
    Scope.FRAGMENT,
    needs=_policy,
    bad="<script>…</script>",
    good="(no script)",
    en=Text("A page holds a script.", "A script can read what somebody does here, and send it away."),
    nl=Text("Een pagina bevat een script.", "Een script kan zien wat iemand hier doet, en dat wegsturen."),
)
def script_in_page(page: Page, project: Project) -> Iterator[Hit]:
    """Report script, noscript and template elements."""
    yield from _report(page, project, SCRIPTS, "this page holds a <{tag}> element", "Remove it.")


@rule(
    "SAF102",
    "event-handler-in-page",
    Scope.FRAGMENT,
    needs=_policy,
    bad='<span onclick="…">word</span>',
    good="word",
    en=Text("An element carries an event handler.", "It is a script in another form."),
    nl=Text("Een element heeft een event handler.", "Dat is een script in een andere vorm."),
)
def event_handler_in_page(page: Page, project: Project) -> Iterator[Hit]:
    """Report attributes that begin with `on`, however they got there."""
    places = Whereabouts(page)
    for element in _of(page, project):
        for name in element.attributes:
            if name.lower().startswith("on"):
                message = f'the <{element.tag}> element carries the event handler "{name}"'
                yield Hit(page.path, places.attribute(element.tag, name), message, "Remove the attribute.")


@rule(
    "SAF103",
    "style-in-page",
    Scope.FRAGMENT,
    needs=_policy,
    bad='<span style="color: red">word</span>',
    good="**word**",
    en=Text(
        "A page brings styles of its own.", "They can hide or cover text, and the published site does not allow them."
    ),
    nl=Text(
        "Een pagina brengt eigen opmaak mee.",
        "Die kan tekst verbergen of bedekken, en de gepubliceerde site staat haar niet toe.",
    ),
)
def style_in_page(page: Page, project: Project) -> Iterator[Hit]:
    """Report style elements and style attributes, those of aligned tables among them."""
    yield from _report(page, project, STYLES, "this page holds a <{tag}> element", "Remove it.")
    places = Whereabouts(page)
    reported: set[int] = set()
    for element in _of(page, project):
        if "style" not in element.attributes:
            continue
        aligned = [*places.aligned_tables()] if element.tag in {"td", "th"} else []
        hint = "Leave out the colons in the line under the table's header." if aligned else "Remove the attribute."
        for line in aligned or [places.attribute(element.tag, "style")]:
            if line not in reported:
                reported.add(line)
                yield Hit(page.path, line, f"this <{element.tag}> element has a style of its own", hint)


@rule(
    "SAF104",
    "frame-in-page",
    Scope.FRAGMENT,
    needs=_policy,
    bad='<iframe src="https://video.example"></iframe>',
    good="[Watch the film](https://video.example)",
    en=Text("A page embeds something from elsewhere.", "The other site then learns who reads this page."),
    nl=Text("Een pagina laadt iets van elders in.", "De andere site weet dan wie deze pagina leest."),
)
def frame_in_page(page: Page, project: Project) -> Iterator[Hit]:
    """Report frames, objects and embeds."""
    yield from _report(page, project, FRAMES, "this page embeds something with <{tag}>", "Link to it instead.")


@rule(
    "SAF105",
    "form-in-page",
    Scope.FRAGMENT,
    needs=_policy,
    bad='<form action="/send"><input name="feeling"></form>',
    good="a worksheet to print",
    en=Text("A page holds a form.", "What somebody types into it may be stored or sent."),
    nl=Text("Een pagina bevat een formulier.", "Wat iemand erin typt, kan worden bewaard of verstuurd."),
)
def form_in_page(page: Page, project: Project) -> Iterator[Hit]:
    """Report forms and their controls."""
    yield from _report(page, project, FORMS, "this page holds a <{tag}> element", "Use a worksheet to print.")


@rule(
    "SAF106",
    "harmful-address",
    Scope.FRAGMENT,
    needs=_policy,
    bad="[more](javascript:alert(1))",
    good="[more](more.md)",
    en=Text("An address runs a script or carries data in itself.", "A click does something other than opening a page."),
    nl=Text(
        "Een adres voert een script uit of draagt zelf gegevens.", "Een klik doet iets anders dan een pagina openen."
    ),
)
def harmful_address(page: Page, project: Project) -> Iterator[Hit]:
    """Decode addresses as browsers do and look at their scheme."""
    for element in _of(page, project):
        for name, value in element.attributes.items():
            if name.lower() in ADDRESSES and value and (scheme := _scheme(value)) in HARMFUL:
                message = f'this address begins with "{scheme}:", which is no address of a page'
                yield Hit(page.path, _address_line(page, value, scheme), message, "Link to a page.")


def _scheme(value: str) -> str:
    """Read the scheme as a browser does: white space and control characters inside it do not count."""
    bare = re.sub(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]", "", unquote(unescape(value)))
    match = SCHEME.match(bare)
    return match.group(1).lower() if match else ""


def _address_line(page: Page, value: str, scheme: str) -> int:
    places = [(thing.target, thing.line) for thing in page.links] + [
        (thing.target, thing.line) for thing in page.images
    ]
    for target, line in places:
        if _scheme(target) == scheme:
            return line
    return Whereabouts(page).text(value, f"{scheme}:")


@rule(
    "SAF107",
    "element-not-allowed",
    Scope.FRAGMENT,
    needs=_policy,
    bad="<marquee>word</marquee>",
    good="word",
    en=Text(
        "A page holds an HTML element that this project does not use.",
        "Nobody knows how it looks, sounds or behaves here.",
    ),
    nl=Text(
        "Een pagina bevat een HTML-element dat dit project niet gebruikt.",
        "Niemand weet hoe het er hier uitziet, klinkt of werkt.",
    ),
)
def element_not_allowed(page: Page, project: Project) -> Iterator[Hit]:
    """Report what is not on the list and not the subject of a rule of its own."""
    policy = project.settings.html
    if policy is None:
        return
    known = policy.elements | (SEEN_ELSEWHERE - HEAD_ONLY)
    places = Whereabouts(page)
    for element in _of(page, project):
        if element.tag not in known:
            picture = element.tag == "img"  # which is written in Markdown already
            hint = "Leave it out: no text has pictures here." if picture else "Write it in Markdown, or leave it out."
            yield Hit(page.path, places.tag(element.tag), f"the HTML element <{element.tag}> is not allowed", hint)


@rule(
    "SAF108",
    "attribute-not-allowed",
    Scope.FRAGMENT,
    needs=_policy,
    bad='<span id="x" tabindex="5">word</span>',
    good="word",
    en=Text(
        "An element has an attribute that this project does not use.",
        "Attributes change what assistive technology says and does.",
    ),
    nl=Text(
        "Een element heeft een attribuut dat dit project niet gebruikt.",
        "Attributen veranderen wat hulptechnologie zegt en doet.",
    ),
)
def attribute_not_allowed(page: Page, project: Project) -> Iterator[Hit]:
    """Report what is not on the list; styles and handlers have rules of their own."""
    policy = project.settings.html
    if policy is None:
        return
    everywhere = policy.attributes.get("*", frozenset())
    boxes = {
        word for box in page.blocks if isinstance(box, Callout) for word in box.kind.split()
    }  # STR121 speaks of those that are unknown
    places = Whereabouts(page)
    for element in _of(page, project):
        if element.tag not in policy.elements:
            continue
        allowed = everywhere | policy.attributes.get(element.tag, frozenset())
        for name, value in element.attributes.items():
            if name not in allowed and name != "style" and not name.startswith("on"):
                message = f'the attribute "{name}" is not allowed on <{element.tag}>'
                line = places.attribute(element.tag, name, value or "")
                yield Hit(page.path, line, message, "Remove the attribute.")
        for strange in sorted({*(element.attributes.get("class") or "").split()} - (policy.classes or frozenset())):
            if policy.classes is not None and strange not in boxes:
                message = f'the class "{strange}" is not allowed: it makes something look like what it is not'
                yield Hit(page.path, places.attribute(element.tag, "class", strange), message, "Leave it out.")


@rule(
    "SAF109",
    "break-out-of-page",
    Scope.FRAGMENT,
    needs=_policy,
    bad="</div></main>",
    good="(no closing tag of the page's frame)",
    en=Text(
        "A page closes elements that are not its own.",
        "It can break out of its place and take over the rest of the screen, the help link included.",
    ),
    nl=Text(
        "Een pagina sluit elementen die niet van haar zijn.",
        "Ze kan uit haar plek breken en de rest van het scherm overnemen, ook de hulplink.",
    ),
)
def break_out_of_page(page: Page, project: Project) -> Iterator[Hit]:
    """Count closing tags of frame elements beyond those the fragment opened, and an unclosed comment."""
    html = re.sub(r"<!--.*?-->", "", project.fragments[page.path], flags=re.DOTALL)
    if "<!--" in html:
        yield Hit(
            page.path,
            Whereabouts(page).text("<!--"),
            "a comment is not closed and swallows the rest of the page",
            "Close it with -->.",
        )
        html = html.partition("<!--")[0]
    for tag in closed_unopened(html):
        message = f"</{tag}> closes something that this page did not open"
        yield Hit(page.path, Whereabouts(page).text(f"</{tag}"), message, "Remove it.")


def closed_unopened(html: str) -> Iterator[str]:
    """Yield the name of a frame element for each of its end tags that has no start tag before it."""
    depth: dict[str, int] = {}
    for match in re.finditer(rf"<(/?)\s*({FRAME})\b[^>]*>", html, re.IGNORECASE):
        closing, tag = match.group(1), match.group(2).lower()
        depth[tag] = depth.get(tag, 0) + (-1 if closing else 1)
        if depth[tag] < 0:
            depth[tag] = 0
            yield tag


@rule(
    "SAF110",
    "address-scheme-not-allowed",
    Scope.FRAGMENT,
    needs=_policy,
    bad="[files](ftp://example.org)",
    good="[files](https://example.org)",
    en=Text(
        "An address begins with something this project does not use.", "Many devices do not know what to do with it."
    ),
    nl=Text("Een adres begint met iets wat dit project niet gebruikt.", "Veel apparaten weten er geen raad mee."),
)
def address_scheme_not_allowed(page: Page, project: Project) -> Iterator[Hit]:
    """Compare schemes with the allowed ones and the project's own; an image must come from the site itself.

    An own scheme counts only as it is spelt: what resolves it does not know "TERM:" or one with a control character in
    it, and would publish the address as it stands.
    """
    policy = project.settings.html
    if policy is None:
        return
    own = project.settings.vocabulary.schemes
    allowed = policy.schemes | own
    for element in _of(page, project):
        for name, value in element.attributes.items():
            if name.lower() not in ADDRESSES or not value:
                continue
            scheme = _scheme(value)
            misspelt = scheme in own and not value.startswith(f"{scheme}:")
            if misspelt or (
                scheme and scheme not in allowed and scheme not in HARMFUL and scheme not in MISSPELT_SCHEMES
            ):
                message = (
                    f'this address means "{scheme}:" and does not spell it so'
                    if misspelt
                    else f'this address begins with "{scheme}:", which is not used here'
                )
                yield Hit(
                    page.path,
                    Whereabouts(page).text(value, f"{scheme}:"),
                    message,
                    f"Use one of: {', '.join(sorted(allowed))}.",
                )


@rule(
    "SAF111",
    "resource-from-elsewhere",
    Scope.FRAGMENT,
    needs=_policy,
    bad="![tree](https://pictures.example/tree.jpg)",
    good="![tree](tree.jpg)",
    en=Text(
        "A page loads a picture, sound or film from another site.", "The other site then learns who reads this page."
    ),
    nl=Text(
        "Een pagina laadt een plaatje, geluid of film van een andere site.",
        "De andere site weet dan wie deze pagina leest.",
    ),
)
def resource_from_elsewhere(page: Page, project: Project) -> Iterator[Hit]:
    """Report what a browser would fetch from another host while the page opens."""
    for element in _of(page, project):
        for name in ("src", "srcset", "poster", "data", "background"):
            value = element.attributes.get(name) or ""
            if re.match(r"\s*(?:https?:)?//", value, re.IGNORECASE):
                message = f'this <{element.tag}> element is loaded from elsewhere: "{value.strip()[:80]}"'
                yield Hit(
                    page.path,
                    Whereabouts(page).text(value.strip(), value.strip()[:40]),
                    message,
                    "Keep a copy in the project, or link to it.",
                )


@rule(
    "SAF112",
    "misleading-address",
    Scope.PAGE,
    around=True,
    needs=_policy,
    bad="[www.help.example](https://www.other.example/)",
    good="[www.help.example](https://www.help.example/)",
    en=Text(
        "A link leads elsewhere than it seems to.", "Somebody who trusts this site would trust whoever waits there."
    ),
    nl=Text(
        "Een link leidt ergens anders heen dan het lijkt.",
        "Wie deze site vertrouwt, vertrouwt dan ook wie daar wacht.",
    ),
)
def misleading_address(page: Page, project: Project) -> Iterator[Hit]:
    """Compare what a link says with its host, and look for hosts that are written to be taken for another."""
    own = urlsplit(project.configuration.site_url).hostname or ""
    titles = _titles(project, page.language)
    for link in page.links:
        target = link.target.strip().replace("\\", "/")
        if not re.match(r"(?:https?:)?//", target, re.IGNORECASE):
            continue
        host = _host(target)
        said = SAID_HOST.match(link.text.strip())
        problem = ""
        if target.startswith("//") or "\\" in link.target:
            problem = "it looks like a page of this site"
        elif host is None:
            problem = "its host is not written plainly"
        elif host != own and said and not _same_site(said.group(1).lower(), host):
            problem = f"it says {said.group(1)}"
        elif host != own and link.text.strip() in titles:
            problem = "it bears the title of a page of this site"
        elif host != own and ("{{" in link.text or HOLE in link.text):
            problem = "it holds a building block of this site"
        if problem:
            message = f'this link leads to "{link.target[:80]}", but {problem}'
            yield Hit(page.path, link.line, message, "Write the whole address, and say where it leads.")


@lru_cache(maxsize=16)
def _titles(project: Project, language: str) -> frozenset[str]:
    return frozenset(str(page.front_matter.get("title")) for page in project.pages if page.language == language)


def _host(target: str) -> str | None:
    """Give the host of an address; None where it has a user, a port, other than plain letters, or is a number."""
    try:
        place = urlsplit(target).netloc
    except ValueError:
        return None
    return place.lower() if PLAIN_HOST.fullmatch(place) and "xn--" not in place.lower() else None


def _same_site(said: str, host: str) -> bool:
    said, host = said.removeprefix("www."), host.removeprefix("www.")
    return said == host or host.endswith("." + said)

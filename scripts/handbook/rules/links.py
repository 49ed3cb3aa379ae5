"""Links: everything in Markdown, raw HTML, attribute lists, tables, reference style and footnotes leads somewhere.

External addresses are looked at (spelling of the scheme, the site's own address) but never opened; that is for a
scheduled command. A suggestion is offered only after it was resolved itself.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from handbook.model.finding import Mend, Place, Severity
from handbook.model.page import HOLE, Image, Link
from handbook.rules.naming import language_name, listed
from handbook.rules.phones import digits, same_number
from handbook.rules.registry import Hit, Scope, Text, rule
from handbook.rules.resolving import resolver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Page
    from handbook.model.project import Project
    from handbook.rules.resolving import Resolution

KNOWN_SCHEMES = frozenset({
    "about", "app", "blob", "chrome", "data", "doi", "file", "ftp", "ftps", "geo", "git", "http", "https", "intent",
    "irc", "ircs", "javascript", "magnet", "mailto", "market", "matrix", "news", "nntp", "sftp", "sip", "sips",
    "skype", "slack", "sms", "ssh", "steam", "svn", "tel", "tg", "urn", "vbscript", "vscode", "webcal", "whatsapp",
    "xmpp", "zoommtg",
})  # fmt: skip
WEB = frozenset({"http", "https", "//"})
MISSPELT_SCHEMES = {
    "htp": "http", "htps": "https", "htpps": "https", "htpp": "http", "hhttp": "http", "hhttps": "https",
    "htttp": "http", "htttps": "https", "httpss": "https", "httsp": "https", "httpp": "http", "httpps": "https",
    "ttps": "https", "ttp": "http", "hpps": "https", "hppts": "https", "hhtps": "https", "hhtp": "http",
    "httos": "https", "htto": "http", "mail": "mailto", "mailo": "mailto", "malito": "mailto", "mialto": "mailto",
    "maito": "mailto", "te": "tel", "tell": "tel", "phone": "tel", "telephone": "tel",
}  # fmt: skip
VAGUE = {
    language: frozenset(text.split(", "))
    for language, text in {
        "en": "here, click here, click, this, link, this link, read more, more, learn more, this page, see here, "
        "go here, page, more info, details",
        "nl": "hier, klik hier, deze link, link, lees meer, lees verder, meer, meer info, meer informatie, "
        "deze pagina, pagina, kijk hier, zie hier, verder",
        "de": "hier, klicken sie hier, klick hier, link, dieser link, mehr, mehr lesen, weiterlesen, diese seite",
        "fr": "ici, cliquez ici, cliquer ici, lien, ce lien, lire la suite, en savoir plus, plus, cette page",
        "es": "aquí, aqui, haz clic aquí, clic aquí, enlace, este enlace, leer más, más, esta página",
        "pt": "aqui, clique aqui, link, este link, leia mais, saiba mais, mais, esta página",
        "it": "qui, clicca qui, link, questo link, leggi di più, altro, questa pagina",
    }.items()
}
PHONE_TEXT = re.compile(r"\+?[\d(][\d\s().\-‐‑–/]*\d")
ASSET_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif")


def _found(page: Page, project: Project) -> Iterator[tuple[Link | Image, Resolution]]:
    yield from resolver(project).of(page)


def _noun(thing: Link | Image) -> str:
    if isinstance(thing, Image):
        return "image"
    return "link" if thing.element == "a" else f"<{thing.element}> element"


@rule(
    "LNK101",
    "link-to-missing-page",
    Scope.PAGE,
    around=True,
    bad="[Safety](saftey.md)",
    good="[Safety](safety.md)",
    en=Text("A link leads to a page or file that does not exist.", "The reader who needs it meets an error page."),
    nl=Text(
        "Een link leidt naar een pagina of bestand dat niet bestaat.",
        "De lezer die het nodig heeft, krijgt een foutpagina.",
    ),
)
def link_to_missing_page(page: Page, project: Project) -> Iterator[Hit]:
    """Report links that resolve to nothing, with the target that was surely meant."""
    if page.partial:
        return
    makers = _makers(project)
    for thing, found in _found(page, project):
        if found.kind != "missing" or isinstance(thing, Image):
            continue
        if makers and (found.path.endswith((".md", ".html", "/")) or not PurePosixPath(found.path).suffix):
            continue
        yield Hit(
            page.path,
            thing.line,
            f'this {_noun(thing)} leads to "{found.target}", which does not exist',
            _did_you_mean(page, found, project)
            or _only_elsewhere(page, found, project)
            or "Correct the address, or remove the link.",
        )


@rule(
    "LNK102",
    "image-missing",
    Scope.PAGE,
    around=True,
    bad="![The three steps](tree-steps.svg)",
    good="![The three steps](three-steps.svg)",
    en=Text("An image does not exist.", "Readers see a broken picture, and lose what it explains."),
    nl=Text("Een afbeelding bestaat niet.", "Lezers zien een kapot plaatje en missen wat het uitlegt."),
)
def image_missing(page: Page, project: Project) -> Iterator[Hit]:
    """Report images that resolve to nothing."""
    if page.partial:
        return
    for thing, found in _found(page, project):
        if found.kind in {"missing", "folder"} and isinstance(thing, Image):
            hint = _did_you_mean(page, found, project) or "Put the image there, or correct its name."
            yield Hit(page.path, thing.line, f'the image "{found.target}" does not exist', hint)


def _makers(project: Project) -> list[str]:
    """Name plugins that make pages during the build, so that a missing source proves nothing."""
    makers = {
        "gen-files", "mkdocs-simple-hooks", "monorepo", "multirepo", "api-autonav", "autoapi",
        "mkdoxy", "mkdocs-jupyter", "gallery", "include_dir_to_nav", "external-files",
        "same-dir", "mkapi", "techdocs-core", "static-pages",
    }  # fmt: skip
    return sorted(makers & project.configuration.plugins.keys())


def _only_elsewhere(page: Page, found: Resolution, project: Project) -> str:
    """Say so where the page that is meant exists, and not in this language."""
    key = found.path.removeprefix(f"{page.language}/")
    there = project.by_key.get(key, {})
    names = [language.name for language in project.languages if language.locale in there]
    return f"That page exists in {' and '.join(names)} only: write it in this language, too." if names else ""


def _did_you_mean(page: Page, found: Resolution, project: Project) -> str:
    offer = resolver(project).suggest(page, found)
    return f"Did you mean {offer}?" if offer else ""


@rule(
    "LNK103",
    "link-to-missing-section",
    Scope.PAGE,
    around=True,
    bad="[Recognise it](safety.md#recognize)",
    good="[Recognise it](safety.md#recognise)",
    en=Text(
        "A link leads to a section that its page does not have.",
        "The reader lands at the top of the page and must search.",
    ),
    nl=Text(
        "Een link leidt naar een onderdeel dat de pagina niet heeft.",
        "De lezer komt bovenaan de pagina uit en moet zoeken.",
    ),
)
def link_to_missing_section(page: Page, project: Project) -> Iterator[Hit]:
    """Compare fragments with the ids of the rendered page."""
    for thing, found in _found(page, project):
        target = found.page
        if found.kind != "page" or target is None or not found.fragment or not _ids_known(target, project):
            continue
        if page.partial and target is page:
            continue
        fragment = found.fragment
        if (
            fragment in target.anchors
            or fragment in {"top", "_top"}
            or fragment.startswith(("__", ":~:", "fn:", "fnref:"))
        ):
            continue
        if target.localized and not page.localized:
            continue
        if not project.settings.strict_parity and re.search(
            rf"""id=["']?{re.escape(fragment)}["'\s}}>]""", target.text
        ):
            continue  # given to something that is only known on the site, such as an icon
        where = "this page" if target is page else target.path
        yield Hit(
            page.path,
            thing.line,
            f'this {_noun(thing)} leads to the section "#{fragment}", which {where} does not have',
            _available(fragment, target),
            Place(target.path, 1) if target is not page else None,
        )


def _ids_known(page: Page, project: Project) -> bool:
    return not page.opaque and page.path in project.fragments and not project.unrendered.get("")


def _available(fragment: str, target: Page) -> str:
    import difflib  # noqa: PLC0415 - only when something is wrong

    known = [section.id for section in target.all_sections if section.id]
    folded = {id_.casefold(): id_ for id_ in target.anchors}
    near = folded.get(fragment.casefold()) or next(iter(difflib.get_close_matches(fragment, known, 1, 0.6)), "")
    if near:
        return f"Did you mean #{near}?"
    return (
        f"Sections there: {listed(['#' + id_ for id_ in known], 8)}."
        if known
        else "That page has no sections with an id."
    )


@rule(
    "LNK104",
    "link-to-other-language",
    Scope.PAGE,
    around=True,
    severity=Severity.WARNING,
    needs=lambda project: "" if len(project.languages) > 1 else "the site has one language",
    en=Text(
        "A link leads to the page in another language.",
        "The reader loses the language they read in without having asked for it.",
        "docs/nl/index.md: [Veiligheid](../en/needs/safety.md)",
        "docs/nl/index.md: [Veiligheid](needs/safety.md)",
    ),
    nl=Text(
        "Een link leidt naar de pagina in een andere taal.",
        "De lezer raakt zonder erom te vragen de eigen taal kwijt.",
        "docs/nl/index.md: [Veiligheid](../en/needs/safety.md)",
        "docs/nl/index.md: [Veiligheid](needs/safety.md)",
    ),
)
def link_to_other_language(page: Page, project: Project) -> Iterator[Hit]:
    """Report links whose own words name another language's file although this language has the page, too."""
    if not page.localized:
        return
    for thing, found in _found(page, project):
        target = found.page
        if found.kind != "page" or target is None or target.language == page.language or not target.localized:
            continue
        if isinstance(thing, Image) or "hreflang" in thing.attributes or "lang" in thing.attributes:
            continue
        own = project.by_key.get(target.key, {}).get(page.language)
        if own is None or own is page or _names_language(thing.text, project):
            continue
        yield Hit(
            page.path,
            thing.line,
            f'this link leads to the {language_name(target.language)} page "{found.target}"',
            f"Link to the {language_name(page.language)} page {own.path} instead.",
            Place(target.path, 1),
        )


def _names_language(text: str, project: Project) -> bool:
    """Tell whether a link says in its text that it leads to another language, as a language switch does."""
    folded = text.casefold()
    return any(
        name.casefold() in folded
        for language in project.configuration.languages
        for name in (language.name, language_name(language.locale))
    )


@rule(
    "LNK105",
    "absolute-link",
    Scope.PAGE,
    around=True,
    severity=Severity.WARNING,
    bad="[Safety](/en/needs/safety/)",
    good="[Safety](needs/safety.md)",
    en=Text(
        "A link begins with a slash.",
        "It is not checked by the build, leaves the language, and breaks when the site moves to a sub-path.",
    ),
    nl=Text(
        "Een link begint met een schuine streep.",
        "De bouw controleert hem niet, de taal gaat verloren, en hij breekt als de site naar een submap verhuist.",
    ),
)
def absolute_link(page: Page, project: Project) -> Iterator[Hit]:
    """Report them. Where languages are not kept in step, only those that surely fail on the published site."""
    for thing, found in _found(page, project):
        if found.kind == "absolute" and (project.settings.strict_parity or _fails_as_address(found, project)):
            offer = resolver(project).relative(page, found.page) if found.page else ""
            hint = (
                f"Write {offer} instead."
                if offer
                else "Write the way from this file to the other one, without the slash."
            )
            message = f'this {_noun(thing)} begins with a slash: "{found.target}"'
            yield Hit(page.path, thing.line, message, hint)


def _fails_as_address(found: Resolution, project: Project) -> bool:
    """Tell whether an address that begins with a slash leads nowhere on the site, or out of the site's own path.

    What is neither below the site's path nor a page or file of it belongs to something else on the same host.
    """
    own = urlsplit(project.configuration.site_url).path.rstrip("/")
    inside = (found.path.rstrip("/") + "/").startswith(own + "/")
    below = found.path.removeprefix(own).strip("/")
    exists = not below or found.page is not None or below in resolver(project).files
    return inside is not exists


@rule(
    "LNK106",
    "link-to-own-address",
    Scope.PAGE,
    around=True,
    severity=Severity.WARNING,
    needs=lambda project: "" if project.configuration.site_url.startswith("http") else "mkdocs.yml names no site_url",
    en=Text(
        "A link gives the full web address of a page of this very site.",
        "It leaves every copy of the site (a preview, a version without network), and no check follows it.",
        "[Safety](https://secure-base.example/en/needs/safety/)",
        "[Safety](needs/safety.md)",
    ),
    nl=Text(
        "Een link geeft het volledige webadres van een pagina van deze site zelf.",
        "Hij leidt weg uit elke kopie van de site, zoals een voorbeeld of een versie zonder netwerk.",
        "[Veiligheid](https://secure-base.example/nl/veiligheid/)",
        "[Veiligheid](needs/safety.md)",
    ),
)
def link_to_own_address(page: Page, project: Project) -> Iterator[Hit]:
    """Report links below site_url that a page of the sources stands for."""
    own = urlsplit(project.configuration.site_url)
    for thing, found in _found(page, project):
        if found.scheme not in WEB or isinstance(thing, Image):
            continue
        try:
            there = urlsplit(found.target)
        except ValueError:
            continue
        inside = there.netloc == own.netloc and (there.path + "/").startswith(own.path.rstrip("/") + "/")
        if not inside:
            continue
        below = there.path.removeprefix(own.path.rstrip("/")).strip("/").removesuffix(".html").removesuffix("/index")
        known = resolver(project).pages
        names = (f"{below}.md", f"{below}/index.md", f"{page.language}/{below}.md", f"{page.language}/{below}/index.md")
        if any(name in known for name in names):
            yield Hit(
                page.path,
                thing.line,
                f'this link gives the full address of a page of this site: "{found.target}"',
                "Link to the .md file instead.",
            )


@rule(
    "LNK107",
    "link-not-to-a-file",
    Scope.PAGE,
    around=True,
    severity=Severity.WARNING,
    bad="[Safety](../needs/safety/)",
    good="[Safety](../needs/safety.md)",
    en=Text(
        "A link names an address instead of the file of the page.",
        "MkDocs does not check it, and it breaks as soon as an address changes.",
    ),
    nl=Text(
        "Een link noemt een adres in plaats van het bestand van de pagina.",
        "MkDocs controleert hem niet, en hij breekt zodra een adres verandert.",
    ),
)
def link_not_to_a_file(page: Page, project: Project) -> Iterator[Hit]:
    """Report links that only work as addresses of the published site."""
    for thing, found in _found(page, project):
        if found.kind == "folder" and isinstance(thing, Link) and not page.partial:
            offer = (
                f"#{found.fragment}"
                if found.page is page and found.fragment
                else resolver(project).suggest(page, found)
            )
            hint = f"Write {offer} instead." if offer else "Name the .md file of the page."
            yield Hit(page.path, thing.line, f'this link names an address, not a file: "{found.target}"', hint)


@rule(
    "LNK108",
    "misspelt-scheme",
    Scope.PAGE,
    around=True,
    mends=True,
    bad="[113](htps://www.113.nl)",
    good="[113](https://www.113.nl)",
    en=Text("The beginning of a web address is misspelt.", "The link goes nowhere."),
    nl=Text("Het begin van een webadres is verkeerd gespeld.", "De link gaat nergens heen."),
)
def misspelt_scheme(page: Page, project: Project) -> Iterator[Hit]:
    """Report schemes nobody has, and known ones without their slashes."""
    own = project.settings.vocabulary.schemes
    for thing, found in _found(page, project):
        if found.kind == "scheme" and found.scheme != "//":
            scheme = found.scheme
            rest = found.target[len(scheme) + 1 :]
            if scheme in own:
                continue
            if scheme in {"http", "https"} and (
                not rest.startswith("//") or rest.startswith("///") or not rest.strip("/")
            ):
                right = f"{scheme}://{rest.lstrip('/')}"
            elif scheme in MISSPELT_SCHEMES:
                right = f"{MISSPELT_SCHEMES[scheme]}:{rest}"
            elif scheme in KNOWN_SCHEMES or (thing.kind == "autolink" and "." not in rest):
                continue
            elif re.match(r"\d+(?:/|$)", rest) or "." in scheme:
                right = f"https://{found.target}"
            else:
                continue
            yield _misspelt(page, thing, found.target, right)
        elif found.kind in {"missing", "outside"} and re.match(r"(?:https?[/;,]+|www\.)[\w-]+\.", found.target):
            right = "https://" + re.sub(r"^https?[/;,]+", "", found.target)
            yield _misspelt(page, thing, found.target, right)


def _misspelt(page: Page, thing: Link | Image, target: str, right: str) -> Hit:
    mend = Mend(thing.line, target, right)
    return Hit(page.path, thing.line, f'the address "{target}" is misspelt', f"Write {right}.", mend=mend)


@rule(
    "LNK109",
    "phone-link-differs-from-text",
    Scope.PAGE,
    around=True,
    bad="[0800-0113](tel:08000114)",
    good="[0800-0113](tel:08000113)",
    en=Text(
        "A telephone link calls another number than the one that is shown.", "Somebody in need calls the wrong number."
    ),
    nl=Text("Een telefoonlink belt een ander nummer dan er staat.", "Iemand in nood belt het verkeerde nummer."),
)
def phone_link_differs_from_text(page: Page, project: Project) -> Iterator[Hit]:
    """Compare the number of `tel:` and `sms:` links with the number in their text."""
    for thing, found in _found(page, project):
        if found.scheme not in {"tel", "sms"} or isinstance(thing, Image):
            continue
        called = unquote(found.target.partition(":")[2]).partition(";")[0].partition("?")[0]
        if not re.search(r"\d", called):
            yield Hit(
                page.path,
                thing.line,
                f'this telephone link has no number: "{found.target}"',
                "Write the number after tel:.",
            )
            continue
        shown = [match.group(0) for match in PHONE_TEXT.finditer(thing.text) if digits(match.group(0))]
        if shown and not any(same_number(called, number, project.settings.regions) for number in shown):
            yield Hit(
                page.path,
                thing.line,
                f'this link shows "{shown[0].strip()}" but calls "{called}"',
                "Make the two the same number.",
            )


@rule(
    "LNK110",
    "mail-link-differs-from-text",
    Scope.PAGE,
    around=True,
    bad="[info@example.org](mailto:inof@example.org)",
    good="[info@example.org](mailto:info@example.org)",
    en=Text(
        "A mail link writes to another address than the one that is shown, or to none.",
        "The message goes to somebody else, or nowhere.",
    ),
    nl=Text(
        "Een maillink schrijft naar een ander adres dan er staat, of naar geen adres.",
        "Het bericht gaat naar iemand anders, of nergens heen.",
    ),
)
def mail_link_differs_from_text(page: Page, project: Project) -> Iterator[Hit]:
    """Compare `mailto:` links with their text."""
    for thing, found in _found(page, project):
        if found.scheme != "mailto" or isinstance(thing, Image):
            continue
        written = unquote(found.target.partition(":")[2]).partition("?")[0].strip()
        shown = re.search(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", thing.text)
        if written and not re.fullmatch(r"[^@\s,]+@[^@\s,]+\.[^@\s,.]+(?:,.*)?", written) and "@example" not in written:
            yield Hit(page.path, thing.line, f'"{written}" is no mail address', "Write name@domain after mailto:.")
        elif shown and written and shown.group(0).casefold() not in written.casefold():
            message = f'this link shows "{shown.group(0)}" but writes to "{written}"'
            yield Hit(page.path, thing.line, message, "Make the two the same address.")


@rule(
    "LNK111",
    "empty-link-text",
    Scope.PAGE,
    around=True,
    bad="[](safety.md)",
    good="[Safety](safety.md)",
    en=Text("A link has no text.", "Nobody can see it, and a screen reader reads out the address."),
    nl=Text("Een link heeft geen tekst.", "Niemand ziet hem, en een schermlezer leest het adres voor."),
)
def empty_link_text(page: Page, project: Project) -> Iterator[Hit]:
    """Report links without text, image or label."""
    for thing, _found_at in _found(page, project):
        if isinstance(thing, Image) or thing.element != "a" or thing.attribute != "href":
            continue
        if thing.text.strip(HOLE + " ") or thing.holds_image or _has_hole(page, thing):
            continue
        labels = ("aria-label", "title", "aria-labelledby", "aria-hidden")
        if any(thing.attributes.get(label) for label in labels):
            continue
        if thing.kind == "html" and page.opaque:
            continue
        yield Hit(
            page.path,
            thing.line,
            f'this link to "{thing.target}" has no text',
            "Say between the brackets where it leads.",
        )


def _has_hole(page: Page, link: Link) -> bool:
    """Tell whether there is something without prose in the link, such as code or an icon."""
    line = page.text.split("\n", link.line)[link.line - 1] if link.line else ""
    return (link.kind != "html" and not re.search(r"\[\s*\](?:\(|\{)", line)) or (
        link.kind == "html" and not re.search(r"<a\b[^>]*>\s*</a>", line)
    )


@rule(
    "LNK112",
    "vague-link-text",
    Scope.PAGE,
    severity=Severity.WARNING,
    en=Text(
        "The text of a link does not say where it leads.",
        "Many people jump from link to link, and hear only these words.",
        "Click [here](safety.md) to read about safety.",
        "Read about [safety](safety.md).",
    ),
    nl=Text(
        "De tekst van een link zegt niet waar hij heen leidt.",
        "Veel mensen springen van link naar link en horen alleen deze woorden.",
        "Klik [hier](safety.md) om over veiligheid te lezen.",
        "Lees over [veiligheid](safety.md).",
    ),
)
def vague_link_text(page: Page, project: Project) -> Iterator[Hit]:
    """Compare link texts with the words every list of bad examples has."""
    language = project.configuration.language(page.language)
    words = VAGUE.get(language.short if language else page.language, VAGUE["en"])
    for link in page.links:
        text = " ".join(link.text.casefold().strip(" .!…:»>→«\"'").split())
        if link.element == "a" and text in words and not link.attributes.get("aria-label"):
            message = f'the link text "{link.text}" does not say where it leads'
            yield Hit(page.path, link.line, message, "Use the name of what is there as the text of the link.")


@rule(
    "LNK113",
    "undefined-reference",
    Scope.PAGE,
    bad="[the study][study]",
    good="[the study][study]\n\n[study]: https://doi.org/…",
    en=Text(
        "A reference has no definition, so its brackets are printed on the page.",
        "Readers see brackets in place of a link.",
    ),
    nl=Text(
        "Een verwijzing heeft geen definitie, dus staan de haken op de pagina.",
        "Lezers zien haken in plaats van een link.",
    ),
)
def undefined_reference(page: Page, project: Project) -> Iterator[Hit]:
    """Report reference links and images without a definition."""
    if _definitions_elsewhere(page, project):
        return
    for reference in page.undefined:
        if reference.kind != "footnote" and _printed(reference.raw, page, project):
            message = f'"{reference.raw}" is printed as it stands: "{reference.label}" is defined nowhere on this page'
            yield Hit(
                page.path,
                reference.line,
                message,
                f"Add a line [{reference.label}]: address, or write the address in round brackets.",
            )


@rule(
    "LNK114",
    "undefined-footnote",
    Scope.PAGE,
    bad="This helps.[^1]",
    good="This helps.[^1]\n\n[^1]: Smith, 2020.",
    en=Text(
        "A footnote is named that does not exist, so its brackets are printed.",
        "Readers look for a note that is not there.",
    ),
    nl=Text(
        "Er wordt een voetnoot genoemd die niet bestaat, dus staan de haken op de pagina.",
        "Lezers zoeken een noot die er niet is.",
    ),
)
def undefined_footnote(page: Page, project: Project) -> Iterator[Hit]:
    """Report footnote marks without a note."""
    if _definitions_elsewhere(page, project):
        return
    for reference in page.undefined:
        if reference.kind == "footnote" and _printed(reference.raw, page, project):
            message = f'"{reference.raw}" is printed as it stands: there is no footnote "{reference.label}"'
            yield Hit(
                page.path,
                reference.line,
                message,
                f"Add a line [^{reference.label}]: with the text of the note, or remove the mark.",
            )


def _definitions_elsewhere(page: Page, project: Project) -> bool:
    """Snippets and generators can bring definitions that are not in the source."""
    options = project.configuration.extension_options.get("pymdownx.snippets", {})
    return page.opaque or bool(options.get("auto_append"))


def _printed(raw: str, page: Page, project: Project) -> bool:
    """Tell whether the rendered page really shows the brackets; where it was not rendered, it does."""
    fragment = project.fragments.get(page.path)
    if fragment is None:
        return True
    import html  # noqa: PLC0415 - only when something is wrong

    shown = " ".join(html.unescape(fragment).split())
    last = raw[raw.rindex("[") :]
    return " ".join(raw.split()) in shown or (len(last) > 2 and last in shown)


@rule(
    "LNK115",
    "unused-footnote",
    Scope.PAGE,
    severity=Severity.WARNING,
    bad="[^2]: A note that no text refers to.",
    good="This helps.[^2]\n\n[^2]: A note.",
    en=Text("A footnote is written that nothing refers to.", "It is a leftover, or its mark was lost in the text."),
    nl=Text(
        "Er staat een voetnoot waar niets naar verwijst.",
        "Het is een restant, of het teken in de tekst is weggevallen.",
    ),
)
def unused_footnote(page: Page, _project: Project) -> Iterator[Hit]:
    """Report notes without a mark."""
    used = {reference.label for reference in page.footnotes}
    for definition in page.footnote_definitions:
        if definition.label not in used and not page.opaque:
            message = f'nothing on this page refers to the footnote "{definition.label}"'
            yield Hit(
                page.path, definition.line, message, f"Put [^{definition.label}] where it belongs, or remove the note."
            )


@rule(
    "LNK116",
    "repeated-definition",
    Scope.PAGE,
    severity=Severity.WARNING,
    bad="[study]: https://a.example\n[study]: https://b.example",
    good="[study]: https://a.example\n[study-2]: https://b.example",
    en=Text(
        "The same label is defined twice with different addresses.",
        "One of the two is ignored, and a link leads to the wrong place.",
    ),
    nl=Text(
        "Hetzelfde label is twee keer gedefinieerd met verschillende adressen.",
        "Een van de twee wordt genegeerd, en een link leidt verkeerd.",
    ),
)
def repeated_definition(page: Page, _project: Project) -> Iterator[Hit]:
    """Report labels that are taken; Python-Markdown uses the last, CommonMark the first."""
    first = {definition.label: definition for definition in page.link_definitions if not definition.repeated}
    for definition in page.link_definitions:
        earlier = first.get(definition.label)
        if definition.repeated and earlier and earlier.target != definition.target:
            message = (
                f'the label "{definition.label.lower()}" already stands for {earlier.target} (line {earlier.line})'
            )
            yield Hit(page.path, definition.line, message, "Give one of the two another label.")
    labels: dict[str, int] = {}
    for note in page.footnote_definitions:
        if note.label in labels:
            message = f'the footnote "{note.label}" is written twice (line {labels[note.label]})'
            yield Hit(page.path, note.line, message, "Give one of the two another label.")
        labels.setdefault(note.label, note.line)


@rule(
    "LNK117",
    "unused-image",
    Scope.PROJECT,
    severity=Severity.WARNING,
    needs=lambda project: (
        ""
        if project.settings.strict_parity
        else "images may be used by templates or style sheets that are not looked at"
    ),
    en=Text(
        "An image is used by no page.",
        "It is published all the same, and somebody will translate or update it for nothing.",
        "docs/assets/old-circle.svg, which no page shows",
        "remove the file",
    ),
    nl=Text(
        "Een afbeelding wordt door geen pagina gebruikt.",
        "Ze wordt toch gepubliceerd, en iemand vertaalt of vernieuwt haar voor niets.",
        "docs/assets/oude-cirkel.svg, die geen pagina toont",
        "verwijder het bestand",
    ),
)
def unused_image(project: Project, _same: Project) -> Iterator[Hit]:
    """Report images below docs_dir that nothing refers to."""
    links = resolver(project)
    used = {found.path for page in project.pages for _, found in links.of(page) if found.kind == "file"}
    used |= set(project.configuration.assets)
    for page in project.pages:
        used |= {str(entry.value) for entry in page.front_matter.entries if isinstance(entry.value, str)}
    for path in sorted(project.files):
        if path.lower().endswith(ASSET_ENDINGS) and links.below(path) not in used:
            yield Hit(path, 0, "no page uses this image", "Remove the file, or show it where it belongs.")


@rule(
    "LNK118",
    "link-out-of-docs",
    Scope.PAGE,
    around=True,
    bad="[licence](../../LICENSE)",
    good="[licence](https://github.com/owner/project/blob/main/LICENSE)",
    en=Text("A link leads out of the folder that is published.", "It works in the editor, and is dead on the site."),
    nl=Text("Een link leidt de gepubliceerde map uit.", "Hij werkt in de editor en is dood op de site."),
)
def link_out_of_docs(page: Page, project: Project) -> Iterator[Hit]:
    """Report links above docs_dir; a project's own hooks may rewrite them, and then nothing is sure."""
    if page.partial or (project.configuration.hooks and not project.settings.strict_parity):
        return
    for thing, found in _found(page, project):
        if found.kind == "outside" and not re.match(r"https?[/;,]", found.target):
            message = f'this {_noun(thing)} leads out of the published folder: "{found.target}"'
            yield Hit(page.path, thing.line, message, "Link to the file's web address, or to a page of the site.")


@rule(
    "LNK119",
    "empty-link-target",
    Scope.PAGE,
    around=True,
    bad="[Safety]()",
    good="[Safety](safety.md)",
    en=Text("A link or image has no address.", "It looks like a link and does nothing."),
    nl=Text("Een link of afbeelding heeft geen adres.", "Het lijkt een link en doet niets."),
)
def empty_link_target(page: Page, project: Project) -> Iterator[Hit]:
    """Report them, and a lone `#` in Markdown."""
    for thing, found in _found(page, project):
        if found.kind == "empty" and not (isinstance(thing, Image) and thing.kind == "html"):
            what = f'the link "{thing.text}"' if isinstance(thing, Link) else "this image"
            yield Hit(
                page.path,
                thing.line,
                f"{what} has no address",
                "Write the address in the round brackets, or remove it.",
            )


REVERSED = re.compile(
    r"(?<![\w\])])\(([^()\[\]\n]{1,80})\)\[((?:https?://|mailto:|tel:|\.{0,2}/|[\w./-]+\.md)[^\]\s]*)\]"
)
DETACHED = re.compile(r"\[([^\[\]\n]{1,80})\] \(((?:https?://|mailto:|tel:|\.{1,2}/|#[A-Za-z]|[\w./-]+\.md)[^)\s]*)\)")
UNCLOSED = re.compile(
    r"(?<!\])\[([^\[\]\n]{1,80})\]\(((?:https?://|mailto:|tel:|\.{0,2}/)[^)\s]*|[\w./-]+\.md(?:#[\w-]*)?)\s*$",
    re.MULTILINE,
)


@rule(
    "LNK120",
    "broken-link-syntax",
    Scope.PAGE,
    bad="(Safety)[safety.md]",
    good="[Safety](safety.md)",
    en=Text(
        "Something was meant as a link, but its brackets are wrong.",
        "Readers see brackets and an address in place of a link.",
    ),
    nl=Text(
        "Iets was bedoeld als link, maar de haken kloppen niet.",
        "Lezers zien haken en een adres in plaats van een link.",
    ),
)
def broken_link_syntax(page: Page, _project: Project) -> Iterator[Hit]:
    """Look in the prose for links turned round, torn apart or not closed."""
    for block in page.blocks:
        text = getattr(block, "text", None)
        if not isinstance(text, str) or type(block).__name__ not in {"Paragraph", "Table"}:
            continue
        for pattern, what in (
            (REVERSED, "its brackets are the wrong way round"),
            (DETACHED, "there is a space between its brackets"),
            (UNCLOSED, "its round bracket is not closed"),
        ):
            for match in pattern.finditer(text):
                line = block.line + text.count("\n", 0, match.start())
                written = match.group(0).strip()
                if written not in page.text:  # escaped on purpose
                    continue
                yield Hit(
                    page.path, line, f'"{written}" is no link: {what}', f"Write [{match.group(1)}]({match.group(2)})."
                )


REST_OF_NAV = frozenset({"awesome-pages", "awesome-nav"})
"""Plugins for which an entry `...` stands for all pages that are not named."""


@rule(
    "LNK121",
    "nav-to-missing-page",
    Scope.PROJECT,
    en=Text(
        "The navigation in mkdocs.yml names a page that does not exist.",
        "The menu has a dead entry.",
        "nav:\n  - Safety: saftey.md",
        "nav:\n  - Safety: safety.md",
    ),
    nl=Text(
        "De navigatie in mkdocs.yml noemt een pagina die niet bestaat.",
        "Het menu heeft een dode ingang.",
        "nav:\n  - Veiligheid: saftey.md",
        "nav:\n  - Veiligheid: safety.md",
    ),
)
def nav_to_missing_page(project: Project, _same: Project) -> Iterator[Hit]:
    """Resolve each entry in every language that uses it; it must exist in at least one."""
    links = resolver(project)
    if _makers(project):
        return
    for entry in project.configuration.nav:
        target = entry.target.split("#")[0]
        if re.match(r"[a-z][a-z0-9+.-]*:|/|$|#", target, re.IGNORECASE) or "*" in target or target.endswith("/"):
            continue
        if target.startswith("...") and project.configuration.plugins.keys() & REST_OF_NAV:
            continue
        languages = [entry.language] if entry.language else [language.locale for language in project.languages]
        known = any(links._find(target, language) for language in languages)
        if not known and not links.generated.match_file(target):
            yield Hit(
                project.configuration.path,
                entry.line,
                f'the navigation names "{entry.target}", which does not exist',
                "Correct the name, or remove the entry.",
                severity=Severity.ERROR,
            )


@rule(
    "LNK122",
    "raw-html-link-to-source",
    Scope.PAGE,
    around=True,
    en=Text(
        "A link in raw HTML names a Markdown file.",
        "MkDocs only turns Markdown links into addresses; this one leads to a file that is not published.",
        '<a href="safety.md">Safety</a>',
        "[Safety](safety.md)",
    ),
    nl=Text(
        "Een link in ruwe HTML noemt een Markdown-bestand.",
        "MkDocs maakt alleen van Markdown-links adressen; deze leidt naar een bestand dat niet wordt gepubliceerd.",
        '<a href="safety.md">Veiligheid</a>',
        "[Veiligheid](safety.md)",
    ),
)
def raw_html_link_to_source(page: Page, project: Project) -> Iterator[Hit]:
    """Report `href="x.md"` in raw HTML that leads to a page here."""
    for thing, found in _found(page, project):
        if (
            isinstance(thing, Link)
            and thing.kind == "html"
            and found.kind == "page"
            and found.target.partition("#")[0].endswith(".md")
        ):
            message = f'this link in raw HTML names the file "{found.target}", which is not on the site'
            yield Hit(
                page.path, thing.line, message, f"Write it in Markdown: [{thing.text or 'text'}]({found.target})."
            )

"""The published site: what a reader's browser gets, page by page and as a whole.

Looks at the files of `site/` after a build. Everything a page refers to must be there; what leads to other hosts is
only looked at where a project says that its site must do without them.
"""

from __future__ import annotations

from functools import lru_cache
from posixpath import dirname, normpath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from handbook.model.finding import Severity
from handbook.rules.languages import short
from handbook.rules.naming import language_name, listed
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.project import Project
    from handbook.model.site import BuiltElement, BuiltPage, BuiltSite

FETCHED = frozenset({"script", "img", "source", "iframe", "video", "audio", "embed", "object", "track", "input"})
FETCHING_LINKS = (
    "stylesheet",
    "icon",
    "preload",
    "prefetch",
    "preconnect",
    "dns-prefetch",
    "modulepreload",
    "manifest",
)


def _is_built(project: Project) -> str:
    return "" if project.site is not None else "there is no built site (run the build first)"


def _self_contained(project: Project) -> str:
    return _is_built(project) or (
        "" if project.settings.self_contained else "this project does not say that its site stands on its own"
    )


@lru_cache(maxsize=2)
def _base(site_url: str) -> tuple[str, str]:
    """Split the address of the site into host and path."""
    parts = urlsplit(site_url)
    return parts.netloc, parts.path.rstrip("/") + "/"


def _resolve(address: str, page: BuiltPage, project: Project) -> tuple[str, str] | None:
    """Give file below the site and fragment of an address; None where it leads elsewhere."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    host, base = _base(project.configuration.site_url)
    if parts.scheme and parts.scheme not in {"http", "https"}:
        return None
    if parts.netloc or parts.scheme:
        if not host or parts.netloc != host or not (parts.path + "/").startswith(base):
            return None
        path = parts.path[len(base) :]
    elif parts.path.startswith("/"):
        path = parts.path[len(base) :] if parts.path.startswith(base) else parts.path.lstrip("/")
    elif parts.path:
        folder = dirname(page.url) if not page.url.endswith("/") else page.url.rstrip("/")
        path = normpath(f"{folder}/{parts.path}") + (
            "/" if parts.path.endswith(("/", "/.", "..")) or parts.path == "." else ""
        )
        path = path.lstrip("/") if not path.startswith("../") else path
    else:
        path = page.url
    path = unquote(path)
    return ("" if path in {".", "./", "/"} else path), unquote(parts.fragment)


def _file(path: str, site: BuiltSite) -> str | None:
    """Find the file a web server would send for a path."""
    if path.startswith("../"):
        return None
    bare = path.rstrip("/")
    names = [f"{bare}/index.html" if bare else "index.html"]
    if not path.endswith("/"):
        names = [bare, *names, f"{bare}.html"]
    return next((name for name in names if name in site.files), None)


def _place(element: BuiltElement) -> str:
    return element.tag.split(" ")[0]


@rule(
    "PUB101",
    "published-link-broken",
    Scope.BUILT_PAGE,
    needs=_is_built,
    bad='<a href="../saftey/">',
    good='<a href="../safety/">',
    en=Text("A link on the published site leads nowhere.", "The reader who needs it meets an error page."),
    nl=Text(
        "Een link op de gepubliceerde site leidt nergens heen.", "De lezer die hem nodig heeft, krijgt een foutpagina."
    ),
)
def published_link_broken(page: BuiltPage, project: Project) -> Iterator[Hit]:
    """Resolve every link inside the site."""
    site = project.site
    for element in page.references if site else ():
        if element.tag not in {"a", "area", "form"} or not element.value:
            continue
        found = _resolve(element.value, page, project)
        if found is not None and site is not None and _file(found[0], site) is None:
            message = f'a link on the published page leads to "{element.value}", which does not exist'
            hint = "Correct the link in the page's source, or in the template that writes it."
            yield Hit(page.path, 0, message, hint, needle=f'"{element.value}"')


@rule(
    "PUB102",
    "published-file-missing",
    Scope.BUILT_PAGE,
    needs=_is_built,
    bad='<img src="../tree.png">',
    good='<img src="../assets/tree.png">',
    en=Text(
        "A picture, style sheet or script of a published page does not exist.",
        "The page looks broken, or does not work.",
    ),
    nl=Text(
        "Een plaatje, stijlblad of script van een gepubliceerde pagina bestaat niet.",
        "De pagina ziet er kapot uit of werkt niet.",
    ),
)
def published_file_missing(page: BuiltPage, project: Project) -> Iterator[Hit]:
    """Resolve everything a page loads."""
    site = project.site
    for element in page.references if site else ():
        if element.tag in {"a", "area", "form", "base"} or not element.value or element.value.startswith("#"):
            continue
        found = _resolve(element.value, page, project)
        if found is not None and site is not None and _file(found[0], site) is None:
            message = f'the file "{element.value}" that this page loads with <{_place(element)}> does not exist'
            yield Hit(page.path, 0, message, "Put the file there, or correct its address.", needle=f'"{element.value}"')


@rule(
    "PUB103",
    "published-section-missing",
    Scope.BUILT_PAGE,
    needs=_is_built,
    bad='<a href="../safety/#recognize">',
    good='<a href="../safety/#recognise">',
    en=Text(
        "A link on the published site leads to a section that its page does not have.",
        "The reader lands at the top of the page and must search.",
    ),
    nl=Text(
        "Een link op de gepubliceerde site leidt naar een onderdeel dat er niet is.",
        "De lezer komt bovenaan de pagina uit en moet zoeken.",
    ),
)
def published_section_missing(page: BuiltPage, project: Project) -> Iterator[Hit]:
    """Compare fragments with the ids of the target, or of the pages to which it passes a reader on."""
    site = project.site
    if site is None:
        return
    for element in page.references:
        if "#" not in element.value or element.tag not in {"a", "area", "use", "link"}:
            continue
        found = _resolve(element.value, page, project)
        if found is None or not found[1] or found[1] == "top" or found[1].startswith((":~:", "__")):
            continue
        name = _file(found[0], site)
        target = site.by_file.get(name) if name else None
        if target is not None and found[1] not in target.ids and not _is_passed_on(found[1], target, project, site):
            message = f'a link on the published page leads to the section "{element.value}", which does not exist'
            yield Hit(page.path, 0, message, "Correct the part after the # sign.", needle=f'"{element.value}"')


def _is_passed_on(section: str, page: BuiltPage, project: Project, site: BuiltSite) -> bool:
    """Tell whether a page that search engines pass by only leads on, and to a page that has this section."""
    if not page.generated and not page.refresh:
        return False
    ways = (_resolve(one.value, page, project) for one in page.references if one.tag == "a" and one.value)
    files = {name for found in ways if found is not None and (name := _file(found[0], site))}
    return any(name in site.by_file and section in site.by_file[name].ids for name in files)


@rule(
    "PUB104",
    "reference-to-missing-id",
    Scope.BUILT_PAGE,
    needs=_is_built,
    bad='<nav aria-labelledby="menu-title"> without id="menu-title"',
    good='<h2 id="menu-title">Menu</h2> <nav aria-labelledby="menu-title">',
    en=Text(
        "An element names another one by an id that is not on the page.",
        "A screen reader then reads nothing in its place.",
    ),
    nl=Text(
        "Een element noemt een ander met een id die niet op de pagina staat.", "Een schermlezer leest dan niets voor."
    ),
)
def reference_to_missing_id(page: BuiltPage, _project: Project) -> Iterator[Hit]:
    """Check aria references, labels, table headers and the like."""
    for element in page.id_references:
        if element.value not in page.ids:
            message = f'{element.attribute}="{element.value}" on <{element.tag}> names an id that is not on this page'
            yield Hit(page.path, 0, message, "Give the element that is meant this id.", needle=f'{element.attribute}="')


@rule(
    "PUB105",
    "third-party-on-site",
    Scope.BUILT_PAGE,
    needs=_self_contained,
    bad='<link rel="stylesheet" href="https://fonts.example/css">',
    good='<link rel="stylesheet" href="assets/fonts.css">',
    en=Text("A published page loads something from another site.", "That site then learns who reads what here."),
    nl=Text("Een gepubliceerde pagina laadt iets van een andere site.", "Die site weet dan wie hier wat leest."),
)
def third_party_on_site(page: BuiltPage, project: Project) -> Iterator[Hit]:
    """Report what a browser would fetch or connect to by itself."""
    host, _ = _base(project.configuration.site_url)
    for element in page.references:
        fetched = _place(element) in FETCHED or (
            element.tag.startswith("link") and any(word in element.tag for word in FETCHING_LINKS)
        )
        there = urlsplit(element.value).netloc if "//" in element.value[:9] else ""
        if fetched and there and there != host:
            message = f'this page loads "{element.value}" from another site'
            yield Hit(page.path, 0, message, "Keep a copy in the project.", needle=element.value)


@rule(
    "PUB106",
    "inline-code-on-site",
    Scope.BUILT_PAGE,
    needs=_self_contained,
    bad="<script>…</script>, style=…, onclick=…",
    good='<script src="assets/site.js"></script>',
    en=Text(
        "A published page has a script, style or handler written into it.",
        "The site's security policy blocks it, or has to be weakened for it.",
    ),
    nl=Text(
        "In een gepubliceerde pagina staat een script, stijl of handler.",
        "Het beveiligingsbeleid van de site blokkeert dat, of moet er zwakker voor worden.",
    ),
)
def inline_code_on_site(page: BuiltPage, _project: Project) -> Iterator[Hit]:
    """Report inline scripts, styles, style attributes and handlers."""
    for element in page.inline_code:
        what = f'{element.attribute}="{element.value}"' if element.attribute else f"a <{element.tag}> with text in it"
        message = f"this page has {what}" + (f" on <{element.tag}>" if element.attribute else "")
        needle = f'{element.attribute}="' if element.attribute else element.value[:30]
        yield Hit(page.path, 0, message, "Move it into a file of its own.", needle=needle)


@rule(
    "PUB107",
    "page-language-wrong",
    Scope.BUILT_PAGE,
    needs=_is_built,
    bad='nl/grenzen/index.html: <html lang="en">',
    good='nl/grenzen/index.html: <html lang="nl">',
    en=Text("A published page names the wrong language, or none.", "A screen reader reads it with the wrong voice."),
    nl=Text(
        "Een gepubliceerde pagina noemt de verkeerde taal, of geen.",
        "Een schermlezer leest haar met de verkeerde stem.",
    ),
)
def page_language_wrong(page: BuiltPage, project: Project) -> Iterator[Hit]:
    """Compare the language with the one in the address."""
    if page.refresh and not page.language:
        return
    locales = [language.locale for language in project.languages]
    first = page.url.split("/")[0]
    if not page.language:
        yield Hit(page.path, 0, "this page does not say in which language it is", "Add lang to <html>.", needle="<html")
        return
    prefixed = first in locales
    others_prefixed = (
        {locale for locale in locales if any(name.startswith(f"{locale}/") for name in project.site.by_file)}
        if project.site
        else set()
    )
    default = project.configuration.default_language.locale
    expected = first if prefixed else default if default not in others_prefixed else ""
    if expected and short(page.language) != short(expected):
        names = language_name(page.language), language_name(expected)
        message = f"this page says it is in {names[0]}, and stands among the {names[1]} pages"
        yield Hit(page.path, 0, message, f'Write <html lang="{expected}">.', needle="<html")


@rule(
    "PUB108",
    "id-used-twice-on-site",
    Scope.BUILT_PAGE,
    needs=_is_built,
    bad='<h2 id="help">…<div id="help">',
    good='<h2 id="help">…<div id="help-card">',
    en=Text("Two elements of a published page have the same id.", "Links and labels reach the first one only."),
    nl=Text(
        "Twee elementen van een gepubliceerde pagina hebben dezelfde id.",
        "Links en labels komen alleen bij het eerste uit.",
    ),
)
def id_used_twice_on_site(page: BuiltPage, _project: Project) -> Iterator[Hit]:
    """Report each such id once."""
    for id_ in page.repeated_ids:
        yield Hit(
            page.path,
            0,
            f'the id "{id_}" is used more than once on this page',
            "Give one of the two another id.",
            needle=f'id="{id_}"',
        )


@rule(
    "PUB109",
    "sitemap-disagrees",
    Scope.SITE,
    needs=_is_built,
    bad="a page that sitemap.xml does not list",
    good="every page listed once",
    en=Text(
        "The list of pages for search engines does not agree with the pages.",
        "People who search do not find a page, or find one that is gone.",
    ),
    nl=Text(
        "De paginalijst voor zoekmachines klopt niet met de pagina's.",
        "Wie zoekt, vindt een pagina niet, of een die er niet meer is.",
    ),
)
def sitemap_disagrees(site: BuiltSite, project: Project) -> Iterator[Hit]:
    """Compare addresses both ways, and those of other languages; only where the site knows its own address."""
    if site.sitemap is None or not project.configuration.site_url:
        return
    path = f"{site.directory}/sitemap.xml"
    listed_files: set[str] = set()
    anywhere = next(iter(site.pages), None)
    for entry in site.sitemap:
        for address in dict.fromkeys([entry.url, *(alternate for _, alternate in entry.alternates)]):
            found = _resolve(address, anywhere, project) if anywhere else None
            name = _file(found[0], site) if found else None
            if name is None:
                message = f'the sitemap names "{address}", which is no page of this site'
                yield Hit(path, 0, message, "Build the site anew; see whether site_url is right.", needle=address)
            elif address == entry.url:
                listed_files.add(name)
    for name, page in sorted(site.by_file.items()):
        if name not in listed_files and not page.generated and not page.refresh and "html" in name and page.language:
            yield Hit(
                page.path,
                0,
                "this page is not in the sitemap",
                "Build the site anew, or mark the page as not to be listed.",
            )


@rule(
    "PUB110",
    "canonical-address-wrong",
    Scope.BUILT_PAGE,
    needs=_is_built,
    bad='nl/grenzen/: <link rel="canonical" href="https://…/en/boundaries/">',
    good='nl/grenzen/: <link rel="canonical" href="https://…/nl/grenzen/">',
    en=Text("A page calls another address its own.", "Search engines show the other page instead."),
    nl=Text("Een pagina noemt een ander adres het hare.", "Zoekmachines tonen dan die andere pagina."),
)
def canonical_address_wrong(page: BuiltPage, project: Project) -> Iterator[Hit]:
    """Compare the canonical address with where the page is."""
    site = project.site
    if not page.canonical or site is None or page.refresh or not project.configuration.site_url:
        return
    found = _resolve(page.canonical, page, project)
    name = _file(found[0], site) if found else None
    if name is None or site.by_file.get(name) is not page:
        message = f'this page calls "{page.canonical}" its address'
        yield Hit(page.path, 0, message, f"It is {page.url or '/'} below site_url.", needle="canonical")


@rule(
    "PUB111",
    "language-links-disagree",
    Scope.SITE,
    needs=_is_built,
    bad="the Dutch page names its English version, which does not name it back",
    good="both pages name each other",
    en=Text(
        "Language versions of a page do not name each other.",
        "Search engines and the language switch lead to the wrong page.",
    ),
    nl=Text(
        "Taalversies van een pagina noemen elkaar niet.", "Zoekmachines en de taalknop leiden naar de verkeerde pagina."
    ),
)
def language_links_disagree(site: BuiltSite, project: Project) -> Iterator[Hit]:
    """Check hreflang, in pages and in the sitemap: targets exist, in that language, and name each other."""
    named: dict[str, dict[str, str]] = {}
    for where, owner, language, address in _alternates(site, project):
        found = _resolve(address, owner, project)
        name = _file(found[0], site) if found else None
        target = site.by_file.get(name) if name else None
        if found is None:
            continue
        if target is None:
            message = f'"{address}", given as the version in {language}, does not exist'
            yield Hit(where, 0, message, "Build the site anew.", needle=address)
            continue
        named.setdefault(owner.path, {})[language] = target.path
        if language != "x-default" and target.language and short(language) != short(target.language):
            names = language_name(language), language_name(target.language)
            message = f'"{address}" is given as the version in {names[0]}, and is in {names[1]}'
            yield Hit(where, 0, message, "Correct hreflang.", needle=address)
    for entry in site.sitemap or ():
        addresses = [address for _, address in entry.alternates]
        if addresses and entry.url not in addresses:
            message = f'the sitemap names other languages of "{entry.url}", and not the page itself among them'
            yield Hit(f"{site.directory}/sitemap.xml", 0, message, "Build the site anew.", needle=entry.url)
    for path, versions in sorted(named.items()):
        for other in sorted(set(versions.values()) - {path}):
            if other in named and path not in named[other].values():
                yield Hit(
                    other,
                    0,
                    f"{path} names this page as its version in another language; this one does not name it back",
                    "Build the site anew.",
                )


def _alternates(site: BuiltSite, project: Project) -> Iterator[tuple[str, BuiltPage, str, str]]:
    """Give every hreflang of pages and sitemap: where it stands, whose it is, its language and its address."""
    for page in site.pages:
        for language, address in page.alternates:
            yield page.path, page, language, address
    for entry in site.sitemap or ():
        found = _resolve(entry.url, site.pages[0], project) if site.pages else None
        name = _file(found[0], site) if found else None
        owner = site.by_file.get(name) if name else None
        for language, address in entry.alternates if owner else ():
            if owner is not None:
                yield f"{site.directory}/sitemap.xml", owner, language, address


@rule(
    "PUB112",
    "page-without-title-on-site",
    Scope.BUILT_PAGE,
    needs=_is_built,
    bad="<title></title>",
    good="<title>Boundaries - Secure Base</title>",
    en=Text("A published page has no title.", "The tab, the history and the screen reader have no name for it."),
    nl=Text(
        "Een gepubliceerde pagina heeft geen titel.",
        "Het tabblad, de geschiedenis en de schermlezer hebben er geen naam voor.",
    ),
)
def page_without_title_on_site(page: BuiltPage, _project: Project) -> Iterator[Hit]:
    """Report empty titles."""
    if not page.title and not page.refresh:
        yield Hit(page.path, 0, "this page has no title", "Give the page a title in its source.", needle="<title")


@rule(
    "PUB113",
    "interface-in-other-language",
    Scope.BUILT_PAGE,
    needs=_is_built,
    bad='nl/grenzen/: title="Permanent link"',
    good='nl/grenzen/: title="Vaste link"',
    en=Text(
        "A word of the interface is in another language than the page.",
        "Somebody who does not know that language cannot use the page.",
    ),
    nl=Text(
        "Een woord van de bediening is in een andere taal dan de pagina.",
        "Wie die taal niet kent, kan de pagina niet bedienen.",
    ),
)
def interface_in_other_language(page: BuiltPage, project: Project) -> Iterator[Hit]:
    """Compare labels and buttons with the words of every language's interface."""
    words = project.settings.interface_words or (project.site.words if project.site else {})
    seen: set[str] = set()
    for element in page.phrases:
        own = next((phrases for locale, phrases in words.items() if short(locale) == short(element.language)), None)
        if own is None or element.value in own or element.value in seen:
            continue
        other = next((locale for locale, phrases in words.items() if element.value in phrases), "")
        if other:
            seen.add(element.value)
            message = f'"{element.value}" is {language_name(other)}, on a page in {language_name(element.language)}'
            yield Hit(
                page.path, 0, message, "Translate it in the theme or template that writes it.", needle=element.value
            )


@rule(
    "PUB114",
    "image-without-alt-on-site",
    Scope.BUILT_PAGE,
    needs=_is_built,
    bad='<img src="tree.png">',
    good='<img src="tree.png" alt="A tree in the wind">',
    en=Text(
        "An image of a published page has no description.", "Somebody who cannot see it does not learn what it shows."
    ),
    nl=Text(
        "Een afbeelding op een gepubliceerde pagina heeft geen beschrijving.",
        "Wie haar niet kan zien, hoort niet wat erop staat.",
    ),
)
def image_without_alt_on_site(page: BuiltPage, _project: Project) -> Iterator[Hit]:
    """Report images without an alt attribute; an empty one marks a decoration."""
    for element in page.images_without_alt:
        message = f'the image "{element.value[:80]}" has no alt attribute'
        yield Hit(page.path, 0, message, 'Describe it, or write alt="" for a decoration.', needle=element.value)


@rule(
    "PUB115",
    "link-without-name-on-site",
    Scope.BUILT_PAGE,
    needs=_is_built,
    bad='<a href="../safety/"><svg></svg></a>',
    good='<a href="../safety/" aria-label="Safety"><svg></svg></a>',
    en=Text("A link of a published page has no name.", "A screen reader reads out the address."),
    nl=Text("Een link op een gepubliceerde pagina heeft geen naam.", "Een schermlezer leest het adres voor."),
)
def link_without_name_on_site(page: BuiltPage, _project: Project) -> Iterator[Hit]:
    """Report links without text, label or described image."""
    for element in page.unnamed_links:
        message = f'the link to "{element.value[:80]}" has no text and no label'
        yield Hit(page.path, 0, message, "Give it a text or an aria-label.", needle=f'"{element.value}"')


@rule(
    "PUB116",
    "markdown-printed-on-site",
    Scope.BUILT_PAGE,
    severity=Severity.WARNING,
    needs=_is_built,
    bad="Read [Safety](safety.md). (as text on the page)",
    good="Read Safety. (a link)",
    en=Text("Markdown stands on a published page as it was typed.", "Readers see brackets, braces and asterisks."),
    nl=Text(
        "Markdown staat op een gepubliceerde pagina zoals het is getypt.", "Lezers zien haken, accolades en sterretjes."
    ),
)
def markdown_printed_on_site(page: BuiltPage, _project: Project) -> Iterator[Hit]:
    """Report what looks like Markdown outside code."""
    for text in dict.fromkeys(page.literal_markup):
        yield Hit(
            page.path,
            0,
            f'"{text[:80]}" is printed as it was typed',
            "Look at the same place in the page's source.",
            needle=text,
        )


@rule(
    "PUB117",
    "style-sheet-leads-elsewhere",
    Scope.SITE,
    needs=_is_built,
    bad="@font-face { src: url(https://fonts.example/a.woff2) }",
    good="@font-face { src: url(../fonts/a.woff2) }",
    en=Text(
        "A style sheet loads something from another site, or a file that does not exist.",
        "That site learns who reads here, or a font or picture is missing.",
    ),
    nl=Text(
        "Een stijlblad laadt iets van een andere site, of een bestand dat niet bestaat.",
        "Die site weet wie hier leest, of een lettertype of plaatje ontbreekt.",
    ),
)
def style_sheet_leads_elsewhere(site: BuiltSite, project: Project) -> Iterator[Hit]:
    """Resolve url() and @import of every style sheet."""
    for path, addresses in site.stylesheets:
        below = path.removeprefix(site.directory + "/")
        elsewhere, missing = [], []
        for address in dict.fromkeys(addresses):
            if address.startswith(("data:", "#", "var(")):
                continue
            if "//" in address[:9]:
                elsewhere.append(address)
                continue
            target = normpath(f"{dirname(below)}/{unquote(urlsplit(address).path)}").lstrip("/")
            if target not in site.files:
                missing.append(address)
        if elsewhere and project.settings.self_contained:
            yield Hit(
                path,
                0,
                f"this style sheet loads from other sites: {listed(elsewhere)}",
                "Keep a copy in the project.",
                needle=elsewhere[0],
            )
        for address in missing:
            yield Hit(
                path,
                0,
                f'this style sheet loads "{address}", which does not exist',
                "Correct the address.",
                needle=address,
            )

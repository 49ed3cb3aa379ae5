"""Rules about the registry of addresses: what was published once is still there, or leads to what took its place."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from handbook.editorial.errors import DataError
from handbook.editorial.handbook_data import data_of
from handbook.ledger.history import older_versions
from handbook.model.finding import Place, Severity
from handbook.publishing.address_file import FILE, load_registry, lost_lines, parse_registry, retired, stated_retired
from handbook.publishing.address_promises import Problem, problems
from handbook.publishing.address_registry import Published, Registry
from handbook.publishing.addresses import address_of
from handbook.publishing.handed_out import FORMS, HOME, book_path, files_of
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Page
    from handbook.model.project import Project

DATA: Final = "data"
PATH: Final = f"{DATA}/{FILE}"
GLOSSARY_BLOCK: Final = "glossary"
PRINTED_WITH: Final = "overrides/handouts"
"""The folder that a project has which prints its pages."""
SHOWN: Final = 5
"""So many lost lines are named one by one."""
_found: WeakKeyDictionary[Project, tuple[Problem, ...]] = WeakKeyDictionary()


def published_pages(project: Project) -> list[Published]:
    """Return every page of a project with its address, its section ids and its files, by language."""
    slugs: dict[str, dict[str, str]] = {}
    by_key: dict[str, list[Page]] = {}
    for page in project.pages:
        if page.localized and not page.partial:
            by_key.setdefault(page.key, []).append(page)
            if isinstance(slug := page.front_matter.get("slug"), str) and slug.strip():
                slugs.setdefault(page.language, {})[page.key] = slug.strip()
    prints = Path(project.root, PRINTED_WITH).is_dir()
    published = []
    for key, pages in sorted(by_key.items()):
        addresses = {page.language: address_of(page.language, key, slugs.get(page.language, {})) for page in pages}
        sections = {page.language: frozenset(_section_ids(page, project)) for page in pages}
        paths = {page.language: page.path for page in pages}
        files = {page.language: frozenset(_files(page, addresses[page.language], project)) for page in pages}
        published.append(Published(key, addresses, sections, paths, files if prints else {}))
    return published


def _files(page: Page, address: str, project: Project) -> Iterator[str]:
    """Yield the paths of the files to take away that are made of a page; of the home page, those of its language."""
    if page.key == HOME:
        language = project.configuration.language(page.language)
        site_name = language.site_name if language else project.configuration.site_name
        yield from (book_path(page.language, site_name, form) for form in FORMS)
    worksheets = (heading.id for heading in page.headings if heading.level == 2 and heading.id)
    yield from files_of(page.key, str(page.front_matter.get("audience") or ""), address, worksheets)


def _section_ids(page: Page, project: Project) -> Iterator[str]:
    """Yield the ids of the sections of a page, and of the glossary's terms where they stand on it."""
    for heading in page.headings:
        if heading.level > 1 and heading.id:
            yield heading.id
    glossary = data_of(project).glossary
    if glossary is not None and any(one.name == GLOSSARY_BLOCK for one in page.placeholders):
        for term in glossary:
            yield term.id


def _registry(project: Project) -> Registry | DataError:
    try:
        return load_registry(Path(project.root, PATH))
    except DataError as error:
        return error


def _problems(project: Project, *kinds: str) -> Iterator[Problem]:
    if project not in _found:
        registry = _registry(project)
        known = () if isinstance(registry, DataError) else tuple(problems(registry, published_pages(project)))
        _found[project] = known
    return (problem for problem in _found[project] if problem.kind in kinds)


def keeps_registry(project: Project) -> str:
    """Tell why these rules are off."""
    return "" if Path(project.root, PATH).is_file() else f"this project keeps no registry of addresses ({PATH})"


def _hit(project: Project, problem: Problem, hint: str) -> Hit:
    """Report at the page it is about, naming the line of the registry; else at the registry."""
    page = project.by_key.get(problem.key, {}).get(problem.language)
    if page is None:
        return Hit(PATH, problem.line, problem.message, hint)
    line = page.front_matter.line_of("slug")
    return Hit(page.path, line, problem.message, hint, Place(PATH, problem.line) if problem.line else None)


@rule(
    "ADR101",
    "address-dead",
    Scope.PROJECT,
    needs=keeps_registry,
    en=Text(
        "An address that was published leads nowhere.",
        "People have it in their bookmarks, in messages and on paper.",
        "needs/safe.md was renamed to needs/safety.md, and nobody told the registry",
        "handbook addresses --write --moved needs/safe.md needs/safety.md",
    ),
    nl=Text(
        "Een adres dat gepubliceerd is, leidt nergens meer heen.",
        "Mensen hebben het bij hun favorieten, in berichten en op papier.",
        "needs/safe.md is hernoemd tot needs/safety.md, en het register weet dat niet",
        "handbook addresses --write --moved needs/safe.md needs/safety.md",
    ),
)
def address_dead(_project: Project, project: Project) -> Iterator[Hit]:
    """Report the first address of each page and language that is not there any more."""
    hint = (
        "Was it a mistake? Put the file back. "
        "Was the page renamed or moved? Run: handbook addresses --write --moved OLD NEW. Was it removed for good? "
        "Run: handbook addresses --write --gone PAGE --to OTHER-PAGE --reason TEXT"
    )
    for problem in _problems(project, "dead"):
        yield _hit(project, problem, hint)


@rule(
    "ADR102",
    "address-reused",
    Scope.PROJECT,
    needs=keeps_registry,
    en=Text(
        "A page has an address that once was another page's.",
        "An old link would open something its reader did not ask for.",
        "slug: veiligheid (on a new page, while needs/safety.md had it before)",
        "slug: veilig-wonen",
    ),
    nl=Text(
        "Een pagina heeft een adres dat ooit van een andere pagina was.",
        "Een oude link zou iets openen waar de lezer niet om vroeg.",
        "slug: veiligheid (op een nieuwe pagina, terwijl needs/safety.md dat eerst had)",
        "slug: veilig-wonen",
    ),
)
def address_reused(_project: Project, project: Project) -> Iterator[Hit]:
    """Report it at the page that took the address."""
    hint = "Give the page another slug or another file name, or say that it is the same page: --moved OLD NEW."
    for problem in _problems(project, "reused"):
        yield _hit(project, problem, hint)


@rule(
    "ADR103",
    "published-section-vanished",
    Scope.PROJECT,
    needs=keeps_registry,
    en=Text(
        "A section id that was published is not on its page any more.",
        "A link to the section opens the top of the page, and the reader does not find what was meant.",
        "## Do you know this? {#know} (it was {#recognise} before)",
        "## Do you know this? {#recognise}",
    ),
    nl=Text(
        "Een naam van een stuk die gepubliceerd is, staat niet meer op de pagina.",
        "Een link naar het stuk opent dan het begin van de pagina, en de lezer vindt niet wat bedoeld was.",
        "## Ken je dit? {#know} (eerst was dat {#recognise})",
        "## Ken je dit? {#recognise}",
    ),
)
def published_section_vanished(_project: Project, project: Project) -> Iterator[Hit]:
    """Report it at the page, in each language."""
    hint = (
        "Give the section its id back. Is it gone for good? "
        "Run: handbook addresses --write --gone PAGE#ID --to '#OTHER-ID' --reason TEXT"
    )
    unread = {error.path.stem for error in data_of(project).errors}
    for problem in _problems(project, "section-vanished"):
        if PurePosixPath(problem.key).stem not in unread:  # the sections of the glossary come from its data
            yield _hit(project, problem, hint)


@rule(
    "ADR104",
    "redirect-leads-nowhere",
    Scope.PROJECT,
    needs=keeps_registry,
    en=Text(
        "What took the place of a page or section that is gone is not there itself.",
        "The redirect would end at nothing.",
        "needs/shelter.md p3xq gone -> needs/safe.md it was merged into it (and there is no needs/safe.md)",
        "needs/shelter.md p3xq gone -> needs/safety.md it was merged into it",
    ),
    nl=Text(
        "Wat in de plaats kwam van een pagina of stuk dat weg is, is er zelf niet.",
        "De omleiding zou nergens eindigen.",
        "needs/shelter.md p3xq gone -> needs/safe.md het is erin opgegaan (en needs/safe.md bestaat niet)",
        "needs/shelter.md p3xq gone -> needs/safety.md het is erin opgegaan",
    ),
)
def redirect_leads_nowhere(_project: Project, project: Project) -> Iterator[Hit]:
    """Report it at the line of the registry."""
    hint = "Name a page or section that exists: handbook addresses --write --gone … --to … --reason …"
    for problem in _problems(project, "gone-target", "section-target"):
        yield _hit(project, problem, hint)


@rule(
    "ADR105",
    "address-registry-broken",
    Scope.PROJECT,
    needs=keeps_registry,
    en=Text(
        "The registry of addresses cannot be read.",
        "As long as it cannot, nobody notices an address that dies, and old addresses are not redirected.",
        "needs/safety.md nl/basisbehoeften/veiligheid/",
        "needs/safety.md k7f2 nl nl/basisbehoeften/veiligheid/",
    ),
    nl=Text(
        "Het register van adressen kan niet worden gelezen.",
        "Zolang dat zo is, merkt niemand dat een adres verdwijnt, en worden oude adressen niet omgeleid.",
        "needs/safety.md nl/basisbehoeften/veiligheid/",
        "needs/safety.md k7f2 nl nl/basisbehoeften/veiligheid/",
    ),
)
def address_registry_broken(_project: Project, project: Project) -> Iterator[Hit]:
    """Report the line."""
    registry = _registry(project)
    if isinstance(registry, DataError):
        yield Hit(PATH, registry.line, registry.message.rstrip("."), registry.hint)


@rule(
    "ADR106",
    "address-not-registered",
    Scope.PROJECT,
    severity=Severity.WARNING,
    needs=keeps_registry,
    en=Text(
        "A page or a section is not in the registry of addresses yet.",
        "Only what is registered is kept: from then on its address is for ever.",
        "a new page needs/rest.md, and no line about it in data/addresses.txt",
        "handbook addresses --write was run",
    ),
    nl=Text(
        "Een pagina of stuk staat nog niet in het register van adressen.",
        "Alleen wat daar staat, wordt bewaard: vanaf dan blijft het adres voor altijd.",
        "een nieuwe pagina needs/rest.md, en geen regel daarover in data/addresses.txt",
        "handbook addresses --write is gedaan",
    ),
)
def address_not_registered(_project: Project, project: Project) -> Iterator[Hit]:
    """Report it once a page; one whose block at the top cannot be read does not know its address now."""
    for problem in _problems(project, "new"):
        page = project.by_key.get(problem.key, {}).get(problem.language)
        if page is not None and page.front_matter.error:
            continue
        yield _hit(project, problem, "Run: handbook addresses --write")


@rule(
    "ADR107",
    "address-taken-out",
    Scope.PROJECT,
    needs=keeps_registry,
    en=Text(
        "A line of the registry of addresses is not there any more.",
        "What is not registered is not kept: an old link would lead nowhere, and no check would notice.",
        "needs/shelter.md p3xq gone -> needs/safety.md … was deleted from data/addresses.txt",
        "the line is put back",
    ),
    nl=Text(
        "Een regel van het register van adressen is er niet meer.",
        "Wat er niet in staat, wordt niet bewaard: een oude link leidt nergens meer heen, en geen controle merkt het.",
        "needs/shelter.md p3xq gone -> needs/safety.md … is uit data/addresses.txt gehaald",
        "de regel is teruggezet",
    ),
)
def address_taken_out(_project: Project, project: Project) -> Iterator[Hit]:
    """Compare with what git knows of the file; without git, with the number that the file states itself."""
    try:
        text = Path(project.root, PATH).read_text(encoding="utf-8-sig")
        registry = parse_registry(text, Path(PATH))
    except (OSError, ValueError, DataError):
        return  # ADR105 says so
    older = (version.decode("utf-8", errors="replace") for version in older_versions(Path(project.root), PATH))
    lost = lost_lines(text, older)
    for line in lost[:SHOWN]:
        yield Hit(PATH, 1, f'the line "{line[:100]}" was taken out', "Put it back; it may stand anywhere in the file.")
    if len(lost) > SHOWN:
        yield Hit(PATH, 1, f"{len(lost) - SHOWN} more lines were taken out", "Take the file as it was, then add to it.")
    stated, kept = stated_retired(text), retired(registry)
    if not lost and kept < stated:
        message = f"{stated - kept} of the {stated} lines that are no longer in use, and kept for ever, are missing"
        yield Hit(PATH, 1, message, "Take the file as it was, then run: handbook addresses --write")

"""Structure and accessibility: headings, images, tables, callouts, front matter and raw HTML of one page."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from handbook.model.finding import Severity
from handbook.model.page import HOLE, Callout, Code, Html, Paragraph, Table
from handbook.reading.raw_html import read_tags
from handbook.rules.naming import listed
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handbook.model.page import Heading, Page
    from handbook.model.project import Project

MATERIAL_CALLOUTS = frozenset({
    "note", "abstract", "summary", "tldr", "info", "todo", "tip", "hint", "important", "success", "check", "done",
    "question", "help", "faq", "warning", "caution", "attention", "failure", "fail", "missing", "danger", "error",
    "bug", "example", "quote", "cite", "seealso", "admonition", "inline", "end",
})  # fmt: skip
VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
})  # fmt: skip
OPTIONAL_END = frozenset({
    "li", "p", "td", "th", "tr", "dt", "dd", "option", "thead", "tbody", "tfoot", "colgroup", "rt", "rp", "html",
    "body", "head", "optgroup",
})  # fmt: skip
SVG_OR_MATH = frozenset({"svg", "math"})
FILE_NAME = re.compile(r"^[\w-]+\.(?:png|jpe?g|gif|svg|webp|avif|bmp)$", re.IGNORECASE)
POOR_ALT = frozenset({
    "image", "picture", "photo", "img", "alt", "alt text", "alt_text", "image description", "figure", "afbeelding",
    "foto", "plaatje", "figuur",
})  # fmt: skip


# --- Headings --------------------------------------------------------------------------------------------------------


def _needs_heading(project: Project) -> str:
    wanted = project.settings.heading_required
    if wanted is None:
        return (
            "the theme writes the title above a page without one" if project.configuration.theme == "material" else ""
        )
    return "" if wanted else "this project does not want a heading on every page"


PLAIN_ERRORS = {
    "mapping values are not allowed in this context": "a colon is missing, or stands where none can be",
    "could not find expected ':'": "a line has no colon",
    "found character that cannot start any token": "a tab or another sign stands where none can be",
    "found a tab character that violates indentation": "a tab stands where spaces belong",
    "did not find expected '-' indicator": "a dash is missing, or the line above has one too many",
    "did not find expected ',' or '}'": "a curly bracket is not closed",
    "found undefined alias": "a text begins with *, which means something else here",
    "found unexpected end of stream": "a quotation mark is not closed",
    "did not find expected ',' or ']'": "a square bracket is not closed",
    "did not find expected key": "a line begins too far to the right or left, or a quotation mark is left over",
}
"""What libyaml says, in words for somebody who never heard of it."""


@rule(
    "STR101",
    "page-without-title",
    Scope.PAGE,
    needs=_needs_heading,
    bad="## In short",
    good="# Boundaries\n\n## In short",
    en=Text("A page has no heading of level 1.", "Somebody who cannot see the page does not learn where they are."),
    nl=Text("Een pagina heeft geen kop van niveau 1.", "Wie de pagina niet ziet, hoort niet waar hij is."),
)
def page_without_title(page: Page, _project: Project) -> Iterator[Hit]:
    """Report pages without a first-level heading."""
    if page.partial or page.opaque or page.front_matter.get("template"):
        return
    if not any(heading.level == 1 for heading in page.headings) and page.text.strip():
        line = page.front_matter.end + 1 if page.front_matter.present else 1
        yield Hit(page.path, line, "this page has no title", "Write its title as the first line: # Title.")


@rule(
    "STR102",
    "second-title",
    Scope.PAGE,
    severity=Severity.WARNING,
    bad="# Boundaries\n\n# In short",
    good="# Boundaries\n\n## In short",
    en=Text(
        "A page has more than one heading of level 1.",
        "The outline falls apart: it is no longer clear what the page is about.",
    ),
    nl=Text(
        "Een pagina heeft meer dan één kop van niveau 1.",
        "De opbouw valt uiteen: het is niet meer duidelijk waar de pagina over gaat.",
    ),
)
def second_title(page: Page, _project: Project) -> Iterator[Hit]:
    """Report every first-level heading but the first."""
    titles = [heading for heading in page.headings if heading.level == 1]
    for heading in titles[1:]:
        name = f'"{heading.text}"' if heading.text else "this"
        message = f'{name} is a second title; the page is already called "{titles[0].text}"'
        yield Hit(page.path, heading.line, message, "Write it with two # signs, as a section.")


@rule(
    "STR103",
    "heading-level-skipped",
    Scope.PAGE,
    severity=Severity.WARNING,
    bad="## In short\n\n#### Details",
    good="## In short\n\n### Details",
    en=Text(
        "A heading is more than one level below the one before.",
        "People who move by headings think they missed something.",
    ),
    nl=Text(
        "Een kop staat meer dan één niveau onder de vorige.",
        "Mensen die van kop naar kop gaan, denken dat ze iets missen.",
    ),
)
def heading_level_skipped(page: Page, _project: Project) -> Iterator[Hit]:
    """Report jumps downwards."""
    previous = 0
    for heading in page.headings:
        if previous and heading.level > previous + 1:
            message = f'"{heading.text}" is a heading of level {heading.level} right after one of level {previous}'
            yield Hit(page.path, heading.line, message, f"Write it with {previous + 1} # signs.")
        previous = heading.level


@rule(
    "STR104",
    "empty-heading",
    Scope.PAGE,
    bad="##",
    good="## In short",
    en=Text("A heading has no text.", "It makes an empty entry in the table of contents."),
    nl=Text("Een kop heeft geen tekst.", "Hij geeft een lege regel in de inhoudsopgave."),
)
def empty_heading(page: Page, _project: Project) -> Iterator[Hit]:
    """Report headings with nothing in them."""
    for heading in page.headings:
        line = _source_line(page, heading.line)
        if not heading.text and not re.search(r"[\w`!<:{&]", line.lstrip("#= -")) and not heading.html:
            yield Hit(page.path, heading.line, "this heading has no text", "Write the text, or remove the # signs.")


def _source_line(page: Page, line: int) -> str:
    lines = page.text.split("\n", line)
    return lines[line - 1] if 0 < line <= len(lines) else ""


def _wants_ids(project: Project) -> str:
    wanted = project.settings.explicit_ids
    return "" if wanted else "this project does not ask for explicit ids on headings"


@rule(
    "STR105",
    "heading-without-id",
    Scope.PAGE,
    around=True,
    needs=_wants_ids,
    bad="## In short",
    good="## In short {#in-short}",
    en=Text(
        "A heading has no explicit id.", "Its address then depends on its words, and differs between the languages."
    ),
    nl=Text("Een kop heeft geen eigen id.", "Het adres hangt dan af van de woorden en verschilt per taal."),
)
def heading_without_id(page: Page, project: Project) -> Iterator[Hit]:
    """Report headings below the title without `{#id}`."""
    for heading in page.headings:
        if heading.level > 1 and not heading.id:
            meant = _id_elsewhere(page, heading, project)
            hint = (
                f"Put {{#{meant}}} behind it, as in the other language."
                if meant
                else ("Put one behind it in curly brackets, the same in every language: {#in-short}.")
            )
            yield Hit(page.path, heading.line, f'the heading "{heading.text}" has no id', hint)


def _id_elsewhere(page: Page, heading: Heading, project: Project) -> str:
    """Return the id that the heading at the same place has in another language, where there is no doubt."""
    place = page.headings.index(heading)
    here = {one.id for one in page.headings}
    for other in project.by_key.get(page.key, {}).values():
        if len(other.headings) == len(page.headings):
            there = other.headings[place]
            if there.level == heading.level and there.id and there.id not in here:
                return there.id
    return ""


@rule(
    "STR106",
    "repeated-id",
    Scope.PAGE,
    bad="## First {#step}\n\n## Second {#step}",
    good="## First {#step-1}\n\n## Second {#step-2}",
    en=Text("Two places on a page have the same id.", "Links can only reach the first of them."),
    nl=Text("Twee plekken op een pagina hebben dezelfde id.", "Links komen alleen bij de eerste uit."),
)
def repeated_id(page: Page, _project: Project) -> Iterator[Hit]:
    """Report ids that are given twice."""
    seen: dict[str, int] = {}
    for line, id_ in sorted(_ids(page)):
        if id_ in seen and seen[id_] != line:
            yield Hit(
                page.path,
                line,
                f'the id "{id_}" is already used on line {seen[id_]}',
                "Give one of the two another id.",
            )
        seen.setdefault(id_, line)


def _ids(page: Page) -> Iterator[tuple[int, str]]:
    given = {(heading.line, heading.id) for heading in page.headings if heading.id}
    yield from given
    for element in page.html:
        id_ = element.attributes.get("id")
        if id_ and (element.line, id_) not in given and "{" not in id_:
            yield element.line, id_


@rule(
    "STR107",
    "malformed-id",
    Scope.PAGE,
    bad="## In short {#In Short}",
    good="## In short {#in-short}",
    en=Text(
        "The id of a heading is not written as one.",
        "The brackets are printed in the heading, or links cannot reach it.",
    ),
    nl=Text(
        "De id van een kop is niet goed geschreven.", "De haken staan dan in de kop, of links kunnen er niet komen."
    ),
)
def malformed_id(page: Page, project: Project) -> Iterator[Hit]:
    """Report braces left over at the end of headings, and ids with characters that addresses cannot hold."""
    if not project.configuration.has_extension("attr_list"):
        return
    for heading in page.headings:
        left = re.search(r"\{\s*:?\s*#[^}]*\}?\s*$|\(#[\w-]+\)\s*$|\[#[\w-]+\]\s*$", heading.text)
        if left:
            message = f'"{left.group(0).strip()}" is printed in this heading instead of giving it an id'
            yield Hit(page.path, heading.line, message, "Write it as {#id} with a space before it, at the very end.")
        elif heading.id and re.search(r"[\s\"'<>#%?&{}]", heading.id):
            message = f'the id "{heading.id}" holds characters that an address cannot have'
            yield Hit(page.path, heading.line, message, "Use small letters, digits and hyphens.")
    if project.settings.explicit_ids:
        for element in page.html:
            bare = [name for name, value in element.attributes.items() if value is None]
            if bare and element.attributes.get("id") and re.fullmatch("h[1-6]", element.tag):
                message = (
                    f'the id "{element.attributes["id"]} {bare[0]}" has a space in it, so only its beginning counts'
                )
                yield Hit(page.path, element.line, message, "Use small letters, digits and hyphens.")


# --- Images and tables -----------------------------------------------------------------------------------------------


@rule(
    "STR111",
    "image-without-alt",
    Scope.PAGE,
    bad="![](circle.svg)",
    good="![A circle with leading on top and following below](circle.svg)",
    en=Text("An image has no description.", "Somebody who cannot see it does not learn what it shows."),
    nl=Text("Een afbeelding heeft geen beschrijving.", "Wie haar niet kan zien, hoort niet wat erop staat."),
)
def image_without_alt(page: Page, _project: Project) -> Iterator[Hit]:
    """Report missing alt texts; `alt=""` in raw HTML or an attribute list marks a decoration, and is left alone."""
    for image in page.images:
        attributes = image.attributes
        if attributes.get("role") == "presentation" or attributes.get("aria-hidden") == "true":
            continue
        decorative = "alt" in attributes and not attributes["alt"]
        labelled = attributes.get("aria-label") or attributes.get("aria-labelledby")
        if (image.alt is None or (not image.alt.strip() and not decorative)) and not labelled:
            message = f'the image "{_short(image.target)}" has no description'
            yield Hit(page.path, image.line, message, "Say in the square brackets what it shows.")


@rule(
    "STR112",
    "alt-is-file-name",
    Scope.PAGE,
    severity=Severity.WARNING,
    bad="![circle.svg](circle.svg)",
    good="![A circle with leading on top and following below](circle.svg)",
    en=Text("The description of an image is a file name or an empty word.", "It is read out, and says nothing."),
    nl=Text(
        "De beschrijving van een afbeelding is een bestandsnaam of een leeg woord.",
        "Ze wordt voorgelezen en zegt niets.",
    ),
)
def alt_is_file_name(page: Page, _project: Project) -> Iterator[Hit]:
    """Report them."""
    for image in page.images:
        alt = (image.alt or "").strip()
        if FILE_NAME.match(alt) or alt.casefold() in POOR_ALT:
            message = f'the description "{alt}" does not say what the image shows'
            yield Hit(page.path, image.line, message, "Describe in a few words what it shows.")


def _short(target: str) -> str:
    return target if len(target) <= 60 else target[:57] + "…"


@rule(
    "STR113",
    "table-without-header",
    Scope.PAGE,
    severity=Severity.WARNING,
    bad="|  |  |\n|---|---|\n| 1 | 2 |",
    good="| Step | Minutes |\n|---|---|\n| 1 | 2 |",
    en=Text("A table has no header row.", "A screen reader cannot say what a cell is about."),
    nl=Text("Een tabel heeft geen kopregel.", "Een schermlezer kan niet zeggen waar een cel over gaat."),
)
def table_without_header(page: Page, _project: Project) -> Iterator[Hit]:
    """Report tables whose header cells are all empty, and raw HTML tables without <th>."""
    for block in page.blocks:
        if isinstance(block, Table) and block.rows and not any(cell.strip() for cell in block.header):
            yield Hit(
                page.path, block.line, "this table has an empty header row", "Say above each column what is in it."
            )
    tables = [element for element in page.html if element.tag == "table"]
    if tables and not any(element.tag == "th" for element in page.html):
        for table in tables:
            if table.attributes.get("role") not in {"presentation", "none"} and _has_cells(page):
                yield Hit(page.path, table.line, "this HTML table has no header cells", "Use <th> for the first row.")


def _has_cells(page: Page) -> bool:
    return any(element.tag == "td" for element in page.html)


@rule(
    "STR114",
    "ragged-table",
    Scope.PAGE,
    bad="| A | B |\n|---|---|\n| 1 | 2 | 3 |",
    good="| A | B | C |\n|---|---|---|\n| 1 | 2 | 3 |",
    en=Text(
        "A row of a table has other cells than the header.",
        "Cells too many are not shown at all; where some are missing, readers miss what stood there.",
    ),
    nl=Text(
        "Een rij van een tabel heeft andere cellen dan de kopregel.",
        "Cellen te veel worden helemaal niet getoond; waar er ontbreken, missen lezers wat er stond.",
    ),
)
def ragged_table(page: Page, project: Project) -> Iterator[Hit]:
    """Report rows with too many cells, and with too few where languages are kept in step."""
    for block in page.blocks:
        if not isinstance(block, Table) or not block.cell_counts:
            continue
        columns = block.cell_counts[0] if len(block.header) == block.cell_counts[0] else len(block.header)
        for line, count in zip(block.row_lines[1:], block.cell_counts[1:], strict=True):
            if count > columns > 0:
                message = f"this row has {count} cells, the table has {columns} columns"
                yield Hit(page.path, line, message, "Write \\| for a bar inside a cell, or add a column to the header.")
            elif project.settings.strict_parity and 0 < count < columns:
                message = f"this row has {count} of {columns} cells"
                yield Hit(page.path, line, message, "Add what is missing, with a | between the cells.")


# --- Callouts and placeholders ---------------------------------------------------------------------------------------


@rule(
    "STR121",
    "unknown-callout",
    Scope.PAGE,
    around=True,
    bad='!!! excercise "Breathe"',
    good='!!! exercise "Breathe"',
    en=Text("A box has a kind that the site does not know.", "It gets no colour and no icon, or the wrong meaning."),
    nl=Text(
        "Een kader heeft een soort die de site niet kent.",
        "Het krijgt geen kleur en geen pictogram, of de verkeerde betekenis.",
    ),
)
def unknown_callout(page: Page, project: Project) -> Iterator[Hit]:
    """Compare with the kinds of the project, or with Material's where it names none."""
    import difflib  # noqa: PLC0415

    own = project.settings.vocabulary.callouts
    if own is None and (project.configuration.theme != "material" or _own_styles(project)):
        return
    known = own or MATERIAL_CALLOUTS
    for block in page.blocks:
        if isinstance(block, Callout) and block.marker[0] in "!?" and block.kind not in known:
            near = difflib.get_close_matches(block.kind, known, 1, 0.7)
            if own is None and (not near or _kinds(project)[block.kind] > 2):
                continue  # used again and again, so it was meant
            hint = f"Did you mean {near[0]}?" if near else f"Use one of: {', '.join(sorted(known))}."
            name = (
                f'there is no box of the kind "{block.kind}"'
                if block.kind
                else "this box does not say of which kind it is"
            )
            yield Hit(page.path, block.line, name, hint)


@lru_cache(maxsize=2)
def _kinds(project: Project) -> Counter[str]:
    return Counter(block.kind for page in project.pages for block in page.blocks if isinstance(block, Callout))


def _own_styles(project: Project) -> bool:
    return any(name.endswith(".css") for name in project.configuration.assets)


@rule(
    "STR122",
    "callout-not-indented",
    Scope.PAGE,
    bad='!!! warning "Stop"\nStop when it gets worse.',
    good='!!! warning "Stop"\n    Stop when it gets worse.',
    en=Text(
        "The text of a box is not indented by four spaces.",
        "The box stays empty, and the text stands below it as if it were ordinary.",
    ),
    nl=Text(
        "De tekst van een kader is niet met vier spaties ingesprongen.",
        "Het kader blijft leeg, en de tekst staat eronder alsof hij gewoon is.",
    ),
)
def callout_not_indented(page: Page, _project: Project) -> Iterator[Hit]:
    """Report boxes whose text fell out."""
    for block in page.blocks:
        if isinstance(block, Callout) and not block.indented:
            name = block.title or block.kind
            message = f'the text below the box "{name}" is not indented by four spaces, so the box is empty'
            yield Hit(page.path, block.line, message, "Put four spaces before every line that belongs in the box.")


@rule(
    "STR123",
    "callout-without-title",
    Scope.PAGE,
    needs=lambda project: (
        "" if project.settings.vocabulary.titled_callouts else "this project gives boxes without a title a name"
    ),
    bad="!!! exercise",
    good='!!! exercise "Breathe out (2 minutes)"',
    en=Text("A box has no title.", "The site then writes the English name of its kind above it, in every language."),
    nl=Text("Een kader heeft geen titel.", "De site zet er dan in elke taal de Engelse naam van de soort boven."),
)
def callout_without_title(page: Page, _project: Project) -> Iterator[Hit]:
    """Report boxes without a title between quotation marks."""
    for block in page.blocks:
        if isinstance(block, Callout) and block.marker[0] in "!?" and not (block.title or "").strip():
            yield Hit(
                page.path, block.line, f'this box of the kind "{block.kind}" has no title', 'Add one: !!! kind "Title".'
            )


CALLOUT_LIKE = re.compile(
    r"^[ \t]*(?:!!|!!!!|！！！|\?\?\?\?) ?[a-z-]+ *(?:[\"“”][^\n]*)?$|^!!!\s+[\w-]+\s+[“”„'‘][^\n]*$"
    r'|^[ \t]*(?:!!!|\?\?\?\+?) ?[\w-]+(?: +[\w-]+)* +"[^"\n]*$',
    re.MULTILINE,
)


@rule(
    "STR124",
    "broken-callout",
    Scope.PAGE,
    bad="!!! note “Read this”",
    good='!!! note "Read this"',
    en=Text(
        "Something was meant as a box, but is written differently.", "Readers see three exclamation marks in the text."
    ),
    nl=Text("Iets was bedoeld als kader, maar is anders geschreven.", "Lezers zien drie uitroeptekens in de tekst."),
)
def broken_callout(page: Page, _project: Project) -> Iterator[Hit]:
    """Look in paragraphs for marker lines that are none."""
    for block in page.blocks:
        if isinstance(block, Paragraph) and ("!" in block.text or "??" in block.text):
            for match in CALLOUT_LIKE.finditer(block.text):
                line = block.line + block.text.count("\n", 0, match.start())
                message = f'"{match.group(0).strip()}" is printed as it stands, and makes no box'
                yield Hit(page.path, line, message, 'Write !!! kind "Title" with straight quotation marks.')


BRACES = re.compile(r"\{\{|\}\}|\{%-?[^\n]{0,200}?%\}")


@rule(
    "STR125",
    "unknown-placeholder",
    Scope.PAGE,
    needs=lambda project: (
        "" if project.settings.vocabulary.placeholders is not None else "this project names no building blocks"
    ),
    bad="{{ helpline }}",
    good="{{ helplines }}",
    en=Text(
        "A building block in double braces is not known.", "Nothing is put in its place, and readers see the braces."
    ),
    nl=Text(
        "Een bouwsteen tussen dubbele accolades is niet bekend.",
        "Er komt niets voor in de plaats, en lezers zien de accolades.",
    ),
)
def unknown_placeholder(page: Page, project: Project) -> Iterator[Hit]:
    """Compare names and numbers of arguments with those of the project, and find braces that are none."""
    import difflib  # noqa: PLC0415

    known = project.settings.vocabulary.placeholders or {}
    for placeholder in page.placeholders:
        if placeholder.name not in known:
            near = difflib.get_close_matches(placeholder.name, known, 1, 0.6)
            hint = f"Did you mean {near[0]}?" if near else f"Use one of: {', '.join(sorted(known))}."
            yield Hit(page.path, placeholder.line, f'there is no building block "{placeholder.name}"', hint)
            continue
        allowed = known[placeholder.name]
        if allowed is not None and len(placeholder.arguments) not in allowed:
            counts = " or ".join(str(count) for count in sorted(allowed))
            message = f'"{placeholder.raw}" has {len(placeholder.arguments)} values after its name, it takes {counts}'
            yield Hit(page.path, placeholder.line, message, "Compare it with another page that uses it.")
    taken = {placeholder.raw for placeholder in page.placeholders}
    code = {number for block in page.blocks if isinstance(block, Code) for number in range(block.line, block.end + 1)}
    for number, line in enumerate(page.text.split("\n"), 1):
        if not BRACES.search(line) or number in code or number <= page.front_matter.end:
            continue
        rest = re.sub(r"`[^`]*`", "", line)
        for raw in taken:
            rest = rest.replace(raw, "")
        if left := BRACES.search(rest):
            what = "these double braces are" if left.group(0) in {"{{", "}}"} else f'"{left.group(0)}" is'
            message = f"{what} no building block, and printed as it stands"
            yield Hit(page.path, number, message, "Write {{ name }}, with two braces on both sides.")


# --- Front matter and raw HTML ---------------------------------------------------------------------------------------


@rule(
    "STR131",
    "broken-front-matter",
    Scope.PAGE,
    bad="---\ntitle: Safety: a need\n---",
    good='---\ntitle: "Safety: a need"\n---',
    en=Text(
        "The data at the top of a page cannot be read.",
        "The site prints it as text, and the page has no title or description.",
    ),
    nl=Text(
        "De gegevens bovenaan een pagina zijn niet leesbaar.",
        "De site drukt ze af als tekst, en de pagina heeft geen titel of beschrijving.",
    ),
)
def broken_front_matter(page: Page, _project: Project) -> Iterator[Hit]:
    """Report what the YAML parser said, and front matter that does not end."""
    matter = page.front_matter
    if matter.error:
        message = f"the data at the top of the page cannot be read: {PLAIN_ERRORS.get(matter.error, matter.error)}"
        hint = (
            "Write each line as key: value, with a colon and a space; look at this line and at the one above. A value "
        )
        hint += "that holds a colon or a quotation mark goes between quotation marks."
        yield Hit(page.path, matter.error_line, message, hint)
    elif not matter.present and re.match(r"\s*-{3}[ \t]*\n(?:[\w-]+:.*\n|[ \t]*- .*\n){1,}", page.text):
        begins_late = not page.text.startswith("---")
        why = "does not begin on the first line" if begins_late else "does not end with a line of three dashes"
        yield Hit(
            page.path,
            1,
            f"the data at the top of the page {why}, so it is printed",
            "Put it between two lines ---, at the very top.",
        )


@rule(
    "STR132",
    "repeated-front-matter-key",
    Scope.PAGE,
    bad="title: Safety\ntitle: Boundaries",
    good="title: Boundaries",
    en=Text(
        "A key stands twice in the data at the top of a page.",
        "Only the last one counts, and the other is lost without a word.",
    ),
    nl=Text(
        "Een sleutel staat twee keer in de gegevens bovenaan een pagina.",
        "Alleen de laatste telt; de andere gaat stil verloren.",
    ),
)
def repeated_front_matter_key(page: Page, _project: Project) -> Iterator[Hit]:
    """Report the second one."""
    for entry in page.front_matter.repeated:
        message = f'the key "{entry.key}" already stands on line {page.front_matter.line_of(entry.key)}'
        yield Hit(page.path, entry.line, message, "Keep one of the two.")


@rule(
    "STR133",
    "unclosed-html",
    Scope.PAGE,
    bad='<span lang="nl">huisarts',
    good='<span lang="nl">huisarts</span>',
    en=Text(
        "An HTML element is opened and not closed, or closed and not opened.",
        "What follows it changes its looks, its language or its place.",
    ),
    nl=Text(
        "Een HTML-element wordt geopend en niet gesloten, of gesloten en niet geopend.",
        "Wat erna komt, verandert van vorm, taal of plaats.",
    ),
)
def unclosed_html(page: Page, _project: Project) -> Iterator[Hit]:
    """Pair start and end tags of raw HTML over the page, outside code.

    Lines that are indented far are code for CommonMark, and HTML for the site where an element is open; what only is
    wrong in one of the two readings is not certain.
    """
    if page.opaque or (not page.html and "</" not in page.text):
        return
    found = list(_unpaired(_tags(page, indented=False)))
    if found and any(isinstance(block, Code) and not block.fenced for block in page.blocks):
        other = set(_unpaired(_tags(page, indented=True)))
        found = [one for one in found if one in other]
    for line, message, hint in found:
        yield Hit(page.path, line, message, hint)


def _unpaired(tags: Iterable[tuple[str, int, bool]]) -> Iterator[tuple[int, str, str]]:
    """Yield line, message and hint for every tag without its partner."""
    stack: list[tuple[str, int]] = []
    foreign = 0
    for tag, line, closing in tags:
        if tag in SVG_OR_MATH:
            foreign += -1 if closing else 1
        if foreign > 0 or tag in VOID or tag in OPTIONAL_END or tag in SVG_OR_MATH:
            continue
        if not closing:
            stack.append((tag, line))
        elif any(name == tag for name, _ in stack):
            while stack:
                name, opened = stack.pop()
                if name == tag:
                    break
                yield opened, f"<{name}> is opened here and not closed before </{tag}>", f"Add </{name}>."
        else:
            yield line, f"</{tag}> closes something that was not opened", f"Remove it, or add <{tag}> before it."
    for name, opened in stack:
        yield opened, f"<{name}> is opened here and never closed", f"Add </{name}>."


def _tags(page: Page, *, indented: bool) -> Iterator[tuple[str, int, bool]]:
    """Read every raw tag of the page in order, code left out; with `indented`, tags in code that has no fence, too."""
    if "<" not in page.text:
        return
    lines = page.text.split("\n")
    for number in range(min(page.front_matter.end, len(lines))):
        lines[number] = ""
    for block in page.blocks:
        if isinstance(block, Code) and (block.fenced or not indented):
            for number in range(block.line - 1, min(block.end, len(lines))):
                lines[number] = ""
    text = _without_code_spans("\n".join(lines))
    for tag in read_tags(text, 1):
        if tag.tag and re.fullmatch(r"[a-z][a-z0-9-]*", tag.tag) and _is_html(tag.tag):
            yield tag.tag, tag.line, tag.closing


KNOWN_ELEMENTS = frozenset({
    "a", "abbr", "address", "article", "aside", "audio", "b", "bdi", "bdo", "big", "blockquote", "button", "canvas",
    "caption", "center", "cite", "code", "data", "dd", "del", "details", "dfn", "dialog", "div", "dl", "dt", "em",
    "fieldset", "figcaption", "figure", "font", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "i",
    "iframe", "ins", "kbd", "label", "legend", "main", "map", "mark", "math", "menu", "meter", "nav", "object", "ol",
    "output", "picture", "pre", "progress", "q", "ruby", "s", "samp", "script", "section", "select", "small", "span",
    "strike", "strong", "style", "sub", "summary", "sup", "svg", "table", "template", "textarea", "time", "u", "ul",
    "var", "video",
})  # fmt: skip


def _is_html(tag: str) -> bool:
    return tag in KNOWN_ELEMENTS or tag in VOID or tag in OPTIONAL_END


CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)


def _without_code_spans(text: str) -> str:
    """Empty code spans, which never cross a blank line."""
    if "`" not in text:
        return text
    return "\n\n".join(
        CODE_SPAN.sub(lambda match: "\n" * match.group(0).count("\n"), part) for part in text.split("\n\n")
    )


@rule(
    "STR134",
    "unclosed-comment",
    Scope.PAGE,
    bad="<!-- to do",
    good="<!-- to do -->",
    en=Text("An HTML comment is not closed.", "Everything after it disappears from the page."),
    nl=Text("Een HTML-commentaar wordt niet gesloten.", "Alles wat erna komt, verdwijnt van de pagina."),
)
def unclosed_comment(page: Page, _project: Project) -> Iterator[Hit]:
    """Report `<!--` without `-->`."""
    for block in page.blocks:
        if isinstance(block, Html) and block.text.lstrip().startswith("<!--") and "-->" not in block.text:
            yield Hit(
                page.path,
                block.line,
                "this comment is not closed, so the rest of the page is lost",
                "Close it with -->.",
            )


@rule(
    "STR135",
    "unclosed-code-block",
    Scope.PAGE,
    bad="```\ncode",
    good="```\ncode\n```",
    en=Text("A block of code is not closed.", "The rest of the page is shown as code."),
    nl=Text("Een codeblok wordt niet gesloten.", "De rest van de pagina wordt als code getoond."),
)
def unclosed_code_block(page: Page, _project: Project) -> Iterator[Hit]:
    """Report fences without an end."""
    for block in page.blocks:
        if isinstance(block, Code) and block.fenced and block.info != "math":
            last = _source_line(page, block.end).strip().lstrip("> ")
            opening = _source_line(page, block.line).strip().lstrip("> -*+0123456789.)")
            mark = opening[:3]
            if mark in {"```", "~~~"} and (block.end == block.line or not last.startswith(mark)):
                yield Hit(
                    page.path, block.line, "this block of code is not closed", f"Add a line {mark} where it ends."
                )


@rule(
    "STR136",
    "invalid-language-code",
    Scope.PAGE,
    bad='<span lang="dutch">huisarts</span>',
    good='<span lang="nl">huisarts</span>',
    en=Text("A `lang` attribute holds no language code.", "A screen reader reads the words with the wrong voice."),
    nl=Text("Een `lang`-attribuut bevat geen taalcode.", "Een schermlezer leest de woorden met de verkeerde stem."),
)
def invalid_language_code(page: Page, _project: Project) -> Iterator[Hit]:
    """Report values that are no language tag."""
    for element in page.html:
        for name in ("lang", "hreflang"):
            value = element.attributes.get(name)
            if name in element.attributes and not re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", value or ""):
                message = f'{name}="{value or ""}" is no language code'
                yield Hit(page.path, element.line, message, "Use a code such as nl or en.")


@rule(
    "STR137",
    "literal-emphasis",
    Scope.PAGE,
    severity=Severity.WARNING,
    bad="** Stop ** when it gets worse.",
    good="**Stop** when it gets worse.",
    en=Text("Asterisks meant as bold are printed as asterisks.", "The stress is lost, and readers see stray signs."),
    nl=Text(
        "Sterretjes die vet bedoeld zijn, worden als sterretjes getoond.",
        "De nadruk gaat verloren en lezers zien losse tekens.",
    ),
)
def literal_emphasis(page: Page, project: Project) -> Iterator[Hit]:
    """Report pairs of double asterisks that neither parser takes for bold."""
    fragment = project.fragments.get(page.path, "")
    if "**" not in fragment:
        return
    for block in page.blocks:
        if isinstance(block, Paragraph):
            for match in re.finditer(r"\*\*[^*\n" + HOLE + r"]{1,80}\*\*", block.text):
                if re.search(r"\w", match.group(0)) and match.group(0) in fragment.replace("&quot;", '"'):
                    line = block.line + block.text.count("\n", 0, match.start())
                    message = f'"{match.group(0)}" is printed with its asterisks'
                    yield Hit(page.path, line, message, "Put no space between the asterisks and the words.")


@rule(
    "STR138",
    "empty-page",
    Scope.PAGE,
    severity=Severity.WARNING,
    bad="(a file without text)",
    good="# Boundaries\n\nA boundary is …",
    en=Text("A page has no text.", "Readers who follow a link to it find nothing."),
    nl=Text("Een pagina heeft geen tekst.", "Lezers die een link ernaartoe volgen, vinden niets."),
)
def empty_page(page: Page, _project: Project) -> Iterator[Hit]:
    """Report sources that hold nothing besides front matter."""
    rest = page.text.split("\n", page.front_matter.end)[-1] if page.front_matter.present else page.text
    keys = page.front_matter.keys
    made = {"template", "redirect", "redirect_to", "hide", "layout"} & set(keys)
    if not rest.strip() and not made and not page.opaque:
        yield Hit(page.path, 1, "this page has no text", listed(["Write it, or remove the file."]))

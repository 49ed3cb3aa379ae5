"""Files that cannot be read as what they are: encodings, line ends, sizes, links out of the project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.model.finding import Severity
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.project import FileProblem, Project


@rule(
    "FIL101",
    "file-unreadable",
    Scope.FILE,
    problem="unreadable",
    en=Text(
        "A file or folder cannot be opened.",
        "What cannot be read is neither checked nor published.",
        "a link to a file that was removed",
        "the file itself, which everybody may read",
    ),
    nl=Text(
        "Een bestand of map kan niet worden geopend.",
        "Wat niet gelezen kan worden, wordt niet gecontroleerd en niet gepubliceerd.",
        "een verwijzing naar een bestand dat is weggehaald",
        "het bestand zelf, dat iedereen mag lezen",
    ),
)
def file_unreadable(problem: FileProblem, _project: Project) -> Iterator[Hit]:
    """Report what the operating system said."""
    message = f"this file cannot be read ({problem.detail})"
    yield Hit(problem.path, 0, message, "Check that the file still exists and that you may open it.")


@rule(
    "FIL102",
    "file-not-utf-8",
    Scope.FILE,
    problem="not-utf-8",
    en=Text(
        "A page is not saved as UTF-8.",
        "Letters with accents come out as question marks or as two strange characters.",
        "saved as: Windows-1252 or UTF-16",
        "saved as: UTF-8",
    ),
    nl=Text(
        "Een pagina is niet opgeslagen als UTF-8.",
        "Letters met accenten worden vraagtekens of twee vreemde tekens.",
        "opgeslagen als: Windows-1252 of UTF-16",
        "opgeslagen als: UTF-8",
    ),
)
def file_not_utf_8(problem: FileProblem, _project: Project) -> Iterator[Hit]:
    """Report the first byte that is none."""
    message = f"this file is not saved as UTF-8 ({problem.detail}), so letters with accents will look wrong"
    yield Hit(problem.path, problem.line, message, "Save the file again and choose the encoding UTF-8.")


@rule(
    "FIL103",
    "byte-order-mark",
    Scope.FILE,
    severity=Severity.WARNING,
    problem="byte-order-mark",
    mends=True,
    en=Text(
        "A file begins with an invisible byte order mark.",
        "Some programs then no longer see the front matter on the first line.",
        "saved as: UTF-8 with BOM",
        "saved as: UTF-8",
    ),
    nl=Text(
        "Een bestand begint met een onzichtbare byte order mark.",
        "Sommige programma's zien dan de gegevens bovenaan de pagina niet meer.",
        "opgeslagen als: UTF-8 met BOM",
        "opgeslagen als: UTF-8",
    ),
)
def byte_order_mark(problem: FileProblem, _project: Project) -> Iterator[Hit]:
    """Report the mark."""
    message = "this file begins with an invisible mark (a byte order mark)"
    yield Hit(problem.path, 1, message, "Save the file as UTF-8 without BOM.", mend=problem.mend)


@rule(
    "FIL104",
    "null-byte",
    Scope.FILE,
    problem="null-byte",
    en=Text(
        "A text holds null bytes.",
        "The file is damaged, or it is no text at all.",
        "a picture renamed to page.md",
        "a text file",
    ),
    nl=Text(
        "Een tekst bevat nul-bytes.",
        "Het bestand is beschadigd, of het is helemaal geen tekst.",
        "een afbeelding met de naam pagina.md",
        "een tekstbestand",
    ),
)
def null_byte(problem: FileProblem, _project: Project) -> Iterator[Hit]:
    """Report how many."""
    message = f"this file holds {problem.detail} null bytes, so it is damaged or no text"
    yield Hit(problem.path, problem.line, message, "Write the text anew in a text editor, or take an older version.")


@rule(
    "FIL105",
    "mixed-line-ends",
    Scope.FILE,
    severity=Severity.WARNING,
    problem="line-ends",
    mends=True,
    en=Text(
        "A file mixes two kinds of line ends.",
        "Every later change then shows as a change of many lines, and some programs see one long line.",
        "lines end in CR LF in one half and in LF in the other",
        "all lines end in LF",
    ),
    nl=Text(
        "Een bestand gebruikt twee soorten regeleinden door elkaar.",
        "Elke latere wijziging lijkt dan een wijziging van veel regels.",
        "regels eindigen deels op CR LF en deels op LF",
        "alle regels eindigen op LF",
    ),
)
def mixed_line_ends(problem: FileProblem, _project: Project) -> Iterator[Hit]:
    """Report the first one that differs."""
    hint = "Let your editor save the file with line ends LF, or run this check with --fix."
    yield Hit(problem.path, problem.line, "this file mixes two kinds of line ends", hint, mend=problem.mend)


@rule(
    "FIL106",
    "windows-line-ends",
    Scope.FILE,
    severity=Severity.NOTE,
    problem="windows-line-ends",
    mends=True,
    needs=lambda project: (
        "" if project.settings.strict_parity else "this project does not say which line ends it wants"
    ),
    en=Text(
        "A file has Windows line ends.",
        "The other files end their lines with LF; a mixture makes changes hard to read.",
        "lines end in CR LF",
        "lines end in LF",
    ),
    nl=Text(
        "Een bestand heeft Windows-regeleinden.",
        "De andere bestanden eindigen hun regels met LF; een mengeling maakt wijzigingen lastig te lezen.",
        "regels eindigen op CR LF",
        "regels eindigen op LF",
    ),
)
def windows_line_ends(problem: FileProblem, _project: Project) -> Iterator[Hit]:
    """Report it once for the file."""
    hint = "Let your editor save the file with line ends LF, or run this check with --fix."
    yield Hit(problem.path, problem.line, "this file has Windows line ends (CR LF)", hint, mend=problem.mend)


@rule(
    "FIL107",
    "file-too-large",
    Scope.FILE,
    problem="too-large",
    en=Text(
        "A page is larger than any person writes.",
        "It is not checked, and readers would wait long for it.",
        "a data dump of 20 MB saved as a page",
        "a page of text; data as a file to download",
    ),
    nl=Text(
        "Een pagina is groter dan een mens schrijft.",
        "Ze wordt niet gecontroleerd, en lezers zouden er lang op wachten.",
        "een gegevensbestand van 20 MB als pagina",
        "een pagina met tekst; gegevens als download",
    ),
)
def file_too_large(problem: FileProblem, _project: Project) -> Iterator[Hit]:
    """Report the limit."""
    message = f"this page is larger than {problem.detail} and was not checked"
    yield Hit(problem.path, 0, message, "Split the page, or publish the data as a file to download.")


@rule(
    "FIL108",
    "line-too-long",
    Scope.FILE,
    severity=Severity.WARNING,
    problem="line-too-long",
    en=Text(
        "A line is longer than any person types.",
        "It was left out of the check; it is usually a picture or data pasted into the text.",
        "![](data:image/png;base64,iVBORw0KGgo…)",
        "![A drawing of the three steps](three-steps.png)",
    ),
    nl=Text(
        "Een regel is langer dan een mens typt.",
        "De regel is niet gecontroleerd; meestal is het een geplakte afbeelding of gegevens.",
        "![](data:image/png;base64,iVBORw0KGgo…)",
        "![Een tekening van de drie stappen](drie-stappen.png)",
    ),
)
def line_too_long(problem: FileProblem, _project: Project) -> Iterator[Hit]:
    """Report its length."""
    message = f"this line has {problem.detail} characters and was left out of the check"
    yield Hit(problem.path, problem.line, message, "Save a pasted picture as a file of its own, or break the line.")


@rule(
    "FIL109",
    "link-out-of-project",
    Scope.FILE,
    problem="link-out-of-project",
    en=Text(
        "A symbolic link leads out of the project.",
        "The build would publish a file of the machine it runs on, and another machine lacks it.",
        "docs/en/notes.md -> /home/me/notes.md",
        "docs/en/notes.md, a file of the project",
    ),
    nl=Text(
        "Een symbolische koppeling leidt het project uit.",
        "De bouw zou een bestand van de eigen machine publiceren, en een andere machine heeft het niet.",
        "docs/nl/notities.md -> /home/ik/notities.md",
        "docs/nl/notities.md, een bestand van het project",
    ),
)
def link_out_of_project(problem: FileProblem, _project: Project) -> Iterator[Hit]:
    """Report it; the target is not opened."""
    message = "this is a link to a file outside the project, which was not read"
    yield Hit(problem.path, 0, message, "Put the file itself here.")


@rule(
    "FIL110",
    "not-a-file",
    Scope.FILE,
    problem="not-a-file",
    en=Text(
        "Something among the pages is no ordinary file.",
        "A pipe or a device would make the build wait for ever.",
        "a named pipe called page.md",
        "a text file called page.md",
    ),
    nl=Text(
        "Iets tussen de pagina's is geen gewoon bestand.",
        "Op een pipe of een apparaat zou de bouw eindeloos wachten.",
        "een pipe met de naam pagina.md",
        "een tekstbestand met de naam pagina.md",
    ),
)
def not_a_file(problem: FileProblem, _project: Project) -> Iterator[Hit]:
    """Report it."""
    yield Hit(
        problem.path, 0, "this is no ordinary file and was not read", "Remove it, or put a text file in its place."
    )


@rule(
    "FIL111",
    "page-not-renderable",
    Scope.FILE,
    problem="not-renderable",
    en=Text(
        "The site's Markdown renderer gives up on a page.",
        "The build would stop, or the page would be empty.",
        "a quotation within a quotation, three hundred deep",
        "one quotation",
    ),
    nl=Text(
        "De Markdown-vertaler van de site loopt vast op een pagina.",
        "De bouw zou stoppen, of de pagina zou leeg zijn.",
        "een citaat in een citaat, driehonderd diep",
        "één citaat",
    ),
)
def page_not_renderable(problem: FileProblem, _project: Project) -> Iterator[Hit]:
    """Report what it said."""
    message = f"this page could not be turned into HTML: {problem.detail}"
    yield Hit(problem.path, 0, message, "Look for something nested very deeply, or take back the last change.")


@rule(
    "FIL112",
    "page-not-parsable",
    Scope.FILE,
    problem="not-readable",
    en=Text(
        "A page is built in such a way that it could not be checked.",
        "Nothing is known about it: neither its links nor its parity.",
        "a list within a list, a thousand deep",
        "a list of two levels",
    ),
    nl=Text(
        "Een pagina zit zo in elkaar dat ze niet kon worden gecontroleerd.",
        "Er is niets over bekend: niet over de links en niet over de vertaling.",
        "een lijst in een lijst, duizend diep",
        "een lijst van twee niveaus",
    ),
)
def page_not_parsable(problem: FileProblem, _project: Project) -> Iterator[Hit]:
    """Report what it said."""
    yield Hit(problem.path, 0, f"this page could not be checked: {problem.detail}", "Make its structure simpler.")


@rule(
    "FIL113",
    "rule-failed",
    Scope.FILE,
    problem="rule-failed",
    en=Text(
        "A rule of the check itself broke down on a page.",
        "What that rule would have found is not known; everything else was checked.",
        "(a defect of the program, not of the page)",
        "report it with the page, so that it can be mended",
    ),
    nl=Text(
        "Een regel van de controle zelf liep vast op een pagina.",
        "Wat die regel zou hebben gevonden, is niet bekend; al het andere is gecontroleerd.",
        "(een fout van het programma, niet van de pagina)",
        "meld het met de pagina erbij, zodat het hersteld kan worden",
    ),
)
def rule_failed(problem: FileProblem, _project: Project) -> Iterator[Hit]:
    """Report what happened; the engine makes this finding where a rule raises."""
    yield Hit(problem.path, 0, problem.detail, "Please report it, with this page.")

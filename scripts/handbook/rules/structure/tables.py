"""Tables: header cells, and as many cells in each row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.model.finding import Severity
from handbook.model.page import Table
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.page import Page
    from handbook.model.project import Project


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

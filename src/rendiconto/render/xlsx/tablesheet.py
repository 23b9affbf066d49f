"""The sheet of one table: what it counts, notes and sources first, then each part as a marked table.

Spreadsheets have one header row: nested headings are joined with " / ", nested stubs stand in a column each with
every label said again, and no cells are merged, so that a part can be sorted, filtered and read by a script.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from rendiconto.document import Cell, Document, Grid, Note, Status, Table, cell_text
from rendiconto.document.grid import HeaderLeaf, Perimeter
from rendiconto.render.xlsx.page import Formats, Page, mark_table, number, sheet_address

NOT_AVAILABLE = "Dati non disponibili in questa edizione."
STUB_TITLE = "Voce"
_LABEL_WIDTH = (50, 64)
_OUTER_WIDTH = (18, 34)
_FIGURE_WIDTH = (12, 24)


def write_table(workbook: Any, formats: Formats, document: Document, table: Table, back: str) -> None:
    """Add the sheet of ``table``; ``back`` is the name of the sheet that its link goes back to."""
    sheet = workbook.add_worksheet(table.label)
    page = Page(sheet, formats, column_widths(table))
    page.title(f"{table.label} – {table.title}")
    page.remark(f"{document.territory.title}, edizione {document.edition}, sezione {table.section}")
    page.remark(_count(table))
    page.link(sheet_address(back), f"Torna a: {back}")
    page.row += 1
    for note in table.legend:
        page.line(note_line(note))
    for grid in table.grids:
        page.skip()
        _write_part(page, table, grid)
    _set_print(sheet, document)
    sheet.freeze_panes(0, 1)


def _count(table: Table) -> str:
    available = sum(grid.available for grid in table.grids)
    if not available:
        return "Questo foglio non contiene tabelle."
    if available == 1:
        return "Questo foglio contiene una tabella."
    return f"Questo foglio contiene {available} tabelle, una sotto l'altra."


def note_line(note: Note) -> str:
    """A note, or an entry of a legend with its term."""
    return note.text if note.term is None else f"{note.term}: {note.text}"


def perimeter_line(perimeter: Perimeter) -> str:
    """What is counted, who or what is in it, in which unit."""
    counted = f"{perimeter.title}: {perimeter.text.rstrip('.')}." if perimeter.text else f"{perimeter.title}."
    return f"{counted} Unità: {perimeter.unit}."


def _write_part(page: Page, table: Table, grid: Grid) -> None:
    parts = len(table.grids)
    title = f"Parte {grid.part + 1} di {parts} – {grid.title}" if parts > 1 else grid.title
    page.heading(title)
    for perimeter in grid.perimeters:
        page.line(perimeter_line(perimeter))
    for note in grid.notes:
        page.line(f"Nota. {note_line(note)}")
    marks_row, marked = page.row, _marked(grid)
    page.row += 2 * len(marked)
    for source in grid.sources:
        page.line(f"Fonte: {source}")
    if not grid.available:
        page.line(NOT_AVAILABLE)
        return
    top = page.row
    _write_body(page, grid)
    end = page.row
    page.row = marks_row
    for label, cell, text in marked:
        row, column = top + 1 + cell.ref.row, grid.stub_depth + cell.ref.column
        page.link(sheet_address(table.label, cell_name(row, column)), f"Cifra commentata: {label}")
        page.row += 1
        page.line(text)
    page.row = end


def _marked(grid: Grid) -> list[tuple[str, Cell, str]]:
    """The cells with a mark: where, the cell, what there is to know."""
    return [
        (f"{grid.rows[cell.ref.row].label}, {grid.columns[cell.ref.column].label}", cell, mark.text)
        for line in grid.cells
        for cell in line
        for mark in cell.marks
    ]


def cell_name(row: int, column: int) -> str:
    """``(0, 0)`` is ``A1``."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def _write_body(page: Page, grid: Grid) -> None:
    formats, sheet, top = page.formats, page.sheet, page.row
    headers = header_row(grid)
    depth = grid.stub_depth
    for column, header in enumerate(headers):
        sheet.write_string(top, column, header, formats.header(number=column >= depth))
    page.fit(headers)
    page.row += 1
    totals = [leaf.total for leaf in grid.columns]
    for leaf, cells in zip(grid.rows, grid.cells, strict=True):
        labels = stub_labels(leaf, depth)
        page.fit(labels)
        for column, label in enumerate(labels):
            indent = leaf.level if column == depth - 1 else 0
            sheet.write_string(page.row, column, label, formats.label(total=leaf.total, indent=indent))
        for cell, total in zip(cells, totals, strict=True):
            _write_cell(page, cell, depth + cell.ref.column, total=total or leaf.total)
        page.row += 1
    mark_table(sheet, table_name(grid), top, len(grid.cells), headers, formats.header(number=True))
    # Marking rewrites the header row in one format: labels go back to the left.
    for column in range(depth):
        sheet.write_string(top, column, headers[column], formats.header(number=False))
    # Codes and years in the stub are names, not numbers that someone forgot to convert.
    sheet.ignore_errors({"number_stored_as_text": f"{cell_name(top, 0)}:{cell_name(page.row, len(headers))}"})


def _write_cell(page: Page, cell: Cell, column: int, *, total: bool) -> None:
    form = page.formats.figure(cell.decimals, total=total, marked=bool(cell.marks))
    if cell.status is Status.NORMAL and cell.value is not None:
        page.sheet.write_number(page.row, column, number(cell.value), form)
    else:
        page.sheet.write_string(page.row, column, cell_text(cell), form)


def header_row(grid: Grid) -> list[str]:
    """The one header row: a title for each stub column, then the joined label of each column; no two alike."""
    titles = [title or STUB_TITLE for title in grid.stub_titles] or [STUB_TITLE]
    titles = (titles + [STUB_TITLE] * grid.stub_depth)[: grid.stub_depth]
    return list(_distinct([*titles, *(leaf.label for leaf in grid.columns)]))


def _distinct(names: Sequence[str]) -> Iterator[str]:
    """Spreadsheets refuse two columns of a table with one name, whatever the case."""
    seen: dict[str, int] = {}
    for name in names:
        count = seen[name.casefold()] = seen.get(name.casefold(), 0) + 1
        yield name if count == 1 else f"{name} ({count})"


def stub_labels(leaf: HeaderLeaf, depth: int) -> list[str]:
    """The labels of a row, one for each stub column; a row that is less deep says its label again."""
    outer = [header.label for header in leaf.path[:-1]]
    own = " / ".join([*leaf.header.under, leaf.header.label])
    return [*outer, *[own] * (depth - len(outer))]


def table_name(grid: Grid) -> str:
    """``Tavola_17_0``: unique in the workbook, table number and part."""
    if grid.table.startswith("G"):
        return f"Grafico_{grid.table.removeprefix('G')}_{grid.part}"
    return f"Tavola_{grid.table}_{grid.part}"


def column_widths(table: Table) -> list[int]:
    """One width for each column of the sheet, wide enough for every part that crosses it."""
    widths = [_LABEL_WIDTH[0]]
    for grid in table.grids:
        needed = _needed(grid)
        widths += [0] * (len(needed) - len(widths))
        for column, width in enumerate(needed):
            widths[column] = max(widths[column], width)
    return widths


def _needed(grid: Grid) -> list[int]:
    if not grid.available:
        return []
    depth = grid.stub_depth
    rows = [stub_labels(leaf, depth) for leaf in grid.rows]
    stubs = []
    for column in range(depth):
        low, high = _LABEL_WIDTH if column == 0 else _OUTER_WIDTH
        stubs.append(min(max(low, *(len(row[column]) + 2 for row in rows)), high))
    figures = []
    for column, leaf in enumerate(grid.columns):
        longest = max((len(cell_text(line[column])) for line in grid.cells), default=0)
        words = max(len(word) for word in leaf.label.split())
        figures.append(min(max(_FIGURE_WIDTH[0], longest + 3, words + 4), _FIGURE_WIDTH[1]))
    return [*stubs, *figures]


def _set_print(sheet: Any, document: Document) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{document.title.replace('&', '&&')}&C&A&R&P / &N")

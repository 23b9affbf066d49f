"""Grids as tables of a Word file: header cells merged where they span, figures as they are printed."""

from collections.abc import Sequence

from rendiconto.document import Cell, Grid, cell_text
from rendiconto.document.layout import HeaderCell, headers_over, mark_letters, place_headers
from rendiconto.render.docx.blocks import Merge, Span, Style, Table, TableCell, TableRow
from rendiconto.render.pdf.manuscript import Widths, measure_columns

MOST_KEPT_ROWS = 34
"""A table of no more rows stays on one page."""

Levels = tuple[tuple[HeaderCell, ...], ...]


def column_widths(grid: Grid) -> Widths:
    """Points of each column, and whether the table needs a page turned sideways.

    They are measured for Titillium Web at 9 points, as wide as Arial at 8.
    """
    return measure_columns(grid, place_headers(grid.stub, "s"))


def grid_table(grid: Grid, widths: Widths, title: str) -> Table:
    """The table of a grid that has data."""
    heading, stub = place_headers(grid.heading, "h"), place_headers(grid.stub, "s")
    letters = {mark: letter for mark, (letter, _) in mark_letters(grid).items()}
    head = [_head_row(grid, heading, stub, level) for level in range(len(heading))]
    body = [_body_row(grid, stub, row, letters) for row in range(len(grid.cells))]
    return Table(
        rows=(*head, *body),
        widths=widths.all,
        title=title,
        stub=len(stub),
        keep=len(head) + len(body) <= MOST_KEPT_ROWS,
        refs=tuple(tuple(str(cell.ref) for cell in line) for line in grid.cells),
    )


def _head_row(grid: Grid, heading: Levels, stub: Levels, level: int) -> TableRow:
    """One level of the heading; the titles of the stub stand beside it, merged over all levels."""
    titles = [*grid.stub_titles, *[""] * len(stub)][: len(stub)]
    merge = _merge(0, len(heading), level)
    cells = [TableCell(_spans(title, merge), Style.CORNER, merge=merge) for title in titles]
    for cell in _cells_at(heading, level):
        merge = _merge(cell.level, cell.thickness, level)
        style = Style.COLUMN_GROUP if cell.length > 1 else Style.COLUMN
        cells.append(TableCell(_spans(cell.header.label, merge), style, cell.length, merge))
    return TableRow(tuple(cells), header=True)


def _body_row(grid: Grid, stub: Levels, row: int, letters: dict[str, str]) -> TableRow:
    cells = []
    for cell in headers_over(stub, row):
        merge = _merge(cell.start, cell.length, row)
        style = Style.ROW_INNER if cell.level or cell.header.level else Style.ROW
        cells.append(TableCell(_spans(cell.header.label, merge), style, cell.thickness, merge, indent=cell.header.level))
    leaf = grid.rows[row]
    total = leaf.total and not leaf.level
    cells += [_figure(cell, letters, total=total) for cell in grid.cells[row]]
    return TableRow(tuple(cells), total=total)


def _figure(cell: Cell, letters: dict[str, str], *, total: bool) -> TableCell:
    marks = "".join(letters[mark.id] for mark in cell.marks)
    spans = (Span(cell_text(cell)), *((Span(marks, raised=True),) if marks else ()))
    return TableCell(spans, Style.FIGURE_TOTAL if total else Style.FIGURE)


def _cells_at(levels: Levels, level: int) -> Sequence[HeaderCell]:
    """The header cells that lie over a level, those that began above it too, in order."""
    found = [cell for cells in levels[: level + 1] for cell in cells if cell.level <= level < cell.level + cell.thickness]
    return sorted(found, key=lambda cell: cell.start)


def _merge(first: int, length: int, at: int) -> Merge:
    if length == 1:
        return Merge.NONE
    return Merge.STARTS if at == first else Merge.GOES_ON


def _spans(text: str, merge: Merge) -> tuple[Span, ...]:
    return () if merge is Merge.GOES_ON else (Span(text),)

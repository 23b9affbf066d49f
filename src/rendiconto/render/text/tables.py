"""What ``rendiconto table`` prints: every format is a function from a Document to text."""

import csv
import io
from collections.abc import Callable

import simplejson
from rich import box
from rich.console import Console
from rich.table import Table as RichTable

from rendiconto.document import Document, Grid, cell_text
from rendiconto.document.gridjson import cell_json, tables_json

_TERMINAL_WIDTH = 400


def tables_as_text(document: Document, *, keys: bool = False) -> str:  # noqa: ARG001 - the formats share a signature
    """Tables drawn with lines, Italian numbers, a title over each part."""
    stream = io.StringIO()
    console = Console(file=stream, width=_TERMINAL_WIDTH, color_system=None)
    for table in document.tables:
        console.print(f"{table.label} – {table.title} ({document.subtitle})", highlight=False)
        for grid in table.grids:
            console.print(f"\n{grid.title}", highlight=False, markup=False)
            if grid.available:
                console.print(_drawn(grid))
            else:
                console.print("dati non disponibili in questa edizione")
        console.print()
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines())


def _drawn(grid: Grid) -> RichTable:
    drawn = RichTable(box=box.SIMPLE, pad_edge=False)
    drawn.add_column(" / ".join(title for title in grid.stub_titles if title))
    for leaf in grid.columns:
        drawn.add_column(leaf.label.replace(" / ", "\n"), justify="right", vertical="bottom")
    for leaf, cells in zip(grid.rows, grid.cells, strict=True):
        indent = "  " * leaf.level
        drawn.add_row(indent + (leaf.header.label if leaf.level else leaf.label), *(cell_text(cell) for cell in cells))
    return drawn


def tables_as_json(document: Document, *, keys: bool = False) -> str:
    """The grid JSON (see ``document.gridjson``)."""
    return simplejson.dumps(tables_json(document, document.tables, keys=keys), ensure_ascii=False, use_decimal=True, indent=1)


def tables_as_csv(document: Document, *, keys: bool = False) -> str:  # noqa: ARG001
    """One line per cell: table, part, row, column, value as in the grid JSON, cell address."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["table", "part", "row", "column", "value", "cell"])
    for table in document.tables:
        for grid in table.grids:
            columns = grid.columns
            for leaf, cells in zip(grid.rows, grid.cells, strict=True):
                for column, cell in zip(columns, cells, strict=True):
                    value = cell_json(cell)
                    shown = "" if value is None else str(value)
                    writer.writerow([table.number, grid.part, leaf.label, column.label, shown, str(cell.ref)])
    return stream.getvalue().rstrip("\n")


TABLE_FORMATS: dict[str, Callable[..., str]] = {
    "text": tables_as_text,
    "json": tables_as_json,
    "csv": tables_as_csv,
}
"""Format name to function(document, *, keys) -> text."""

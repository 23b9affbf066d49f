"""CSV for people and programs alike: UTF-8, commas, one header row, plain decimals with a full stop.

A spreadsheet takes a text that begins with one of ``= + - @`` for a formula. Labels that do are written with an
apostrophe before them, the way spreadsheets themselves mark a text; figures, status symbols and codes are never
touched, for programs compare them. JSON and Parquet carry every label as it is.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from rendiconto.document import Cell, Grid, Status

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
LABEL_COLUMN = "Voce"


def grid_csv(grid: Grid) -> str:
    """One part: the joined label of each column, then a line for each row. No lines of rows when it has no data."""
    header = [stub_title(grid), *(safe_label(leaf.label) for leaf in grid.columns)]
    rows = (
        [safe_label(leaf.label), *(cell_plain(cell) for cell in cells)]
        for leaf, cells in zip(grid.rows, grid.cells, strict=True)
    )
    return csv_text(header, rows)


def stub_title(grid: Grid) -> str:
    """The title over the labels of rows."""
    return safe_label(" / ".join(title for title in grid.stub_titles if title) or LABEL_COLUMN)


def cell_plain(cell: Cell) -> str:
    """The figure at its printed decimals ("1347", "84.9", "-1310"), or the symbol of its status."""
    if cell.status is Status.NORMAL and cell.value is not None:
        return plain_decimal(cell.value)
    return cell.status.symbol


def plain_decimal(value: Decimal) -> str:
    """Digits and a full stop, never an exponent."""
    return f"{value:f}"


def safe_label(label: str) -> str:
    """The label, with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{label}" if label.startswith(_FORMULA_SIGNS) else label


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """RFC 4180 but for line ends, which are plain newlines."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return stream.getvalue()

"""Reads a workbook back with another library: grids from its marked tables, one header row each."""

import io
import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from python_calamine import CalamineWorkbook
from readback import Files, GridId, ReadGrid, squeeze

SYMBOLS = ("-", "*", "n.d.")
SHEET = re.compile(r"(Tavola|Grafico) (\d+)")
TABLE = re.compile(r"(Tavola|Grafico)_(\d+)_(\d+)")
PART = re.compile(r"Parte (\d+) di (\d+) – ")


def read_grids(files: Files) -> dict[GridId, ReadGrid]:
    """Every marked table that is a part of a numbered table; a part without one has no data."""
    workbook = _open(files)
    found: dict[GridId, ReadGrid] = {}
    for name in workbook.table_names or ():
        match = TABLE.fullmatch(name)
        if match is None:
            continue
        where = (_number(match[1], match[2]), int(match[3]))
        assert where not in found, f"{where} is there twice"
        table = workbook.get_table_by_name(name)
        assert table.sheet == f"{match[1]} {match[2]}"
        found[where] = _grid(table.columns, table.to_python())
    for sheet in workbook.sheet_names:
        match = SHEET.fullmatch(sheet)
        if match is not None:
            parts = _parts(workbook.get_sheet_by_name(sheet).to_python())
            for part in range(parts):
                found.setdefault((_number(match[1], match[2]), part), ReadGrid((), (), ()))
    return found


def _open(files: Files) -> CalamineWorkbook:
    (content,) = files.values()
    return CalamineWorkbook.from_filelike(io.BytesIO(content), load_tables=True)


def _number(kind: str, number: str) -> str:
    return f"G{number}" if kind == "Grafico" else number


def _parts(rows: Sequence[Sequence[object]]) -> int:
    """How many parts the sheet says that it has."""
    said = {match[2] for row in rows if (match := PART.match(str(row[0])))}
    assert len(said) <= 1
    return int(said.pop()) if said else 1


def _grid(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> ReadGrid:
    """The columns at the left that hold no figure and no symbol are the stub."""
    depth = 0
    while depth < len(columns) and all(isinstance(row[depth], str) and row[depth] not in SYMBOLS for row in rows):
        depth += 1
    return ReadGrid(
        columns=tuple(columns[depth:]),
        rows=tuple(_row_label(row[:depth]) for row in rows),
        cells=tuple(tuple(_cell(cell) for cell in row[depth:]) for row in rows),
    )


def _row_label(labels: Sequence[object]) -> str:
    """A row less deep than its neighbours says its label again in every column that remains."""
    return " / ".join(str(label) for label, _ in groupby(labels))


def _cell(value: object) -> Decimal | str:
    """A sheet holds binary floating point, whose shortest form is the figure that was written."""
    if isinstance(value, str):
        return value
    assert isinstance(value, int | float)
    return Decimal(repr(value))


def read_text(files: Files) -> str:
    """Every text of every sheet, figures aside."""
    workbook = _open(files)
    return squeeze(
        " ".join(
            cell
            for name in workbook.sheet_names
            for row in workbook.get_sheet_by_name(name).to_python()
            for cell in row
            if isinstance(cell, str)
        )
    )

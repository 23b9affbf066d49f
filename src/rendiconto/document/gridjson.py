"""The grid JSON: cells seen from outside, in a shape that scripts can depend on.

A cell is a number (``Decimal`` at its printed decimals), "-", "*", or None where missing.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from rendiconto.document.grid import Cell, Grid
from rendiconto.document.report import Document, Table
from rendiconto.document.values import Status


def cell_json(cell: Cell) -> Decimal | str | None:
    """A number at its printed decimals, "-", "*", or None where missing."""
    if cell.status is Status.NORMAL:
        return cell.value
    if cell.status is Status.MISSING:
        return None
    return cell.status.symbol


def grid_json(grid: Grid, *, keys: bool = False) -> dict[str, Any]:
    """One part. With ``keys`` each row also gives the cube and full key of its cells."""
    rows = []
    for leaf, cells in zip(grid.rows, grid.cells, strict=True):
        row: dict[str, Any] = {"label": leaf.label, "cells": [cell_json(cell) for cell in cells]}
        if leaf.level:
            row["level"] = leaf.level
        if keys:
            row["keys"] = [{"cube": cell.cube, "key": dict(cell.key)} for cell in cells]
        rows.append(row)
    return {
        "part": grid.part,
        "title": grid.title,
        "columns": [leaf.label for leaf in grid.columns],
        "rows": rows,
    }


def table_json(document: Document, table: Table, *, keys: bool = False) -> dict[str, Any]:
    """One table with all its parts."""
    return {
        "table": table.number,
        "territory": document.territory.slug,
        "edition": document.edition,
        "parts": [grid_json(grid, keys=keys) for grid in table.grids],
    }


def tables_json(document: Document, tables: Iterable[Table], *, keys: bool = False) -> dict[str, Any]:
    """The whole answer of ``rendiconto table … --format json``."""
    return {"tables": [table_json(document, table, keys=keys) for table in tables]}

"""What a reader makes of a file, before anybody asks what it means: sheets as somebody laid them out, or tidy records.

Readers know formats, not the catalogue. A file that cannot be read safely and whole is refused with a ``DataError``; what is
wrong with single cells is for whoever maps them to keys.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

Scalar = str | Decimal | bool | date | None
"""A cell: text as typed, a number as stored (15 significant digits), a truth value, a date, or nothing."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged range, inclusive, rows and columns counted from 0."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet from its first cell on; rows may be ragged. ``name`` is empty where the format has no sheets.

    ``formulas`` are the cells (row, column from 0) whose stored value is the result of a formula.
    """

    name: str
    rows: tuple[tuple[Scalar, ...], ...]
    merged: tuple[Merged, ...] = ()
    formulas: frozenset[tuple[int, int]] = frozenset()


def _row_place(record: int, column: str) -> str:
    return f"row {record + 1} ({column})"


@dataclass(frozen=True)
class Records:
    """Tidy records: a table whose columns are all text, null where blank, one observation a row.

    ``locate(record, column)`` says where in the file a record (from 0) stands. ``name`` is the sheet or resource; ``rows`` are
    the rows (from 1) that records stand in, where they do not simply follow one another from ``start``; ``letter`` is the
    column of the values in a spreadsheet.
    """

    name: str
    table: "pa.Table"
    locate: Callable[[int, str], str] = field(default=_row_place, compare=False)
    rows: tuple[int, ...] | None = None
    start: int = 2
    letter: str = ""


Content = Sheet | Records

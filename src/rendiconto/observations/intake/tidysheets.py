"""Sheets that are tidy tables: a header row that names dimensions and value, then a figure a row, as our own requests are."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from rendiconto.findings import Finding
from rendiconto.italian.numbers import decimals_of, format_number
from rendiconto.italian.sorting import fold_words
from rendiconto.observations.intake.content import Records, Scalar, Sheet
from rendiconto.observations.intake.layout import column_letter
from rendiconto.observations.intake.rules import intake_finding

if TYPE_CHECKING:
    import pyarrow as pa

CUBE_COLUMN = "cube"
"""The column that says of which cube a row is."""
_CUBE_NAMES = {"cube", "cubo", "insieme"}
_VALUE_NAMES = {"value", "valore", "obs value"}
_PLACE_NAMES = {"territory", "territorio", "ref area", "codice territorio"}
SEARCHED_ROWS = 30


@dataclass(frozen=True)
class _SheetPlace:
    """Names a record's cell as a spreadsheet does."""

    sheet: str
    first: int
    letters: dict[str, str]

    def __call__(self, record: int, column: str) -> str:
        cell = f"{self.letters.get(column, '')}{self.first + record}"
        return f"{self.sheet}!{cell}" if self.sheet else cell


def tidy_records(sheet: Sheet, file: str, findings: list[Finding]) -> Records | None:
    """The records of a tidy sheet; None where no header row names a value and a territory. Formulas are refused.

    Numbers that are stored as such are written in the Italian notation, as typed ones of the same column would be.
    """
    header = _header(sheet)
    if header is None:
        return None
    names = _names(sheet.rows[header])
    columns: dict[str, list[str | None]] = {name: [] for name in names.values()}
    for row, line in enumerate(sheet.rows[header + 1 :], start=header + 1):
        blank = all(value is None or value == "" for value in line)
        for column, name in names.items():
            value = line[column] if column < len(line) else None
            if (row, column) in sheet.formulas and not blank:
                place = f"{file} {sheet.name}!{column_letter(column)}{row + 1}".replace(" !", " ")
                findings.append(intake_finding("stored_formula", place, read=str(value)))
                value = None
            columns[name].append(None if blank else _text(value, name))
    table = _table(columns)
    letters = {name: column_letter(column) for column, name in names.items()}
    rows = tuple(range(header + 2, header + 2 + table.num_rows))
    value = next(letters[name] for name in names.values() if fold_words(name) in _VALUE_NAMES)
    return Records(sheet.name, table, _SheetPlace(sheet.name, header + 2, letters), rows, letter=value)


def _header(sheet: Sheet) -> int | None:
    for row, line in enumerate(sheet.rows[:SEARCHED_ROWS]):
        words = {fold_words(text) for text in line if isinstance(text, str)}
        if words & _VALUE_NAMES and words & (_PLACE_NAMES | _CUBE_NAMES):
            return row
    return None


def _names(line: tuple[Scalar, ...]) -> dict[int, str]:
    """The name of each column; the cube's under the name that readers look for."""
    names: dict[int, str] = {}
    for column, text in enumerate(line):
        if isinstance(text, str) and text.strip() and text not in names.values():
            names[column] = CUBE_COLUMN if fold_words(text) in _CUBE_NAMES else text.strip()
    return names


def _text(value: Scalar, name: str) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, Decimal):
        if fold_words(name) in _VALUE_NAMES:
            return format_number(value, decimals_of(value), group=False, sign="ascii")
        return f"{value:f}"
    return str(value)


def _table(columns: dict[str, list[str | None]]) -> "pa.Table":
    import pyarrow as pa

    return pa.table({name: pa.array(texts, pa.string()) for name, texts in columns.items()})

"""Spreadsheets: XLSX and ODS, sheets as they stand, values only.

Before the file is opened its parts are looked at: a cell far down and right makes a reader lay out all that is between, so the
used range is bounded first; formulas are found here, since readers give only their stored results.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from pathlib import Path
from typing import Any

from rendiconto.errors import DataError, Place
from rendiconto.observations.intake.archives import check_archive, read_member
from rendiconto.observations.intake.content import Merged, Scalar, Sheet

MOST_CELLS = 5_000_000
MOST_COLUMNS = 16_384
_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*?(/?)>(\s*<(?:\w+:)?f[\s>/])?')
_OVERLAP = 4096
_ODS_TAG = re.compile(rb"<(/?)table:(table-row|table-cell|covered-table-cell|table)\b((?:[^>\"']|\"[^\"]*\"|'[^']*')*?)(/?)>")
_ODS_REPEAT = re.compile(rb'table:number-(?:columns|rows)-repeated="([0-9]+)"')


@dataclass
class _Range:
    """The used range of a sheet, rows and columns counted, and the cells that are formulas."""

    rows: int = 0
    columns: int = 0
    formulas: set[tuple[int, int]] = field(default_factory=set)


def read_spreadsheet(path: Path) -> tuple[Sheet, ...]:
    """The sheets of a workbook in order, hidden ones too. Refuses what is unsafe or beyond bounds."""
    check_archive(path)
    with zipfile.ZipFile(path) as archive:
        ranges = _ods_ranges(archive) if "content.xml" in archive.namelist() else _xlsx_ranges(path, archive)
    for name, used in ranges.items():
        if used.rows * used.columns > MOST_CELLS or used.columns > MOST_COLUMNS:
            raise DataError(
                f"the sheet {name!r} reaches {used.rows} rows and {used.columns} columns",
                Place(path),
                f"No delivery has more than {MOST_CELLS} cells: delete what is far below or right of the table.",
            )
    return tuple(_sheets(path, ranges))


def _sheets(path: Path, ranges: dict[str, _Range]) -> Iterator[Sheet]:
    import python_calamine

    try:
        workbook = python_calamine.load_workbook(str(path))
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            rows = tuple(tuple(_scalar(value) for value in row) for row in sheet.to_python(skip_empty_area=False))
            merged = tuple(Merged(*first, *last) for first, last in (_merged(sheet) or ()))
            yield Sheet(name, rows, merged, frozenset(ranges[name].formulas if name in ranges else ()))
    except python_calamine.CalamineError as error:
        raise DataError(f"the workbook is damaged: {error}", Place(path), "Open it, save it anew and send it again.") from None


def _merged(sheet: Any) -> Any:
    return sheet.merged_cell_ranges


def _scalar(value: Any) -> Scalar:
    """A cell: numbers with the 15 digits that a spreadsheet keeps, never the noise of binary fractions."""
    if value is None or value == "":
        return None
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
        return _decimal(value)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return str(value)


def _decimal(value: float) -> Scalar:
    if not isfinite(value):
        return str(value)
    number = Decimal(f"{value:.15g}")
    return number.quantize(Decimal(1)) if number == number.to_integral_value() and abs(number) < Decimal(10) ** 18 else number


def _xlsx_ranges(path: Path, archive: zipfile.ZipFile) -> dict[str, _Range]:
    """The used range of each sheet by its name, through the workbook's own list of parts."""
    names = _xlsx_parts(archive)
    ranges = {}
    for name, part in names.items():
        if part in archive.namelist():
            ranges[name] = _xlsx_range(archive, archive.getinfo(part))
    if not ranges:
        raise DataError("the workbook has no sheet", Place(path), "Open it, save it anew and send it again.")
    return ranges


def _xlsx_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    from xml.etree import ElementTree as ET

    try:
        workbook = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - no document type: checked before
        relations = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - likewise
    except (ET.ParseError, KeyError):
        return {}
    targets = {each.get("Id", ""): each.get("Target", "") for each in relations}
    parts = {}
    for element in workbook.iter():
        if element.tag.rpartition("}")[2] == "sheet":
            key = next((value for name, value in element.attrib.items() if name.rpartition("}")[2] == "id"), "")
            target = targets.get(key, "").lstrip("/")
            parts[element.get("name", "")] = target if target.startswith("xl/") else f"xl/{target}"
    return parts


def _xlsx_range(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> _Range:
    used = _Range()
    rest = b""
    for chunk in read_member(archive, member):
        text = rest + chunk
        end = 0
        for match in _CELL.finditer(text):
            if match.end() > len(text) - 64 and len(chunk) == len(text):
                break
            row, column = int(match[2]), _column_number(match[1])
            used.rows, used.columns = max(used.rows, row), max(used.columns, column)
            if match[4] and not match[3]:
                used.formulas.add((row - 1, column - 1))
            end = match.end()
        # What may be cut in two is looked at again with what follows.
        rest = text[max(end, len(text) - _OVERLAP) :]
    return used


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _ods_ranges(archive: zipfile.ZipFile) -> dict[str, _Range]:
    """The used range of each sheet of an OpenDocument file: blank repetitions count only where something follows."""
    content = archive.read("content.xml")
    ranges: dict[str, _Range] = {}
    used = _Range()
    row = column = repeat = 0
    for match in _ODS_TAG.finditer(content):
        closing, tag, attributes, empty = match.groups()
        times = _ODS_REPEAT.search(attributes)
        count = int(times[1]) if times else 1
        if tag == b"table" and not closing:
            used, row, column = _Range(), 0, 0
            ranges[_ods_name(attributes)] = used
        elif tag == b"table-row" and not closing:
            column, repeat = 0, count
            row += 0 if not empty else count
        elif tag == b"table-row":
            row += repeat
        elif tag in (b"table-cell", b"covered-table-cell") and not closing:
            if not empty or b"office:value" in attributes or b"table:formula" in attributes:
                used.rows, used.columns = max(used.rows, row + repeat), max(used.columns, column + count)
            if b"table:formula" in attributes:
                used.formulas.update((row, column + step) for step in range(min(count, MOST_COLUMNS)))
            column += count
    return ranges


def _ods_name(attributes: bytes) -> str:
    from html import unescape

    found = re.search(rb'table:name="([^"]*)"', attributes)
    return unescape(found[1].decode("utf-8", "replace")) if found else ""

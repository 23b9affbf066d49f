"""Delimited text whose delimiter and encoding are known beforehand, by a standard or a description: columns of text."""

import codecs
import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

from rendiconto.errors import DataError, Place

if TYPE_CHECKING:
    import pyarrow as pa

MOST_BYTES = 2 << 30
MOST_COLUMNS = 1_000
LONGEST_HEADER = 1 << 20
_BLOCK = 8 << 20
_AGAIN = "Ask the office to send it again, as CSV in UTF-8."


class LinePlace:
    """Names a record as its line in the text; the header is row 1."""

    def __call__(self, record: int, column: str) -> str:
        """Where a record (from 0) stands."""
        return f"row {record + 2} ({column})"


def read_header(path: Path, delimiter: str, encoding: str = "utf-8-sig", quote: str = '"') -> list[str]:
    """The names in the first line; a ``DataError`` where it is no text, or beyond bounds."""
    try:
        with path.open(encoding=encoding, newline="") as stream:
            start = stream.read(LONGEST_HEADER)
        names = next(
            (row for row in csv.reader(io.StringIO(start, newline=""), delimiter=delimiter, quotechar=quote) if row), []
        )
    except (UnicodeError, csv.Error) as error:
        raise DataError(f"the file is no text in {encoding.removesuffix('-sig')}: {error}", Place(path, 1), _AGAIN) from None
    if len(names) > MOST_COLUMNS:
        raise DataError(f"the file has {len(names)} columns", Place(path, 1), f"At most {MOST_COLUMNS} can be read.")
    return names


def read_columns(path: Path, names: list[str], delimiter: str, encoding: str = "utf-8-sig", quote: str = '"') -> "pa.Table":
    """What stands under the header, under ``names``: every column as text, null where blank. No two names are equal."""
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    if path.stat().st_size > MOST_BYTES:
        what = f"the file has {path.stat().st_size >> 20} MB"
        raise DataError(what, Place(path), f"At most {MOST_BYTES >> 20} MB can be read.")
    if _is_one_line(path, encoding):  # which the library does not take for a line unless a break follows
        return pa.table({name: pa.array([], pa.string()) for name in names})
    wide = codecs.lookup(encoding).name
    known = "utf8" if wide in ("utf-8", "utf-8-sig") else wide
    try:
        return arrow_csv.read_csv(
            str(path),
            read_options=arrow_csv.ReadOptions(column_names=names, skip_rows_after_names=1, encoding=known, block_size=_BLOCK),
            parse_options=arrow_csv.ParseOptions(delimiter=delimiter, quote_char=quote, newlines_in_values=True),
            convert_options=arrow_csv.ConvertOptions(
                column_types={name: pa.string() for name in names}, strings_can_be_null=True, null_values=[""]
            ),
        )
    except (pa.ArrowException, UnicodeError) as error:
        reason = (str(error).splitlines() or [""])[0][:200]
        raise DataError(f"the file is no table: {reason}", Place(path), _AGAIN) from None


def _is_one_line(path: Path, encoding: str) -> bool:
    with path.open(encoding=encoding, errors="replace") as stream:
        return len(stream.readline(LONGEST_HEADER)) < LONGEST_HEADER and not stream.read(1)


def distinct_names(path: Path, names: list[str]) -> list[str]:
    """The names trimmed; a ``DataError`` where one is blank or comes twice."""
    trimmed = [name.strip() for name in names]
    for position, name in enumerate(trimmed):
        if not name:
            raise DataError(f"column {position + 1} has no name", Place(path, 1), "Give every column a name.")
        if name in trimmed[:position]:
            raise DataError(f"two columns are named {name!r}", Place(path, 1), "Give every column a name of its own.")
    if not trimmed:
        raise DataError("the file has no header line", Place(path, 1), "Its first line must name the columns.")
    return trimmed

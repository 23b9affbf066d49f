"""Parquet files as tidy records: every column as text, as a person would have typed it.

Numbers stored in binary are written with 15 significant digits, as spreadsheets do: what is beyond is noise of the arithmetic.
"NaN" and infinity stay as words, so that whoever maps the columns can refuse them where they stand.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rendiconto.errors import DataError, Place
from rendiconto.observations.intake.content import Records

if TYPE_CHECKING:
    import pyarrow as pa

MOST_ROWS = 20_000_000
MOST_COLUMNS = 1_000
MOST_CELLS = 200_000_000
MOST_BYTES = 4 << 30
"""Uncompressed, as the file declares, and as it comes out."""
SIGNIFICANT = 15
_AGAIN = "Ask the office to send it again."


def read_parquet(path: Path) -> tuple[Records, ...]:
    """The rows of a Parquet file, named after it. A damaged, oversized or nested one is a ``DataError``."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    with _damage_told(path), pq.ParquetFile(path) as file:
        names = _checked_names(path, file)
        pieces = []
        size = 0
        for group in range(file.num_row_groups):
            rows = file.read_row_group(group, use_threads=False)  # threads take addresses, and are hardly faster
            rows.validate(full=True)  # the reader trusts a file to hold letters where it says so
            columns = {name: _texts(path, name, column) for name, column in zip(names, rows.columns, strict=True)}
            pieces.append(pa.table(columns))
            size += pieces[-1].nbytes
            if size > MOST_BYTES:
                raise _too_large(path, f"{size >> 20} MB or more of text")
        empty = pa.schema([(name, pa.string()) for name in names]).empty_table()
        table = pa.concat_tables([empty, *pieces])
        if table.num_rows != file.metadata.num_rows:
            what = f"the file is damaged: {table.num_rows} rows, and it says {file.metadata.num_rows}"
            raise DataError(what, Place(path), _AGAIN)
    return (Records(path.stem, table, start=1),)


@contextmanager
def _damage_told(path: Path) -> Iterator[None]:
    """Whatever the library makes of bytes that are no Parquet, in plain words."""
    import pyarrow as pa

    try:
        yield
    except (pa.ArrowMemoryError, MemoryError):
        raise DataError("the file takes too much memory", Place(path), "Ask the office to send it in parts.") from None
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # the file is not there, or may not be read: not damage
        reason = (str(error).splitlines() or [""])[0][:200]
        raise DataError(f"the file is damaged: {reason}", Place(path), _AGAIN) from None


def _checked_names(path: Path, file: Any) -> list[str]:
    """Column names, once what the file says of its own size is within bounds."""
    metadata = file.metadata
    names = [name.strip() for name in file.schema_arrow.names]
    if len(names) > MOST_COLUMNS:
        raise _too_large(path, f"{len(names)} columns")
    if not 0 <= metadata.num_rows <= MOST_ROWS:
        raise _too_large(path, f"{metadata.num_rows} rows")
    if metadata.num_rows * len(names) > MOST_CELLS:
        raise _too_large(path, f"{metadata.num_rows * len(names)} cells")
    size = sum(metadata.row_group(group).total_byte_size for group in range(metadata.num_row_groups))
    if size > MOST_BYTES:
        raise _too_large(path, f"{size >> 20} MB unpacked")
    for name in names:
        if not name or names.count(name) > 1:
            what = f"two columns are named {name!r}" if name else "a column has no name"
            raise DataError(what, Place(path), "Give every column a name of its own.")
    return names


def _too_large(path: Path, size: str) -> DataError:
    bounds = f"{MOST_ROWS} rows, {MOST_COLUMNS} columns, {MOST_CELLS} cells, {MOST_BYTES >> 20} MB"
    return DataError(f"the file has {size}", Place(path), f"At most {bounds} can be read: ask for it in parts.")


def _texts(path: Path, name: str, column: "pa.ChunkedArray") -> "pa.ChunkedArray":
    """A column as text, null where blank."""
    import pyarrow as pa

    kind = column.type
    if pa.types.is_dictionary(kind):
        column = pa.chunked_array([chunk.dictionary_decode() for chunk in column.chunks], kind.value_type)
        kind = column.type
    for fits, convert in _conversions():
        if fits(kind):
            return convert(column)
    raise DataError(
        f"the column {name!r} holds {kind}", Place(path, key=name), "Only text, numbers, dates, true and false are read."
    )


_Conversion = tuple[Callable[["pa.DataType"], bool], Callable[["pa.ChunkedArray"], "pa.ChunkedArray"]]


def _conversions() -> tuple[_Conversion, ...]:
    """Which kinds of column can be text, and how; the first that fits."""
    from pyarrow import types

    def is_text(kind: "pa.DataType") -> bool:
        return any(
            (types.is_string(kind), types.is_large_string(kind), types.is_string_view(kind), types.is_binary(kind))
        ) or types.is_large_binary(kind)

    def is_plain(kind: "pa.DataType") -> bool:
        return any((types.is_integer(kind), types.is_boolean(kind), types.is_date(kind), types.is_null(kind)))

    return (
        (is_text, _from_text),
        (is_plain, _cast),
        (types.is_decimal, _from_decimals),
        (types.is_floating, _from_floats),
        (types.is_timestamp, _from_moments),
        (types.is_time, _cast),
    )


def _cast(column: "pa.ChunkedArray") -> "pa.ChunkedArray":
    import pyarrow as pa

    return column.cast(pa.string())


def _from_text(column: "pa.ChunkedArray") -> "pa.ChunkedArray":
    """Text as it is; bytes only where they are UTF-8, as the cast checks."""
    import pyarrow as pa
    import pyarrow.compute as pc

    text = column.cast(pa.string())
    blank = pc.equal(pc.binary_length(pc.utf8_trim_whitespace(text)), 0)
    return pc.if_else(blank, pa.scalar(None, pa.string()), text) if pc.any(blank).as_py() else text


def _from_decimals(column: "pa.ChunkedArray") -> "pa.ChunkedArray":
    """All decimals that the type has; without the exponent in which small ones and zeros are cast."""
    import pyarrow as pa
    import pyarrow.compute as pc

    text = _cast(column).combine_chunks()
    wrong = pc.fill_null(pc.match_substring(text, "E"), fill_value=False)
    encoded = pc.filter(text, wrong).dictionary_encode()
    right = pa.array([f"{Decimal(each):f}" for each in encoded.dictionary.to_pylist()], pa.string()).take(encoded.indices)
    return pa.chunked_array([pc.replace_with_mask(text, wrong, right)])


def _from_floats(column: "pa.ChunkedArray") -> "pa.ChunkedArray":
    """The shortest digits that mean the number, where they are at most 15; else rounded to 15. Never an exponent."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_float16(column.type):
        column = column.cast(pa.float32())
    text = _cast(pc.add(column, pa.scalar(0, column.type))).combine_chunks()  # no negative zero
    wrong = pc.fill_null(
        pc.or_(pc.greater(pc.binary_length(text), SIGNIFICANT), pc.match_substring(text, "e")), fill_value=False
    )
    # From the text, not from the column: the digits of a single are those that it was written with, not its binary value.
    numbers = pc.filter(text, wrong).cast(pa.float64()).to_pylist()
    right = pa.array([_fifteen_digits(number) for number in numbers], pa.string())
    return pa.chunked_array([pc.replace_with_mask(text, wrong, right)])


def _fifteen_digits(number: float) -> str:
    text = f"{number:.{SIGNIFICANT}g}"
    return f"{Decimal(text):f}" if "e" in text else text


def _from_moments(column: "pa.ChunkedArray") -> "pa.ChunkedArray":
    """Dates where every moment is a midnight of no zone, else ISO moments, those with a zone in UTC."""
    import pyarrow as pa
    import pyarrow.compute as pc

    zoned = column.type.tz is not None
    naive = column.cast(pa.timestamp(column.type.unit))
    if not zoned and pc.all(pc.equal(pc.floor_temporal(naive, unit="day"), naive), min_count=0).as_py():
        return _cast(naive.cast(pa.date32()))
    text = pc.replace_substring_regex(pc.strftime(naive, format="%Y-%m-%dT%H:%M:%S"), r"\.0+$", "")
    return pc.binary_join_element_wise(text, "Z", "") if zoned else text

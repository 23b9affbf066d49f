"""A stranger's file, CSV or JSON, as records."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from rendiconto.audit.reconcile.jsonshapes import DEEPEST, JsonShapes
from rendiconto.audit.reconcile.records import MOST_BYTES, MOST_FIGURES, Record, fold_name
from rendiconto.audit.reconcile.tabular import Table, split_header, table_records
from rendiconto.catalogue.declarations import PERIOD, TERRITORY, Catalogue
from rendiconto.errors import DataError, Place
from rendiconto.observations.intake.content import Content, Records
from rendiconto.observations.intake.delimited import read_delimited

FORMATS = (".csv", ".tsv", ".txt", ".json")
_MOST_VALUES = 3_000_000
_MOST_ROWS = 1_000_000


def read_records(path: Path, catalogue: Catalogue) -> list[Record]:
    """The figures of a CSV or JSON file with the texts that say what they are.

    A file that is not there, is no table nor JSON, or is larger or deeper than such files are, is a ``DataError``.
    """
    suffix = path.suffix.casefold()
    if suffix not in FORMATS:
        raise DataError("only CSV and JSON are compared", Place(path), f"Save it as one of {', '.join(FORMATS)}.")
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise DataError("this is not a file", Place(path), "Name a CSV or JSON file.")
        if size > MOST_BYTES:
            raise DataError(f"the file has {size >> 20} MB", Place(path), f"At most {MOST_BYTES >> 20} MB can be compared.")
        coordinates = _dimension_names(catalogue)
        found = _json_records(path, coordinates) if suffix == ".json" else _table_records(path, coordinates)
        records = list(islice(found, MOST_FIGURES + 1))
    except OSError as error:
        raise DataError(f"the file cannot be read: {error.strerror or error}", Place(path)) from None
    if len(records) > MOST_FIGURES:
        raise DataError(f"the file has more than {MOST_FIGURES} figures", Place(path), "Compare it in parts.")
    return records


def _dimension_names(catalogue: Catalogue) -> frozenset[str]:
    """What a column of codes may be called: dimensions of all cubes by name, title and codelist."""
    names: set[str] = set()
    for cube in catalogue.cubes.values():
        for dimension in cube.dimensions:
            if dimension.name not in (TERRITORY, PERIOD) and dimension.codelist is not None:
                names |= {fold_name(text) for text in (dimension.name, dimension.title, dimension.codelist.name)}
    return frozenset(names)


def _table_records(path: Path, coordinates: frozenset[str]) -> Iterator[Record]:
    for content in read_delimited(path):
        rows = _rows(content)
        header, first, titles = split_header(rows)
        if not header:
            raise DataError("no row of the file heads its columns", Place(path), "The first row names the columns.")
        if len(rows) > _MOST_ROWS:
            raise DataError(f"the file has more than {_MOST_ROWS} rows", Place(path), "Compare it in parts.")

        def place(number: int, name: str) -> str:
            return f"{path.name} row {number} ({name})"

        yield from table_records(Table(header, tuple(rows[first:]), titles, coordinates, place))


def _rows(content: Content) -> list[tuple[int, tuple[str | Decimal | None, ...]]]:
    """The rows of a table as it was read, the header first, each with its number in the file."""
    if isinstance(content, Records):
        columns = [column.to_pylist() for column in content.table.columns]
        header = (content.start - 1, tuple(content.table.column_names))
        return [header, *((content.start + at, _cleaned(row)) for at, row in enumerate(zip(*columns, strict=True)))]
    return [(at, _cleaned(row)) for at, row in enumerate(content.rows, start=1)]


def _cleaned(row: tuple[Any, ...]) -> tuple[str | Decimal | None, ...]:
    return tuple(text.strip() or None if isinstance(text, str) else None for text in row)


def _json_records(path: Path, coordinates: frozenset[str]) -> Iterator[Record]:
    content = _parsed(path, path.read_bytes())
    yield from JsonShapes(path.name, coordinates).records(content)


def _parsed(path: Path, raw: bytes) -> Any:
    """What a JSON file says; numbers are decimals with all their digits, what is no number (NaN) is a text."""
    import simplejson

    values = raw.count(b",") + raw.count(b"[") + raw.count(b"{")
    if values > _MOST_VALUES:
        raise DataError(f"the file has more than {_MOST_VALUES} values", Place(path), "Compare it in parts.")
    try:
        text = raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
        content = simplejson.loads(
            text, use_decimal=True, parse_int=Decimal, parse_constant=str, allow_nan=True, object_pairs_hook=_Once(path)
        )
        if b"\\ud" in raw.lower():
            # Half a letter, spelt out: it can be read and never written again.
            simplejson.dumps(content, ensure_ascii=False, use_decimal=True).encode()
    except UnicodeError:
        raise DataError("the letters are damaged: JSON is UTF-8", Place(path)) from None
    except simplejson.JSONDecodeError as error:
        raise DataError(f"this is not JSON: {error.msg}", Place(path, error.lineno), f"Column {error.colno}.") from None
    except RecursionError:
        raise DataError(f"the file nests deeper than {DEEPEST} levels", Place(path), "This is no data file.") from None
    except ArithmeticError:
        raise DataError("a number of the file is beyond all bounds", Place(path), "This is no data file.") from None
    return content


class _Once:
    """Makes objects of pairs; a key given twice would hide a figure, and is refused."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            seen: set[str] = set()
            twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
            raise DataError(f"the key {twice[:40]!r} comes twice in one object", Place(self.path), "Keep one of them.")
        return made

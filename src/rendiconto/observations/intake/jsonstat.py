"""JSON-stat 2.0: a data set, or a collection of data sets in one file, as tidy records.

The format keeps values in one long list, the last dimension running fastest; each becomes a row with the codes of its place.
Numbers are never turned into binary: their digits stay as written.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rendiconto.errors import DataError, Place
from rendiconto.observations.intake.content import Records

if TYPE_CHECKING:
    import pyarrow as pa

MOST_BYTES = 200 << 20
MOST_ITEMS = 10_000_000
MOST_DIMENSIONS = 100
LARGEST_CUBE = 1 << 62
VALUE = "value"
STATUS = "status"
_AGAIN = "Ask the office to send it again, as JSON-stat 2.0 or CSV."

Json = dict[str, Any]


@dataclass(frozen=True)
class ValuePlace:
    """Names a record by the position of its value, from 0. ``positions`` are those listed, where some are left out."""

    positions: tuple[int, ...] | None = None

    def __call__(self, record: int, column: str) -> str:
        """Where a record (from 0) stands."""
        position = record if self.positions is None else self.positions[record]
        return f"{column}[{position}]" if column in (VALUE, STATUS) else f"value[{position}] ({column})"


def read_jsonstat(path: Path) -> tuple[Records, ...]:
    """The cells of each data set: a column of codes and one of labels for each dimension, then ``value`` and ``status``.

    A file that is not JSON, is oversized, or whose counts do not agree is a ``DataError``.
    """
    content = parse_json(path)
    if isinstance(content, dict) and content.get("class") == "collection":
        return tuple(_records(path, f"link.item.{i}", item, _label(item)) for i, item in enumerate(_items(path, content)))
    return (_records(path, "", content, path.stem),)


def parse_json(path: Path) -> Any:
    """What a JSON file says, every number as the text that was written. Refuses what is no JSON, and keys given twice."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise DataError(f"the file has {size >> 20} MB", Place(path), f"At most {MOST_BYTES >> 20} MB can be read.")
    text = path.read_bytes()
    # Whatever JSON says, it separates by commas: as many objects as these will be made of it.
    if text.count(b",") > MOST_ITEMS:
        raise DataError(f"the file holds more than {MOST_ITEMS} values", Place(path), "Ask for it in parts, or as CSV.")
    try:
        return json.loads(
            text.decode(json.detect_encoding(text)),
            parse_int=str,
            parse_float=str,
            parse_constant=_refuse_constant,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        raise DataError(f"the file is damaged: {error.msg}", Place(path, error.lineno), _AGAIN) from None
    except RecursionError:
        raise DataError("the file nests too deeply", Place(path), _AGAIN) from None
    except ValueError as error:
        raise DataError(f"the file is damaged: {error}", Place(path), _AGAIN) from None


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _object(pairs: list[tuple[str, Any]]) -> Json:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise ValueError(f"the key {twice!r} is given twice")
    return found


def _items(path: Path, collection: Json) -> list[Any]:
    """The data sets of a collection, all of which must be in the file."""
    link = collection.get("link")
    items = link.get("item") if isinstance(link, dict) else None
    if not isinstance(items, list) or not items:
        raise DataError("the collection holds no data sets", Place(path, key="link.item"), _AGAIN)
    for position, item in enumerate(items):
        if not isinstance(item, dict) or VALUE not in item:
            address = item.get("href") if isinstance(item, dict) else None
            where = f": it is said to be at {address}" if isinstance(address, str) else ""
            todo = "Nothing is fetched from elsewhere: ask for a file that holds its data sets."
            raise DataError(
                f"a data set of the collection is not in the file{where}", Place(path, key=f"link.item.{position}"), todo
            )
    return items


def _label(dataset: Json) -> str:
    label = dataset.get("label")
    return label if isinstance(label, str) else ""


@dataclass(frozen=True)
class _Dimension:
    name: str
    codes: tuple[str, ...]
    labels: tuple[str | None, ...]


def _records(path: Path, where: str, dataset: Any, name: str) -> Records:
    if not isinstance(dataset, dict) or dataset.get("class", "dataset") != "dataset" or "id" not in dataset:
        what = "this is no JSON-stat 2.0 data set: it needs class, id, size, dimension and value"
        raise DataError(what, Place(path, key=where or None), _AGAIN)
    reader = _DataSet(path, where, dataset)
    dimensions = reader.dimensions()
    size = math.prod(len(dimension.codes) for dimension in dimensions)
    if size > LARGEST_CUBE:
        raise reader.refusal("size", "the data set is too large to count")
    positions, values, statuses = reader.cells(size)
    try:
        table = _table(dimensions, positions, values, statuses)
    except UnicodeEncodeError:
        raise reader.refusal("", "the file is damaged: it holds half characters") from None
    return Records(name, table, ValuePlace(None if len(positions) == size else positions), start=1)


class _DataSet:
    """Reads one data set, and says where in it something is wrong."""

    def __init__(self, path: Path, where: str, content: Json) -> None:
        self.path = path
        self.where = where
        self.content = content

    def refusal(self, key: str, what: str) -> DataError:
        """A ``DataError`` at a key of the data set."""
        return DataError(what, Place(self.path, key=".".join(part for part in (self.where, key) if part) or None), _AGAIN)

    def dimensions(self) -> list[_Dimension]:
        """Each dimension with its codes in their order."""
        names, sizes, described = (self.content.get(key) for key in ("id", "size", "dimension"))
        if not isinstance(names, list) or not all(isinstance(name, str) and name for name in names):
            raise self.refusal("id", "the dimensions are not a list of names")
        if not isinstance(sizes, list) or len(sizes) != len(names):
            count = len(sizes) if isinstance(sizes, list) else 0
            raise self.refusal("size", f"there are {len(names)} dimensions and {count} sizes")
        if len(names) > MOST_DIMENSIONS:
            raise self.refusal("id", f"there are {len(names)} dimensions; at most {MOST_DIMENSIONS} can be read")
        columns = [column for name in names for column in (name, f"{name}_label")] + [VALUE, STATUS]
        twice = next((column for column in columns if columns.count(column) > 1), None)
        if twice is not None:
            raise self.refusal("id", f"two columns would be named {twice!r}")
        if not isinstance(described, dict):
            raise self.refusal("dimension", "nothing describes the dimensions")
        return [self._dimension(name, str(size), described.get(name)) for name, size in zip(names, sizes, strict=True)]

    def _dimension(self, name: str, size: str, described: Any) -> _Dimension:
        key = f"dimension.{name}.category"
        category = described.get("category") if isinstance(described, dict) else None
        if not isinstance(category, dict):
            raise self.refusal(key, f"nothing lists the categories of {name!r}")
        labels = category.get("label", {})
        if not isinstance(labels, dict):
            raise self.refusal(f"{key}.label", "the labels are not listed by code")
        codes = self._codes(key, category.get("index", list(labels) if len(labels) == 1 else None))
        if size != str(len(codes)):
            raise self.refusal(key, f"{name!r} has {len(codes)} categories, and its size is {size}")
        texts = (labels.get(code) for code in codes)
        return _Dimension(name, codes, tuple(text if isinstance(text, str) else None for text in texts))

    def _codes(self, key: str, index: Any) -> tuple[str, ...]:
        """Codes in the order of the values: a list, or each with its position."""
        if isinstance(index, list):
            codes = index
        elif isinstance(index, dict):
            by_position = {str(position): code for code, position in index.items()}
            codes = [by_position.get(str(position)) for position in range(len(index))]
        else:
            raise self.refusal(f"{key}.index", "the categories are not listed")
        if not all(isinstance(code, str) for code in codes) or len(set(codes)) != len(codes):
            raise self.refusal(f"{key}.index", "the categories are not each at a place of their own")
        return tuple(codes)

    def cells(self, size: int) -> tuple[tuple[int, ...], list[str | None], list[str | None]]:
        """Positions that are listed, with their values and statuses."""
        values, statuses = self.content.get(VALUE), self.content.get(STATUS)
        if isinstance(values, list):
            if len(values) != size:
                raise self.refusal(VALUE, f"there are {len(values)} values, and the sizes of the dimensions make {size}")
            positions: Sequence[int] = range(size)
            column = values
        elif isinstance(values, dict):
            listed = self._positions(VALUE, values, size)
            noted = self._positions(STATUS, statuses, size) if isinstance(statuses, dict) else {}
            positions = sorted(listed.keys() | noted.keys())
            column = [listed.get(position) for position in positions]
        else:
            raise self.refusal(VALUE, "there are no values")
        texts = [self._text(VALUE, position, value) for position, value in zip(positions, column, strict=True)]
        return tuple(positions), texts, self._statuses(statuses, positions, size)

    def _positions(self, key: str, listed: Json, size: int) -> dict[int, Any]:
        for position in listed:
            if not (position.isascii() and position.isdigit()) or len(position) > 19 or int(position) >= size:
                raise self.refusal(key, f"{position!r} is no position among {size} values")
        found = {int(position): value for position, value in listed.items()}
        if len(found) != len(listed):
            raise self.refusal(key, "a position is listed twice")
        return found

    def _statuses(self, statuses: Any, positions: Sequence[int], size: int) -> list[str | None]:
        if statuses is None or isinstance(statuses, str):
            return [statuses or None] * len(positions)
        if isinstance(statuses, list):
            if len(statuses) != size:
                raise self.refusal(STATUS, f"there are {len(statuses)} statuses, and the sizes of the dimensions make {size}")
            return [self._text(STATUS, position, statuses[position]) for position in positions]
        if isinstance(statuses, dict):
            listed = self._positions(STATUS, statuses, size)
            return [self._text(STATUS, position, listed.get(position)) for position in positions]
        raise self.refusal(STATUS, "the statuses are neither text, list nor listed by position")

    def _text(self, key: str, position: int, value: Any) -> str | None:
        if isinstance(value, bool):
            return str(value).lower()
        if value is None or isinstance(value, str):
            return value or None
        raise self.refusal(f"{key}.{position}", f"{key} {position} is neither a number nor text")


def _table(
    dimensions: Sequence[_Dimension], positions: Sequence[int], values: list[str | None], statuses: list[str | None]
) -> "pa.Table":
    import numpy as np
    import pyarrow as pa

    columns: dict[str, pa.Array] = {}
    flat = np.array(positions, dtype=np.int64)
    step = math.prod(len(dimension.codes) for dimension in dimensions)
    for dimension in dimensions:
        step //= max(len(dimension.codes), 1)
        index = pa.array(flat // step % len(dimension.codes)) if len(flat) else pa.array([], pa.int64())
        columns[dimension.name] = pa.array(dimension.codes, pa.string()).take(index)
        if any(dimension.labels):
            columns[f"{dimension.name}_label"] = pa.array(dimension.labels, pa.string()).take(index)
    columns[VALUE] = pa.array(values, pa.string())
    columns[STATUS] = pa.array(statuses, pa.string())
    return pa.table(columns)

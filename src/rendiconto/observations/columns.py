"""Observations of a cube in columns: what checks over a whole edition compute on, and what Parquet files hold.

Values are integers of ``10**-scale`` units: exact, and as fast as machine numbers. One cube's observations are a mapping from
key to observation for whoever asks for one, and columns for whoever asks for all; each is made from the other when first
wanted.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Self

import numpy as np
import numpy.typing as npt

from rendiconto.catalogue.declarations import Cube
from rendiconto.catalogue.gridplan import Codes
from rendiconto.document.values import Status
from rendiconto.errors import DataError, Place

if TYPE_CHECKING:
    import pyarrow as pa

STATUSES = tuple(Status)
"""Statuses by the number that columns hold."""
NORMAL, NIL, CONFIDENTIAL, MISSING = (
    STATUSES.index(status) for status in (Status.NORMAL, Status.NIL, Status.CONFIDENTIAL, Status.MISSING)
)
LARGEST_SCALE = 10
"""Decimals that an observation may have."""

Whole = npt.NDArray[np.int64]
Index = npt.NDArray[np.int32]
Small = npt.NDArray[np.int8]
Marks = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Observation:
    """A delivered value; ``place`` is its file and row or cell; ``synthetic``: it was made up for a demonstration."""

    value: Decimal | None
    status: Status
    place: Place
    synthetic: bool = False


@dataclass(frozen=True)
class Places:
    """Where observations stand: an index into ``files`` and ``sheets``, a row from 1, an index into ``columns``."""

    files: tuple[str, ...]
    sheets: tuple[str, ...]
    columns: tuple[str, ...]
    file: Index
    sheet: Index
    row: Index
    column: Index

    def at(self, position: int) -> Place:
        """The place of one observation: ``file:row`` or ``file (sheet!cell)``."""
        file = self.files[self.file[position]]
        sheet, column = self.sheets[self.sheet[position]], self.columns[self.column[position]]
        row = int(self.row[position])
        if column and not row:
            return Place(file, None, column)
        if sheet or column:
            return Place(file, None, f"{sheet}!{column}{row}" if sheet else f"{column}{row}")
        return Place(file, row or None)

    def take(self, positions: npt.NDArray[np.intp]) -> "Places":
        """The places of some observations."""
        chosen = (array[positions] for array in (self.file, self.sheet, self.row, self.column))
        return Places(self.files, self.sheets, self.columns, *chosen)


@dataclass(frozen=True)
class Columns:
    """``codes`` has one index array per dimension, into ``labels``; ``values`` is 0 where the status is not normal.

    ``synthetic`` marks observations that were made up; None: none was.
    """

    labels: tuple[tuple[str, ...], ...]
    codes: tuple[Index, ...]
    values: Whole
    scale: int
    status: Small
    places: Places
    synthetic: Marks | None = None

    def __len__(self) -> int:
        return len(self.values)

    def key(self, position: int) -> Codes:
        """The codes of one observation."""
        return tuple(labels[codes[position]] for labels, codes in zip(self.labels, self.codes, strict=True))

    def value(self, position: int) -> Decimal | None:
        """The value of one observation; None unless its status is normal."""
        if self.status[position] != NORMAL:
            return None
        return Decimal(int(self.values[position])).scaleb(-self.scale)

    def take(self, positions: npt.NDArray[np.intp]) -> "Columns":
        """Some observations, in the order given."""
        return Columns(
            self.labels,
            tuple(codes[positions] for codes in self.codes),
            self.values[positions],
            self.scale,
            self.status[positions],
            self.places.take(positions),
            None if self.synthetic is None else self.synthetic[positions],
        )


class CubeObservations(Mapping[Codes, Observation]):
    """The observations of a cube, by key and in columns."""

    def __init__(self, cube: Cube, rows: Mapping[Codes, Observation] | None = None, columns: Columns | None = None) -> None:
        self.cube = cube
        if rows is not None:
            self.__dict__["rows"] = dict(rows)
        if columns is not None:
            self.__dict__["columns"] = columns

    @cached_property
    def rows(self) -> dict[Codes, Observation]:
        """Every observation by key."""
        columns = self.columns
        return {
            columns.key(position): Observation(
                columns.value(position),
                STATUSES[columns.status[position]],
                columns.places.at(position),
                columns.synthetic is not None and bool(columns.synthetic[position]),
            )
            for position in range(len(columns))
        }

    @cached_property
    def columns(self) -> Columns:
        """The same in columns."""
        return columns_of(self.cube, self.rows)

    def __getitem__(self, codes: Codes) -> Observation:
        return self.rows[codes]

    def __iter__(self) -> Iterator[Codes]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.columns) if "columns" in self.__dict__ else len(self.rows)

    def replaced(self, changes: Mapping[Codes, Observation]) -> Self:
        """With some observations changed or added."""
        return type(self)(self.cube, rows={**self.rows, **changes})


def columns_of(cube: Cube, rows: Mapping[Codes, Observation]) -> Columns:
    """Columns of observations given one by one."""
    observations = list(rows.values())
    labels, codes = [], []
    for position in range(len(cube.dimensions)):
        seen: dict[str, int] = {}
        codes.append(np.array([seen.setdefault(key[position], len(seen)) for key in rows], dtype=np.int32))
        labels.append(tuple(seen))
    values = [observation.value for observation in observations]
    scale = max((_decimals(value) for value in values if value is not None), default=0)
    whole = [0 if value is None else int(value.scaleb(scale)) for value in values]
    return Columns(
        tuple(labels),
        tuple(codes),
        np.array(whole, dtype=np.int64),
        scale,
        np.array([STATUSES.index(observation.status) for observation in observations], dtype=np.int8),
        _places_of([observation.place for observation in observations]),
        _marks([observation.synthetic for observation in observations]),
    )


def _marks(synthetic: Sequence[bool]) -> Marks | None:
    return np.array(synthetic, dtype=np.bool_) if any(synthetic) else None


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _places_of(places: Sequence[Place]) -> Places:
    files: dict[str, int] = {}
    keys: dict[str, int] = {"": 0}
    file = [files.setdefault(str(place.file), len(files)) for place in places]
    # A key such as "Foglio!C12" is kept whole where there is no line: it is never computed with.
    column = [keys.setdefault(place.key or "", len(keys)) for place in places]
    row = [place.line or 0 for place in places]
    nothing = np.zeros(len(places), dtype=np.int32)
    rows = np.array(row, dtype=np.int32)
    return Places(
        tuple(files) or ("",),
        ("",),
        tuple(keys),
        np.array(file, dtype=np.int32),
        nothing,
        rows,
        np.array(column, dtype=np.int32),
    )


def scaled(values: Whole, scale: int, wanted: int) -> Whole:
    """Values at another, larger scale; a value too large for it is refused rather than wrapped round."""
    if wanted == scale:
        return values
    factor = 10 ** (wanted - scale)
    if len(values) and int(np.abs(values).max()) > np.iinfo(np.int64).max // factor:
        raise DataError(f"a value has more digits than can be computed with ({wanted} decimals)", None)
    multiplied: Whole = values * factor
    return multiplied


def merge_columns(cube: Cube, layers: Sequence[Columns]) -> Columns:
    """Observations of several layers; of a key in more than one, the last layer's."""
    if len(layers) == 1:
        return layers[0]
    scale = max(layer.scale for layer in layers)
    labels, codes = [], []
    for position in range(len(cube.dimensions)):
        known: dict[str, int] = {}
        arrays = []
        for layer in layers:
            translate = [known.setdefault(label, len(known)) for label in layer.labels[position]]
            arrays.append(np.array(translate or [0], dtype=np.int32)[layer.codes[position]])
        labels.append(tuple(known))
        codes.append(np.concatenate(arrays))
    values = np.concatenate([scaled(layer.values, layer.scale, scale) for layer in layers])
    status = np.concatenate([layer.status for layer in layers])
    places = _merge_places([layer.places for layer in layers])
    merged = Columns(tuple(labels), tuple(codes), values, scale, status, places, _merge_marks(layers))
    linear = linear_keys(merged.codes, [len(names) for names in labels])
    # The first of each key from the end is the last that was delivered.
    _, last = np.unique(linear[::-1], return_index=True)
    return merged.take(np.sort(len(linear) - 1 - last))


def _merge_marks(layers: Sequence[Columns]) -> Marks | None:
    if all(layer.synthetic is None for layer in layers):
        return None
    return np.concatenate([np.zeros(len(layer), np.bool_) if layer.synthetic is None else layer.synthetic for layer in layers])


def linear_keys(codes: Sequence[Index], sizes: Sequence[int]) -> Whole:
    """One whole number for each key: mixed radix, the last dimension varying fastest."""
    linear = np.zeros(len(codes[0]), dtype=np.int64)
    for array, size in zip(codes, sizes, strict=True):
        linear = linear * size + array
    return linear


def _merge_places(places: Sequence[Places]) -> Places:
    tables: list[tuple[str, ...]] = []
    arrays: list[Index] = []
    for names, index in (("files", "file"), ("sheets", "sheet"), ("columns", "column")):
        known: dict[str, int] = {}
        parts = []
        for place in places:
            translate = [known.setdefault(label, len(known)) for label in getattr(place, names)]
            parts.append(np.array(translate or [0], dtype=np.int32)[getattr(place, index)])
        tables.append(tuple(known))
        arrays.append(np.concatenate(parts))
    row = np.concatenate([place.row for place in places])
    return Places(tables[0], tables[1], tables[2], arrays[0], arrays[1], row, arrays[2])


def columns_to_arrow(cube: Cube, columns: Columns) -> "pa.Table":
    """The Arrow table that is stored: a column per dimension, ``value`` (decimal), ``status``, and where each stands."""
    import pyarrow as pa

    data: dict[str, pa.Array] = {}
    for name, labels, codes in zip(cube.dimension_names, columns.labels, columns.codes, strict=True):
        data[name] = pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(labels, pa.string()))
    data["value"] = _decimal_array(columns)
    data["status"] = pa.DictionaryArray.from_arrays(pa.array(columns.status), pa.array([str(s) for s in STATUSES]))
    places = columns.places
    for name, labels, codes in (("sheet", places.sheets, places.sheet), ("column", places.columns, places.column)):
        data[name] = pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(labels or ("",), pa.string()))
    data["row"] = pa.array(places.row)
    if columns.synthetic is not None:
        data["synthetic"] = pa.array(columns.synthetic)
    return pa.table(data)


def _decimal_array(columns: Columns) -> "pa.Array":
    """Values as decimals; null where there is none. A decimal's 16 bytes are the integer with its sign carried on."""
    import pyarrow as pa

    words = np.empty((len(columns), 2), dtype=np.int64)
    words[:, 0] = columns.values
    words[:, 1] = columns.values >> 63
    valid = np.packbits(columns.status == NORMAL, bitorder="little")
    buffers = [pa.py_buffer(valid.tobytes()), pa.py_buffer(words.tobytes())]
    return pa.Array.from_buffers(pa.decimal128(38, columns.scale), len(columns), buffers)


def columns_from_arrow(cube: Cube, table: "pa.Table", file: str) -> Columns:
    """The inverse of ``columns_to_arrow``; ``file`` is the delivery that the observations came in."""
    labels, codes = [], []
    for name in cube.dimension_names:
        names, index = _dictionary(table.column(name))
        labels.append(names)
        codes.append(index)
    statuses, status = _dictionary(table.column("status"))
    number = np.array([STATUSES.index(Status(name)) for name in statuses] or [0], dtype=np.int8)
    values, scale = decimal_values(table.column("value"))
    sheets, sheet = _dictionary(table.column("sheet"))
    letters, column = _dictionary(table.column("column"))
    row = table.column("row").combine_chunks().to_numpy(zero_copy_only=False).astype(np.int32)
    places = Places((file,), sheets or ("",), letters or ("",), np.zeros(len(row), dtype=np.int32), sheet, row, column)
    marks = table.column("synthetic").to_numpy() if "synthetic" in table.column_names else None
    return Columns(tuple(labels), tuple(codes), values, scale, number[status], places, marks)


def decimal_values(column: "pa.ChunkedArray") -> tuple[Whole, int]:
    """The integers behind a decimal column (0 where null), and its scale."""
    array = _one_chunk(column)
    words = np.frombuffer(array.buffers()[1], dtype=np.int64).reshape(-1, 2)[array.offset : array.offset + len(array)]
    if (words[:, 1] != words[:, 0] >> 63).any():
        raise DataError("a value has more digits than can be computed with", None)
    values = words[:, 0].copy()
    if array.null_count:
        values[~array.is_valid().to_numpy(zero_copy_only=False)] = 0
    return values, array.type.scale


def _dictionary(column: "pa.ChunkedArray") -> tuple[tuple[str, ...], Index]:
    import pyarrow as pa

    array = _one_chunk(column)
    if not pa.types.is_dictionary(array.type):
        array = array.dictionary_encode()
    index = array.indices.to_numpy(zero_copy_only=False).astype(np.int32)
    return tuple(array.dictionary.to_pylist()), index


def _one_chunk(column: "pa.ChunkedArray") -> "pa.Array":
    import pyarrow as pa

    combined = column.combine_chunks()
    if isinstance(combined, pa.ChunkedArray):
        combined = combined.chunk(0) if combined.num_chunks else pa.array([], combined.type)
    return combined

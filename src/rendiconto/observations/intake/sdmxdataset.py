"""An SDMX data set as it fills: observations in columns, then what is said of several of them spread over their rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

_BATCH = 1 << 16
"""Observations that wait as Python objects before they become columns."""

Attributes = dict[str, str]


@dataclass
class DataSet:
    """The observations of a data set as columns, and what is said of several of them at once (``notes``)."""

    name: str
    size: int = 0
    notes: list[Attributes] = field(default_factory=list)
    _columns: dict[str, list[str | None]] = field(default_factory=dict)
    _filled: int = 0
    _batches: list["pa.Table"] = field(default_factory=list)

    def add(self, row: Attributes) -> None:
        """One more observation, with what its series says."""
        columns = self._columns
        for name, text in row.items():
            if name not in columns:
                columns[name] = [None] * self._filled
            columns[name].append(text or None)
        self._filled += 1
        self.size += 1
        if len(row) < len(columns):
            for column in columns.values():
                if len(column) < self._filled:
                    column.append(None)
        if self._filled == _BATCH:
            self._flush()

    @property
    def width(self) -> int:
        """How many columns the current batch has."""
        return len(self._columns)

    def _flush(self) -> None:
        import pyarrow as pa

        self._batches.append(pa.table({name: pa.array(column, pa.string()) for name, column in self._columns.items()}))
        self._columns, self._filled = {}, 0

    def table(self) -> "pa.Table":
        """Every observation, with the attributes of its groups and of the whole set; in the order of the file."""
        import pyarrow as pa

        if self._filled:
            self._flush()
        if not self._batches:
            return pa.table({})
        table = pa.concat_tables(self._batches, promote_options="default")
        own = set(table.column_names)
        by_keys: dict[tuple[str, ...], list[Attributes]] = {}
        for note in self.notes:
            by_keys.setdefault(tuple(name for name in note if name in own), []).append(note)
        for keys, notes in sorted(by_keys.items(), key=lambda each: -len(each[0])):
            table = _spread(table, keys, notes)
        return table


def _spread(table: "pa.Table", keys: tuple[str, ...], notes: Sequence[Attributes]) -> "pa.Table":
    """Repeat what notes say on the rows that have their keys; what is said more closely stands."""
    import pyarrow as pa
    import pyarrow.compute as pc

    said: dict[str, dict[tuple[str, ...], str]] = {}
    for note in notes:
        key = tuple(note[name] for name in keys)
        for name, text in note.items():
            if name not in keys and text:
                said.setdefault(name, {})[key] = text
    columns = [table.column(name).to_pylist() for name in keys]
    rows = list(zip(*columns, strict=True)) if keys else [()] * table.num_rows
    for name, texts in said.items():
        column = pa.chunked_array([pa.array([texts.get(row) for row in rows], pa.string())])
        if name in table.column_names:
            position = table.column_names.index(name)
            table = table.set_column(position, name, pc.coalesce(table.column(position), column))
        else:
            table = table.append_column(name, column)
    return table

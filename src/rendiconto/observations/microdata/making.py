"""Rows made up from figures: a table of microdata from which the cubes that are counted from it come out as they were.

Everything follows from what the cubes declare. Those of a table that count the same rows (same ``where``) are made together:
the one with most dimensions says how many there are, means and shares what they amount to, distinct counts who they are.
Rows are written as they are made, a million at a time, each with the mark ``sintetico``. Same figures and seed, same bytes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from rendiconto.catalogue.microtables import SYNTHETIC, MicroTable
from rendiconto.observations.columns import CubeObservations
from rendiconto.observations.microdata.cells import Cell, Known, Leaves, Whole, amounts_from_means
from rendiconto.observations.microdata.plan import AggregationPlan, Axis

if TYPE_CHECKING:
    import pyarrow as pa

_CHUNK = 1 << 20
_ROWS_OF_AN_AMOUNT = 400
"""Rows made for a province where figures say only what they amount to."""
_OPEN_SPAN = 25
"""How far numbers go where a class has no end."""
_LATER = 60
"""By how much rows beyond a limit may pass it."""


@dataclass
class _Rows:
    """Rows of one kind: cells in order, how many rows each has, and what their measured columns hold.

    ``amounts`` are, by column, for each cell: first row, rows and amount of the group of cells that it belongs to, and the
    limit of a share. ``persons`` are first number, shift and how many there are.
    """

    plan: AggregationPlan
    cells: list[Cell]
    counts: Whole
    amounts: dict[str, tuple[Whole, Whole, Whole, int | None]] = field(default_factory=dict)
    persons: tuple[Whole, Whole, Whole] | None = None


def make_table(
    table: MicroTable,
    plans: Sequence[AggregationPlan],
    leaves: Leaves,
    known: Mapping[str, CubeObservations],
    file: Path,
    *,
    seed: int,
    scale: Decimal = Decimal(1),
) -> int:
    """Write the rows of a table for the cubes that are counted from it; how many there are.

    ``leaves`` gives the figures of counts, distinct counts and sums, ``known`` the means and shares that must come out.
    ``scale`` thins (below 1) or replicates the rows; only at 1 do the figures come out exactly.
    """
    import pyarrow.parquet as pq

    schema = _schema(table)
    made = 0
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for rows in _kinds(plans, leaves, known, scale):
            random = np.random.Generator(np.random.PCG64(seed))
            for chunk in _chunks(rows, table, schema, random, made):
                writer.write_table(chunk)
                made += chunk.num_rows
    return made


def _kinds(
    plans: Sequence[AggregationPlan], leaves: Leaves, known: Mapping[str, CubeObservations], scale: Decimal
) -> Iterator[_Rows]:
    """The kinds of rows of a table, one for each ``where``."""
    together: dict[tuple[tuple[str, tuple[str, ...]], ...], list[AggregationPlan]] = {}
    for plan in plans:
        together.setdefault(tuple(sorted(plan.where.items())), []).append(plan)
    for group in together.values():
        ranked = sorted(group, key=lambda plan: (plan.kind not in ("count", "distinct"), -len(plan.axes), plan.cube.name))
        rows = _base(ranked[0], leaves, scale)
        for plan in ranked[1:] if ranked[0].kind in ("count", "distinct") else ranked:
            _refine(rows, plan, leaves, known, scale)
        yield rows


def _base(plan: AggregationPlan, leaves: Leaves, scale: Decimal) -> _Rows:
    """How many rows each cell has, by the cube that says it; where none does, as many for each province."""
    if plan.kind in ("count", "distinct"):
        figures = {cell: int(value) for cell, value in leaves(plan).items() if value}
    else:
        figures = dict.fromkeys(((year, key) for year in plan.years for key in _leaf_keys(plan, year)), _ROWS_OF_AN_AMOUNT)
    cells = sorted(figures)
    counts = np.array([figures[cell] for cell in cells], dtype=np.int64)
    return _Rows(plan, cells, _scaled(counts, scale))


def _leaf_keys(plan: AggregationPlan, year: int) -> Iterator[tuple[str, ...]]:
    own = [{codes[0] for (_, at), codes in axis.members.items() if at == year} for axis in plan.axes]
    yield from (key for key in plan.keys(year) if all(code in codes for code, codes in zip(key, own, strict=True)))


def _scaled(counts: Whole, scale: Decimal) -> Whole:
    """Counts thinned or replicated, so that their running sum stays as near as can be."""
    if scale == 1:
        return counts
    running = np.floor(np.cumsum(counts) * float(scale) + 0.5).astype(np.int64)
    thinned: Whole = np.diff(running, prepend=0)
    return thinned


def _refine(rows: _Rows, plan: AggregationPlan, leaves: Leaves, known: Mapping[str, CubeObservations], scale: Decimal) -> None:
    """What another cube says of the same rows."""
    if plan.kind == "distinct":
        rows.persons = _persons(rows, plan, leaves, scale)
        return
    column = plan.declared.measure.column
    if column is None:
        return  # a count of the same rows with fewer dimensions: they are its sum already
    positions, groups = _grouped(rows, plan)
    sizes = np.bincount(positions, weights=rows.counts, minlength=len(groups)).astype(np.int64)
    if plan.kind == "sum":
        decimals = plan.table.columns[column].decimals
        stated = leaves(plan)
        totals = np.array([int(stated.get(cell, Decimal(0)).scaleb(decimals) * scale) for cell in groups], dtype=np.int64)
    else:
        totals = _totals_of_means(plan, known.get(plan.cube.name), groups, sizes)
    before = np.cumsum(rows.counts) - rows.counts
    first = np.full(len(groups), np.iinfo(np.int64).max)
    np.minimum.at(first, positions, before)
    limit = plan.declared.measure.share.at_most if plan.declared.measure.share else None
    rows.amounts[column] = (before - first[positions], sizes[positions], totals[positions], limit)


def _grouped(rows: _Rows, plan: AggregationPlan) -> tuple[Whole, list[Cell]]:
    """For each cell which of the other cube's cells it belongs to; those cells, each of cells that stand together."""
    names = [axis.name for axis in rows.plan.axes]
    take = [names.index(axis.name) for axis in plan.axes]
    groups: dict[Cell, int] = {}
    wanted = [(year, tuple(codes[at] for at in take)) for year, codes in rows.cells]
    positions = [groups.setdefault(cell, len(groups)) for cell in wanted]
    order = sorted(range(len(rows.cells)), key=positions.__getitem__)
    rows.cells[:] = [rows.cells[at] for at in order]
    rows.counts = rows.counts[order]
    return np.array(sorted(positions), dtype=np.int64), list(groups)


def _totals_of_means(
    plan: AggregationPlan, observations: CubeObservations | None, groups: Sequence[Cell], sizes: Whole
) -> Whole:
    """What the rows of each cell amount to, so that the known means and shares come out."""
    known = Known.of(observations, plan)
    whole = Decimal(100) if plan.kind == "share" else Decimal(1)
    totals: dict[Cell, int] = {}
    for year in plan.years:
        for others in sorted({codes[1:] for at, codes in groups if at == year}):
            heads = {
                codes[0]: int(size)
                for (at, codes), size in zip(groups, sizes, strict=True)
                if at == year and codes[1:] == others
            }
            found = amounts_from_means(known, heads, year, others, whole=whole, membership_year=year)
            totals.update({(year, (place, *others)): amount for place, amount in found.items()})
    return np.array([totals.get(cell, 0) for cell in groups], dtype=np.int64)


def _persons(rows: _Rows, plan: AggregationPlan, leaves: Leaves, scale: Decimal) -> tuple[Whole, Whole, Whole]:
    """Who the rows are: in each cell of the other cube so many persons, whom the rows' own cells take one after another.

    A person is in several cells where these together have more rows than there are persons.
    """
    positions, groups = _grouped(rows, plan)
    stated = leaves(plan)
    there = _scaled(np.array([int(stated.get(cell, Decimal(0))) for cell in groups], dtype=np.int64), scale)
    most = np.zeros(len(groups), dtype=np.int64)
    np.maximum.at(most, positions, rows.counts)
    rows_there = np.bincount(positions, weights=rows.counts, minlength=len(groups)).astype(np.int64)
    there = np.clip(there, most, np.maximum(rows_there, 1))
    before = np.cumsum(rows.counts) - rows.counts
    first = np.full(len(groups), np.iinfo(np.int64).max)
    np.minimum.at(first, positions, before)
    numbers = np.cumsum(there) - there + 1
    return numbers[positions], before - first[positions], there[positions]


def _chunks(
    rows: _Rows, table: MicroTable, schema: "pa.Schema", random: np.random.Generator, made: int
) -> Iterator["pa.Table"]:
    """The rows, so many at a time."""
    import pyarrow as pa

    ends = np.cumsum(rows.counts)
    total = int(ends[-1]) if len(ends) else 0
    for start in range(0, total, _CHUNK):
        numbers = np.arange(start, min(start + _CHUNK, total), dtype=np.int64)
        at = np.searchsorted(ends, numbers, side="right")
        within = numbers - (ends[at] - rows.counts[at])
        filler = _Filler(rows, table, at, within, numbers + made + 1, random)
        yield pa.table([filler.column(name) for name in schema.names], schema=schema)


@dataclass
class _Filler:
    """Fills the columns of some rows: of which cell each is, which row of it, its number."""

    rows: _Rows
    table: MicroTable
    at: Whole
    within: Whole
    numbers: Whole
    random: np.random.Generator

    def column(self, name: str) -> "pa.Array":
        """A column by what it is declared for."""
        import pyarrow as pa

        declared = self.rows.plan.declared
        axis = next((axis for axis in self.rows.plan.axes if axis.column == name), None)
        if name == SYNTHETIC:
            return pa.array(np.ones(len(self.at), dtype=bool))
        if name in self.rows.amounts:
            return self._measured(name)
        if axis is not None:
            return self._placed(axis)
        if name in declared.where:
            return self._taken([declared.where[name][0]], np.zeros(len(self.at), dtype=np.int64))
        if name in declared.period.columns:
            return self._dated(name)
        return self._numbered(name)

    def _numbered(self, name: str) -> "pa.Array":
        """The number of the row, or of the person that it is of."""
        import pyarrow as pa

        if name == self.rows.plan.declared.measure.distinct and self.rows.persons is not None:
            first, shift, there = (array[self.at] for array in self.rows.persons)
            return pa.array(first + (shift + self.within) % there)
        return pa.array(self.numbers) if self.table.columns[name].type == "integer" else pa.nulls(len(self.at), pa.string())

    def _taken(self, values: Sequence[str], positions: npt.NDArray[np.int64]) -> "pa.Array":
        import pyarrow as pa

        return pa.DictionaryArray.from_arrays(pa.array(positions, pa.int32()), pa.array(values, pa.string()))

    def _placed(self, axis: Axis) -> "pa.Array":
        """The value of a column behind a dimension: one that stands for the cell's code, or a number of its class."""
        import pyarrow as pa

        index = self.rows.plan.axes.index(axis)
        codes = [codes[index] for _, codes in self.rows.cells]
        if axis.spans:
            return pa.array(self._ages(axis, codes))
        value_of: dict[tuple[str, int], str] = {}
        for (value, year), members in axis.members.items():
            value_of.setdefault((members[0], year), value)
        values = [value_of[code, year] for code, (year, _) in zip(codes, self.rows.cells, strict=True)]
        names = sorted(set(values))
        position = {value: at for at, value in enumerate(names)}
        return self._taken(names, np.array([position[value] for value in values], dtype=np.int64)[self.at])

    def _ages(self, axis: Axis, codes: Sequence[str]) -> Whole:
        """Numbers of the cells' classes, the same for a row whatever else is asked of it."""
        spans = {span.code: span for span in axis.spans}
        least = np.array([_least(spans[code].least, spans[code].most) for code in codes], dtype=np.int64)[self.at]
        most = np.array([_most(spans[code].least, spans[code].most) for code in codes], dtype=np.int64)[self.at]
        return least + _scattered(self.numbers) % (most - least + 1)

    def _dated(self, name: str) -> "pa.Array":
        """A day of the row's year; for a stock, a day before the reference day, by the row's age if it has one, and no end."""
        import pyarrow as pa

        period = self.rows.plan.declared.period
        years = np.array([year for year, _ in self.rows.cells], dtype=np.int64)[self.at]
        if period.year is not None:
            return pa.array(years)
        if period.stock is not None and name == period.stock[1]:
            return pa.nulls(len(self.at), pa.date32())
        if period.stock is not None:
            aged = next((axis for axis in self.rows.plan.axes if axis.spans), None)
            index = self.rows.plan.axes.index(aged) if aged else 0
            codes = [codes[index] for _, codes in self.rows.cells]
            years = years - (self._ages(aged, codes) if aged else 1)
            return pa.array(_days(years, np.zeros(len(years), dtype=np.int64)), pa.date32())
        return pa.array(_days(years, self.random.integers(0, 365, len(years))), pa.date32())

    def _measured(self, name: str) -> "pa.Array":
        """Whole numbers that add up to the amount of the group, as alike as can be; pairs of rows part from it by as much."""
        import pyarrow as pa

        offsets, sizes, totals, limit = self.rows.amounts[name]
        number = offsets[self.at] + self.within
        size, total = sizes[self.at], totals[self.at]
        # In two steps, since amount times rows may pass 64 bits: whole parts, then the remainder spread evenly.
        each, rest = total // size, total % size
        value = each + ((number + 1) * rest // size - number * rest // size)
        if limit is not None:
            spread = _scattered(self.numbers)
            return pa.array(np.where(value > 0, 1 + spread % limit, limit + 1 + spread % _LATER))
        pair = number // 2
        paired = (pair * 2 + 1 < size).astype(np.int64)
        apart = _scattered(pair + 1) % np.maximum(each // 2, 1) * paired
        value = np.where(number % 2 == 0, value + apart, value - apart)
        column = self.table.columns[name]
        if column.type == "decimal":
            return pa.array([Decimal(int(each)).scaleb(-column.decimals) for each in value], pa.decimal128(18, column.decimals))
        return pa.array(value)


def _least(least: int | None, most: int | None) -> int:
    return least if least is not None else max((most or 0) - _OPEN_SPAN, 0)


def _most(least: int | None, most: int | None) -> int:
    return most if most is not None else (least or 0) + _OPEN_SPAN


def _scattered(numbers: Whole) -> Whole:
    """Numbers in no order, each always the same: a multiplicative hash."""
    mixed = numbers.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    return (mixed >> np.uint64(40)).astype(np.int64)


def _days(years: Whole, days: Whole) -> npt.NDArray[np.int32]:
    """Days since 1970 of the so-manieth day of years."""
    first = (years - 1970).astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64)
    return (first + days).astype(np.int32)


def _schema(table: MicroTable) -> "pa.Schema":
    import pyarrow as pa

    texts = pa.dictionary(pa.int32(), pa.string())
    kinds = {"integer": pa.int64(), "date": pa.date32(), "boolean": pa.bool_(), "text": texts}
    types = {
        name: pa.decimal128(18, column.decimals) if column.type == "decimal" else kinds[column.type]
        for name, column in table.columns.items()
    }
    return pa.schema([*types.items(), (SYNTHETIC, pa.bool_())])

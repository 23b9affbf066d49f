"""Series over time: implausible jumps and slips of scale, and columns that look exchanged.

Everything is whole numbers: growth in millionths, medians and median deviations of them. The yardstick is what the same figure
does in the other years and in the other territories; nothing is tuned to any file. What merely looks wrong is ``info``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from math import isqrt

import numpy as np
import numpy.typing as npt

from rendiconto.catalogue.declarations import PERIOD, TERRITORY
from rendiconto.check.arrays import ABSENT, CubeArrays
from rendiconto.check.evidence import Cell, Evidence, Violation, array_value, printed_decimals
from rendiconto.observations.columns import NORMAL, linear_keys

MILLION = 1_000_000
DEVIATIONS = 6
"""How many robust standard deviations from its peers are implausible: the usual six."""
FEWEST_PEERS = 5
LEAST_JUMP = 4
"""A change of less than one part in so many is no jump, however regular the rest is."""
FEWEST_CASES = 100
"""Counts smaller than this vary too much by themselves."""
_NORMAL_MAD = (14826, 10000)
SCALES = (10, 100, 1000, 1_000_000)

Whole = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Series:
    """A cube as slice × territory × period: rows of its arrays, ``ABSENT`` where there is no number."""

    array: CubeArrays
    rows: npt.NDArray[np.int64]
    periods: tuple[int, ...]

    def cell(self, row: int) -> Cell:
        """The cell of a row."""
        return (self.array.cube.name, self.array.columns.key(row))

    @cached_property
    def values(self) -> Whole:
        """The numbers, 0 where absent."""
        return np.where(self.rows != ABSENT, self.array.columns.values[np.maximum(self.rows, 0)], 0)


def series_of(array: CubeArrays) -> Series | None:
    """A cube's series; None where there are not two periods."""
    columns = array.columns
    territory, period = array.position(TERRITORY), array.position(PERIOD)
    periods = sorted(int(label) for label in columns.labels[period])
    if len(periods) < 2:
        return None
    others = [p for p in range(len(columns.codes)) if p not in (territory, period)]
    linear = (
        linear_keys([columns.codes[p] for p in others], [len(columns.labels[p]) for p in others])
        if others
        else np.zeros(len(array), dtype=np.int64)
    )
    _, slices = np.unique(linear, return_inverse=True)
    order = np.array([periods.index(int(label)) for label in columns.labels[period]], dtype=np.int64)
    shape = (int(slices.max()) + 1, len(columns.labels[territory]), len(periods))
    rows = np.full(shape, ABSENT, dtype=np.int64)
    normal = columns.status == NORMAL
    places = (slices[normal], columns.codes[territory][normal], order[columns.codes[period][normal]])
    rows[places] = np.flatnonzero(normal)
    return Series(array, rows, tuple(periods))


def find_jumps(evidence: Evidence) -> Iterator[Violation]:
    """A change from one year to the next far from what the other years and territories show."""
    for array in evidence.arrays.cubes.values():
        if evidence.catalogue.units[array.cube.unit].intensive or array.cube.formula is not None:
            continue
        series = series_of(array)
        if series is not None:
            for index in range(len(series.rows)):
                yield from _jumps(series, index)


def _jumps(series: Series, index: int) -> Iterator[Violation]:
    values, rows = series.values[index], series.rows[index]
    unit = 10**series.array.columns.scale
    consecutive = np.diff(np.array(series.periods)) == 1
    before, after = values[:, :-1], values[:, 1:]
    sizeable = (before >= FEWEST_CASES * unit) & (before < np.iinfo(np.int64).max // MILLION)
    usable = (rows[:, :-1] != ABSENT) & (rows[:, 1:] != ABSENT) & sizeable & consecutive
    if usable.sum() < FEWEST_PEERS:
        return
    growth = np.where(usable, (after - before) * MILLION // np.where(usable, before, 1), 0)
    pool = np.sort(growth[usable])
    middle = int(pool[len(pool) // 2])
    spread = int(np.sort(np.abs(pool - middle))[len(pool) // 2]) * _NORMAL_MAD[0] // _NORMAL_MAD[1]
    expected = before + before * middle // MILLION
    apart = np.abs(after - expected)
    # Few changes pass even the plain bounds; only those are looked at closely.
    large = usable & (apart > before // LEAST_JUMP) & (apart > before * spread // MILLION * DEVIATIONS)
    for territory, period in np.argwhere(large):
        prior, foreseen = int(before[territory, period]), int(expected[territory, period])
        # A count varies by its square root even where nothing happens.
        natural = max(prior * spread // MILLION, isqrt(prior // unit) * unit, unit)
        if int(apart[territory, period]) > DEVIATIONS * natural:
            yield _jump(series, int(rows[territory, period]), int(rows[territory, period + 1]), foreseen, natural)


def _jump(series: Series, prior: int, row: int, expected: int, natural: int) -> Violation:
    array = series.array
    cell = series.cell(row)
    decimals = printed_decimals(array.cube, cell[1])
    scale = array.columns.scale
    value = int(array.columns.values[row])
    shown = Decimal(expected).scaleb(-scale).quantize(Decimal(1).scaleb(-decimals))
    slip, slip_it = _slip(value, expected, natural)
    return Violation(
        cells=(cell, series.cell(prior)),
        observed=array_value(array, row),
        expected=shown,
        tolerance=Decimal(DEVIATIONS * natural).scaleb(-scale),
        decimals=decimals,
        because=f"growth of the same figure in other years and territories{slip}",
        words_it={"because": f"crescita della stessa cifra negli altri anni e territori{slip_it}"},
    )


def _slip(value: int, expected: int, natural: int) -> tuple[str, str]:
    """Whether another scale would bring the value in line."""
    for factor in SCALES:
        for mended, words, words_it in (
            (value // factor, f"divided by {factor}", f"divisa per {factor}"),
            (value * factor, f"multiplied by {factor}", f"moltiplicata per {factor}"),
        ):
            if abs(mended - expected) <= max(DEVIATIONS * natural, expected // LEAST_JUMP):
                return f"; {words} it would be in line", f"; {words_it} sarebbe in linea"
    return "", ""


def find_swaps(evidence: Evidence) -> Iterator[Violation]:
    """Two parts of a total (women and men, say) that look exchanged in one territory and year."""
    for array in evidence.arrays.cubes.values():
        if array.cube.formula is None:
            for dimension in array.cube.dimensions:
                for code in dimension.codelist.codes.values() if dimension.codelist else ():
                    if len(code.sum) == 2:
                        yield from _exchanged(array, dimension.name, (code.sum[0], code.sum[1]))


def _exchanged(array: CubeArrays, name: str, pair: tuple[str, str]) -> Iterator[Violation]:
    """Compare the first part's share with its median over all years and territories, as it is and exchanged."""
    firsts = array.standing_at({name: pair[0]})
    other = array.tables[array.position(name)].get(pair[1])
    if other is None or not len(firsts):
        return
    codes: list[npt.NDArray[np.int32] | int] = [codes[firsts] for codes in array.columns.codes]
    codes[array.position(name)] = other
    seconds = array.find(codes, len(firsts))
    status = array.columns.status
    whole = np.where(seconds != ABSENT, array.columns.values[firsts] + array.columns.values[np.maximum(seconds, 0)], 0)
    unit = 10**array.columns.scale
    usable = (seconds != ABSENT) & (status[firsts] == NORMAL) & (status[np.maximum(seconds, 0)] == NORMAL)
    usable &= (whole >= FEWEST_CASES * unit) & (whole < np.iinfo(np.int64).max // MILLION)
    firsts, seconds, whole = firsts[usable], seconds[usable], whole[usable]
    if not len(firsts):
        return
    share = array.columns.values[firsts] * MILLION // whole
    slices = _slices(array, firsts, name)
    for index in np.unique(slices):
        here = np.flatnonzero(slices == index)
        if len(here) < FEWEST_PEERS:
            continue
        ordered = np.sort(share[here])
        middle = int(ordered[len(here) // 2])
        spread = int(np.sort(np.abs(ordered - middle))[len(here) // 2]) * _NORMAL_MAD[0] // _NORMAL_MAD[1]
        for position in here[np.abs(share[here] - middle) > DEVIATIONS * spread]:
            apart = abs(int(share[position]) - middle)
            noise = max(spread, MILLION // max(isqrt(int(whole[position]) // unit), 1))
            if apart > DEVIATIONS * noise and abs(MILLION - int(share[position]) - middle) <= noise * 2:
                yield _swap(array, int(firsts[position]), int(seconds[position]), pair)


def _slices(array: CubeArrays, rows: npt.NDArray[np.int64], name: str) -> npt.NDArray[np.int64]:
    """Which rows tell of the same thing in other territories and years."""
    kept = [p for p, d in enumerate(array.cube.dimension_names) if d not in (TERRITORY, PERIOD, name)]
    if not kept:
        return np.zeros(len(rows), dtype=np.int64)
    return linear_keys([array.columns.codes[p][rows] for p in kept], [len(array.columns.labels[p]) for p in kept])


def _swap(array: CubeArrays, first: int, second: int, pair: tuple[str, str]) -> Violation:
    cells = tuple((array.cube.name, array.columns.key(row)) for row in (first, second))
    observed, expected = array_value(array, first), array_value(array, second)
    decimals = printed_decimals(array.cube, cells[0][1])
    because = f"{pair[0]} and {pair[1]} exchanged would be in line with other years and territories"
    because_it = f"{pair[0]} e {pair[1]} scambiati sarebbero in linea con gli altri anni e territori"
    return Violation(cells, observed, expected, Decimal(0), decimals, because, words_it={"because": because_it})

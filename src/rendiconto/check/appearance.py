"""Appearance: round numbers among exact ones, a straight line in a series that is not straight: filled in by hand, perhaps.

A figure is named when chance would make it less than once in twenty such series: the odds follow from the digits alone.
"""

from collections.abc import Iterator
from decimal import Decimal

import numpy as np

from rendiconto.catalogue.declarations import PERIOD, TERRITORY
from rendiconto.check.arrays import ABSENT, CubeArrays
from rendiconto.check.evidence import Evidence, Violation, array_value, printed_decimals
from rendiconto.check.series import Series, series_of
from rendiconto.observations.columns import NORMAL

ODDS = 20
_MOST_DIGITS = 15


def find_round(evidence: Evidence) -> Iterator[Violation]:
    """A number that ends in more zeros than chance gives among as many exact ones of its territory."""
    for array in evidence.arrays.cubes.values():
        if array.cube.formula is not None or array.cube.rounded:
            continue
        territory = array.position(TERRITORY)
        for index in range(len(array.columns.labels[territory])):
            rows = array.by_code[territory, index]
            rows = rows[array.columns.status[rows] == NORMAL]
            yield from _round(array, rows)


def _round(array: CubeArrays, rows: np.ndarray) -> Iterator[Violation]:
    values = np.abs(array.columns.values[rows])
    needed = len(str(ODDS * len(rows) - 1))
    # Cents of whole euro are a habit, not chance: zeros among the decimals count for nothing. The leading digit is never zero.
    units = values // 10**array.columns.scale
    exact = int((units % 10 != 0).sum()) * 2 > len(rows)
    if not exact or needed > _MOST_DIGITS:
        return
    whole = values % 10**array.columns.scale == 0
    for row in rows[whole & (units % 10**needed == 0) & (units >= 10**needed)]:
        value = array_value(array, int(row))
        cell = (array.cube.name, array.columns.key(int(row)))
        decimals = printed_decimals(array.cube, cell[1])
        because = "a round number among exact ones"
        yield Violation((cell,), value, None, None, decimals, because, words_it={"because": "una cifra tonda tra cifre esatte"})


def find_lines(evidence: Evidence) -> Iterator[Violation]:
    """A figure exactly halfway between its neighbours in a series that otherwise bends."""
    for array in evidence.arrays.cubes.values():
        if array.cube.formula is not None or array.cube.rounded or PERIOD not in array.cube.dimension_names:
            continue
        series = series_of(array)
        if series is not None and len(series.periods) >= 4:
            for index in range(len(series.rows)):
                yield from _lines(series, index)


def _lines(series: Series, index: int) -> Iterator[Violation]:
    values, rows = series.values[index], series.rows[index]
    there = rows != ABSENT
    middle = there[:, :-2] & there[:, 1:-1] & there[:, 2:]
    bend = values[:, 2:] - 2 * values[:, 1:-1] + values[:, :-2]
    moving = values[:, 2:] != values[:, :-2]
    looked_at = int(middle.sum())
    for territory in range(len(values)):
        usable = middle[territory]
        bends = np.sort(np.abs(bend[territory][usable]))
        if len(bends) < 3:
            continue
        # Bends of this size hit exactly zero by chance once in about twice their size, in each of the figures looked at.
        if 2 * int(bends[len(bends) // 2]) + 1 < ODDS * looked_at:
            continue
        for position in np.flatnonzero(usable & (bend[territory] == 0) & moving[territory]):
            yield _halfway(series, rows[territory], int(position))


def _halfway(series: Series, rows: np.ndarray, position: int) -> Violation:
    cells = tuple(series.cell(int(rows[position + offset])) for offset in (1, 0, 2))
    value = array_value(series.array, int(rows[position + 1]))
    decimals = printed_decimals(series.array.cube, cells[0][1])
    because = "exactly halfway between its neighbours"
    because_it = "esattamente a metà tra le cifre vicine"
    return Violation(cells, value, None, Decimal(0), decimals, because, words_it={"because": because_it})

"""Means and rates: a total's mean is the weighted mean of its parts' where the counts are there, else it lies among them.

Which measures are means is said once, by the unit (``intensive: yes`` in ``units.yaml``); which counts weigh a mean, by the
cube's ``weight``. A mean that nobody has (no case) takes no part.
"""

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

import numpy as np

from rendiconto.catalogue.declarations import PERIOD, TERRITORY, Catalogue, Codelist, Cube
from rendiconto.catalogue.identities import IdentityKind, Pattern, PatternTerm
from rendiconto.check.arrays import ABSENT, Evaluated, Rows
from rendiconto.check.evidence import Cell, Evidence, Violation, array_value, cells_of, printed_decimals
from rendiconto.observations.columns import NORMAL
from rendiconto.territory import Gazetteer


@lru_cache(maxsize=8)
def mean_patterns(catalogue: Catalogue) -> tuple[Pattern, ...]:
    """A total and its parts for every mean of the catalogue, along every dimension that divides it."""
    hierarchy = Gazetteer.load().sum_hierarchy(catalogue.year)
    found = []
    for name in sorted(catalogue.cubes):
        cube = catalogue.cubes[name]
        if cube.formula is not None or not catalogue.units[cube.unit].intensive:
            continue
        for whole, parts in hierarchy.items():
            found.append(_pattern(cube, TERRITORY, whole, parts))
        for dimension in cube.dimensions:
            if dimension.name not in (TERRITORY, PERIOD) and dimension.codelist is not None:
                found.extend(_pattern(cube, dimension.name, *division) for division in _divisions(dimension.codelist))
    return tuple(found)


def _divisions(codelist: Codelist) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each total with its parts; a total that is no sum of counts is divided by all other codes."""
    for code in codelist.codes.values():
        if code.sum:
            yield code.code, code.sum
    if codelist.total is not None and not codelist.codes[codelist.total].sum:
        others = tuple(code.code for code in codelist.codes.values() if code.code != codelist.total and not code.within)
        if len(others) > 1:
            yield codelist.total, others


def _pattern(cube: Cube, dimension: str, whole: str, parts: tuple[str, ...]) -> Pattern:
    terms = (PatternTerm(1, cube, {dimension: whole}), *(PatternTerm(-1, cube, {dimension: part}) for part in parts))
    return Pattern(IdentityKind.SUM, terms, f"{dimension}: {whole} = mean of {', '.join(parts)}", along=dimension)


def find_means(evidence: Evidence) -> Iterator[Violation]:
    """A mean that is not the weighted mean of its parts, beyond what the rounding of each allows."""
    for pattern in mean_patterns(evidence.catalogue):
        cube = pattern.total.cube
        if cube.weight is None or cube.weight not in evidence.arrays.cubes:
            continue
        weights = _weights(evidence.catalogue, pattern)
        entry = evidence.arrays.evaluate(weights)
        if entry is not None:
            yield from _weighted(entry, len(pattern.terms) - 1)


def _weights(catalogue: Catalogue, pattern: Pattern) -> Pattern:
    """The mean's terms, then the counts of its parts at the same keys."""
    cube = pattern.total.cube
    counts = catalogue.cubes[cube.weight or ""]
    parts = tuple(PatternTerm(1, counts, term.fix) for term in pattern.terms[1:])
    return Pattern(pattern.kind, (*pattern.terms, *parts), pattern.because, along=pattern.along)


def _weighted(entry: Evaluated, parts: int) -> Iterator[Violation]:
    """Σ weight × (total − part) must vanish within half a printed unit of each mean for each head counted."""
    cube = entry.pattern.total.cube
    means, counts = entry.arrays[1], entry.arrays[1 + parts]
    if counts.columns.scale:
        return
    total = _values(entry, 0)
    usable = entry.complete & (_status(entry, 0) == NORMAL)
    moment = np.zeros(len(total), dtype=np.int64)
    heads = np.zeros(len(total), dtype=np.int64)
    for place in range(1, parts + 1):
        weight = _values(entry, place + parts)
        there = _status(entry, place + parts) == NORMAL
        has_mean = _status(entry, place) == NORMAL
        # A count with no mean leaves the total open.
        usable &= has_mean | ~there | (weight == 0)
        moment += np.where(has_mean, weight * (total - _values(entry, place)), 0)
        heads += np.where(has_mean, weight, 0)
    # Half a unit for the total and half for each part, for each head: together one unit a head.
    unit = 10 ** (means.columns.scale - cube.decimals) if means.columns.scale >= cube.decimals else 1
    for position in entry.take(usable & (heads > 0) & (np.abs(moment) > heads * unit)):
        scale = means.columns.scale
        observed = array_value(entry.arrays[0], int(entry.rows[0][position]))
        expected = observed - Decimal(int(moment[position])) / Decimal(int(heads[position])).scaleb(scale)
        yield _mean_violation(entry, position, observed, expected)


def _mean_violation(entry: Evaluated, position: int, observed: Decimal, expected: Decimal) -> Violation:
    cube = entry.pattern.total.cube
    cells = tuple(cell for _, cell in cells_of(entry, position))
    decimals = printed_decimals(cube, cells[0][1])
    return Violation(
        cells=cells,
        observed=observed,
        expected=expected.quantize(Decimal(1).scaleb(-decimals)),
        tolerance=Decimal(1).scaleb(-decimals),
        decimals=decimals,
        because=entry.pattern.because,
        words={"weights": cube.weight or ""},
    )


def _values(entry: Evaluated, place: int) -> Rows:
    rows = entry.rows[place]
    array = entry.arrays[place]
    return np.where(rows != ABSENT, array.columns.values[np.maximum(rows, 0)], 0)


def _status(entry: Evaluated, place: int) -> np.ndarray:
    rows = entry.rows[place]
    return np.where(rows != ABSENT, entry.arrays[place].columns.status[np.maximum(rows, 0)], ABSENT)


def find_outside(evidence: Evidence) -> Iterator[Violation]:
    """A mean or rate of a whole that lies outside those of all its parts; where the counts are there, the other rule."""
    for pattern in mean_patterns(evidence.catalogue):
        weight = pattern.total.cube.weight
        if weight is not None and weight in evidence.arrays.cubes:
            continue
        entry = evidence.arrays.evaluate(pattern)
        if entry is None:
            continue
        total = _values(entry, 0)
        usable = (_status(entry, 0) == NORMAL) & entry.complete
        low = np.full(len(total), np.iinfo(np.int64).max)
        high = np.full(len(total), np.iinfo(np.int64).min)
        for place in range(1, len(pattern.terms)):
            has = _status(entry, place) == NORMAL
            low = np.where(has, np.minimum(low, _values(entry, place)), low)
            high = np.where(has, np.maximum(high, _values(entry, place)), high)
        for position in entry.take(usable & (low <= high) & ((total < low) | (total > high))):
            yield _outside(entry, position, int(low[position]), int(high[position]))


def _outside(entry: Evaluated, position: int, low: int, high: int) -> Violation:
    cells: tuple[Cell, ...] = tuple(cell for _, cell in cells_of(entry, position))
    decimals = printed_decimals(entry.pattern.total.cube, cells[0][1])
    scale = entry.arrays[0].columns.scale
    observed = array_value(entry.arrays[0], int(entry.rows[0][position]))
    near = Decimal(low if observed < Decimal(low).scaleb(-scale) else high).scaleb(-scale)
    return Violation(
        cells=cells,
        observed=observed,
        expected=near,
        tolerance=Decimal(0),
        decimals=decimals,
        because=entry.pattern.because,
    )

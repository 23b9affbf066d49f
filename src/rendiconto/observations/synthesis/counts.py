"""Figures that add up over territories: what is known stays, what a known total leaves is shared out among the others."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from rendiconto.catalogue.declarations import PERIOD, TERRITORY, Cube
from rendiconto.document.values import Status
from rendiconto.errors import Place
from rendiconto.observations.columns import CubeObservations, Observation
from rendiconto.observations.microdata.cells import apportion
from rendiconto.observations.synthesis.leaves import Codes, Leaves, Real, Whole, fitted
from rendiconto.observations.synthesis.sizes import Sizes

MADE_UP = Place("dati-sintetici")
"""Where figures come from that nobody sent."""
_NOISE = 0.015
"""By how much a figure departs from its share, as a standard deviation: little, so that what bounds another still does."""


def complete_counts(
    cube: Cube,
    known: CubeObservations,
    sizes: Sizes,
    random: np.random.Generator,
    targets: Mapping[Codes, int] | None = None,
) -> dict[Codes, Observation]:
    """Every territory's figures at each period and codes that any territory has; those that are known as they are.

    ``targets`` are what some made-up ones have to come to, in the cube's last decimal.
    """
    made: dict[Codes, Observation] = dict(known)
    for period in sorted({codes[1] for codes in known}):
        slice_ = _Slice.of(cube, known, period).aimed(period, targets or {})
        tables = _tables(slice_, sizes, random)
        for territory, table in _with_wholes(tables, sizes).items():
            for codes in slice_.wanted:
                made.setdefault((territory, period, *codes), slice_.observation(table, codes))
    return made


def leaf_figures(cube: Cube, completed: CubeObservations, sizes: Sizes) -> dict[tuple[int, Codes], Decimal]:
    """The figures of every province at leaf codes, from its totals where leaf codes are not there."""
    leaves = Leaves.of(cube)
    found: dict[tuple[int, Codes], Decimal] = {}
    for period in sorted({codes[1] for codes in completed}):
        slice_ = _Slice.of(cube, completed, period)
        for territory in sizes.provinces:
            table = fitted(leaves, slice_.known.get(territory, {}), np.ones(leaves.shape))
            for position in np.argwhere(table > 0):
                codes = tuple(leaves.codes[i][at] for i, at in enumerate(position))
                found[int(period), (territory, *codes)] = slice_.value(int(table[tuple(position)]), codes)
    return found


@dataclass(frozen=True)
class _Slice:
    """A cube in one period: its leaves, the known totals by territory, and every combination of codes that is wanted."""

    leaves: Leaves
    known: Mapping[str, Mapping[Codes, int]]
    withheld: frozenset[Codes]
    wanted: tuple[Codes, ...]

    @classmethod
    def of(cls, cube: Cube, observations: CubeObservations, period: str) -> "_Slice":
        leaves = Leaves.of(cube)
        known: dict[str, dict[Codes, int]] = {}
        withheld = set()
        wanted: dict[Codes, None] = {}
        for (territory, at, *rest), observation in observations.items():
            if at == period:
                codes = tuple(rest)
                wanted[codes] = None
                if observation.status is Status.CONFIDENTIAL:
                    withheld.add(codes)
                elif observation.status is not Status.MISSING:
                    scaled = (observation.value or Decimal(0)).scaleb(_decimals(cube, leaves, codes))
                    known.setdefault(territory, {})[codes] = int(scaled)
        return cls(leaves, known, frozenset(withheld), tuple(wanted))

    def aimed(self, period: str, targets: Mapping[Codes, int]) -> "_Slice":
        """With what made-up totals have to come to among the known ones."""
        known = {territory: dict(totals) for territory, totals in self.known.items()}
        for (territory, at, *rest), amount in targets.items():
            if at == period:
                known.setdefault(territory, {}).setdefault(tuple(rest), amount)
        return replace(self, known=known)

    def value(self, amount: int, codes: Codes) -> Decimal:
        """An amount in the cube's last decimal as a figure."""
        return Decimal(amount).scaleb(-_decimals(self.leaves.cube, self.leaves, codes))

    def observation(self, table: Whole, codes: Codes) -> Observation:
        """A figure made up: withheld where the known ones are, nil where there is nothing."""
        if codes in self.withheld:
            return Observation(None, Status.CONFIDENTIAL, MADE_UP, synthetic=True)
        amount = self.leaves.total(table, codes)
        if not amount:
            return Observation(None, Status.NIL, MADE_UP, synthetic=True)
        return Observation(self.value(amount, codes), Status.NORMAL, MADE_UP, synthetic=True)


def _decimals(cube: Cube, leaves: Leaves, codes: Codes) -> int:
    return cube.unit_of({TERRITORY: "", PERIOD: "", **dict(zip(leaves.names, codes, strict=True))})[1]


def _tables(slice_: _Slice, sizes: Sizes, random: np.random.Generator) -> dict[str, Whole]:
    """A table of leaf codes for each province, from Italy down: known, or its share of what the known ones leave."""
    seed = _shape(slice_)
    known = slice_.known
    tables = {province: fitted(slice_.leaves, known[province], seed) for province in sizes.provinces if province in known}
    pattern = _pattern(slice_, tables, sizes, seed)
    for region, provinces in sizes.regions.items():
        if known.get(region):
            _fill(slice_, known[region], provinces, tables, pattern, sizes, random)
    rest = [province for province in sizes.provinces if province not in tables]
    if known.get(sizes.country):
        _fill(slice_, known[sizes.country], sizes.provinces, tables, pattern, sizes, random)
    else:
        for province in rest:
            noise = np.exp(random.normal(0, _NOISE, slice_.leaves.shape))
            table = np.floor(pattern * sizes.of(province) * noise + random.random(slice_.leaves.shape))
            tables[province] = np.where(slice_.leaves.possible(), table, 0).astype(np.int64)
    return tables


def _shape(slice_: _Slice) -> Real:
    """The proportions of leaf codes where most is known, as a first guess for tables that know less."""
    richest = max(slice_.known.values(), key=len, default={})
    return fitted(slice_.leaves, richest, np.ones(slice_.leaves.shape)).astype(np.float64) + 0.25


def _pattern(slice_: _Slice, tables: Mapping[str, Whole], sizes: Sizes, seed: Real) -> Real:
    """What a province of size one has at each leaf."""
    if tables:
        there: Real = np.sum(list(tables.values()), axis=0).astype(np.float64)
        each: Real = there / sum(sizes.of(province) for province in tables) + 1e-9
        return each
    wholes = {territory: totals for territory, totals in slice_.known.items() if totals}
    territory = min(wholes, key=sizes.of)
    scaled: Real = fitted(slice_.leaves, wholes[territory], seed).astype(np.float64) / sizes.of(territory) + 1e-9
    return scaled


def _fill(
    slice_: _Slice,
    totals: Mapping[Codes, int],
    provinces: tuple[str, ...],
    tables: dict[str, Whole],
    pattern: Real,
    sizes: Sizes,
    random: np.random.Generator,
) -> None:
    """Give the provinces without a table, leaf by leaf, what the others leave of the totals of the whole that they are of."""
    missing = [province for province in provinces if province not in tables]
    if not missing:
        return
    there: Whole = sum((tables[p] for p in provinces if p in tables), np.zeros(slice_.leaves.shape, dtype=np.int64))
    left = {codes: max(total - slice_.leaves.total(there, codes), 0) for codes, total in totals.items()}
    rest = fitted(slice_.leaves, left, pattern * sum(sizes.of(province) for province in missing))
    weights = np.array([sizes.of(province) for province in missing])
    shares = np.zeros((len(missing), *slice_.leaves.shape), dtype=np.int64)
    for position in np.argwhere(rest > 0):
        noisy = weights * np.exp(random.normal(0, _NOISE, len(missing)))
        shares[(slice(None), *position)] = apportion(int(rest[tuple(position)]), np.floor(noisy * 1000).astype(np.int64))
    tables.update(zip(missing, shares, strict=True))


def _with_wholes(tables: Mapping[str, Whole], sizes: Sizes) -> dict[str, Whole]:
    """Provinces, regions as sums of theirs, Italy as the sum of all."""
    found = dict(tables)
    for region, provinces in sizes.regions.items():
        found.setdefault(region, np.sum([tables[province] for province in provinces], axis=0))
    found[sizes.country] = np.sum([tables[province] for province in sizes.provinces], axis=0)
    return found

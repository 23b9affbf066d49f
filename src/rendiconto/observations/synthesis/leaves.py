"""A cube's figures of one territory and period as a table of leaf codes: any total is a sum of it, so that all agree.

Whole numbers of the cube's last decimal. Where only some totals are known, the table is fitted to them (iterative proportional
fitting) and rounded so that they stay exact.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

from rendiconto.catalogue.declarations import PERIOD, TERRITORY, Cube, Dimension

Codes = tuple[str, ...]
Real = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
_ROUNDS = 1000
_NEAR = 1e-9


@dataclass(frozen=True)
class Leaves:
    """The leaf codes of a cube's dimensions besides territory and period, and which of them a code sums."""

    cube: Cube
    names: tuple[str, ...]
    codes: tuple[tuple[str, ...], ...]
    within: tuple[Mapping[str, tuple[int, ...]], ...]

    @classmethod
    def of(cls, cube: Cube) -> "Leaves":
        """Those of a cube; along a dimension that does not add up every code stands for itself."""
        own = [dimension for dimension in cube.dimensions if dimension.name not in (TERRITORY, PERIOD)]
        codes, within = [], []
        for dimension in own:
            below = _below(dimension, adds_up=dimension.name in cube.sums)
            leaves = tuple(code for code, parts in below.items() if parts == (code,))
            codes.append(leaves)
            within.append({code: tuple(leaves.index(part) for part in parts) for code, parts in below.items()})
        return cls(cube, tuple(dimension.name for dimension in own), tuple(codes), tuple(within))

    @property
    def shape(self) -> tuple[int, ...]:
        """How many leaf codes each dimension has."""
        return tuple(len(codes) for codes in self.codes)

    @property
    def summed(self) -> tuple[int, ...]:
        """The axes along which figures add up."""
        return tuple(axis for axis, name in enumerate(self.names) if name in self.cube.sums)

    def at(self, codes: Codes) -> tuple[npt.NDArray[np.intp], ...]:
        """The part of a table that a combination of codes sums."""
        return np.ix_(*(list(within[code]) for within, code in zip(self.within, codes, strict=True)))

    def total(self, table: Whole, codes: Codes) -> int:
        """What a combination of codes comes to."""
        return int(table[self.at(codes)].sum())

    def possible(self) -> npt.NDArray[np.bool_]:
        """Which combinations of leaf codes can exist."""
        mask = np.ones(self.shape, dtype=bool)
        for position in product(*(range(size) for size in self.shape)):
            codes = {name: self.codes[i][at] for i, (name, at) in enumerate(zip(self.names, position, strict=True))}
            mask[position] = not self.cube.is_void(codes)
        return mask


def _below(dimension: Dimension, *, adds_up: bool) -> dict[str, tuple[str, ...]]:
    """The leaf codes that each code sums, directly or through others."""
    assert dimension.codelist is not None
    codes = dimension.codelist.codes

    def leaves(code: str) -> tuple[str, ...]:
        parts = codes[code].sum
        return tuple(dict.fromkeys(leaf for part in parts for leaf in leaves(part))) if parts and adds_up else (code,)

    return {code: leaves(code) for code in codes}


def fitted(leaves: Leaves, known: Mapping[Codes, int], seed: Real) -> Whole:
    """A table of whole numbers with the known totals, as like the seed as they allow.

    Without any known total it is the seed, rounded. Totals that contradict one another are met as nearly as can be.
    """
    if all(codes in known for codes in product(*leaves.codes)):
        exact = np.array([known[codes] for codes in product(*leaves.codes)], dtype=np.int64)
        return exact.reshape(leaves.shape)
    table = np.where(leaves.possible(), seed, 0.0)
    parts = [(leaves.at(codes), value) for codes, value in known.items()]
    for _ in range(_ROUNDS):
        furthest = 0.0
        for place, value in parts:
            there = table[place].sum()
            if there > 0:
                table[place] *= value / there
                furthest = max(furthest, abs(value - there))
        if furthest < _NEAR:
            break
    return _rounded(table, leaves.summed)


def _rounded(table: Real, axes: Sequence[int]) -> Whole:
    """Whole numbers whose sums along some axes are those of the table, where these are whole: running sums are rounded."""
    running = table
    for axis in axes:
        running = running.cumsum(axis=axis)
    whole = np.floor(running + 0.5 + 1e-6).astype(np.int64)
    for axis in axes:
        whole = np.diff(whole, axis=axis, prepend=0)
    return _without_negatives(whole)


def _without_negatives(table: Whole) -> Whole:
    """Running sums of small numbers may leave a −1: it is taken from the largest of the table, so that the whole stays."""
    flat = table.reshape(-1).copy()
    lacking = int(-flat[flat < 0].sum())
    flat[flat < 0] = 0
    while lacking and flat.max() > 0:
        flat[int(flat.argmax())] -= 1
        lacking -= 1
    return flat.reshape(table.shape)


def by_codes(leaves: Leaves, table: Whole, wanted: Sequence[Codes]) -> dict[Codes, int]:
    """The totals of a table at some combinations of codes."""
    return {codes: leaves.total(table, codes) for codes in wanted}

"""Counts whose weighted means are those that are known: a share of each that mixes the means of parts to that of the whole.

Each count is multiplied by ``exp(λ · what its means depart by)``, the least change that brings the means about (as iterative
fitting does for sums). Then counts are rounded, and some heads added or taken while that brings a mean nearer.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
import numpy.typing as npt

from rendiconto.observations.synthesis.leaves import Real, Whole

_ROUNDS = 100
_STEEP = 20.0
"""No count is made larger or smaller by more than e to this."""
_MOVES = 300
_NEAR = 1e-7
_CHANGES = tuple(sign * size for size in (1, 2, 3, 5, 8, 16, 32, 64) for sign in (1, -1))
_PAIRED = 12
"""Of so many counts of a mean, pairs are tried."""


@dataclass(frozen=True)
class Mixture:
    """A mean that is known: the counts it is made of, and by how much the mean of each departs from it."""

    members: npt.NDArray[np.intp]
    apart: Real

    def moment(self, counts: Real) -> float:
        """Nought where the mean of these counts is the known one."""
        return float(counts[self.members] @ self.apart)

    @property
    def can_hold(self) -> bool:
        """Whether there is something to move: some parts lie above the mean and some below."""
        return bool((self.apart > 0).any() and (self.apart < 0).any())


def mixed(seed: Real, free: npt.NDArray[np.bool_], mixtures: Sequence[Mixture], near: float) -> Whole:
    """Whole counts as like the seed as the mixtures allow, whose means depart from the known ones by no more than ``near``.

    Those not ``free`` stay. What cannot be met is met as nearly as can be.
    """
    held = [mixture for mixture in mixtures if mixture.can_hold]
    return _rounded(_tilted(seed.astype(np.float64), free, held), free, held, near)


def _tilted(seed: Real, free: npt.NDArray[np.bool_], mixtures: Sequence[Mixture]) -> Real:
    """The seed times ``exp(λ · apart)``, with the λ at which all moments vanish: where a convex function is least (Newton)."""
    if not mixtures:
        return seed
    apart = np.zeros((len(mixtures), len(seed)))
    for row, mixture in enumerate(mixtures):
        apart[row, mixture.members] = mixture.apart / max(float(np.abs(mixture.apart).max()), 1e-12)
    fixed = apart[:, ~free] @ seed[~free]
    apart, start = apart[:, free], seed[free]
    tilt = np.zeros(len(mixtures))

    def height(at: Real) -> float:
        return float(start @ np.exp(np.clip(at @ apart, -_STEEP, _STEEP)) + fixed @ at)

    for _ in range(_ROUNDS):
        there = start * np.exp(np.clip(tilt @ apart, -_STEEP, _STEEP))
        slope = apart @ there + fixed
        if float(np.abs(slope).max()) <= _NEAR * float(there.sum()):
            break
        bend = (apart * there) @ apart.T
        step = np.linalg.solve(bend + np.eye(len(tilt)) * 1e-9 * max(float(np.trace(bend)), 1e-12), -slope)
        size = 1.0
        while size > _NEAR and height(tilt + size * step) > height(tilt):
            size /= 2
        tilt = tilt + size * step
    counts = seed.copy()
    counts[free] = start * np.exp(np.clip(tilt @ apart, -_STEEP, _STEEP))
    return counts


def _rounded(counts: Real, free: npt.NDArray[np.bool_], mixtures: Sequence[Mixture], near: float) -> Whole:
    """Whole counts, and then heads added or taken, at one place or at a few, where that helps most."""
    whole = np.floor(counts + 0.5)
    judge = _Judge.of(mixtures, len(counts), near)
    for _ in range(_MOVES):
        out = judge.distance(whole)
        if not out:
            break
        best, change = judge.improved(whole, free, out)
        if best >= out:
            break
        whole += change
    return whole.astype(np.int64)


@dataclass(frozen=True)
class _Judge:
    """How far whole counts are from the means: ``apart`` and ``members`` have a row a mixture, a column a count."""

    apart: Real
    members: Real
    near: float

    @classmethod
    def of(cls, mixtures: Sequence[Mixture], counts: int, near: float) -> "_Judge":
        """The judge of some mixtures of so many counts."""
        apart = np.zeros((len(mixtures), counts))
        members = np.zeros_like(apart)
        for row, mixture in enumerate(mixtures):
            apart[row, mixture.members] = mixture.apart
            members[row, mixture.members] = 1.0
        return cls(apart, members, near)

    def distance(self, whole: Real) -> float:
        """By how much means are out, beyond what is allowed."""
        return float(self._distances(whole, np.zeros((len(whole), 1)))[0])

    def improved(self, whole: Real, free: npt.NDArray[np.bool_], out: float) -> tuple[float, Real]:
        """The best change of one count, else of two of the mean that is out the most: what it leads to, and the change."""
        places = np.flatnonzero(free).tolist()
        found = self._best(whole, [((place, step),) for place in places for step in _CHANGES])
        if found[0] >= out:
            worst = int(self._out(whole, np.zeros((len(whole), 1)))[:, 0].argmax())
            members = [place for place in np.flatnonzero(self.members[worst]).tolist() if free[place]][:_PAIRED]
            pairs = combinations(members, 2)
            moves = [((one, a), (other, b)) for one, other in pairs for a, b in product(_CHANGES, repeat=2)]
            found = self._best(whole, moves)
        return found

    def _best(self, whole: Real, moves: Sequence[tuple[tuple[int, int], ...]]) -> tuple[float, Real]:
        changes = np.zeros((len(whole), max(len(moves), 1)))
        for column, move in enumerate(moves):
            for place, step in move:
                changes[place, column] = step
        found = self._distances(whole, changes)
        found[(((whole[:, None] + changes) < 1) & (changes != 0)).any(axis=0)] = math.inf
        at = int(found.argmin())
        return float(found[at]), changes[:, at]

    def _distances(self, whole: Real, changes: Real) -> Real:
        found: Real = (self._out(whole, changes) ** 2).sum(axis=0)
        return found

    def _out(self, whole: Real, changes: Real) -> Real:
        """By how much each mean is out after each change, in the means' unit."""
        there = whole[:, None] + changes
        heads = np.maximum(self.members @ there, 1.0)
        found: Real = np.maximum(np.abs(self.apart @ there) / heads - self.near, 0.0)
        return found

"""What made-up wholes have to come to, so that means, shares and balances that were published over them hold.

Toscana's mean pension is published, the pensions behind it are not: they are made up so that the published means of women and
men, of kinds and funds, mix to the published mean of all.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

import numpy as np

from rendiconto.catalogue.declarations import Catalogue, Cube
from rendiconto.catalogue.formulas import Balance, Share
from rendiconto.catalogue.gridplan import Codes
from rendiconto.document.values import Status
from rendiconto.observations.columns import CubeObservations
from rendiconto.observations.store import ObservationStore
from rendiconto.observations.synthesis.leaves import Leaves, Real, fitted
from rendiconto.observations.synthesis.mixtures import Mixture, mixed
from rendiconto.observations.synthesis.sizes import Sizes

Targets = dict[str, dict[Codes, int]]
"""By cube and full key, in the cube's last decimal."""
_NEAR = 0.4
"""How much of a printed unit a mean may be out: both the parts' and its own rounding allow half."""


def find_targets(catalogue: Catalogue, store: ObservationStore, sizes: Sizes) -> Targets:
    """The counts that published means, shares and balances of wholes ask for, where the counts were not published."""
    maker = _TargetMaker(catalogue, store, sizes)
    for name in sorted(store.cubes):
        cube = catalogue.cubes[name]
        if cube.weight is not None and cube.weight in store.cubes:
            maker.weighed(cube, catalogue.cubes[cube.weight])
            maker.spread(cube, catalogue.cubes[cube.weight])
        elif isinstance(cube.formula, Share) and not cube.delivered:
            maker.shared(cube, cube.formula)
        elif isinstance(cube.formula, Balance):
            maker.balanced(cube, cube.formula)
    return maker.targets


@dataclass
class _TargetMaker:
    catalogue: Catalogue
    store: ObservationStore
    sizes: Sizes
    targets: Targets

    def __init__(self, catalogue: Catalogue, store: ObservationStore, sizes: Sizes) -> None:
        self.catalogue, self.store, self.sizes, self.targets = catalogue, store, sizes, {}

    def weighed(self, means: Cube, counts: Cube) -> None:
        """A whole's counts at leaf codes, such that they mix its means."""
        leaves = Leaves.of(counts)
        if leaves.names != means.dimension_names[2:] or not leaves.names:
            return
        for whole, period in self._wholes(means):
            if not self._is_free(counts, whole, period):
                continue
            seed = self._like(counts, leaves, whole, period)
            if seed is not None:
                self._mix(self.store.cubes[means.name], leaves, whole, period, seed)

    def _mix(self, means: CubeObservations, leaves: Leaves, whole: str, period: str, seed: Real) -> None:
        places = list(product(*leaves.codes))
        own = [means.get((whole, period, *codes)) for codes in places]
        there = np.array([o is None or o.status is Status.NORMAL for o in own])
        flat = np.where(there, seed.reshape(-1), 0.0)
        values = [None if o is None or o.value is None else float(o.value) for o in own]
        index = np.arange(len(places)).reshape(leaves.shape)
        mixtures = []
        for codes, observation in means.items():
            if codes[:2] == (whole, period) and codes[2:] not in places and observation.value is not None:
                members = [at for at in index[leaves.at(codes[2:])].reshape(-1) if flat[at] > 0]
                parts = [values[at] for at in members]
                known = [part for part in parts if part is not None]
                if known and len(known) == len(parts):
                    apart = np.array(known) - float(observation.value)
                    mixtures.append(Mixture(np.array(members, dtype=np.intp), apart))
        unit = 10.0**-means.cube.decimals
        counts = mixed(flat, flat > 0, mixtures, _NEAR * unit)
        targets = self.targets.setdefault(leaves.cube.name, {})
        targets.update({(whole, period, *codes): int(count) for codes, count in zip(places, counts, strict=True)})

    def spread(self, means: Cube, counts: Cube) -> None:
        """The totals of a region's provinces, such that their published means mix to the region's."""
        if means.dimension_names[2:]:
            return
        totals = tuple(d.codelist.total or "" for d in counts.dimensions if d.codelist is not None)
        own, known = self.store.cubes[means.name], self.store.cubes[counts.name]
        for whole, period in self._wholes(means):
            provinces = self.sizes.regions.get(whole, ())
            mean = own.get((whole, period))
            found = [own.get((province, period)) for province in provinces]
            values = [float(o.value) for o in found if o is not None and o.value is not None]
            there = [known.get((province, period, *totals)) for province in provinces]
            fixed = [None if o is None or o.value is None else float(o.value) for o in there]
            if mean is None or mean.value is None or len(values) < len(provinces) or not any(fixed) or all(fixed):
                continue
            each = sum(f for f in fixed if f) / sum(
                self.sizes.of(province) for province, f in zip(provinces, fixed, strict=True) if f
            )
            seed = np.array([f or each * self.sizes.of(province) for province, f in zip(provinces, fixed, strict=True)])
            mixture = Mixture(np.arange(len(provinces)), np.array(values) - float(mean.value))
            counted = mixed(seed, np.array([f is None for f in fixed]), [mixture], _NEAR * 10.0**-means.decimals)
            targets = self.targets.setdefault(counts.name, {})
            for province, count, f in zip(provinces, counted, fixed, strict=True):
                if f is None:
                    targets[province, period, *totals] = int(count)

    def shared(self, shares: Cube, formula: Share) -> None:
        """A whole's parts, as its published shares of counts that mix them."""
        part, counted = (self.catalogue.cubes[need.cube] for need in formula.inputs())
        if any(need.fix for need in formula.inputs()) or not {part.name, counted.name} <= self.store.cubes.keys():
            return
        self.weighed(shares, counted)
        leaves = Leaves.of(counted)
        if leaves.names != shares.dimension_names[2:]:
            return
        for whole, period in self._wholes(shares):
            for codes in product(*leaves.codes):
                share = self.store.cubes[shares.name].get((whole, period, *codes))
                below = self.targets.get(counted.name, {}).get((whole, period, *codes))
                if share is not None and share.value is not None and below and self._is_free(part, whole, period):
                    self.targets.setdefault(part.name, {})[whole, period, *codes] = round(share.value * below / 100)

    def balanced(self, balances: Cube, formula: Balance) -> None:
        """What is taken from the first count of a published balance, by its last."""
        inputs = [self.catalogue.cubes[need.cube] for need in formula.inputs()]
        plain = all(not need.fix for need in formula.inputs()) and len(formula.plus) == len(formula.minus) == 1
        if not plain or any(cube.name not in self.store.cubes or cube.dimension_names[2:] for cube in inputs):
            return
        first, last = inputs
        for whole, period in self._wholes(balances):
            balance = self.store.cubes[balances.name].get((whole, period))
            like = self._like(first, Leaves.of(first), whole, period)
            free = self._is_free(first, whole, period) and self._is_free(last, whole, period)
            if balance is not None and balance.value is not None and like is not None and free:
                amount = round(float(like.sum()))
                self.targets.setdefault(first.name, {})[whole, period] = amount
                self.targets.setdefault(last.name, {})[whole, period] = amount - int(balance.value)

    def _wholes(self, cube: Cube) -> Iterator[tuple[str, str]]:
        """Regions and Italy, with the periods in which something of them is published."""
        wholes = {*self.sizes.regions, self.sizes.country}
        yield from sorted({(codes[0], codes[1]) for codes in self.store.cubes[cube.name] if codes[0] in wholes})

    def _is_free(self, counts: Cube, territory: str, period: str) -> bool:
        """Whether nothing is published of a territory's counts."""
        return not any(codes[:2] == (territory, period) for codes in self.store.cubes[counts.name])

    def _like(self, counts: Cube, leaves: Leaves, whole: str, period: str) -> Real | None:
        """A whole's counts in the proportions of the provinces that are known, as its size has them; None for none."""
        known = self._known(counts, period)
        if not known:
            return None
        tables = [fitted(leaves, totals, np.ones(leaves.shape)) for totals in known.values()]
        size = sum(self.sizes.of(province) for province in known)
        there: Real = np.sum(tables, axis=0).astype(np.float64) * self.sizes.of(whole) / size
        return there

    def _known(self, counts: Cube, period: str) -> Mapping[str, Mapping[Codes, int]]:
        """The published counts of provinces, in the cube's last decimal."""
        provinces: Sequence[str] = self.sizes.provinces
        found: dict[str, dict[Codes, int]] = {}
        for codes, observation in self.store.cubes[counts.name].items():
            if codes[1] == period and codes[0] in provinces and observation.status is not Status.MISSING:
                value = (observation.value or Decimal(0)).scaleb(counts.decimals)
                found.setdefault(codes[0], {})[codes[2:]] = int(value)
        return found

"""Means, rates and times: drawn for provinces, weighed for whatever is made of several."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from rendiconto.catalogue.declarations import Catalogue, Cube
from rendiconto.document.values import Status
from rendiconto.observations.columns import CubeObservations, Observation
from rendiconto.observations.synthesis.counts import MADE_UP
from rendiconto.observations.synthesis.leaves import Codes, Leaves
from rendiconto.observations.synthesis.sizes import Sizes

_APART = 0.06
"""By how much of it a province's mean departs from that of its region or Italy, as a standard deviation."""
_EACH = 0.02
"""And by how much each of its figures from that."""


@dataclass(frozen=True)
class MeansMaker:
    """Completes a cube that does not add up over territories; ``weights`` are the counts that it is a mean of, if declared."""

    catalogue: Catalogue
    cube: Cube
    known: CubeObservations
    weights: CubeObservations | None
    sizes: Sizes
    random: np.random.Generator

    def completed(self) -> dict[Codes, Observation]:
        """Every territory's figures at all that any has; known ones as they are."""
        made: dict[Codes, Observation] = dict(self.known)
        wanted = tuple(dict.fromkeys(codes[1:] for codes in self.known))
        parts = {rest: list(self._parts(rest)) for rest in wanted}
        for province in self.sizes.provinces:
            apart = float(self.random.normal(0, _APART))
            for rest in wanted:
                if not parts[rest] and (province, *rest) not in made:
                    made[province, *rest] = self._drawn((province, *rest), apart + float(self.random.normal(0, _EACH)))
        for rest in wanted:
            if not parts[rest]:
                for region, provinces in self.sizes.regions.items():
                    self._meet(region, provinces, rest, made)
                self._meet(self.sizes.country, self.sizes.provinces, rest, made)
        for territory in (*self.sizes.provinces, *self.sizes.regions, self.sizes.country):
            below = self.sizes.provinces if territory == self.sizes.country else self.sizes.regions.get(territory, (territory,))
            for rest in sorted(wanted, key=lambda rest: len(parts[rest])):
                if (territory, *rest) not in made:
                    leaves = [(place, *part) for place in below for part in parts[rest] or [rest]]
                    made[territory, *rest] = self._weighed((territory, *rest), leaves, made)
        return made

    def _parts(self, rest: Codes) -> Iterator[Codes]:
        """The leaf codes that a combination is a mean of, where the cube declares its weights; none for a leaf."""
        if self.cube.weight is None:
            return
        declared = {name: self.catalogue.cubes[self.cube.weight].dimension(name) for name in self.cube.dimension_names}
        if any(dimension is None for dimension in declared.values()):
            return
        leaves = Leaves.of(self.catalogue.cubes[self.cube.weight])
        if leaves.names != self.cube.dimension_names[2:]:
            return
        found: list[Codes] = [rest[:1]]
        for within, codes, code in zip(leaves.within, leaves.codes, rest[1:], strict=True):
            found = [(*codes_so_far, codes[at]) for codes_so_far in found for at in within[code]]
        if found != [rest]:
            yield from found

    def _meet(self, whole: str, provinces: tuple[str, ...], rest: Codes, made: dict[Codes, Observation]) -> None:
        """Move the provinces' made-up figures by as much as brings their mean to what is known of the whole."""
        known = self.known.get((whole, *rest))
        if known is None or known.value is None:
            return
        there = [((place, *rest), made[place, *rest], self._weight((place, *rest))) for place in provinces]
        valued = [(codes, found.value, found.synthetic, weight) for codes, found, weight in there if found.value is not None]
        total = sum((weight for _, _, _, weight in valued), Decimal(0))
        movable = {codes for codes, _, synthetic, _ in valued if synthetic and not self._is_met(codes, whole)}
        free = sum((weight for codes, _, _, weight in valued if codes in movable), Decimal(0))
        if not free:
            return
        lacking = known.value * total - sum((value * weight for _, value, _, weight in valued), Decimal(0))
        for codes, value, _, _ in valued:
            if codes in movable:
                made[codes] = self._figure(codes, value + lacking / free)

    def _is_met(self, codes: Codes, whole: str) -> bool:
        """Whether a province's figure has been moved to meet what is known of its region, when a larger whole is to be met."""
        regions = (region for region, parts in self.sizes.regions.items() if codes[0] in parts and region != whole)
        found = [self.known.get((region, *codes[1:])) for region in regions]
        return any(observation is not None and observation.value is not None for observation in found)

    def _drawn(self, codes: Codes, apart: float) -> Observation:
        """A figure near that of the region, else of Italy, else of whoever has one."""
        region = next((region for region, parts in self.sizes.regions.items() if codes[0] in parts), "")
        near = [self.known.get((place, *codes[1:])) for place in (region, self.sizes.country)]
        figures = [observation.value for observation in near if observation is not None and observation.value is not None][:1]
        if not figures:
            there = [(key, observation) for key, observation in self.known.items() if key[1:] == codes[1:]]
            figures = [observation.value for _, observation in there if observation.value is not None]
            if not figures:
                return Observation(None, there[0][1].status, MADE_UP, synthetic=True)
        value = sum(figures, Decimal(0)) / len(figures) * Decimal(repr(round(1 + apart, 4)))
        return self._figure(codes, value)

    def _weighed(self, codes: Codes, leaves: list[Codes], made: Mapping[Codes, Observation]) -> Observation:
        """The mean of some figures by their counts, or by the sizes of their territories."""
        pairs = [(made[leaf].value, self._weight(leaf)) for leaf in leaves if leaf in made]
        known = [(value, weight) for value, weight in pairs if value is not None and weight]
        total = sum((weight for _, weight in known), Decimal(0))
        if not total:
            status = made[leaves[0]].status if leaves[0] in made else Status.NIL
            return Observation(None, Status.NIL if status is Status.NORMAL else status, MADE_UP, synthetic=True)
        return self._figure(codes, sum((value * weight for value, weight in known), Decimal(0)) / total)

    def _weight(self, codes: Codes) -> Decimal:
        if self.weights is None:
            return Decimal(repr(round(self.sizes.of(codes[0]), 3)))
        key = dict(zip(self.cube.dimension_names, codes, strict=True))
        own = self.weights.cube.dimensions
        at = tuple(key.get(d.name) or (d.codelist.total if d.codelist else "") or "" for d in own)
        observation = self.weights.get(at)
        return Decimal(0) if observation is None or observation.value is None else observation.value

    def _figure(self, codes: Codes, value: Decimal) -> Observation:
        unit, decimals = self.cube.unit_at(codes)
        bounds = self.catalogue.units[unit]
        if self.cube.bounded:
            value = max(value, bounds.least) if bounds.least is not None else value
            value = min(value, bounds.most) if bounds.most is not None else value
        return Observation(value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP), Status.NORMAL, MADE_UP, synthetic=True)


def keep_rates(catalogue: Catalogue, cubes: dict[str, CubeObservations], sizes: Sizes) -> None:
    """Rates of the same persons follow from one another: where it is made up, the one that two complements give is theirs.

    That of a whole stays among those of its parts, where rounding would take it beyond them.
    """
    for rates in catalogue.rates.values():
        if not {*rates.complements, rates.gives} <= cubes.keys():
            continue
        cube = catalogue.cubes[rates.gives]
        changed: dict[Codes, Observation] = {}
        for codes, observation in sorted(cubes[rates.gives].items(), key=lambda item: sizes.rank(item[0][0])):
            key = dict(zip(cube.dimension_names, codes, strict=True))
            others = [cubes[name].get(codes) for name in rates.complements]
            values = [other.value for other in others if other is not None and other.value is not None]
            if observation.synthetic and len(values) == 2 and all(key.get(n) != code for n, code in rates.without.items()):
                decimals = Decimal(1).scaleb(-cube.unit_at(codes)[1])
                value = ((100 - values[0]) * (100 - values[1]) / 100).quantize(decimals, ROUND_HALF_UP)
                parts = [
                    changed.get((part, *codes[1:])) or cubes[rates.gives].get((part, *codes[1:]))
                    for part in sizes.parts(codes[0])
                ]
                known = [part.value for part in parts if part is not None and part.value is not None]
                if known:
                    value = min(max(value, min(known)), max(known))
                changed[codes] = Observation(value, Status.NORMAL, MADE_UP, synthetic=True)
        cubes[rates.gives] = cubes[rates.gives].replaced(changed)

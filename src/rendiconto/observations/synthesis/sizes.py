"""How large territories are beside one another: drawn, and then fitted to the populations that are known."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from rendiconto.territory import Gazetteer, Kind

_LARGER = 3.0
"""How much larger than a province a metropolitan city is taken to be."""


@dataclass(frozen=True)
class Sizes:
    """Sizes of the provinces of a year by code; a region's and Italy's are sums. ``regions`` are codes of their provinces."""

    provinces: tuple[str, ...]
    regions: Mapping[str, tuple[str, ...]]
    country: str
    own: Mapping[str, float]

    @classmethod
    def drawn(cls, year: int, random: np.random.Generator) -> "Sizes":
        """Sizes of a year's territories as chance has them."""
        gazetteer = Gazetteer.load()
        units = gazetteer.provinces(year)
        own = {}
        for unit, noise in zip(units, random.normal(0, 0.4, len(units)), strict=True):
            own[unit.code] = float(np.exp(noise)) * (_LARGER if unit.kind is Kind.METROPOLITAN_CITY else 1.0)
        country = gazetteer.country().code
        regions = {code: parts for code, parts in gazetteer.sum_hierarchy(year).items() if code != country}
        return cls(tuple(unit.code for unit in units), regions, country, own)

    def of(self, territory: str) -> float:
        """The size of a territory."""
        if territory == self.country:
            return sum(self.own.values())
        return self.own[territory] if territory in self.own else sum(self.own[part] for part in self.regions[territory])

    def fitted_to(self, known: Mapping[str, float]) -> "Sizes":
        """With the known sizes of some territories: provinces as they are, others of a region or of Italy in proportion."""
        own = dict(self.own)
        own.update({code: size for code, size in known.items() if code in own})
        for whole, parts in (*self.regions.items(), (self.country, self.provinces)):
            if whole not in known:
                continue
            settled = {part for part in parts if part in known or self._region_of(part) in known.keys() - {whole}}
            left = known[whole] - sum(own[part] for part in settled)
            free = [part for part in parts if part not in settled]
            there = sum(own[part] for part in free)
            own.update({part: own[part] * left / there for part in free})
        return Sizes(self.provinces, self.regions, self.country, own)

    def _region_of(self, province: str) -> str | None:
        return next((region for region, parts in self.regions.items() if province in parts), None)

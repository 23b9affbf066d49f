"""How large territories are beside one another: about as they are, then fitted to the populations that are known."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

import numpy as np

from rendiconto.territory import Gazetteer

_NOISE = 0.04
"""By how much a size departs from the rounded one, as a standard deviation: made-up figures are not to pass for real ones."""
_USUAL = 400.0
"""Thousands of residents of a province that the list has not."""


@dataclass(frozen=True)
class Sizes:
    """Sizes of the provinces of a year by code; a region's and Italy's are sums. ``regions`` are codes of their provinces."""

    provinces: tuple[str, ...]
    regions: Mapping[str, tuple[str, ...]]
    country: str
    own: Mapping[str, float]

    @classmethod
    def drawn(cls, year: int, random: np.random.Generator) -> "Sizes":
        """Sizes of a year's territories: about as they are (``residents.csv``, thousands), and a little chance."""
        gazetteer = Gazetteer.load()
        units = gazetteer.provinces(year)
        about = _residents()
        noise = np.exp(random.normal(0, _NOISE, len(units)))
        own = {unit.code: about.get(unit.code, _USUAL) * float(more) for unit, more in zip(units, noise, strict=True)}
        country = gazetteer.country().code
        regions = {code: parts for code, parts in gazetteer.sum_hierarchy(year).items() if gazetteer.by_code(code).is_region}
        return cls(tuple(unit.code for unit in units), regions, country, own)

    def of(self, territory: str) -> float:
        """The size of a territory."""
        if territory == self.country:
            return sum(self.own.values())
        return self.own[territory] if territory in self.own else sum(self.own[part] for part in self.regions[territory])

    def parts(self, territory: str) -> tuple[str, ...]:
        """What a region or Italy is made of: provinces, regions, a province that is its own region; a province of nothing."""
        if territory == self.country:
            return (*self.regions, *(province for province in self.provinces if self._region_of(province) is None))
        return self.regions.get(territory, ())

    def rank(self, territory: str) -> int:
        """0 for a province, 1 for a region, 2 for Italy: parts come before what is made of them."""
        return 2 if territory == self.country else int(territory in self.regions)

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


def _residents() -> dict[str, float]:
    """Thousands of residents about 2024, rounded: for the sizes of made-up figures only, never printed."""
    text = files("rendiconto.observations.synthesis").joinpath("residents.csv").read_text(encoding="utf-8")
    return {row["code"]: float(row["thousands"]) for row in csv.DictReader(text.splitlines())}

"""Consistent observations for any catalogue and territory, made from the sums that the catalogue declares.

A leaf key gets a number from a seeded hash of itself; every total is the sum of its parts, territories included. So whatever
the identities demand holds by construction, and the same seed gives the same folder.
"""

import csv
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from rendiconto.catalogue import Catalogue, Cube
from rendiconto.catalogue.formulas import InputModel
from rendiconto.compose.needs import needed_keys
from rendiconto.italian.numbers import round_half_away
from rendiconto.territory import Gazetteer, Territory

Codes = tuple[str, ...]


class Synthesis:
    """Values by cube and key. A leaf has a size of its own, a little growth and noise; ``largest`` bounds its size."""

    def __init__(self, catalogue: Catalogue, seed: int, largest: int = 9_000) -> None:
        self.catalogue = catalogue
        self.seed = seed
        self.largest = largest
        self.hierarchy = Gazetteer.load().sum_hierarchy(catalogue.year)
        self.value = lru_cache(maxsize=None)(self._value)
        self.bounds: dict[str, list[tuple[InputModel, InputModel]]] = {}
        for relation in catalogue.relations.values():
            if relation.at_most is not None and len(relation.plus) == 1:
                self.bounds.setdefault(relation.plus[0].cube, []).append((relation.plus[0], relation.at_most))

    def _value(self, cube_name: str, codes: Codes) -> Decimal:
        cube = self.catalogue.cubes[cube_name]
        if cube.is_void(dict(zip(cube.dimension_names, codes, strict=True))):
            return Decimal(0)
        for made in (self._related(cube, codes), self._rate(cube, codes), self._mean(cube, codes), self._sum(cube, codes)):
            if made is not None:
                return made
        return self._leaf(cube, codes)

    def _related(self, cube: Cube, codes: Codes) -> Decimal | None:
        """The value that a declared relation gives, if one does."""
        own = dict(zip(cube.dimension_names, codes, strict=True))
        for relation in self.catalogue.relations.values():
            equals = relation.equals
            if equals is not None and equals.cube == cube.name and all(own[name] == code for name, code in equals.fix.items()):
                shared = {name: code for name, code in own.items() if name not in equals.fix}
                signed = [(1, need) for need in relation.plus] + [(-1, need) for need in relation.minus]
                return sum((sign * self._input(need, shared) for sign, need in signed), Decimal(0))
        return None

    def _rate(self, cube: Cube, codes: Codes) -> Decimal | None:
        """The rate that two others leave, but for the spans where they do not go together."""
        for rates in self.catalogue.rates.values():
            if rates.gives != cube.name:
                continue
            own = dict(zip(cube.dimension_names, codes, strict=True))
            others = [self.catalogue.cubes[name] for name in rates.complements]
            known = all(own[d.name] in d.codelist.codes for other in others for d in other.dimensions if d.codelist)
            if known and not any(own.get(name) == code for name, code in rates.without.items()):
                first, second = (100 - self.value(other.name, codes) for other in others)
                return round_half_away(first * second / 100, cube.decimals)
        return None

    def _mean(self, cube: Cube, codes: Codes) -> Decimal | None:
        """The mean of a total: weighed by counts, or else simply among its parts."""
        if cube.formula is not None or not self.catalogue.units[cube.unit].intensive:
            return None
        for parts in self._divisions(cube, codes):
            if cube.weight is None:
                values = [self.value(cube.name, part) for part in parts]
                return round_half_away(sum(values, Decimal(0)) / len(values), cube.decimals)
            weights = [self._weight(cube, part) for part in parts]
            pairs = list(zip(parts, weights, strict=True))
            heads = sum(weights, Decimal(0))
            if not heads:
                return Decimal(0)
            exact = sum((weight * self._exact(cube, part) for part, weight in pairs), Decimal(0)) / heads
            return round_half_away(exact, cube.decimals)
        return None

    def _exact(self, cube: Cube, codes: Codes) -> Decimal:
        """A mean before it is rounded: means of means are taken of these."""
        for parts in self._divisions(cube, codes):
            weights = [self._weight(cube, part) for part in parts]
            heads = sum(weights, Decimal(0))
            pairs = zip(parts, weights, strict=True)
            return sum((w * self._exact(cube, part) for part, w in pairs), Decimal(0)) / heads if heads else Decimal(0)
        return self.value(cube.name, codes)

    def _weight(self, cube: Cube, codes: Codes) -> Decimal:
        own = dict(zip(cube.dimension_names, codes, strict=True))
        return self._input(InputModel(cube=cube.weight or ""), own)

    def _divisions(self, cube: Cube, codes: Codes) -> Iterator[list[Codes]]:
        """The ways in which a key is divided, the first being the one that counts."""
        for position, dimension in enumerate(cube.dimensions):
            code = codes[position]
            parts: tuple[str, ...] = ()
            if dimension.name == "territory":
                parts = self.hierarchy.get(code, ())
            elif dimension.codelist is not None:
                parts = dimension.codelist.codes[code].sum
                whole = dimension.codelist.total
                if not parts and code == whole and dimension.name not in cube.sums:
                    parts = tuple(c for c in dimension.codelist.codes if c != whole)
            if parts:
                below = [(*codes[:position], part, *codes[position + 1 :]) for part in parts]
                names = cube.dimension_names
                yield [key for key in below if not cube.is_void(dict(zip(names, key, strict=True)))]

    def _sum(self, cube: Cube, codes: Codes) -> Decimal | None:
        for position, dimension in enumerate(cube.dimensions):
            if dimension.name not in cube.sums:
                continue
            parts: tuple[str, ...] = ()
            if dimension.name == "territory":
                parts = self.hierarchy.get(codes[position], ())
            elif dimension.codelist is not None:
                parts = dimension.codelist.codes[codes[position]].sum
            if parts:
                below = ((*codes[:position], part, *codes[position + 1 :]) for part in parts)
                return sum((self.value(cube.name, key) for key in below), Decimal(0))
        return None

    def _input(self, need: InputModel, shared: Mapping[str, str]) -> Decimal:
        cube = self.catalogue.cubes[need.cube]
        codes = (need.fix.get(d.name) or shared.get(d.name) or (d.codelist and d.codelist.total) or "" for d in cube.dimensions)
        return self.value(cube.name, tuple(codes))

    def _leaf(self, cube: Cube, codes: Codes) -> Decimal:
        named = dict(zip(cube.dimension_names, codes, strict=True))
        unit, decimals = cube.unit_of(named)
        share = self._bounded(cube, codes, named)
        if share is not None:
            return share
        intensive = self.catalogue.units[unit].intensive
        size = self._draw(cube.name, *codes[2:]) * (60 if intensive else self.largest - 400) + (20 if intensive else 400)
        place = Decimal(1) if intensive else Decimal("0.5") + self._draw(cube.name, codes[0], "place") * 2
        years = int(codes[1]) - self.catalogue.year
        growth = 1 + Decimal(years) / 100 + (self._draw(cube.name, *codes) - Decimal("0.5")) / 25
        return round_half_away(size * place * growth, decimals)

    def _bounded(self, cube: Cube, codes: Codes, named: Mapping[str, str]) -> Decimal | None:
        """Part of what it may not exceed: a "di cui" of its whole, one side of a relation of the other."""
        limits = []
        for position, dimension in enumerate(cube.dimensions):
            within = dimension.codelist.codes[codes[position]].within if dimension.codelist else None
            if within:
                limits.append(self.value(cube.name, (*codes[:position], within, *codes[position + 1 :])))
        for part, bound in self.bounds.get(cube.name, ()):
            if all(named[name] == code for name, code in part.fix.items()):
                limits.append(self._input(bound, {name: code for name, code in named.items() if name not in part.fix}))
        limits.extend(self._taken(cube, named))
        if not limits:
            return None
        # More than half of the bound, so that overlapping groups cover their whole.
        return round_half_away(
            min(limits) * (Decimal("0.6") + self._draw(cube.name, *codes[2:]) * Decimal("0.3")), cube.decimals
        )

    def _taken(self, cube: Cube, named: Mapping[str, str]) -> Iterator[Decimal]:
        """What a relation takes away is there: each part of it has its share of what is added."""
        for relation in self.catalogue.relations.values():
            for need in relation.minus:
                if need.cube == cube.name:
                    shared = {name: code for name, code in named.items() if name not in need.fix}
                    codelists = [d.codelist for d in cube.dimensions if d.name in need.fix and d.codelist]
                    fixed = [codelist.codes[need.fix[d]] for d, codelist in zip(need.fix, codelists, strict=False)]
                    parts = max(len(code.sum) for code in fixed) or 1
                    yield sum((self._input(plus, shared) for plus in relation.plus), Decimal(0)) / parts

    def _draw(self, *names: str) -> Decimal:
        """A number from 0 to 1, always the same for the same names."""
        digest = sha256("\0".join((str(self.seed), *names)).encode()).digest()
        return Decimal(int.from_bytes(digest[:6])) / Decimal(2**48)


def write_observations(
    catalogue: Catalogue, territory: Territory, folder: Path, seed: int, *, without: frozenset[str] = frozenset()
) -> Path:
    """A data folder for one territory; cubes in ``without`` are not delivered."""
    folder.mkdir(parents=True, exist_ok=True)
    synthesis = Synthesis(catalogue, seed)
    keys: dict[str, set[Codes]] = {}
    for cube, codes in needed_keys(catalogue, territory):
        if cube.name not in without:
            keys.setdefault(cube.name, set()).add(codes)
    for name, wanted in keys.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow([*catalogue.cubes[name].dimension_names, "value", "status"])
            for codes in sorted(wanted):
                writer.writerow([*codes, f"{synthesis.value(name, codes):f}", ""])
    (folder / "version.yaml").write_text('version: "prova"\ndate: "2025-01-31"\n', encoding="utf-8")
    return folder

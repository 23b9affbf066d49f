"""Consistent observations for any catalogue and territory, made from the sums that the catalogue declares.

A leaf key gets a number from a seeded hash of itself; every total is the sum of its parts, territories included. So whatever
the identities demand holds by construction, and the same seed gives the same folder.
"""

import csv
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from rendiconto.catalogue import Catalogue, Cube, plan_table
from rendiconto.catalogue.formulas import InputModel
from rendiconto.observations.resolution import input_key
from rendiconto.territory import Gazetteer, Territory

Codes = tuple[str, ...]


class Synthesis:
    """Values by cube and key; ``largest`` bounds a leaf."""

    def __init__(self, catalogue: Catalogue, seed: int, largest: int = 9_000) -> None:
        self.catalogue = catalogue
        self.seed = seed
        self.largest = largest
        self.hierarchy = Gazetteer.load().sum_hierarchy(catalogue.year)
        self.value = lru_cache(maxsize=None)(self._value)

    def _value(self, cube_name: str, codes: Codes) -> Decimal:
        cube = self.catalogue.cubes[cube_name]
        related = self._related(cube, codes)
        if related is not None:
            return related
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
                return sum((self.value(cube_name, key) for key in below), Decimal(0))
        return self._leaf(cube, codes)

    def _related(self, cube: Cube, codes: Codes) -> Decimal | None:
        """The value that a declared relation gives, if one does."""
        own = dict(zip(cube.dimension_names, codes, strict=True))
        for relation in self.catalogue.relations.values():
            equals = relation.equals
            if equals.cube == cube.name and all(own[name] == code for name, code in equals.fix.items()):
                shared = {name: code for name, code in own.items() if name not in equals.fix}
                signed = [(1, need) for need in relation.plus] + [(-1, need) for need in relation.minus]
                return sum((sign * self._input(need, shared) for sign, need in signed), Decimal(0))
        return None

    def _input(self, need: InputModel, shared: dict[str, str]) -> Decimal:
        cube = self.catalogue.cubes[need.cube]
        codes = (need.fix.get(d.name) or shared.get(d.name) or (d.codelist and d.codelist.total) or "" for d in cube.dimensions)
        return self.value(cube.name, tuple(codes))

    def _leaf(self, cube: Cube, codes: Codes) -> Decimal:
        named = dict(zip(cube.dimension_names, codes, strict=True))
        if cube.is_void(named):
            return Decimal(0)
        unit, decimals = cube.unit_of(named)
        digest = sha256("\0".join((str(self.seed), cube.name, *codes)).encode()).digest()
        largest = 100 if unit == "percent" else self.largest
        whole = int.from_bytes(digest[:8]) % (largest * 10**decimals)
        return Decimal(whole).scaleb(-decimals)


def planned_keys(catalogue: Catalogue, territory: Territory) -> Iterator[tuple[Cube, Codes]]:
    """Every delivered key that the report of a territory asks for, inputs of its formulas included."""
    waiting = [
        (cell.cube, cell.codes)
        for table in catalogue.tables.values()
        for plan in plan_table(catalogue, table, territory)
        for row in plan.cells
        for cell in row
    ]
    seen = set()
    while waiting:
        cube, codes = waiting.pop()
        if (cube.name, codes) in seen:
            continue
        seen.add((cube.name, codes))
        if cube.formula is None:
            yield cube, codes
            continue
        waiting.extend(input_key(catalogue, cube, codes, need) for need in cube.formula.inputs())


def write_observations(
    catalogue: Catalogue, territory: Territory, folder: Path, seed: int, *, without: frozenset[str] = frozenset()
) -> Path:
    """A data folder for one territory; cubes in ``without`` are not delivered."""
    folder.mkdir(parents=True, exist_ok=True)
    synthesis = Synthesis(catalogue, seed)
    keys: dict[str, set[Codes]] = {}
    for cube, codes in planned_keys(catalogue, territory):
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

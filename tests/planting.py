"""Faults planted in a consistent edition: seeded, of the kinds that people make, each knowing which cells it changed.

Whether a fault breaks what the catalogue declares is told here by slow arithmetic of its own, so that what the checks find can
be held against it.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from rendiconto.catalogue import Catalogue
from rendiconto.catalogue.identities import Sense, derive_patterns
from rendiconto.check.means import mean_patterns
from rendiconto.check.ranges import limits
from rendiconto.compose.needs import needed_keys
from rendiconto.document.values import Status
from rendiconto.errors import Place
from rendiconto.observations import CubeObservations, Observation, ObservationStore
from rendiconto.territory import Gazetteer, Territory
from synthesis import Synthesis

Codes = tuple[str, ...]
Cell = tuple[str, Codes]
Change = dict[Codes, Observation | None]
"""What a fault does to a cube: new observations by key, None where one vanishes."""


@dataclass(frozen=True)
class Fault:
    """One planted fault: its kind, the cube, and what it changed."""

    kind: str
    cube: str
    change: Mapping[Codes, Observation | None]

    @property
    def cells(self) -> set[str]:
        """The addresses of the cells that it changed."""
        return {"/".join((self.cube, *codes)) for codes in self.change}

    def apply(self, store: ObservationStore) -> ObservationStore:
        """The store with the fault."""
        rows = dict(store.cubes[self.cube].rows)
        for codes, observation in self.change.items():
            if observation is None:
                rows.pop(codes)
            else:
                rows[codes] = observation
        cubes = dict(store.cubes)
        cubes[self.cube] = CubeObservations(cubes[self.cube].cube, rows=rows)
        return replace(store, cubes=cubes)


def consistent_edition(catalogue: Catalogue, territories: tuple[Territory, ...], seed: int) -> ObservationStore:
    """A whole edition, consistent with all that the catalogue declares."""
    synthesis = Synthesis(catalogue, seed)
    keys: dict[str, dict[Codes, None]] = {}
    for territory in territories:
        for cube, codes in needed_keys(catalogue, territory):
            keys.setdefault(cube.name, {})[codes] = None
    place = Place("edition")
    cubes = {}
    for name in sorted(keys):
        cube = catalogue.cubes[name]
        rows = {}
        for codes in sorted(keys[name]):
            void = cube.is_void(dict(zip(cube.dimension_names, codes, strict=True)))
            value = None if void else synthesis.value(name, codes)
            rows[codes] = Observation(value, Status.NIL if void else Status.NORMAL, place)
        cubes[name] = CubeObservations(cube, rows=rows)
    return ObservationStore(cubes, (), "planted", "2025-01-31", "")


class Planter:
    """Plants faults, one at a time, into cells of some size: a digit of 7 says nothing."""

    def __init__(self, catalogue: Catalogue, store: ObservationStore, seed: int) -> None:
        self.catalogue = catalogue
        self.store = store
        self.draw = random.Random(seed)
        self.names = [name for name, cube in store.cubes.items() if len(cube) > 20]
        self.kinds: dict[str, Callable[[str], Change | None]] = {
            "one digit": self._digit,
            "two digits exchanged": self._exchanged_digits,
            "a digit lost": self._lost_digit,
            "two cells exchanged": self._exchanged_cells,
            "a row shifted": self._shifted_row,
            "ten times": lambda name: self._scaled(name, Decimal(10)),
            "a thousand times": lambda name: self._scaled(name, Decimal(1000)),
            "women and men exchanged": self._exchanged_sexes,
            "a stale total": self._stale_total,
            "a sign": lambda name: self._scaled(name, Decimal(-1)),
            "a missing province": self._missing_province,
            "a year in thousands": self._year_in_thousands,
            "rounded by hand": self._rounded,
            "interpolated": self._interpolated,
        }

    def faults(self, count: int) -> Iterator[Fault]:
        """``count`` faults, the kinds in turn."""
        kinds = list(self.kinds)
        planted = 0
        while planted < count:
            kind = kinds[planted % len(kinds)]
            name = self.draw.choice(self.names)
            change = self.kinds[kind](name)
            if change:
                planted += 1
                yield Fault(kind, name, change)

    def _cell(self, name: str, *, total: bool = False) -> tuple[Codes, Observation] | None:
        rows = self.store.cubes[name].rows
        for _ in range(40):
            codes = self.draw.choice(list(rows))
            value = rows[codes].value
            if value is not None and abs(value) >= 20 and (not total or self._is_total(name, codes)):
                return codes, rows[codes]
        return None

    def _is_total(self, name: str, codes: Codes) -> bool:
        cube = self.catalogue.cubes[name]
        return any(
            dimension.name in cube.sums and dimension.codelist is not None and dimension.codelist.codes[code].sum
            for dimension, code in zip(cube.dimensions, codes, strict=True)
        )

    def _with_digits(self, name: str, change: Callable[[list[str]], list[str] | None]) -> Change | None:
        found = self._cell(name)
        if found is None or found[1].value is None:
            return None
        codes, observation = found
        text = f"{observation.value:f}"
        digits = change(list(text))
        if digits is None:
            return None
        value = Decimal("".join(digits))
        return None if value == observation.value else {codes: replace(observation, value=value)}

    def _digit(self, name: str) -> Change | None:
        def change(digits: list[str]) -> list[str] | None:
            at = self.draw.choice([i for i, digit in enumerate(digits) if digit.isdecimal()])
            digits[at] = self.draw.choice([d for d in "123456789" if d != digits[at]])
            return digits

        return self._with_digits(name, change)

    def _exchanged_digits(self, name: str) -> Change | None:
        def change(digits: list[str]) -> list[str] | None:
            pairs = [i for i in range(len(digits) - 1) if digits[i : i + 2] != digits[i + 1 : i + 2] + digits[i : i + 1]]
            pairs = [i for i in pairs if "." not in digits[i : i + 2] and not (i == 0 and digits[1] == "0")]
            if not pairs:
                return None
            at = self.draw.choice(pairs)
            digits[at], digits[at + 1] = digits[at + 1], digits[at]
            return digits

        return self._with_digits(name, change)

    def _lost_digit(self, name: str) -> Change | None:
        def change(digits: list[str]) -> list[str] | None:
            whole = "".join(digits).split(".")[0]
            at = self.draw.randrange(1, len(whole))
            return digits[:at] + digits[at + 1 :]

        return self._with_digits(name, change)

    def _row(self, name: str) -> list[tuple[Codes, Observation]] | None:
        """Cells of one row: those that differ from one another in one dimension alone."""
        found = self._cell(name)
        if found is None:
            return None
        cube = self.catalogue.cubes[name]
        position = self.draw.randrange(len(cube.dimensions))
        rows = self.store.cubes[name].rows
        beside = [
            (codes, rows[codes])
            for codes in sorted(rows)
            if codes[:position] == found[0][:position] and codes[position + 1 :] == found[0][position + 1 :]
        ]
        beside = [(codes, observation) for codes, observation in beside if observation.value is not None]
        return beside if len(beside) >= 2 else None

    def _exchanged_cells(self, name: str) -> Change | None:
        row = self._row(name)
        if row is None:
            return None
        at = self.draw.randrange(len(row) - 1)
        (one, first), (two, second) = row[at], row[at + 1]
        return None if first.value == second.value else {one: second, two: first}

    def _shifted_row(self, name: str) -> Change | None:
        row = self._row(name)
        if row is None or len(row) < 3 or len({o.value for _, o in row}) < 3:
            return None
        values = [observation for _, observation in row]
        moved = [*values[-1:], *values[:-1]]
        return {codes: new for (codes, old), new in zip(row, moved, strict=True) if new.value != old.value}

    def _scaled(self, name: str, factor: Decimal) -> Change | None:
        found = self._cell(name)
        if found is None or found[1].value is None:
            return None
        return {found[0]: replace(found[1], value=found[1].value * factor)}

    def _exchanged_sexes(self, name: str) -> Change | None:
        cube = self.catalogue.cubes[name]
        if "sex" not in cube.dimension_names:
            return None
        found = self._cell(name)
        if found is None:
            return None
        position = cube.dimension_names.index("sex")
        place, period = found[0][:2]
        rows = self.store.cubes[name].rows
        change: Change = {}
        for codes, observation in rows.items():
            if codes[:2] == (place, period) and codes[position] in "FM":
                other = (*codes[:position], "M" if codes[position] == "F" else "F", *codes[position + 1 :])
                if other in rows and rows[other].value != observation.value:
                    change[codes] = rows[other]
        return change or None

    def _stale_total(self, name: str) -> Change | None:
        found = self._cell(name, total=True)
        if found is None or found[1].value is None:
            return None
        unit = Decimal(1).scaleb(-self.catalogue.cubes[name].decimals)
        steps = self.draw.randint(1, 5) / Decimal(100)
        stale = (found[1].value * (1 - steps)).quantize(unit)
        return None if stale == found[1].value else {found[0]: replace(found[1], value=stale)}

    def _year_in_thousands(self, name: str) -> Change | None:
        """All of a territory's figures of one year, in another unit."""
        found = self._cell(name)
        if found is None:
            return None
        rows = self.store.cubes[name].rows
        here = [codes for codes in rows if codes[:2] == found[0][:2] and rows[codes].value]
        return {codes: replace(rows[codes], value=(rows[codes].value or Decimal(0)) * 1000) for codes in here}

    def _rounded(self, name: str) -> Change | None:
        found = self._cell(name)
        if found is None or found[1].value is None or found[1].value < 10_000:
            return None
        value = Decimal(f"{found[1].value:.1e}")
        return None if value == found[1].value else {found[0]: replace(found[1], value=Decimal(f"{value:f}"))}

    def _interpolated(self, name: str) -> Change | None:
        found = self._cell(name)
        if found is None or found[1].value is None or self.catalogue.cubes[name].decimals:
            return None
        rows = self.store.cubes[name].rows
        year = int(found[0][1])
        beside = [rows.get((found[0][0], str(year + step), *found[0][2:])) for step in (-1, 1)]
        values = [each.value for each in beside if each is not None and each.value is not None]
        if len(values) < 2 or sum(values, Decimal(0)) % 2:
            return None
        value = sum(values, Decimal(0)) / 2
        return None if value == found[1].value else {found[0]: replace(found[1], value=value)}

    def _missing_province(self, name: str) -> Change | None:
        provinces = {unit.code for unit in Gazetteer.load().provinces(self.catalogue.year)}
        rows = self.store.cubes[name].rows
        here = sorted({codes[0] for codes in rows} & provinces)
        if not here:
            return None
        place = self.draw.choice(here)
        return {codes: None for codes in rows if codes[0] == place}


class Referee:
    """Says whether a fault breaks a declaration: identities, means, bounds, ranges around the cells it changed, one by one."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.patterns = derive_patterns(catalogue)
        self.means = mean_patterns(catalogue)

    def breaks(self, fault: Fault, store: ObservationStore) -> bool:
        """Whether something declared holds no more, beyond its tolerance, with all its figures there."""
        return any(self._out_of_range(fault)) or self._broken_sum(fault, store) or self._broken_mean(fault, store)

    def _out_of_range(self, fault: Fault) -> Iterator[bool]:
        least, most = limits(self.catalogue, self.catalogue.cubes[fault.cube])
        for observation in fault.change.values():
            value = None if observation is None else observation.value
            yield value is not None and ((least is not None and value < least) or (most is not None and value > most))

    def _broken_sum(self, fault: Fault, store: ObservationStore) -> bool:
        for pattern in self.patterns:
            if not any(term.cube.name == fault.cube for term in pattern.terms):
                continue
            if pattern.total.cube.name not in store.cubes:
                continue
            for codes in self._near(fault, store.cubes[pattern.total.cube.name], pattern.total.fix):
                identity = pattern.at(codes)
                if identity is None:
                    continue
                touched = [term for term in identity.terms if term.cube.name == fault.cube and term.codes in fault.change]
                if not touched:
                    continue
                total = Decimal(0)
                complete = True
                for term in identity.terms:
                    observations = store.cubes.get(term.cube.name)
                    found = observations.rows.get(term.codes) if observations else None
                    void = term.cube.is_void(dict(zip(term.cube.dimension_names, term.codes, strict=True)))
                    complete &= found is not None or void
                    total += term.sign * ((found.value if found else None) or Decimal(0))
                half = Decimal("0.5").scaleb(-pattern.total.cube.decimals) * len(identity.terms)
                tolerance = half if any(term.cube.rounded for term in identity.terms) else Decimal(0)
                wrong = total < 0 if pattern.sense is Sense.NOT_NEGATIVE else abs(total) > tolerance
                if complete and wrong:
                    return True
        return False

    def _near(self, fault: Fault, observations: CubeObservations, fix: Mapping[str, str]) -> Iterator[Codes]:
        """Keys of a total that could have a changed cell among its terms: same period, at the pattern's codes."""
        names = observations.cube.dimension_names
        periods = {codes[1] for codes in fault.change}
        wanted = [(names.index(name), code) for name, code in fix.items()]
        for codes in observations.rows:
            if codes[1] in periods and all(codes[position] == code for position, code in wanted):
                yield codes

    def _broken_mean(self, fault: Fault, store: ObservationStore) -> bool:
        for pattern in self.means:
            cube = pattern.total.cube
            if fault.cube not in (cube.name, cube.weight) or cube.name not in store.cubes:
                continue
            for codes in self._near(fault, store.cubes[cube.name], pattern.total.fix):
                identity = pattern.at(codes)
                parts = [term.codes for term in identity.terms[1:]] if identity else []
                if parts and self._mean_is_wrong(codes, parts, cube.name, store):
                    return True
        return False

    def _mean_is_wrong(self, total: Codes, parts: list[Codes], name: str, store: ObservationStore) -> bool:
        cube = self.catalogue.cubes[name]
        rows = store.cubes[name].rows
        names = cube.dimension_names
        parts = [part for part in parts if not cube.is_void(dict(zip(names, part, strict=True)))]
        if any(part not in rows for part in parts):
            return False
        values = [rows[part].value for part in parts]
        observed = rows[total].value
        known = [value for value in values if value is not None]
        if observed is None or not known:
            return False
        if cube.weight is None or cube.weight not in store.cubes:
            return not min(known) <= observed <= max(known)
        weights = self.catalogue.cubes[cube.weight]
        heads = []
        for part in parts:
            own = dict(zip(names, part, strict=True))
            key = tuple(own.get(d.name) or (d.codelist and d.codelist.total) or "" for d in weights.dimensions)
            found = store.cubes[cube.weight].rows.get(key)
            if found is None or found.value is None:
                return False
            heads.append(found.value)
        whole = sum(heads, Decimal(0))
        if not whole or any(value is None for value in values):
            return False
        moment = sum((w * (observed - (v or Decimal(0))) for w, v in zip(heads, values, strict=True)), Decimal(0))
        return abs(moment) > abs(whole) * Decimal(1).scaleb(-cube.decimals)

"""The arithmetic of the catalogue over figures that were read: checksums that place figures and find misread ones."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from rendiconto.catalogue.declarations import Catalogue, Cube
from rendiconto.catalogue.formulas import Operand
from rendiconto.catalogue.gridplan import Codes, PlannedCell
from rendiconto.catalogue.identities import Identity, Sense, derive_identities, sum_tolerance
from rendiconto.catalogue.inputs import input_key
from rendiconto.document.values import Status
from rendiconto.italian.numbers import round_half_away

Cell = tuple[str, Codes]
Known = Mapping[Cell, Decimal]
"""Figures as addends (nil is zero); what is missing or confidential is not there."""


@dataclass(frozen=True, slots=True)
class Sum:
    """An identity as a checksum."""

    identity: Identity

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells it binds, the total first."""
        return tuple((term.cube.name, term.codes) for term in self.identity.terms)

    @property
    def because(self) -> str:
        """The declaration it follows from."""
        return self.identity.because

    def holds(self, known: Known) -> bool | None:
        """Whether it holds; None where a figure is unknown."""
        residual = Decimal(0)
        for term in self.identity.terms:
            value = known.get((term.cube.name, term.codes))
            if value is None:
                return None
            residual += term.sign * value
        if self.identity.sense is Sense.NOT_NEGATIVE:
            return residual >= 0
        terms = self.identity.terms
        decimals = terms[0].cube.unit_at(terms[0].codes)[1]
        return abs(residual) <= sum_tolerance((term.cube for term in terms), decimals, len(terms))


@dataclass(frozen=True, slots=True)
class Derived:
    """A derived figure and what it is computed from, as a checksum."""

    cube: Cube
    codes: Codes
    inputs: tuple[Cell, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The figure and its inputs."""
        return ((self.cube.name, self.codes), *self.inputs)

    @property
    def because(self) -> str:
        """The kind of formula."""
        return type(self.cube.formula).__name__.lower()

    def holds(self, known: Known) -> bool | None:
        """Whether the printed figure is the computed one at its decimals; None where a figure is unknown."""
        own = known.get((self.cube.name, self.codes))
        values = [known.get(cell) for cell in self.inputs]
        if own is None or self.cube.formula is None or any(value is None for value in values):
            return None
        result = self.cube.formula.evaluate([Operand(value=value, status=Status.NORMAL) for value in values])
        return round_half_away(result.number, self.cube.decimals) == round_half_away(own, self.cube.decimals)


Checksum = Sum | Derived


class Arithmetic:
    """The checksums of all cells that a report prints."""

    def __init__(self, catalogue: Catalogue, planned: Iterable[PlannedCell]) -> None:
        keys: dict[str, set[Codes]] = defaultdict(set)
        for cell in planned:
            keys[cell.cube.name].add(cell.codes)
        self.checksums: list[Checksum] = [Sum(identity) for identity in derive_identities(catalogue, keys)]
        self.checksums.extend(_derived(catalogue, keys))
        self._by_cell: dict[Cell, list[Checksum]] = defaultdict(list)
        for checksum in self.checksums:
            for bound in checksum.cells:
                self._by_cell[bound].append(checksum)

    def touching(self, cells: Iterable[Cell]) -> list[Checksum]:
        """The checksums that bind any of these cells, each once."""
        found = {id(checksum): checksum for cell in cells for checksum in self._by_cell.get(cell, ())}
        return list(found.values())

    def verdicts(self, cells: Iterable[Cell], known: Known) -> tuple[int, int]:
        """How many of the checksums that bind these cells hold, and how many fail."""
        judged = [checksum.holds(known) for checksum in self.touching(cells)]
        return sum(verdict is True for verdict in judged), sum(verdict is False for verdict in judged)


def _derived(catalogue: Catalogue, keys: Mapping[str, set[Codes]]) -> Iterator[Derived]:
    for name in sorted(keys):
        cube = catalogue.cubes[name]
        if cube.formula is None:
            continue
        for codes in sorted(keys[name]):
            inputs = [input_key(catalogue, cube, codes, need) for need in cube.formula.inputs()]
            if all(at in keys.get(below.name, ()) for below, at in inputs):
                yield Derived(cube, codes, tuple((below.name, at) for below, at in inputs))

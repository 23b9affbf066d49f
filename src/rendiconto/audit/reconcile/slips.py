"""What somebody may have done to get a figure that is not ours: another year's or group's, digits exchanged, a scale."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from rendiconto.audit.reconcile.ours import SCALES, Ours, rounded_in
from rendiconto.catalogue.declarations import PERIOD, TERRITORY
from rendiconto.check.culprits import SLIPS, slip
from rendiconto.check.evidence import Cell
from rendiconto.findings import Severity
from rendiconto.italian.numbers import decimals_of
from rendiconto.territory import Gazetteer, Territory

_YEARS = 12
_TELLING = 10
"""The least value of a figure that is recognized among others."""
_LONG_ENOUGH = 3
"""Digits that a figure has at least for one of them to be a slip."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A likely slip in both languages. ``severity``: that of a figure which is as it was published."""

    said: str
    said_it: str
    severity: Severity | None = None


_CORRECTED = Slip("it is the published figure, corrected since", "è la cifra pubblicata, poi corretta", Severity.WARNING)
_DOUBTFUL = Slip(
    "it is published as well: only the source can say which is right",
    "anche questa è pubblicata: soltanto la fonte può dire quale sia giusta",
    Severity.INFO,
)


class Slips:
    """Finds the likely slip behind figures that differ from ours; remembers what stands around each of ours."""

    def __init__(self, ours: Ours) -> None:
        self.ours = ours
        self._around: dict[Cell, dict[Decimal, str]] = {}

    def likely(self, theirs: Decimal, cell: Cell) -> Slip | None:
        """The likely slip; None where nothing explains the figure."""
        value = self.ours.printed(cell)
        if value is None:
            return None
        corrected = self.ours.published(cell, theirs)
        if corrected is not None:
            return _CORRECTED if corrected else _DOUBTFUL
        neighbour = self._neighbours(cell).get(theirs) if abs(theirs) >= _TELLING else None
        if neighbour is not None:
            return Slip(f"it is the figure of {neighbour}", f"è la cifra di {neighbour}")
        return _of_the_hand(theirs, value) or _scaled(theirs, value)

    def _neighbours(self, cell: Cell) -> dict[Decimal, str]:
        """The figures at keys of the same cube that are another in one dimension: by value, what is other."""
        if cell not in self._around:
            found: dict[Decimal, str] = {}
            for position, dimension in enumerate(self.ours.cube(cell).dimensions):
                for code, label in self._others(dimension.name, cell, position):
                    value = self.ours.printed((cell[0], (*cell[1][:position], code, *cell[1][position + 1 :])))
                    if value is not None:
                        found.setdefault(value, label)
            self._around[cell] = found
        return self._around[cell]

    def _others(self, name: str, cell: Cell, position: int) -> Iterator[tuple[str, str]]:
        """The other codes of a dimension, with their labels."""
        own = cell[1][position]
        year = self.ours.catalogue.year
        if name == PERIOD:
            # The nearest years first.
            years = [at for step in range(1, _YEARS) for at in (int(own) - step, int(own) + step) if at <= year + 1]
            yield from ((str(at), str(at)) for at in years)
        elif name == TERRITORY:
            yield from ((unit.code, unit.name) for unit in self._territories if unit.code != own)
        else:
            dimension = self.ours.cube(cell).dimensions[position]
            codes = dimension.codelist.codes if dimension.codelist else {}
            yield from ((code.code, code.label) for code in codes.values() if code.code != own)

    @cached_property
    def _territories(self) -> tuple[Territory, ...]:
        """The territories that the report compares."""
        gazetteer, self_, year = Gazetteer.load(), self.ours.territory, self.ours.catalogue.year
        return (self_, gazetteer.region_of(self_, year), gazetteer.country(), *gazetteer.provinces_of(self_, year))


def _of_the_hand(theirs: Decimal, value: Decimal) -> Slip | None:
    kind = slip(theirs, value)
    digits = len(str(abs(value)).replace(".", ""))
    if not kind or (kind in SLIPS and kind != "sign" and digits < _LONG_ENOUGH):
        return None
    if kind in SLIPS:
        return Slip(*SLIPS[kind])
    times = kind[0] == "×"
    factor = kind[1:]
    return Slip(f"{'multiplied' if times else 'divided'} by {factor}", f"{'moltiplicata' if times else 'divisa'} per {factor}")


def _scaled(theirs: Decimal, value: Decimal) -> Slip | None:
    for scale in SCALES:
        if abs(theirs) >= 1 and abs(value) >= scale and rounded_in(value, scale, decimals_of(theirs)) == theirs:
            return Slip(f"in units of {scale}, which nothing says", f"in unità di {scale}, senza che sia detto")
    return None

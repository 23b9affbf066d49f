"""What somebody may have done to get a figure that is not ours: another year's or group's, digits exchanged, a scale."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from rendiconto.audit.reconcile.ours import SCALES, Ours, Verdict, rounded_in
from rendiconto.catalogue.declarations import PERIOD, TERRITORY
from rendiconto.check.culprits import SLIPS, slip
from rendiconto.check.evidence import Cell
from rendiconto.findings import Severity
from rendiconto.italian.numbers import decimals_of
from rendiconto.territory import Gazetteer

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


def likely_slip(ours: Ours, theirs: Decimal, cell: Cell) -> Slip | None:
    """The likely slip behind a figure that differs from ours; None where nothing explains it."""
    value = ours.printed(cell)
    if value is None:
        return None
    corrected = ours.published(cell, theirs)
    if corrected is not None:
        return _CORRECTED if corrected else _DOUBTFUL
    neighbour = next(_neighbours(ours, theirs, cell), None) if abs(theirs) >= _TELLING else None
    if neighbour is not None:
        return Slip(f"it is the figure of {neighbour[0]}", f"è la cifra di {neighbour[1]}")
    return _of_the_hand(theirs, value) or _scaled(theirs, value)


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


def _neighbours(ours: Ours, theirs: Decimal, cell: Cell) -> Iterator[tuple[str, str]]:
    """Keys of the same cube, another in one dimension, that have the figure: what is other, in both languages."""
    cube = ours.cube(cell)
    for position, dimension in enumerate(cube.dimensions):
        for code, label in _others(ours, dimension.name, cell, position):
            other = (cell[0], (*cell[1][:position], code, *cell[1][position + 1 :]))
            if ours.agrees(theirs, other) is Verdict.MATCHED:
                yield label, label


def _others(ours: Ours, name: str, cell: Cell, position: int) -> Iterator[tuple[str, str]]:
    """The other codes of a dimension, with their labels."""
    own = cell[1][position]
    year = ours.catalogue.year
    if name == PERIOD:
        # The nearest years first.
        at = int(own)
        years = [y for step in range(1, _YEARS) for y in (at - step, at + step) if y <= year + 1]
        yield from ((str(y), str(y)) for y in years)
    elif name == TERRITORY:
        gazetteer = Gazetteer.load()
        units = [gazetteer.region_of(ours.territory, year), gazetteer.country(), *gazetteer.provinces_of(ours.territory, year)]
        yield from ((unit.code, unit.name) for unit in (ours.territory, *units) if unit.code != own)
    else:
        dimension = ours.cube(cell).dimensions[position]
        codes = dimension.codelist.codes if dimension.codelist else {}
        yield from ((code.code, code.label) for code in codes.values() if code.code != own)

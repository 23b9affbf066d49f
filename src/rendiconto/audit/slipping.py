"""Whether a figure in words could be a slip of the one that it is set beside, or is more likely about something else."""

from decimal import Decimal
from typing import Final

from rendiconto.audit.binding import Data
from rendiconto.catalogue.declarations import Cube
from rendiconto.check.claims import Claim, Operation, Quantity

_WHOLE: Final = 100
_FAR: Final = 10
"""Figures that differ by a factor of this are seldom a slip of each other: more often the sentence is about something else."""


class Slipping:
    """Answers for one report's figures."""

    def __init__(self, data: Data) -> None:
        self.data = data
        self._figures: dict[str, frozenset[Decimal]] = {}

    def is_likely(self, claim: Claim, right: Decimal | None) -> bool:
        """Whether who wrote a figure may have meant the right one: not far from it, another of its cube, or of its digits."""
        quantity = claim.quantity
        if all(cube.is_rate and self.data.figure(cube, codes)[0] == _WHOLE for cube, codes in claim.cells):
            return False  # what is made up of parts is always 100 %: no sentence speaks of that
        if claim.operation is not Operation.VALUE or quantity is None or not quantity.value or not right:
            return True
        if quantity.step < 1 and not quantity.scaled and not any(cube.unit_at(codes)[1] for cube, codes in claim.cells):
            return False  # "1.871,9" counts nothing
        stated, meant = abs(quantity.value), abs(right)
        if max(stated, meant) < _FAR * min(stated, meant):
            return True
        return _is_scaled(quantity, meant) or any(self._has(cube, quantity) for cube, _ in claim.cells)

    def _has(self, cube: Cube, quantity: Quantity) -> bool:
        """Whether a figure is one of a cube's, of whatever place, year and code."""
        if cube.name not in self._figures:
            rows = self.data.resolver.store.cubes.get(cube.name)
            values = (row.value for row in rows.rows.values()) if rows is not None else ()
            self._figures[cube.name] = frozenset(abs(value) for value in values if value is not None)
        return any(abs(value - abs(quantity.value)) <= quantity.step / 2 for value in self._figures[cube.name])


def _is_scaled(quantity: Quantity, meant: Decimal) -> bool:
    """Whether two figures have the same digits, as far as they are given: "31,9 mila euro" for 31,9 million."""
    apart = meant.adjusted() - quantity.value.adjusted()
    return abs(abs(quantity.value).scaleb(apart) - meant) <= quantity.step.scaleb(apart) / 2

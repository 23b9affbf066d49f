"""Culprits: which one cell explains several sums that do not hold, and what would mend it.

A wrong figure breaks every sum that it stands in, each by the same amount; a right one that merely stands beside it breaks one
and holds in the others. So each cell is tried: the sums that one change of it would mend, less those that the change would
break. Among equals, the change that a slip of the hand makes comes first (a digit, two digits exchanged, a scale, a sign),
then the one that brings the figure nearer to its other years.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from rendiconto.catalogue.declarations import PERIOD
from rendiconto.check.evidence import Cell, Evidence, Violation, printed_decimals
from rendiconto.check.sums import participation
from rendiconto.italian.numbers import decimals_of

SLIP_SCALES = (Decimal(10), Decimal(100), Decimal(1000), Decimal(1_000_000))


@dataclass(frozen=True, slots=True)
class Mend:
    """A change of one cell that mends some sums: their positions, the value that would do, and the slip if it is one."""

    cell: Cell
    mended: Decimal
    explains: tuple[int, ...]
    breaks: int
    slip: str
    nearness: Decimal

    @property
    def rank(self) -> tuple[int, int, Decimal]:
        """Larger is more likely."""
        return (len(self.explains) - self.breaks, int(bool(self.slip)), self.nearness)


def find_culprits(evidence: Evidence, violations: Sequence[Violation]) -> dict[int, Mend]:
    """For each violated sum (by position) the mend of its likely culprit."""
    open_sums = {position for position, violation in enumerate(violations) if violation.signs and violation.residual}
    if not open_sums:
        return {}
    stands_in = _standing(violations, open_sums)
    counts = participation(evidence)
    found: dict[int, Mend] = {}
    # The best is taken, what it explains is set aside, and the rest is looked at again: faults are few and far apart.
    trials = {cell: _try(evidence, cell, violations, stands_in[cell], counts) for cell in stands_in}
    while open_sums:
        cell = max(trials, key=lambda each: (trials[each].rank, each))
        best = trials[cell]
        for position in best.explains:
            found[position] = best
        open_sums -= set(best.explains)
        touched = {cell for position in best.explains for cell in violations[position].cells}
        for other in touched:
            left = [position for position in stands_in[other] if position in open_sums]
            if left:
                trials[other] = _try(evidence, other, violations, left, counts)
            else:
                trials.pop(other, None)
    return found


def _standing(violations: Sequence[Violation], open_sums: Iterable[int]) -> dict[Cell, list[int]]:
    stands_in: dict[Cell, list[int]] = {}
    for position in sorted(open_sums):
        for cell in violations[position].cells:
            stands_in.setdefault(cell, []).append(position)
    return stands_in


def _try(
    evidence: Evidence, cell: Cell, violations: Sequence[Violation], positions: list[int], counts: Mapping[str, np.ndarray]
) -> Mend:
    """The one change of a cell that mends most of the sums it stands in."""
    changes = Counter(_change(violations[position], cell) for position in positions)
    observed = evidence.value(cell)[0] or Decimal(0)
    mends = []
    for change, _ in changes.most_common(3):
        explains = tuple(p for p in positions if _change(violations[p], cell) == change)
        row = evidence.arrays.cubes[cell[0]].row_of(cell[1])
        breaks = int(counts[cell[0]][row]) - len(explains)
        mended = observed + change
        mends.append(Mend(cell, mended, explains, breaks, slip(observed, mended), _nearness(evidence, cell, observed, mended)))
    return max(mends, key=lambda mend: mend.rank)


def _change(violation: Violation, cell: Cell) -> Decimal:
    """What must be added to the cell for the sum to hold."""
    sign = violation.signs[violation.cells.index(cell)]
    return (-sign * violation.residual).normalize()


def slip(observed: Decimal, mended: Decimal) -> str:
    """Which slip of the hand turns the right value into the one observed; empty when none does.

    Scale (×10 …), sign, one digit mistyped, left out or doubled, two neighbouring digits exchanged.
    """
    if mended == -observed and observed:
        return "sign"
    for scale in SLIP_SCALES if mended and observed else ():
        if mended * scale == observed:
            return f"×{scale}"
        if mended == observed * scale:
            return f"÷{scale}"
    return "" if mended < 0 <= observed else _digit_slip(observed, mended)


def _digit_slip(observed: Decimal, mended: Decimal) -> str:
    """A slip among the digits, as both are printed with the same decimals."""
    places = max(decimals_of(observed), decimals_of(mended))
    one, two = (f"{abs(value):.{places}f}".replace(".", "") for value in (observed, mended))
    if len(one) == len(two):
        apart = [index for index, (a, b) in enumerate(zip(one, two, strict=True)) if a != b]
        if len(apart) == 1:
            return "digit"
        neighbours = len(apart) == 2 and apart[1] == apart[0] + 1
        crossed = neighbours and (one[apart[0]], one[apart[1]]) == (two[apart[1]], two[apart[0]])
        return "digits exchanged" if crossed else ""
    shorter, longer = sorted((one, two), key=len)
    if len(longer) == len(shorter) + 1 and any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer))):
        return "digit left out" if len(one) < len(two) else "digit too many"
    return ""


SLIPS = {
    "sign": ("the sign", "il segno"),
    "digit": ("one digit", "una cifra"),
    "digits exchanged": ("two digits exchanged", "due cifre scambiate"),
    "digit left out": ("a digit left out", "una cifra in meno"),
    "digit too many": ("a digit too many", "una cifra in più"),
}
"""Slips in English and Italian."""


def _nearness(evidence: Evidence, cell: Cell, observed: Decimal, mended: Decimal) -> Decimal:
    """How much nearer the change brings the figure to the same one of other years, as a part of that figure."""
    cube = evidence.catalogue.cubes[cell[0]]
    at = cube.dimension_names.index(PERIOD)
    gains = []
    for step in (-1, 1):
        period = str(int(cell[1][at]) + step)
        other, _ = evidence.value((cell[0], (*cell[1][:at], period, *cell[1][at + 1 :])))
        if other:
            gains.append((abs(observed - other) - abs(mended - other)) / abs(other))
    if mended < 0 <= observed:
        gains.append(Decimal(-1))
    smallest = Decimal(1).scaleb(-printed_decimals(cube, cell[1]))
    return sum(gains, Decimal(0)) / max(len(gains), 1) if gains else -abs(mended - observed) / max(abs(observed), smallest)

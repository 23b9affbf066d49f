"""Signed sums: totals against parts, regions against provinces, declared relations, bounds, and what a missing part must be.

Tolerance follows from printed digits alone: a measure declared ``rounded`` may depart from a sum by half a unit of its last
printed decimal for each term; exact counts and amounts may not depart at all. A difference within tolerance is ``info``.
"""

from collections.abc import Iterator
from decimal import Decimal

import numpy as np

from rendiconto.catalogue.identities import IdentityKind, Sense, sum_tolerance
from rendiconto.check.arrays import ABSENT, Evaluated
from rendiconto.check.evidence import Cell, Evidence, Violation, array_value, cells_of, printed_decimals
from rendiconto.findings import Severity
from rendiconto.observations.columns import MISSING


def find_sums(evidence: Evidence) -> Iterator[Violation]:
    """A code of a codelist that is not the sum of its parts."""
    yield from _broken(evidence, IdentityKind.SUM)


def find_territory_sums(evidence: Evidence) -> Iterator[Violation]:
    """A region that is not the sum of its provinces, an Italy that is not that of its regions."""
    yield from _broken(evidence, IdentityKind.TERRITORY)


def find_relations(evidence: Evidence) -> Iterator[Violation]:
    """A line of ``relations.yaml`` that does not hold."""
    yield from _broken(evidence, IdentityKind.RELATION)


def find_bounds(evidence: Evidence) -> Iterator[Violation]:
    """A part larger than the whole it is within, or a declared bound that is passed."""
    yield from _broken(evidence, IdentityKind.BOUND)


def _broken(evidence: Evidence, kind: IdentityKind) -> Iterator[Violation]:
    for entry in evidence.evaluated:
        if entry.pattern.kind is kind:
            wrong = entry.residual != 0 if entry.pattern.sense is Sense.VANISH else entry.residual < 0
            for position in entry.take(entry.complete & wrong):
                yield _violation(entry, position)


def _violation(entry: Evaluated, position: int) -> Violation:
    signed = cells_of(entry, position)
    sign, total = signed[0]
    residual = Decimal(int(entry.residual[position])).scaleb(-entry.scale)
    observed = array_value(entry.arrays[0], int(entry.rows[0][position]))
    decimals = printed_decimals(entry.pattern.total.cube, total[1])
    tolerance = sum_tolerance((term.cube for term in entry.pattern.terms), decimals, len(signed))
    return Violation(
        cells=tuple(cell for _, cell in signed),
        observed=observed,
        expected=observed - sign * residual,
        tolerance=tolerance,
        decimals=max(decimals, entry.scale if residual % 1 else 0),
        because=entry.pattern.because,
        severity=Severity.INFO if abs(residual) <= tolerance else None,
        signs=tuple(sign for sign, _ in signed) if entry.pattern.sense is Sense.VANISH else (),
    )


def find_implied(evidence: Evidence) -> Iterator[Violation]:
    """The one part that nobody delivered, where total and other parts say what it must be (never beside a hidden one)."""
    for entry in evidence.evaluated:
        if entry.pattern.sense is Sense.VANISH and entry.pattern.kind in (IdentityKind.SUM, IdentityKind.TERRITORY):
            one = (entry.absent == 1) & ~entry.hidden
            for position in entry.take(one):
                yield from _implied(entry, position)


def _implied(entry: Evaluated, position: int) -> Iterator[Violation]:
    identity = entry.pattern.at(entry.codes_at(position))
    assert identity is not None
    for place, term in enumerate(identity.terms):
        row = int(entry.rows[place][position])
        unknown = row == ABSENT or entry.arrays[place].columns.status[row] == MISSING
        if unknown and not term.cube.is_void(dict(zip(term.cube.dimension_names, term.codes, strict=True))):
            value = -term.sign * Decimal(int(entry.residual[position])).scaleb(-entry.scale)
            cell: Cell = (term.cube.name, term.codes)
            others = tuple(other for _, other in cells_of(entry, position) if other != cell)
            decimals = printed_decimals(term.cube, term.codes)
            yield Violation(
                cells=(cell, *others),
                expected=value,
                tolerance=sum_tolerance((part.cube for part in entry.pattern.terms), decimals, len(others)),
                decimals=decimals,
                because=entry.pattern.because,
            )
            return


def participation(evidence: Evidence) -> dict[str, np.ndarray]:
    """For each observation of each cube, in how many complete vanishing sums it stands."""
    counts = {name: np.zeros(len(array), dtype=np.int64) for name, array in evidence.arrays.cubes.items()}
    for entry in evidence.evaluated:
        if entry.pattern.sense is Sense.VANISH:
            for array, rows in zip(entry.arrays, entry.rows, strict=True):
                held = rows[entry.complete & (rows != ABSENT)]
                counts[array.cube.name] += np.bincount(held, minlength=len(array))
    return counts

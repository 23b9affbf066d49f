"""Ranges: no count below zero, no share outside 0 and 100, shares of one whole that make 100, rates that fit each other."""

from collections.abc import Iterator
from decimal import Decimal

import numpy as np

from rendiconto.catalogue.declarations import Catalogue, Cube
from rendiconto.catalogue.formulas import Share
from rendiconto.catalogue.identities import IdentityKind, Pattern, PatternTerm
from rendiconto.check.arrays import CubeArrays, Evaluated, Rows
from rendiconto.check.evidence import Evidence, Violation, array_value, cells_of, printed_decimals
from rendiconto.observations.columns import NORMAL

HALF = Decimal("0.5")
HUNDRED = Decimal(100)


def find_out_of_range(evidence: Evidence) -> Iterator[Violation]:
    """A value below the least or above the most that its unit (or its cube) can be."""
    for array in evidence.arrays.cubes.values():
        least, most = limits(evidence.catalogue, array.cube)
        scale = array.columns.scale
        normal = array.columns.status == NORMAL
        for bound, wrong in (
            (least, None if least is None else array.columns.values < int(least.scaleb(scale))),
            (most, None if most is None else array.columns.values > int(most.scaleb(scale))),
        ):
            if wrong is not None and bound is not None:
                yield from (_out_of_range(array, int(row), bound) for row in np.flatnonzero(wrong & normal))


def limits(catalogue: Catalogue, cube: Cube) -> tuple[Decimal | None, Decimal | None]:
    """The least and the most that a cube's values can be: its own word, else its unit's; a signed measure has neither."""
    if is_signed(catalogue, cube):
        return None, None
    unit = catalogue.units[cube.unit]
    return unit.least, unit.most if cube.bounded else None


def is_signed(catalogue: Catalogue, cube: Cube) -> bool:
    """Whether values may be negative: balances, differences, and what is made of them."""
    if cube.formula is None:
        return False
    if cube.formula.signed:
        return True
    return any(is_signed(catalogue, catalogue.cubes[need.cube]) for need in cube.formula.inputs())


def _out_of_range(array: CubeArrays, row: int, bound: Decimal) -> Violation:
    codes = array.columns.key(row)
    decimals = printed_decimals(array.cube, codes)
    cells = ((array.cube.name, codes),)
    return Violation(cells, array_value(array, row), bound, Decimal(0), decimals, f"{array.cube.name}: limit {bound}")


def find_not_hundred(evidence: Evidence) -> Iterator[Violation]:
    """Published shares of the parts of one whole that do not make 100 within their rounding."""
    for name, array in evidence.arrays.cubes.items():
        for pattern in _whole_patterns(evidence.catalogue.cubes[name]):
            entry = evidence.arrays.evaluate(pattern)
            if entry is None:
                continue
            # The first term stands in twice, once to give the keys: it has no sign.
            for position in entry.take(entry.complete & (entry.residual != 0)):
                total = Decimal(int(entry.residual[position])).scaleb(-entry.scale)
                cells = tuple(dict.fromkeys(cell for _, cell in cells_of(entry, position)))
                normal = [cell for cell in cells if evidence.value(cell)[0] is not None]
                tolerance = HALF.scaleb(-array.cube.decimals) * len(normal)
                if abs(total - HUNDRED) > tolerance:
                    yield Violation(cells, total, HUNDRED, tolerance, array.cube.decimals, pattern.because)


def _whole_patterns(cube: Cube) -> Iterator[Pattern]:
    """For each dimension that a share divides (its whole stands at the total there, its part does not): all the parts."""
    if not isinstance(cube.formula, Share):
        return
    part, whole = cube.formula.inputs()
    for dimension in cube.dimensions:
        if dimension.codelist is None or dimension.name not in whole.fix or dimension.name in part.fix:
            continue
        parts = dimension.codelist.codes[whole.fix[dimension.name]].sum
        if parts:
            # Along the whole's other fixed dimensions the shares stand at the total too.
            held = {name: code for name, code in whole.fix.items() if name != dimension.name and name not in part.fix}
            at = [{**held, dimension.name: code} for code in parts]
            terms = (PatternTerm(0, cube, at[0]), *(PatternTerm(1, cube, fix) for fix in at))
            because = f"{dimension.name}: {' + '.join(parts)} = 100"
            yield Pattern(IdentityKind.SUM, terms, because, along=dimension.name)


def find_rates(evidence: Evidence) -> Iterator[Violation]:
    """Rates of the same persons that contradict each other: (100 − first) × (100 − second) is 100 × the rate they give."""
    for relation in evidence.catalogue.rates.values():
        cubes = [evidence.catalogue.cubes[name] for name in (relation.gives, *relation.complements)]
        terms = tuple(PatternTerm(1, cube, {}) for cube in cubes)
        entry = evidence.arrays.evaluate(Pattern(IdentityKind.RELATION, terms, relation.because))
        if entry is None:
            continue
        for position in entry.take(entry.complete):
            cells = tuple(cell for _, cell in cells_of(entry, position))
            codes = dict(zip(cubes[0].dimension_names, cells[0][1], strict=True))
            if any(codes.get(name) == code for name, code in relation.without.items()):
                continue
            given, first, second = (array_value(array, int(rows[position])) for array, rows in _pairs(entry))
            expected = (HUNDRED - first) * (HUNDRED - second) / HUNDRED
            # Each rate may be off by half its last decimal; products of two such errors are beneath notice.
            half = [HALF.scaleb(-cube.decimals) for cube in cubes]
            tolerance = half[0] + (half[1] * (HUNDRED - second) + half[2] * (HUNDRED - first)) / HUNDRED
            if abs(given - expected) > tolerance:
                decimals = cubes[0].decimals
                shown = expected.quantize(Decimal(1).scaleb(-decimals))
                yield Violation(cells, given, shown, tolerance, decimals, relation.because)


def _pairs(entry: Evaluated) -> Iterator[tuple[CubeArrays, Rows]]:
    return zip(entry.arrays, entry.rows, strict=True)

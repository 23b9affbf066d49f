"""Published derived figures against their inputs, compared as printed.

Shares and balances over whole cubes are screened in whole numbers; what differs, and every other formula, is computed by the
same resolver that composes the report, so that the judgement is one.
"""

from collections.abc import Iterator
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from rendiconto.catalogue.declarations import Cube
from rendiconto.catalogue.formulas import Balance, InputModel, Share
from rendiconto.catalogue.gridplan import Codes
from rendiconto.catalogue.identities import IdentityKind, Pattern, PatternTerm
from rendiconto.catalogue.inputs import input_key
from rendiconto.check.arrays import CubeArrays, Evaluated
from rendiconto.check.evidence import Evidence, Violation
from rendiconto.document.values import Status
from rendiconto.italian.numbers import round_half_away
from rendiconto.observations.columns import NORMAL, scaled

HALF = Decimal("0.5")


def find_published(evidence: Evidence) -> Iterator[Violation]:
    """A published derived figure that its inputs do not give."""
    for array in evidence.arrays.cubes.values():
        cube = array.cube
        if cube.formula is None:
            continue
        for row in np.flatnonzero(~_agrees(evidence, array)):
            found = _compare(evidence, cube, array, int(row))
            if found is not None:
                yield found


def _agrees(evidence: Evidence, array: CubeArrays) -> npt.NDArray[np.bool_]:
    """Where a figure surely equals the one computed; False asks for a closer look."""
    sure = np.zeros(len(array), dtype=bool)
    formula = array.cube.formula
    if not isinstance(formula, Share | Balance) or array.columns.scale > array.cube.decimals:
        return sure
    signs = (1, 1) if isinstance(formula, Share) else (1,) * len(formula.plus) + (-1,) * len(formula.minus)
    terms = tuple(_term(evidence, sign, need) for sign, need in zip(signs, formula.inputs(), strict=True))
    entry = evidence.arrays.evaluate(Pattern(IdentityKind.RELATION, (PatternTerm(0, array.cube, {}), *terms), "formula"))
    if entry is None:
        return sure
    own = scaled(array.columns.values, array.columns.scale, array.cube.decimals)
    normal = array.columns.status == NORMAL
    computed, usable = (
        _share(entry, array.cube.decimals) if isinstance(formula, Share) else _balance(entry, array.cube.decimals)
    )
    sure[:] = usable & normal & entry.complete & (computed == own)
    return sure


def _term(evidence: Evidence, sign: int, need: InputModel) -> PatternTerm:
    return PatternTerm(sign, evidence.catalogue.cubes[need.cube], need.fix)


def _share(entry: Evaluated, decimals: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """100 × part / whole, rounded half away from zero, in units of the last printed decimal."""
    part, whole = (_at(entry, place) for place in (1, 2))
    factor = 200 * 10**decimals
    usable = (whole > 0) & (np.abs(part) < np.iinfo(np.int64).max // factor // 2)
    safe = np.where(usable, whole, 1)
    doubled = np.where(usable, np.abs(part), 0) * factor
    return np.sign(part) * ((doubled + safe) // (2 * safe)), usable


def _balance(entry: Evaluated, decimals: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    usable = np.full(len(entry.residual), entry.scale <= decimals)
    return entry.residual * 10 ** max(decimals - entry.scale, 0), usable


def _at(entry: Evaluated, place: int) -> npt.NDArray[np.int64]:
    array = entry.arrays[place]
    return scaled(array.columns.values, array.columns.scale, entry.scale)[np.maximum(entry.rows[place], 0)]


def _compare(evidence: Evidence, cube: Cube, array: CubeArrays, row: int) -> Violation | None:
    codes: Codes = array.columns.key(row)
    observation = evidence.store.get(cube.name, codes)
    computed = evidence.resolver.computed(cube, codes)
    if computed is None or observation is None or observation.status is Status.CONFIDENTIAL:
        return None
    if computed.status is Status.CONFIDENTIAL or _mended(evidence, cube, codes):
        return None
    decimals = cube.decimals
    expected = None if computed.value is None else round_half_away(computed.value, decimals)
    if expected == observation.value:
        return None
    below = (input_key(evidence.catalogue, cube, codes, need) for need in cube.formula.inputs()) if cube.formula else ()
    cells = ((cube.name, codes), *((source.name, at) for source, at in below))
    return Violation(
        cells=tuple(dict.fromkeys(cells)),
        observed=observation.value,
        expected=expected,
        tolerance=HALF.scaleb(-decimals),
        decimals=decimals,
        because=type(cube.formula).__name__.lower(),
    )


def _mended(evidence: Evidence, cube: Cube, codes: Codes) -> bool:
    """Whether an erratum already says what is wrong with the figure (only when errata apply)."""
    entries = evidence.resolver.errata.get((cube.name, codes), [])
    return not evidence.as_published and any(erratum.part is None for erratum in entries)

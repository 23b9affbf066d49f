"""Whether a claim holds: the one judgement that the writer of sentences and their auditor both ask for.

A claim stands on cells of cubes. Comparisons are made at printed decimals; a figure in words is bound by the digits given and
by its hedge alone. A claim over a confidential or missing figure is not checkable, and says only that.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Final

from rendiconto.catalogue.declarations import Cube
from rendiconto.catalogue.gridplan import Codes
from rendiconto.document.claims import Verdict
from rendiconto.document.values import Status
from rendiconto.italian.lexicon import SIZES, Direction, Hedge
from rendiconto.italian.numbers import round_half_away

Cell = tuple[Cube, Codes]
Figures = Callable[[Cube, Codes], tuple[Decimal | None, Status]]
"""The figure at a key at its printed decimals, and its status."""


class Operation(StrEnum):
    """What a claim says of its cells."""

    VALUE = "value"  # the figure (several cells: their sum)
    DIFFERENCE = "difference"  # of − base; cells: base, of
    GROWTH = "growth"  # per cent change; cells: base, of
    SHARE = "share"  # part per 100 of whole; cells: part, whole (several: their sum)
    RATIO = "ratio"  # how many times; cells: numerator, denominator
    DIRECTION = "direction"  # up, down or level; cells: base, of (four: part and whole of each, a share's change)
    TREND = "trend"  # over a series; cells in the order of periods
    COMPARISON = "comparison"  # more, less or equal; cells: this, other (four: part and whole of each)
    PACE = "pace"  # one change in per cent set against another; cells: base, of, base of the other, of of the other
    LIKENESS = "likeness"  # two changes go the same way (down: different ways); cells as for pace
    SIGN = "sign"  # above or below nought; each cell
    EXTREME = "extreme"  # the most or least of all; cells: the one named, then the others
    RANK = "rank"  # which place from the top (down: from the bottom); cells as for an extreme


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure in words: its value, the step that its digits and scale leave, its hedge.

    ``scaled``: told in thousands or millions. ``signed``: a sign is written.
    """

    value: Decimal
    step: Decimal
    hedge: Hedge = Hedge.NONE
    percent: bool = False
    scaled: bool = False
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """An operation on cells, and what is said of its result."""

    operation: Operation
    cells: tuple[Cell, ...]
    quantity: Quantity | None = None
    direction: Direction | None = None
    degree: str = ""
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, the right figure (of the operation) where there is one, and notes: "truncated", "overstated"."""

    verdict: Verdict
    right: Decimal | None = None
    reason: str = ""
    note: str = ""


_SPREAD: Final = Decimal("0.2")
"""How far "oltre" and "quasi" may be from the figure, as part of it."""
_LEVEL_PERCENT: Final = Decimal(2)
_SMALL: Final = 30
"""Below so many units per cent say nothing: 5 days to 4 are −20 %."""
_LEVEL_POINTS: Final = Decimal("0.3")


def judge_claim(claim: Claim, figures: Figures) -> Judgement:
    """Whether the figures bear a claim out."""
    found = [figures(cube, codes) for cube, codes in claim.cells]
    if any(status is Status.CONFIDENTIAL for _, status in found):
        return Judgement(Verdict.NOT_CHECKABLE, reason="confidential")
    if not found or any(value is None and status is Status.MISSING for value, status in found):
        return Judgement(Verdict.NOT_CHECKABLE, reason="missing")
    values = [value if value is not None else Decimal(0) for value, _ in found]
    return _JUDGES[claim.operation](claim, values)


def _value(claim: Claim, values: list[Decimal]) -> Judgement:
    total = sum(values, Decimal(0))
    return _against(claim.quantity, total) if claim.direction is None else _signed(claim, total)


def _difference(claim: Claim, values: list[Decimal]) -> Judgement:
    base, of = values
    return _signed(claim, of - base)


def _growth(claim: Claim, values: list[Decimal]) -> Judgement:
    base, of = values
    if not base:
        return Judgement(Verdict.NOT_CHECKABLE, reason="no base")
    return _signed(claim, 100 * (of - base) / abs(base))


def _signed(claim: Claim, change: Decimal) -> Judgement:
    """A change or balance against a quantity that is told with a direction, or with a sign of its own."""
    quantity = claim.quantity
    if quantity is None:
        return Judgement(Verdict.NOT_CHECKABLE, reason="no figure")
    told = change if quantity.signed else abs(change)
    judged = _against(quantity, told)
    wrong_way = claim.direction is not None and claim.direction.value * change < 0
    if wrong_way and not quantity.signed:
        return Judgement(Verdict.CONTRADICTED, change)
    return Judgement(judged.verdict, change, judged.reason, judged.note)


def _share(claim: Claim, values: list[Decimal]) -> Judgement:
    part, whole = values[0], sum(values[1:], Decimal(0))
    if not whole:
        return Judgement(Verdict.NOT_CHECKABLE, reason="no base")
    return _against(claim.quantity, 100 * part / whole)


def _ratio(claim: Claim, values: list[Decimal]) -> Judgement:
    numerator, denominator = values
    if not denominator:
        return Judgement(Verdict.NOT_CHECKABLE, reason="no base")
    return _against(claim.quantity, numerator / denominator)


def _against(quantity: Quantity | None, true: Decimal) -> Judgement:
    if quantity is None:
        return Judgement(Verdict.NOT_CHECKABLE, true, "no figure")
    verdict, note = match_quantity(quantity, true)
    return Judgement(Verdict.SUPPORTED if verdict else Verdict.CONTRADICTED, true, note=note)


def match_quantity(quantity: Quantity, true: Decimal) -> tuple[bool, str]:
    """Whether a figure in words is the true one, by its step and hedge; a note where it was cut rather than rounded."""
    told, step = quantity.value, quantity.step
    margin = max(step, abs(told) * _SPREAD)
    bounds = {
        Hedge.OVER: told < true <= told + margin,
        Hedge.UNDER: told - margin <= true < told,
        Hedge.MORE: true > told,
        Hedge.LESS: true < told,
        Hedge.AT_LEAST: true >= told,
        Hedge.AT_MOST: true <= told,
    }
    if quantity.hedge in bounds:
        return bounds[quantity.hedge], ""
    if told % step:  # a fraction in words: a third is no multiple of anything
        return abs(abs(true) - told) <= step, ""
    if _to_step(true, step) == told:
        return True, ""
    cut = (abs(true) // step) * step * (-1 if true < 0 else 1)
    truncated = cut == told and (quantity.hedge is Hedge.ABOUT or quantity.scaled)
    return truncated, "truncated" if truncated else ""


def _to_step(value: Decimal, step: Decimal) -> Decimal:
    """Rounded half away from zero to a multiple of the step."""
    return round_half_away(value / step, 0) * step


def _two(claim: Claim, values: list[Decimal]) -> list[Decimal]:
    """The two figures that are set beside each other: as they are, or as shares of their wholes at a tenth of a point."""
    if len(claim.cells) == 2:
        return values
    wholes = values[1::2]
    return (
        [round_half_away(100 * part / whole, 1) for part, whole in zip(values[::2], wholes, strict=True)] if all(wholes) else []
    )


def _direction(claim: Claim, values: list[Decimal]) -> Judgement:
    two = _two(claim, values)
    if not two:
        return Judgement(Verdict.NOT_CHECKABLE, reason="no base")
    base, of = two
    change = of - base
    if claim.direction is Direction.LEVEL:
        return Judgement(_supported(_is_level(claim, base, of)), change)
    went = (change > 0) - (change < 0)
    verdict = _supported(claim.direction is not None and went == claim.direction.value)
    return Judgement(verdict, change, note=_overstated(claim, base, of) if verdict is Verdict.SUPPORTED else "")


def _is_level(claim: Claim, base: Decimal, of: Decimal) -> bool:
    if claim.cells[0][0].is_rate or len(claim.cells) > 2:
        return abs(of - base) <= max(_LEVEL_POINTS, claim.cells[0][0].steady)
    return of == base or (abs(base) >= _SMALL and abs(of - base) * 100 <= abs(base) * _LEVEL_PERCENT)


def _overstated(claim: Claim, base: Decimal, of: Decimal) -> str:
    """Whether a word of degree says more, or less, than the change: points for rates, else per cent, but not of few."""
    size = SIZES.get(claim.degree)
    rate = claim.cells[0][0].is_rate
    if size is None or not base or (not rate and max(abs(base), abs(of)) < _SMALL):
        return ""
    change = abs(of - base)
    measured = change * 10 if rate else 100 * change / abs(base)
    if size.least is not None and measured < size.least:
        return "overstated"
    return "understated" if size.most is not None and measured > size.most else ""


def _trend(claim: Claim, values: list[Decimal]) -> Judgement:
    steps = [(after > before) - (after < before) for before, after in pairwise(values)]
    if not steps:
        return Judgement(Verdict.NOT_CHECKABLE, reason="no series")
    if claim.direction is None:
        return Judgement(_supported({1, -1} <= set(steps)), values[-1] - values[0])
    if claim.direction is Direction.LEVEL:
        return Judgement(_supported(all(_is_level(claim, values[0], value) for value in values[1:])), values[-1] - values[0])
    against = sum(step != claim.direction.value for step in steps)
    overall = (values[-1] - values[0]) * claim.direction.value > 0
    return Judgement(_supported(overall and against <= (1 if claim.loose else 0)), values[-1] - values[0])


def _comparison(claim: Claim, values: list[Decimal]) -> Judgement:
    two = _two(claim, values)
    if not two:
        return Judgement(Verdict.NOT_CHECKABLE, reason="no base")
    this, other = two
    if claim.direction is Direction.LEVEL:
        return Judgement(_supported(this == other), this - other)
    sign = claim.direction.value if claim.direction is not None else 0
    verdict = _supported((this - other) * sign > 0)
    return Judgement(verdict, this - other, note=_overstated(claim, other, this) if verdict is Verdict.SUPPORTED else "")


def _pace(claim: Claim, values: list[Decimal]) -> Judgement:
    base, of, other_base, other_of = values
    if not base or not other_base:
        return Judgement(Verdict.NOT_CHECKABLE, reason="no base")
    ahead = 100 * (of - base) / abs(base) - 100 * (other_of - other_base) / abs(other_base)
    if claim.direction is Direction.LEVEL:
        return Judgement(_supported(abs(ahead) <= _LEVEL_PERCENT), ahead)
    return Judgement(_supported(claim.direction is not None and ahead * claim.direction.value > 0), ahead)


def _likeness(claim: Claim, values: list[Decimal]) -> Judgement:
    base, of, other_base, other_of = values
    change, other = of - base, other_of - other_base
    alike = change * other > 0 or change == other == 0
    return Judgement(_supported(alike is (claim.direction is not Direction.DOWN)), change)


def _sign(claim: Claim, values: list[Decimal]) -> Judgement:
    sign = claim.direction.value if claim.direction is not None else 0
    holds = all(value == 0 for value in values) if sign == 0 else all(value * sign > 0 for value in values)
    return Judgement(_supported(holds), values[-1])


def _extreme(claim: Claim, values: list[Decimal]) -> Judgement:
    named, others = values[0], values[1:]
    sign = claim.direction.value if claim.direction is not None else 1
    return Judgement(_supported(all(named * sign >= other * sign for other in others)), named)


def _rank(claim: Claim, values: list[Decimal]) -> Judgement:
    named, others = values[0], values[1:]
    sign = -1 if claim.direction is Direction.DOWN else 1
    ahead = sum(other * sign > named * sign for other in others)
    level = sum(other == named for other in others)
    told = claim.quantity.value if claim.quantity is not None else Decimal(0)
    # Of equals each may be called the first of them, or the last.
    return Judgement(_supported(ahead + 1 <= told <= ahead + 1 + level), Decimal(ahead + 1))


def _supported(holds: bool) -> Verdict:
    return Verdict.SUPPORTED if holds else Verdict.CONTRADICTED


_JUDGES: Final[dict[Operation, Callable[[Claim, list[Decimal]], Judgement]]] = {
    Operation.VALUE: _value,
    Operation.DIFFERENCE: _difference,
    Operation.GROWTH: _growth,
    Operation.SHARE: _share,
    Operation.RATIO: _ratio,
    Operation.DIRECTION: _direction,
    Operation.TREND: _trend,
    Operation.COMPARISON: _comparison,
    Operation.PACE: _pace,
    Operation.LIKENESS: _likeness,
    Operation.SIGN: _sign,
    Operation.EXTREME: _extreme,
    Operation.RANK: _rank,
}

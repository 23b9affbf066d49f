"""Round ticks, linear scales and the size of the unit that an axis is read in."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from rendiconto.italian.numbers import format_number

_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_MAGNITUDES = ((Decimal(10**9), "miliardi"), (Decimal(10**6), "milioni"))


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear scale: values from ``low`` to ``high`` onto pixels from ``start`` to ``end``."""

    low: Decimal
    high: Decimal
    start: float
    end: float

    def __call__(self, value: Decimal) -> float:
        """The pixel of ``value``, to a hundredth."""
        share = float((value - self.low) / (self.high - self.low))
        return round(self.start + share * (self.end - self.start), 2)


@dataclass(frozen=True, slots=True)
class Ticks:
    """The round values of an axis, evenly spaced, with the decimals that tell them apart."""

    values: tuple[Decimal, ...]
    decimals: int

    def text(self, value: Decimal) -> str:
        """The tick's printed form."""
        return format_number(value, self.decimals)


def round_ticks(low: Decimal, high: Decimal, wanted: int = 5) -> Ticks:
    """About ``wanted`` round ticks that cover ``low`` to ``high``."""
    if low == high:
        high = low + (abs(low) / 10 or 1)
    rough = (high - low) / max(wanted - 1, 1)
    power = Decimal(1).scaleb(rough.adjusted())
    step = next(s * power for s in _STEPS if s * power >= rough)
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = (high / step).to_integral_value(ROUND_CEILING)
    values = tuple(step * index for index in range(int(first), int(last) + 1))
    exponent = step.normalize().as_tuple().exponent
    return Ticks(values, max(0, -exponent) if isinstance(exponent, int) else 0)


def magnitude(values: Sequence[Decimal]) -> tuple[Decimal, str]:
    """What an axis divides by, and its name: sums of money are read in "milioni" or "miliardi"."""
    largest = max((abs(value) for value in values), default=Decimal(0))
    return next(((size, name) for size, name in _MAGNITUDES if largest >= size), (Decimal(1), ""))


def unit_title(unit: str, name: str) -> str:
    """The axis title: the unit with its magnitude, "milioni di euro"; none for plain counts."""
    if unit in ("numero", ""):
        return name
    return f"{name} di {unit}" if name else unit


def tick_texts(ticks: Ticks, size: Decimal) -> list[str]:
    """The ticks' printed forms once divided by ``size``, the magnitude that the axis is read in."""
    if size == 1:
        return [ticks.text(value) for value in ticks.values]
    step = (ticks.values[1] - ticks.values[0]) / size
    exponent = step.normalize().as_tuple().exponent
    divided = Ticks((), max(0, -exponent) if isinstance(exponent, int) else 0)
    return [divided.text(value / size) for value in ticks.values]

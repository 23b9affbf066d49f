"""Round ticks and linear scales."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from rendiconto.italian.numbers import decimals_of, format_number

_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_FEWEST = 3  # ticks that an axis keeps
_MAGNITUDES = ((Decimal(10**9), "mld"), (Decimal(10**6), "mln"))


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
    return Ticks(values, decimals_of(step))


def trim(ticks: Ticks, low: Decimal, high: Decimal) -> tuple[Decimal, Decimal, Ticks]:
    """Where an axis begins and ends, and its ticks: an outer tick far from any value is left out, never zero."""
    values = list(ticks.values)
    step = values[1] - values[0]
    slack = step / 10
    if len(values) > _FEWEST and values[-1] and values[-1] - high > step / 2:
        values.pop()
    if len(values) > _FEWEST and values[0] and low - values[0] > step / 2:
        values.pop(0)
    first = values[0] if values[0] <= low else low - slack
    last = values[-1] if values[-1] >= high else high + slack
    return first, last, Ticks(tuple(values), ticks.decimals)


def tick_texts(ticks: Ticks, *, money: bool) -> list[str]:
    """The ticks' printed forms; large sums of money in "mln" and "mld"."""
    largest = max(abs(value) for value in ticks.values)
    size, name = next(((s, n) for s, n in _MAGNITUDES if money and largest >= s), (Decimal(1), ""))
    if not name:
        return [ticks.text(value) for value in ticks.values]
    divided = Ticks((), decimals_of((ticks.values[1] - ticks.values[0]) / size))
    return [f"{divided.text(value / size)}\u00a0{name}" if value else "0" for value in ticks.values]


def is_money(unit: str) -> bool:
    """Whether a unit is a sum of money."""
    return unit.split()[:1] == ["euro"]


def unit_title(unit: str) -> str:
    """The unit as it stands over a plot; plain counts have none."""
    if unit in ("", "numero"):
        return ""
    return "Valori percentuali" if unit == "%" else unit[:1].upper() + unit[1:]

"""Who stands where: rankings at the printed decimals, and the classes that a map is coloured by."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from rendiconto.document.atlas import AtlasPlace, Indicator
from rendiconto.italian.sorting import italian_sort_key

CLASSES = 5
"""Colours of a map."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A territory's position by the latest year's figure, from the highest; None where it has no number.

    Whoever prints the same figure has the same position, and is ``tied``.
    """

    place: AtlasPlace
    position: int | None
    tied: bool


@dataclass(frozen=True, slots=True)
class ColourClass:
    """A class of the legend: its number from 0, the lowest and the highest figure in it, how many territories it has."""

    number: int
    least: Decimal
    most: Decimal
    count: int


def ranking(indicator: Indicator, places: Sequence[AtlasPlace]) -> tuple[Standing, ...]:
    """The places from the highest figure to the lowest, those of one figure by name; at the end those without a number."""
    numbers = {place.code: indicator.number(place.code) for place in places}
    known = sorted(number for number in numbers.values() if number is not None)
    ordered = sorted(places, key=lambda place: (_down(numbers[place.code]), italian_sort_key(place.name)))
    standings = []
    for place in ordered:
        number = numbers[place.code]
        if number is None:
            standings.append(Standing(place, None, tied=False))
        else:
            first, after = bisect_left(known, number), bisect_right(known, number)
            standings.append(Standing(place, 1 + len(known) - after, tied=after - first > 1))
    return tuple(standings)


def _down(number: Decimal | None) -> tuple[bool, Decimal]:
    return (number is None, -(number or Decimal(0)))


def colour_classes(indicator: Indicator, places: Sequence[AtlasPlace]) -> dict[str, int]:
    """The class of each place that has a number: fifths of the ranking from below, never parting what prints the same."""
    numbers = {place.code: number for place in places if (number := indicator.number(place.code)) is not None}
    ordered = sorted(numbers.values())
    return {code: bisect_left(ordered, number) * CLASSES // len(ordered) for code, number in numbers.items()}


def legend(indicator: Indicator, classes: dict[str, int]) -> tuple[ColourClass, ...]:
    """The classes that occur, from the lowest."""
    members: dict[int, list[Decimal]] = {}
    for code, number in classes.items():
        figure = indicator.number(code)
        assert figure is not None, "only numbers have a class"
        members.setdefault(number, []).append(figure)
    return tuple(ColourClass(number, min(figures), max(figures), len(figures)) for number, figures in sorted(members.items()))

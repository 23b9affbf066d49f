"""Text alternatives: what a chart shows, said with its figures."""

from dataclasses import replace

from rendiconto.document.figure import Figure, FigureKind, Point
from rendiconto.document.values import Status
from rendiconto.italian.numbers import format_number

_NAMES = {
    FigureKind.LINE: "Grafico a linee",
    FigureKind.BAR: "Grafico a barre",
    FigureKind.COLUMN: "Grafico a colonne",
    FigureKind.STACKED: "Grafico a barre sovrapposte",
    FigureKind.DOT: "Grafico a punti",
    FigureKind.PYRAMID: "Piramide",
}
_MOST_POINTS = 24


def describe(figure: Figure) -> Figure:
    """The figure with its ``alt``: kind, title, unit, and what it shows with figures.

    A series over time is told by its ends and its extremes; a short one by all its values; a long one by its extremes.
    """
    unit = "" if figure.unit == "numero" else f" ({figure.unit})"
    opening = f"{_NAMES[figure.kind]}: {figure.title}{unit}."
    return replace(figure, alt=" ".join([opening, *(_series(figure, series) for series in figure.series_labels)]))


def _series(figure: Figure, series: str) -> str:
    points = [point for point in figure.points if point.series == series]
    numbers = [point for point in points if point.value is not None]
    if len(numbers) > 1 and all(label.isdecimal() for label in figure.x_labels):
        return f"{series} passa da {_at(figure, numbers[0])} a {_at(figure, numbers[-1])}{_extremes(figure, numbers)}."
    if len(figure.points) > _MOST_POINTS and len(numbers) > 1:
        low, high = _lowest(numbers), _highest(numbers)
        return f"{series} va da {_value(figure, low)} per {low.x} a {_value(figure, high)} per {high.x}."
    told = ", ".join(f"{point.x} {_value(figure, point)}" for point in points)
    return f"{series}: {told.removesuffix('.')}."


def _at(figure: Figure, point: Point) -> str:
    return f"{_value(figure, point)} nel {point.x}"


def _extremes(figure: Figure, numbers: list[Point]) -> str:
    """The lowest and highest values of a series, where they are not its ends."""
    ends = (numbers[0], numbers[-1])
    named = (("il minimo di", _lowest(numbers)), ("il massimo di", _highest(numbers)))
    said = [f"{name} {_at(figure, point)}" for name, point in named if all(point is not end for end in ends)]
    return f", con {' e '.join(said)}" if said else ""


def _lowest(numbers: list[Point]) -> Point:
    return min(numbers, key=lambda point: point.value or 0)


def _highest(numbers: list[Point]) -> Point:
    return max(numbers, key=lambda point: point.value or 0)


def _value(figure: Figure, point: Point) -> str:
    if point.status is not Status.NORMAL or point.value is None:
        return point.status.symbol
    return format_number(point.value, figure.decimals)

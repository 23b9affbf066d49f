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
    """The figure with its ``alt``: kind, title, unit, and the figures themselves (first, last and extremes of long series)."""
    unit = "" if figure.unit == "numero" else f" ({figure.unit})"
    opening = f"{_NAMES[figure.kind]}: {figure.title}{unit}."
    long = len(figure.points) > _MOST_POINTS
    sentences = [_series(figure, series, brief=long) for series in figure.series_labels]
    return replace(figure, alt=" ".join([opening, *sentences]))


def _series(figure: Figure, series: str, *, brief: bool) -> str:
    points = [point for point in figure.points if point.series == series]
    if figure.kind is FigureKind.LINE or brief:
        points = _telling(points)
    values = ", ".join(f"{point.x} {_value(figure, point)}" for point in points)
    return f"{series}: {values}."


def _telling(points: list[Point]) -> list[Point]:
    """First, last, lowest and highest, in order."""
    numbers = [point for point in points if point.value is not None]
    if not numbers:
        return points[:1]
    lowest = min(numbers, key=lambda point: point.value or 0)
    highest = max(numbers, key=lambda point: point.value or 0)
    chosen = (numbers[0], lowest, highest, numbers[-1])
    return [point for point in points if any(point is one for one in chosen)]


def _value(figure: Figure, point: Point) -> str:
    if point.status is not Status.NORMAL or point.value is None:
        return point.status.symbol
    return format_number(point.value, figure.decimals)

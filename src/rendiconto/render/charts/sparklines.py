"""A key figure's years as a line the size of a word: no axis, no words, the last year marked.

What it says in figures is beside it (``series_alternative``), for a line without axes can only show a shape.
"""

from collections.abc import Sequence
from decimal import Decimal
from xml.sax.saxutils import quoteattr

from rendiconto.document.report import KeyFigure, SeriesPoint
from rendiconto.document.text import point_text
from rendiconto.render.charts.palette import LIGHT

WIDTH, HEIGHT = 160, 36
_EDGE = 5.0
_STROKE = 2.25


def sparkline_svg(key: KeyFigure) -> str:
    """The series of a key figure as an SVG element; empty without at least two years with a number.

    Years stand where they belong in time: a year without a number breaks the line.
    """
    known = [(int(point.period), point.value) for point in key.series if point.value is not None]
    if len(known) < 2:
        return ""
    places = _places(known)
    runs: list[list[tuple[float, float]]] = [[]]
    for (year, _), before, place in zip(known, [known[0], *known], places, strict=False):
        if year - before[0] > 1:
            runs.append([])
        runs[-1].append(place)
    lines = "".join(_line(run) for run in runs)
    x, y = places[-1]
    dot = f'<circle cx="{x:g}" cy="{y:g}" r="3.5" fill="{LIGHT.own}"/>'
    return (
        f'<svg class="sparkline" role="img" aria-label={quoteattr(series_alternative(key))} xmlns="http://www.w3.org/2000/svg" '
        f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">{lines}{dot}</svg>'
    )


def series_alternative(key: KeyFigure) -> str:
    """What the line shows, in figures: "NASpI, 2024, anno per anno: 2022: 8.187; 2023: 8.638."."""
    return f"{key.label}, anno per anno: " + "; ".join(f"{point.period}: {point_text(point)}" for point in key.series) + "."


def series_span(series: Sequence[SeriesPoint]) -> str:
    """The years that a series goes over, "2013–2023"; empty for none."""
    return f"{series[0].period}–{series[-1].period}" if series else ""


def _places(known: Sequence[tuple[int, Decimal]]) -> list[tuple[float, float]]:
    years, values = [year for year, _ in known], [value for _, value in known]
    low, high = min(values), max(values)
    room_x, room_y = WIDTH - 2 * _EDGE, HEIGHT - 2 * _EDGE
    places = []
    for year, value in known:
        across = (year - years[0]) / (years[-1] - years[0])
        up = float((value - low) / (high - low)) if high > low else 0.5
        places.append((round(_EDGE + across * room_x, 2), round(HEIGHT - _EDGE - up * room_y, 2)))
    return places


def _line(run: Sequence[tuple[float, float]]) -> str:
    if len(run) == 1:
        return f'<circle cx="{run[0][0]:g}" cy="{run[0][1]:g}" r="2" fill="{LIGHT.own}"/>'
    points = " ".join(f"{x:g},{y:g}" for x, y in run)
    shape = f'stroke="{LIGHT.own}" stroke-width="{_STROKE}" stroke-linejoin="round" stroke-linecap="round"'
    return f'<polyline points="{points}" fill="none" {shape}/>'

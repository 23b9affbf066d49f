"""The one Vega-Lite specification of a figure, by its kind."""

from collections.abc import Callable
from typing import Any

from rendiconto.document.figure import Figure, FigureKind
from rendiconto.render.charts.bars import draw_bars
from rendiconto.render.charts.canvas import Canvas
from rendiconto.render.charts.columns import draw_columns
from rendiconto.render.charts.dots import draw_dots
from rendiconto.render.charts.lines import draw_lines
from rendiconto.render.charts.palette import PALETTES, Theme
from rendiconto.render.charts.pyramids import draw_pyramid
from rendiconto.render.charts.stacks import draw_stacks

WIDTH = 640
"""Width of a chart in pixels: a column of text on A4 (17 cm) or on the site."""

NARROW_WIDTH = 340
"""Width of a chart on a phone."""

DRAWINGS: dict[FigureKind, Callable[[Canvas], dict[str, Any]]] = {
    FigureKind.LINE: draw_lines,
    FigureKind.BAR: draw_bars,
    FigureKind.COLUMN: draw_columns,
    FigureKind.STACKED: draw_stacks,
    FigureKind.DOT: draw_dots,
    FigureKind.PYRAMID: draw_pyramid,
}
"""How each kind of chart is drawn."""


def vega_lite(figure: Figure, *, width: int = WIDTH, theme: Theme = "light") -> dict[str, Any]:
    """The Vega-Lite specification of ``figure``, ``width`` pixels wide, as JSON-ready data.

    Its top-level data are the figure's points, each once, with ``value`` null where there is no number and ``text`` as
    printed. Same figure, same specification.
    """
    return DRAWINGS[figure.kind](Canvas(figure, PALETTES[theme], width))

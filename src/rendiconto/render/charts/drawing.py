"""From a figure to its SVG: no browser, no network, no compiler."""

from collections.abc import Iterable
from functools import lru_cache

from rendiconto.document.figure import Figure
from rendiconto.render.charts.palette import Theme
from rendiconto.render.charts.plotting import draw_specification
from rendiconto.render.charts.specification import WIDTH, vega_lite

_MOST_KEPT = 512


def chart_svg(figure: Figure, *, width: int = WIDTH, theme: Theme = "light") -> str:
    """The figure as an SVG element ``width`` pixels wide, its text alternative in ``aria-label``.

    The same figure gives the same bytes. It has no ids, so that several can stand in one page. What was drawn once is kept.
    """
    return _drawn(figure, width, theme)


@lru_cache(maxsize=_MOST_KEPT)
def _drawn(figure: Figure, width: int, theme: Theme) -> str:
    return draw_specification(vega_lite(figure, width=width, theme=theme))


def charts_svg(figures: Iterable[Figure], *, width: int = WIDTH, theme: Theme = "light") -> dict[str, str]:
    """The SVG of each figure by its id."""
    return {figure.id: chart_svg(figure, width=width, theme=theme) for figure in figures}

"""Charts as PNG, for formats that take no SVG. The drawing is that of every other format, only turned into pixels."""

from functools import lru_cache

from rendiconto.document.figure import Figure
from rendiconto.render.charts.drawing import chart_svg, register_fonts
from rendiconto.render.charts.specification import WIDTH

SCALE = 2.5
"""Pixels of the picture for one of the drawing: sharp on a projector, and in print."""


def chart_png(figure: Figure, *, width: int = WIDTH) -> bytes:
    """The figure as a PNG picture ``width`` × ``SCALE`` pixels wide, on no ground. The same figure gives the same bytes."""
    return svg_png(chart_svg(figure, width=width))


@lru_cache(maxsize=256)
def svg_png(svg: str, scale: float = SCALE) -> bytes:
    """An SVG element in pixels, words in the report's typeface."""
    import vl_convert

    register_fonts()
    picture: bytes = vl_convert.svg_to_png(svg, scale=scale)
    return picture

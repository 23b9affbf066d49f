"""Charts as PNG, for formats that take no SVG. The drawing is that of every other format, only turned into pixels."""

from functools import cache, lru_cache

from rendiconto.document.figure import Figure
from rendiconto.render.charts.drawing import chart_svg
from rendiconto.render.charts.palette import LIGHT
from rendiconto.render.charts.specification import WIDTH
from rendiconto.render.charts.typeface import font_directory

SCALE = 2.5
"""Pixels of the picture for one of the drawing: sharp on a projector, and in print."""


def chart_png(figure: Figure, *, width: int = WIDTH) -> bytes:
    """The figure as a PNG picture ``width`` × ``SCALE`` pixels wide. The same figure gives the same bytes."""
    return svg_png(chart_svg(figure, width=width))


@lru_cache(maxsize=256)
def svg_png(svg: str, scale: float = SCALE) -> bytes:
    """An SVG element in pixels on the paper's white, words in the report's typeface.

    On no ground the halos of words would have dark edges: the engine mixes half-transparent pixels with black.
    """
    import vl_convert

    _register_fonts()
    opening, rest = svg.split(">", 1)
    ground = f'<rect width="100%" height="100%" fill="{LIGHT.paper}"/>'
    picture: bytes = vl_convert.svg_to_png(f"{opening}>{ground}{rest}", scale=scale)
    return picture


@cache
def _register_fonts() -> None:
    """Let the engine know the report's typeface; once is enough."""
    import vl_convert

    vl_convert.register_font_directory(str(font_directory()))

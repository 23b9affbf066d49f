"""Charts: from a ``Figure`` to one Vega-Lite specification, and from it to SVG, for every format."""

from rendiconto.render.charts.drawing import chart_svg, charts_svg
from rendiconto.render.charts.palette import dark_rules
from rendiconto.render.charts.pictures import chart_png, svg_png
from rendiconto.render.charts.sparklines import sparkline_svg
from rendiconto.render.charts.specification import NARROW_WIDTH, WIDTH, vega_lite

__all__ = [
    "NARROW_WIDTH",
    "WIDTH",
    "chart_png",
    "chart_svg",
    "charts_svg",
    "dark_rules",
    "sparkline_svg",
    "svg_png",
    "vega_lite",
]

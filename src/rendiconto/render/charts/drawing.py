"""From a figure to its SVG, with the Vega-Lite compiler that vl-convert brings: no browser, no network."""

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from threading import Lock, Thread
from xml.sax.saxutils import quoteattr

from rendiconto.document.figure import Figure
from rendiconto.render.charts.canvas import NUMBER_LOCALE
from rendiconto.render.charts.palette import Theme
from rendiconto.render.charts.specification import WIDTH, vega_lite
from rendiconto.render.charts.typeface import font_directory

VEGA_LITE_VERSION = "6.4"
_ONE_AT_A_TIME = Lock()  # the compiler is one thread anyway, and two renderers want the same charts
_MOST_KEPT = 512
_DRAWN: dict[tuple[Figure, int, Theme], str] = {}
_TAG = re.compile(r"<[^>]*>")
_NUMBER = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?")
_NOISE = re.compile(r' (?:role|aria-[a-z]+|class|pointer-events|xmlns:xlink|version|stroke-miterlimit)="[^"]*"')
_EMPTY = re.compile(r'<path(?: [a-z-]+="[^"]*")* d=""(?: [a-z-]+="[^"]*")*/>')
_IDENTIFIER = re.compile(r'(\bid="|url\(#|href="#)')


def warm_up() -> None:
    """Start the Vega compiler in the background, so that the first chart does not wait for it (half a second).

    The compiler lives in a thread of its own: a process that will fork must not call this, or draw, before it does.
    """
    Thread(target=_draw_nothing, name="charts", daemon=True).start()


def chart_svg(figure: Figure, *, width: int = WIDTH, theme: Theme = "light") -> str:
    """The figure as an SVG element ``width`` pixels wide, its text alternative in ``aria-label``.

    Ids begin with the figure's own, so that several can stand in one page. The same figure gives the same bytes. What
    was drawn once is kept.
    """
    key = (figure, width, theme)
    drawn = _DRAWN.get(key)
    if drawn is None:
        with _ONE_AT_A_TIME:
            drawn = _DRAWN.get(key) or _keep(key, _draw(figure, width, theme))
    return drawn


def keep_charts(figures: Iterable[Figure], svgs: Mapping[str, str], *, width: int, theme: Theme = "light") -> None:
    """Keep what another process has drawn (the answer of its ``charts_svg``)."""
    with _ONE_AT_A_TIME:
        for figure in figures:
            _keep((figure, width, theme), svgs[figure.id])


def _keep(key: tuple[Figure, int, Theme], svg: str) -> str:
    _DRAWN[key] = svg
    while len(_DRAWN) > _MOST_KEPT:
        del _DRAWN[next(iter(_DRAWN))]
    return svg


def _draw(figure: Figure, width: int, theme: Theme) -> str:
    import vl_convert

    register_fonts()
    svg = vl_convert.vegalite_to_svg(
        json.dumps(vega_lite(figure, width=width, theme=theme), ensure_ascii=False),
        vl_version=VEGA_LITE_VERSION,
        format_locale=NUMBER_LOCALE,
        allowed_base_urls=[],
    )
    return _tidy(svg, figure, f"{figure.id}-{width}-{theme}-")


def charts_svg(figures: Iterable[Figure], *, width: int = WIDTH, theme: Theme = "light") -> dict[str, str]:
    """The SVG of each figure by its id."""
    return {figure.id: chart_svg(figure, width=width, theme=theme) for figure in figures}


@cache
def register_fonts() -> None:
    """Let the compiler know the report's typeface; once is enough."""
    import vl_convert

    vl_convert.register_font_directory(str(font_directory()))


def _draw_nothing() -> None:
    import vl_convert

    register_fonts()
    vl_convert.vegalite_to_svg({"data": {"values": [{}]}, "mark": "text"}, vl_version=VEGA_LITE_VERSION)


def _tidy(svg: str, figure: Figure, prefix: str) -> str:
    """Shorter numbers, no roles on single marks, ids of its own, and the text alternative on the root."""
    svg = _TAG.sub(lambda tag: _tidy_tag(tag[0], prefix), svg)
    svg = _EMPTY.sub("", svg)
    return svg.replace("<svg ", f'<svg class="chart" role="img" aria-label={quoteattr(figure.alt)} ', 1)


def _tidy_tag(tag: str, prefix: str) -> str:
    """One tag, without touching what is written between tags: there "1.200" is a figure."""
    if tag.startswith("<text") and " stroke=" in tag:
        tag = tag.replace("<text", '<text paint-order="stroke"', 1)  # the halo lies under its letters
    tag = _NUMBER.sub(lambda match: f"{round(float(match[0]), 2):.2f}".rstrip("0").rstrip("."), tag)
    return _IDENTIFIER.sub(rf"\g<1>{prefix}", _NOISE.sub("", tag))

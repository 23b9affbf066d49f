"""What we draw is what Vega draws of the same specification, to the byte, once its numbers are as short as ours."""

import json
import re
from dataclasses import replace
from functools import cache
from xml.sax.saxutils import quoteattr

import pytest
import vl_convert
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rendiconto.document.figure import Figure
from rendiconto.render.charts import NARROW_WIDTH, WIDTH, vega_lite
from rendiconto.render.charts.canvas import NUMBER_LOCALE
from rendiconto.render.charts.palette import Theme
from rendiconto.render.charts.plotting import draw_specification
from rendiconto.render.charts.typeface import font_directory
from sample import sample_document
from sample_charts import BY_ID, FIGURES, any_figure

ALL = (*FIGURES, *(figure for table in sample_document().tables for figure in table.figures))
TAG = re.compile(r"<[^>]*>")
NUMBER = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?")
ANY_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
NOISE = re.compile(r' (?:role|aria-[a-z]+|class|pointer-events|xmlns:xlink|version|stroke-miterlimit)="[^"]*"')
EMPTY = re.compile(r'<path(?:(?! d="[^"])[^>])*/>')


@cache
def register_fonts() -> None:
    vl_convert.register_font_directory(str(font_directory()))


def drawn_by_vega(specification: dict[str, object]) -> str:
    """Vega's drawing with numbers to a hundredth, without roles on single marks and empty paths, halos under their letters."""
    register_fonts()
    svg = vl_convert.vegalite_to_svg(
        json.dumps(specification, ensure_ascii=False), vl_version="6.4", format_locale=NUMBER_LOCALE, allowed_base_urls=[]
    )
    svg = EMPTY.sub("", TAG.sub(lambda tag: tidy_tag(tag[0]), svg))
    return svg.replace("<svg ", f'<svg class="chart" role="img" aria-label={quoteattr(str(specification["description"]))} ', 1)


def tidy_tag(tag: str) -> str:
    if tag.startswith("<text") and " stroke=" in tag:
        tag = tag.replace("<text", '<text paint-order="stroke"', 1)
    tag = NUMBER.sub(lambda match: f"{round(float(match[0]), 2):.2f}".rstrip("0").rstrip("."), tag)
    return NOISE.sub("", tag)


@pytest.mark.parametrize("figure", ALL, ids=lambda figure: figure.id)
@pytest.mark.parametrize(("width", "theme"), [(WIDTH, "light"), (NARROW_WIDTH, "light"), (WIDTH, "dark")])
def test_a_chart_is_what_vega_draws(figure: Figure, width: int, theme: Theme) -> None:
    specification = vega_lite(figure, width=width, theme=theme)
    assert draw_specification(specification) == drawn_by_vega(specification)


def test_words_that_look_like_markup_are_too() -> None:
    figure = BY_ID["saldi-barre"]
    strange = "<b>A & 'B'</b> \\n \"C\""
    points = tuple(replace(point, x=strange) if point.x == "Massa" else point for point in figure.points)
    specification = vega_lite(replace(figure, points=points, x_labels=(strange, *figure.x_labels[1:]), alt=strange))
    assert draw_specification(specification) == drawn_by_vega(specification)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_figure(), st.sampled_from([WIDTH, NARROW_WIDTH]))
def test_any_chart_at_all_is_what_vega_draws(figure: Figure, width: int) -> None:
    specification = vega_lite(figure, width=width)
    ours, words = in_parts(draw_specification(specification))
    theirs, their_words = in_parts(drawn_by_vega(specification))
    assert words == their_words
    # A tie may be rounded either way: a hundredth of a pixel.
    assert ours == pytest.approx(theirs, abs=0.0101)


def in_parts(svg: str) -> tuple[list[float], list[str]]:
    """The numbers of a drawing, and all that is between them."""
    return [float(number) for number in ANY_NUMBER.findall(svg)], ANY_NUMBER.split(svg)

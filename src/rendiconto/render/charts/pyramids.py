"""Pyramids: two series back to back over ordered classes, the classes' names between them."""

from decimal import Decimal
from typing import Any

from rendiconto.errors import RendicontoError
from rendiconto.render.charts.bars import set_bands
from rendiconto.render.charts.canvas import (
    HAS_VALUE,
    LINE_HEIGHT,
    SIZE,
    SMALL,
    Canvas,
    Layer,
    Margins,
    Row,
    assemble,
    json_number,
    known,
    lines_of_words,
    raw_colour,
    rules_layer,
    widest,
    words_layer,
)
from rendiconto.render.charts.header import set_header
from rendiconto.render.charts.scales import unit_title
from rendiconto.render.charts.style import series_styles
from rendiconto.render.charts.typeface import SEMIBOLD, wrap_text

_BAR, _GAP = 22, 6
_SIDES = 2
_LEAST = 0.12  # of the chart's width, that each side must have to itself
_CLEAR = 5


def draw_pyramid(canvas: Canvas) -> dict[str, Any]:
    """The specification of a pyramid: both sides on one scale, from zero."""
    figure = canvas.figure
    if len(figure.series_labels) != _SIDES:
        raise RendicontoError(
            f"a pyramid has two sides, not {len(figure.series_labels)}", figure.id, "Choose another kind of chart."
        )
    styles = series_styles(figure, canvas.palette)
    texts = widest([canvas.text(point) for point in figure.points], SMALL) + 8
    bands = set_bands(canvas, _BAR, _GAP, most=canvas.width * (1 - 2 * _LEAST) - 2 * texts - 20)
    between = bands.names_width + 20
    largest = max([abs(value) for value in canvas.values()], default=Decimal(0)) or Decimal(1)
    side = (canvas.width - 2 * texts - between) / 2
    sides = [wrap_text(name, side + texts - 4, SIZE, SEMIBOLD) for name in figure.series_labels]
    naming = max(map(len, sides)) * LINE_HEIGHT
    header = set_header(canvas, unit_title(figure.unit), texts, extra=naming + _CLEAR)
    margins = Margins(header.height, texts, 4, texts)
    width = 2 * side + between
    zeros = (side, side + between)
    first, second = figure.series_labels
    words = [*header.words]
    for name, lines, zero, align in zip(figure.series_labels, sides, zeros, ("right", "left"), strict=True):
        middle = -_CLEAR - len(lines) * LINE_HEIGHT / 2
        words += lines_of_words(lines, zero, middle, styles[name].ink, align=align, weight=SEMIBOLD)
    for index, (_label, lines) in enumerate(zip(figure.x_labels, bands.names, strict=True)):
        words += lines_of_words(lines, width / 2, bands.middle(index), canvas.palette.ink, align="center")
    rules = [{"x": x, "y": 0, "x2": x, "y2": bands.height, "ink": canvas.palette.rule} for x in zeros]
    y = bands.channel(canvas)
    layers = [
        *_side_layers(first, largest, (side, 0), y),
        *_side_layers(second, largest, (side + between, width), y),
        *rules_layer(rules, "zero"),
        *words_layer(words),
    ]
    rows = [
        canvas.row(
            point,
            at=json_number(known(point) or Decimal(0)),
            fill=styles[point.series].fill,
            ink=canvas.palette.quiet if known(point) is None else styles[point.series].ink,
        )
        for point in figure.points
    ]
    specification = assemble(canvas, rows, layers, bands.height, margins)
    return {**specification, "resolve": {"scale": {"x": "independent"}}}


def _side_layers(series: str, largest: Decimal, span: tuple[float, float], y: Row) -> list[Layer]:
    """The bars of one side, from zero at ``span[0]`` outwards, and their values."""
    left = span[1] < span[0]
    scale = {"domain": [0, json_number(largest)], "range": [round(end, 2) for end in span], "nice": False}
    x = {"field": "value", "type": "quantitative", "scale": scale, "axis": None}
    only = {"filter": {"field": "series", "equal": series}}
    return [
        {
            "name": "bars left" if left else "bars right",
            "transform": [only, HAS_VALUE],
            "mark": {"type": "bar"},
            "encoding": {"x": x, "y": y, "color": raw_colour("fill")},
        },
        {
            "name": "values left" if left else "values right",
            "transform": [only],
            "mark": {
                "type": "text",
                "baseline": "middle",
                "align": "right" if left else "left",
                "dx": -5 if left else 5,
                "fontSize": SMALL,
            },
            "encoding": {
                "x": {**x, "field": "at"},
                "y": y,
                "text": {"field": "text"},
                "color": raw_colour("ink"),
            },
        },
    ]

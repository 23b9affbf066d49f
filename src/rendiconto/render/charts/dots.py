"""Dots on a line: comparisons between series whose zero is far away."""

from decimal import Decimal
from typing import Any

from rendiconto.render.charts.bars import Bands, set_bands
from rendiconto.render.charts.canvas import (
    SMALL,
    Canvas,
    Layer,
    Margins,
    Row,
    assemble,
    fixed_scale,
    json_number,
    known,
    lookup,
    raw_colour,
    rules_layer,
    swatches_layer,
    widest,
    word,
    words_layer,
)
from rendiconto.render.charts.header import set_header
from rendiconto.render.charts.scales import Scale, Ticks, round_ticks, unit_title
from rendiconto.render.charts.style import bar_styles, series_styles
from rendiconto.render.charts.typeface import BOLD, text_width

_DRAWN, _GAP = 16, 10
_CLEAR = 10
_REACH = 9  # from a dot's middle to its value
_FOOT = 22


def draw_dots(canvas: Canvas) -> dict[str, Any]:
    """The specification of dots: values beside the outer ones, an axis below when some are not said."""
    figure = canvas.figure
    bands = set_bands(canvas, _DRAWN, _GAP)
    values = canvas.values() or [Decimal(0)]
    texts = widest([canvas.text(point) for point in figure.points], SMALL, BOLD) + _REACH + 4
    left = bands.names_width + _CLEAR + texts
    ticks = round_ticks(min(values), max(values), 4 if canvas.narrow else 6)
    said = len(figure.series_labels) <= 2
    low, high = (min(values), max(values)) if said else (ticks.values[0], ticks.values[-1])
    along = Scale(low, high if high > low else low + 1, 0, canvas.width - left - texts)
    header = set_header(canvas, unit_title(figure.unit, ""), left, series_styles(figure, canvas.palette))
    layers = [
        *rules_layer(_row_rules(canvas, bands, along, texts), "lines"),
        *rules_layer(_span_rules(canvas, bands, along), "spans", 3),
        *_dot_layers(canvas, bands, along, None if said else ticks),
        *swatches_layer(header.swatches),
        *words_layer([*header.words, *bands.words(canvas, -texts - _CLEAR), *_value_words(canvas, bands, along)]),
    ]
    margins = Margins(header.height, texts, 4 if said else _FOOT, left)
    return assemble(canvas, _rows(canvas), layers, bands.height, margins)


def _rows(canvas: Canvas) -> list[Row]:
    styles = bar_styles(canvas.figure, canvas.palette)
    shapes = series_styles(canvas.figure, canvas.palette)
    return [
        canvas.row(point, fill=styles[point.x, point.series].fill, shape=shapes[point.series].shape)
        for point in canvas.figure.points
    ]


def _row_rules(canvas: Canvas, bands: Bands, along: Scale, over: float) -> list[Row]:
    """A faint line under each row, to lead the eye from its name."""
    return [
        {
            "x": -over,
            "x2": round(along.end + over, 2),
            "y": bands.middle(index),
            "y2": bands.middle(index),
            "ink": canvas.palette.grid,
        }
        for index in range(len(canvas.figure.x_labels))
    ]


def _row_values(canvas: Canvas, x: str) -> list[tuple[Decimal, str, str]]:
    """The values of a row in order, each with its printed form and series."""
    return sorted(
        (value, canvas.text(point), point.series)
        for point in canvas.figure.points
        if point.x == x and (value := known(point)) is not None
    )


def _span_rules(canvas: Canvas, bands: Bands, along: Scale) -> list[Row]:
    """The distance between the outer dots of each row."""
    rows = []
    for index, x in enumerate(canvas.figure.x_labels):
        values = _row_values(canvas, x)
        if len(values) > 1:
            y = bands.middle(index)
            low, high = along(values[0][0]), along(values[-1][0])
            rows.append({"x": low, "x2": high, "y": y, "y2": y, "ink": canvas.palette.grid})
    return rows


def _value_words(canvas: Canvas, bands: Bands, along: Scale) -> list[Row]:
    """The value of the lowest dot at its left and of the highest at its right; gaps after them."""
    styles = bar_styles(canvas.figure, canvas.palette)
    words = []
    for index, x in enumerate(canvas.figure.x_labels):
        y = bands.middle(index)
        values = _row_values(canvas, x)
        weight = BOLD if x == canvas.figure.emphasis else 400
        end = along.start
        for place, (value, text, series) in enumerate(values):
            if place not in (0, len(values) - 1):
                continue
            right = place == len(values) - 1
            ink = styles[x, series].ink
            at = along(value) + (_REACH if right else -_REACH)
            words.append(word(text, at, y, ink, align="left" if right else "right", size=SMALL, weight=weight))
            end = max(end, at + text_width(text, SMALL, BOLD) + 8)
        gaps = [p for p in canvas.figure.points if p.x == x and known(p) is None]
        if gaps:
            text = " · ".join(f"{point.series} {canvas.text(point)}" for point in gaps)
            words.append(word(text, end, y, canvas.palette.quiet, size=SMALL))
    return words


def _dot_layers(canvas: Canvas, bands: Bands, along: Scale, ticks: Ticks | None) -> list[Layer]:
    axis: Row | None = None
    if ticks:
        values = [json_number(value) for value in ticks.values]
        table = lookup({value: ticks.text(tick) for value, tick in zip(values, ticks.values, strict=True)})
        axis = {"values": values, "labelExpr": f"({table})[datum.value]", "grid": True}
    return [
        {
            "name": "dots",
            "transform": [{"filter": "datum.value !== null"}],
            "mark": {
                "type": "point",
                "filled": True,
                "opacity": 1,
                "size": 110,
                "stroke": canvas.palette.paper,
                "strokeWidth": 1,
            },
            "encoding": {
                "x": {"field": "value", "type": "quantitative", "scale": fixed_scale(along), "axis": axis},
                "y": bands.channel(canvas),
                "color": raw_colour("fill"),
                "shape": {"field": "shape", "type": "nominal", "scale": None},
            },
        }
    ]

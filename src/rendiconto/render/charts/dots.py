"""Dots on a line: comparisons between series whose zero is far away."""

from decimal import Decimal
from math import ceil
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
from rendiconto.render.charts.header import NAMES_HEIGHT, names_above, set_header
from rendiconto.render.charts.scales import Scale, Ticks, round_ticks, trim, unit_title
from rendiconto.render.charts.style import bar_styles, series_styles
from rendiconto.render.charts.typeface import BOLD, REGULAR, text_width

_DRAWN, _GAP, _WIDE_GAP = 16, 10, 16
_OVER = 13  # from a dot's middle to the value over it
_NEAR = 14  # pixels that a series' name may be moved off its dot
_CLEAR = 10
_REACH = 9  # from a dot's middle to its value
_FOOT = 22


def draw_dots(canvas: Canvas) -> dict[str, Any]:
    """The specification of dots: values beside the outer ones, or the own territory's only, with an axis below."""
    figure = canvas.figure
    styles = series_styles(figure, canvas.palette)
    said = len(styles) <= 2  # both ends of each line say their value: no axis is wanted
    bands = set_bands(canvas, _DRAWN, _GAP if said else _WIDE_GAP)
    values = canvas.values() or [Decimal(0)]
    texts = widest([canvas.text(point) for point in figure.points], SMALL, BOLD) + _REACH + 4
    left = bands.names_width + _CLEAR + texts
    low, high, ticks = min(values), max(values), None
    if not said:
        low, high, ticks = trim(round_ticks(low, high, 4 if canvas.narrow else 6), low, high)
    along, gaps, right = _fit(canvas, bands, (low, high), left, texts)
    names = _names(canvas, along, texts)
    title = unit_title(figure.unit)
    header = (
        set_header(canvas, title, left, extra=NAMES_HEIGHT) if names else set_header(canvas, title, left, styles, dots=True)
    )
    layers = [
        *(rules_layer(_row_rules(canvas, bands, along, texts), "lines") if said else ()),
        *rules_layer(_span_rules(canvas, bands, along), "spans", 3),
        *_dot_layers(canvas, bands, along, ticks),
        *swatches_layer(header.swatches),
        *words_layer([*_value_words(canvas, bands, along), *gaps], "values", halo=canvas.palette.paper),
        *words_layer([*header.words, *names, *bands.words(canvas, -texts - _CLEAR)]),
    ]
    margins = Margins(header.height, right, 4 if said else _FOOT, left)
    return assemble(canvas, _rows(canvas), layers, bands.height, margins)


def _names(canvas: Canvas, along: Scale, over: float) -> list[Row]:
    """The names of the series over the dots of the first row."""
    first = canvas.figure.x_labels[0]
    wanted = {p.series: along(value) for p in canvas.figure.points if p.x == first and (value := known(p)) is not None}
    if len(wanted) < len(canvas.figure.series_labels):
        return []
    styles = series_styles(canvas.figure, canvas.palette)
    return names_above(wanted, dict.fromkeys(wanted, _NEAR), styles, (-over, along.end + over))


def _rows(canvas: Canvas) -> list[Row]:
    styles = bar_styles(canvas.figure, canvas.palette)
    shapes = series_styles(canvas.figure, canvas.palette)
    return [
        canvas.row(
            point,
            fill=styles[point.x, point.series].fill,
            shape=shapes[point.series].shape,
        )
        for point in canvas.figure.points
    ]


def _row_rules(canvas: Canvas, bands: Bands, along: Scale, over: float) -> list[Row]:
    """A faint line from each row's name to its first dot, to lead the eye."""
    rows = []
    for index, x in enumerate(canvas.figure.x_labels):
        values = _row_values(canvas, x)
        if values:
            y = bands.middle(index)
            rows.append({"x": -over, "x2": along(values[0][0]), "y": y, "y2": y, "ink": canvas.palette.grid})
    return rows


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
    """The values beside the outer dots of each row, or over the own territory's dot between them."""
    words = []
    for index, x in enumerate(canvas.figure.x_labels):
        values = _row_values(canvas, x)
        for place, (value, text, series) in enumerate(values):
            if _says(canvas, series, place, len(values)):
                rank = (place, len(values))
                words.append(_value_word(canvas, (x, series), text, along(value), bands.middle(index), rank))
    return words


def _fit(canvas: Canvas, bands: Bands, ends: tuple[Decimal, Decimal], left: float, over: int) -> tuple[Scale, list[Row], int]:
    """The scale, what is said of gaps, and the room that this takes at the right."""
    low, high = ends
    right = over
    for _ in range(6):  # room for what is said shortens the plot, and moves what is said
        along = Scale(low, high if high > low else low + 1, 0, canvas.width - left - right)
        gaps = _gap_words(canvas, bands, along, (over, right))
        furthest = max((row["label_x"] + text_width(row["text"], SMALL) for row in gaps), default=0.0)
        if furthest <= along.end + right:
            break
        right += ceil(furthest - along.end - right)
    return along, gaps, right


def _gap_words(canvas: Canvas, bands: Bands, along: Scale, over: tuple[int, int]) -> list[Row]:
    """What is missing in each row: after its last dot, or before its first one where there is more room."""
    words = []
    for index, x in enumerate(canvas.figure.x_labels):
        missing = [point for point in canvas.figure.points if point.x == x and known(point) is None]
        if not missing:
            continue
        text = "; ".join(f"{point.series} {canvas.text(point)}" for point in missing)
        width = text_width(text, SMALL) + 8
        values = _row_values(canvas, x)
        beside = widest([text for _, text, _ in values], SMALL, BOLD) + _REACH + 8
        before = along(values[0][0]) - beside if values else along.start
        after = along(values[-1][0]) + beside if values else along.start
        left_over, right_over = over
        fits_before = before + left_over >= width
        start = -left_over if fits_before and after + width > along.end + right_over else after
        words.append(word(text, start, bands.middle(index), canvas.palette.quiet, size=SMALL))
    return words


def _says(canvas: Canvas, series: str, place: int, count: int) -> bool:
    """Whether a dot says its value: the own territory's if it is a series, else the outer ones."""
    if canvas.figure.emphasis in canvas.figure.series_labels:
        return series == canvas.figure.emphasis
    return place in (0, count - 1)


def _value_word(canvas: Canvas, key: tuple[str, str], text: str, at: float, y: float, rank: tuple[int, int]) -> Row:
    """A dot's value: left of the first, right of the last, over one in between."""
    style = bar_styles(canvas.figure, canvas.palette)[key]
    weight = BOLD if canvas.figure.emphasis in key else REGULAR
    place, count = rank
    if place == count - 1:
        return word(text, at + _REACH, y, style.ink, size=SMALL, weight=weight)
    if place == 0:
        return word(text, at - _REACH, y, style.ink, align="right", size=SMALL, weight=weight)
    return word(text, at, y - _OVER, style.ink, align="center", size=SMALL, weight=weight)


def _axis(ticks: Ticks | None) -> Row | None:
    if ticks is None:
        return None
    values = [json_number(value) for value in ticks.values]
    table = lookup({value: ticks.text(tick) for value, tick in zip(values, ticks.values, strict=True)})
    return {"values": values, "labelExpr": f"({table})[datum.value]", "grid": True, "labelFlush": False}


def _dot_layers(canvas: Canvas, bands: Bands, along: Scale, ticks: Ticks | None) -> list[Layer]:
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
                "x": {"field": "value", "type": "quantitative", "scale": fixed_scale(along), "axis": _axis(ticks)},
                "y": bands.channel(canvas),
                "color": raw_colour("fill"),
                "shape": {"field": "shape", "type": "nominal", "scale": None},
            },
        }
    ]

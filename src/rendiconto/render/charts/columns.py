"""Columns from zero: over periods or few categories, in groups when there are several series."""

from decimal import Decimal
from typing import Any

from rendiconto.document.figure import Figure
from rendiconto.render.charts.bars import draw_bars
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
    fixed_scale,
    json_number,
    known,
    lines_of_words,
    lookup,
    raw_colour,
    rules_layer,
    swatches_layer,
    widest,
    word,
    words_layer,
)
from rendiconto.render.charts.header import set_header
from rendiconto.render.charts.scales import Scale, is_money, round_ticks, tick_texts, trim, unit_title
from rendiconto.render.charts.spacing import thin
from rendiconto.render.charts.style import bar_styles, series_styles, x_weight
from rendiconto.render.charts.typeface import BOLD, REGULAR, text_width, wrap_text

_HEIGHT, _NARROW_HEIGHT = 250, 210
_PADDING = 0.24
_VALUE_ROOM = 18
_WIDEST = 56  # pixels of a column


def draw_columns(canvas: Canvas) -> dict[str, Any]:
    """The specification of columns: values on them where they fit, else a quiet axis.

    Where the categories' names have words too long to stand under their columns, the same bars lie down.
    """
    figure = canvas.figure
    if not _names_fit(canvas):
        return draw_bars(canvas)
    count = len(figure.series_labels)
    values = [*canvas.values(), Decimal(0)]
    low, high = min(values), max(values)
    texts = [canvas.text(point) for point in figure.points]
    step = canvas.width / len(figure.x_labels)
    each = step if count == 1 else min(step * (1 - _PADDING) / count, _WIDEST)
    labelled = widest(texts, SMALL, BOLD) + 3 <= each
    ticks = round_ticks(low, high)
    if not labelled:
        low, high, ticks = trim(ticks, low, high)
    shown = tick_texts(ticks, money=is_money(figure.unit))
    left = 0 if labelled else widest(shown, SMALL) + 10
    width = canvas.width - left
    hanging = high <= 0 and low < 0
    height = float(_NARROW_HEIGHT if canvas.narrow else _HEIGHT)
    names, names_height = _names(canvas, width, 0 if hanging else height)
    if hanging:
        names = [{**row, "label_y": row["label_y"] - names_height - 2} for row in names]
    room = _VALUE_ROOM if labelled else 2
    key = series_styles(figure, canvas.palette) if count > 1 else {}
    above = names_height if hanging else room
    header = set_header(canvas, unit_title(figure.unit), left, key, extra=above)
    below = (room if hanging else names_height + (room if low < 0 else 0)) + 4
    if low < 0 and not hanging:
        names = [{**row, "label_y": row["label_y"] + room} for row in names]
    margins = Margins(header.height, 0, below, left)
    up = Scale(low, high if high > low else low + 1, height, 0)
    zero = up(Decimal(0))
    axis = _axis([json_number(value) for value in ticks.values], shown) if not labelled else None
    layers = [
        *_column_layers(canvas, up, axis, width, labelled=labelled),
        *rules_layer([{"x": 0, "y": zero, "x2": width, "y2": zero, "ink": canvas.palette.rule}], "zero"),
        *swatches_layer(header.swatches),
        *words_layer(
            [] if labelled else _gap_words(canvas, width, zero, down=zero < height / 2), "gaps", halo=canvas.palette.paper
        ),
        *words_layer([*header.words, *names]),
    ]
    return assemble(canvas, _rows(canvas, hanging=hanging), layers, height, margins)


def _rows(canvas: Canvas, *, hanging: bool) -> list[Row]:
    styles = bar_styles(canvas.figure, canvas.palette)
    rows = []
    for point in canvas.figure.points:
        value = known(point)
        style = styles[point.x, point.series]
        rows.append(
            canvas.row(
                point,
                at=0 if value is None else json_number(value),
                fill=style.fill,
                ink=canvas.palette.quiet if value is None else style.ink,
                weight=BOLD if point.x == canvas.figure.emphasis else REGULAR,
                dy=10 if hanging or (value is not None and value < 0) else -9,
            )
        )
    return rows


def _periods(figure: Figure) -> bool:
    """Whether the categories are years or spans of a year."""
    return all(label[:1].isdigit() for label in figure.x_labels)


def _names_fit(canvas: Canvas) -> bool:
    figure = canvas.figure
    room = canvas.width / len(figure.x_labels) - 6
    return _periods(figure) or widest(" ".join(figure.x_labels).split(), SIZE, BOLD) <= room


def _names(canvas: Canvas, width: float, y: float) -> tuple[list[Row], float]:
    """The categories' names under (or over) their columns; of periods too close together only some."""
    figure = canvas.figure
    step = width / len(figure.x_labels)
    middles = [step * (index + 0.5) for index in range(len(figure.x_labels))]
    periods = _periods(figure)
    if periods:
        kept = thin([text_width(label, SMALL, BOLD) for label in figure.x_labels], middles, 5)
        lines: list[tuple[str, ...]] = [(label,) if keep else () for label, keep in zip(figure.x_labels, kept, strict=True)]
    else:
        lines = [wrap_text(label, step - 6, SIZE, BOLD, 4) for label in figure.x_labels]
    deepest = max(map(len, lines))
    words = []
    for label, some, centre in zip(figure.x_labels, lines, middles, strict=True):
        plain = canvas.palette.quiet if periods else canvas.palette.ink
        ink = canvas.palette.own_ink if label == figure.emphasis else plain
        half = widest(some, SIZE, BOLD) / 2
        middle = max(half, min(centre, width - half))  # the outer names stay inside the picture
        top = y + 12 + (len(some) - 1) * LINE_HEIGHT / 2
        words += lines_of_words(some, middle, top, ink, align="center", weight=x_weight(figure, label))
    return words, deepest * LINE_HEIGHT + 6


def _gap_words(canvas: Canvas, width: float, zero: float, *, down: bool) -> list[Row]:
    """The symbols of what is missing, on the zero line (or under it): each in its place, or once for all in a category."""
    figure = canvas.figure
    at = canvas.at()
    step = width / len(figure.x_labels)
    count = len(figure.series_labels)
    band = step * (1 - _band_padding(step, count))
    sign = 1 if down else -1
    words: list[Row] = []
    for index, x in enumerate(figure.x_labels):
        points = [at.get((x, series)) for series in figure.series_labels]
        symbols = [canvas.text(point) if point and known(point) is None else "" for point in points]
        if widest(symbols, SMALL) + 2 <= band / count:
            places = [step * (index + 0.5) + band * ((place + 0.5) / count - 0.5) for place in range(count)]
            said = [(text, place, zero + sign * 9) for text, place in zip(symbols, places, strict=True) if text]
        else:
            different = [text for text in dict.fromkeys(symbols) if text]
            middle = step * (index + 0.5)
            said = [(text, middle, zero + sign * (9 + LINE_HEIGHT * line)) for line, text in enumerate(different)]
        words += [word(text, x_at, y, canvas.palette.quiet, align="center", size=SMALL) for text, x_at, y in said]
    return words


def _band_padding(step: float, count: int) -> float:
    """The share of a category's room between its columns and the next ones: more where columns would be too wide."""
    return round(max(_PADDING, 1 - _WIDEST * count / step), 6)


def _axis(values: list[int | float], texts: list[str]) -> Row:
    table = lookup(dict(zip(values, texts, strict=True)))
    return {"values": values, "labelExpr": f"({table})[datum.value]", "grid": True}


def _column_layers(canvas: Canvas, up: Scale, axis: Row | None, width: float, *, labelled: bool) -> list[Layer]:
    figure = canvas.figure
    step = width / len(figure.x_labels)
    padding = _band_padding(step, len(figure.series_labels))
    scale = {"domain": list(figure.x_labels), "paddingInner": padding, "paddingOuter": padding / 2}
    x = {"field": "x", "type": "ordinal", "scale": scale, "axis": None}
    series = list(figure.series_labels)
    offset = {"xOffset": {"field": "series", "type": "ordinal", "scale": {"domain": series, "paddingInner": 0.08}}}
    places = {"x": x, **(offset if len(series) > 1 else {})}
    y = {"field": "value", "type": "quantitative", "scale": fixed_scale(up), "axis": axis}
    return [
        {
            "name": "columns",
            "transform": [HAS_VALUE],
            "mark": {"type": "bar"},
            "encoding": {**places, "y": y, "color": raw_colour("fill")},
        },
        {
            "name": "values",
            **({} if labelled else {"data": {"values": []}}),
            "mark": {
                "type": "text",
                "align": "center",
                "baseline": "middle",
                "dy": {"expr": "datum.dy"},
                "fontSize": SMALL,
                "fontWeight": {"expr": "datum.weight"},
            },
            "encoding": {
                **places,
                "y": {**y, "field": "at"},
                "text": {"field": "text"},
                "color": raw_colour("ink"),
            },
        },
    ]

"""Stacked bars: parts of a whole, one bar per category, each part with its value where it fits."""

from decimal import Decimal
from math import ceil
from typing import Any

from rendiconto.render.charts.bars import Bands, set_bands
from rendiconto.render.charts.canvas import (
    HAS_VALUE,
    SMALL,
    Canvas,
    Layer,
    Margins,
    Row,
    assemble,
    fixed_scale,
    json_number,
    known,
    raw_colour,
    rules_layer,
    swatches_layer,
    word,
    words_layer,
)
from rendiconto.render.charts.header import NAMES_HEIGHT, names_above, set_header
from rendiconto.render.charts.scales import Scale, unit_title
from rendiconto.render.charts.style import series_styles
from rendiconto.render.charts.typeface import REGULAR, SEMIBOLD, text_width

_BAR, _GAP = 26, 12
_CLEAR = 10
_REACH = 7  # from a bar's end to what it says there
_MOST = 0.2  # of the chart's width, that words about gaps may take
_THIN = 12  # pixels under which a part is not named in place

Spans = dict[tuple[str, str], tuple[Decimal, Decimal]]
"""Where each part, by (x, series), begins and ends along its bar."""


def draw_stacks(canvas: Canvas) -> dict[str, Any]:
    """The specification of stacked bars from zero."""
    figure = canvas.figure
    bands = set_bands(canvas, _BAR, _GAP)
    spans = _spans(canvas)
    left = bands.names_width + _CLEAR
    along, right, named = _fit(canvas, spans, left)
    styles = series_styles(figure, canvas.palette)
    names = _names(canvas, spans, along)
    title = unit_title(figure.unit)
    header = set_header(canvas, title, left, extra=NAMES_HEIGHT) if names else set_header(canvas, title, left, styles)
    words = [*header.words, *names, *bands.words(canvas, -_CLEAR)]
    for index, x in enumerate(figure.x_labels):
        note = _note(canvas, x, spans, along, right, named=named)
        if note:
            words.append(word(note, along(_end(spans, x)) + _REACH, bands.middle(index), canvas.palette.quiet, size=SMALL))
    zero = along(Decimal(0))
    layers = [
        *_stack_layers(canvas, bands, along),
        *rules_layer([{"x": zero, "y": 0, "x2": zero, "y2": bands.height, "ink": canvas.palette.rule}], "zero"),
        *swatches_layer(header.swatches),
        *words_layer(words),
    ]
    rows = _rows(canvas, spans, along)
    return assemble(canvas, rows, layers, bands.height, Margins(header.height, right, 4, left))


def _spans(canvas: Canvas) -> Spans:
    """Where each part begins and ends along its bar; what is below zero is stacked the other way."""
    at = canvas.at()
    spans = {}
    for x in canvas.figure.x_labels:
        up = down = Decimal(0)
        for series in canvas.figure.series_labels:
            point = at.get((x, series))
            value = known(point) if point else None
            if value is None:
                continue
            if value < 0:
                spans[x, series] = (down, down + value)
                down += value
            else:
                spans[x, series] = (up, up + value)
                up += value
    return spans


def _fit(canvas: Canvas, spans: Spans, left: float) -> tuple[Scale, int, bool]:
    """The scale, the room at the right for what the longest bars must say of gaps, and whether gaps bear their names."""
    ends = [Decimal(0), *(edge for span in spans.values() for edge in span)]
    low, high = min(ends), max(ends)
    high = high if high > low else low + 1
    width = canvas.width - left
    for named in (True, False):
        right = 0
        for x in canvas.figure.x_labels:
            note = "; ".join(_parts(canvas, x, spans, None, named=named))
            room = width - _REACH - text_width(note, SMALL)
            share = float((_end(spans, x) - low) / (high - low))
            if note and share:  # the note begins at that share of what it leaves
                right = max(right, ceil(width - room / share))
            elif note and room < 0:
                right = canvas.width
        if right <= canvas.width * _MOST:
            break
    right = min(right, int(width / 2))
    return Scale(low, high, 0, width - right), right, named


def _end(spans: Spans, x: str) -> Decimal:
    return max([Decimal(0), *(end for (at, _), (_, end) in spans.items() if at == x)])


def _note(canvas: Canvas, x: str, spans: Spans, along: Scale, right: int, *, named: bool) -> str:
    """What a bar says at its end: its gaps, and its parts too thin to bear their value if there is room."""
    whole = "; ".join(_parts(canvas, x, spans, along, named=True))
    room = along.end + right - along(_end(spans, x)) - _REACH
    return whole if text_width(whole, SMALL) <= room else "; ".join(_parts(canvas, x, spans, None, named=named))


def _parts(canvas: Canvas, x: str, spans: Spans, along: Scale | None, *, named: bool) -> list[str]:
    """The gaps of a bar and, given the scale, its parts that are too thin for their value."""
    points = [point for point in canvas.figure.points if point.x == x]
    thin = [p for p in points if along and known(p) is not None and not _fits(canvas.text(p), spans[x, p.series], along)]
    return [*(f"{point.series} {canvas.text(point)}" for point in thin), *canvas.gaps(x, named=named)]


def _names(canvas: Canvas, spans: Spans, along: Scale) -> list[Row]:
    """The names of the parts over those of the first bar."""
    first = canvas.figure.x_labels[0]
    wanted, spare = {}, {}
    for series in canvas.figure.series_labels:
        if (first, series) not in spans:
            return []
        start, end = sorted(along(edge) for edge in spans[first, series])
        wanted[series] = (start + end) / 2
        spare[series] = (end - start) / 2 if end - start > _THIN else -1.0
    return names_above(wanted, spare, series_styles(canvas.figure, canvas.palette), (0, along.end))


def _fits(text: str, span: tuple[Decimal, Decimal], along: Scale) -> bool:
    return abs(along(span[1]) - along(span[0])) >= text_width(text, SMALL, SEMIBOLD) + 8


def _rows(canvas: Canvas, spans: Spans, along: Scale) -> list[Row]:
    styles = series_styles(canvas.figure, canvas.palette)
    rows = []
    for point in canvas.figure.points:
        span = spans.get((point.x, point.series))
        fill = styles[point.series].fill
        place: Row = {"start": None, "end": None, "middle": None, "inside": False}
        if span:
            place = {
                "start": json_number(span[0]),
                "end": json_number(span[1]),
                "middle": json_number((span[0] + span[1]) / 2),
                "inside": _fits(canvas.text(point), span, along),
            }
        rows.append(canvas.row(point, **place, fill=fill, ink=canvas.palette.on(fill)))
    return rows


def _stack_layers(canvas: Canvas, bands: Bands, along: Scale) -> list[Layer]:
    y = bands.channel(canvas)
    scale = fixed_scale(along)
    own = SEMIBOLD if canvas.figure.emphasis in canvas.figure.x_labels else REGULAR
    return [
        {
            "name": "bars",
            "transform": [HAS_VALUE],
            "mark": {"type": "bar", "stroke": canvas.palette.paper, "strokeWidth": 1.5},
            "encoding": {
                "x": {"field": "start", "type": "quantitative", "scale": scale, "axis": None},
                "x2": {"field": "end"},
                "y": y,
                "color": raw_colour("fill"),
            },
        },
        {
            "name": "values",
            "transform": [{"filter": {"field": "inside", "equal": True}}],
            "mark": {"type": "text", "baseline": "middle", "align": "center", "fontSize": SMALL, "fontWeight": own},
            "encoding": {
                "x": {"field": "middle", "type": "quantitative", "scale": scale, "axis": None},
                "y": y,
                "text": {"field": "text"},
                "color": raw_colour("ink"),
            },
        },
    ]

"""Stacked bars: parts of a whole, one bar per category, each part with its value where it fits."""

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
    raw_colour,
    rules_layer,
    swatches_layer,
    word,
    words_layer,
)
from rendiconto.render.charts.header import set_header
from rendiconto.render.charts.scales import Scale, unit_title
from rendiconto.render.charts.style import series_styles
from rendiconto.render.charts.typeface import REGULAR, SEMIBOLD, text_width

_BAR, _GAP = 26, 12
_CLEAR = 10
_MOST_NOTE = 0.3  # of the chart's width, for parts too thin to bear their value


def draw_stacks(canvas: Canvas) -> dict[str, Any]:
    """The specification of stacked bars from zero."""
    figure = canvas.figure
    bands = set_bands(canvas, _BAR, _GAP)
    spans = _spans(canvas)
    ends = [Decimal(0), *(end for _, end in spans.values()), *(start for start, _ in spans.values())]
    left = bands.names_width + _CLEAR
    along, notes, right = _fit(canvas, spans, min(ends), max(ends), left)
    header = set_header(canvas, unit_title(figure.unit, ""), left, series_styles(figure, canvas.palette))
    words = [*header.words, *bands.words(canvas, -_CLEAR)]
    for index, x in enumerate(figure.x_labels):
        end = max((end for (at, _), (_, end) in spans.items() if at == x), default=Decimal(0))
        if notes[x]:
            words.append(word(notes[x], along(end) + 7, bands.middle(index), canvas.palette.quiet, size=SMALL))
    zero = along(Decimal(0))
    layers = [
        *_stack_layers(canvas, bands, along),
        *rules_layer([{"x": zero, "y": 0, "x2": zero, "y2": bands.height, "ink": canvas.palette.rule}], "zero"),
        *swatches_layer(header.swatches),
        *words_layer(words),
    ]
    rows = _rows(canvas, spans, along)
    return assemble(canvas, rows, layers, bands.height, Margins(header.height, right, 4, left))


def _spans(canvas: Canvas) -> dict[tuple[str, str], tuple[Decimal, Decimal]]:
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


def _fit(
    canvas: Canvas, spans: dict[tuple[str, str], tuple[Decimal, Decimal]], low: Decimal, high: Decimal, left: float
) -> tuple[Scale, dict[str, str], float]:
    """The scale, what each bar says at its end, and the room that this takes at the right.

    A part too thin for its value says it after the bar; when that would take too much room, only gaps are said.
    """
    widest_note = 0.0
    high = high if high > low else low + 1
    for everything in (True, False):
        widest_note = 0.0
        for _ in range(4):  # the note shortens the bars, which may add to the note
            along = Scale(low, high, 0, canvas.width - left - widest_note)
            notes = {x: _note(canvas, x, spans, along, everything=everything) for x in canvas.figure.x_labels}
            needed = max(
                (text_width(text, SMALL) + 9 - (along.end - along(_end(spans, x))) for x, text in notes.items() if text),
                default=0.0,
            )
            if needed <= 0:
                break
            widest_note += needed
        if widest_note <= canvas.width * _MOST_NOTE:
            break
    return along, notes, widest_note


def _end(spans: dict[tuple[str, str], tuple[Decimal, Decimal]], x: str) -> Decimal:
    return max((end for (at, _), (_, end) in spans.items() if at == x), default=Decimal(0))


def _note(
    canvas: Canvas,
    x: str,
    spans: dict[tuple[str, str], tuple[Decimal, Decimal]],
    along: Scale,
    *,
    everything: bool,
) -> str:
    parts = []
    at = canvas.at()
    for series in canvas.figure.series_labels:
        point = at.get((x, series))
        if point is None or (known(point) is not None and not everything):
            continue
        if known(point) is None or not _fits(canvas.text(point), spans[x, series], along):
            parts.append(f"{series} {canvas.text(point)}")
    return " · ".join(parts)


def _fits(text: str, span: tuple[Decimal, Decimal], along: Scale) -> bool:
    return abs(along(span[1]) - along(span[0])) >= text_width(text, SMALL, SEMIBOLD) + 8


def _rows(canvas: Canvas, spans: dict[tuple[str, str], tuple[Decimal, Decimal]], along: Scale) -> list[Row]:
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
            "transform": [{"filter": "datum.value !== null"}],
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
            "transform": [{"filter": "datum.inside"}],
            "mark": {"type": "text", "baseline": "middle", "align": "center", "fontSize": SMALL, "fontWeight": own},
            "encoding": {
                "x": {"field": "middle", "type": "quantitative", "scale": scale, "axis": None},
                "y": y,
                "text": {"field": "text"},
                "color": raw_colour("ink"),
            },
        },
    ]

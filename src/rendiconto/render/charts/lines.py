"""Line charts: one line per series over periods, each named at its end."""

from collections.abc import Mapping
from decimal import Decimal
from math import ceil
from typing import Any

from rendiconto.render.charts.canvas import (
    LINE_HEIGHT,
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
    widest,
    words_layer,
)
from rendiconto.render.charts.header import set_header
from rendiconto.render.charts.linelabels import LinePlot, end_labels, gap_words, place_ends, set_ends, value_words
from rendiconto.render.charts.scales import Scale, Ticks, is_money, round_ticks, tick_texts, trim, unit_title
from rendiconto.render.charts.spacing import thin
from rendiconto.render.charts.style import Style, series_styles
from rendiconto.render.charts.typeface import BOLD, REGULAR, text_width

_CLEAR, _BOTTOM = 8, 26
_INSET = 16  # from the plot's edge to the first period, so that its label does not meet those of the value axis
_HEIGHT, _NARROW_HEIGHT = 260, 220
_NEAR_ZERO = Decimal("0.4")  # a lowest value under this share of the highest brings zero in
_MANY = 16  # points of a series above which only the last is marked


def draw_lines(canvas: Canvas) -> dict[str, Any]:
    """The specification of a line chart. Its value axis need not begin at zero."""
    figure = canvas.figure
    low, high = _extent(canvas)
    low, high, ticks = trim(round_ticks(low, high), low, high)
    texts = tick_texts(ticks, money=is_money(figure.unit))
    ends = end_labels(canvas)
    height = max(_NARROW_HEIGHT if canvas.narrow else _HEIGHT, sum(len(lines) * LINE_HEIGHT + 2 for lines in ends.values()))
    up = Scale(low, high, height, 0)
    middles, reach = place_ends(canvas, ends, up)
    right: float = widest([line for lines in ends.values() for line in lines], weight=BOLD) + reach
    halves = [ceil(text_width(label, SMALL) / 2) for label in (figure.x_labels[0], figure.x_labels[-1])]
    left = max(widest(texts, SMALL) + 10, halves[0] - _INSET + 2)
    right = max(right, halves[1] - _INSET // 2 + 2)
    header = set_header(canvas, unit_title(figure.unit), left, extra=_CLEAR)
    width = canvas.width - left - right
    places = _places(figure.x_labels)
    plot = LinePlot(canvas, series_styles(figure, canvas.palette), places, _across(places, width), up)
    axes = _axes(plot, ticks, texts)
    rows = [canvas.row(p, x_at=json_number(places[p.x]), fill=plot.styles[p.series].fill) for p in figure.points]
    end_words, leaders = set_ends(plot, ends, middles, reach)
    values = value_words(plot)
    layers = [
        *_base_rule(plot, width),
        *(layer for label in _drawing_order(canvas) for layer in _line(plot, label, axes)),
        *rules_layer(leaders, "leaders"),
        *words_layer([*values, *gap_words(plot, values)], "values", halo=canvas.palette.paper),
        *words_layer([*header.words, *end_words]),
    ]
    return assemble(canvas, rows, layers, height, Margins(header.height, right, _BOTTOM, left))


def _places(labels: tuple[str, ...]) -> dict[str, Decimal]:
    """Where each period stands: years at their own distance, anything else evenly."""
    if all(label.isdigit() and len(label) == 4 for label in labels):
        return {label: Decimal(label) for label in labels}
    return {label: Decimal(index) for index, label in enumerate(labels)}


def _across(places: Mapping[str, Decimal], width: float) -> Scale:
    """The scale of the periods, with a little room before the first and after the last."""
    low, high = min(places.values()), max(places.values())
    if low == high:
        low, high = low - 1, high + 1
    inset = ((high - low) * _INSET / Decimal(width)).quantize(Decimal("0.0001"))
    return Scale(low - inset, high + inset / 2, 0, width)


def _extent(canvas: Canvas) -> tuple[Decimal, Decimal]:
    """What the value axis must show: the values, and zero when it is not far."""
    values = canvas.values() or [Decimal(0), Decimal(1)]
    low, high = min(values), max(values)
    if 0 < low < high * _NEAR_ZERO:
        low = Decimal(0)
    if high < 0 and high > low * _NEAR_ZERO:
        high = Decimal(0)
    return low, high


def _axes(plot: LinePlot, ticks: Ticks, texts: list[str]) -> Row:
    """The two position channels, with the labels that there is room for."""
    palette = plot.canvas.palette
    labels = plot.canvas.figure.x_labels
    places = [plot.places[label] for label in labels]
    kept = thin([text_width(label, SMALL) for label in labels], [plot.across(place) for place in places], 8)
    shown = {json_number(place): label for place, label, keep in zip(places, labels, kept, strict=True) if keep}
    values = [json_number(value) for value in ticks.values]
    return {
        "x": {
            "field": "x_at",
            "type": "quantitative",
            "scale": fixed_scale(plot.across),
            "axis": {
                "values": list(shown),
                "labelExpr": f"({lookup(shown)})[datum.value]",
                "grid": False,
                "ticks": True,
                "tickColor": palette.rule,
                "tickSize": 4,
                "labelPadding": 4,
                "labelFlush": False,
                "domain": True,
                "domainColor": palette.rule,
            },
        },
        "y": {
            "field": "value",
            "type": "quantitative",
            "scale": fixed_scale(plot.up),
            "axis": {
                "values": values,
                "labelExpr": f"({lookup(dict(zip(values, texts, strict=True)))})[datum.value]",
                "grid": True,
            },
        },
    }


def _base_rule(plot: LinePlot, width: float) -> list[Layer]:
    """The line that figures are read against: zero where the axis passes it, 100 for index numbers."""
    base = Decimal(100) if plot.canvas.figure.unit.startswith("numero indice") else Decimal(0)
    if not plot.up.low < base < plot.up.high:
        return []
    row = {"x": 0, "y": plot.up(base), "x2": round(width, 2), "y2": plot.up(base), "ink": plot.canvas.palette.rule}
    return rules_layer([row], "base")


def _drawing_order(canvas: Canvas) -> list[str]:
    """The own territory is drawn last, over the others."""
    return sorted(canvas.figure.series_labels, key=lambda label: label == canvas.figure.emphasis)


def _line(plot: LinePlot, label: str, axes: Row) -> list[Layer]:
    style = plot.styles[label]
    only = [{"filter": {"field": "series", "equal": label}}]
    line: Row = {"type": "line", "strokeWidth": style.stroke, "color": style.fill, "strokeJoin": "round"}
    if style.dash:
        line["strokeDash"] = list(style.dash)
    dotted = [*only, {"filter": {"field": "x", "oneOf": _marked(plot, label, style)}}]
    dot = {"type": "point", "filled": True, "opacity": 1, "size": 46, "shape": style.shape}
    return [
        {"name": f"line {label}", "transform": only, "mark": line, "encoding": axes},
        {
            "name": f"dots {label}",
            "transform": dotted,
            "mark": {**dot, "stroke": plot.canvas.palette.paper, "strokeWidth": 1},
            "encoding": {**axes, "color": raw_colour("fill")},
        },
    ]


def _marked(plot: LinePlot, label: str, style: Style) -> list[str]:
    """The periods whose points have a mark: all on a short line, else the last and those that stand alone in a gap."""
    line = plot.line(label)
    drawn = [point is not None and known(point) is not None for point in line]
    last = max((index for index, there in enumerate(drawn) if there), default=-1)
    short = len(line) <= _MANY and (style.weight != REGULAR or len(plot.styles) <= len(plot.canvas.palette.others))
    marked = []
    for index, (x, there) in enumerate(zip(plot.canvas.figure.x_labels, drawn, strict=True)):
        alone = not any(drawn[max(index - 1, 0) : index] + drawn[index + 1 : index + 2])
        if there and (short or index == last or alone):
            marked.append(x)
    return marked

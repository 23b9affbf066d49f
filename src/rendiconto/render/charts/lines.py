"""Line charts: one line per series over periods, each named at its end."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from rendiconto.render.charts.canvas import (
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
    lookup,
    raw_colour,
    rules_layer,
    widest,
    word,
    words_layer,
)
from rendiconto.render.charts.header import set_header
from rendiconto.render.charts.scales import Scale, Ticks, magnitude, round_ticks, tick_texts, unit_title
from rendiconto.render.charts.spacing import dodge, thin
from rendiconto.render.charts.style import Style, series_styles
from rendiconto.render.charts.typeface import REGULAR, text_width, wrap_text

_CLEAR, _BOTTOM = 8, 26
_HEIGHT, _NARROW_HEIGHT = 260, 220
_REACH = 12  # from the last point to its label
_NEAR_ZERO = Decimal("0.4")  # a lowest value under this share of the highest brings zero in
_MANY = 16  # points of a series above which only the last is marked


def draw_lines(canvas: Canvas) -> dict[str, Any]:
    """The specification of a line chart. Its value axis need not begin at zero."""
    figure, styles = canvas.figure, series_styles(canvas.figure, canvas.palette)
    places = _places(figure.x_labels)
    ticks = _ticks(canvas)
    size, name = magnitude(canvas.values()) if figure.unit.startswith("euro") else (Decimal(1), "")
    texts = tick_texts(ticks, size)
    ends = _end_labels(canvas)
    right = widest([line for lines in ends.values() for line in lines], SIZE, 700) + _REACH + 4
    left = widest(texts, SMALL) + 10
    header = set_header(canvas, unit_title(figure.unit, name), left, {}, _CLEAR)
    margins = Margins(header.height, right, _BOTTOM, left)
    height = max(_NARROW_HEIGHT if canvas.narrow else _HEIGHT, sum(len(lines) * LINE_HEIGHT + 2 for lines in ends.values()))
    width = canvas.width - margins.left - margins.right
    across = Scale(places[figure.x_labels[0]], places[figure.x_labels[-1]], 0, width)
    if across.low == across.high:
        across = Scale(across.low - 1, across.high + 1, 0, width)
    up = Scale(ticks.values[0], ticks.values[-1], height, 0)
    axes = _axes(canvas, across, up, ticks, texts, places)
    rows = [canvas.row(point, x_at=json_number(places[point.x]), fill=styles[point.series].fill) for point in figure.points]
    end_words, leaders = _set_ends(canvas, ends, styles, across, up, places)
    words = [
        *header.words,
        *end_words,
        *_gap_words(canvas, styles, across, up, places),
    ]
    layers = [
        *_grid_rules(canvas, up, width),
        *(layer for label in _drawing_order(canvas) for layer in _line(canvas, label, styles[label], axes)),
        *rules_layer(leaders, "leaders"),
        *words_layer(words),
    ]
    return assemble(canvas, rows, layers, height, margins)


def _places(labels: tuple[str, ...]) -> dict[str, Decimal]:
    """Where each period stands: years at their own distance, anything else evenly."""
    if all(label.isdigit() and len(label) == 4 for label in labels):
        return {label: Decimal(label) for label in labels}
    return {label: Decimal(index) for index, label in enumerate(labels)}


def _ticks(canvas: Canvas) -> Ticks:
    values = canvas.values() or [Decimal(0), Decimal(1)]
    low, high = min(values), max(values)
    if 0 < low < high * _NEAR_ZERO:
        low = Decimal(0)
    if high < 0 and high > low * _NEAR_ZERO:
        high = Decimal(0)
    return round_ticks(low, high)


def _end_labels(canvas: Canvas) -> dict[str, tuple[str, ...]]:
    """The name of each series with its last value, on one line where there is room, else on more."""
    room = canvas.width * (0.3 if canvas.narrow else 0.28)
    labels = {}
    for series in canvas.figure.series_labels:
        points = [point for point in canvas.figure.points if point.series == series and known(point) is not None]
        value = canvas.text(points[-1]) if points else "n.d."
        whole = f"{series} {value}"
        if text_width(whole, SIZE, 700) <= room:
            labels[series] = (whole,)
        else:
            labels[series] = (*wrap_text(series, room, SIZE, 700, 2), value)
    return labels


def _set_ends(
    canvas: Canvas,
    ends: Mapping[str, tuple[str, ...]],
    styles: Mapping[str, Style],
    across: Scale,
    up: Scale,
    places: Mapping[str, Decimal],
) -> tuple[list[Row], list[Row]]:
    """The end labels, moved apart, and a thin leader to each label that is not beside its line's end."""
    series = list(ends)
    last = {}
    for point in canvas.figure.points:
        value = known(point)
        if value is not None:
            last[point.series] = (across(places[point.x]), up(value))
    wanted = [last.get(label, (0, up.start))[1] for label in series]
    sizes = [len(ends[label]) * LINE_HEIGHT + 2 for label in series]
    middles = dodge(wanted, sizes, -LINE_HEIGHT / 2, up.start + LINE_HEIGHT / 2)
    words, leaders = [], []
    for label, want, middle in zip(series, wanted, middles, strict=True):
        style = styles[label]
        x = across.end + _REACH
        top = middle - (len(ends[label]) - 1) * LINE_HEIGHT / 2
        words += [
            word(text, x, top + index * LINE_HEIGHT, style.ink, weight=style.weight) for index, text in enumerate(ends[label])
        ]
        start = last.get(label, (across.end, want))[0]
        if label in last and (abs(middle - want) > LINE_HEIGHT / 2 or start < across.end):
            leaders.append({"x": start + 6, "y": want, "x2": x - 2, "y2": middle, "ink": style.fill})
    return words, leaders


def _gap_words(
    canvas: Canvas,
    styles: Mapping[str, Style],
    across: Scale,
    up: Scale,
    places: Mapping[str, Decimal],
) -> list[Row]:
    """What stands in a line's gaps: the symbol of the status, between the neighbours that there are."""
    words = []
    at = canvas.at()
    taken: list[tuple[float, float]] = []
    for label in canvas.figure.series_labels:
        line = [at.get((x, label)) for x in canvas.figure.x_labels]
        for index, point in enumerate(line):
            if point is None or known(point) is not None:
                continue
            before = next((v for p in reversed(line[:index]) if p and (v := known(p)) is not None), None)
            after = next((v for p in line[index + 1 :] if p and (v := known(p)) is not None), None)
            near = [up(value) for value in (before, after) if value is not None] or [up.start - LINE_HEIGHT]
            x, y = across(places[point.x]), sum(near) / len(near)
            while any(abs(x - x0) < 2 * SIZE and abs(y - y0) < LINE_HEIGHT for x0, y0 in taken):
                y -= LINE_HEIGHT
            taken.append((x, y))
            words.append(word(canvas.text(point), x, y, styles[label].ink, align="center", size=SMALL))
    return words


def _axes(canvas: Canvas, across: Scale, up: Scale, ticks: Ticks, texts: list[str], places: Mapping[str, Decimal]) -> Row:
    """The two position channels, with the labels that there is room for."""
    labels = canvas.figure.x_labels
    widths = [text_width(label, SMALL) for label in labels]
    kept = thin(widths, [across(places[label]) for label in labels], 8)
    shown = {json_number(places[label]): label for label, keep in zip(labels, kept, strict=True) if keep}
    values = [json_number(value) for value in ticks.values]
    return {
        "x": {
            "field": "x_at",
            "type": "quantitative",
            "scale": fixed_scale(across),
            "axis": {
                "values": list(shown),
                "labelExpr": f"({lookup(shown)})[datum.value]",
                "grid": False,
                "ticks": True,
                "tickColor": canvas.palette.rule,
                "tickSize": 4,
                "labelPadding": 4,
                "labelFlush": False,
                "domain": True,
                "domainColor": canvas.palette.rule,
            },
        },
        "y": {
            "field": "value",
            "type": "quantitative",
            "scale": fixed_scale(up),
            "axis": {
                "values": values,
                "labelExpr": f"({lookup(dict(zip(values, texts, strict=True)))})[datum.value]",
                "grid": True,
            },
        },
    }


def _grid_rules(canvas: Canvas, up: Scale, width: float) -> list[Layer]:
    """The line that figures are read against: zero where the axis passes it, 100 for index numbers."""
    base = Decimal(100) if canvas.figure.unit.startswith("numero indice") else Decimal(0)
    if not up.low < base < up.high:
        return []
    row = {"x": 0, "y": up(base), "x2": round(width, 2), "y2": up(base), "ink": canvas.palette.rule}
    return rules_layer([row], "base")


def _drawing_order(canvas: Canvas) -> list[str]:
    """The own territory is drawn last, over the others."""
    return sorted(canvas.figure.series_labels, key=lambda label: label == canvas.figure.emphasis)


def _line(canvas: Canvas, label: str, style: Style, axes: Row) -> list[Layer]:
    only = [{"filter": {"field": "series", "equal": label}}]
    line: Row = {"type": "line", "strokeWidth": style.stroke, "color": style.fill, "strokeJoin": "round"}
    if style.dash:
        line["strokeDash"] = list(style.dash)
    drawn = [point for point in canvas.figure.points if point.series == label and known(point) is not None]
    few = (len(drawn) <= _MANY and style.weight != REGULAR) or len(canvas.figure.x_labels) <= _MANY // 2
    dots = only if few else [*only, {"filter": f"datum.x === '{drawn[-1].x}'"}] if drawn else only
    mark = {"type": "point", "filled": True, "opacity": 1, "size": 44, "shape": style.shape}
    return [
        {"transform": only, "mark": line, "encoding": axes},
        {
            "transform": dots,
            "mark": {**mark, "stroke": canvas.palette.paper, "strokeWidth": 1},
            "encoding": {**axes, "color": raw_colour("fill")},
        },
    ]

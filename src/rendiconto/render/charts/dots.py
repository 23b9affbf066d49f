"""Dots on a line: comparisons between series whose zero is far away."""

from dataclasses import dataclass
from decimal import Decimal
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
from rendiconto.render.charts.spacing import thin
from rendiconto.render.charts.style import bar_styles, series_styles
from rendiconto.render.charts.typeface import BOLD, REGULAR, text_width

_DRAWN, _GAP, _WIDE_GAP = 16, 10, 16
_OVER = 13  # from a dot's middle to the value over it
_NEAR = 14  # pixels that a series' name may be moved off its dot
_CLEAR = 10
_REACH = 9  # from a dot's middle to its value
_FOOT = 22
_LEAST = 0.3  # of the chart's width, that the dots must have to themselves before values may stand beside them
_MOST = 0.2  # of the chart's width, that words about gaps may take


@dataclass(frozen=True, slots=True)
class DotPlot:
    """A dot chart with its scale settled. ``over`` is the room at either side that values may take."""

    canvas: Canvas
    bands: Bands
    along: Scale
    over: int
    right: int
    saying: bool

    def row(self, x: str) -> list[tuple[Decimal, str, str]]:
        """The values of a category in order, each with its printed form and series."""
        points = [point for point in self.canvas.figure.points if point.x == x]
        return sorted((value, self.canvas.text(p), p.series) for p in points if (value := known(p)) is not None)

    def says(self, series: str, place: int, count: int) -> bool:
        """Whether a dot says its value: the own territory's if it is a series, else the outer ones."""
        if self.canvas.figure.emphasis in self.canvas.figure.series_labels:
            return self.saying and series == self.canvas.figure.emphasis
        return self.saying and place in (0, count - 1)


def draw_dots(canvas: Canvas) -> dict[str, Any]:
    """The specification of dots: values beside the outer ones, or the own territory's only, with an axis below."""
    figure = canvas.figure
    styles = series_styles(figure, canvas.palette)
    few = len(styles) <= 2  # both ends of each line say their value: no axis is wanted
    bands = set_bands(canvas, _DRAWN, _GAP if few else _WIDE_GAP)
    over = widest([canvas.text(point) for point in figure.points], SMALL, BOLD) + _REACH + 4
    saying = canvas.width - bands.names_width - _CLEAR - 2 * over >= canvas.width * _LEAST
    values = canvas.values() or [Decimal(0)]
    low, high, ticks = min(values), max(values), None
    if not (few and saying):
        low, high, ticks = trim(round_ticks(low, high, 4 if canvas.narrow else 6), low, high)
        over = over if saying else max(_CLEAR, widest([ticks.text(value) for value in ticks.values], SMALL) // 2 + 1)
    left = bands.names_width + _CLEAR + over
    plot, gaps = _fit(canvas, bands, (low, high if high > low else low + 1), left, over, saying=saying)
    names = _names(plot)
    title = unit_title(figure.unit)
    header = (
        set_header(canvas, title, left, extra=NAMES_HEIGHT) if names else set_header(canvas, title, left, styles, dots=True)
    )
    layers = [
        *(rules_layer(_row_rules(plot), "lines") if ticks is None else ()),
        *rules_layer(_span_rules(plot), "spans", 3),
        *_dot_layers(plot, ticks),
        *swatches_layer(header.swatches),
        *words_layer([*_value_words(plot), *gaps], "values", halo=canvas.palette.paper),
        *words_layer([*header.words, *names, *bands.words(canvas, -over - _CLEAR)]),
    ]
    margins = Margins(header.height, plot.right, 4 if ticks is None else _FOOT, left)
    return assemble(canvas, _rows(canvas), layers, bands.height, margins)


def _fit(
    canvas: Canvas, bands: Bands, ends: tuple[Decimal, Decimal], left: float, over: int, *, saying: bool
) -> tuple[DotPlot, list[Row]]:
    """The plot, and what is said of gaps; with the series' names where they take no undue room, else the symbols only."""
    for named in (True, False):
        for right in range(over, over + int(canvas.width * _MOST), 2):  # more room moves the dots, and what is said of gaps
            plot = DotPlot(canvas, bands, Scale(*ends, 0, canvas.width - left - right), over, right, saying)
            gaps = _gap_words(plot, named=named)
            furthest = max((row["label_x"] + text_width(row["text"], SMALL) for row in gaps), default=0.0)
            if furthest <= plot.along.end + right:
                return plot, gaps
    return plot, gaps


def _names(plot: DotPlot) -> list[Row]:
    """The names of the series over the dots of the first row."""
    figure = plot.canvas.figure
    wanted = {series: plot.along(value) for value, _, series in plot.row(figure.x_labels[0])}
    if len(wanted) < len(figure.series_labels):
        return []
    styles = series_styles(figure, plot.canvas.palette)
    return names_above(wanted, dict.fromkeys(wanted, _NEAR), styles, (-plot.over, plot.along.end + plot.right))


def _rows(canvas: Canvas) -> list[Row]:
    styles = bar_styles(canvas.figure, canvas.palette)
    shapes = series_styles(canvas.figure, canvas.palette)
    return [
        canvas.row(point, fill=styles[point.x, point.series].fill, shape=shapes[point.series].shape)
        for point in canvas.figure.points
    ]


def _row_rules(plot: DotPlot) -> list[Row]:
    """A faint line from each row's name to its first dot, to lead the eye."""
    rows = []
    for index, x in enumerate(plot.canvas.figure.x_labels):
        values = plot.row(x)
        if values:
            y = plot.bands.middle(index)
            rows.append({"x": -plot.over, "x2": plot.along(values[0][0]), "y": y, "y2": y, "ink": plot.canvas.palette.grid})
    return rows


def _span_rules(plot: DotPlot) -> list[Row]:
    """The distance between the outer dots of each row."""
    rows = []
    for index, x in enumerate(plot.canvas.figure.x_labels):
        values = plot.row(x)
        if len(values) > 1:
            y = plot.bands.middle(index)
            low, high = plot.along(values[0][0]), plot.along(values[-1][0])
            rows.append({"x": low, "x2": high, "y": y, "y2": y, "ink": plot.canvas.palette.grid})
    return rows


def _value_words(plot: DotPlot) -> list[Row]:
    """The values beside the outer dots of each row, or over the own territory's dot between them."""
    words = []
    styles = bar_styles(plot.canvas.figure, plot.canvas.palette)
    for index, x in enumerate(plot.canvas.figure.x_labels):
        values = plot.row(x)
        y = plot.bands.middle(index)
        for place, (value, text, series) in enumerate(values):
            if not plot.says(series, place, len(values)):
                continue
            at, ink = plot.along(value), styles[x, series].ink
            weight = BOLD if plot.canvas.figure.emphasis in (x, series) else REGULAR
            if place == len(values) - 1:
                words.append(word(text, at + _REACH, y, ink, size=SMALL, weight=weight))
            elif place == 0:
                words.append(word(text, at - _REACH, y, ink, align="right", size=SMALL, weight=weight))
            else:
                words.append(word(text, at, y - _OVER, ink, align="center", size=SMALL, weight=weight))
    return words


def _gap_words(plot: DotPlot, *, named: bool) -> list[Row]:
    """What is missing in each row: after its last dot, or before its first one where only there is room."""
    words = []
    for index, x in enumerate(plot.canvas.figure.x_labels):
        text = "; ".join(plot.canvas.gaps(x, named=named))
        if not text:
            continue
        width = text_width(text, SMALL) + 8
        values = plot.row(x)
        beside = widest([text for _, text, _ in values], SMALL, BOLD) + _REACH + 8 if plot.saying else _REACH + 4
        before = plot.along(values[0][0]) - beside if values else plot.along.start
        after = plot.along(values[-1][0]) + beside if values else plot.along.start
        fits_after = after + width <= plot.along.end + plot.right
        start = after if fits_after or before + plot.over < width else -plot.over
        words.append(word(text, start, plot.bands.middle(index), plot.canvas.palette.quiet, size=SMALL))
    return words


def _axis(plot: DotPlot, ticks: Ticks | None) -> Row | None:
    if ticks is None:
        return None
    values = [json_number(value) for value in ticks.values]
    texts = [ticks.text(value) for value in ticks.values]
    kept = thin([text_width(text, SMALL) for text in texts], [plot.along(value) for value in ticks.values], 6)
    shown = (text if keep else "" for text, keep in zip(texts, kept, strict=True))
    table = lookup(dict(zip(values, shown, strict=True)))
    return {"values": values, "labelExpr": f"({table})[datum.value]", "grid": True, "labelFlush": False}


def _dot_layers(plot: DotPlot, ticks: Ticks | None) -> list[Layer]:
    scale = fixed_scale(plot.along)
    return [
        {
            "name": "dots",
            "transform": [HAS_VALUE],
            "mark": {
                "type": "point",
                "filled": True,
                "opacity": 1,
                "size": 110,
                "stroke": plot.canvas.palette.paper,
                "strokeWidth": 1,
            },
            "encoding": {
                "x": {"field": "value", "type": "quantitative", "scale": scale, "axis": _axis(plot, ticks)},
                "y": plot.bands.channel(plot.canvas),
                "color": raw_colour("fill"),
                "shape": {"field": "shape", "type": "nominal", "scale": None},
            },
        }
    ]

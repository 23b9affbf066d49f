"""Horizontal bars from zero: one per category, in groups when there are several series."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

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
    raw_colour,
    rules_layer,
    swatches_layer,
    widest,
    word,
    words_layer,
)
from rendiconto.render.charts.header import set_header
from rendiconto.render.charts.scales import Scale, unit_title
from rendiconto.render.charts.style import bar_styles, series_styles, x_weight
from rendiconto.render.charts.typeface import BOLD, REGULAR, SEMIBOLD, text_width, wrap_text

_BAR = 20
_GAP, _GROUP_GAP = 8, 14
_CLEAR = 10


@dataclass(frozen=True, slots=True)
class Bands:
    """Categories down the side: their wrapped names, the height of a band and of what is drawn in it."""

    names: tuple[tuple[str, ...], ...]
    step: float
    drawn: float

    @property
    def height(self) -> float:
        """Height of all bands."""
        return self.step * len(self.names)

    def middle(self, index: int) -> float:
        """Middle of a band."""
        return self.step * (index + 0.5)

    @property
    def names_width(self) -> int:
        """Room that the names take."""
        return widest([line for lines in self.names for line in lines], SIZE, BOLD)

    def channel(self, canvas: Canvas) -> Row:
        """The ``y`` channel of the categories."""
        padding = round(1 - self.drawn / self.step, 6)
        scale = {
            "domain": list(canvas.figure.x_labels),
            "paddingInner": padding,
            "paddingOuter": padding / 2,
        }
        return {"field": "x", "type": "ordinal", "scale": scale, "axis": None}

    def words(self, canvas: Canvas, x: float) -> list[Row]:
        """The names, right-aligned at ``x``; the own territory's stands out."""
        figure, palette = canvas.figure, canvas.palette
        return [
            row
            for index, (label, lines) in enumerate(zip(figure.x_labels, self.names, strict=True))
            for row in lines_of_words(
                lines,
                x,
                self.middle(index),
                palette.own_ink if label == figure.emphasis else palette.ink,
                align="right",
                weight=x_weight(figure, label),
            )
        ]


def set_bands(canvas: Canvas, drawn: float, gap: float, most: float = 0) -> Bands:
    """Bands that hold marks ``drawn`` pixels high and the categories' names, at most ``most`` pixels wide if given."""
    rooms = (0.36, 0.46) if canvas.narrow else (0.34, 0.44)
    for share in rooms:  # names on three lines and more set all bands apart: better a wider margin
        room = min(canvas.width * share, most or canvas.width)
        names = tuple(wrap_text(label, room, SIZE, BOLD) for label in canvas.figure.x_labels)
        if max(map(len, names)) <= 2:
            break
    return Bands(names, max(drawn, max(map(len, names)) * LINE_HEIGHT) + gap, drawn)


def draw_bars(canvas: Canvas) -> dict[str, Any]:
    """The specification of horizontal bars, each with its value at its end."""
    figure = canvas.figure
    count = len(figure.series_labels)
    bands = set_bands(canvas, count * _BAR, _GAP if count == 1 else _GROUP_GAP)
    values = [*canvas.values(), Decimal(0)]
    text_room = widest([canvas.text(point) for point in figure.points], SMALL, BOLD) + _CLEAR
    below = text_room if min(values) < 0 else 0
    left = bands.names_width + _CLEAR + below
    along = Scale(min(values), max(values) or Decimal(1), 0, canvas.width - left - text_room)
    names = _names_inside(canvas, bands, along) if count > 1 else []
    styles = series_styles(figure, canvas.palette)
    key = styles if count > 1 and not names else {}
    header = set_header(canvas, unit_title(figure.unit), left, key)
    margins = Margins(header.height, text_room, 4, left)
    zero = along(Decimal(0))
    layers = [
        *_bar_layers(canvas, bands, along),
        *rules_layer([{"x": zero, "y": 0, "x2": zero, "y2": bands.height, "ink": canvas.palette.rule}], "zero"),
        *swatches_layer(header.swatches),
        *words_layer([*header.words, *bands.words(canvas, -below - _CLEAR), *names]),
    ]
    return assemble(canvas, _rows(canvas), layers, bands.height, margins)


def _rows(canvas: Canvas) -> list[Row]:
    styles = bar_styles(canvas.figure, canvas.palette)
    rows = []
    for point in canvas.figure.points:
        value = known(point)
        style = styles[point.x, point.series]
        own = point.x == canvas.figure.emphasis
        left = value is not None and value < 0
        rows.append(
            canvas.row(
                point,
                at=0 if value is None else json_number(value),
                fill=style.fill,
                ink=canvas.palette.quiet if value is None else style.ink,
                weight=BOLD if own else REGULAR,
                align="right" if left else "left",
                dx=-5 if left else 5,
            )
        )
    return rows


def _bar_layers(canvas: Canvas, bands: Bands, along: Scale) -> list[Layer]:
    y = bands.channel(canvas)
    series = list(canvas.figure.series_labels)
    offset = (
        {"yOffset": {"field": "series", "type": "ordinal", "scale": {"domain": series, "paddingInner": 0.1}}}
        if len(series) > 1
        else {}
    )
    x = {"field": "value", "type": "quantitative", "scale": fixed_scale(along), "axis": None}
    return [
        {
            "name": "bars",
            "transform": [HAS_VALUE],
            "mark": {"type": "bar", "cornerRadius": 0},
            "encoding": {"x": x, "y": y, **offset, "color": raw_colour("fill")},
        },
        {
            "name": "values",
            "mark": {
                "type": "text",
                "baseline": "middle",
                "align": {"expr": "datum.align"},
                "dx": {"expr": "datum.dx"},
                "fontSize": SMALL,
                "fontWeight": {"expr": "datum.weight"},
            },
            "encoding": {
                "x": {**x, "field": "at"},
                "y": y,
                **offset,
                "text": {"field": "text"},
                "color": raw_colour("ink"),
            },
        },
    ]


def _names_inside(canvas: Canvas, bands: Bands, along: Scale) -> list[Row]:
    """The series' names inside the bars of one category, the own territory's if there is one; none when one does not fit."""
    figure = canvas.figure
    styles = bar_styles(figure, canvas.palette)
    label = figure.emphasis if figure.emphasis in figure.x_labels else figure.x_labels[0]
    index = figure.x_labels.index(str(label))
    at = canvas.at()
    zero = along(Decimal(0))
    words = []
    for place, series in enumerate(figure.series_labels):
        point = at.get((str(label), series))
        value = known(point) if point else None
        if value is None or value <= 0 or along(value) - zero < text_width(series, SMALL, SEMIBOLD) + 14:
            return []
        middle = bands.middle(index) - bands.drawn / 2 + (place + 0.5) * _BAR
        ink = canvas.palette.on(styles[str(label), series].fill)
        words.append(word(series, zero + 7, middle, ink, weight=SEMIBOLD, size=SMALL))
    return words

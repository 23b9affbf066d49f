"""What every chart is drawn on: sizes, rows of data, words and rules in place, and the specification around them.

Marks and axes are encoded on real scales. Words that must not touch (names, end labels) are placed by us in pixels of
the plot, since Vega-Lite does not move labels apart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Any

from rendiconto.document.figure import Figure, Point
from rendiconto.document.values import Status
from rendiconto.italian.numbers import format_number
from rendiconto.render.charts.palette import Palette
from rendiconto.render.charts.scales import Scale
from rendiconto.render.charts.typeface import FAMILY_LIST, REGULAR, text_width

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
NUMBER_LOCALE = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", "\u00a0€"], "minus": "\u2212"}

SIZE = 13
SMALL = 12
LINE_HEIGHT = 15
NARROW = 480

Row = dict[str, Any]
Layer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Margins:
    """Room around the plot, in pixels."""

    top: float
    right: float
    bottom: float
    left: float


@dataclass(frozen=True, slots=True)
class Canvas:
    """A figure to be drawn ``width`` pixels wide in the colours of ``palette``."""

    figure: Figure
    palette: Palette
    width: int

    @property
    def narrow(self) -> bool:
        """Whether the chart is for a phone."""
        return self.width < NARROW

    def text(self, point: Point) -> str:
        """The printed form of a point: its number, or the symbol of its status."""
        if point.status is not Status.NORMAL or point.value is None:
            return point.status.symbol or Status.MISSING.symbol
        return format_number(point.value, self.figure.decimals)

    def row(self, point: Point, **more: object) -> Row:
        """A point as a row of the specification's data."""
        row: Row = {
            "x": point.x,
            "series": point.series,
            "value": drawable(point),
            "status": point.status.value,
            "text": self.text(point),
        }
        return {**row, **more}

    def at(self) -> Mapping[tuple[str, str], Point]:
        """The points by (x, series)."""
        return {(point.x, point.series): point for point in self.figure.points}

    def gaps(self, x: str, *, named: bool) -> list[str]:
        """What a category lacks, by symbol: "Dirigenti, Medici -"; without the series' names, the symbols only."""
        missing: dict[str, list[str]] = {}
        for point in self.figure.points:
            if point.x == x and known(point) is None:
                missing.setdefault(self.text(point), []).append(point.series)
        if not named:
            return list(missing)
        return [f"{', '.join(series)} {symbol}" for symbol, series in missing.items()]

    def values(self) -> list[Decimal]:
        """The values that are drawn."""
        return [value for point in self.figure.points if (value := known(point)) is not None]


def known(point: Point) -> Decimal | None:
    """The value of a point that has one to show."""
    return point.value if point.status is Status.NORMAL else None


def drawable(point: Point) -> int | float | None:
    """The value as a JSON number; its shortest form is the decimal itself."""
    value = known(point)
    return None if value is None else json_number(value)


def json_number(value: Decimal) -> int | float:
    """A decimal as JSON writes it."""
    return int(value) if value == value.to_integral_value() else float(value)


def word(
    text: str,
    x: float,
    y: float,
    ink: str,
    *,
    align: str = "left",
    weight: int = REGULAR,
    size: float = SIZE,
) -> Row:
    """A line of words whose middle height is at ``y`` pixels of the plot."""
    place = {"label_x": round(x, 2), "label_y": round(y, 2)}
    return {"text": text, **place, "ink": ink, "align": align, "weight": weight, "size": size}


def lines_of_words(
    lines: Sequence[str], x: float, y: float, ink: str, *, align: str = "left", weight: int = REGULAR
) -> list[Row]:
    """Several lines around the middle height ``y``."""
    top = y - (len(lines) - 1) * LINE_HEIGHT / 2
    return [word(text, x, top + i * LINE_HEIGHT, ink, align=align, weight=weight) for i, text in enumerate(lines)]


def words_layer(rows: Sequence[Row], name: str = "words", *, halo: str | None = None) -> list[Layer]:
    """The layer that sets words in place; none for no words. A ``halo`` of paper clears what they stand on."""
    if not rows:
        return []
    clearing = {"stroke": halo, "strokeWidth": 4, "strokeJoin": "round"} if halo else {}
    return [
        {
            "name": name,
            "data": {"values": list(rows)},
            "mark": {
                "type": "text",
                "baseline": "middle",
                "align": {"expr": "datum.align"},
                "fontWeight": {"expr": "datum.weight"},
                "fontSize": {"expr": "datum.size"},
                **clearing,
            },
            "encoding": {
                "text": {"field": "text"},
                "x": pixel("label_x"),
                "y": pixel("label_y"),
                "color": raw_colour("ink"),
            },
        }
    ]


def rules_layer(rows: Sequence[Row], name: str = "rules", width: float = 1) -> list[Layer]:
    """Straight rules in pixels: rows of ``x``, ``y``, ``x2``, ``y2`` and ``ink``."""
    if not rows:
        return []
    encoding = {channel: pixel(channel) for channel in ("x", "y")} | {c: {"field": c} for c in ("x2", "y2")}
    return [
        {
            "name": name,
            "data": {"values": list(rows)},
            "mark": {"type": "rule", "strokeWidth": width},
            "encoding": {**encoding, "color": raw_colour("ink")},
        }
    ]


def swatches_layer(rows: Sequence[Row]) -> list[Layer]:
    """The marks of a key: rows of ``x``, ``y``, ``fill`` and ``shape``."""
    if not rows:
        return []
    return [
        {
            "name": "key",
            "data": {"values": list(rows)},
            "mark": {"type": "point", "filled": True, "opacity": 1, "size": 110},
            "encoding": {
                "x": pixel("x"),
                "y": pixel("y"),
                "color": raw_colour("fill"),
                "shape": {"field": "shape", "type": "nominal", "scale": None},
            },
        }
    ]


HAS_VALUE: Row = {"filter": {"field": "value", "valid": True}}
"""The transform that keeps the points with a value."""


def pixel(field: str) -> Row:
    """A channel that takes pixels of the plot as they are."""
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def raw_colour(field: str) -> Row:
    """A colour channel that takes the colour as it is."""
    return {"field": field, "type": "nominal", "scale": None}


def fixed_scale(scale: Scale) -> Row:
    """A linear scale as Vega-Lite writes it, exactly as computed here."""
    return {"domain": [json_number(scale.low), json_number(scale.high)], "nice": False, "zero": False}


def lookup(texts: Mapping[int | float, str]) -> str:
    """A table of texts as a Vega expression."""
    quoted = (text.replace("\\", "\\\\").replace("'", "\\'") for text in texts.values())
    return "{" + ", ".join(f"'{value}': '{text}'" for value, text in zip(texts, quoted, strict=True)) + "}"


def assemble(canvas: Canvas, rows: Sequence[Row], layers: Sequence[Layer], height: float, margins: Margins) -> dict[str, Any]:
    """The whole specification around the layers of a plot ``height`` pixels high."""
    palette = canvas.palette
    axis = {"labelColor": palette.quiet, "labelFontSize": SMALL, "labelFont": FAMILY_LIST, "title": None}
    quiet = {"domain": False, "ticks": False, "gridColor": palette.grid, "gridWidth": 1, "labelPadding": 6}
    return {
        "$schema": SCHEMA,
        "description": canvas.figure.alt,
        "width": round(canvas.width - margins.left - margins.right, 2),
        "height": round(height, 2),
        "padding": {side: round(getattr(margins, side), 2) for side in ("left", "top", "right", "bottom")},
        "autosize": {"type": "none"},
        "background": None,
        "data": {"values": list(rows)},
        "layer": list(layers),
        "config": {
            "aria": False,
            "font": FAMILY_LIST,
            "view": {"stroke": None},
            "axis": {**axis, **quiet},
            "locale": {"number": NUMBER_LOCALE},
        },
    }


def widest(texts: Sequence[str], size: float = SIZE, weight: int = REGULAR) -> int:
    """Width of the widest of some texts, in whole pixels; 0 for none."""
    return max((ceil(text_width(text, size, weight)) for text in texts), default=0)
